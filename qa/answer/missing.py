"""What the archive does not hold, in a few fixed words, where that is certain."""

from __future__ import annotations

import numpy as np

from qa.index import Index
from qa.names import People, find_names
from qa.question import Filters, Question
from qa.search.filtering import canonical


def missing_of(index: Index, question: Question, filters: Filters, people: People, permitted: bool) -> str:
    """Return what is certainly missing for an answer, "" where nothing certain can be said."""
    if not permitted:
        return _by_filters(index, filters, people)
    stranger = next((m.written for m in find_names(question.text) if not m.weak and not people.find(m.written)), "")
    if stranger:
        return f"{stranger} is not named in this archive."
    speakers, heard = question.speakers[:1], question.addressees[:1]
    if speakers and heard and not _said(index, speakers[0], heard[0]):
        return f"Nothing here was said by {speakers[0]} to {heard[0]}."
    if speakers and not _said(index, speakers[0], ""):
        return f"Nothing here is given as said by {speakers[0]}."
    return ""


def _by_filters(index: Index, filters: Filters, people: People) -> str:
    speaker = canonical(filters.speaker, people) if filters.speaker else ""
    heard = canonical(filters.to, people) if filters.to else ""
    if speaker and heard and not _said(index, speaker, heard):
        return f"Nothing here was said by {speaker} to {heard}."
    if speaker and not _said(index, speaker, ""):
        return f"Nothing here is given as said by {speaker}."
    if heard and not _said(index, "", heard):
        return f"Nothing here was said to {heard}."
    if filters.document and not any(
        i == filters.document or i.startswith(f"{filters.document}/") for i in index.document_numbers
    ):
        return f"This archive has no document {filters.document}."
    return "No passage of this archive fulfils all the filters."


def _said(index: Index, speaker: str, heard: str) -> bool:
    """Return whether anything was said by the one to the other ("" is anybody)."""
    columns = index.columns
    numbers = {name: n for n, name in enumerate(columns.people)}
    mask = np.ones(len(columns.speaker), np.bool_)
    if speaker:
        mask &= np.asarray(columns.speaker) == numbers.get(speaker, -2)
    if heard:
        hit = np.asarray(columns.addressee_people) == numbers.get(heard, -2)
        counts = np.concatenate([[0], np.cumsum(hit)])
        starts = np.asarray(columns.addressee_starts)
        mask &= counts[starts[1:]] > counts[starts[:-1]]
    return bool(mask.any())

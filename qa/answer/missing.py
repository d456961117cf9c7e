"""What the archive does not hold, in a few fixed words, where that is certain."""

from __future__ import annotations

import re

from qa.answer.confidence import Absent
from qa.index import Index
from qa.lexical import WordIndex
from qa.names import People, find_names
from qa.question import Filters, Question
from qa.question.understanding import search_terms
from qa.search.filtering import canonical, permitted

_NUMBERS = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])|(?<=[Nn]umber )\d+")  # no year
_SUBJECT = re.compile(r"(?i)\b(?:did|does|do|has|had|have)\s+(?:the\s+)?$")
_OBJECT = re.compile(
    r"(?i)\b(?:tell|told|ask|asked|inform|informed|answer|(?:say|said|write|wrote|reply|replied) to)\s+$"
)
_SPEAKS = re.compile(
    r"(?i)\s+(?:say|said|tell|told|ask|reply|answer|respond|declare|explain|promise|warn|claim|comment|write|think"
    r"|suggest|propose|inform|remark|state|speak|react|admit|complain|argue)\b"
)
_SLIP = 6  # letters
_PROPER = re.compile(r"(?<=[\w,;:’'\"“”] )[A-Z][\w’'-]+|\b[A-Z]{2,}\b")


def absent_of(index: Index, question: Question, people: People) -> Absent:
    """Return what of the question stands nowhere in the archive, a slip of the pen counted as standing there."""
    words = index.words

    def lacking(term: str) -> bool:
        return words.idf(term) == 0 and not words.near(term, 1)

    named = {m.written for m in people.find(question.text)}
    proper = [w for w in _PROPER.findall(question.text) if not any(w in n for n in named)]
    terms = {w: search_terms(w) for w in dict.fromkeys(proper)}
    names = tuple(w for w, parts in terms.items() if any(_unknown(words, t) for t in parts))
    known = tuple(t for parts in (*terms.values(), _NUMBERS.findall(question.text)) for t in parts if words.idf(t))
    silent = bool(question.speakers) and not any(_said(index, s, "", people) for s in question.speakers)
    strange = not question.speakers and _stranger_speaks(question.text, people)
    pair = bool(question.speakers and question.addressees) and not any(
        _said(index, s, a, people) for s in question.speakers for a in question.addressees
    )
    pair = pair or (not question.addressees and _stranger_hears(question.text, people))
    unknown = tuple(t for t in question.terms if lacking(t))
    return Absent(unknown, names, known, silent or strange, pair, _period_absent(index, question, people))


def _stranger_speaks(text: str, people: People) -> bool:
    """Return whether a question is about the words of somebody whom the archive does not know as a person."""
    return any(
        _SUBJECT.search(text[: m.start]) and _SPEAKS.match(text[m.end :]) and not people.find(m.written)
        for m in find_names(text)
    )


def _stranger_hears(text: str, people: People) -> bool:
    """Return whether a question is about words to somebody whom the archive does not know as a person."""
    return any(_OBJECT.search(text[: m.start]) and not m.weak and not people.find(m.written) for m in find_names(text))


def _unknown(words: WordIndex, term: str) -> bool:
    """Return whether a name is unknown; a short one has neighbours by chance, so that only a long one can be a slip."""
    return words.idf(term) == 0 and (len(term) < _SLIP or not words.near(term, 1))


def _period_absent(index: Index, question: Question, people: People) -> bool:
    """Return whether no passage is dated in the period asked about and no word of it stands anywhere."""
    if not (question.after or question.before):
        return False
    if permitted(index, Filters(after=question.after, before=question.before), people).any():
        return False
    if question.after == question.before and question.after and question.after.day:
        return True
    years = {str(d.year) for d in (question.after, question.before) if d}
    return not any(index.words.idf(y) for y in years)


def missing_of(index: Index, question: Question, filters: Filters, people: People, found: bool) -> str:
    """Return what is certainly missing for an answer, "" where nothing certain can be said."""
    if not found:
        return _by_filters(index, filters, people)
    stranger = next((m.written for m in find_names(question.text) if not m.weak and not people.find(m.written)), "")
    if stranger:
        return f"{stranger} is not named in this archive."
    speakers, heard = question.speakers[:1], question.addressees[:1]
    if speakers and heard and not _said(index, speakers[0], heard[0], people):
        return f"Nothing here was said by {speakers[0]} to {heard[0]}."
    if speakers and not _said(index, speakers[0], "", people):
        return f"Nothing here is given as said by {speakers[0]}."
    return ""


def _by_filters(index: Index, filters: Filters, people: People) -> str:
    speaker = canonical(filters.speaker, people) if filters.speaker else ""
    heard = canonical(filters.to, people) if filters.to else ""
    if speaker and heard and not _said(index, speaker, heard, people):
        return f"Nothing here was said by {speaker} to {heard}."
    if speaker and not _said(index, speaker, "", people):
        return f"Nothing here is given as said by {speaker}."
    if heard and not _said(index, "", heard, people):
        return f"Nothing here was said to {heard}."
    if filters.document and not any(
        i == filters.document or i.startswith(f"{filters.document}/") for i in index.document_numbers
    ):
        return f"This archive has no document {filters.document}."
    return "No passage of this archive fulfils all the filters."


def _said(index: Index, speaker: str, heard: str, people: People) -> bool:
    """Return whether anything was said by the one to the other ("" is anybody)."""
    return bool(permitted(index, Filters(speaker=speaker, to=heard), people).any())

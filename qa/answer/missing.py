"""What the archive does not hold, in a few fixed words, where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from qa.answer.confidence import Absent
from qa.dates import PartialDate, find_dates
from qa.index import Index
from qa.lexical import WordIndex
from qa.names import NameMention, People, country_words, find_names
from qa.names.fuzzy import allowed, distance
from qa.question import Filters, Question
from qa.question.matters import matters
from qa.question.speech import marked
from qa.question.understanding import search_terms
from qa.question.voices import Named, hears, is_subject
from qa.search.filtering import Mask, canonical, permitted
from qa.tables import lines
from qa.text import tokens

_NUMBERS = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])|(?<=[Nn]umber )\d+")  # no year
_SLIP = 6  # letters
_PROPER = re.compile(r"(?<=[\w,;:’'\"“”] )[A-Z][\w’'-]+|\b[A-Z]{2,}\b")
_SHORT = re.compile(r"[A-Z]{2,5}")  # what is written short may stand there written out
_MOST = 3  # words that are told to stand nowhere
_READ = 40  # passages
_TALKS = frozenset(
    {"minutes", "transcript", "interview", "testimony", "record of conversation", "memorandum of conversation"}
)


def absent_of(index: Index, question: Question, people: People) -> Absent:
    """Return what of the question stands nowhere in the archive, a slip of the pen counted as standing there."""
    words = index.words
    named = {m.written for m in people.find(question.text)}
    proper = [w for w in _PROPER.findall(question.text) if not any(w in n for n in named)]
    terms = {w: search_terms(w) for w in dict.fromkeys(proper)}
    names = tuple(
        w for w, parts in terms.items() if not _SHORT.fullmatch(w) and any(_unknown(words, w, t) for t in parts)
    )
    known = tuple(
        frozenset({t, *_of_country(name)})
        for name, parts in (*terms.items(), *((n, [n]) for n in _NUMBERS.findall(question.text)))
        for t in parts
        if words.idf(t)
    )
    silent = bool(question.speakers) and not any(_said(index, s, "", people) for s in question.speakers)
    strangers = list(_strangers(question.text, people))
    strange = [m for m, n in strangers if not question.speakers and is_subject(n)]
    pair = bool(question.speakers and question.addressees) and not any(
        _may_have_said(index, s, a, people) for s in question.speakers for a in question.addressees
    )
    told = not question.addressees and any(hears(n) and (not m.weak or _unnamed(index, m)) for m, n in strangers)
    tells = bool(question.addressees) and any(_unnamed(index, m) for m in strange)
    unknown = tuple(t for t in question.terms if _lacking(words, t))
    return Absent(
        words=unknown,
        names=names,
        known=known,
        speaker=silent or bool(strange),
        pair=pair or told or tells,
        period=_period_absent(index, question, people),
        stranger=any((is_subject(n) or hears(n)) and _unnamed(index, m) for m, n in strangers),
    )


def _strangers(text: str, people: People) -> Iterator[tuple[NameMention, Named]]:
    """Yield the names of a question that are of nobody whom the archive knows."""
    marks = marked(text)
    for mention in find_names(text):
        if not people.find(mention.written):
            yield mention, Named.of(mention.start, mention.end, text, marks)


def _lacking(words: WordIndex, term: str) -> bool:
    """Return whether neither a term nor one that a slip of the pen makes it stands in the archive."""
    return words.idf(term) == 0 and not words.near(term, 1)


def _unknown(words: WordIndex, name: str, term: str) -> bool:
    """Return whether a name is unknown, by its term.

    A short one has neighbours by chance, so that only a long one can be a slip; a capital may stand for its country.
    """
    if words.idf(term) or (len(name) >= _SLIP and words.near(term, 1)):
        return False
    return not any(all(map(words.idf, search_terms(spelling))) for spelling in country_words(name))


def _of_country(name: str) -> Iterator[str]:
    """Yield the terms that name the country of a place's name in one word: "Polish" beside "Poland" and "Warsaw"."""
    for spelling in country_words(name, ("adjectives", "capital")):
        yield from search_terms(spelling)[-1:]
    for spelling in country_words(name, ("names",)):
        if len(parts := search_terms(spelling)) == 1:
            yield from parts


def _period_absent(index: Index, question: Question, people: People) -> bool:
    """Return whether no passage is dated in the period asked about, and none names its day or its year."""
    if not _undated(index, question, people):
        return False
    if question.after == question.before and question.after and question.after.day:
        return not _names_day(index, question.after)
    years = {str(d.year) for d in (question.after, question.before) if d}
    return not any(index.words.idf(y) for y in years)


def _names_day(index: Index, day: PartialDate) -> bool:
    """Return whether a passage names a day with its year; nobody is made to wait for more than a few to be read."""
    holding = np.flatnonzero(_holding(index, (str(day.year), str(day.day)), {"text": 1.0}))[:_READ]
    return any(d.first == day for n in holding for d in find_dates(index.passage_text(int(n))))


def _undated(index: Index, question: Question, people: People) -> bool:
    """Return whether a period is asked about and no passage is dated in it."""
    asked = question.after or question.before
    return bool(asked) and not permitted(index, Filters(after=question.after, before=question.before), people).any()


def missing_of(index: Index, question: Question, filters: Filters, people: People, found: bool) -> str:
    """Return what is certainly missing for an answer, "" where nothing certain can be said."""
    if not found:
        return _by_filters(index, filters, people)
    return (
        _of_people(index, question, people)
        or _of_dates(index, question, people)
        or _of_matters(index, question)
        or _of_words(index, question)
    )


def _of_people(index: Index, question: Question, people: People) -> str:
    speakers, heard = question.speakers[:1], question.addressees[:1]
    strangers = list(_strangers(question.text, people))
    unnamed = [(m, n) for m, n in strangers if _unnamed(index, m)]
    voiced = [m.written for m, n in unnamed if is_subject(n) or hears(n)]
    if voiced:
        return f"{voiced[0]} is not named in this archive."
    if speakers and heard and not _may_have_said(index, speakers[0], heard[0], people):
        return f"Nothing here was said by {speakers[0]} to {heard[0]}."
    if speakers and not _said(index, speakers[0], "", people):
        return f"Nothing here is given as said by {speakers[0]}."
    if unnamed:
        return f"{unnamed[0][0].written} is not named in this archive."
    known = {token.text for name in index.columns.people for token in tokens(name)}
    silent = [m.written for m, n in strangers if is_subject(n) and known.isdisjoint(t.text for t in tokens(m.written))]
    return f"Nothing here is given as said by {silent[0]}." if silent else ""


def _unnamed(index: Index, name: NameMention) -> bool:
    """Return whether no passage, nor the heading of its document, has a name, even if a slip of the pen is allowed."""
    terms = search_terms(name.written)
    if any(index.words.idf(t) == 0 and not _misspelt(index.words, t) for t in terms):
        return True
    spelt = bool(terms) and all(index.words.idf(t) for t in terms)
    return spelt and not _holding(index, terms, {"text": 1.0, "context": 1.0}).any()


def _misspelt(words: WordIndex, name: str) -> bool:
    """Return whether a name is one of the archive's words with a slip of the pen, two in a long one."""
    most = allowed(len(name))
    return any(near[:1] == name[:1] and distance(name, near, most) <= most for near in words.near(name))


def _holding(index: Index, terms: Sequence[str], fields: Mapping[str, float]) -> Mask:
    """Return one truth value a passage: whether it has all the terms."""
    held = [index.words.scores({term: 1.0}, fields) > 0 for term in terms]
    return np.asarray(np.logical_and.reduce(held), np.bool_)


def _of_dates(index: Index, question: Question, people: People) -> str:
    dates = find_dates(question.text)
    if not _undated(index, question, people) or len(dates) != 1 or question.after != question.before:
        return ""
    return f"Nothing in this archive is dated {question.text[dates[0].start : dates[0].end]}."


def _of_matters(index: Index, question: Question) -> str:
    asked = [matters()[name] for name in question.matters]
    return next((m.none for m in asked if m.none and not any(index.words.idf(t) for t in search_terms(m.sign))), "")


def _of_words(index: Index, question: Question) -> str:
    """Return that some of the content's words stand nowhere, in no form and with no slip of the pen."""
    content = tokens(question.content)
    words = dict.fromkeys(question.content[t.start : t.end] for t in content if t.text.isalpha() and _is_topic(t.text))
    lacking = [w for w in words if any(_lacking(index.words, t) for t in search_terms(w))]
    quoted = [f"“{word}”" for word in lacking[:_MOST]]
    if not quoted:
        return ""
    listed = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    return f"{listed} {'stand' if len(quoted) > 1 else 'stands'} nowhere in this archive."


def _is_topic(word: str) -> bool:
    """Return whether a word is none of those by which questions are asked, such as "tell" or "after"."""
    plain = (*lines("prepositions.txt"), *lines("subordinators.txt"), *lines("asking_words.txt"))
    return marked(word) == word and word not in plain


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


def _may_have_said(index: Index, speaker: str, heard: str, people: People) -> bool:
    """Return whether anything was said by the one to the other, or to nobody known in a talk of both."""
    if _said(index, speaker, heard, people):
        return True
    columns = index.columns
    starts, documents = np.asarray(columns.addressee_starts), np.asarray(columns.document)
    at_large = permitted(index, Filters(speaker=speaker), people) & (starts[1:] == starts[:-1])
    there = permitted(index, Filters(speaker=heard), people) | permitted(index, Filters(to=heard), people)
    both = np.intersect1d(documents[at_large], documents[there])
    return any(index.documents[int(n)].kind in _TALKS for n in both)


def _said(index: Index, speaker: str, heard: str, people: People) -> bool:
    """Return whether anything was said by the one to the other ("" is anybody)."""
    return bool(permitted(index, Filters(speaker=speaker, to=heard), people).any())

"""Reading a question: who is to have said it, to whom, when, what kind of answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.dates import PartialDate, find_dates, find_period
from qa.names import People, PersonMention, canonical_places, parse_name
from qa.question.matters import matters_asked
from qa.question.records import AnswerKind, Question
from qa.question.voices import voices
from qa.spans import collapse
from qa.text import fold, terms

_AUXILIARY = r"(?:did|does|do|was|were|is|are|had|has|have|would|could|can|will|should)"
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (AnswerKind.PERSON, re.compile(r"(?i)^\W*who(?:m|se)?\b")),  # "Who asked why ...?"
    (
        AnswerKind.REASON,
        re.compile(r"(?i)\bwhy\b|\breasons?\b|\bwhat (?:made|led|caused|drove|prompted)\b|\bhow come\b|\bgrounds\b"),
    ),
    (
        AnswerKind.NUMBER,
        re.compile(
            r"(?i)\bhow (?:many|much|long|often|big|large|old|far|high)\b|\bprice tag\b"
            r"|\bwhat (?:sum|number|amount|price|percentage|share|cost|quantit(?:y|ies))\b"
        ),
    ),
    (
        AnswerKind.DATE,
        re.compile(
            rf"(?i)^\W*(?:since |until )?when\b|\bwhen {_AUXILIARY}\b|\b(?:what|which) (?:day|date|year|month)\b"
            r"|\bwhat time\b|\bwhat is the date\b|\bdate of the\b"
        ),
    ),
    (
        AnswerKind.PLACE,
        re.compile(r"(?i)^\W*where\b|\b(?:which|what) (?:place|city|town|country|port|region|building|archive)\b"),
    ),
    (
        AnswerKind.PERSON,
        re.compile(
            r"(?i)^\W*who(?:m|se)?\b|\b(?:by|to|with|from|for|of) whom\b|\bname of the\b|\bwhich \w+ (?:who|was)\b"
        ),
    ),
    (
        AnswerKind.LIST,
        re.compile(
            r"(?i)^\W*(?:which|list|name)\b.*\b\w+s\b|\bwhat (?:kinds|types|sorts)\b|\bwhich (?:two|three|four|five)\b"
        ),
    ),
)
_WHEN = re.compile(r"(?i)\W*(?:(?:on|in|at|since|until) )?(?:when|(?:what|which) (?:time|day|date|year|month)|date)\b")
_BOUND = re.compile(
    r"(?i)\b(?:before|after|since|until|till|by|and|(?:prior|up) to|(?:later|earlier) than)\s+(?:the\s+)?$"
)
_KEPT = frozenset({"held", "address"})  # where a record is, not where something was
_ASKING = re.compile(
    r"(?i)^\W*(?:(?:in|on|at|by|to|for|of|with|from) )?(?:what|who|whom|whose|why|when|where|which|how)\b"
    rf"(?:\s+{_AUXILIARY}\b)?"
)


@dataclass(frozen=True)
class Known:
    """Whom the archive knows, and how often each speaks: a surname of several means the one far ahead of the others."""

    people: People
    spoken: Mapping[str, int]

    @cached_property
    def by_surname(self) -> Mapping[str, str]:
        """Return the person whom a shared surname most likely means, by the folded surname.

        Somebody who speaks under the surname alone, since it is not known which of those who share it he is, is one
        of them.
        """
        sharing: dict[str, list[tuple[int, str]]] = {}
        for person in self.people.persons:
            surname = fold(parse_name(person.name).surname)
            if len(surname) > 2:
                sharing.setdefault(surname, []).append((self.spoken.get(person.name, 0), person.name))
        known = {person.name for person in self.people.persons}
        for name, times in self.spoken.items():
            if name not in known and fold(name) in sharing:
                sharing[fold(name)].append((times, name))
        ranked = {surname: sorted(group, reverse=True) for surname, group in sharing.items() if len(group) > 1}
        return {s: group[0][1] for s, group in ranked.items() if group[0][0] >= _AHEAD * max(group[1][0], 1)}

    def find(self, text: str) -> list[PersonMention]:
        """Return the people named in a question, in order."""
        found = self.people.find(text)
        for word in re.finditer(r"[^\W\d_]+", text):
            name = self.by_surname.get(fold(word.group()))
            if name and not any(m.start < word.end() and word.start() < m.end for m in found):
                found.append(PersonMention(word.start(), word.end(), word.group(), name, "surname"))
        return sorted(found, key=lambda m: m.start)


_AHEAD = 5  # so many times as often as the next must somebody speak to be meant by a shared surname


def understand(text: str, known: Known) -> Question:
    """Return what a question asks for, seen with the people whom the archive knows.

    A name behind "to", "tell", "ask" and the like, or between "was" and "told", is an addressee; one behind "according
    to" or "told by", else the first that is no addressee, is the speaker where the question is about words; what is
    left is mentioned.
    """
    found = known.find(text)
    matters = matters_asked(text)
    kind = kind_of_answer(text, matters)
    said = voices(text, found, record=bool(matters))
    speakers = said.speakers
    after, before = period_of(text, matters)
    content = _content(text, found)
    return Question(
        text=text,
        kind=AnswerKind.WORDS if kind is AnswerKind.FACT and said.speech else kind,
        speakers=_names(speakers),
        addressees=_names(said.heard),
        mentioned=tuple(n for n in _names(said.others) if n not in _names(speakers) + _names(said.heard)),
        after=after,
        before=before,
        content=content,
        terms=tuple(dict.fromkeys((*search_terms(text), *_name_terms(found)))),
        about=tuple(dict.fromkeys(search_terms(content))),
        matters=matters,
    )


def period_of(text: str, matters: Sequence[str]) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the period asked about; in a question about a record itself its one date is that of the record.

    >>> period_of("Who signed the letter of 3 May 1921?", ("signature",))[0]
    PartialDate(year=1921, month=5, day=3)
    """
    dates = find_dates(text) if matters else []
    of_record = len(dates) == 1 and not _BOUND.search(text[: dates[0].start])
    return (dates[0].first, dates[0].last) if of_record else find_period(text)


def kind_of_answer(text: str, matters: Sequence[str] | None = None) -> AnswerKind:
    """Return what kind of answer a question wants, its matters of publication given or looked for.

    >>> str(kind_of_answer("How many ships were lost?")), str(kind_of_answer("Who signed it?"))
    ('number', 'publication')
    """
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), AnswerKind.FACT)
    asked = matters_asked(text) if matters is None else matters
    if not asked or kind in (AnswerKind.REASON, AnswerKind.NUMBER):
        return kind
    by_itself = _WHEN.match(text) if kind is AnswerKind.DATE else kind is AnswerKind.PLACE and not _KEPT & {*asked}
    return kind if by_itself else AnswerKind.PUBLICATION


def search_terms(text: str) -> list[str]:
    """Return a text's search terms: places under one name each, words folded and stemmed, function words left out."""
    return terms(canonical_places(text))


def _names(mentions: Iterable[PersonMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in mentions))


def _name_terms(found: Sequence[PersonMention]) -> list[str]:
    return [term for mention in found for term in search_terms(mention.name)]


def _content(text: str, found: Sequence[PersonMention]) -> str:
    """Return the question without the people, the whole dates and the words of asking."""
    cuts = [(m.start, m.end) for m in found] + [(d.start, d.end) for d in find_dates(text)]
    kept, at = [], 0
    for start, end in sorted(cuts):
        if start >= at:
            kept.append(text[at:start])
            at = end
    kept.append(text[at:])
    return collapse(_ASKING.sub("", " ".join(kept), count=1)).strip(" ?,.;:")

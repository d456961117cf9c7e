"""Reading a question: who is to have said it, to whom, when, what kind of answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.dates import find_dates, find_period
from qa.names import People, PersonMention, canonical_places, parse_name
from qa.question.matters import matters_asked
from qa.question.records import AnswerKind, Question
from qa.spans import collapse
from qa.text import fold, terms

_TITLES = r"(?-i:(?:the|comrade|mr|mrs|dr|[A-Z][\w'’-]*)\.?\s+){0,3}$"  # before a name: "the Soviet Ambassador"
_HEARD = re.compile(
    r"(?i)(?<!according )\b(?:to|tell|told|telling|ask|asked|inform|informed|warn|warned|assure|assured|urge|urged"
    r"|advise|advised|promise|promised|thank|thanked|remind|reminded)\s+" + _TITLES
)
_SPEAKS = re.compile(
    r"(?i)\b(?:according to|(?:told|asked|informed|warned|assured|promised|said|written) by)\s+" + _TITLES
)
_WAS = re.compile(r"(?i)\b(?:was|were|is|are|been)\s+" + _TITLES)
_TOLD = re.compile(r"(?i)\s+(?:told|asked|informed|advised|warned|assured|promised|reminded)\b")
_WITH = re.compile(r"(?i)\b(?:with|and)\s+" + _TITLES)
_SPEECH = re.compile(
    r"(?i)\b(?:sa(?:y|id|ys)|t(?:ell|old)|ask(?:ed|s)?|repl(?:y|ied)|answer(?:ed)?|respond(?:ed)?|declare[ds]?"
    r"|explain(?:ed)?|promise[ds]?|warn(?:ed|s)?|claim(?:ed|s)?|think|thought|opinion|view|words|call(?:ed)?|describe[ds]?|complain(?:ed|t)?"
    r"|argue[ds]?|suggest(?:ed)?|propose[ds]?|request(?:ed)?|inform(?:ed)?|mention(?:ed)?|admit(?:ted)?|assure[ds]?|note[ds]?"
    r"|remark(?:ed|s)?|comment(?:ed|s)?|speak|spoke|statement|react(?:ed|ion)?|thank(?:ed)?|express(?:ed)?|believe[ds]?"
    r"|stress(?:ed)?|insist(?:ed)?|recommend(?:ed)?|wr(?:ite|ote)|report(?:ed)?|according to|put it|toast|agree[d]?"
    r"|want(?:ed)?)\b"
)
_AUXILIARY = r"(?:did|does|do|was|were|is|are|had|has|have|would|could|can|will|should)"
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
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
            r"|\bat what time\b"
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
        """Return the person whom a shared surname most likely means, by the folded surname."""
        sharing: dict[str, list[tuple[int, str]]] = {}
        for person in self.people.persons:
            surname = fold(parse_name(person.name).surname)
            if len(surname) > 2:
                sharing.setdefault(surname, []).append((self.spoken.get(person.name, 0), person.name))
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
    heard = [m for m in found if _hears(text, m)]
    others = [m for m in found if m not in heard]
    kind = kind_of_answer(text)
    speech = _SPEECH.search(text) is not None
    named = [m for m in others if _SPEAKS.search(text[: m.start])]
    free = [m for m in others if not _WITH.search(text[: m.start])]
    speakers = (named or free)[:1] if speech else []
    after, before = find_period(text)
    content = _content(text, found)
    return Question(
        text=text,
        kind=AnswerKind.WORDS if kind is AnswerKind.FACT and speech else kind,
        speakers=_names(speakers),
        addressees=_names(heard),
        mentioned=tuple(n for n in _names(others) if n not in _names(speakers) + _names(heard)),
        after=after,
        before=before,
        content=content,
        terms=tuple(dict.fromkeys((*search_terms(text), *_name_terms(found)))),
        about=tuple(dict.fromkeys(search_terms(content))),
        matters=matters_asked(text),
    )


def _hears(text: str, named: PersonMention) -> bool:
    """Return whether a person named in a question is to have been told: "tell her", "was she told"."""
    before = text[: named.start]
    passive = _WAS.search(before) and _TOLD.match(text[named.end :])
    return bool(passive or (_HEARD.search(before) and not _SPEAKS.search(before)))


def kind_of_answer(text: str) -> AnswerKind:
    """Return what kind of answer a question wants.

    >>> str(kind_of_answer("How many ships were lost?")), str(kind_of_answer("Who signed it?"))
    ('number', 'publication')
    """
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), AnswerKind.FACT)
    if matters_asked(text) and kind not in (AnswerKind.REASON, AnswerKind.NUMBER):
        return AnswerKind.PUBLICATION
    return kind


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

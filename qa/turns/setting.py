"""What a document's head says of its speech: how it is given, by whom, to whom, in whose company."""

from __future__ import annotations

import re

from qa.documents.attendance import attendance
from qa.documents.blocks import is_list
from qa.documents.records import Block, BlockKind, Document, Participant
from qa.names import People, find_names, parse_name
from qa.names.parts import is_office
from qa.spans import View
from qa.text import fold
from qa.turns.actors import Company, mentioned_offices
from qa.turns.interviews import questioning
from qa.turns.offices import Office, office_of
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Setting

_CONVERSATIONS = frozenset(
    {"memorandum of conversation", "record of conversation", "minutes", "diary", "interview", "transcript"}
)
_RECORDS = frozenset({"memorandum of conversation", "record of conversation", "diary"})
SPOKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION})


def setting_of(document: Document, text: str, people: People, present: tuple[str, ...], *, labelled: int) -> Setting:
    """Return what the document's head says of its speech; `labelled` counts its speakers' labels."""

    def persons(role: str) -> tuple[Person, ...]:
        return tuple(_person(p, document, people, present) for p in document.participants if p.role == role)

    authors, parties = persons("author"), persons("party")
    private = document.kind == "diary" and not (parties or persons("present"))
    conversation = document.kind in _CONVERSATIONS and not private
    narrator = authors[0] if len(authors) == 1 else None
    if len(authors) > 1:
        narrator = Person(" and ".join(a.name for a in authors), document.author)
    says_i = document.kind in _RECORDS or (narrator is not None and _says_i(document, text))
    company = Company(people, present, narrator.name if narrator else "", document.date, says_i)
    both = (*authors, *parties) or _two_present(document, persons("present")) if document.kind in _RECORDS else ()
    mode = Mode.CONVERSATION if conversation and not labelled else Mode.MONOLOGUE
    basis = Basis.NARRATOR if conversation else Basis.HEADER
    heard = () if conversation else persons("recipient")[-1:]
    many = _is_reception(document, text)
    minutes = document.kind == "minutes" or (document.kind in _RECORDS and not authors and len(present) > _TWO)
    sides = questioning(document, text, company)
    return Setting(mode, narrator, basis, both if len(both) == 2 else (), heard, company, sides, minutes, many, private)


def _says_i(document: Document, text: str) -> bool:
    """Return whether the writer says "I" of himself, outside quotations."""
    return any(_I.search(_QUOTED.sub("", View.of(text, b.segments).text)) for b in document.blocks if b.kind in SPOKEN)


def styled(document: Document) -> dict[str, str]:
    """Return the participants by the first word of their office and family name: "dean roe" for Ann Roe, Dean of Law.

    Some offices are given names too.
    """
    named = [(p.office.split()[0], parse_name(p.name)) for p in document.participants if p.office.split()]
    return {fold(f"{word} {name.surname}"): name.text for word, name in named if name.surname and word[:1].isupper()}


def _two_present(document: Document, present: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return the two who were present, where the head lists no more and names no parties."""
    return present if len(present) == _TWO and not document.author else ()


_TWO = 2
_I = re.compile(r"\b(?:I (?:[a-z]|shall)|[a-z]+ me\b|[Mm]y [a-z])")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_RECEPTION = re.compile(
    r"\b(?:reception|dinner|banquet|concert|luncheon|cocktail|party was|ceremony|toasts?"
    r"|(?:was|were) present (?:at|during) the (?:conversation|meeting|talks?) of)\b",
    re.I,
)
_APART = re.compile(
    r"\b(?:exchanges?|conversation|talk(?:ed|s)?|spoke|discussions?) with\b|\bconversation took place\b", re.I
)


def _is_reception(document: Document, text: str) -> bool:
    """Return whether the beginning tells of a gathering at which nobody speaks to one other alone."""
    spoken = [b for b in document.blocks if b.kind in SPOKEN][:3]
    words = " ".join(View.of(text, b.segments).text for b in spoken)[:1500]
    return _RECEPTION.search(words) is not None and _APART.search(words) is None


def _person(p: Participant, document: Document, people: People, present: tuple[str, ...]) -> Person:
    found = None if is_office(p.name) else people.resolve(p.name, scope=present, date=document.date)
    return Person(found.name if found else p.name, p.name)


def _raw(text: str, block: Block) -> str:
    return "\n".join(text[s.start : s.end] for s in block.segments)


def head_offices(document: Document, text: str, company: Company) -> tuple[Office, ...]:
    """Return the offices that the document's head joins with names."""
    found = [
        office
        for block in document.blocks
        if block.kind in (BlockKind.HEADING, BlockKind.HEADER) and not attendance([_raw(text, block)])
        for line in (
            _raw(text, block).split("\n") if is_list(_raw(text, block)) else [View.of(text, block.segments).text]
        )
        for office in mentioned_offices(find_names(line), company)
    ]
    for p in document.participants:
        if p.office:
            found.append(office_of(p.office, _person(p, document, company.people, company.present).name))
    return tuple(found)

"""Who wrote a document, to whom, and who was present: from its title, header lines, signature and closing lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qa.dates import parse as parse_date
from qa.documents.correspondents import is_office, party, signature_name
from qa.documents.heads import PRESENT
from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.records import BlockKind, Document, Participant
from qa.names import NameMention, find_names, parse_name
from qa.spans import collapse, quote
from qa.text import fold, sentences

_BETWEEN = re.compile(r"\bbetween\b(?P<rest>.+)", re.I | re.S)
_FROM_TO = re.compile(r"\bfrom\b(?P<sender>.+?)(?:\bto\b(?P<recipient>.+))?$", re.I | re.S)
_TO = re.compile(r"\bto\b(?P<recipient>.+)$", re.I | re.S)
_BY = re.compile(r"\b(?:by|of)\b(?P<author>.+)", re.I | re.S)
_RECORDED_BY = re.compile(r",? (?:prepared |recorded )?by (?P<author>(?:the |an? |[A-Z]).{2,80})$")
_CUT = re.compile(r"\s*(?:,|;|\bon\b|\babout\b|\bconcerning\b|\bregarding\b|\bdated\b|[(“\"]|\d)")
_CONVERSATIONS = frozenset({"memorandum of conversation", "record of conversation"})
_SENT = frozenset({"telegram", "letter", "memorandum", "note", "circular", "report", "order", "document"})
_TALKS = frozenset({"transcript", "interview", "testimony", "minutes"})  # nobody wrote what several said
_DEAR = re.compile(r"(?:My )?[Dd]ear (?P<who>[^,:!]{2,50})[,:!]")
_FOOT = 8  # closing lines stand among the last blocks, opening lines among the first of the body
_COMPLETED = re.compile(r"[A-Z]\[[a-z]+\]")
_ROLES = (
    ("interpreter", re.compile(r"\b(?:interpreted|translated)\b", re.I)),
    (
        "recorder",
        re.compile(
            r"\b(?:recorded|written down|taken down|(?:minutes|notes?)(?: were)? taken)\b[^.;:]{0,60}?\bby\b", re.I
        ),
    ),
    ("present", re.compile(r"\b(?:attended|present|participated|took part|in attendance|accompanied)\b", re.I)),
)
_LONGEST_LIST = 900  # a closing line that names those present is no longer than this


def participants_of(
    document: Document,
    text: str,
    titles: Sequence[str],
    fields: Mapping[str, str],
    author: str,
    listed: Sequence[Participant] = (),
    *,
    labelled: bool = False,
) -> tuple[Participant, ...]:
    """Return a document's people, each once, its author first where one is known.

    `titles` are its title and others that are known for it, `fields` its "From: ..." lines,
    `author` the name known from elsewhere, `listed` those whom a list at its head names, one a line.
    `labelled` says that its speakers stand under labels: nobody whom its title names recorded it then.
    """
    told = {} if listed else fields
    present = {f: told[f] for f in PRESENT if f in told}
    found = [
        *_from_fields(fields),
        *_attending(present),
        *listed,
        *(p for title in titles for p in _from_title(document, title, author, labelled)),
    ]
    signed = _from_signature(document, text)
    found = _with_signature(found, signed)
    if not any(p.role == "author" for p in found):
        named = find_names(author) if author else []
        writers = [_participant(m, "author") for m in named[:1]]
        found = [*(writers or ([Participant(author, "author")] if author else []) or signed), *found]
    elif not any(_same(p, s) for p in found for s in signed):
        found += [Participant(p.name, "present", p.office) for p in signed if document.kind not in _CONVERSATIONS]
    if document.kind in _SENT and not any(p.role == "recipient" for p in found):
        found += _addressed(document, text)
    found += _from_lines(document, text)
    return _once(found)


def _with_signature(found: Sequence[Participant], signed: Sequence[Participant]) -> list[Participant]:
    """Return the people, the writer of whom only the office is known with the name of the only signature."""
    return [
        replace(signed[0], office=p.name) if p.role == "author" and is_office(p) and len(signed) == 1 else p
        for p in found
    ]


def author_of(kind: str, people: Iterable[Participant]) -> str:
    """Return the author's name, several joined by "and", "" where none is known."""
    del kind
    return " and ".join(p.name for p in people if p.role == "author")


def _participant(mention: NameMention, role: str) -> Participant:
    name = parse_name(mention.written).text if mention.written.isupper() else mention.written
    return Participant(name, role, mention.office)


def _strong(text: str) -> list[NameMention]:
    return [m for m in find_names(text) if not m.weak]


def _from_fields(fields: Mapping[str, str]) -> list[Participant]:
    """Return the people of "From:", "To:" and "Participants:" lines; a line without a name stands as it is written."""
    found = []
    for field, role in (("from", "author"), ("author", "author"), ("writer", "author"), ("sender", "author")):
        found += _named(fields.get(field, ""), role)
    for field in ("to", "recipient", "addressee"):
        found += _named(fields.get(field, ""), "recipient")
    for field, role in (("sending post", "author"), ("receiving post", "recipient")):
        found += [Participant(fields[field], role)] if field in fields else []
    for field in ("interpreter", "interpreters"):
        found += _named(fields.get(field, ""), "interpreter")
    return found


def _attending(fields: Mapping[str, str]) -> list[Participant]:
    return [_participant(m, "present") for value in fields.values() for m in find_names(value)]


def _named(value: str, role: str) -> list[Participant]:
    if not value:
        return []
    return [_participant(m, role) for m in find_names(value)] or [Participant(_institution(value), role)]


def _institution(words: str) -> str:
    """Return a body's or office's name from the words after "to": up to the matter or the date, without the article.

    >>> _institution("the Council of Ministers about the harvest, 1950")
    'Council of Ministers'
    """
    cut = _CUT.search(words, 3)
    return re.sub(r"^(?:the|a)\s+", "", collapse(words[: cut.start()] if cut else words), flags=re.I).strip(" .")


def _from_title(document: Document, title: str, author: str, labelled: bool) -> list[Participant]:
    """Return the people of a title: the two sides of a conversation, sender and recipient, or the author."""
    if document.kind in _CONVERSATIONS:
        told = _of_conversation(title)
        return [replace(p, role="party") for p in told] if labelled and _BETWEEN.search(title) else told
    if document.kind == "diary":
        return [_participant(m, "author") for m in _strong(title)[:1]]
    if document.kind in _SENT:
        sent = _sender_and_recipient(title)
        if sent:
            return sent
    if document.kind == "speech":
        return _speaker_and_audience(title)
    if document.kind in _TALKS:
        named = [_participant(m, "present") for m in _strong(title)]
        return [p if kind_of(p.office) == UNKNOWN else replace(p, office="") for p in named]
    by = _BY.search(title)
    names = _strong(by["author"]) if by and document.kind != "report" else []
    return [_participant(m, "author") for m in names[:1]]


def _of_conversation(title: str) -> list[Participant]:
    """Return who recorded a conversation, as far as its title says so, and the other side of it.

    >>> [(p.name, p.role) for p in _of_conversation("Conversation with Minister Zimin, by Secretary Varga")]
    [('Varga', 'author'), ('Zimin', 'party')]
    >>> [(p.name, p.role) for p in _of_conversation("Memorandum of Conversation, by the Secretary of State")]
    [('Secretary of State', 'author')]
    """
    between = _BETWEEN.search(title)
    if between is not None:
        names = find_names(between["rest"])
        return [_participant(m, "party" if n else "author") for n, m in enumerate(names)]
    by = _RECORDED_BY.search(title)
    parties = [_participant(m, "party") for m in find_names(title[: by.start()] if by else title)]
    if by is None:
        return parties
    named = [_participant(m, "author") for m in find_names(by["author"])[:1]]
    return [*(named or filter(None, [party(by["author"], "author")])), *parties]


def _speaker_and_audience(title: str) -> list[Participant]:
    """Return who gave a speech, and the body before which it was given."""
    by = _BY.search(title) if " by " in title else None
    speaker = _strong(by["author"] if by else title)[:1]
    before = re.search(
        r"\b(?:at|to|before)\s+(?:the\s+)?(?P<body>[A-Z][^,;]+)", title[speaker[0].end if speaker and not by else 0 :]
    )
    body = re.sub(r"\([^)]*\)|\b\d{4}\b", " ", before["body"]) if before else ""
    words = [w for w in body.split() if parse_date(f"{w} 1900") is None]
    heard = [Participant(" ".join(words), "recipient")] if words and not _strong(body) else []
    return [*(_participant(m, "author") for m in speaker), *heard]


def _sender_and_recipient(title: str) -> list[Participant]:
    match = _FROM_TO.search(title)
    sender = _only(match["sender"]) if match else []
    to = match if match and match["recipient"] else _TO.search(title)
    found = [_participant(m, "author") for m in sender]
    if to and to["recipient"]:
        cut = _CUT.search(to["recipient"], 3)
        recipient = to["recipient"][: cut.start()] if cut else to["recipient"]
        named = _strong(recipient) or (
            _strong(to["recipient"]) if recipient.strip()[:1].islower() else []
        )  # "her sister, Roe"
        found += [_participant(m, "recipient") for m in named[:1]] or [
            Participant(_institution(to["recipient"]), "recipient")
        ]
    return found


def _only(words: str) -> list[NameMention]:
    """Return the first sure name of the words; a doubtful one only where it is all that they say."""
    bare = words.strip(" ,;")
    return _strong(words)[:1] or [m for m in find_names(words) if m.written == bare]


def _from_signature(document: Document, text: str) -> list[Participant]:
    """Return who signed: the names of the signature blocks, each with the office in the line before it."""
    found: list[Participant] = []
    office = ""
    for block in document.blocks:
        if block.kind is not BlockKind.SIGNATURE:
            continue
        words = quote(text, block.segments)
        if _COMPLETED.search(words) and signature_name(words):  # "J[ohn] R[oe]"
            found.append(Participant(signature_name(words), "author", office))
            continue
        names = find_names(words) if ":" not in words and not words.startswith("To ") else []
        if names and len(words.split()) <= 8:
            found.append(Participant(_participant(names[0], "author").name, "author", office))
            office = ""
        else:
            office = words if words.isupper() else ""
    return found


def _addressed(document: Document, text: str) -> list[Participant]:
    """Return to whom a letter goes that says so below its signature or in its salutation."""
    for block in document.blocks:
        words = quote(text, block.segments)
        if block.kind is BlockKind.SIGNATURE and words.startswith("To "):
            return [_participant(m, "recipient") for m in _strong(words)[:1]]
    for block in document.blocks[:12]:
        match = _DEAR.match(quote(text, block.segments))
        names = find_names(match["who"]) if match else []
        if names:
            return [_participant(names[0], "recipient")]
    return []


def _from_lines(document: Document, text: str) -> list[Participant]:
    """Return those whom the first and last paragraphs name as present, interpreter or recorder."""
    blocks = [b for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    edge = {id(b): b for b in (*blocks[:2], *blocks[-_FOOT:])}.values()
    found: list[Participant] = []
    for block in edge:
        words = quote(text, block.segments)
        if len(words) <= _LONGEST_LIST:
            found += [p for start, end in sentences(words) for p in _roles_in(words[start:end])]
    return found


def _roles_in(sentence: str) -> list[Participant]:
    for role, pattern in _ROLES:
        match = pattern.search(sentence)
        if match and ("was" in sentence or "were" in sentence or role != "present"):
            after = sentence[match.start() :] if " by " in sentence[match.start() :] else sentence
            return [_participant(m, "interpreter" if "interpreter" in fold(m.office) else role) for m in _strong(after)]
    return []


def _same(a: Participant, b: Participant) -> bool:
    """Return whether two written names end on the same surname, or one is the other's given name."""
    one, other = fold(a.name).split(), fold(b.name).split()
    return one[-1:] == other[-1:] or one == other[:1] or one[:1] == other


def _once(people: Iterable[Participant]) -> tuple[Participant, ...]:
    kept: dict[tuple[str, ...], Participant] = {}
    for person in people:
        if person.name:
            kept.setdefault(tuple(fold(person.name).split()), person)
    return tuple(sorted(kept.values(), key=lambda p: p.role != "author"))

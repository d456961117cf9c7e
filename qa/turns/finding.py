"""Document -> turns: each sentence's speaker, runs of one speaker's sentences as one turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.documents.records import Block, BlockKind, Document, Note, Participant
from qa.names import People, Sighting, find_names
from qa.spans import Segments, View, merge
from qa.text import sentences
from qa.turns.actors import Company, Office, mentioned_offices, office_words
from qa.turns.attribution import attribute, other_party
from qa.turns.labels import Label, accept_labels
from qa.turns.records import Attribution, Basis, Turn, TurnKind
from qa.turns.state import Mode, Person, Said, Setting, State

_CONVERSATIONS = frozenset(
    {"memorandum of conversation", "record of conversation", "minutes", "diary", "interview", "transcript"}
)
_RECORDS = frozenset({"memorandum of conversation", "record of conversation", "diary"})
_SPOKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with what is known of it."""

    segments: Segments
    kind: TurnKind
    said: Said | None
    marker: str = ""
    block: int = 0


def sightings(document: Document, text: str) -> tuple[Sighting, ...]:
    """Return all that a document tells of people's names: its participants first, labels, then names in its text."""
    where = document.id
    country = ""
    found = [Sighting(p.name, where, p.role, p.office, document.date, country) for p in document.participants]
    if document.author and not document.participants:
        found.append(Sighting(document.author, where, "author", "", document.date, country))
    spoken = [b for b in document.blocks if b.kind in _SPOKEN]
    views = [View.of(text, b.segments).text for b in spoken]
    for block, label in zip(spoken, _labels(spoken, views, lambda _: False), strict=True):
        name = block.label or (label.name if label else "")
        if name:
            found.append(Sighting(name, where, "speaker", "", document.date, country))
    if document.apparatus:
        return tuple(found)
    for view in (View.of(text, (document.blocks[0].segments if document.blocks else ())).text, *views):
        for m in find_names(view):
            if not m.weak:
                found.append(Sighting(m.written, where, "", m.office, document.date, country))
    return tuple(found)


def find_turns(document: Document, text: str, people: People, editor: str = "") -> tuple[Turn, ...]:
    """Return the document's turns in order of the text: speech, notes and apparatus.

    `text` is the source's text, `people` the archive's people, `editor` who wrote the notes that are not the document's
    own (the author of the work in which it is printed). Every sentence of the document stands in one turn.
    """
    spoken = [b for b in document.blocks if b.kind in _SPOKEN]
    views = {id(b): View.of(text, b.segments) for b in document.blocks}
    known = [p.name for p in (people.resolve(q.name, date=document.date) for q in document.participants) if p]

    def is_person(name: str) -> bool:
        return people.resolve(name, scope=known, date=document.date) is not None

    labels = _labels(spoken, [views[id(b)].text for b in spoken], is_person)
    setting = _setting(document, text, people, tuple(known), labelled=sum(x is not None for x in labels))
    by_block = {id(b): label for b, label in zip(spoken, labels, strict=True)}
    lines: list[_Line] = []
    state = State(offices=_head_offices(document, text, setting.company))
    voice: Said | None = None
    for at, block in enumerate(document.blocks):
        view = views[id(block)]
        if document.apparatus or block.kind not in _SPOKEN:
            lines += [_Line(s, TurnKind.APPARATUS, None, "", at) for s in _cut(view, 0)]
            continue
        label = by_block[id(block)]
        if block.label or label is not None:
            voice = _labelled(block.label or (label.name if label else ""), people, setting)
        lines_here, state = _read_block(view, at, label, voice, state, setting)
        lines += lines_here
    lines += _note_lines(document, text, setting, editor)
    return _group(document, text, lines)


def _labels(blocks: Sequence[Block], texts: Sequence[str], is_person: object) -> tuple[Label | None, ...]:
    """Return the blocks' labels as the plain text has them; none where the format states labels itself."""
    if any(b.label for b in blocks):
        return tuple(None for _ in blocks)
    return accept_labels(texts, is_person)  # type: ignore[arg-type]


def _cut(view: View, after: int) -> list[Segments]:
    return [s for a, b in sentences(view.text[after:]) if (s := view.segments(a + after, b + after))]


def _read_block(
    view: View, at: int, label: Label | None, voice: Said | None, state: State, setting: Setting
) -> tuple[list[_Line], State]:
    """Return the block's sentences with their speakers, and the state after it."""
    skip = label.end if label is not None else 0
    found: list[_Line] = []
    if label is not None:
        head = view.segments(0, label.end)
        found.append(_Line(head, TurnKind.SPEECH, voice, "", at))
    first = True
    for a, b in sentences(view.text[skip:]):
        segments = view.segments(a + skip, b + skip)
        if voice is not None:
            said = voice
        else:
            said, state = attribute(view.text[a + skip : b + skip], first, state, setting)
        first = False
        if segments:
            found.append(_Line(segments, TurnKind.SPEECH, said, "", at))
    if label is not None and len(found) > 1:  # the label belongs to the sentence behind it
        joined = _Line((*found[0].segments, *found[1].segments), TurnKind.SPEECH, voice, "", at)
        found = [joined, *found[2:]]
    return found, state


def _labelled(name: str, people: People, setting: Setting) -> Said:
    """Return the words of a labelled speaker; an unknown label is the name itself."""
    company = setting.company
    person = people.resolve(name, scope=company.present, date=company.date)
    speaker = Person(person.name if person else name, name)
    return Said(speaker, other_party(speaker, setting), Basis.LABEL, company.date)


def _setting(document: Document, text: str, people: People, present: tuple[str, ...], *, labelled: int) -> Setting:
    def persons(role: str) -> tuple[Person, ...]:
        return tuple(_person(p, document, people, present) for p in document.participants if p.role == role)

    authors, parties = persons("author"), persons("party")
    conversation = document.kind in _CONVERSATIONS
    narrator = authors[0] if len(authors) == 1 else None
    if len(authors) > 1:
        narrator = Person(" and ".join(a.name for a in authors), document.author)
    company = Company(people, present, narrator.name if narrator else "", document.date, document.kind in _RECORDS)
    both = (*authors, *parties) if document.kind in _RECORDS else ()
    mode = Mode.CONVERSATION if conversation and not labelled else Mode.MONOLOGUE
    basis = Basis.NARRATOR if conversation else Basis.HEADER
    heard = () if conversation else persons("recipient")[-1:]
    return Setting(mode, narrator, basis, both if len(both) == 2 else (), heard, company, _is_reception(document, text))


_RECEPTION = re.compile(
    r"\b(?:reception|dinner|banquet|concert|luncheon|cocktail|party was|ceremony|toasts?|delegation of)\b", re.I
)
_APART = re.compile(
    r"\b(?:exchanges?|conversation|talk(?:ed|s)?|spoke|discussions?) with\b|\bconversation took place\b", re.I
)


def _is_reception(document: Document, text: str) -> bool:
    """Return whether the beginning tells of a gathering at which nobody speaks to one other alone."""
    spoken = [b for b in document.blocks if b.kind in _SPOKEN][:3]
    words = " ".join(View.of(text, b.segments).text for b in spoken)[:1500]
    return _RECEPTION.search(words) is not None and _APART.search(words) is None


def _person(p: Participant, document: Document, people: People, present: tuple[str, ...]) -> Person:
    found = people.resolve(p.name, scope=present, date=document.date)
    return Person(found.name if found else p.name, p.name)


def _head_offices(document: Document, text: str, company: Company) -> tuple[Office, ...]:
    """Return the offices that the document's head joins with names."""
    found = [
        office
        for block in document.blocks
        if block.kind in (BlockKind.HEADING, BlockKind.HEADER)
        for office in mentioned_offices(View.of(text, block.segments).text, company)
    ]
    for p in document.participants:
        if p.office:
            found.append(Office(office_words(p.office), _person(p, document, company.people, company.present).name))
    return tuple(found)


def _note_lines(document: Document, text: str, setting: Setting, editor: str) -> list[_Line]:
    """Return the notes' sentences, read as a monologue of the note's writer."""
    found = []
    for note in document.notes:
        writer = _note_writer(note, document, setting, editor)
        own = replace(
            setting, mode=Mode.MONOLOGUE, narrator=writer, narrator_basis=Basis.HEADER, parties=(), recipients=()
        )
        state, view = State(), View.of(text, note.segments)
        for n, (a, b) in enumerate(sentences(view.text)):
            said, state = attribute(view.text[a:b], n == 0, state, own)
            found.append(_Line(view.segments(a, b), TurnKind.NOTE, said, note.marker))
    return found


def _note_writer(note: Note, document: Document, setting: Setting, editor: str) -> Person | None:
    """Return who wrote a note: the document's writer for its own notes, the editor for others, where they are known."""
    if note.own or not (document.parent or editor):
        return setting.narrator
    person = setting.company.people.resolve(editor) if editor else None
    return Person(person.name if person else editor, editor) if editor else None


def _group(document: Document, text: str, lines: Iterable[_Line]) -> tuple[Turn, ...]:
    """Return runs of lines of one kind, speaker, addressees and date as turns; the rest by block and marker."""
    runs: list[list[_Line]] = []
    for line in lines:
        if runs and _key(runs[-1][-1]) == _key(line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(_turn(document, text, n, run) for n, run in enumerate(runs, 1))


def _key(line: _Line) -> object:
    where = (line.kind, line.marker, line.block if line.kind is TurnKind.APPARATUS else 0)
    said = line.said
    if said is None:
        return where
    speaker = said.speaker.name if said.speaker else None
    return (where, speaker, tuple(h.name for h in said.hearers), said.basis, said.date)


def _turn(document: Document, text: str, number: int, run: Sequence[_Line]) -> Turn:
    said = run[0].said
    segments = tuple(sorted(s for line in run for s in line.segments))
    return Turn(
        id=f"{document.id}#{number}",
        document=document.id,
        kind=run[0].kind,
        segments=merge(text, segments),
        sentences=tuple(line.segments for line in run),
        speaker=Attribution(said.speaker.name, said.speaker.written, said.basis) if said and said.speaker else None,
        addressees=tuple(Attribution(h.name, h.written, said.basis) for h in said.hearers) if said else (),
        date=(said.date if said and said.date else document.date),
        marker=run[0].marker,
    )

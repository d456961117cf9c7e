"""Document -> turns: each sentence's speaker, runs of one speaker's sentences as one turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from qa.documents.records import Document, Note
from qa.names import People, Sighting, find_names, parse_name
from qa.names.keys import word_key
from qa.names.parts import is_office
from qa.spans import Segments, Span, View
from qa.text import fold, is_question, sentences
from qa.turns.actors import called, families, family, within
from qa.turns.attribution import attribute
from qa.turns.entries import day_of_heading, entry_day
from qa.turns.grammar import speaks
from qa.turns.grouping import Line, group
from qa.turns.initials import initialled
from qa.turns.items import is_item, is_recorded, opens_item
from qa.turns.labels import is_role
from qa.turns.lists import gathered
from qa.turns.minutes import closed
from qa.turns.paragraphs import Paragraph, labels_of, paragraphs_of
from qa.turns.points import at_point
from qa.turns.records import Basis, Turn, TurnKind
from qa.turns.replies import answered, called_before, replied
from qa.turns.setting import SPOKEN, head_offices, setting_of, styled
from qa.turns.state import Mode, Person, Said, Setting, State
from qa.turns.talk import Talk, voice_of
from qa.turns.vocatives import called_upon

_REPORTS = frozenset({"telegram", "letter", "memorandum", "report", "note", "diary", "circular"})
_SEVERAL = 2
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b", re.I)


def sightings(document: Document, text: str) -> tuple[Sighting, ...]:
    """Return all that a document tells of people's names: its participants first, labels, then names in its text."""
    where = document.id
    country = ""
    found = [Sighting(p.name, where, p.role, p.office, document.date, country) for p in document.participants]
    if document.author and not document.participants:
        found.append(Sighting(document.author, where, "author", "", document.date, country))
    spoken = [b for b in document.blocks if b.kind in SPOKEN]
    views = [View.of(text, b.segments).text for b in spoken]
    for block, label in zip(spoken, labels_of(spoken, views, lambda _: False), strict=True):
        name = block.label or (label.name if label else "")
        if name and not is_role(name):
            found.append(Sighting(name, where, "speaker", "", document.date, country))
    if document.apparatus:
        return tuple(found)
    named = {word_key(parse_name(s.written).surname) for s in found}  # whoever is named here is no thing
    head = View.of(text, (document.blocks[0].segments if document.blocks else ())).text
    notes = (View.of(text, note.segments).text for note in document.notes)
    speaking = _speaking(views) if document.kind == "minutes" else frozenset()
    by_office = styled(document)
    mentions = (m for view in (head, *views, *notes) for m in find_names(view) if fold(m.written) not in by_office)
    for m in mentions:
        if not m.weak or m.written in speaking or (" " in m.written and family(m.written) in named):
            found.append(Sighting(m.written, where, "", m.office, document.date, country))
    return tuple(found)


def _speaking(views: Sequence[str]) -> frozenset[str]:
    """Return the names that nothing else shows to be people's but that they say something in several sentences."""
    counts = Counter(
        m.written
        for view in views
        for m in find_names(view)
        if m.weak and speaks(view, m) and (m.start == 0 or view[: m.start].rstrip()[-1:] in {".", "!", "?"})
    )
    return frozenset(name for name, count in counts.items() if count >= _SEVERAL)


def find_turns(document: Document, text: str, people: People, editor: str = "") -> tuple[Turn, ...]:
    """Return the document's turns in order of the text: speech, notes and apparatus.

    `text` is the source's text, `people` the archive's people, `editor` who wrote the notes that are not the document's
    own (the author of the work in which it is printed). Every sentence of the document stands in one turn.
    """
    named = (q.name for q in document.participants if not is_office(q.name))
    resolved = {name: people.resolve(name, date=document.date) for name in named}
    present = {q.name for q in document.participants if q.role == "present"}
    alone = _alone(name for name, person in resolved.items() if person is None and name in present)
    known = [*(p.name for p in resolved.values() if p), *alone.values()]

    def is_person(name: str) -> bool:
        return people.resolve(name, scope=known, date=document.date) is not None

    paragraphs = paragraphs_of(document, text, is_person)
    labelled = sum(p.label is not None for p in paragraphs)
    notes = [Paragraph.of(View.of(text, note.segments)) for note in document.notes]
    setting = setting_of(document, text, people, tuple(known), labelled=labelled)
    mentions = [m for p in (*paragraphs, *notes) for m in p.mentions]
    people_by_office = {style: p.name for style, name in styled(document).items() if (p := resolved.get(name))}
    company = replace(setting.company, styled=people_by_office)
    company = replace(company, families={**families(mentions, company), **alone})
    setting = replace(setting, company=company)
    lines = _read(document, text, paragraphs, setting)
    for note, paragraph in zip(document.notes, notes, strict=True):
        lines += _note_lines(note, paragraph, document, setting, editor)
    return group(document, text, lines)


def _alone(names: Iterable[str]) -> dict[str, str]:
    """Return those present of whom only the family name is known, and whom others bear elsewhere, by its key."""
    parsed = [parse_name(name) for name in names]
    return {word_key(n.surname): n.text for n in parsed if n.surname and not (n.given or n.initials)}


def _read(document: Document, text: str, paragraphs: Sequence[Paragraph], setting: Setting) -> list[Line]:
    """Return the sentences of the document's blocks with their speakers."""
    women, men = called((m for p in paragraphs for m in p.mentions), setting.company)
    state = State(offices=head_offices(document, text, setting.company), women=women, men=men)
    voice: Said | None = None
    above = takewhile(lambda pair: not pair[1].speaker, zip(document.blocks, paragraphs, strict=True))
    head = [text[s.start : s.end] for block, _ in above for s in block.segments]
    parts = initialled((p.speaker for p in paragraphs if p.speaker), head)
    talk = Talk(labelled=any(p.speaker for p in paragraphs), parts=parts)
    read: list[list[Line]] = []
    one_with = gathered(document.blocks, [p.view.text for p in paragraphs])
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.spoken:
            if setting.minutes:
                state = closed(state)
            if talk.labelled:
                setting = setting.on(day_of_heading(paragraph.view.text, setting.company.date))
            talk = replace(talk, below=not paragraph.view.text.startswith(("(", "[")))
            read.append([Line(s, TurnKind.APPARATUS, None, "", one_with[at]) for s in _cut(paragraph.view)])
            continue
        if setting.private:
            setting = setting.on(entry_day(paragraph.view.text, setting.company.date))
        voice, talk = voice_of(paragraph, voice, talk, setting, state.offices)
        talk = replace(talk, below=False)
        if voice is not None:
            read.append(_voiced(paragraph, at, voice))
            talk = replace(talk, question=is_question(paragraph.view.text))
        else:
            lines, state = _attributed(paragraph, at, state, setting)
            read.append(lines)
    if setting.mode is Mode.MONOLOGUE and document.kind in _REPORTS:
        read = _bridged(paragraphs, read, setting)
    lines = [line for lines in read for line in lines]
    lines = called_before(answered(lines, text) if setting.minutes else lines)
    return called_upon(replied(lines, text), text) if voice is not None else lines


def _cut(view: View) -> list[Segments]:
    return [s for a, b in sentences(view.text) if (s := view.segments(a, b))]


def _voiced(paragraph: Paragraph, at: int, voice: Said) -> list[Line]:
    """Return the sentences of labelled speech; a label belongs to the sentence behind it."""
    view, skip = paragraph.view, paragraph.label.end if paragraph.label else 0
    cut = [view.segments(a + skip, b + skip) for a, b in sentences(view.text[skip:])]
    cut = [segments for segments in cut if segments]
    head = view.segments(0, skip) if skip else ()
    label = (Span(head[0].start, cut[0][0].start),) if head and cut else ()  # up to the first word
    if head:
        cut[:1] = [(*head, *cut[0])] if cut else [head]
    return [Line(s, TurnKind.SPEECH, voice, "", at, label if n == 0 else ()) for n, s in enumerate(cut)]


def _attributed(paragraph: Paragraph, at: int, state: State, setting: Setting) -> tuple[list[Line], State]:
    """Return a paragraph's sentences with whose words they convey, and the state after it."""
    view, found = paragraph.view, []
    if setting.minutes and not state.introduced and (is_item(view.text) or is_recorded(view.text)):
        unsaid = Said(None, (), Basis.NARRATOR, setting.company.date)
        return [Line(s, TurnKind.SPEECH, unsaid, "", at) for s in _cut(view)], closed(state)
    if setting.minutes and opens_item(view.text) and at_point(view.text, state) is state:
        state = closed(state)
    for n, (a, b) in enumerate(sentences(view.text)):
        said, state = attribute(view.text[a:b], within(paragraph.mentions, a, b), n == 0, state, setting)
        if segments := view.segments(a, b):
            found.append(Line(segments, TurnKind.SPEECH, said, "", at))
    return found, state


def _bridged(paragraphs: Sequence[Paragraph], read: Sequence[Sequence[Line]], setting: Setting) -> list[list[Line]]:
    """Return the paragraphs with one between two of the same reported speech given to its speaker.

    The paragraph behind goes on with "He ...", so the one between has told of nobody else.
    """
    bridged = [list(lines) for lines in read]
    for before, at, after in zip(range(len(read)), range(1, len(read)), range(2, len(read)), strict=False):
        said = _reported(read[before][-1:])
        goes_on = _reported(read[after][:1])
        if said is None or goes_on is None or said.speaker is None or goes_on.speaker is None:
            continue
        pronoun = goes_on.speaker.written.casefold() in {"he", "she"} and goes_on.speaker.name == said.speaker.name
        own = all(line.said is not None and line.said.basis is setting.narrator_basis for line in read[at])
        silent = not paragraphs[at].mentions and not _FIRST_PERSON.search(paragraphs[at].view.text)
        if pronoun and own and silent and paragraphs[at].spoken:
            bridged[at] = [replace(line, said=said) for line in read[at]]
    return bridged


def _reported(lines: Sequence[Line]) -> Said | None:
    said = lines[0].said if lines else None
    return said if said is not None and said.basis in {Basis.REPORTED, Basis.QUOTED} else None


def _note_lines(note: Note, paragraph: Paragraph, document: Document, setting: Setting, editor: str) -> list[Line]:
    """Return a note's sentences, read as a monologue of the note's writer."""
    writer = _note_writer(note, document, setting, editor)
    present = setting.company.present if note.own else ()
    own = replace(
        setting,
        mode=Mode.MONOLOGUE,
        narrator=writer,
        narrator_basis=Basis.HEADER,
        parties=(),
        recipients=(),
        company=replace(setting.company, present=present),
    )
    lines, _ = _attributed(paragraph, 0, State(), own)
    return [replace(line, kind=TurnKind.NOTE, marker=note.marker) for line in lines]


def _note_writer(note: Note, document: Document, setting: Setting, editor: str) -> Person | None:
    """Return who wrote a note: the document's writer for its own notes, the editor for others, where they are known."""
    if note.own or not (document.parent or editor):
        return setting.narrator
    person = setting.company.people.resolve(editor) if editor else None
    return Person(person.name if person else editor, editor) if editor else None

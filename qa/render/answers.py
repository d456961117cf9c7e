"""A reply on the screen: the quotation first, then who said it to whom and when, then the citation, then where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa.answer.records import Answer, Reply, Status
from qa.citation import Holding, cite, day
from qa.documents.records import Document
from qa.render.screen import Screen
from qa.render.wrapping import clean, emphasised, paragraph, quoted_with_marks
from qa.spans import Segments, collapse, intersect, quote
from qa.turns.lists import heads_list
from qa.turns.records import Basis, Turn, TurnKind

SILENT = "The archive does not answer this."
CLOSEST = "What came closest, though it is no answer:"
GOES_ON = "(the list goes on)"


class Library(Protocol):
    """Where a document stands, and the stored text of a source by its name."""

    def holding(self, document: Document) -> Holding:
        """Return the document with what stands around it."""

    def text(self, source: str) -> str:
        """Return a source's text."""


def render_reply(reply: Reply, library: Library, screen: Screen) -> str:
    """Return the reply as it is shown, ending in a line break."""
    if reply.status is Status.ANSWERED:
        return _answers(reply.answers, library, screen) + "\n"
    said = "\n".join(paragraph(line, screen.measure) for line in (SILENT, reply.missing) if line)
    if not reply.closest:
        return said + "\n"
    closest = "\n\n".join((CLOSEST, _answers(reply.closest, library, screen)))
    return f"{said}\n\n{_dimmed(closest, screen)}\n"


def _answers(answers: Sequence[Answer], library: Library, screen: Screen) -> str:
    numbered = len(answers) > 1
    width = len(str(answers[-1].rank)) if answers else 1
    heads = [f"{answer.rank:>{width}}. " if numbered else "  " for answer in answers]
    return "\n\n".join(_answer(a, head, library, screen) for a, head in zip(answers, heads, strict=True))


def _answer(answer: Answer, head: str, library: Library, screen: Screen) -> str:
    indent = " " * len(head)
    width = screen.measure
    source = library.text(answer.quote.source)
    lines, parts = [], _parts(answer, source)
    for part in parts:
        text, marks = quoted_with_marks(source, part, answer.matched)
        lines += emphasised(text, marks, width - len(head), screen.bold)
    lines += [screen.dim(GOES_ON)] if len(parts) > 1 and _cut_short(answer, source) else []
    quotation = "\n".join((indent if n else head) + line for n, line in enumerate(lines))
    if answer.asked is not None:
        asked = paragraph(f"in reply to: {clean(answer.asked.text)}", width, indent, indent)
        quotation += "\n" + "\n".join(map(screen.dim, asked.split("\n")))
    who = paragraph(attribution(answer), width, f"{indent}— ", f"{indent}  ")
    citation = paragraph(cite(answer, library.holding(answer.document)), width, indent, indent)
    return "\n".join((quotation, who, "", citation, indent + _place(answer, screen)))


def _parts(answer: Answer, source: str) -> Sequence[Segments]:
    """Return what begins a line of the quotation: each line of a list, elsewhere the whole alone."""
    whole = answer.quote.segments
    lines = [line for sentence in answer.turn.sentences if (line := intersect(whole, sentence))]
    listed = answer.turn.kind is TurnKind.APPARATUS and lines and heads_list(quote(source, lines[0]))
    return lines if listed else [whole]


def _cut_short(answer: Answer, source: str) -> bool:
    """Return whether a list has more lines than were quoted, other than what announces another list."""
    after = [s for s in answer.turn.sentences if s[0].start >= answer.quote.segments[-1].end]
    return any(not heads_list(quote(source, s)) for s in after)


def _place(answer: Answer, screen: Screen) -> str:
    shown = clean(screen.shown(answer.path) or answer.quote.source)
    return screen.dim(screen.link(f"{shown}:{answer.line}", answer.path))


def _dimmed(text: str, screen: Screen) -> str:
    """Return every line dim; bold would end it (both end with SGR 22), so it begins again."""
    if not screen.styled:
        return text
    return "\n".join(screen.dim(line.replace("\x1b[22m", "\x1b[22;2m")) if line else "" for line in text.split("\n"))


def attribution(answer: Answer) -> str:
    """Return who said it to whom, when, and how that is known where it is not from a label or the header."""
    parts = (speakers(answer.turn), day(answer.date) if answer.date else "", basis_phrase(answer))
    return collapse(", ".join(filter(None, parts)))


def speakers(turn: Turn) -> str:
    """Return `speaker to addressees`, or what the words are where no speaker is known."""
    if turn.speaker is None:
        return {TurnKind.NOTE: f"note {turn.marker}", TurnKind.APPARATUS: "heading or front matter"}.get(
            turn.kind, "speaker not known"
        )
    addressees = [person.name for person in turn.addressees]
    to = ", ".join(addressees[:-1]) + " and " + addressees[-1] if len(addressees) > 1 else "".join(addressees)
    return f"{turn.speaker.name} to {to}" if to else turn.speaker.name


def basis_phrase(answer: Answer) -> str:
    """Return how the attribution is known, "" where it is plain from a label or the header."""
    speaker, author = answer.turn.speaker, answer.document.author
    if speaker is None:
        return ""
    other = author and author != speaker.name
    if speaker.basis is Basis.REPORTED:
        return f"reported by {author}" if other else "in reported speech"
    if speaker.basis is Basis.QUOTED:
        return f"quoted by {author}" if other else "as quoted in the document"
    return ""

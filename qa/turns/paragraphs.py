"""A document's blocks as they are read: running text, the speaker's label before it, the names in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.documents.records import Block, Document
from qa.names import NameMention, find_names, parse_name
from qa.names.keys import word_key
from qa.spans import View
from qa.turns.labels import Label, accept_labels
from qa.turns.setting import SPOKEN


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block's running text, the label at its head, the names in it.

    In labelled speech names are looked for only below a heading, where a narrator may come in.
    """

    view: View
    label: Label | None = None
    stated: str = ""
    spoken: bool = True
    mentions: tuple[NameMention, ...] = ()

    @classmethod
    def of(cls, view: View) -> Paragraph:
        """Return the paragraph of running text."""
        return cls(view, mentions=tuple(find_names(view.text)))

    @property
    def speaker(self) -> str:
        """The label's name, "" without one."""
        return self.stated or (self.label.name if self.label else "")

    @property
    def part(self) -> str:
        """What the one named in brackets is in the talk: "The Chair" (see `Label`)."""
        return self.label.part if self.label else ""


def paragraphs_of(document: Document, text: str, is_person: Callable[[str], bool]) -> list[Paragraph]:
    """Return the document's blocks as they are read."""
    spoken = [not document.apparatus and b.kind in SPOKEN for b in document.blocks]
    views = [View.of(text, b.segments) for b in document.blocks]
    blocks = [b for b, yes in zip(document.blocks, spoken, strict=True) if yes]
    texts = [v.text for v, yes in zip(views, spoken, strict=True) if yes]
    labels = iter(_but_salutation(labels_of(blocks, texts, is_person), document))
    found: list[Paragraph] = []
    labelled, below = False, False
    for block, view, yes in zip(document.blocks, views, spoken, strict=True):
        label = next(labels) if yes else None
        labelled = labelled or bool(yes and (block.label or label))
        mentions = tuple(find_names(view.text)) if yes and (below or not labelled) else ()
        below = not yes
        found.append(Paragraph(view, label, block.label if yes else "", yes, mentions))
    return found


def _but_salutation(labels: Sequence[Label | None], document: Document) -> Sequence[Label | None]:
    """Return the labels, none where the only one is the salutation of who is written to: "Mr. Roe: I have read ..."."""
    found = [label for label in labels if label is not None]
    surnames = {word_key(parse_name(p.name).surname) for p in document.participants if p.role == "recipient"}
    only = len(found) == 1 and word_key(parse_name(found[0].name).surname) in surnames - {""}
    return [None] * len(labels) if only else labels


def labels_of(
    blocks: Sequence[Block], texts: Sequence[str], is_person: Callable[[str], bool]
) -> tuple[Label | None, ...]:
    """Return the blocks' labels as the plain text has them; none where the format states labels itself."""
    if any(b.label for b in blocks):
        return tuple(None for _ in blocks)
    return accept_labels(texts, is_person)

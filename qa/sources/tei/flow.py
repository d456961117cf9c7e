"""The block that is being written, and the notes that wait for its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from qa.sources.records import MarkKind
from qa.sources.writing import Opened, Writer


@dataclass(slots=True)
class Leaf:
    """The mark of a block; `opened` is `None` in notes, whose blocks have none; `fresh` is where an item begins."""

    kind: MarkKind
    attributes: Mapping[str, str]
    opened: Opened | None
    fresh: int = -1


class Flow:
    """A writer with one block at a time: a block that begins inside another suspends it.

    `depth` counts the blocks, lists and tables around; `cells` and `lists` those of their kind.
    """

    def __init__(self) -> None:
        self.writer = Writer()
        self.leaf: Leaf | None = None
        self.depth = 0
        self.cells = 0
        self.lists = 0
        self.notes: list[tuple[Element, int]] = []

    def write(self, text: str | None) -> None:
        """Write text; outside all blocks it is a paragraph."""
        if not text:
            return
        if self.leaf is None and text.strip():
            self.begin(MarkKind.PARAGRAPH)
        self.writer.write(text)

    def begin(self, kind: MarkKind, attributes: Mapping[str, str] | None = None) -> None:
        """Begin a block."""
        self.leaf = Leaf(kind, attributes or {}, self.writer.open(kind, attributes))

    def begin_like(self, outer: Leaf | None, kind: MarkKind, attributes: Mapping[str, str]) -> None:
        """Begin an item of a list or table inside the outer block: of its kind in signatures, unmarked in notes."""
        if outer is not None and outer.opened is None:
            self.leaf = Leaf(outer.kind, outer.attributes, None)
        else:
            self.begin(MarkKind.SIGNATURE if outer and outer.kind == MarkKind.SIGNATURE else kind, attributes)

    def finish(self) -> Leaf | None:
        """End the block, if there is one, and return it."""
        leaf, self.leaf = self.leaf, None
        if leaf is not None and leaf.opened is not None:
            self.writer.close(leaf.opened)
        return leaf

    def resume(self, leaf: Leaf | None) -> None:
        """Go on with a block that was suspended."""
        if leaf is None:
            return
        if leaf.opened is None:
            self.leaf = leaf
        else:
            self.begin(leaf.kind, {**leaf.attributes, "continued": "true"})

    def in_fresh_item(self) -> bool:
        """Return whether an item has begun of which nothing but its number is written."""
        return self.leaf is not None and 0 <= self.leaf.fresh == self.writer.length

    def quiet(self) -> bool:
        """Return whether what is written is inside a note."""
        return self.leaf is not None and self.leaf.opened is None

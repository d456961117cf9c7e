"""Text and its marks, written from front to back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa.sources.records import Mark, MarkKind

_STRENGTH = {"": 0, " ": 1, " | ": 2, "\n": 3, "\n\n": 4}


@dataclass(slots=True)
class Opened:
    """A mark whose end is not written yet; it starts at the first text that follows."""

    kind: MarkKind
    attributes: Mapping[str, str]
    order: int
    start: int = -1


class Writer:
    r"""Collects text with its white space normalised, and marks that neither begin nor end with white space.

    >>> writer = Writer()
    >>> mark = writer.open(MarkKind.PARAGRAPH)
    >>> writer.write(" The\n  talks "); writer.write("began. ")
    >>> writer.close(mark)
    >>> writer.gap("\n\n"); writer.write("End")
    >>> writer.text, [(m.start, m.end) for m in writer.marks()]
    ('The talks began.\n\nEnd', [(0, 16)])
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._gap = ""
        self._waiting: list[Opened] = []
        self._marks: list[tuple[int, int, int, Opened]] = []
        self._opened = 0
        self.length = 0

    def write(self, text: str) -> None:
        """Write text; white space at its ends separates it from its neighbours."""
        words = text.split()
        if text and text[0].isspace():
            self.gap(" ")
        if not words:
            return
        if self._gap and self.length:
            self._put(self._gap)
        self._gap = ""
        for opened in self._waiting:
            opened.start = self.length
        self._waiting.clear()
        self._put(" ".join(words))
        if text[-1].isspace():
            self.gap(" ")

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def gap(self, separator: str) -> None:
        """Ask for a separator before the next text; the strongest that was asked for is written."""
        if _STRENGTH[separator] > _STRENGTH[self._gap]:
            self._gap = separator

    def open(self, kind: MarkKind, attributes: Mapping[str, str] | None = None) -> Opened:
        """Return a mark that starts where the next text is written."""
        opened = Opened(kind, attributes or {}, self._opened)
        self._opened += 1
        self._waiting.append(opened)
        return opened

    def close(self, opened: Opened) -> None:
        """End the mark after the last text; a mark without text is dropped."""
        if opened.start < 0:
            self._waiting.remove(opened)
        else:
            self._marks.append((opened.start, -self.length, opened.order, opened))

    def point(self, kind: MarkKind, attributes: Mapping[str, str]) -> None:
        """Set an empty mark where the next text is written."""
        opened = self.open(kind, attributes)
        self._marks.append((-1, 0, opened.order, opened))

    def add(self, mark: Mark) -> None:
        """Set a mark over text that is written already."""
        self._opened += 1
        opened = Opened(mark.kind, mark.attributes, self._opened, mark.start)
        self._marks.append((mark.start, -mark.end, self._opened, opened))

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def marks(self) -> tuple[Mark, ...]:
        """Return the closed marks, sorted by start, outer before inner; points at the end of the text come last."""
        found = []
        for start, end, order, opened in self._marks:
            if start >= 0:
                found.append((start, end, order, opened))
            else:
                at = opened.start if opened.start >= 0 else self.length
                found.append((at, -at, order, opened))
        # A page begins before what stands first on it, so points precede the ranges that start there.
        found.sort(key=lambda f: (f[0], f[0] != -f[1], f[1], f[2]))
        return tuple(Mark(opened.kind, start, -end, opened.attributes) for start, end, _, opened in found)

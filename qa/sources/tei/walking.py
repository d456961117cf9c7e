"""The walk through a TEI tree that writes its text and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from qa.sources.records import MarkKind
from qa.sources.tei.header import when
from qa.sources.tei.labels import Lead, role_of_list
from qa.sources.tei.structure import ENCLOSED, opening, opens_bold
from qa.sources.writing import Opened, Writer
from qa.sources.xml import attribute, name, words

# What no reader reads: metadata, machinery, running heads, what the writer struck out.
_UNREAD = frozenset(
    ["teiHeader", "script", "graphic", "fw", "del", "index", "interp", "figDesc", "gap", "anchor", "milestone"]
)
_BLOCKS = {
    "p": MarkKind.PARAGRAPH,
    "ab": MarkKind.PARAGRAPH,
    "salute": MarkKind.PARAGRAPH,
    "trailer": MarkKind.PARAGRAPH,
    "head": MarkKind.HEAD,
    "byline": MarkKind.HEAD,
    "argument": MarkKind.HEAD,
    "dateline": MarkKind.DATELINE,
    "closer": MarkKind.SIGNATURE,
    "l": MarkKind.ITEM,
    "bibl": MarkKind.ITEM,
    "caption": MarkKind.APPARATUS,
    "titlePart": MarkKind.HEAD,
    "docImprint": MarkKind.APPARATUS,
    "docAuthor": MarkKind.APPARATUS,
    "docDate": MarkKind.APPARATUS,
}
# Regions that hold blocks: what stands in them is marked as they are.
_REGIONS = {
    "front": MarkKind.APPARATUS,
    "back": MarkKind.APPARATUS,
    "titlePage": MarkKind.APPARATUS,
    "figure": MarkKind.APPARATUS,
}
_APPARATUS_DIVISIONS = frozenset(
    ["toc", "contents", "index", "abbreviations", "persons", "sources", "titlepage", "press"]
)
_INNER = frozenset(["p", "list", "table", "quote", "lg", "floatingText", "figure", "sp"])
_SHORT = 60


@dataclass(slots=True)
class _Leaf:
    """The mark of the block that is being written; `fresh` is where the text of a list's item begins."""

    kind: MarkKind
    attributes: Mapping[str, str]
    opened: Opened | None
    fresh: int = -1


class Walker:
    """Writes the text and marks of a tree; `leads` are the paragraphs in which a speaker's label may stand."""

    def __init__(self, documents: Mapping[Element, Mapping[str, str]], people: Mapping[str, str]) -> None:
        self.writer = Writer()
        self.leads: list[Lead] = []
        self._documents = documents
        self._people = people
        self._leaf: _Leaf | None = None
        self._depth = 0
        self._cells = 0
        self._lists = 0
        self._notes: list[tuple[Element, int]] = []
        self._current = ""
        self._count = 0
        self._role = ""
        self._handlers: Mapping[str, Callable[[Element], None]] = {
            "list": self._list,
            "table": self._table,
            "quote": self._quote,
            "note": self._note,
            "choice": self._choice,
            "said": self._said,
            "sp": self._speech,
        }

    def walk(self, element: Element) -> None:
        """Write the element."""
        tag = name(element)
        if not tag or tag in _UNREAD:
            return
        if element in self._documents:
            self._document(element, self._documents[element])
        elif tag in ENCLOSED:
            self._enclosure(element)
        elif tag in self._handlers:
            self._handlers[tag](element)
        elif tag in _BLOCKS:
            self._block(element, _BLOCKS[tag], self._how(element))
        elif tag in _REGIONS:
            self._region(element, _REGIONS[tag])
        elif tag.startswith("div") or tag in ("text", "body", "opener", "postscript", "lg", "group", "listBibl"):
            self._division(element)
        else:
            self._inline(element, tag)

    def _children(self, element: Element) -> None:
        self._write(element.text)
        for child in element:
            self.walk(child)
            self._write(child.tail)

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._leaf is None and text.strip():
            self._begin(MarkKind.PARAGRAPH)
        self.writer.write(text)

    # Blocks

    def _begin(self, kind: MarkKind, attributes: Mapping[str, str] | None = None) -> None:
        self._leaf = _Leaf(kind, attributes or {}, self.writer.open(kind, attributes))

    def _finish(self) -> _Leaf | None:
        leaf, self._leaf = self._leaf, None
        if leaf is not None and leaf.opened is not None:
            self.writer.close(leaf.opened)
        return leaf

    def _resume(self, leaf: _Leaf | None) -> None:
        if leaf is None:
            return
        if leaf.opened is None:
            self._leaf = leaf
        else:
            self._begin(leaf.kind, {**leaf.attributes, "continued": "true"})

    def _how(self, element: Element) -> dict[str, str]:
        rend = element.get("rend", "")
        first = opening(element)
        if not rend and first is not None and len(words(first)) == len(words(element)):
            rend = first.get("rend", "")
        return {"rend": rend} if rend else {}

    def _block(self, element: Element, kind: MarkKind, attributes: Mapping[str, str], gap: str = "\n\n") -> None:
        if self._cells or self._continues_item():
            self.writer.gap(" ")
            self._children(element)
            self.writer.gap(" ")
            return
        within = self._leaf
        outer = self._finish()
        quiet = outer is not None and outer.opened is None
        gap = "\n" if within is not None and within.kind in (MarkKind.ITEM, MarkKind.NOTE, MarkKind.SIGNATURE) else gap
        self.writer.gap(gap)
        self._depth += 1
        if quiet:
            self._leaf = outer
        else:
            self._begin(kind, attributes)
        self._children(element)
        if not quiet:
            self._end_block(element, kind)
        self.writer.gap(gap)
        self._depth -= 1
        self._flush()
        self._resume(outer)

    def _end_block(self, element: Element, kind: MarkKind) -> None:
        start = self._leaf.opened.start if self._leaf and self._leaf.opened else -1
        self._finish()
        if kind in (MarkKind.PARAGRAPH, MarkKind.HEAD):
            self._announce(element)
        if kind == MarkKind.PARAGRAPH and start >= 0:
            first = opening(element)
            named = first is not None and name(first) in ("persName", "name")
            self.leads.append(Lead(start, self.writer.length, self._current, opens_bold(element), named))

    def _announce(self, element: Element) -> None:
        """Note whether the paragraph announces a list of people; a short heading below it does not end that."""
        text = words(element)
        if role := role_of_list(text):
            self._role = role
        elif len(text) > _SHORT or not (text.endswith(":") or element.get("rend")):
            self._role = ""

    def _continues_item(self) -> bool:
        leaf = self._leaf
        return leaf is not None and leaf.fresh >= 0 and leaf.fresh == self.writer.length

    # Regions

    def _region(self, element: Element, kind: MarkKind | None, attributes: Mapping[str, str] | None = None) -> None:
        outer = self._finish()
        self.writer.gap("\n\n")
        opened = self.writer.open(kind, attributes) if kind else None
        self._children(element)
        self._finish()
        self._flush()
        if opened:
            self.writer.close(opened)
        self.writer.gap("\n\n")
        self._resume(outer)

    def _division(self, element: Element) -> None:
        kind = element.get("type", "")
        if name(element).startswith("div") and (
            kind in _APPARATUS_DIVISIONS or attribute(element, "id") in _APPARATUS_DIVISIONS
        ):
            self._region(element, MarkKind.APPARATUS)
        elif name(element).startswith("div"):
            self._region(element, MarkKind.SECTION, {"kind": kind} if kind else {})
        else:
            self._region(element, None)

    def _document(self, element: Element, attributes: Mapping[str, str]) -> None:
        before = (self._current, self._notes, self._depth, self._role)
        self._count += 1
        self._current, self._notes, self._depth, self._role = f"{self._count}", [], 0, ""
        self._region(element, MarkKind.DOCUMENT, attributes)
        self._current, self._notes, self._depth, self._role = before

    def _enclosure(self, element: Element) -> None:
        self._document(element, {"kind": "enclosure", **{k: v for k in ("id", "n") if (v := attribute(element, k))}})

    def _quote(self, element: Element) -> None:
        block = "block" in element.get("rend", "") or any(name(child) in _INNER for child in element)
        if self._cells or not (block or self._leaf is None):
            self._children(element)
            return
        self._depth += 1
        quiet = self._leaf is not None and self._leaf.opened is None
        self._region(element, None if quiet else MarkKind.QUOTATION)
        self._depth -= 1
        self._flush()

    # Lists and tables

    def _list(self, element: Element) -> None:
        if self._cells:
            self._children(element)
            return
        outer = self._finish()
        gap = "\n" if self._lists or (outer and outer.kind == MarkKind.SIGNATURE) else "\n\n"
        self.writer.gap(gap)
        self._depth, self._lists = self._depth + 1, self._lists + 1
        role = self._role or ("present" if element.get("type") == "participants" else "")
        for child in element:
            self._list_part(child, role, outer)
        self._finish()
        self._depth, self._lists = self._depth - 1, self._lists - 1
        self.writer.gap(gap)
        self._flush()
        self._resume(outer)

    def _list_part(self, child: Element, role: str, outer: _Leaf | None) -> None:
        tag = name(child)
        if tag == "head":
            self._finish()
            self._block(child, MarkKind.HEAD, {}, "\n")
        elif tag in ("label", "item"):
            if tag == "label" or self._leaf is None:
                self._finish()
                self.writer.gap("\n")
                self._begin_item(outer)
            self._item(child, role if tag == "item" else "")
        else:
            self.walk(child)

    def _begin_item(self, outer: _Leaf | None) -> None:
        if outer is not None and outer.opened is None:
            self._leaf = _Leaf(outer.kind, outer.attributes, None)
        else:
            self._begin(outer.kind if outer and outer.kind == MarkKind.SIGNATURE else MarkKind.ITEM)

    def _item(self, element: Element, role: str) -> None:
        self.writer.gap(" ")
        if self._leaf:
            self._leaf.fresh = self.writer.length
        nested = any(name(inner) == "list" for inner in element)
        person = self.writer.open(MarkKind.PERSON, {"role": role}) if role and not nested else None
        self._children(element)
        if person:
            self.writer.close(person)
        if name(element) == "item":
            self._finish()
        self.writer.gap(" ")

    def _table(self, element: Element) -> None:
        if self._cells:
            self._children(element)
            return
        outer = self._finish()
        self.writer.gap("\n\n")
        self._depth += 1
        for child in element:
            if name(child) == "row":
                self._row(child, outer)
            else:
                self.walk(child)
        self._depth -= 1
        self.writer.gap("\n\n")
        self._flush()
        self._resume(outer)

    def _row(self, element: Element, outer: _Leaf | None) -> None:
        self.writer.gap("\n")
        self._begin_item(outer)
        self._cells += 1
        for cell in element:
            self.writer.gap(" | ")
            self.walk(cell)
        self._cells -= 1
        self._finish()

    # Notes

    def _note(self, element: Element) -> None:
        if "inline" in element.get("rend", "") or attribute(element, "place") == "inline":
            self._block(element, MarkKind.SOURCE_NOTE, {})
            return
        self._notes.append((element, self.writer.length))
        if self._leaf is None and not self._depth:
            self._flush()

    def _flush(self) -> None:
        while self._notes and not self._depth:
            element, anchor = self._notes.pop(0)
            outer = self._finish()
            marker = element.get("n", "")
            own = "[footnote in the original" in words(element).casefold()
            self.writer.gap("\n\n")
            self.writer.write(f"{marker} ")
            kind = MarkKind.SOURCE_NOTE if element.get("type") == "source" else MarkKind.NOTE
            attributes = {"marker": marker, "anchor": str(anchor), **({"own": "true"} if own else {})}
            opened = self.writer.open(kind, attributes)
            self._leaf, self._depth = _Leaf(MarkKind.NOTE, {}, None), 1
            self._children(element)
            self._leaf, self._depth = None, 0
            self.writer.close(opened)
            self.writer.gap("\n\n")
            self._resume(outer)

    # What stands in running text

    def _inline(self, element: Element, tag: str) -> None:
        if tag == "pb":
            self.writer.point(MarkKind.PAGE, {"n": element.get("n", "")})
        elif tag == "lb":
            self.writer.gap(" " if self._cells else "\n")
        elif (found := self._inline_mark(element, tag)) is not None:
            opened = self.writer.open(*found)
            self._children(element)
            self.writer.close(opened)
        elif tag == "signed" and self._leaf is None:
            self._block(element, MarkKind.SIGNATURE, {"name": words(element)})
        else:
            self._children(element)

    def _inline_mark(self, element: Element, tag: str) -> tuple[MarkKind, dict[str, str]] | None:
        kind = element.get("type", "")
        if tag in ("persName", "gloss", "orgName") and kind in ("from", "to"):
            office = {"role": "office"} if tag == "gloss" else {}
            return (MarkKind.SENDER if kind == "from" else MarkKind.RECIPIENT), office
        if tag == "persName":
            who = attribute(element, "corresp") or attribute(element, "ref")
            return MarkKind.NAME, ({"ref": who} if who else {})
        if tag == "date":
            iso = when(element)
            return MarkKind.DATE, ({"when": iso} if iso else {})
        if tag == "signed" and self._leaf is not None:
            return MarkKind.SIGNATURE, {"name": words(element)}
        return None

    def _choice(self, element: Element) -> None:
        """Write what the original has: the slip, the old spelling, the abbreviation."""
        kept = next((c for tag in ("sic", "orig", "abbr") for c in element if name(c) == tag), None)
        for child in [kept] if kept is not None else list(element)[:1]:
            self._children(child)

    # Speech

    def _said(self, element: Element) -> None:
        who = element.get("who", "").lstrip("#")
        opened = self.writer.open(MarkKind.SPEAKER, {"name": self._people.get(who, who), "said": "true"})
        if any(name(child) in _INNER for child in element):
            self._region(element, None)
        else:
            self._children(element)
        self.writer.close(opened)

    def _speech(self, element: Element) -> None:
        label = next((child for child in element if name(child) == "speaker"), None)
        if label is None:
            self._said(element)
            return
        self._finish()
        self.writer.gap("\n\n")
        self._begin(MarkKind.PARAGRAPH)
        opened = self.writer.open(MarkKind.SPEAKER, {"name": words(label).rstrip(" .:")})
        self._children(label)
        self.writer.close(opened)
        if not words(label).endswith((":", ".")):
            self.writer.write(":")
        if self._leaf:
            self._leaf.fresh = self.writer.length
        self.writer.gap(" ")
        for child in element:
            if child is not label:
                self.walk(child)
        self._finish()
        self._flush()
        self.writer.gap("\n\n")

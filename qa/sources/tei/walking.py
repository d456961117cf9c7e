"""The walk through a TEI tree that writes its text and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from qa.sources.records import MarkKind
from qa.sources.tei.flow import Flow, Leaf
from qa.sources.tei.header import when
from qa.sources.tei.labels import Lead, role_of_list
from qa.sources.tei.lists import write_list, write_table
from qa.sources.tei.structure import ENCLOSED, opening, opens_bold
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
_TIGHT = frozenset({MarkKind.ITEM, MarkKind.NOTE, MarkKind.SIGNATURE})  # their parts stand on lines, not apart
_SHORT = 60


class Walker:
    """Writes the text and marks of a tree; `leads` are the paragraphs in which a speaker's label may stand."""

    def __init__(self, documents: Mapping[Element, Mapping[str, str]], people: Mapping[str, str]) -> None:
        self.flow = Flow()
        self.leads: list[Lead] = []
        self.role = ""
        self._documents = documents
        self._people = people
        self._current = ""
        self._count = 0
        self._handlers: Mapping[str, Callable[[Element], None]] = {
            "list": lambda e: write_list(self, e),
            "table": lambda e: write_table(self, e),
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
            self.block(element, _BLOCKS[tag], "\n" if tag == "l" else "\n\n", self._how(element))
        elif tag in _REGIONS:
            self._region(element, _REGIONS[tag])
        elif tag.startswith("div") or tag in ("text", "body", "opener", "postscript", "lg", "group", "listBibl"):
            self._division(element)
        else:
            self._inline(element, tag)

    def children(self, element: Element) -> None:
        """Write what is in the element."""
        self.flow.write(element.text)
        for child in element:
            self.walk(child)
            self.flow.write(child.tail)

    # Blocks

    def _how(self, element: Element) -> dict[str, str]:
        rend = element.get("rend", "")
        if name(element) == "p" and (role := role_of_list(words(element))):
            return {"people": role}
        first = opening(element)
        if not rend and first is not None and len(words(first)) == len(words(element)):
            rend = first.get("rend", "")
        return {"rend": rend} if rend else {}

    def block(
        self, element: Element, kind: MarkKind, gap: str = "\n\n", attributes: Mapping[str, str] | None = None
    ) -> None:
        """Write the element as a block; in a cell or at the head of an item it runs in."""
        if self.flow.cells or self.flow.in_fresh_item():
            self.flow.writer.gap(" ")
            self.children(element)
            self.flow.writer.gap(" ")
            return
        quiet = self.flow.quiet()
        outer = self.flow.finish()
        gap = "\n" if outer is not None and outer.kind in _TIGHT else gap
        self.flow.writer.gap(gap)
        self.flow.depth += 1
        if quiet:
            self.flow.leaf = outer
        else:
            self.flow.begin(kind, attributes)
        self.children(element)
        if not quiet:
            self._end_block(element, kind)
        self.flow.writer.gap(gap)
        self.flow.depth -= 1
        self.flush()
        self.flow.resume(outer)

    def _end_block(self, element: Element, kind: MarkKind) -> None:
        start = self.flow.leaf.opened.start if self.flow.leaf and self.flow.leaf.opened else -1
        self.flow.finish()
        if kind in (MarkKind.PARAGRAPH, MarkKind.HEAD):
            self._announce(element)
        if kind == MarkKind.PARAGRAPH and start >= 0:
            first = opening(element)
            named = first is not None and name(first) in ("persName", "name")
            self.leads.append(Lead(start, self.flow.writer.length, self._current, opens_bold(element), named))

    def _announce(self, element: Element) -> None:
        """Note whether the paragraph announces a list of people; a short heading below it does not end that."""
        text = words(element)
        if role := role_of_list(text):
            self.role = "present" if role == "chair" else role
        elif len(text) > _SHORT or not (text.endswith(":") or element.get("rend")):
            self.role = ""

    # Regions

    def _region(self, element: Element, kind: MarkKind | None, attributes: Mapping[str, str] | None = None) -> None:
        outer = self.flow.finish()
        self.flow.writer.gap("\n\n")
        opened = self.flow.writer.open(kind, attributes) if kind else None
        self.children(element)
        self.flow.finish()
        self.flush()
        if opened:
            self.flow.writer.close(opened)
        self.flow.writer.gap("\n\n")
        self.flow.resume(outer)

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
        before = (self._current, self.flow.notes, self.flow.depth, self.role)
        self._count += 1
        self._current, self.flow.notes, self.flow.depth, self.role = f"{self._count}", [], 0, ""
        self._region(element, MarkKind.DOCUMENT, attributes)
        self._current, self.flow.notes, self.flow.depth, self.role = before

    def _enclosure(self, element: Element) -> None:
        self._document(element, {"kind": "enclosure", **{k: v for k in ("id", "n") if (v := attribute(element, k))}})

    def _quote(self, element: Element) -> None:
        block = "block" in element.get("rend", "") or any(name(child) in _INNER for child in element)
        if self.flow.cells or not (block or self.flow.leaf is None):
            self.children(element)
            return
        self.flow.depth += 1
        self._region(element, None if self.flow.quiet() else MarkKind.QUOTATION)
        self.flow.depth -= 1
        self.flush()

    # Notes

    def _note(self, element: Element) -> None:
        if "inline" in element.get("rend", "") or attribute(element, "place") == "inline":
            self.block(element, MarkKind.SOURCE_NOTE)
            return
        self.flow.notes.append((element, self.flow.writer.length))
        if self.flow.leaf is None and not self.flow.depth:
            self.flush()

    def flush(self) -> None:
        """Write the notes that wait, unless a block, list or table is still open around them."""
        while self.flow.notes and not self.flow.depth:
            element, anchor = self.flow.notes.pop(0)
            outer = self.flow.finish()
            marker = element.get("n", "")
            own = "[footnote in the original" in words(element).casefold()
            self.flow.writer.gap("\n\n")
            self.flow.writer.write(f"{marker} ")
            kind = MarkKind.SOURCE_NOTE if element.get("type") == "source" else MarkKind.NOTE
            attributes = {"marker": marker, "anchor": str(anchor), **({"own": "true"} if own else {})}
            opened = self.flow.writer.open(kind, attributes)
            self.flow.leaf, self.flow.depth = Leaf(MarkKind.NOTE, {}, None, self.flow.writer.length), 1
            self.children(element)
            self.flow.leaf, self.flow.depth = None, 0
            self.flow.writer.close(opened)
            self.flow.writer.gap("\n\n")
            self.flow.resume(outer)

    # What stands in running text

    def _inline(self, element: Element, tag: str) -> None:
        if tag == "pb":
            self.flow.writer.point(MarkKind.PAGE, {"n": element.get("n", "")})
        elif tag == "lb":
            self.flow.writer.gap(" " if self.flow.cells else "\n")
        elif (found := self._inline_mark(element, tag)) is not None:
            opened = self.flow.writer.open(*found)
            self.children(element)
            self.flow.writer.close(opened)
        elif tag == "signed" and self.flow.leaf is None:
            self.block(element, MarkKind.SIGNATURE, attributes={"name": words(element)})
        else:
            self.children(element)

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
        if tag == "signed" and self.flow.leaf is not None:
            return MarkKind.SIGNATURE, {"name": words(element)}
        return None

    def _choice(self, element: Element) -> None:
        """Write what the original has: the slip, the old spelling, the abbreviation."""
        kept = next((c for tag in ("sic", "orig", "abbr") for c in element if name(c) == tag), None)
        self.children(kept if kept is not None else element)

    # Speech

    def _said(self, element: Element) -> None:
        who = element.get("who", "").lstrip("#")
        opened = self.flow.writer.open(MarkKind.SPEAKER, {"name": self._people.get(who, who), "said": "true"})
        if any(name(child) in _INNER for child in element):
            self._region(element, None)
        else:
            self.children(element)
        self.flow.writer.close(opened)

    def _speech(self, element: Element) -> None:
        label = next((child for child in element if name(child) == "speaker"), None)
        if label is None:
            self._said(element)
            return
        self.flow.finish()
        self.flow.writer.gap("\n\n")
        self.flow.begin(MarkKind.PARAGRAPH)
        opened = self.flow.writer.open(MarkKind.SPEAKER, {"name": words(label).rstrip(" .:")})
        self.children(label)
        self.flow.writer.close(opened)
        if not words(label).endswith((":", ".")):
            self.flow.writer.write(":")
        if self.flow.leaf:
            self.flow.leaf.fresh = self.flow.writer.length
        self.flow.writer.gap(" ")
        self.flow.write(element.text)
        for child in element:
            if child is not label:
                self.walk(child)
            self.flow.write(child.tail)
        self.flow.finish()
        self.flush()
        self.flow.writer.gap("\n\n")

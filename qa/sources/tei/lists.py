"""Lists and tables, a line an item or row."""

from __future__ import annotations

from typing import Protocol
from xml.etree.ElementTree import Element

from qa.sources.records import MarkKind
from qa.sources.tei.flow import Flow, Leaf
from qa.sources.tei.labels import role_of_list
from qa.sources.xml import name, words


class Tree(Protocol):
    """What the writing of lists needs of the walk; `role` is that of the people whom the last heading announced."""

    flow: Flow
    role: str

    def walk(self, element: Element) -> None:
        """Write the element."""

    def children(self, element: Element) -> None:
        """Write what is in the element."""

    def flush(self) -> None:
        """Write the notes that wait."""

    def block(self, element: Element, kind: MarkKind, gap: str) -> None:
        """Write the element as a block."""


def write_list(tree: Tree, element: Element) -> None:
    """Write a list, an item a line, its number before it."""
    flow = tree.flow
    if flow.cells:
        _run_in(tree, element)
        return
    outer = flow.finish()
    gap = "\n" if flow.lists or (outer and outer.kind == MarkKind.SIGNATURE) else "\n\n"
    flow.writer.gap(gap)
    flow.depth, flow.lists = flow.depth + 1, flow.lists + 1
    role = tree.role or _role(element)
    _stray(flow, element.text, outer)
    labelled = False
    for child in element:
        labelled = _part(tree, child, role, outer, labelled)
        _stray(flow, child.tail, outer)
    flow.finish()
    flow.depth, flow.lists = flow.depth - 1, flow.lists - 1
    flow.writer.gap(gap)
    tree.flush()
    flow.resume(outer)


def _run_in(tree: Tree, element: Element) -> None:
    """Write a list or table that stands in a cell: its parts run in, a space between."""
    tree.flow.write(element.text)
    for child in element:
        tree.flow.writer.gap(" ")
        tree.walk(child)
        tree.flow.writer.gap(" ")
        tree.flow.write(child.tail)


def _stray(flow: Flow, text: str | None, outer: Leaf | None) -> None:
    """Write text that stands between items or rows, where none should: nothing of a file is lost."""
    if text and text.strip():
        flow.finish()
        flow.writer.gap("\n")
        flow.begin_like(outer, MarkKind.PARAGRAPH, {})
        flow.write(text)
        flow.finish()
        flow.writer.gap("\n")


def _role(element: Element) -> str:
    """Return "present" for a list that is one of people by its type or its first line ("Chair: ...")."""
    first = next((words(child) for child in element if name(child) == "item"), "")
    return "present" if element.get("type") == "participants" or role_of_list(first.partition(":")[0]) else ""


def _part(tree: Tree, child: Element, role: str, outer: Leaf | None, labelled: bool) -> bool:
    """Write a part of a list, and return whether it is the number of the item that follows."""
    tag, flow = name(child), tree.flow
    if tag not in ("label", "item"):
        if tag == "head":
            flow.finish()
            tree.block(child, MarkKind.HEAD, "\n")
        else:
            tree.walk(child)
        return labelled and flow.leaf is not None
    if tag == "label" or not labelled or flow.leaf is None:
        flow.finish()
        flow.writer.gap("\n")
        flow.begin_like(outer, MarkKind.ITEM, {"people": role} if role else {})
    _item(tree, child, role if tag == "item" else "")
    return tag == "label"


def _item(tree: Tree, element: Element, role: str) -> None:
    flow = tree.flow
    flow.writer.gap(" ")
    if flow.leaf:
        flow.leaf.fresh = flow.writer.length
    nested = any(name(inner) == "list" for inner in element)
    person = flow.writer.open(MarkKind.PERSON, {"role": role}) if role and not nested else None
    tree.children(element)
    if person:
        flow.writer.close(person)
    if name(element) == "item":
        flow.finish()
    flow.writer.gap(" ")


def write_table(tree: Tree, element: Element) -> None:
    """Write a table, a row a line, the cells joined by " | "."""
    flow = tree.flow
    if flow.cells:
        _run_in(tree, element)
        return
    outer = flow.finish()
    flow.writer.gap("\n\n")
    flow.depth += 1
    _stray(flow, element.text, outer)
    for child in element:
        if name(child) == "row":
            _row(tree, child, outer)
        else:
            flow.finish()
            tree.walk(child)
        _stray(flow, child.tail, outer)
    flow.finish()
    flow.depth -= 1
    flow.writer.gap("\n\n")
    tree.flush()
    flow.resume(outer)


def _row(tree: Tree, element: Element, outer: Leaf | None) -> None:
    flow = tree.flow
    flow.writer.gap("\n")
    flow.begin_like(outer, MarkKind.ITEM, {"row": "true"})
    flow.cells += 1
    flow.write(element.text)
    for cell in element:
        flow.writer.gap(" | ")
        tree.walk(cell)
        flow.write(cell.tail)
    flow.cells -= 1
    flow.finish()

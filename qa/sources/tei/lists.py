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
        tree.children(element)
        return
    outer = flow.finish()
    gap = "\n" if flow.lists or (outer and outer.kind == MarkKind.SIGNATURE) else "\n\n"
    flow.writer.gap(gap)
    flow.depth, flow.lists = flow.depth + 1, flow.lists + 1
    role = tree.role or _role(element)
    for child in element:
        _part(tree, child, role, outer)
    flow.finish()
    flow.depth, flow.lists = flow.depth - 1, flow.lists - 1
    flow.writer.gap(gap)
    tree.flush()
    flow.resume(outer)


def _role(element: Element) -> str:
    """Return "present" for a list that is one of people by its type or its first line ("Chair: ...")."""
    first = next((words(child) for child in element if name(child) == "item"), "")
    return "present" if element.get("type") == "participants" or role_of_list(first.partition(":")[0]) else ""


def _part(tree: Tree, child: Element, role: str, outer: Leaf | None) -> None:
    tag, flow = name(child), tree.flow
    if tag == "head":
        flow.finish()
        tree.block(child, MarkKind.HEAD, "\n")
    elif tag in ("label", "item"):
        if tag == "label" or flow.leaf is None:
            flow.finish()
            flow.writer.gap("\n")
            flow.begin_like(outer, MarkKind.ITEM, {"people": role} if role else {})
        _item(tree, child, role if tag == "item" else "")
    else:
        tree.walk(child)


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
        tree.children(element)
        return
    outer = flow.finish()
    flow.writer.gap("\n\n")
    flow.depth += 1
    for child in element:
        if name(child) == "row":
            _row(tree, child, outer)
        else:
            tree.walk(child)
    flow.depth -= 1
    flow.writer.gap("\n\n")
    tree.flush()
    flow.resume(outer)


def _row(tree: Tree, element: Element, outer: Leaf | None) -> None:
    flow = tree.flow
    flow.writer.gap("\n")
    flow.begin_like(outer, MarkKind.ITEM, {"row": "true"})
    flow.cells += 1
    for cell in element:
        flow.writer.gap(" | ")
        tree.walk(cell)
    flow.cells -= 1
    flow.finish()

"""Bytes of a TEI file to its text, its marks and its description."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from qa.errors import UnreadableSource
from qa.sources.records import Description, Mark
from qa.sources.tei.header import describe
from qa.sources.tei.labels import speakers
from qa.sources.tei.structure import documents
from qa.sources.tei.walking import Walker
from qa.sources.xml import name, parse, words

_ROOTS = frozenset({"TEI", "TEI.2", "teiCorpus", "text"})


def read_tei(data: bytes, declared: str = "") -> tuple[str, tuple[Mark, ...], Description]:
    """Return the text that a reader reads, the marks on it, and what the header says.

    Paragraphs are separated by empty lines, white space within them is one space; notes stand as paragraphs of their
    own after the one that they belong to. `UnreadableSource` where the file is no TEI or holds no text.
    """
    root = parse(data, declared)
    if name(root) not in _ROOTS:
        raise UnreadableSource(f"is XML but no TEI (its root is <{_shown(root)}>); convert it to plain text first")
    walker = Walker(documents(root), _named(root))
    walker.walk(root)
    text = walker.flow.writer.text
    if not text:
        raise UnreadableSource("is empty; remove it or put its text in")
    for mark in speakers(text, walker.leads):
        walker.flow.writer.add(mark)
    return text, walker.flow.writer.marks(), describe(root)


def _shown(root: Element) -> str:
    return root.tag.rpartition("}")[2][:40]


def _named(root: Element) -> dict[str, str]:
    """Return the names of people by the ids that `@who` refers to."""
    found = {}
    for element in root.iter():
        if name(element) in ("persName", "person", "name"):
            for key, value in element.items():
                if key.endswith("}id") and words(element):
                    found[value] = words(element)
    return found

"""Which elements of a TEI file are documents."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from qa.sources.tei.header import when
from qa.sources.tei.labels import Form, form, label_at
from qa.sources.xml import attribute, name, words

# Values of @type of a division that was written or spoken once.
_DOCUMENT_TYPES = frozenset(
    ["document", "letter", "telegram", "memorandum", "transcript", "speech", "minutes", "interview"]
)
_FEWEST_PARAGRAPHS = 3
BOLD = frozenset({"strong", "bold", "b"})
ENCLOSED = frozenset({"attachment", "floatingText"})
FIRST_IN_PARAGRAPH = frozenset({"hi", "persName", "name", "emph"})


def documents(root: Element) -> dict[Element, dict[str, str]]:
    """Return the elements that are documents, each with the attributes of its mark.

    Divisions that say so are documents. Where none does, the divisions of a transcript are, panel by panel (also
    those of their sisters that hold running text); else the whole body is one document.
    """
    stated = [e for e in root.iter() if _is_stated(e)]
    chosen = stated or list(_transcripts(root)) or [e for e in root.iter() if name(e) == "body"]
    return {element: _attributes(element) for element in chosen}


def _is_stated(element: Element) -> bool:
    return name(element) == "div" and element.get("type") in _DOCUMENT_TYPES


def _transcripts(root: Element) -> Iterator[Element]:
    for body in (e for e in root.iter() if name(e) == "body"):
        for parent in body.iter():
            divisions = [child for child in parent if name(child).startswith("div")]
            if any(map(_is_labelled, divisions)):
                yield from (d for d in divisions if _is_labelled(d) or _is_running(d))


def _paragraphs(division: Element) -> list[Element]:
    return [child for child in division if name(child) in ("p", "sp", "said")]


def _is_running(division: Element) -> bool:
    return len(_paragraphs(division)) >= _FEWEST_PARAGRAPHS


def _is_labelled(division: Element) -> bool:
    return any(name(p) != "p" or _certain(p) for p in _paragraphs(division))


def _certain(paragraph: Element) -> bool:
    text = words(paragraph)
    bold = opens_bold(paragraph)
    label = label_at(text, 0, len(text), bold)
    return bool(label) and form(label, bold) == Form.CERTAIN


def opening(paragraph: Element) -> Element | None:
    """Return the inline element that the paragraph's text begins with."""
    if (paragraph.text or "").strip() or not len(paragraph):
        return None
    first = next((child for child in paragraph if name(child) != "pb"), None)
    return first if first is not None and name(first) in FIRST_IN_PARAGRAPH else None


def opens_bold(paragraph: Element) -> bool:
    """Return whether the paragraph's text begins in bold print."""
    first = opening(paragraph)
    return first is not None and bool(BOLD.intersection(first.get("rend", "").split()))


def _attributes(element: Element) -> dict[str, str]:
    whole = name(element) == "body"
    said = {
        "id": "" if whole else attribute(element, "id"),
        "number": "" if whole else element.get("n", ""),
        "kind": element.get("subtype", "") or _type(element),
        "when": when(element),
    }
    return {key: value for key, value in said.items() if value}


def _type(element: Element) -> str:
    stated = element.get("type", "")
    return stated if stated in _DOCUMENT_TYPES - {"document"} else ""

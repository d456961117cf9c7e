"""Measures the TEI reader on real volumes: `python eval/tei.py [FOLDER]`.

What is true is taken from the files by expressions of its own, never from the reader's code.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

from qa.documents.marked import documents_from_marks
from qa.documents.records import Document
from qa.sources import Source
from qa.sources.reading import iter_sources

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
ARCHIVES = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "archives")
TARGETS = {
    "documents": 1.0,
    "dates": 0.99,
    "from/to": 0.98,
    "notes": 1.0,
    "pages": 1.0,
    "labels": 0.98,
    "labels given, right": 1.0,
}
TITLE = r"(?:MR|MS|DR|PROF|PROFESSOR|AMB|AMBASSADOR|SECRETARY|COL|COLONEL)\b[^:a-z]{2,40}"
LABEL = re.compile(rf"(?:{TITLE}|THE [A-Z]+|QUESTION|PARTICIPANT|MODERATOR|INTERPRETER)(?: \[Cont\.\])? ?:")


def words(element: Element) -> str:
    """Return the element's text without its footnotes."""
    return " ".join(raw(element).split())


def raw(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [" "] if child.tag == TEI + "lb" else []
        parts += [raw(child)] if child.tag != TEI + "note" else []
        parts.append(child.tail or "")
    return "".join(parts)


def divisions(root: Element) -> list[Element]:
    return [d for d in root.iter(TEI + "div") if d.get("type") == "document"]


def own(division: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements below the division that stand in no enclosure."""
    for child in division:
        if not child.tag.endswith("attachment"):
            if child.tag.removeprefix(TEI) in tags:
                yield child
            yield from own(child, *tags)


def count(rows: dict[str, list[int]], what: str, right: bool) -> None:
    row = rows.setdefault(what, [0, 0])
    row[0] += right
    row[1] += 1


def measure(source: Source, documents: tuple[Document, ...], root: Element, rows: dict[str, list[int]]) -> list[str]:
    """Add what was found and what there is to the rows, and return what was missed."""
    missed: list[str] = []
    by_name = {d.id.removeprefix(source.id).strip("/"): d for d in documents}
    true = divisions(root)
    for division in true:
        found = by_name.get(division.get(ID) or "") or (documents[0] if len(true) == 1 else None)
        count(rows, "documents", found is not None)
        if found is None:
            missed.append(f"document {division.get(ID)}")
            continue
        missed += measure_document(found, division, rows)
    for note in (n for n in root.iter(TEI + "note") if n.get("rend") != "inline"):
        text = " ".join("".join(note.itertext()).split())[:60]
        texts = all_notes(source, documents)
        count(rows, "notes", text in texts)
    printed = pages(root)
    labels = {page.label for d in documents for page in d.pages}
    for n in printed:
        count(rows, "pages", n in labels)
    return missed + measure_labels(source, documents, root, rows)


def pages(root: Element) -> list[str]:
    """Return the printed pages that hold text (footnotes apart)."""
    held: list[tuple[str, list[str]]] = []

    def walk(element: Element) -> None:
        for child in element:
            if child.tag == TEI + "pb":
                held.append((child.get("n", "").strip("[]"), []))
            elif held and child.text and child.tag != TEI + "note":
                held[-1][1].append(child.text)
            walk(child)
            if held and child.tail:
                held[-1][1].append(child.tail)

    walk(root)
    return [n for n, text in held if n and "".join(text).strip()]


def all_notes(source: Source, documents: tuple[Document, ...], cache: dict[str, set[str]] = {}) -> set[str]:  # noqa: B006
    if source.id not in cache:
        notes = [source.text[n.segments[0].start : n.segments[-1].end] for d in documents for n in d.notes]
        cache[source.id] = {" ".join(note.split())[:60] for note in notes}
    return cache[source.id]


def measure_document(found: Document, division: Element, rows: dict[str, list[int]]) -> list[str]:
    missed = []
    when = next(
        (d.get("when") for line in own(division, "dateline") for d in line.iter(TEI + "date") if d.get("when")), None
    )
    if when:
        right = (
            found.date is not None and f"{found.date.year:04}-{found.date.month:02}-{found.date.day:02}" == when[:10]
        )
        count(rows, "dates", right)
        if not right:
            missed.append(f"date {found.id} {when} {found.date}")
    head = division.find(TEI + "head")
    for kind, role in (("from", "author"), ("to", "recipient")):
        named = [e for e in head.iter() if e.get("type") == kind] if head is not None else []
        people = [p for p in found.participants if p.role == role]
        for element in named:
            name = words(element)
            right = any(name.casefold() in f"{p.name}|{p.office}".casefold() for p in people)
            count(rows, "from/to", right)
            if not right:
                missed.append(f"{kind} {found.id} {name!r} {people}")
    return missed


def measure_labels(
    source: Source, documents: tuple[Document, ...], root: Element, rows: dict[str, list[int]]
) -> list[str]:
    blocks = {}
    for document in documents:
        for block in document.blocks:
            text = " ".join(source.text[s.start : s.end] for s in block.segments)
            blocks[" ".join(text.split())[:90]] = block.label
    missed, true = [], set()
    for paragraph in root.iter(TEI + "p"):
        text = words(paragraph)
        bold = paragraph.find(TEI + "hi[@rend='strong']")
        opens_bold = bold is not None and not (paragraph.text or "").strip() and paragraph[0] is bold
        if LABEL.match(text) or (opens_bold and re.match(r"[^:]{2,40}:", text)):
            label = re.sub(r" \[.*", "", text.split(":")[0]).strip()
            true.add(text[:90])
            right = blocks.get(text[:90]) == label
            count(rows, "labels", right)
            if not right:
                missed.append(f"label {source.id} {text[:60]!r} {blocks.get(text[:90])!r}")
    wrong = [
        f"no label {source.id} {text[:70]!r} {label!r}" for text, label in blocks.items() if label and text not in true
    ]
    for text, label in blocks.items():
        if label:
            count(rows, "labels given, right", text in true)
    return missed + wrong


def timed(copies: int) -> None:
    """Read the largest volume that many times over, in a process of its own, and print seconds and peak memory."""
    volume = max(ARCHIVES.rglob("*.xml"), key=lambda p: p.stat().st_size)
    start = time.perf_counter()
    for _ in range(copies):
        for source in iter_sources([volume]):
            if isinstance(source, Source):
                documents_from_marks(source)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{copies} x {volume.name}: {seconds:.1f} s, {peak} MB at most")


def main() -> None:
    if not ARCHIVES.is_dir():
        print(f"skipped: there are no archives at {ARCHIVES}", file=sys.stderr)
        return
    rows: dict[str, list[int]] = {}
    missed: list[str] = []
    for item in iter_sources([ARCHIVES]):
        if isinstance(item, Source) and item.format == "tei":
            root = parse(ARCHIVES / item.name).getroot()
            documents = documents_from_marks(item)
            missed += measure(item, documents, root, rows)
            print(f"{item.id}: {len(documents)} documents, {sum(len(d.notes) for d in documents)} notes")
    print("\n".join(missed[:60]))
    for what, (right, total) in rows.items():
        target = f"  (target {TARGETS[what]:.0%})" if what in TARGETS else ""
        print(f"{what:28} {right:6} of {total:6} = {right / total:.2%}{target}")
    sys.stdout.flush()
    for copies in (1, 2, 4):
        code = f"import sys; sys.argv[1:] = [{str(ARCHIVES)!r}]; import tei; tei.timed({copies})"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent)


if __name__ == "__main__":
    main()

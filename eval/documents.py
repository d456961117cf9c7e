"""Compares the documents that are found with the hand-made list in this folder, field by field."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qa.documents import Document, Note
from qa.documents.finding import find_documents
from qa.names import same_name
from qa.sources.reading import read_all
from qa.spans import collapse, quote

HERE = Path(__file__).parent
BEFORE = 300  # as much text before a note's mark holds the words that the list gives
TALKS = frozenset({"memorandum of conversation", "record of conversation", "minutes"})


def expected_rows() -> dict[str, dict[str, Any]]:
    lines = (HERE / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def present(document: Document) -> list[str]:
    """Return who took part: in a conversation everybody, elsewhere who is neither writer nor recipient."""
    talk = document.kind in TALKS
    return [p.name for p in document.participants if talk or p.role not in {"author", "recipient"}]


def same_people(given: list[str], expected: list[str]) -> bool:
    bare = [name.replace("[", "").replace("]", "") for name in given]
    return len(bare) == len(expected) and all(any(g == e or same_name(g, e) for g in bare) for e in expected)


def same_notes(text: str, given: tuple[Note, ...], expected: list[Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with the notes, a line each."""
    wrong = [f"{len(given)} notes, not {len(expected)}"] if len(given) != len(expected) else []
    by_marker = {(note.marker, quote(text, note.segments)[:40]): note for note in given}
    for row in expected:
        note = by_marker.get((row["marker"], row["begins"]))
        before = (
            collapse(text[max(note.anchor - BEFORE, 0) : note.anchor]) if note and note.anchor is not None else None
        )
        if note is None:
            wrong.append(f"no note {row['marker']} {row['begins']!r}")
        elif before is None or row["anchor"] is None:
            wrong += [f"anchor of note {row['marker']}"] * ((before is None) != (row["anchor"] is None))
        elif not before.endswith(row["anchor"]):
            wrong.append(f"anchor of note {row['marker']}: {before[-30:]!r}, not {row['anchor']!r}")
        if note is not None and note.own != row["own"]:
            wrong.append(f"own of note {row['marker']}")
    return wrong


FIELDS: dict[str, Callable[[Document], object]] = {
    "number": lambda d: d.number or None,
    "title": lambda d: d.title,
    "kind": lambda d: d.kind,
    "date": lambda d: d.date.iso if d.date else None,
    "author": lambda d: d.author or None,
    "repository_reference": lambda d: d.repository_reference or None,
    "translator": lambda d: d.translator or None,
    "classification": lambda d: d.classification or None,
    "parent": lambda d: d.parent or None,
    "pages": lambda d: [p.label for p in d.pages],
}


def compare(text: str, document: Document, row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return for every field what is wrong with it (nothing when it is right)."""
    wrong: dict[str, list[str]] = {}
    for field, read in FIELDS.items():
        given = read(document)
        wrong[field] = [] if given == row[field] else [f"{given!r}, not {row[field]!r}"]
    people = present(document)
    right = same_people(people, row["participants"])
    wrong["participants"] = [] if right else [f"{people}, not {row['participants']}"]
    wrong["notes"] = same_notes(text, document.notes, row["notes"])
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=HERE.parent / "corpus")
    options = parser.parse_args()
    rows = expected_rows()
    sources, _ = read_all([options.corpus])
    texts = {s.id: s.text for s in sources}
    found = {d.id: d for s in sources for d in find_documents(s) if not d.apparatus}
    print(f"documents: {len(rows.keys() & found.keys())} of {len(rows)} found, {len(found.keys() - rows.keys())} extra")
    right: dict[str, int] = {}
    for id_ in sorted(rows.keys() & found.keys()):
        document = found[id_]
        for field, wrong in compare(texts[document.source], document, rows[id_]).items():
            right[field] = right.get(field, 0) + (not wrong)
            for line in wrong:
                print(f"  {id_} {field}: {line}")
    for field, count in right.items():
        print(f"{field}: {count} of {len(rows)}")
    notes = sum(len(row["notes"]) for row in rows.values())
    print(f"notes in all: {sum(len(d.notes) for d in found.values())}, expected {notes}")


if __name__ == "__main__":
    main()

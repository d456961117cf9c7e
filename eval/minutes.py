"""Measures the speakers of minutes in reported speech against hand-made labels, which give sentences by their digest.

The minutes stand in `frus-history/` of the archives' folder (`--archives`); without it there is nothing to measure.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

from eval.turns import read_archive, score, table_row
from qa.spans import collapse, quote
from qa.turns import Turn

HERE = Path(__file__).parent
TEI = "{http://www.tei-c.org/ns/1.0}"


def words(element: Element) -> str:
    """Return the element's text without its notes, white space collapsed."""
    return collapse("".join(raw(element)))


def raw(element: Element) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        parts += raw(child) if child.tag != TEI + "note" else []
        parts.append(child.tail or "")
    return parts


def sentence_of(paragraph: str, row: dict[str, Any]) -> str | None:
    """Return the words of the paragraph that have the row's digest."""
    parts = paragraph.split()
    for start in range(len(parts) - row["words"] + 1):
        sentence = " ".join(parts[start : start + row["words"]])
        if sha256(sentence.encode()).hexdigest() == row["sha256"]:
            return sentence
    return None


def turn_with(sentence: str, turns: list[tuple[str, Turn]]) -> Turn | None:
    """Return the turn in which the sentence stands, else that of its first words."""
    for length in (len(sentence), 60, 30):
        for text, turn in turns:
            if sentence[:length] in text:
                return turn
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archives", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "archives")
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--show", action="store_true", help="print what is not right (of dev only)")
    options = parser.parse_args()
    folder = options.archives / "frus-history"
    if not folder.is_dir():
        print(f"{folder}: not there; the minutes are not measured")
        return
    sources, documents, turns = read_archive(folder)
    counts: dict[str, dict[str, int]] = {"speaker": defaultdict(int), "addressee": defaultdict(int)}
    read: dict[str, tuple[list[str], list[tuple[str, Turn]]]] = {}
    for line in (HERE / "minutes.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] != options.split:
            continue
        if row["source"] not in read:
            body = parse(folder / row["source"]).getroot().find(f".//{TEI}body")
            source = next(s for s in sources.values() if s.name == row["source"])
            own = [t for d in documents.values() if d.source == source.id for t in turns[d.id]]
            paragraphs = [words(p) for p in body.iter(TEI + "p")]
            read[row["source"]] = (paragraphs, [(quote(source.text, t.segments), t) for t in own])
        paragraphs, own_turns = read[row["source"]]
        sentence = sentence_of(paragraphs[row["paragraph"]], row)
        if sentence is None:
            raise SystemExit(f"{row['id']}: no such sentence in {row['source']}")
        score(
            {**row, "text": sentence, "document": row["source"]},
            turn_with(sentence, own_turns),
            counts,
            options.show and options.split == "dev",
        )
    for what, found in counts.items():
        print(table_row(f"{what} in minutes, {options.split}", found))


if __name__ == "__main__":
    main()

"""Measures the documents and turns that are found against the hand-made labels in this folder."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.documents import Document
from qa.documents.finding import find_documents
from qa.names import People, parse_name, same_name
from qa.names.additions import load_additions
from qa.names.keys import initials_agree, word_key
from qa.sources import Source
from qa.sources.reading import read_all
from qa.spans import Span, overlap
from qa.turns import Turn
from qa.turns.finding import find_turns, sightings

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def read_archive(folder: Path) -> tuple[dict[str, Source], dict[str, Document], dict[str, tuple[Turn, ...]]]:
    """Return the sources by id, the documents by id and each document's turns."""
    sources, _ = read_all([folder])
    by_source = {s.id: find_documents(s) for s in sources}
    texts = {s.id: s.text for s in sources}
    seen = [x for s in sources for d in by_source[s.id] for x in sightings(d, s.text)]
    additions = folder / "names.toml"
    people = People.learn(seen, load_additions(additions) if additions.is_file() else ())
    documents = {d.id: d for s in sources for d in by_source[s.id]}
    turns = {}
    for d in documents.values():
        parent = documents.get(d.parent)
        turns[d.id] = find_turns(d, texts[d.source], people, parent.author if parent else "")
    return {s.id: s for s in sources}, documents, turns


def place(source: Source, text: str) -> Span:
    at = source.text.find(text)
    if at < 0 or source.text.find(text, at + 1) >= 0:
        raise SystemExit(f"{source.name}: not at exactly one place: {text[:60]!r}")
    return Span(at, at + len(text))


def turn_at(turns: Iterable[Turn], span: Span) -> Turn | None:
    return max(turns, key=lambda t: overlap(t.segments, (span,)), default=None)


def same_person(given: str, expected: str) -> bool:
    """Return whether two names are one person's: the same, agreeing in their initials, or of a surname alone."""
    if given == expected or same_name(given, expected) or _same_initials(given, expected):
        return True
    return " " not in expected and given.split()[-1] == expected  # the label gives a surname alone, as the text does


def _same_initials(given: str, expected: str) -> bool:
    """Return whether one name has initials for what the other has in full ("A. B. Roe", "Anna B. Roe")."""
    one, two = parse_name(given), parse_name(expected)
    told = all(n.surname and (n.given or n.initials) for n in (one, two)) and (one.initials or two.initials)
    return bool(told) and word_key(one.surname) == word_key(two.surname) and initials_agree(one, two)


def verdict(given: Sequence[str], expected: Sequence[str]) -> str:
    """Return "right", "wrong" or "unknown" for the names given against those expected."""
    if len(given) == len(expected) and all(any(same_person(g, e) for e in expected) for g in given):
        return "right"
    return "wrong" if given else "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=HERE.parent / "corpus")
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--show", action="store_true", help="print what is not right (of dev only)")
    options = parser.parse_args()
    sources, documents, turns = read_archive(options.corpus)
    counts: dict[str, dict[str, int]] = {"speaker": defaultdict(int), "addressee": defaultdict(int)}
    for row in rows("turns.jsonl"):
        if row["split"] != options.split:
            continue
        document = documents[row["document"]]
        span = place(sources[document.source], row["text"])
        turn = turn_at((t for ts in turns.values() for t in ts if t.document.startswith(document.source)), span)
        score(row, turn, counts, options.show and options.split == "dev")
    for what, found in counts.items():
        print(table_row(f"{what}, {options.split}", found))


def score(row: Mapping[str, Any], turn: Turn | None, counts: dict[str, dict[str, int]], show: bool) -> None:
    speaker = [turn.speaker.name] if turn and turn.speaker else []
    addressees = [a.name for a in turn.addressees] if turn else []
    results = (
        ("speaker", verdict(speaker, [row["speaker"]] if row["speaker"] else [])),
        ("addressee", verdict(addressees, row["addressees"])),
    )
    for what, result in results:
        counts[what][result] += 1
        if show and result != "right":
            expected = row["speaker"] if what == "speaker" else row["addressees"]
            print(
                f"{what} {result}: {row['id']} {row['document']} given {speaker} -> {addressees}, expected {expected}"
            )
            print(f"    {row['text'][:150]!r} {row.get('comment', '')}")


def table_row(title: str, found: Mapping[str, int]) -> str:
    total = sum(found.values())
    return (
        f"{title}: "
        + ", ".join(f"{k} {found.get(k, 0) / total:.1%}" for k in ("right", "wrong", "unknown"))
        + f" of {total}"
    )


if __name__ == "__main__":
    main()

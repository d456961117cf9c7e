"""Measures the speakers of labelled transcripts: who the labels name, and that speech goes on without one.

What is true is read from the files' own XML by expressions of its own, never by the reader's code. The transcripts
stand in `frus-history/` and `state-conferences/` of the archives' folder (`--archives`).
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

from eval.minutes import TEI, words
from eval.tei import LABEL
from eval.turns import read_archive
from qa.spans import collapse, quote
from qa.text import fold
from qa.turns import Turn, TurnKind

TRANSCRIPTS = {
    "frus-history": ["1958-11-07-hac-meeting-minutes.xml", "1976-11-12-hac-meeting-with-kissinger.xml"],
    "state-conferences": ["2007-detente.xml", "2010-southeast-asia.xml"],
}
SENTENCE = re.compile(r".*\w.*[.!?:;,\"”’)…–—-]", re.DOTALL)  # what ends otherwise is a heading set as a paragraph
ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?")


def spoken(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a division with the label under which each stands ("" before the first label)."""
    label = ""
    for child in element:
        if child.tag == TEI + "div":
            yield from spoken(child)
            label = ""
        elif child.tag in {TEI + "head", TEI + "list"}:
            label = ""
        elif child.tag == TEI + "p":
            text = words(child)
            bold = child.find(TEI + "hi[@rend='strong']")
            opens_bold = bold is not None and not (child.text or "").strip() and child[0] is bold
            if LABEL.match(text) or (opens_bold and re.match(r"[^:]{2,40}:", text)):
                label = re.sub(r" [\[(].*", "", text.split(":")[0]).strip()
                yield label, text
            elif label and child.get("rend") is None and SENTENCE.fullmatch(text) and not ASIDE.fullmatch(text):
                yield "", text


def same(turn: Turn | None, label: str) -> bool:
    """Return whether the turn is the labelled speaker's: the label itself, or a name with its last word."""
    if turn is None or turn.speaker is None:
        return False
    said, name = fold(label).strip(" ."), fold(turn.speaker.name)
    return said in (name, fold(turn.speaker.as_written)) or said.split()[-1] in name.replace(",", " ").split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archives", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "archives")
    parser.add_argument("--show", action="store_true", help="print what is not right")
    options = parser.parse_args()
    for folder, names in TRANSCRIPTS.items():
        if not (options.archives / folder).is_dir():
            print(f"{options.archives / folder}: not there; its transcripts are not measured")
            continue
        sources, documents, turns = read_archive(options.archives / folder)
        for source in sources.values():
            if source.name in names:
                body = parse(options.archives / folder / source.name).getroot().find(f".//{TEI}body")
                own = [t for d in documents.values() if d.source == source.id for t in turns[d.id]]
                report(source.name, body, source.text, own, options.show)


def report(name: str, body: Element, text: str, turns: list[Turn], show: bool) -> None:
    """Print the share of paragraphs that stand in a turn of their speaker, labelled and unlabelled apart."""
    by_start: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        if turn.kind is TurnKind.SPEECH:
            for sentence in turn.sentences:
                by_start[collapse(quote(text, sentence))[:40]].append(turn)
    counts = {"labelled": [0, 0], "going on": [0, 0]}
    last = ""
    for label, words_ in spoken(body):
        last = label or last
        candidates = [t for start, ts in by_start.items() if words_.startswith(start) for t in ts]
        right = any(same(t, last) for t in candidates)
        row = counts["labelled" if label else "going on"]
        row[0] += right
        row[1] += 1
        if show and not right:
            print(f"  {last!r}: {[t.speaker.name if t.speaker else None for t in candidates]} {words_[:80]!r}")
    shares = ", ".join(f"{what} {a}/{n} = {a / max(n, 1):.2%}" for what, (a, n) in counts.items())
    print(f"{name}: {shares}")


if __name__ == "__main__":
    main()

"""The contenders on other people's sets: ours, BM25, an encoder, their fusions; all of them order the same units."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf, log1p
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from eval.external_sets import Archive
from qa.answer.windows import segments_of
from qa.assistant.building import build_index
from qa.assistant.opened import NO_FILTERS, open_index
from qa.assistant.stages import scored_of, understood
from qa.assistant.system import ArchiveSystem
from qa.evaluation.baselines import Encodes, Floats, Paragraph, ParagraphSystem, Scorer, bm25, dense, fused, tokens
from qa.question.records import Filters
from qa.spans import Segments, overlap
from qa.text.stemming import stem

if TYPE_CHECKING:
    from qa.assistant.opened import Assistant

# Lucene's English stop words and the words that make a question one: without them BM25 is stronger on all four sets.
STOP_WORDS = frozenset(
    tokens(
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
        "this to was will with did do does how what when where which who whom whose why"
    )
)
K1, B = 0.9, 0.4  # the defaults of Anserini (Yang, Fang and Lin 2017), stronger here than those of Lucene


class Contender(Protocol):
    """A system that answers and orders the units of an archive."""

    @property
    def name(self) -> str:
        """Return the name that tables show."""

    def answer(self, question: str) -> Mapping[str, object]:
        """Return the answer as a contract object."""

    def order(self, question: str, source: str = "") -> list[str]:
        """Return the ids of all units, or of those of one source, best first; of one source nothing else is seen."""


class Plain(ParagraphSystem):
    """A plain system whose paragraphs are the units; what shares no word with the question keeps the text's order."""

    def __init__(self, name: str, units: Sequence[Paragraph], score: Scorer) -> None:
        super().__init__(name, units, score)
        self._sources = np.array([unit.source for unit in units])

    def order(self, question: str, source: str = "") -> list[str]:
        """Return the ids of all units, or of those of one source, best first."""
        best = np.argsort(-self._scores(question), kind="stable")
        if source:
            best = best[self._sources[best] == source]
        return [self._units[i].id for i in best]


def plain(units: Sequence[Paragraph], encoder: Encodes) -> Iterator[Plain]:
    """Yield BM25 over stems, the dense index and both fusions of them.

    The sum is that of the cosine and of BM25 as a share of the most that any text could score, which keeps how sure
    each is (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
    """
    analysed = [stems(unit.text) for unit in units]
    by_stems, most = bm25(analysed, K1, B), ceiling(analysed)
    meaning = Latest(dense([unit.text for unit in units], encoder))

    def words(question: str) -> Floats:
        return by_stems(stems(question))

    def summed(question: str) -> Floats:
        return np.asarray(meaning(question) + words(question) / max(most(stems(question)), 1e-9), dtype=np.float64)

    yield Plain("BM25", units, words)
    yield Plain("dense", units, meaning)
    yield Plain("BM25 + dense (RRF)", units, fused((words, meaning)))
    yield Plain("BM25 + dense (sum)", units, summed)


class Latest:
    """A scorer that keeps the scores of the last question."""

    def __init__(self, score: Scorer) -> None:
        self._score = score
        self._last: tuple[str, Floats] | None = None

    def __call__(self, question: str) -> Floats:
        """Return the scores of the question."""
        if self._last is None or self._last[0] != question:
            self._last = (question, self._score(question))
        return self._last[1]


def stems(text: str) -> str:
    """Return the stems of a text without stop words.

    >>> stems("What did the ships carry?")
    'ship carri'
    """
    return " ".join(stem(token) for token in tokens(text) if token not in STOP_WORDS)


def ceiling(texts: Sequence[str]) -> Callable[[str], float]:
    """Return what no text could exceed by BM25: the idf of the question's words, summed.

    >>> round(ceiling(["a b", "b c", "c d"])("a z"), 3)
    3.06
    """
    held = Counter(token for text in texts for token in set(tokens(text)))

    def most(question: str) -> float:
        return sum(log1p((len(texts) - held[token] + 0.5) / (held[token] + 0.5)) for token in tokens(question))

    return most


class Ours(ArchiveSystem):
    """An archive that was indexed; a unit stands where the best window stands that holds it and few others."""

    def __init__(self, assistant: Assistant, units: Sequence[Paragraph], name: str = "ours") -> None:
        super().__init__(assistant, name)
        self._units = Places(units)
        self._documents = {assistant.source_name(d): d.id for d in assistant.index.documents if not d.parent}

    def order(self, question: str, source: str = "") -> list[str]:
        """Return the ids of all units, or of those of one source, best first."""
        filters = Filters(document=self._documents[source]) if source else NO_FILTERS
        assistant, reader = self._assistant, self._assistant.reader
        scored = scored_of(assistant, understood(assistant, question), filters, 3)
        windows = []
        for window, score in zip(scored.windows, scored.scores, strict=True):
            name = assistant.source_name(reader.document_of(window.turn))
            windows.append((-float(score), self._units.held(name, segments_of(reader, window))))
        windows.sort(key=lambda one: (one[0], len(one[1])))
        rest = [self._passage(int(number)) for number in scored.candidates.passages]
        whole = self._units.ids(source)
        return list(dict.fromkeys((*by_window([held for _, held in windows]), *(i for r in rest for i in r), *whole)))

    def _passage(self, number: int) -> list[str]:
        columns = self._assistant.index.columns
        source = self._assistant.index.manifest.sources[int(columns.source[number])].name
        return self._units.held(source, self._assistant.reader.passage(number).segments)


def by_window(windows: Iterable[Sequence[str]]) -> list[str]:
    """Return the units by the best window that holds them alone, or else with the fewest others.

    A window of two sentences says of neither that it is the better. Those of one window come by the next that holds
    one of them and not the other.

    >>> by_window([["a", "b"], ["c"], ["b"], ["a"]])
    ['c', 'b', 'a']
    """
    places: dict[str, tuple[int, list[float]]] = {}
    for place, held in enumerate(windows):
        for unit in held:
            fewest, found = places.get(unit, (len(held), []))
            if len(held) < fewest:
                places[unit] = (len(held), [place])
            elif len(held) == fewest:
                places[unit] = (fewest, [*found, place])
    return sorted(places, key=lambda unit: [*places[unit][1], inf])


class Places:
    """Where units stand: those of a source in order, not overlapping."""

    def __init__(self, units: Sequence[Paragraph]) -> None:
        self._by_source: dict[str, list[Paragraph]] = {}
        for unit in units:
            self._by_source.setdefault(unit.source, []).append(unit)
        self._ends = {name: [unit.span.end for unit in own] for name, own in self._by_source.items()}

    def ids(self, source: str = "") -> list[str]:
        """Return the ids of all units, or of those of one source, in the order of the text."""
        chosen = [self._by_source[source]] if source else self._by_source.values()
        return [unit.id for own in chosen for unit in own]

    def held(self, source: str, segments: Segments) -> list[str]:
        """Return the units that segments hold: half of the unit, or, of a unit that is longer, half of the segments."""
        own = self._by_source.get(source, [])
        found, most = [], sum(map(len, segments))
        for unit in own[bisect_left(self._ends.get(source, []), segments[0].start) :]:
            if unit.span.start >= segments[-1].end:
                break
            if 2 * overlap(segments, (unit.span,)) >= min(len(unit.span), most):
                found.append(unit.id)
        return found


def opened(archive: Archive, folder: Path, name: str) -> Ours:
    """Return the archive's files indexed as a user would index them, and opened.

    What an earlier run left in the folder is taken up; all archives of a folder share one exported encoder.
    """
    files, index = folder / "files" / name, folder / "indexes" / name
    for file, text in archive.gold.texts.items():
        files.mkdir(parents=True, exist_ok=True)
        (files / file).write_text(text, encoding="utf-8")
    build_index([files], index)
    return Ours(open_index(index), archive.units)

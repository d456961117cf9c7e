"""Windows: one to three consecutive sentences of one turn, the shapes that an answer can have.

A window that opens a quotation goes on until the quotation closes, for up to two more sentences; one that ends in a
colon goes on as well, and is none where nothing follows, since what it announces is the answer. A list of a record's
head or ending is one window with what announces it, as much of it as an answer can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from qa.search.candidates import Candidates, Floats
from qa.search.reading import Reader
from qa.search.replies import question_before
from qa.spans import Segments, Span, merge, quote
from qa.text import words
from qa.turns.lists import heads_list
from qa.turns.records import Basis, TurnKind

MOST_SENTENCES = 3
MOST_QUOTED = 5  # sentences, where a quotation goes on
MOST_WORDS = 120
_LIST_PASSAGES = 4  # a list of so many words lies within so many passages
_CLAUSE = 0.5  # a long sentence is ended at a clause of its second half, else at the last word that fits
_WORD = re.compile(r"\S+")
_APART = re.compile(r"\n[^\S\n]*\n")
_OPENING = re.compile(r"[“«]|(?<![^\s(\[—–-])\"(?=\S)")
_MARK = re.compile(r"[“”«»\"]")


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences `first` to `end` (half-open) of a turn; `passage` is the candidate's place, `rows` sentence vectors.

    `asked` are those of the question to which it replies: "Five." means nothing without.
    """

    passage: int
    turn: int
    first: int
    end: int
    rows: tuple[int, ...]
    asked: tuple[int, ...] = ()


def windows_of(reader: Reader, candidates: Candidates) -> tuple[Window, ...]:
    """Return the windows that begin in a candidate, each once; at most 120 words unless one sentence has more."""
    seen: set[tuple[int, int, int]] = set()
    found = []
    for place, number in enumerate(candidates.passages):
        for window in _in_passage(reader, place, int(number)):
            key = (window.turn, window.first, window.end)
            if key not in seen:
                seen.add(key)
                found.append(window)
    return tuple(found)


def _in_passage(reader: Reader, place: int, number: int) -> Iterator[Window]:
    turn = int(reader.index.columns.turn[number])
    first, end = reader.passage(number).sentences
    aside = reader.turn(turn).kind is TurnKind.APPARATUS
    apart = aside and _of_lines(reader, turn)
    rows = _rows(reader, number, turn, _LIST_PASSAGES if aside else 2)
    texts = {n: reader.sentence(turn, n) for n in range(first, end + MOST_QUOTED - 1) if n in rows}
    lengths = {n: words(text) for n, text in texts.items()}
    asked = tuple(rows[0] - back for back in range(question_before(reader, turn), 0, -1)) if first == 0 else ()
    for start in range(first, end):
        if aside and heads_list(texts[start]) and start + 1 in rows:
            ends: Iterable[int] = (_end_of_list(reader, turn, start, rows),)
        elif apart:  # in part it would give one holder's office to the next
            ends = {start + 1} if start else {start + 1, _end_of_list(reader, turn, start, rows)}
        else:
            ends = _ends(texts, lengths, start, announced=aside)
        for stop in ends:
            yield Window(place, turn, start, stop, tuple(rows[n] for n in range(start, stop)), () if start else asked)


def _of_lines(reader: Reader, turn: int) -> bool:
    """Return whether a turn of a record's own is one of lines that stand apart: a signature with the office."""
    cut = reader.turn(turn).sentences
    text = reader.text(reader.document_of(turn))
    return any(_APART.search(text, a[-1].end, b[0].start) for a, b in pairwise(cut))


def _ends(texts: Mapping[int, str], lengths: Mapping[int, int], start: int, *, announced: bool) -> Iterator[int]:
    """Yield where windows from a sentence on end; `announced`: a window may end in a colon."""
    length = 0
    for stop in range(start + 1, start + 1 + MOST_QUOTED):
        if stop - 1 not in lengths:
            break
        length += lengths[stop - 1]
        if length > MOST_WORDS and stop > start + 1:
            break
        if stop - start < MOST_QUOTED and _goes_on(texts, start, stop, length + lengths.get(stop, MOST_WORDS)):
            continue
        if announces(texts[stop - 1]) and not announced:
            continue
        if stop - start <= MOST_SENTENCES or unfinished(" ".join(texts[n] for n in range(start, stop - 1))):
            yield stop


def _end_of_list(reader: Reader, turn: int, start: int, rows: Mapping[int, int]) -> int:
    """Return where a list ends that is announced, or an answer has no room for more."""
    end, length = start + 1, words(reader.sentence(turn, start))
    while end in rows and length + words(reader.sentence(turn, end)) <= MOST_WORDS:
        length += words(reader.sentence(turn, end))
        end += 1
    while end > start + 1 and heads_list(reader.sentence(turn, end - 1)):
        end -= 1  # what it announces does not follow
    return end


def _goes_on(texts: Mapping[int, str], start: int, stop: int, length: int) -> bool:
    """Return whether sentences are unfinished, and the next one has room beside them."""
    return stop in texts and length <= MOST_WORDS and unfinished(" ".join(texts[n] for n in range(start, stop)))


def unfinished(text: str) -> bool:
    """Return whether a text ends where it is sure to go on: within a quotation that it opened, or at a colon."""
    return announces(text) or quoting(text)


def announces(text: str) -> bool:
    """Return whether a text ends in a colon."""
    return text.rstrip().endswith(":")


def quoting(text: str) -> bool:
    """Return whether a text ends within a quotation that it opened.

    >>> quoting("He said: “No. "), quoting('no," he said, "never.'), quoting('never." He left.')
    (True, True, False)
    """
    openings = {m.start() for m in _OPENING.finditer(text)}
    depth = 0
    for mark in _MARK.finditer(text):
        depth = depth + 1 if mark.start() in openings else max(depth - 1, 0)
    return depth > 0


def _rows(reader: Reader, number: int, turn: int, passages: int) -> dict[int, int]:
    """Return the sentence vectors' numbers of the sentences of so many passages of a turn, from one on."""
    columns = reader.index.columns
    rows: dict[int, int] = {}
    for passage in range(number, number + passages):
        if passage >= len(columns.turn) or int(columns.turn[passage]) != turn:
            break
        first, end = reader.passage(passage).sentences
        start = int(columns.sentence_starts[passage])
        for offset, sentence in enumerate(range(first, end)):
            rows.setdefault(sentence, start + offset)
    return rows


def vectors_of(reader: Reader, windows: tuple[Window, ...]) -> Floats:
    """Return a unit vector a window: the mean of its sentences' vectors and those of its question, at length 1."""
    vectors = reader.index.sentence_vectors
    means = np.zeros((len(windows), vectors.dimension), np.float32)
    rows = [window.asked + window.rows for window in windows]
    for place in range(max(map(len, rows), default=0)):
        longer = [n for n, own in enumerate(rows) if len(own) > place]
        means[longer] += vectors.rows(np.array([rows[n][place] for n in longer], np.int64))
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), np.float32)


def text_of(reader: Reader, window: Window) -> str:
    """Return the window's words as they are quoted."""
    whole = " ".join(reader.sentence(window.turn, n) for n in range(window.first, window.end))
    if words(whole) <= MOST_WORDS:
        return whole
    return quote(reader.text(reader.document_of(window.turn)), segments_of(reader, window))


def shown_of(reader: Reader, window: Window) -> str:
    """Return the window's words behind the label under which they are said: an answer shows who speaks."""
    return label_of(reader, window) + text_of(reader, window)


def label_of(reader: Reader, window: Window) -> str:
    """Return the label under which a window's words are said, "" without one."""
    speaker = reader.turn(window.turn).speaker
    return f"{speaker.as_written}: " if speaker is not None and speaker.basis is Basis.LABEL else ""


def segments_of(reader: Reader, window: Window) -> Segments:
    """Return the window's segments in its source; of a sentence longer than 120 words its beginning."""
    turn = reader.turn(window.turn)
    text = reader.text(reader.document_of(window.turn))
    return shortened(text, merge(text, (s for n in range(window.first, window.end) for s in turn.words(n))))


def asked_of(reader: Reader, window: Window) -> Segments:
    """Return the segments of the question to which a window replies, none where it replies to none."""
    text = reader.text(reader.document_of(window.turn))
    before = reader.before(window.turn, 0, len(window.asked)) if window.asked else ()
    return merge(text, (s for turn, n in before for s in reader.turn(turn).words(n)))


def shortened(text: str, segments: Segments, most: int = MOST_WORDS) -> Segments:
    """Return the segments' beginning of at most so many words, ended at a clause if one ends in its second half.

    >>> shortened("one two, three four five", (Span(0, 24),), 4)
    (Span(start=0, end=8),)
    """
    ends = [
        Span(s.start + m.start(), s.start + m.end()) for s in segments for m in _WORD.finditer(text[s.start : s.end])
    ]
    if len(ends) <= most:
        return segments
    kept = ends[:most]
    clause = [n for n, word in enumerate(kept, 1) if text[word.end - 1] in ",;:" and n >= most * _CLAUSE]
    last = kept[clause[-1] - 1 if clause else most - 1].end
    return tuple(Span(s.start, min(s.end, last)) for s in segments if s.start < last)

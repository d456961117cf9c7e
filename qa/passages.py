"""Turns to passages: what is indexed, never longer than the encoder reads, never across two turns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from qa.spans import Segments, View, merge, quote
from qa.turns.records import Turn

Count = Callable[[Sequence[str]], list[int]]

_WORD = re.compile(r"\S+")
_CLAUSE_END = frozenset(";:,\u060c\u3001\uff0c\uff1b\uff1a\u2014")


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How passages are cut.

    `max_tokens` is what the encoder reads. A passage grows up to `target_tokens`, a sentence that alone is longer is
    still kept whole. A last passage shorter than `tail_tokens` joins the one before. `context_tokens` bounds the
    context, and again the sentence before that a turn of fewer than `short_words` words borrows for it.
    """

    max_tokens: int = 256
    target_tokens: int = 120
    tail_tokens: int = 24
    context_tokens: int = 48
    short_words: int = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one turn, as indexed.

    `id` is the turn's id, "." and a number from 1. `sentences` is the half-open range of the turn's sentences; a
    sentence longer than the encoder reads has several passages, all with its number. `context` is what the encoder
    reads before the text; `tokens` counts both.
    """

    id: str
    document: str
    turn: str
    segments: Segments
    sentences: tuple[int, int]
    context: str
    tokens: int


@dataclass(frozen=True, slots=True)
class _Draft:
    turn: Turn
    segments: Segments
    sentences: tuple[int, int]
    context: str


def encoded_text(context: str, text: str) -> str:
    r"""Return what the encoder reads for a text in its context.

    >>> encoded_text("Telegram, 1950", "No.")
    'Telegram, 1950\nNo.'
    """
    return f"{context}\n{text}" if context else text


def cut(
    source_text: str, turns: Sequence[Turn], context_of: Callable[[Turn], str], count: Count, settings: PassageSettings
) -> tuple[Passage, ...]:
    """Return the passages of the turns of one source, in order, together all of the turns' sentences.

    No text is ever cut off: what `count` finds longer than `max_tokens` is split, at clauses, else at words.

    Args:
        source_text: The text that the turns' segments point into.
        turns: Turns in the order of the text.
        context_of: The context of a turn: title, date, who speaks to whom. Shortened at words when it is long.
        count: Word pieces of each text, special ones included.
        settings: Sizes.
    """
    cutter = _Cutter(source_text, count, settings)
    drafts = [draft for turn, context in cutter.contexts(turns, context_of) for draft in cutter.drafts(turn, context)]
    return tuple(_numbered(list(cutter.fitted(drafts))))


class _Cutter:
    def __init__(self, source_text: str, count: Count, settings: PassageSettings) -> None:
        self.text = source_text
        self.count = count
        self.settings = settings
        self.overhead = count([""])[0]

    def contexts(self, turns: Sequence[Turn], context_of: Callable[[Turn], str]) -> Iterator[tuple[Turn, str]]:
        """Yield each turn with its context, which for a short turn ends with the sentence before."""
        given = self.shortened([context_of(turn) for turn in turns])
        before: dict[tuple[str, str], Turn] = {}
        for turn, context in zip(turns, given, strict=True):
            neighbour = before.get((turn.document, turn.kind))
            if neighbour and self.is_short(turn):
                last = self.shortened([quote(self.text, neighbour.sentences[-1])], tail=True)[0]
                context = encoded_text(context, last)
            yield turn, context
            if turn.sentences:
                before[turn.document, turn.kind] = turn

    def is_short(self, turn: Turn) -> bool:
        return len(quote(self.text, turn.segments).split()) < self.settings.short_words

    def shortened(self, texts: list[str], tail: bool = False) -> list[str]:
        """Return the texts with words left off the end (or the beginning) until the context's bound holds."""
        limit = min(self.settings.context_tokens, self.settings.max_tokens // 4)
        counts = self.count(texts)
        return [self._shorten(t, limit, tail) if n > limit else t for t, n in zip(texts, counts, strict=True)]

    def _shorten(self, text: str, limit: int, tail: bool) -> str:
        words = text.split()[::-1] if tail else text.split()
        sizes = accumulate((n - self.overhead for n in self.count(words)), initial=self.overhead)
        fit = sum(1 for size in sizes if size <= limit) - 1
        kept = words[: max(fit, 0)]
        return " ".join(kept[::-1] if tail else kept)

    def drafts(self, turn: Turn, context: str) -> Iterator[_Draft]:
        """Yield the turn's passages, sized by the sum of their sentences."""
        room = self.settings.max_tokens - self.count([context])[0] - 1
        sizes = [n - self.overhead for n in self.count([quote(self.text, s) for s in turn.sentences])]
        for first, end in self._groups(sizes, room):
            segments = tuple(span for sentence in turn.sentences[first:end] for span in sentence)
            parts = [segments] if sum(sizes[first:end]) <= room else self.split(segments, room)
            for part in parts:
                yield _Draft(turn, merge(self.text, part), (first, end), context)

    def _groups(self, sizes: list[int], room: int) -> list[tuple[int, int]]:
        """Return ranges of sentences; one that exceeds the room stands alone."""
        target = min(self.settings.target_tokens, room)
        groups: list[tuple[int, int]] = []
        total = 0
        for number, size in enumerate(sizes):
            if groups and total + size <= target:
                groups[-1] = (groups[-1][0], number + 1)
                total += size
            else:
                groups.append((number, number + 1))
                total = size
        if len(groups) > 1 and total < self.settings.tail_tokens:
            (first, _), (_, end) = groups[-2:]
            if sum(sizes[first:end]) <= room:
                groups[-2:] = [(first, end)]
        return groups

    def split(self, segments: Segments, room: int) -> list[Segments]:
        """Return the segments in parts of at most `room` word pieces, as far as words counted singly can tell."""
        view = View.of(self.text, segments)
        pieces = [piece for word in _WORD.finditer(view.text) for piece in _slices(word.start(), word.end(), room)]
        sizes = [n - self.overhead for n in self.count([view.text[a:b] for a, b in pieces])]
        parts, first = [], 0
        while first < len(pieces):
            end = _fit(sizes, first, room)
            if end < len(pieces):
                end = _clause(view.text, pieces, first, end)
            parts.append(view.segments(pieces[first][0], pieces[end - 1][1]))
            first = end
        return parts

    def fitted(self, drafts: list[_Draft]) -> Iterator[tuple[_Draft, int]]:
        """Yield the drafts with their true count, those that prove too long in halves."""
        texts = [encoded_text(d.context, quote(self.text, d.segments)) for d in drafts]
        for draft, tokens in zip(drafts, self.count(texts), strict=True):
            size = sum(map(len, draft.segments))
            if tokens <= self.settings.max_tokens or size < 2:
                yield draft, tokens
                continue
            parts = self.split(draft.segments, max(1, (tokens - self.count([draft.context])[0]) // 2))
            if len(parts) < 2:  # one word that counts more within its context: by length then
                view = View.of(self.text, draft.segments)
                half = len(view.text) // 2
                parts = [view.segments(0, half), view.segments(half, len(view.text))]
            yield from self.fitted([_Draft(draft.turn, p, draft.sentences, draft.context) for p in parts if p])


def _slices(start: int, end: int, room: int) -> list[tuple[int, int]]:
    """Return a word whole, or in slices where it is longer than the encoder could read letter by letter."""
    step = max(room, 1)
    return [(at, min(at + step, end)) for at in range(start, end, step)]


def _fit(sizes: list[int], first: int, room: int) -> int:
    total, end = sizes[first], first + 1
    while end < len(sizes) and total + sizes[end] <= room:
        total += sizes[end]
        end += 1
    return end


def _clause(text: str, pieces: list[tuple[int, int]], first: int, end: int) -> int:
    """Return the end moved back to a clause's, when that leaves at least half."""
    for candidate in range(end, (first + end) // 2, -1):
        if text[pieces[candidate - 1][1] - 1] in _CLAUSE_END:
            return candidate
    return end


def _numbered(drafts: list[tuple[_Draft, int]]) -> Iterator[Passage]:
    turn, number = "", 0
    for draft, tokens in drafts:
        number = number + 1 if draft.turn.id == turn else 1
        turn = draft.turn.id
        yield Passage(
            f"{turn}.{number}", draft.turn.document, turn, draft.segments, draft.sentences, draft.context, tokens
        )

"""Words a slip of the pen apart: Damerau-Levenshtein distance with a symmetric-delete index.

The distance: Damerau, "A technique for computer detection and correction of spelling errors" (1964); the index follows
the symmetric-delete idea (Garbe, SymSpell, 2012): two words within distance d share a form with at most d deletions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def allowed(length: int) -> int:
    """Return how many slips a word of this length may hold.

    >>> [allowed(n) for n in (4, 5, 9)]
    [0, 1, 2]
    """
    return (length >= 5) + (length >= 9)


class Near:
    """An index of words for the question which of them are a few slips away."""

    def __init__(self, words: Iterable[str]) -> None:
        self._deletes: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            for form in _deletions(word, max(allowed(len(word)), 1)):
                self._deletes[form].append(word)

    def around(self, word: str) -> list[str]:
        """Return the nearest words within the allowed distance, sorted; those at distance 1 hide those at 2.

        >>> Near(["zimianin", "zimin"]).around("zimain")
        ['zimin']
        """
        most = allowed(len(word))
        candidates = {w for form in _deletions(word, most) for w in self._deletes.get(form, ())}
        near = sorted((distance(word, w, most), w) for w in candidates)
        best = [(d, w) for d, w in near if d <= most]
        return [w for d, w in best if d == best[0][0]]


def _deletions(word: str, count: int) -> set[str]:
    found = {word}
    layer = {word}
    for _ in range(count):
        layer = {w[:i] + w[i + 1 :] for w in layer for i in range(len(w))}
        found |= layer
    return found


def distance(a: str, b: str, most: int) -> int:
    """Return the edit distance with transpositions (optimal string alignment), `most + 1` when it is larger.

    >>> distance("kruschev", "khrushchev", 2), distance("ab", "ba", 1)
    (2, 1)
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return min(row[-1], most + 1)

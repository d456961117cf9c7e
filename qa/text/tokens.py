"""Words of a text, as they are compared and as a search engine wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from qa.tables import lines
from qa.text.folding import fold, fold_with_map
from qa.text.stemming import stem

_LETTER = r"[^\W\d_]"
# In this order: letters with dots between them (U.N., i.e.), numbers grouped by commas, words and numbers.
_TOKEN = re.compile(
    rf"(?<![^\W_])(?:{_LETTER}\.)+(?:{_LETTER}(?![^\W_])|(?<=\.{_LETTER}\.))"
    r"|(?<![^\W_])\d{1,3}(?:,\d{3})+(?![^\W_])"
    r"|[^\W_]+"
)
_POSSESSIVE = re.compile(r"'+s(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number as it is compared, and its range `[start, end)` in the raw text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the text's words and numbers, folded, in order.

    Abbreviations with dots are one token; parts of hyphenated words are one each; the possessive's s is none.

    >>> [token.text for token in tokens("The U.S.S.R.’s 1,500 MIG-21s; Kim Ch’ang-bong, 38th parallel")]
    ['the', 'ussr', '1500', 'mig', '21s', 'kim', 'chang', 'bong', '38th', 'parallel']
    """
    folded = fold_with_map(text)
    return [Token(word, *folded.raw(start, end)) for word, start, end in _words(folded.text)]


def _words(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token's text and its range in the folded text."""
    at = 0
    while match := _TOKEN.search(folded, at):
        yield match[0].replace(".", "").replace(",", ""), match.start(), match.end()
        possessive = _POSSESSIVE.match(folded, match.end())
        at = possessive.end() if possessive else match.end()


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about what a text is about."""
    return frozenset(lines("stopwords.txt"))


def terms(text: str) -> list[str]:
    """Return the text's tokens without stop words, each cut to its English stem.

    >>> terms("What did the Soviets say about sending troops to the U.N.?")
    ['soviet', 'say', 'send', 'troop', 'un']
    """
    stop = stop_words()
    return [stem(word) for word, _, _ in _words(fold(text)) if word not in stop]


def words(text: str) -> int:
    """Return how many words the text has when they are counted as white space parts them.

    >>> words("the post-war order — in brief")
    6
    """
    return len(text.split())

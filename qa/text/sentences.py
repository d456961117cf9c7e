"""Sentences of running text, by rules that know how documents abbreviate, cite and leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qa.tables import lines

_CLOSE = r"\"'”’»›)\]}*_"
_OPEN = r"\"'“‘„«‹(\[{*_¿¡"
_NOTE = r"[⁰¹²³⁴-⁹*†‡]"
# A full stop or several, with dots of an ellipsis apart, then what closes with it.
_STOP = re.compile(r"(?:[.!?…][.!?…]*(?:\s\.(?=[\s.]|$))*[.!?…]*|[。！？])")
_TAIL = re.compile(
    rf"(?:[{_CLOSE}.!?…]|{_NOTE}|\[[^\[\]]{{0,40}}\])*"
    r"(?:\s{0,3}[*_]{0,2}\[(?:…|\.[ .]{0,6}|[Ss]ic!?|\?|!|[^\[\]]{0,40}\d[*_]{0,2})\][*_]{0,2}[.!?…]?"
    r"|\s\((?![ivxlc]{1,5}\)|[^\W\d_]\))[a-z][^()]{0,60}\)(?=\s{1,3}[\"“\[]?[A-Z])"
    r"|\s{0,3}[⁰¹²³⁴-⁹]+|\s\*(?=\s))*"
)
_GLUED_NOTE = re.compile(r"\d{1,3}(?=\s|$)")
_GAP = re.compile(r"\s*")
_NEXT = re.compile(rf"(?:[{_OPEN}$£€#№]|[—–-]\s?)*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_BEFORE = re.compile(r"[^\s\-–—/(\[{\"“‘„«*_]+$")
_PARTS = r"(?:sub-?)?(?:article|art|section|sec|chapter|paragraph|part|point|clause|item|annex|appendix|no)"
_LABEL = re.compile(
    rf"[{_OPEN}]{{0,2}}(?:(?:{_PARTS}\.?\s)?(?:\d{{1,5}}|[ivxlc]{{1,6}}|[^\W\d_])[.)\]]{{1,2}}\s?){{1,3}}$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\W\d_][^\[\]]{0,40}\]|\((?:[ivxlc]{1,5}|[^\W\d_])\)\s")
_ZONE = re.compile(r"(?:[^\W\d_]+\s){1,2}[Tt]ime\b|GMT\b|UTC\b|[ECMP][SD]T\b")
_NUMERAL = re.compile(r"[#№]?\s?(?:[A-Z]?\.?[ -]?\d|[IVXLCDM]+\b|[ivxlc]{2,}\b)")
_ASIDE = re.compile(
    r"(?:[^\W\d_][\w.'’-]{0,20}\s){1,4}(?:said|asked|asks|replied|answered|inquired|exclaimed|remarked|wondered|cried)\b"
)
_LOOK = 40


@cache
def abbreviations() -> dict[str, str]:
    """Return how each known abbreviation behaves before what follows; the table's head says what the words mean."""
    rows = (line.split("\t") for line in lines("abbreviations.tsv"))
    return {row[0]: row[1] for row in rows}


@cache
def openers() -> frozenset[str]:
    """Return words that open sentences, the evidence that an abbreviation ended one.

    After Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32(4),
    2006: their frequent sentence starters, here as a fixed table.
    """
    return frozenset(lines("openers.txt"))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges `[start, end)` of the sentences of a paragraph, without white space at their ends.

    Every character that is no white space belongs to exactly one. Only full stops, question and exclamation marks and
    ellipses end a sentence, with the quotation marks, brackets and marks of notes that close with them; what goes on
    in lower case does not end. Where nothing decides, the text is not cut: a sentence too long is still verbatim.

    >>> text = "Gen. Lee left on Nov. 26, 1920. [I] told Mr. A.B. Gray: “Why?” He paused . . . . Then: “Go.”²"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gen. Lee left on Nov. 26, 1920.', '[I] told Mr. A.B. Gray: “Why?”', 'He paused . . . .', 'Then: “Go.”²']
    """
    found: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for end in _ends(text):
        if start < end:
            found.append((start, end))
            start = _skip(text, end)
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return found


def _skip(text: str, at: int) -> int:
    """Return the offset of the first character from `at` on that is no white space."""
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _ends(text: str) -> Iterator[int]:
    """Yield where sentences end, the last one's end apart."""
    capitals = text.lower() != text
    start, at = _skip(text, 0), 0
    while stop := _STOP.search(text, at):
        end = _tail(text, stop)
        at = end
        following = _skip(text, end)
        if following == len(text):
            return
        if following == end and stop[0] not in "。！？":
            continue
        if _closes(text, start, stop, end, following, capitals):
            yield end
            start = following


def _tail(text: str, stop: re.Match[str]) -> int:
    """Return where the closing marks after a full stop end."""
    at = stop.end()
    if stop[0] == "." and stop.start() > 1 and text[stop.start() - 2 : stop.start()].islower():
        note = _GLUED_NOTE.match(text, at)
        if note:
            return note.end()
    tail = _TAIL.match(text, at)
    return tail.end() if tail else at


def _closes(text: str, start: int, stop: re.Match[str], end: int, following: int, capitals: bool) -> bool:
    """Return whether the sentence from `start` ends with the full stop and what closes with it."""
    if end - start < _LOOK and not _said(text[start:end]):
        return False
    opening = _NEXT.match(text, following)
    first = opening.end() if opening else following
    word = _WORD.match(text, first, first + _LOOK)
    if word is None:
        return first < len(text) and not text[first].isalnum() and text[first] not in ".…,;:?!)"
    if word[0][0].islower() and capitals:
        return _restarts(text, stop, following)
    return _ended(text, stop, end, first, word[0])


def _said(opening: str) -> bool:
    """Return whether a short beginning of a sentence is more than dots or a list's number or letter."""
    return any(map(str.isalnum, opening)) and not _LABEL.match(opening)


def _restarts(text: str, stop: re.Match[str], following: int) -> bool:
    """Return whether an editor's bracket or a clause's letter opens a sentence: ". [he] replied", ". (b) that"."""
    if stop[0] not in (".", "!", "?") or _kind(text, stop.start()):
        return False
    return bool(_BRACKETED.match(text, following))


def _ended(text: str, stop: re.Match[str], end: int, first: int, word: str) -> bool:
    """Return whether a sentence ended before a word that can open one."""
    initial = len(word) == 1 and text[first + 1 : first + 2] == "."
    opener = not initial and word.casefold() in openers()
    if stop[0] != ".":
        return _exclaimed(text, stop, end, first, opener)
    kind = _kind(text, stop.start())
    if word[0].isdigit() and _number(text, stop.start()):
        return False
    if kind == "before":
        return False
    if kind == "number":
        return not _NUMERAL.match(text, first, first + _LOOK)
    if opener or not kind:
        return True
    return not _ZONE.match(text, first) if kind == "end" else _noted(text, stop, end)


def _exclaimed(text: str, stop: re.Match[str], end: int, first: int, opener: bool) -> bool:
    """Return whether a sentence ended at an ellipsis, question or exclamation mark."""
    marks = stop[0].replace(" ", "")
    before = text[stop.start() - 1] if stop.start() else ""
    if before in ("(", "["):
        return marks[0] in ".…" and (opener or _noted(text, stop, end))
    if marks in ("...", "…", ".."):
        capital = text[first : first + 2].rstrip() == "I"  # that it is written large says nothing of the dots
        return (opener and not capital) or _noted(text, stop, end)
    tail = text[stop.end() : end]
    quoted = "." not in tail and any(char in '"”’»' for char in tail)
    return not quoted or not _ASIDE.match(text, first, first + 100)


def _noted(text: str, stop: re.Match[str], end: int) -> bool:
    """Return whether the mark of a note stands after the full stop; such a mark seldom stands inside a sentence."""
    return any(char in "⁰¹²³⁴⁵⁶⁷⁸⁹†‡" for char in text[stop.end() : end])


def _number(text: str, at: int) -> bool:
    """Return whether what stands before the full stop is a number or any abbreviation, so that a number may go on."""
    return text[at - 1 : at].isdigit() or _kind(text, at) != ""


def _kind(text: str, at: int) -> str:
    """Return how the abbreviation whose full stop is at `at` behaves, "" where it is none."""
    before = _BEFORE.search(text, max(0, at - _LOOK), at)
    if before is None:
        return ""
    word = before[0].casefold().replace("’", "'")
    kind = abbreviations().get(word)
    if kind and not (len(word) == 1 and before[0].isupper()):
        return kind
    letters = word.replace(".", "")
    if len(letters) == 1 or (letters.isalpha() and max(map(len, word.split("."))) == 1):
        return "inside" if letters.isalpha() else ""
    return "inside" if _clipped(before[0]) else ""


def _clipped(word: str) -> bool:
    """Return whether a word has no vowel and is not in capitals, so that it must be short for another ("Mfr.")."""
    plain = word.isalpha() and word.isascii() and not word.isupper()
    return plain and len(word) > 1 and not set(word.casefold()) & set("aeiouy")


def is_question(text: str) -> bool:
    """Return whether a text ends in a question mark, quotation marks and brackets behind it apart.

    >>> is_question("Why?”) "), is_question("Why? He left.")
    (True, False)
    """
    return text.rstrip('"”’)] ').endswith("?")

"""Where the documents of a plain source begin: front matter, numbered documents, documents under titled heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.dates import PartialDate
from qa.dates import parse as parse_date
from qa.documents.blocks import Look, Piece
from qa.documents.heads import date_of_line, date_of_title, head_field, head_number, is_source_line
from qa.documents.kinds import kind_of
from qa.names import find_names
from qa.text import fold

_LOOK_AHEAD = 4  # a document's head shows a title, a source or a date within so many pieces
_SENDER_FIELDS = frozenset(
    {"from", "to", "date", "sent", "subject", "re", "recipient", "addressee", "sender", "author", "writer"}
)
_LONGEST_DAY = 40
_LETTER = re.compile(  # "12. To Ann Roe", "FROM ANN ROE", "Ann Roe to Bob Poe"
    r"(?:\W*(?:\d{1,4}|[IVXLC]{1,7})[.)]\s+(?:To|From)\s+\S|\W*(?:TO|FROM)\s+[^a-z:]+$"
    r"|\W*(?P<sender>[A-Z][^:;.!?]{2,60}?(?:[A-Z]\.[^:;.!?]{1,30})*)\s+to\s+(?P<recipient>[A-Z][^:;!?]{2,80})$)"
)
_MANY_ENTRIES = 4  # so many dated entries make a diary of a text that does not say it is one
_BYLINE = re.compile(r"[*_\s]*by\s+(?P<name>[A-Z][^,;:]{3,60})[*_\s⁰¹²³⁴⁵⁶⁷⁸⁹]*$", re.I)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a document of a source begins: the index of its first piece, its number and the word before the number."""

    at: int
    number: str = ""
    word: str = ""


def byline(text: str) -> str:
    """Return the name in a line "By A. Author", "" for any other text.

    >>> byline("By Ann B. Roe¹"), byline("By then it was too late, and so he went")
    ('Ann B. Roe', '')
    """
    match = _BYLINE.fullmatch(text.strip())
    if match is None:
        return ""
    name = match["name"].strip("*_ ").rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")
    capitals = [w for w in name.split() if w[:1].isupper()]
    return name if len(capitals) >= 2 and len(name.split()) <= 6 else ""


def is_correspondence(heading: str) -> bool:
    """Return whether a heading only says who wrote to whom.

    >>> [is_correspondence(x) for x in ("2. To her sister", "Ann B. Roe to Carl Voe", "Road to Ruin", "To the door")]
    [True, True, False, False]
    """
    match = _LETTER.match(heading)
    if match is None:
        return False
    return not match["sender"] or all(map(_only_names, (match["sender"], match["recipient"])))


def _only_names(words: str) -> bool:
    """Return whether words begin with somebody's name, behind a title or an office or none."""
    named = find_names(words)
    return bool(named) and named[0].start == 0


def find_heads(text: str, pieces: Sequence[Piece]) -> tuple[Head, ...]:
    """Return where the documents of a source begin; empty when the whole source is one document.

    A run of headings "Document 1", "Document 2" with a title, a source line or a date below; or two and more headings
    that name a kind of document, or who wrote to whom, and a date; or two and more blocks of "From: / To:" lines.
    """
    for heads in (_numbered(text, pieces), _titled(text, pieces), _memo_blocks(text, pieces), _entries(text, pieces)):
        if len(heads) >= 2 or (heads and _has_source(text, pieces, heads[0].at)):
            return heads
    return ()


def _words(text: str, piece: Piece) -> str:
    return text[piece.span.start : piece.span.end]


def _has_source(text: str, pieces: Sequence[Piece], at: int) -> bool:
    return any(is_source_line(_words(text, p)) for p in pieces[at + 1 : at + 1 + _LOOK_AHEAD])


def _numbered(text: str, pieces: Sequence[Piece]) -> tuple[Head, ...]:
    """Return the longest run of counted headings of one word; a table of contents before it falls away."""
    runs: dict[str, list[Head]] = {}
    for at, piece in enumerate(pieces):
        found = head_number(_words(text, piece)) if len(piece.span) <= 40 else None
        if found is None or not _introduces(text, pieces, at):
            continue
        word, number = found
        run = runs.setdefault(word, [])
        if run and _order(number) <= _order(run[-1].number):
            run.clear()  # the count starts again: what went before was a list of contents
        run.append(Head(at, number, word))
    longest: list[Head] = max(runs.values(), key=lambda run: len(run), default=[])
    return tuple(longest)


def _order(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits.group()), number
    return _roman(number), number


def _roman(number: str) -> int:
    """Return the value of a Roman numeral (a single other letter counts by its place in the alphabet)."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not number or any(c not in values for c in number):
        return ord(number[:1] or "@") - 64
    amounts = [values[c] for c in number]
    return sum(-a if any(b > a for b in amounts[i + 1 : i + 2]) else a for i, a in enumerate(amounts))


def _introduces(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Return whether a title, source line or date stands right below the heading."""
    below = [_words(text, p) for p in pieces[at + 1 : at + 1 + _LOOK_AHEAD]]
    return any(is_source_line(w) or date_of_line(w) or date_of_title(w[-60:]) or head_field(w) for w in below)


def _titled(text: str, pieces: Sequence[Piece]) -> tuple[Head, ...]:
    """Return headings that name a kind of document or its correspondents and carry a date or have one below."""
    found = []
    for at, piece in enumerate(pieces):
        if piece.look is Look.PROSE or len(piece.span) > 300:
            continue
        words = _words(text, piece).lstrip("#* _")
        sent = is_correspondence(words)
        named = sent or (piece.look is Look.SHORT and kind_of(words) != "document")
        if not named or len(words.split()) < 3 or head_field(words):
            continue
        below = [_words(text, p) for p in pieces[at + 1 : at + 3] if len(p.span) <= 120]
        if not sent and any(map(is_correspondence, below)):
            continue  # the title of a collection above its first letter
        if date_of_title(words) or any(date_of_line(w) or is_source_line(w) for w in below):
            found.append(Head(at))
    return _apart(found)


def _memo_blocks(text: str, pieces: Sequence[Piece]) -> tuple[Head, ...]:
    """Return where blocks of two and more sender fields begin."""
    found: list[Head] = []
    last = -2
    for at, piece in enumerate(pieces):
        field = head_field(_words(text, piece)) if len(piece.span) <= 200 else None
        if field is None or field[0] not in _SENDER_FIELDS:
            continue
        follows = pieces[at + 1 : at + 2]
        more = follows and len(follows[0].span) <= 200 and head_field(_words(text, follows[0]))
        if at - last > 1 and more:
            found.append(Head(at))
        last = at
    return tuple(found)


def _entries(text: str, pieces: Sequence[Piece]) -> tuple[Head, ...]:
    """Return the dated entries of a diary: lines of nothing but a day, in order of time, each above prose."""
    opening = " ".join(_words(text, p) for p in pieces[:3] if p.look is Look.SHORT)
    found: list[tuple[PartialDate, Head]] = []
    for at, piece in enumerate(pieces):
        day = parse_date(_words(text, piece).strip(" #*_.,[]()\n")) if len(piece.span) <= _LONGEST_DAY else None
        prose = pieces[at + 1 : at + 2] and pieces[at + 1].look is Look.PROSE
        if day is not None and day.day and prose:
            found.append((day, Head(at, day.iso)))
    days = [day for day, _ in found]
    wanted = 2 if kind_of(opening) == "diary" else _MANY_ENTRIES
    ordered = len(set(days)) == len(days) and days == sorted(days)
    return tuple(head for _, head in found) if ordered and len(days) >= wanted else ()


def _apart(heads: list[Head]) -> tuple[Head, ...]:
    """Return the heads without those that stand within the head of the one before."""
    kept: list[Head] = []
    for head in heads:
        if not kept or head.at - kept[-1].at >= 3:
            kept.append(head)
    return tuple(kept)


def body_start(text: str, pieces: Sequence[Piece], title: str) -> int:
    """Return the index of the piece where the main document begins; what stands before it is front matter.

    It begins before anybody speaks under a label. `title` is the known title, "" if none. Signs: the last place where
    the title stands as a heading; a heading of four words and more that stands twice, the second time above a byline;
    or, below a few scattered short lines as websites have them, the first heading that names a kind of document.
    """
    pieces = pieces[: next((i for i, p in enumerate(pieces) if p.label), len(pieces) - 1) + 1]
    folded = [fold(_words(text, p)).strip(" *_#") if len(p.span) <= 400 else "" for p in pieces]
    half = next((i for i, p in enumerate(pieces) if p.span.start > len(text) / 2), len(pieces))
    plain = [re.sub(r"[^\w ]", "", f) for f in folded[:half]]
    wanted = re.sub(r"[^\w ]", "", fold(title))
    titled = [i for i, f in enumerate(plain) if wanted and f == wanted]
    if titled:
        return titled[-1]
    first = {words: i for i, words in reversed(list(enumerate(plain)))}
    for i in range(len(plain) - 1, 0, -1):
        repeated = len(plain[i].split()) >= 4 and first[plain[i]] < i and pieces[i].look is Look.SHORT
        if repeated and any(byline(_words(text, p)) for p in pieces[i + 1 : i + 3]):
            return i
    return _below_navigation(text, pieces)


def _below_navigation(text: str, pieces: Sequence[Piece]) -> int:
    for i, piece in enumerate(pieces):
        if piece.span.start > len(text) * 0.4:
            return 0
        words = _words(text, piece)
        if piece.look is Look.SHORT and len(words.split()) >= 4 and kind_of(words) != "document":
            scattered = sum(p.look is not Look.PROSE for p in pieces[:i])
            return i if scattered >= 3 else 0
    return 0

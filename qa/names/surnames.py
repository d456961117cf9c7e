"""Titles that are family names: "Mr. Bishop", "William W. King"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from qa.names.scan import Role, Token
from qa.names.tables import fold, words

_TITLES = "names_titles.toml"
_NAME = Role.CAPITAL | Role.NAME | Role.FAMILY


def titled_surnames(text: str, stream: Sequence[Token], joined: Callable[[str, Token, Token], bool]) -> list[Token]:
    """Return the words with each title that is a family name as one.

    Such a title stands behind an initial or a plain form of address, with no name behind it: "Mr. King", but neither
    "Mr. Speaker" nor "King George". `joined` says whether two words belong to one phrase.
    """
    found = list(stream)
    for at, (before, token) in enumerate(pairwise(stream), 1):
        if fold(token.text) not in words(_TITLES, "surnames") or not token.text.istitle():
            continue
        called = fold(before.text).strip(".") in words(_TITLES, "plain") or before.is_a(Role.INITIAL)
        if called and joined(text, before, token) and not _named(text, token, stream[at + 1 : at + 2], joined):
            found[at] = replace(token, role=_NAME)
    return found


def _named(text: str, token: Token, behind: Sequence[Token], joined: Callable[[str, Token, Token], bool]) -> bool:
    """Return whether a name follows the title in its line."""
    return any(
        t.is_a(Role.CAPITAL) and joined(text, token, t) and "\n" not in text[token.end : t.start] for t in behind
    )

"""Words that are family names here: titles ("Mr. Bishop"), and all in a list ("Messrs. Roe and Sterling")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from qa.names.scan import Role, Token
from qa.names.tables import fold, words

_TITLES = "names_titles.toml"
_MOST = 12  # words of a list
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
    for at, token in enumerate(stream):
        if fold(token.text).strip(".") in words(_TITLES, "listing"):
            for n in _listed(text, stream, at):
                found[n] = replace(stream[n], role=stream[n].role | _NAME)
    return found


def _listed(text: str, stream: Sequence[Token], at: int) -> list[int]:
    """Return which words the title of several people at `at` lists: "Messrs. Roe, Poe and Sterling"."""
    found: list[int] = []
    for n in range(at + 1, min(at + _MOST, len(stream))):
        token, gap = stream[n], text[stream[n - 1].end : stream[n].start]
        joins = fold(stream[n - 1].text) == "and"
        if gap.strip(" ,.\n") or not (token.is_a(Role.CAPITAL) or token.text == "and"):
            break
        if token.text != "and" and not token.is_a(Role.TITLE | Role.GLUE | Role.INITIAL):
            found.append(n)
            if joins:
                break
    return found


def _named(text: str, token: Token, behind: Sequence[Token], joined: Callable[[str, Token, Token], bool]) -> bool:
    """Return whether a name follows the title in its line."""
    return any(
        t.is_a(Role.CAPITAL) and joined(text, token, t) and "\n" not in text[token.end : t.start] for t in behind
    )

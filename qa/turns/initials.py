"""Speakers who stand under their initials: "K:" of "The President/Mr. Krall", "AMR:" of "Ann M. Roe"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.names import find_names
from qa.tables import lines
from qa.text import fold

_INITIALS = re.compile(r"[A-Z](?:\.?[A-Z]){0,3}\.?")
_OFFICE = re.compile(r"\bThe ([A-Z][a-z]+)\b")
_LETTERS = frozenset({"Q", "A"})  # who asks and who answers


def initialled(labels: Iterable[str], head: Iterable[str]) -> dict[str, str]:
    """Return who stands under each label, folded, that is the initials of just one of those whom the head names.

    One letter is that of a family name, else of an office; of several all count, or the first and the last.

    >>> initialled(["K", "P", "X"], ["The President/Mr. Krall", "10:15 a.m."])
    {'k': 'Krall', 'p': 'The President'}
    >>> initialled(["AMR", "BP"], ["Interview with Ann M. Roe", "by Bob Poe"])
    {'amr': 'Ann M. Roe', 'bp': 'Bob Poe'}
    >>> initialled(["K"], ["Mr. Krall and Mr. Kane"]), initialled(["ROE"], ["Rita Olga Elm", "Ann Roe"])
    ({}, {})
    """
    words = list(head)
    names = list(dict.fromkeys(m.written for line in words for m in find_names(line)))
    offices = [f"The {o}" for line in words for o in _OFFICE.findall(line) if fold(o) in lines("roles.txt")]
    known = {fold(word) for name in names for word in name.split()}
    found = {}
    for label in dict.fromkeys(labels):
        letters = label.replace(".", "")
        if not _INITIALS.fullmatch(label) or letters in _LETTERS or fold(label) in known:
            continue
        fit = [n for n in names if _stands_for(letters, n)] or [o for o in dict.fromkeys(offices) if o[4] == letters]
        if len(fit) == 1:
            found[fold(label)] = fit[0]
    return found


def _stands_for(letters: str, name: str) -> bool:
    first = [word[0] for word in name.split()]
    return letters in ({first[-1]} if len(letters) == 1 else {"".join(first), first[0] + first[-1]})

"""Lines of a head or an ending that are one: a list with what announces it, a signature with the office."""

from __future__ import annotations

from collections.abc import Sequence

from qa.documents.attendance import announces, is_field, names_person
from qa.documents.records import Block, BlockKind
from qa.spans import collapse
from qa.turns.setting import SPOKEN

_LONGEST = 200  # characters of a line of a list


def gathered(blocks: Sequence[Block], texts: Sequence[str]) -> tuple[int, ...]:
    """Return for each block the number of the first one that it is one with, mostly its own.

    A list goes on until a heading that heads no part of it, a field of its own, running text, or a line too long.

    Args:
        blocks: A document's blocks.
        texts: The words of each.
    """
    found: list[int] = []
    listing: int | None = None
    for at, (block, words) in enumerate(zip(blocks, map(collapse, texts), strict=True)):
        if listing is not None and _goes_on(block, words):
            found.append(listing)
            continue
        listing = at if block.kind not in SPOKEN and heads_list(words) else None
        signed = at > 0 and block.kind == blocks[at - 1].kind == BlockKind.SIGNATURE
        found.append(found[-1] if signed and listing is None else at)
    return tuple(found)


def _goes_on(block: Block, words: str) -> bool:
    if block.kind in SPOKEN or len(words) > _LONGEST or is_field(words):
        return False
    return block.kind != BlockKind.HEADING or words.endswith(":") or names_person(words)


def heads_list(words: str) -> bool:
    """Return whether a line announces a list below it.

    >>> heads_list("Sent to:"), heads_list("PARTICIPANTS"), heads_list("Translated by Ivo Kern.")
    (True, True, False)
    """
    return words.endswith(":") or announces(words)

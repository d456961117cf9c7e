"""What a verb of speech has before and behind it: "began to", "that", a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from qa.turns.grammar import Token, Verb, verbs

QUOTES = frozenset({"“", '"', "«"})
_ASPECT = frozenset(
    {"started", "began", "continued", "proceeded", "kept", "resumed", "starts", "begins", "continues", "went"}
)
_REACTS = frozenset({"respond", "reply", "answer", "counter"})
_TAKES = frozenset({"took", "take", "takes", "used"})
_GIVEN = QUOTES | {"that", ":"}


def complemented(tokens: Sequence[Token], i: int, verb: Verb, own: bool) -> bool:
    """Return whether what the verb needs to report words follows within eight tokens (40 in an author's account)."""
    if tokens[0].word == "as" and tokens[i + 1 : i + 2] and tokens[i + 1].word == ",":
        return True  # "As X observed, ..."
    if verb.lemma in _REACTS and tokens[i + 1 : i + 3] and tokens[i + 1].word == "by":
        return any(part in verbs() for part in tokens[i + 2].word.split("-"))  # "replied by closing the port"
    if any(t.word == "clear" for t in tokens[i + 1 : i + 4]) and verb.lemma == "make":
        return not own and tokens[i + 1].word == "it"  # to an author it may be what deeds made clear
    if own and verb.shown and not any(t.word in verb.shown for t in tokens[i + 1 : i + 41]):
        return False
    return not verb.needs or any(t.word in verb.needs for t in tokens[i + 1 : i + 9])


def begun(tokens: Sequence[Token], i: int) -> int | None:
    """Return where "began" stands in "began to explain", "started explaining", "went on to say"."""
    words = [t.word for t in tokens[max(i - 3, 0) : i]]
    if words[-2:] in (["opportunity", "to"], ["occasion", "to"]):
        return next((k for k in range(i - 3, max(i - 7, -1), -1) if tokens[k].word in _TAKES), None)
    while words and (words[-1] in {"to", "on", "by"} or words[-1].endswith("ly")):
        words.pop()
    at = max(i - 3, 0) + len(words) - 1
    aspect = words and words[-1] in _ASPECT
    return at if aspect and (tokens[i].word.endswith("ing") or tokens[i - 1].word == "to") else None


def participial(tokens: Sequence[Token], i: int) -> bool:
    """Return whether "..., declaring that" or "..., adding: " stands here."""
    parted = i > 3 and (tokens[i - 1].word == "," or (tokens[i - 1].word.endswith("ly") and tokens[i - 2].word == ","))
    return tokens[i].word.endswith("ing") and parted and any(t.word in _GIVEN for t in tokens[i + 1 : i + 4])

"""Is this quotation what its source says? Asked again of every quote before anything of it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from qa.answer.records import Answer, Quote, Reply
from qa.errors import QuoteMismatch
from qa.spans import ordered, quote


def recheck(reply: Reply, source_text: Callable[[str], str]) -> Reply:
    """Return the reply, each of its quotes cut again from the stored source by its segments and compared.

    Raises:
        QuoteMismatch: One quote differs; then nothing of the reply may be shown.
    """
    for answer in (*reply.answers, *reply.closest):
        check_quote(answer, source_text(answer.quote.source))
    return reply


def check_quote(answer: Answer, text: str) -> None:
    """Return nothing when the answer's quote is verbatim, inside its document's source, and its emphasis inside it.

    Raises:
        QuoteMismatch: It is not.
    """
    given = answer.quote
    if not given.text or not ordered(given.segments) or given.segments[-1].end > len(text):
        raise _mismatch(given)
    if quote(text, given.segments) != given.text:
        raise _mismatch(given)


def check_text(name: str, text: str, sha256: str) -> None:
    """Return nothing when the stored text of a source has the digest (of its UTF-8) that the index's manifest states.

    Raises:
        QuoteMismatch: It has not: the text was altered after it was indexed.
    """
    if hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise QuoteMismatch(f"the stored text of {name} was altered after indexing: run `qa index` again")


def _mismatch(given: Quote) -> QuoteMismatch:
    start = given.segments[0].start if given.segments else 0
    return QuoteMismatch(
        f"a quotation from {given.source} at offset {start} differs from its source, so nothing is shown: "
        "run `qa index` again"
    )

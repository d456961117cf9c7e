"""What is written where: answers to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.contract import Object


def write(text: str) -> None:
    """Write an answer, whole and at once, so that a reader at the other end of a pipe does not wait."""
    sys.stdout.write(text)
    sys.stdout.flush()


def write_json(value: Object) -> None:
    """Write an object as one line."""
    from qa.contract import json_line

    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    write(json_line(value, ascii_only=encoding != "utf8") + "\n")


def complain(message: str) -> None:
    """Write one line to standard error; what a file name or a question smuggles in stays harmless."""
    from qa.render.wrapping import clean

    sys.stderr.write(f"qa: {' '.join(clean(message).split())}\n")
    sys.stderr.flush()


def tell(text: str) -> None:
    """Write text that is no answer: to standard error."""
    sys.stderr.write(text)
    sys.stderr.flush()

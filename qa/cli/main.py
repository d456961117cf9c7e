"""The entry point of `qa`."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

from qa.cli.commands import app
from qa.cli.output import complain
from qa.errors import QAError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments (else the process's own) name, and exit by the contract's codes.

    Raises:
        SystemExit: Always: 0 answered, 3 no answer, 1 an error that a user can mend, 2 wrong usage, 130 interrupted.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's own threads: products this small end before they wake
    gc.set_threshold(50_000, 20, 20)  # imports make many objects and little rubbish: a tenth of a cold question
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app(args=None if arguments is None else list(arguments), prog_name="qa")
    except QAError as error:
        complain(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)

"""One question after another, the model warm."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answer.records import Reply
from qa.cli.asking import Wanted, shown
from qa.cli.output import complain, tell, write
from qa.errors import QAError
from qa.question.following import followed
from qa.render import render_explanation, screen_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.assistant import Assistant

PROMPT = "? "
HISTORY = 1000
HELP = """\
Type a question, in plain words. Arrow keys edit it and bring back earlier ones.
  :explain   why the last answers rank as they do
  :k N       show up to N answers
  :help      this
  :quit      leave (so does Ctrl-D)
"""


def chat(assistant: Assistant, wanted: Wanted, environment: Mapping[str, str] = os.environ) -> int:
    """Ask again and again until the input ends, and return 0."""
    with _editing(history_path(environment)):
        if sys.stdin.isatty():
            tell("Ask the archive. :help tells what else can be typed.\n\n")
        _talk(assistant, wanted)
    return 0


def _talk(assistant: Assistant, wanted: Wanted) -> None:
    last: Reply | None = None
    while True:
        try:
            line = input(PROMPT if sys.stdin.isatty() else "").strip()
            if line in (":quit", ":q", ":exit"):
                return
            if line.startswith(":"):
                wanted = _command(line, wanted, last)
            elif line:
                last = _answer(assistant, _followed(assistant, line, last), wanted) or last
        except EOFError:
            tell("\n" if sys.stdin.isatty() else "")
            return
        except KeyboardInterrupt:
            tell("\n")
        except UnicodeDecodeError:
            complain("the line is no text that this terminal's encoding knows; type it again")


def _followed(assistant: Assistant, line: str, last: Reply | None) -> str:
    """Return a question with its "he" and "she" named after the question before, which the reader is told."""
    meant = followed(line, last.question, assistant.known) if last else line
    if meant != line:
        tell(f"Read as: {meant}\n")
    return meant


def _answer(assistant: Assistant, line: str, wanted: Wanted) -> Reply | None:
    try:
        reply = assistant.ask(line, wanted.filters, wanted.k, wanted.threshold)
        write(f"\n{shown(assistant, reply, wanted.explain)}\n")
    except QAError as error:
        complain(str(error))
        return None
    return reply


def _command(line: str, wanted: Wanted, last: Reply | None) -> Wanted:
    name, _, value = line.partition(" ")
    if name == ":k" and value.strip().isdecimal() and 1 <= int(value) <= 100:
        return replace(wanted, k=int(value))
    if name == ":explain":
        if last is None:
            tell("Ask something first.\n")
        else:
            write(f"\n{render_explanation(last, screen_of(sys.stdout, os.environ))}\n")
    else:
        tell(HELP)
    return wanted


def history_path(environment: Mapping[str, str]) -> Path:
    """Return where the lines are kept (XDG Base Directory Specification, 0.8: state).

    >>> history_path({"XDG_STATE_HOME": "/s"}).as_posix()
    '/s/archive-qa/history'
    """
    state = environment.get("XDG_STATE_HOME", "")
    base = Path(state) if state.startswith("/") else Path(environment.get("HOME", "/")) / ".local" / "state"
    return base / "archive-qa" / "history"


@contextmanager
def _editing(history: Path) -> Iterator[None]:
    """Edit lines and remember them while the block runs, where the platform can; a history is never worth an error."""
    try:
        import readline
    except ImportError:
        yield
        return
    if not sys.stdin.isatty():
        yield
        return
    with suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(HISTORY)
    try:
        yield
    finally:
        with suppress(OSError):
            history.parent.mkdir(parents=True, exist_ok=True)
            history.touch(mode=0o600)
            readline.write_history_file(history)

"""What the output can show: its width, styles and links."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO
from urllib.parse import quote as percent_encoded

MEASURE = 88  # a line longer than this is hard to read back from (Bringhurst, The Elements of Typographic Style, 2.1.2)
NARROWEST = 24
_LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio", "Tabby", "mintty", "zed"})
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm")
_LINKING_SINCE = 5000  # VTE draws OSC 8 links without breaking from 0.50


@dataclass(frozen=True, slots=True)
class Screen:
    """Where text is shown: columns, whether styles and links are understood, and the folder paths are relative to."""

    width: int = MEASURE
    styled: bool = False
    links: bool = False
    folder: str = ""

    @property
    def measure(self) -> int:
        """Return how long a line may be."""
        return max(NARROWEST, min(self.width, MEASURE))

    def bold(self, text: str) -> str:
        """Return the text emphasised."""
        return f"\x1b[1m{text}\x1b[22m" if self.styled and text else text

    def dim(self, text: str) -> str:
        """Return the text held back."""
        return f"\x1b[2m{text}\x1b[22m" if self.styled and text else text

    def link(self, text: str, path: str) -> str:
        """Return the text as a link to a file (OSC 8), where the terminal knows links and the path is absolute."""
        if not self.links or not path.startswith("/"):
            return text
        return f"\x1b]8;;file://{os.uname().nodename}{percent_encoded(path)}\x1b\\{text}\x1b]8;;\x1b\\"

    def shown(self, path: str) -> str:
        """Return the path as it is shown: from the working folder where it lies below it.

        >>> Screen(folder="/home/me").shown("/home/me/corpus/a.txt")
        'corpus/a.txt'
        """
        return path.removeprefix(self.folder.rstrip("/") + "/") if self.folder else path


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """Return what a stream can show: plain text of a fixed measure unless it is a terminal that knows styles."""
    folder = os.getcwd()  # noqa: PTH109 (pathlib would normalise what the user sees)
    if not stream.isatty():
        return Screen(folder=folder)
    plain = environment.get("TERM", "dumb") in ("dumb", "") or bool(environment.get("NO_COLOR"))
    return Screen(_columns(stream, environment), not plain, not plain and knows_links(environment), folder)


def _columns(stream: TextIO, environment: Mapping[str, str]) -> int:
    said = environment.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def knows_links(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is one that is known to draw OSC 8 links (others may print them as rubbish).

    >>> knows_links({"TERM_PROGRAM": "WezTerm"}), knows_links({"VTE_VERSION": "4600"}), knows_links({})
    (True, False, False)
    """
    if environment.get("TERM", "").startswith(("screen", "tmux", "linux")):
        return False
    vte = environment.get("VTE_VERSION", "0")
    return (
        environment.get("TERM_PROGRAM", "") in _LINKING_PROGRAMS
        or environment.get("TERM", "").startswith(_LINKING_TERMS)
        or any(name in environment for name in ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"))
        or (vte.isdecimal() and int(vte) >= _LINKING_SINCE)
    )

"""Answers questions about an archive of historical documents in the archive's own words.

`open_index(folder)` gives an archive to ask; `build_index(paths, folder)` makes one. Both are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.assistant import open_index
    from qa.assistant.building import build_index

__version__ = "0.1.0"
__all__ = ["build_index", "open_index"]


def __getattr__(name: str) -> object:
    """Return a public function, its stages imported only now: `import qa` alone costs nothing (PEP 562)."""
    if name == "open_index":
        from qa.assistant import open_index

        return open_index
    if name == "build_index":
        from qa.assistant.building import build_index

        return build_index
    raise AttributeError(f"module 'qa' has no attribute {name!r}")

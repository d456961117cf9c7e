"""The whole chain behind one door: build an index, open it, ask it."""

from qa.assistant.building import build_index, inspect
from qa.assistant.opened import Assistant, Shown, open_index

__all__ = ["Assistant", "Shown", "build_index", "inspect", "open_index"]

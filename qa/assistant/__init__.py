"""The whole chain behind one door: build an index (`building`), open it and ask it."""

from qa.assistant.opened import Assistant, Shown, open_index

__all__ = ["Assistant", "Shown", "open_index"]

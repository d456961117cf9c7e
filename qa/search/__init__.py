"""Candidates for an answer: the passages that the filters permit, scored. The record; `qa.search.candidates` finds."""

from qa.search.records import Hit

__all__ = ["Hit"]

"""Records to the text of a terminal: every function returns a string and prints nothing."""

from qa.render.answers import Library, render_reply
from qa.render.explaining import render_explanation
from qa.render.reading import render_document, render_inspected
from qa.render.results import render_built, render_hits
from qa.render.screen import Screen, screen_of

__all__ = [
    "Library",
    "Screen",
    "render_built",
    "render_document",
    "render_explanation",
    "render_hits",
    "render_inspected",
    "render_reply",
    "screen_of",
]

"""Documents to be read, and files to be understood, from the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.output import write, write_json
from qa.contract import inspect_objects
from qa.render import render_document, render_inspected, screen_of

if TYPE_CHECKING:
    from qa.assistant import Assistant


def show_document(assistant: Assistant, document_id: str) -> int:
    """Write a document and return 0."""
    shown = assistant.show(document_id)
    text = assistant.text(shown.source)
    write(render_document(shown.holding, shown.turns, text, screen_of(sys.stdout, os.environ)))
    return 0


def inspect_file(file: Path, as_json: bool) -> int:
    """Write what a file is understood to be and return 0."""
    from qa.assistant.building import inspect

    inspected = inspect(file)
    if as_json:
        for value in inspect_objects(inspected):
            write_json(value)
    else:
        write(render_inspected(inspected, screen_of(sys.stdout, os.environ)))
    return 0

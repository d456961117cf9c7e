"""The command line: each command parses, makes one call of the library, renders and exits."""

from qa.cli.main import main

__all__ = ["main"]

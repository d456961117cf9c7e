"""Who is present, as the lists at the head of minutes and conversations say it, one person a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.documents.correspondents import present
from qa.documents.records import Participant
from qa.names import NameMention, find_names
from qa.names.scan import Role, role_of
from qa.names.tables import fold
from qa.names.tables import words as table
from qa.spans import collapse

_ANNOUNCES = re.compile(
    r"[\s#*_]*(?:(?P<absent>absent|excused|apologies|not present|unable to attend)|(?:also |those |members )?present|"
    r"(?:list of )?participants|(?:those |also )?(?:attending|attendees)|in attendance|attendance|attended by)"
    r"(?: (?:were|at the (?:meeting|conversation)))?[*_]*\s*(?:(?::|\n)[*_]*\s*(?P<rest>.*)|$)",
    re.I | re.S,
)
_FIELD = re.compile(r"\s*[*_]*(?:[A-Z][\w ]{1,20}[*_]*:[ \t]+\S|(?i:subject|place|time|date|topic)s?[*_]*(?::|\s*$))")
_UNFINISHED = re.compile(r"(?:[,;–—-]|\b(?:of|for|and|the|in|to|on|at))$", re.I)  # an office goes on in the next line
_HONOURED = re.compile(
    r"^(?:the\s+)?(?:(?:rt|right)\.?\s+)?hon(?:\.|ou?rable)\s+|^(?:h\.\s?e\.|his excellency|her excellency)\s+", re.I
)
_LETTERS = re.compile(r"(?:,\s*(?:[A-Z]\.\s?){2,5})+(?=,|$)")  # "Ann Roe, M.P., Minister of Trade"
_RANKED = re.compile(r"(?P<title>[A-Z][a-z]+\.?) (?P<name>[A-Z][a-z’'-]+)(?=,|;|$| \()")
_FEWEST = 3  # so many lines of people are a list where nothing announces it
_MOST = 0.6  # ... when they are this share of the lines
_LONGEST = 200  # characters of a line that names one person


def attendance(head: Sequence[str]) -> tuple[Participant, ...]:
    r"""Return the people whom the lines below "Present:" or "Participants" name, until another heading or field.

    >>> [(p.name, p.office) for p in attendance(["Present:\nAnn Roe, Chair\nBob Poe"])]
    [('Ann Roe', 'Chair'), ('Bob Poe', '')]
    >>> attendance(["Absent:", "Ann Roe", "Subject: The present state"])
    ()
    """
    lines: list[str] = []
    listing = False
    for words in head:
        announced = _ANNOUNCES.fullmatch(words)
        if announced is not None:
            listing = not announced["absent"]
            lines += (announced["rest"] or "").split("\n") if listing else []
        elif listing and not is_field(words) and all(len(line) <= _LONGEST for line in words.split("\n")):
            lines += words.split("\n")
        elif listing and is_field(words):
            listing = False
    return _people(lines)


def announces(words: str) -> bool:
    r"""Return whether a piece of a text is the heading of a list of those present, alone or with the list behind it.

    >>> announces("PARTICIPANTS\nAnn Roe"), announces("Participants came late.")
    (True, False)
    """
    announced = _ANNOUNCES.fullmatch(words)
    return announced is not None and not announced["absent"]


def is_field(words: str) -> bool:
    """Return whether a piece of a head is a field of its own, which ends a list above it.

    >>> is_field("Subject: Coal"), is_field("Bob Poe, Clerk")
    (True, False)
    """
    return _FIELD.match(words) is not None


def names_person(line: str) -> bool:
    """Return whether a line of a list begins with a person.

    >>> names_person("Dr. Ann Roe, Chair"), names_person("Opening of the session")
    (True, False)
    """
    return bool(_named(_plain(line)))


def roll(lines: Sequence[str]) -> tuple[Participant, ...]:
    """Return the people of a list at a document's head that nothing announces, where most of its lines name one.

    >>> [p.name for p in roll(["The Board:", "Ann Roe, Chair", "Bob Poe", "Carl Voe, Clerk"])]
    ['Ann Roe', 'Bob Poe', 'Carl Voe']
    """
    items = [line for line in lines if line.strip() and not line.rstrip().endswith(":")]
    named = [line for line in items if len(line) <= _LONGEST and _named(line)]
    return _people(items) if len(named) >= _FEWEST and len(named) >= _MOST * len(items) else ()


def _people(lines: Sequence[str]) -> tuple[Participant, ...]:
    """Return the people of the lines; a line that begins with no name goes on with an office or heads a group."""
    whole: list[str] = []
    for line in map(_plain, lines):
        goes_on = whole and whole[-1] and (_UNFINISHED.search(whole[-1]) or line[:1].islower() or line[:1] == "(")
        if _named(line):
            whole.append(line)
        elif line and goes_on:
            whole[-1] += f" {line}"
        elif line:
            whole.append("")
    found = []
    for line in whole:
        names = _named(line)
        if len(names) > 1 and all(not m.weak for m in names):
            found += [Participant(m.written, "present", m.office) for m in names]
        elif names and (person := present(line, "present")) is not None:
            found.append(person)
    return tuple(found)


def _plain(line: str) -> str:
    """Return a line of a list without what honours the person.

    >>> _plain("The Rt. Hon. Ann Roe, M.P., Minister of Trade")
    'Ann Roe, Minister of Trade'
    """
    return _LETTERS.sub("", _HONOURED.sub("", collapse(line)))


def _ranked(line: str) -> list[NameMention]:
    """Return the person of a line of a title and one word, whatever else that may mean.

    >>> [m.written for m in _ranked("General Bell, Chief of Staff")], _ranked("General Staff"), _ranked("The Bell")
    (['Bell'], [], [])
    """
    match = _RANKED.match(line)
    ranked = match is not None and fold(match["title"]).strip(".") in table("names_titles.toml", "titles")
    if (
        match is None
        or not ranked
        or role_of(match["name"]) & (Role.ORGANISATION | Role.OFFICE | Role.HEAD | Role.TITLE)
    ):
        return []
    return [NameMention(0, match.end("name"), match["name"], *match.span("name"), (match["title"],))]


def _named(line: str) -> list[NameMention]:
    """Return the names of a line that begins with a person, none for any other line."""
    names = find_names(line) or _ranked(line)
    first = names[0] if names else None
    starts = first is not None and (first.start == 0 or not re.search(r"[a-z]", line[: first.start]))
    return names if starts and first is not None and (not first.weak or " " in first.written) else []

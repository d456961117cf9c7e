"""Speakers' labels at the head of a paragraph: "SECRETARY ROE:", "[Ann Roe:]", "Mr. Poe."; and what is no label."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from qa.names import find_names
from qa.names.scan import Role, role_of
from qa.names.tables import is_english
from qa.tables import lines
from qa.text import fold

_TIME = r"(?<!\d)[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?"
_TIMES = rf"{_TIME}(?:\s*(?:-+>?|–|—)\s*{_TIME})?"
_BRACKETS = r"\((?:[^()]|\([^()]{0,80}\)){1,120}\)|\[[^\[\]]{1,60}\]"
_HEAD = rf"(?:{_TIMES}\s*(?:[-–—]\s*)?)?"  # "[00:12:31] Jane:"
_NAME = r"[A-Z][\w.’'ʼ-]*(?:[ ,][ ]?[\w.’'ʼ&-]+){0,13}"
_LABEL = re.compile(
    rf"{_HEAD}(?P<open>\[)?[*_]{{0,3}}(?P<name>{_NAME})[*_]{{0,3}}\s*(?:(?P<aside>{_BRACKETS})[*_]{{0,3}}\s*)?"
    rf"(?:(?:{_BRACKETS})\s*){{0,2}}"
    rf"(?:(?:{_TIMES}[*_]{{0,3}}\s*)?:[*_]{{0,3}}\]?|(?P<timed>{_TIMES}))(?=\s|$|(?P<close>[A-Z“\"(\[–—-]))"
)
_ASKED = re.compile(
    rf"{_HEAD}[*_]{{0,3}}(?P<name>[QA])(?:[.:][*_]{{0,3}}|[*_]{{1,3}}[.:])(?=\s+(?![A-Z]\.)[\w“\"(\[$—–-])"
)
_LETTERED = re.compile(r"(?P<name>[QA])\s+(?=[A-Z“\"\[(])")  # "Q Where?"
_EXAMINES = re.compile(r"BY (?P<name>(?:THE|MR|MRS|MS|MISS|DR)\b[\w.’' -]{2,40}):(?P<asks>\s+Q[.:]?(?=\s))?", re.I)
_SWORN = re.compile(  # a witness, who goes on in the same paragraph: "ANN ROE sworn. - I am a hatter"
    r"(?:For the [A-Z]\w+\. )?(?P<name>(?:(?:Mr|Mrs|Miss|Dr)\. )?[A-Z][A-Z’'-]+(?: [A-Z][A-Z.’'-]*){0,3})"
    r"(?: \([^()]{1,60}\))?,? (?:called and |duly |again |was )*(?:sworn|affirmed|examined|re-?examined|recalled)"
    r"\.?\s*[-–—]{0,2}\s*(?=[A-Z“\"])"
)
_DEFENCE = re.compile(r"(?P<name>Prisoner|Defendant|Accused)['’]s defen[cs]e\.\s*[-–—]{0,2}\s*(?=[A-Z“\"])", re.I)
_ASKS = re.compile(r"(?P<name>(?:(?:Mr|The)\.? )?[A-Z][\w’'-]+)\.\s+Q\.(?=\s)")  # "Court. Q. Why?"
_STOPPED = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\. )?[A-Z][\w’'-]+\.?(?: [A-Z][\w’'-]+){0,3})(?: of [A-Z]\w+)?\.(?=\s+[A-Z“\"\[(])"
)
_SURNAME = re.compile(r"(?P<name>[A-Z][A-Z’'-]{2,})\.(?=\s+[A-Z“\"(\[])")  # "KRALL. No."
_DASHED = re.compile(r"(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z.’'-]+){0,3})\s*(?:--|—|–)\s*(?=\S)")
_ABOVE = re.compile(
    rf"(?:#{{1,6}}[ ])?(?:(?P<name>[A-Z][A-Z.’'-]+(?:[ ][A-Z0-9.’'-]+){{0,3}})|[*_]{{2,3}}(?P<bold>{_NAME})[*_]{{2,3}})"
    rf"[ \t]*(?:{_BRACKETS})?[ \t\r]*(?:\n|$)"
)
_TIMED = re.compile(r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|\d{1,2})){1,4}")  # before a bare time, without a colon
_ADDRESS = re.compile(  # "Mr. Speaker", "An hon. Member"
    r"(?:(?:the|an?|some|several|many|mr\.?|madam) )?(?:hon(?:ou?rable)?\.? )?(?=\w)"
)
_NUMBERED = re.compile(r"[ _]#?\d{1,3}$")
_NUMBER = re.compile(r"(?P<of>.+?),? nos?\.? ?\d+")  # folded: "speaker no. 1", "question no. 617"
_BETWEEN = re.compile(r"^((?:Mr|Mrs|Ms|Miss|Dr|Hon)\.? )(?:[a-z]{2,5} ){1,2}(?=[A-Z])")  # "Mr. arap Roe"
_STAGE = re.compile(r"(?:cont['’]?d|off|aside|\w+ing)$", re.I)
_TITLED = re.compile(
    r"(?i)(?:mr|mrs|ms|miss|dr|sir|the|president|secretary|ambassador|general|chairman|senator|comrade|cde|q|a|question|answer)\b"
)
_PERSON = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}")
_JOINS = re.compile(r" (?:and|AND|&) ")
_SMALL = frozenset({"of", "the", "de", "von", "van", "and", "for", "da", "la", "le", "bin", "hon."})
_STOPS = (".", "?", "!", "…", "-", "–", "—", ")", "]", ":")
_LONG_NAME = 60  # characters
_RECENT = 4096  # a transcript bears few labels, each many times
_LONGEST = 6  # words of a label of one person
_SALUTES = re.compile(r"(?:My )?[Dd]ear\b", re.I)
_NOT_FIRST = frozenset({"For", "To", "Via", "Re", "With", "By", "FOR", "TO"})  # "For Roe:" is to Roe


@dataclass(frozen=True, slots=True)
class Label:
    """A label `[0, end)` at the head of a block, and the name in it.

    A `faint` one counts in a transcript alone; one that stands `above` has its line for itself, without a colon.
    `part` is what the one named in brackets is in the talk: "The Chair" of "The Chair (Mr. Roe):", "" without such.
    `sworn` says that it calls a witness, who answers from there on.
    """

    end: int
    name: str
    bracketed: bool
    faint: bool = False
    above: bool = False
    part: str = ""
    sworn: bool = False


def read_label(text: str) -> Label | None:
    """Return what may be a speaker's label at the head of a text, `None` where nothing looks like one.

    >>> read_label("THE PRESIDENT. There will be one.").name, read_label("THE FACTS. There are none.")
    ('THE PRESIDENT', None)
    >>> read_label("Mr. Polk: I think so").name, read_label("Sir: I have the honor"), read_label("It was so: he left")
    ('Mr. Polk', None, None)
    """
    label = _set_off(text) or _with_colon(text) or _uncertain(text)
    heading = label is not None and text.isupper() and text.rstrip()[-1:] not in _STOPS and not label.above
    return None if heading else label


def _with_colon(text: str) -> Label | None:
    match = _LABEL.match(text)
    written = match["name"].strip(" *_,") if match else ""
    name = _speaker(written, match["aside"] or "") if match else ""
    if match is None or not name or (match["close"] and not is_marked(written)):
        return None  # "MR. ROE:No." is a label, "Re:Dams" is none
    if match["timed"] and match["timed"][0].isdigit() and not _TIMED.fullmatch(written):
        return None  # "At 12:30"
    if is_role(written) and _is_name(text[match.end() : match.end() + _LONG_NAME].strip()):
        return None  # "Interviewer: Ann Roe"
    alone = _speaker(written)
    part = "" if name.startswith(alone) else alone
    return Label(match.end(), name, bool(match["open"]), faint=bool(match["timed"]), part=part)


@lru_cache(_RECENT)
def _speaker(name: str, aside: str = "") -> str:
    """Return who speaks under the words of a label and those in brackets behind them, "" where they name nobody."""
    if name.split()[0] in _NOT_FIRST or _SALUTES.match(name):
        return ""
    name = name.removeprefix("From ")  # "From Roe:" opens a message of Roe's
    folded = fold(name)
    if folded in lines("not_speakers.txt") or _stem(folded) in lines("not_speakers.txt"):
        return ""
    if _is_item(folded) or any(w.islower() and w not in _SMALL for w in _BETWEEN.sub(r"\1", name).split()):
        return ""
    speaker = _without_aside(_without_office(name), aside)
    held = speaker != name and name.startswith("The ")  # an office can be long where its holder is told
    return speaker if held or len(name.split()) <= _LONGEST or is_joint(name) else ""


def _is_item(folded: str) -> bool:
    """Return whether a heading is a numbered thing, not one of several who speak.

    >>> _is_item("paper no. 7"), _is_item("speaker no. 2")
    (True, False)
    """
    match = _NUMBER.fullmatch(folded)
    return match is not None and (match["of"] in _roles("matters") or not is_role(match["of"]))


def _uncertain(text: str) -> Label | None:
    """Return what can be a label in a transcript: "MR. ROE -- No.", a name alone on the first line."""
    above = _ABOVE.match(text)
    if above is not None:
        name = _speaker(above["name"] or above["bold"])
        return Label(above.end(), name, False, faint=True, above=True) if name else None
    match = _LETTERED.match(text) or _DASHED.match(text) or _SURNAME.match(text)
    if match is None or any(role_of(word) & Role.PLACE for word in match["name"].title().split()):
        return None  # "LONDON -- The ministers met."
    if match.re is _SURNAME and is_plain(match["name"]):
        return None  # "SUMMARY. The ministers met."
    return Label(match.end(), match["name"], False, faint=True)


def _is_name(words: str) -> bool:
    bare = re.sub(r"\s*\([^()]*\)$", "", words)
    named = find_names(bare) if len(words) < _LONG_NAME else []
    return len(named) == 1 and named[0].start == 0 and named[0].end == len(bare)


def _without_office(name: str) -> str:
    """Return a label's name without what the person is: "ANN ROE, HOST".

    >>> _without_office("ANN ROE, HOST"), _without_office("Roe, Ann"), _without_office("Ann Roe, Bob Poe and Cy Voe")
    ('ANN ROE', 'Roe, Ann', 'Ann Roe, Bob Poe and Cy Voe')
    """
    first = name.split(",")[0]
    return first if " " in first and not is_joint(name) else name


def _set_off(text: str) -> Label | None:
    """Return a label that a stop ends: "Q.", "THE PRESIDENT.", "Mr. Roe."; of who examines or who is sworn."""
    for pattern in (_ASKED, _EXAMINES, _SWORN, _DEFENCE, _ASKS):
        match = pattern.match(text)
        if match is not None:
            return Label(match.end(), match["name"], False, sworn=pattern is _SWORN)
    match = _STOPPED.match(text)
    if match is None:
        return None
    name = match["name"]
    known = is_role(name) if name.isupper() or name.startswith("The ") else False
    return Label(match.end(), name, False) if known or _names_somebody(name) else None


def _without_aside(name: str, aside: str) -> str:
    """Return who speaks under a label with something in brackets: how it is said, who plays the part, what he is.

    >>> _without_aside("ROE", "(v.o.)"), _without_aside("The Chair", "(Mr. Ann Roe (Dover, Lib.))")
    ('ROE', 'Mr. Ann Roe')
    >>> _without_aside("Mr. Roe", "(Dover, Lib.)"), _without_aside("North", "(KIM)")
    ('Mr. Roe', 'North (KIM)')
    """
    inside = re.sub(r"\s*\(.*", "", aside[1:-1]).strip()
    if is_role(name) or is_role(name.split()[-1]) or name.startswith(("The ", "THE ")):
        named = find_names(inside)
        person = inside[named[0].start : named[0].end] if named else ""  # with its title
        return inside[: named[0].end] if " " in person and not inside[0].islower() else name
    delegate = " " not in name and re.fullmatch(r"[A-Z][A-Z’'-]+", inside) and not _STAGE.match(inside)
    return f"{name} {aside}" if delegate else name


def is_marked(name: str) -> bool:
    """Return whether a label is set off as one by capitals or a title: "ROE", "Mr. Roe", "Q"."""
    return name.isupper() or _TITLED.match(name) is not None


def is_plain(name: str) -> bool:
    """Return whether a label is made of common words only: "Stone", "OPTION A", also "Marketing".

    >>> is_plain("OPTION A"), is_plain("Project Manager"), is_plain("Mr. Hill"), is_plain("Chairman"), is_plain("A")
    (True, True, False, False, False)
    """
    words = [word for word in name.split() if len(word) > 1 and not word.isdigit()]
    part = is_role(name) and not is_joint(name)
    return bool(words) and all(map(is_english, words)) and not part and not _TITLED.match(name)


def _names_somebody(name: str) -> bool:
    """Return whether a title stands with what it is the title of: "THE PRESIDENT", "SECRETARY ROE", "Mr. Roe"."""
    if not name.isupper() and name.startswith("The "):
        return False
    return " " in name and _TITLED.match(name.removeprefix("THE ")) is not None


@lru_cache(_RECENT)
def is_role(name: str) -> bool:
    """Return whether a label names a part in the talk or several people, not a person.

    >>> is_role("THE CHAIRMAN"), is_role("QUESTION"), is_role("Chairman Roe"), is_role("Roe and Poe")
    (True, True, False, True)
    >>> is_role("Speaker 1"), is_role("UNIDENTIFIED MALE")
    (True, True)
    """
    said = _NUMBERED.sub("", _ADDRESS.sub("", fold(name).strip(" ."), count=1))
    stranger = said.split(" ")[0] in _roles("strangers")
    return stranger or said in _roles("roles") or said in lines("roles.txt") or is_joint(name)


def is_joint(name: str) -> bool:
    """Return whether a label names several people, or a body: nobody is called so.

    >>> is_joint("Ann Roe and Bob Poe"), is_joint("ROE & POE"), is_joint("Minister for Trade and Labour")
    (True, True, False)
    """
    parts = re.split(r",? and |,? AND | & |, ", name)
    several = _JOINS.search(name) is not None or (len(parts) > 1 and all(map(_is_name, parts)))
    return several and all(_PERSON.fullmatch(part) for part in parts)


@cache
def _roles(kind: str) -> frozenset[str]:
    table = tomllib.loads(files("qa").joinpath("data", "labels.toml").read_text(encoding="utf-8"))
    return frozenset(fold(table[kind]).split())


def _stem(folded: str) -> str:
    """Return a heading without its number ("agenda item iv" as "agenda item")."""
    return re.sub(r"\s+(?:\d+|[ivxlc]+)[a-z]?$", "", folded)


def is_examining(words: str) -> bool:
    """Return whether a text opens with who examines and the letter of the first question.

    >>> is_examining("BY MR. ROE: Q. Why?"), is_examining("BY MR. ROE: No.")
    (True, False)
    """
    match = _EXAMINES.match(words)
    return match is not None and match["asks"] is not None

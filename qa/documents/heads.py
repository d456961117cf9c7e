"""What a document's head and foot say: number, dates, where it is held, translator, classification."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from qa.dates import PartialDate, find_dates
from qa.dates import parse as parse_date
from qa.documents.cables import cable_fields
from qa.spans import collapse
from qa.tables import lines

_HEAD_WORDS = (
    r"document|doc|item|letter|telegram|cable|enclosure|annex|annexure|appendix|attachment|exhibit|text|record|"
    r"dispatch|despatch|memorandum|report|statement|minute|paper|source|entry|piece|no|nr|number"
)
NUMBERED_HEAD = re.compile(
    rf"[\W_]*(?P<word>{_HEAD_WORDS})\b\.?\s*(?:no\b\.?|number|nr\b\.?|#|№)?\s*"
    r"(?P<number>\d{1,4}[a-z]?|[ivxlc]{1,7}|[a-h])[.:]?[\W_]*",
    re.I,
)
_SOURCE_LINE = re.compile(
    r"[\[(*_\s]*(?:source|archive|archival reference|location|provenance|held (?:at|in))\s*:\s*", re.I
)
_TRANSLATED = re.compile(
    r"\btranslat(?:ed|ion)\s+(?:(?:for|from)\s+[^.,;]+?\s+)?by\s+(?P<name>[^.;,\]\n]+(?:\.[^.;,\]\n]{2,})*)", re.I
)
_FIELDS = (
    r"from|to|date|sent|time|subject|re|title|author|writer|recipient|addressee|sender|place|venue|classification|reference|"
    r"ref|via|b?cc"
)
_PEOPLE = r"present|participants|attendees|interpreters?|attended by|chaired by"
_SIDE = r"(?: (?:on|from|for) (?:the |our )?[\w’' -]{2,30})?"  # "Participants on our side:"
FIELD = rf"[\s*_]*(?:(?P<field>{_FIELDS})|(?P<people>{_PEOPLE}){_SIDE})[*_]*\s*:"
_FIELD = re.compile(rf"{FIELD}\s*[*_]*\s*(?P<value>\S.*)?", re.I | re.S)
_BY = re.compile(r"\s*(?P<people>attended by|chaired by)\s+(?P<value>\S.*)", re.I | re.S)  # without a colon
_CLASSES = re.compile(
    r"\b(?:top secret|strictly confidential|most secret|secret|confidential|restricted|unclassified|"
    r"official use only|limited official use|eyes only)\b",
    re.I,
)
PRESENT = ("present", "participants", "attendees", "attended by", "chaired by")  # fields of those who were there
_ABBREVIATED = re.compile(
    r"(?P<long>[A-Z][^()\[\],;:]{5,90}?)\s*\((?:hereafter(?: cited as)?|henceforth)?"
    r"[\s“\"']*(?P<short>[A-Z][A-Za-z-]*[A-Z])[\s”\"']*\)"
)


def head_number(text: str) -> tuple[str, str] | None:
    """Return the word and the number of a numbered heading that stands alone, `None` for anything else.

    >>> head_number("Document 12"), head_number("**ENCLOSURE No. 3**"), head_number("Document 12 shows that")
    (('document', '12'), ('enclosure', '3'), None)
    """
    match = NUMBERED_HEAD.fullmatch(text)
    return (match["word"].casefold(), match["number"].upper()) if match else None


def head_field(text: str) -> tuple[str, str] | None:
    """Return the field and the value of a header line such as "To: the Minister", `None` for anything else.

    >>> head_field("TO: The Secretary"), head_field("He went to: Paris")
    (('to', 'The Secretary'), None)
    """
    match = _FIELD.fullmatch(text) or _BY.fullmatch(text)
    if match is None:
        return None
    field = match.groupdict().get("field") or match["people"]
    return (field.casefold(), collapse(match["value"] or ""))


def head_fields(head: Iterable[str]) -> dict[str, str]:
    """Return the fields of a head: of several alike the first, those of people together.

    >>> head_fields(["To: Roe", "To: Poe", "Participants on our side: Coe", "Participants from Utopia: Doe"])
    {'to': 'Roe', 'participants': 'Coe; Doe'}
    """
    lines = list(head)
    found = cable_fields(lines)
    for field, value in filter(None, map(head_field, lines)):
        if field not in found:
            found[field] = value
        elif field in PRESENT:
            found[field] += f"; {value}"
    return found


def is_source_line(text: str) -> bool:
    """Return whether the text says where a document is held or printed.

    >>> is_source_line("[Source: State Archive, fond 3]"), is_source_line("The source is good")
    (True, False)
    """
    return _SOURCE_LINE.match(text) is not None


def abbreviations(text: str) -> dict[str, str]:
    """Return the archives' and bodies' names that the text abbreviates in brackets, long form to short form.

    >>> abbreviations("Archive of the Ministry (hereafter AM), fond 1")
    {'Archive of the Ministry': 'AM'}
    """
    return {collapse(m["long"]): m["short"] for m in _ABBREVIATED.finditer(text)}


@cache
def _locator() -> re.Pattern[str]:
    """Return the pattern of an archive's name and a run of locators; the locators' names are data."""
    names = [re.escape(w).replace(r"\ ", r"\s+") for w in sorted(lines("locators.txt"), key=len, reverse=True)]
    words = "|".join(n for n in names if not n.isupper())
    codes = "|".join(n for n in names if n.isupper())
    number = r"(?=\w*\d)[^\s,;:\])]+(?:\s*(?:and|&|-|–)\s*\d+)?"
    unit = rf"(?:(?i:{words})\b\.?\s*(?i:no\.?\s*)?[#№]?\s*{number}|(?:{codes})\s*\d[^\s,;:\])]*)"
    return re.compile(rf"(?:(?P<archive>[A-Z“\"][^,;:\[\]\n]{{1,120}}?)[,:]\s*)?(?P<units>\b{unit}(?:[,;]?\s+{unit})*)")


def repository_reference(text: str, shorter: dict[str, str]) -> str:
    """Return the reference to where a document is held, "" where none is given.

    `shorter` maps long names to the abbreviations that the source introduces for them.

    >>> line = "[Source: State Archive (SA), fond 2, opis 3, list 4. Translated by A.]"
    >>> repository_reference(line, {"State Archive": "SA"})
    'SA, fond 2, opis 3, list 4'
    """
    body = collapse(_SOURCE_LINE.sub("", text, count=1))
    for long, short in shorter.items():
        body = re.sub(rf"{re.escape(long)}(?:\s*\([^()]*{re.escape(short)}[^()]*\))?", short, body)
    match = _locator().search(body)
    if match:
        return collapse(f"{match['archive']}, {match['units']}" if match["archive"] else match["units"]).rstrip(".,; ")
    if not is_source_line(text):
        return ""
    return re.split(r"(?<=[\w)\]])\.\s|;|\]$", body, maxsplit=1)[0].rstrip(".] ")


def translator(text: str) -> str:
    """Return who translated, as written, "" where it is not said.

    >>> translator("Obtained and translated for the Project by Ann B. Roe.]")
    'Ann B. Roe'
    """
    match = _TRANSLATED.search(text)
    return collapse(match["name"]).rstrip(".") if match else ""


def classification(text: str) -> str:
    """Return the classification that a header line states, as written, "" where it states none.

    >>> classification("Secret, Copy #40"), classification("the secret was out, and all knew it at once")
    ('Secret', '')
    """
    match = _CLASSES.search(text)
    return match.group() if match and len(text.split()) <= 6 else ""


def date_of_line(text: str) -> PartialDate | None:
    """Return the date of a line that holds little else (a date line), `None` for any other line.

    >>> date_of_line("Moscow, 4 May 1960").iso, date_of_line("He died on 4 May 1960 in a house by the sea")
    ('1960-05-04', None)
    """
    whole = parse_date(collapse(text).strip(" []().,"))
    if whole is not None:
        return whole
    found = find_dates(text)
    if len(found) != 1 or found[0].first != found[0].last or not found[0].first.day:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return found[0].first if len(rest.split()) <= 6 else None


def date_of_title(text: str) -> PartialDate | None:
    """Return the last whole date in a title, which is when the thing was written or said.

    >>> date_of_title("Letter from A to B on the affair of 1 May 1900, 4 June 1900").iso
    '1900-06-04'
    """
    whole = [d.first for d in find_dates(text) if d.first == d.last and d.first.day]
    return whole[-1] if whole else None

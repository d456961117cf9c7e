"""What a marked document states of itself: when it was written, where it is held, how it is classified."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.dates import PartialDate, find_dates
from qa.dates.records import partial
from qa.documents.heads import repository_reference
from qa.documents.regions import Region
from qa.sources.records import Mark, MarkKind
from qa.spans import collapse
from qa.text import sentences

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?$")
# What follows says when a document arrived or was passed on, not when it was written.
_LATER = re.compile(r"received|handed|transmitted|released|printed", re.IGNORECASE)
_CLASSIFICATION = re.compile(
    r"(?:^|(?<=[.;] ))(?P<class>(?:Top Secret|Secret|Confidential|Limited Official Use|Official Use Only|Unclassified|"
    r"Restricted|No classification marking|Eyes Only|Personal and Confidential)\b[^.]{0,80})\."
)
_SOURCE = re.compile(r"\s*Sources?:\s*", re.IGNORECASE)
SERVED = re.compile(r":\s*(?P<kind>[A-Z][^:]{2,60})$")  # after a file number: how the document was sent


def reference_of(text: str, blocks: Iterable[Mark], marks: Iterable[Mark] = ()) -> tuple[str, str]:
    """Return the repository reference and the classification that the source note states."""
    for mark in (*blocks, *marks):
        note = collapse(text[mark.start : mark.end])
        stated = mark.kind == MarkKind.SOURCE_NOTE and not note.startswith("[")
        if stated or (mark.kind == MarkKind.PARAGRAPH and _SOURCE.match(note)):
            return split_note(_SOURCE.sub("", note, count=1))
    return "", ""


def split_note(note: str) -> tuple[str, str]:
    """Return the reference and the classification of a source note.

    >>> split_note("National Archives, RG 1, Box 2. Secret; Priority. Drafted by Doe.")
    ('National Archives, RG 1, Box 2', 'Secret; Priority')
    >>> split_note("123.45/6: Telegram")
    ('123.45/6', '')
    >>> split_note("State Department, Lot File 9 D 2, Box 3. The members were: Dr. Ann Roe, of the College.")
    ('State Department, Lot File 9 D 2, Box 3', '')
    """
    classified = _CLASSIFICATION.search(note)
    if classified:
        return note[: classified.start()].strip().rstrip("."), classified["class"].strip()
    return _held(SERVED.sub("", note)).rstrip("."), ""


def _held(note: str) -> str:
    """Return a note's first sentence where that says where the thing is held; else the whole note."""
    first = sentences(note)[:1]
    start = note[: first[0][1]] if first else note
    return start if repository_reference(start, {}) else note


def iso_date(text: str) -> PartialDate | None:
    """Return the date of ISO form, `None` where it is none.

    >>> iso_date("1934-04-21T12:00:00"), iso_date("1934"), iso_date("soon")
    (PartialDate(year=1934, month=4, day=21), PartialDate(year=1934, month=0, day=0), None)
    """
    match = _ISO.match(text)
    if not match:
        return None
    return partial(*(int(part or 0) for part in match.groups()))


def stated_date(region: Region) -> PartialDate | None:
    """Return the date that the markup states: of the document, its date line, heading or signature."""
    if region.mark and (date := iso_date(region.mark.attributes.get("when", ""))):
        return date
    lines = [m for m, _ in region.blocks if m.kind in (MarkKind.DATELINE, MarkKind.HEAD, MarkKind.SIGNATURE)]
    dates = [m for m in region.marks if m.kind == MarkKind.DATE]
    for kind in (MarkKind.DATELINE, MarkKind.HEAD, MarkKind.SIGNATURE):
        for line in (m for m in lines if m.kind == kind):
            inside = (iso_date(d.attributes.get("when", "")) for d in dates if line.start <= d.start < line.end)
            if date := next(filter(None, inside), None):
                return date
    return None


def written_date(line: str) -> PartialDate | None:
    """Return the date that a line of place and date gives; of several days what they have in common.

    >>> written_date("Utopia, 4 May 1900. [Received May 6.]").iso, written_date("Utopia, May 4-5, 1900").iso
    ('1900-05-04', '1900-05')
    >>> written_date("[Undated.] [Received 6 May 1900.]") is None
    True
    """
    later = _LATER.search(line)
    dates = find_dates(line[: later.start()] if later else line)
    if not dates:
        return None
    first, last = dates[-1].first, dates[-1].last
    if first == last:
        return first
    same_month = first.year == last.year and first.month == last.month
    return PartialDate(first.year, first.month if same_month else 0) if first.year == last.year else None

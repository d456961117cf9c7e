"""What a TEI header says of its file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from xml.etree.ElementTree import Element

from qa.sources.records import Description
from qa.sources.xml import attribute, name, words


def describe(root: Element) -> Description:
    """Return the description that the first header gives."""
    header = next((e for e in root.iter() if name(e) == "teiHeader"), None)
    if header is None:
        return Description()
    title = _title(header)
    return Description(
        title=title,
        author=_first(_all(header, "titleStmt", "author")) or _first(_all(header, "sourceDesc", "author")),
        date=_date(header),
        publication=_publication(header, title),
        repository=_first(_all(header, "sourceDesc", "repository")),
        rights=_first(_all(header, "publicationStmt", "availability")),
    )


def _all(header: Element, part: str, wanted: str) -> Iterator[Element]:
    for element in header.iter():
        if name(element) == part:
            yield from (e for e in element.iter() if name(e) == wanted)


def _first(elements: Iterator[Element]) -> str:
    return next(filter(None, map(words, elements)), "")


def _title(header: Element) -> str:
    titles = [e for e in _all(header, "titleStmt", "title") if words(e)]
    whole = [e for e in titles if e.get("type") in ("complete", "main", None)]
    return words((whole or titles)[0]) if titles else ""


def _date(header: Element) -> str:
    """Return when the original was made; the date of publication is none."""
    made = [e for e in _all(header, "publicationStmt", "date") if e.get("type") == "created"]
    for element in (*made, *_all(header, "profileDesc", "date"), *_all(header, "sourceDesc", "date")):
        if iso := when(element):
            return iso
    return ""


def when(element: Element) -> str:
    """Return the date that the element's attributes state, as far as it is certain, in ISO form.

    >>> when(Element("date", {"when": "1934-04-21T12:00:00"}))
    '1934-04-21'
    >>> when(Element("date", {"from": "2010-09-29", "to": "2010-09-30"}))
    '2010-09'
    """
    exact = attribute(element, "when") or attribute(element, "when-iso")
    if exact:
        return exact.partition("T")[0]
    for low, high in (("from", "to"), ("notBefore", "notAfter"), ("doc-dateTime-min", "doc-dateTime-max")):
        ends = [attribute(element, key).partition("T")[0].split("-") for key in (low, high)]
        if all(e[0] for e in ends):
            same = takewhile(lambda pair: pair[0] == pair[1], zip(*ends, strict=False))
            return "-".join(part for part, _ in same)
    return ""


def _publication(header: Element, title: str) -> str:
    place, publisher, date = (
        _first(e for e in _all(header, "publicationStmt", key) if e.get("type") != "created")
        for key in ("pubPlace", "publisher", "date")
    )
    if not publisher:
        return title
    imprint = f"{place}: {publisher}" if place else publisher
    return f"{title} ({imprint}, {date})" if date else f"{title} ({imprint})"

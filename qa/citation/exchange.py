"""Citations that reference managers import: CSL JSON and BibTeX."""

from __future__ import annotations

import json
import re

from qa.answer.records import Answer
from qa.citation.chicago import Holding, cite, page_range, plain_title
from qa.dates import PartialDate

# Item types of the Citation Style Language, specification 1.0.2, appendix III.
CSL_TYPES = {
    "paper": "report",
    "report": "report",
    "article": "article-journal",
    "speech": "speech",
    "letter": "personal_communication",
    "telegram": "personal_communication",
    "interview": "interview",
    "agreement": "treaty",
}
_BIBTEX = {"article-journal": "article", "report": "techreport"}
_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
)


def csl_json(answer: Answer, holding: Holding) -> str:
    """Return a CSL JSON item of the quoted document, with the page and the whole citation as its note."""
    document, description = holding.document, holding.description
    item: dict[str, object] = {
        "id": _key(answer, "#"),
        "type": CSL_TYPES.get(document.kind, "document"),
        "title": plain_title(document.title or description.title),
        "author": _people(document.author),
        "translator": _people(document.translator),
        "issued": _issued(document.date),
        "genre": document.kind,
        "number": document.number,
        "container-title": plain_title(holding.parents[-1].title) if holding.parents else "",
        "collection-title": description.publication,
        "page": page_range(answer.pages).removeprefix("pp. ").removeprefix("p. "),
        "archive_location": document.repository_reference,
        "archive": "" if document.repository_reference else description.repository,
        "note": cite(answer, holding),
    }
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


def bibtex(answer: Answer, holding: Holding) -> str:
    """Return a BibTeX entry of the quoted document."""
    document, description = holding.document, holding.description
    kind = _BIBTEX.get(CSL_TYPES.get(document.kind, "document"), "misc")
    fields = {
        "author": document.author,
        "title": plain_title(document.title or description.title),
        "year": str(document.date.year) if document.date else "",
        "date": document.date.iso if document.date else "",
        "translator": document.translator,
        "pages": page_range(answer.pages).removeprefix("pp. ").removeprefix("p. ").replace("-", "--"),
        "howpublished": description.publication,
        "note": cite(answer, holding),
        "addendum": document.repository_reference,
    }
    rows = [f"  {name} = {{{value.translate(_SPECIAL)}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{_key(answer, '-')},\n" + ",\n".join(rows) + "\n}"


def _key(answer: Answer, joint: str) -> str:
    return re.sub(r"[^\w.:#-]+", joint, answer.document.id) or "document"


def _people(written: str) -> list[dict[str, str]]:
    """Return names as written: which part is the family name is not ours to guess."""
    people = (person.strip() for person in re.split(r" and |;", written))
    return [{"literal": person} for person in people if person]


def _issued(date: PartialDate | None) -> dict[str, list[list[int]]]:
    if not date:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}

"""Gold questions: records, the loader, and where each acceptable span stands in its source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from qa.documents.records import Document
from qa.errors import BadData
from qa.evaluation.locate import locate
from qa.sources.records import Source
from qa.spans import Segments


class Split(StrEnum):
    """Which part of the gold set a question belongs to: `dev` for choosing, `test` for reporting only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Acceptable:
    """A span that answers: a document's id, the exact text, and the printed pages where the gold set states them."""

    document: str
    text: str
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with all its acceptable spans, or with the reason `why` the archive does not answer it.

    `speaker` and `addressee` are given where the question turns on them.
    """

    id: str
    question: str
    kind: str
    split: Split
    answers: tuple[Acceptable, ...] = ()
    speaker: str | None = None
    addressee: str | None = None
    unanswerable: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """An acceptable span where it stands: the source's name, and its segments there.

    `speaker` says whose words these are, where that differs from span to span of a question.
    """

    document: str
    source: str
    segments: Segments
    text: str
    pages: tuple[str, ...] = ()
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions whose spans are found, and the texts (by source name) that every quote is checked against."""

    questions: tuple[GoldQuestion, ...]
    spans: Mapping[str, tuple[GoldSpan, ...]]
    texts: Mapping[str, str] = field(repr=False)
    sha256: str = ""

    def of(self, split: Split | None) -> tuple[GoldQuestion, ...]:
        """Return the questions of a split, all of them for `None`."""
        return tuple(q for q in self.questions if split is None or q.split is split)


def load_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """Return the questions of a `gold.jsonl`, one JSON object a line; blank lines are skipped."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"{path}: the gold set cannot be read ({error}); name a gold.jsonl that exists") from error
    questions = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                questions.append(parse_question(line))
            except ValueError as error:
                raise BadData(f"{path}, line {number}: {error}; mend the line") from error
    if not questions:
        raise BadData(f"{path}: the gold set holds no question; write one JSON object a line")
    return tuple(questions)


_KEYS = {"id", "question", "kind", "split", "answers", "speaker", "addressee", "unanswerable", "why"}


def parse_question(line: str) -> GoldQuestion:
    """Return the question of one line of a gold set; `ValueError` says what is wrong with it.

    >>> parse_question('{"id": "a1", "question": "Why?", "kind": "reason", "split": "dev", "unanswerable": true,'
    ...     ' "why": "nothing is said of it"}').unanswerable
    True
    """
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("a question is a JSON object")
    if unknown := sorted(set(row) - _KEYS):
        raise ValueError(f"unknown key {unknown[0]!r}")
    question = GoldQuestion(
        id=_words(row, "id"),
        question=_words(row, "question"),
        kind=_words(row, "kind"),
        split=_split(row),
        answers=tuple(_acceptable(answer) for answer in row.get("answers") or ()),
        speaker=_optional(row, "speaker"),
        addressee=_optional(row, "addressee"),
        unanswerable=_flag(row, "unanswerable"),
        why=_optional(row, "why") or "",
    )
    _consistent(question)
    return question


def _consistent(question: GoldQuestion) -> None:
    if question.unanswerable and question.answers:
        raise ValueError(f"{question.id} is unanswerable and has answers")
    if question.unanswerable and not question.why:
        raise ValueError(f"{question.id} does not say why it is unanswerable")
    if not question.unanswerable and not question.answers:
        raise ValueError(f"{question.id} is answerable and has no answers")


def _words(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key!r} must be a text that is not empty")
    return value


def _optional(row: Mapping[str, object], key: str) -> str | None:
    return None if row.get(key) in (None, "") else _words(row, key)


def _flag(row: Mapping[str, object], key: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise ValueError(f"{key!r} must be true or false")
    return value


def _split(row: Mapping[str, object]) -> Split:
    value = row.get("split")
    if value not in tuple(Split):
        raise ValueError(f"'split' must be dev or test, not {value!r}")
    return Split(str(value))


def _acceptable(answer: object) -> Acceptable:
    if not isinstance(answer, dict):
        raise ValueError("an answer is an object with 'document' and 'text'")
    pages = answer.get("pages", ())
    if not isinstance(pages, list | tuple) or not all(isinstance(page, str) for page in pages):
        raise ValueError("'pages' must be a list of texts")
    return Acceptable(_words(answer, "document"), _words(answer, "text"), tuple(pages))


def resolve(
    questions: Sequence[GoldQuestion], sources: Iterable[Source], documents: Iterable[Document]
) -> tuple[GoldSet, tuple[str, ...]]:
    """Return the gold set with every span where it stands, and one line for each that is not at exactly one place.

    A question none of whose spans is found has no entry in `spans`.
    """
    by_source = {source.id: source for source in sources}
    by_id = {document.id: document for document in documents}
    found: dict[str, tuple[GoldSpan, ...]] = {}
    problems: list[str] = []
    for question in questions:
        spans = []
        for answer in question.answers:
            source = by_source.get(_source_id(answer.document, by_source, by_id))
            places = locate(answer.text, source, by_id.get(answer.document)) if source else ()
            if source and len(places) == 1:
                spans.append(GoldSpan(answer.document, source.name, places[0], answer.text, answer.pages))
            else:
                problems.append(_misplaced(question, answer, source, len(places)))
        if spans:
            found[question.id] = tuple(spans)
    texts = {source.name: source.text for source in by_source.values()}
    return GoldSet(tuple(questions), found, texts, digest(questions)), tuple(problems)


def prepare(questions: Sequence[GoldQuestion], sources: Iterable[Source], documents: Iterable[Document]) -> GoldSet:
    """Return the gold set with every span found; `BadData` names the first that is not at exactly one place."""
    gold, problems = resolve(questions, sources, documents)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise BadData(f"gold set: {problems[0]}{more}; see qa eval --check-gold")
    return gold


def digest(questions: Sequence[GoldQuestion]) -> str:
    """Return the SHA-256 of the questions, by which two reports tell whether they were asked the same."""
    return hashlib.sha256("\n".join(map(repr, questions)).encode()).hexdigest()


def _source_id(document: str, sources: Mapping[str, Source], documents: Mapping[str, Document]) -> str:
    """Return the source of a document's id, by its record, else by the longest leading part that names a source."""
    record = documents.get(document)
    if record and record.source in sources:
        return record.source
    while document and document not in sources:
        document = document.rpartition("/")[0]
    return document


def _misplaced(question: GoldQuestion, answer: Acceptable, source: Source | None, places: int) -> str:
    head = " ".join(answer.text.split()[:6])
    if source is None:
        return f"{question.id}: document {answer.document!r} is of no source of the archive"
    found = f"at {places} places of" if places else "nowhere in"
    return f"{question.id}: '{head} ...' stands {found} {answer.document!r}"

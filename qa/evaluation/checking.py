"""Proof that a gold set is sound: every span found, every name known, nothing twice, nothing leaking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from qa.documents.records import Document
from qa.evaluation.gold import GoldQuestion, GoldSet, GoldSpan, Split, resolve
from qa.sources.records import Source
from qa.spans import overlap


def check_gold(
    gold: Sequence[GoldQuestion],
    sources: Iterable[Source],
    documents: Iterable[Document],
    known: Callable[[str], bool] | None = None,
) -> tuple[str, ...]:
    """Return one line for each fault of the gold set, none when it is sound.

    Every span stands at exactly one place of its document, every document and name is known (names by `known`, where it
    is given), no id and no question comes twice, both splits hold answerable and unanswerable questions, and no span of
    one split overlaps a span of the other: an answer seen in `dev` would be no test.
    """
    documents = tuple(documents)
    found, misplaced = resolve(gold, sources, documents)
    return (
        *misplaced,
        *_unknown_documents(gold, {document.id for document in documents}),
        *_twice("id", [(question.id, question.id) for question in gold]),
        *_twice("question", [(_folded(question.question), question.id) for question in gold]),
        *_unknown_names(gold, known),
        *_lacking(gold),
        *_repeated_spans(found),
        *_leaks(found),
    )


def _folded(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))


def _unknown_documents(gold: Sequence[GoldQuestion], known: set[str]) -> list[str]:
    if not known:
        return []
    return [
        f"{question.id}: document {answer.document!r} is not in the archive"
        for question in gold
        for answer in question.answers
        if answer.document not in known
    ]


def _twice(what: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    first: dict[str, str] = {}
    problems = []
    for key, name in rows:
        if key in first:
            problems.append(f"{name}: the same {what} as {first[key]}")
        first.setdefault(key, name)
    return problems


def _unknown_names(gold: Sequence[GoldQuestion], known: Callable[[str], bool] | None) -> list[str]:
    if known is None:
        return []
    return [
        f"{question.id}: the archive knows no {role} {name!r}"
        for question in gold
        for role, name in (("speaker", question.speaker), ("addressee", question.addressee))
        if name and not known(name)
    ]


def _lacking(gold: Sequence[GoldQuestion]) -> list[str]:
    problems = []
    for split in Split:
        for unanswerable in (False, True):
            if not any(q.split is split and q.unanswerable is unanswerable for q in gold):
                kind = "unanswerable" if unanswerable else "answerable"
                problems.append(f"the {split} split holds no {kind} question")
    return problems


def _repeated_spans(gold: GoldSet) -> list[str]:
    return [
        f"{name}: two of its spans overlap in {a.document!r}"
        for name, spans in gold.spans.items()
        for a, b in combinations(spans, 2)
        if _touch(a, b)
    ]


def _leaks(gold: GoldSet) -> list[str]:
    sides: dict[Split, list[tuple[str, GoldSpan]]] = {split: [] for split in Split}
    for question in gold.questions:
        sides[question.split] += [(question.id, span) for span in gold.spans.get(question.id, ())]
    return [
        f"{test_id}: its span in {b.document!r} overlaps one of {dev_id} in the dev split"
        for dev_id, a in sides[Split.DEV]
        for test_id, b in sides[Split.TEST]
        if _touch(a, b)
    ]


def _touch(a: GoldSpan, b: GoldSpan) -> bool:
    return a.source == b.source and overlap(a.segments, b.segments) > 0

"""Measures of answers: each question's values first, means only afterwards (`report`).

A value of `None` means that the measure says nothing of that question (there is no speaker to get right, say) and is
left out of the mean; a question that got nothing scores zero where it should have got something.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.gold import GoldQuestion, GoldSpan
from qa.evaluation.locate import covers, pages_of
from qa.evaluation.systems import Given, Outcome
from qa.spans import quote

SameName = Callable[[str, str], bool]
Values = Mapping[str, float | None]


def folded_equal(a: str, b: str) -> bool:
    """Return whether two names are equal but for case, punctuation and white space.

    >>> folded_equal("Jon  O'Neil", "jon o’neil")
    True
    """
    return re.findall(r"\w+", a.casefold()) == re.findall(r"\w+", b.casefold())


@dataclass(frozen=True, slots=True)
class Judging:
    """How answers are judged; `max_words` is the longest quotation that counts."""

    max_words: int = 120
    same_name: SameName = folded_equal


def judge(
    question: GoldQuestion,
    spans: Sequence[GoldSpan],
    outcome: Outcome,
    texts: Mapping[str, str],
    judging: Judging = Judging(),
) -> dict[str, float | None]:
    """Return every answer measure of one question.

    `hit@k` counts what is shown as an answer: silence on an answerable question is a miss. `first@k` takes what ranks
    first whether or not it was shown, so that systems which are never silent can be compared. `any length` lifts the
    limit of words. Attributions and places are judged where the first quotation is right: those of a wrong one mean
    nothing. `wrong` means that another person is named; unknown is not wrong.
    """
    first = outcome.ranked[:1]
    values: dict[str, float | None] = {"verbatim": _verbatim(outcome.ranked, texts)}
    if question.unanswerable:
        return {**values, "false answers": float(outcome.answered)}
    hits = [_hit(given, spans, texts, judging) for given in outcome.ranked[:3]]
    anywhere = [_holding(given, spans, texts) is not None for given in first]
    shown = float(outcome.answered)
    values |= {
        "hit@1": shown * any(hits[:1]),
        "hit@3": shown * any(hits),
        "first@1": float(any(hits[:1])),
        "first@3": float(any(hits)),
        "any length@1": float(any(anywhere)),
        "answered": shown,
        "F1": max((token_f1(given.quote, span.text) for given in first for span in spans), default=0.0),
    }
    if hits[:1] == [True]:
        held = _holding(first[0], spans, texts)
        values |= _attribution(question, held, first[0], judging.same_name)
        values |= _place(first[0], spans, texts)
    return values


def words(text: str) -> int:
    """Return how many words the text has, counted at white space."""
    return len(text.split())


def _hit(given: Given, spans: Sequence[GoldSpan], texts: Mapping[str, str], judging: Judging) -> bool:
    return words(given.quote) <= judging.max_words and _holding(given, spans, texts) is not None


def _holding(given: Given, spans: Iterable[GoldSpan], texts: Mapping[str, str]) -> GoldSpan | None:
    """Return the first acceptable span that the quotation's segments hold."""
    for span in spans:
        if span.source == given.source and covers(texts[span.source], given.segments, span.segments):
            return span
    return None


def _verbatim(ranked: Sequence[Given], texts: Mapping[str, str]) -> float | None:
    """Return 1 when every quotation, cut anew from its source, is what was given."""
    if not ranked:
        return None
    return float(all(is_verbatim(given, texts) for given in ranked))


def is_verbatim(given: Given, texts: Mapping[str, str]) -> bool:
    """Return whether the segments, cut anew from the source, give the quotation."""
    text = texts.get(given.source, "")
    return given.segments[-1].end <= len(text) and quote(text, given.segments) == given.quote


def _attribution(question: GoldQuestion, held: GoldSpan | None, given: Given, same: SameName) -> Values:
    values: dict[str, float | None] = {}
    speaker = (held and held.speaker) or question.speaker
    if speaker is not None:
        right = given.speaker is not None and same(given.speaker, speaker)
        values["speaker"] = float(right)
        values["wrong speaker"] = float(given.speaker is not None and not right)
    if question.addressee is not None:
        right = any(same(name, question.addressee) for name in given.addressees)
        values["addressee"] = float(right)
        values["wrong addressee"] = float(bool(given.addressees) and not right)
    return values


def _place(given: Given, spans: Sequence[GoldSpan], texts: Mapping[str, str]) -> Values:
    held = [span for span in spans if _holding(given, (span,), texts)]
    values: dict[str, float | None] = {"document": float(given.document in {span.document for span in held})}
    pages = next((span.pages for span in held if span.pages), ()) or pages_of(texts[given.source], given.segments)
    if pages:
        values["page"] = float(given.pages == pages)
    return values


_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation + "‘’“”–—…")


def normalised(text: str) -> list[str]:
    """Return the words that are compared: lower case, without punctuation and articles (SQuAD 1.1).

    >>> normalised("The Cat, an 'animal'.")
    ['cat', 'animal']
    """
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def token_f1(given: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall over words (Rajpurkar et al. 2016, SQuAD 1.1).

    The typographic quotation marks and dashes of archives count as punctuation too.

    >>> token_f1("the red cat", "a cat")
    0.6666666666666666
    """
    a, b = normalised(given), normalised(gold)
    same = sum((Counter(a) & Counter(b)).values())
    return 2 * same / (len(a) + len(b)) if same else 0.0

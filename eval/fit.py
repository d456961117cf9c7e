"""Fits the weights of ranking and confidence on the development questions and writes `qa/data/ranking.json`.

Ranking: a linear score whose softmax over a question's windows puts the most probability on windows that hold an
acceptable span (the listwise loss of Cao et al. 2007, "Learning to Rank: From Pairwise Approach to Listwise Approach",
top one). Confidence: logistic regression; besides the unanswerable questions every answerable one is asked again with
the documents that answer it hidden, which makes an unanswerable question about real people and matters.
Figures printed are cross-validated by document: no question is scored with weights fitted on questions of its document.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from qa.answer import closer, features
from qa.answer.answering import DEFAULT, Scored, apart, chosen, score_windows, signs
from qa.answer.confidence import SIGNS
from qa.answer.ranking import SCHEMA, Ranking, fitted
from qa.answer.windows import segments_of
from qa.assistant.opened import Assistant, open_index
from qa.assistant.stages import understood
from qa.evaluation.gold import GoldQuestion, GoldSet, Split, load_gold, prepare
from qa.evaluation.locate import covers
from qa.search.candidates import find_candidates

Floats = NDArray[np.float64]
HERE = Path(__file__).parent
FOLDS = 6
FIRST_PENALTY, SECOND_PENALTY, SURE_PENALTY = 0.03, 0.01, 0.01
POOL = 400  # windows a question that the first fit looks at
LOOKS = 36  # windows a question that are read again for the second fit


@dataclass(frozen=True)
class Asked:
    """A question with its windows, best first by the weights before, and which of them hold an answer."""

    id: str
    group: str
    scored: Scored
    right: NDArray[np.bool_]
    answerable: bool


def asked(assistant: Assistant, gold: GoldSet, question: GoldQuestion, hidden: frozenset[str]) -> Asked:
    """Return the question with its windows, those of hidden documents apart."""
    reader, index = assistant.reader, assistant.index
    allowed = np.array([p.document not in hidden for p in map(reader.passage, range(len(index.passages)))])
    read = understood(assistant, question.question)
    candidates = find_candidates(reader, assistant.encoder, read, allowed, DEFAULT.search)
    weights = replace(fitted(), second={})
    settings = replace(DEFAULT, closer=LOOKS, shared=LOOKS)
    scored = score_windows(reader, assistant.encoder, read, candidates, assistant.people, weights, settings)
    scored = replace(
        scored,
        windows=scored.windows[:POOL],
        scores=scored.scores[:POOL],
        rows=scored.rows[:POOL],
        looks=scored.looks[:POOL],
    )
    spans = [s for s in gold.spans.get(question.id, ())]
    right = np.zeros(len(scored.windows), np.bool_)
    for place, window in enumerate(scored.windows):
        document = reader.document_of(window.turn)
        name = assistant.source_name(document)
        cut = segments_of(reader, window)
        right[place] = any(s.source == name and covers(reader.text(document), cut, s.segments) for s in spans)
    return Asked(
        question.id,
        question.id if question.unanswerable else question.id.split("-")[0],
        scored,
        right,
        not hidden and not question.unanswerable,
    )


def listwise(data: Sequence[tuple[Floats, NDArray[np.bool_]]], penalty: float) -> Floats:
    """Return the weights that put the most probability on the right rows; questions without one teach nothing."""
    usable = [(x, y) for x, y in data if y.any()]
    width = usable[0][0].shape[1]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = penalty * float(weights @ weights), 2 * penalty * weights
        for x, y in usable:
            scores = x @ weights
            every = np.exp(scores - scores.max())
            some = every * y
            total -= float(np.log(some.sum() / every.sum())) / len(usable)
            slope = slope - (x.T @ (some / some.sum() - every / every.sum())) / len(usable)
        return total, slope

    found = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return np.asarray(found.x)


def logistic_fit(x: Floats, y: NDArray[np.bool_], weight: Floats, penalty: float) -> Floats:
    """Return the weights of a logistic regression, the last one being the bias."""
    full = np.hstack([x, np.ones((len(x), 1))])
    total = weight.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = full @ weights
        value = float((weight * (np.logaddexp(0, scores) - y * scores)).sum() / total)
        slope = full.T @ (weight * (1 / (1 + np.exp(-scores)) - y)) / total
        held = np.append(weights[:-1], 0.0)
        return value + penalty * float(held @ held), slope + 2 * penalty * held

    return np.asarray(minimize(loss, np.zeros(full.shape[1]), jac=True, method="L-BFGS-B").x)


@dataclass(frozen=True)
class Scale:
    """Columns brought to mean 0 and deviation 1 for the penalty to be fair; undone in the weights that are written."""

    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, rows: Floats) -> Scale:
        spread = rows.std(axis=0)
        return cls(rows.mean(axis=0), np.where(spread > 1e-6, spread, 1.0))

    def __call__(self, rows: Floats) -> Floats:
        return (np.asarray(rows, np.float64) - self.mean) / self.spread


def fit_ranking(questions: Sequence[Asked]) -> Ranking:
    """Return the ranking's weights (confidence apart)."""
    scale = Scale.of(np.concatenate([q.scored.rows for q in questions if len(q.right)]))
    first = listwise([(scale(q.scored.rows), q.right) for q in questions], FIRST_PENALTY) / scale.spread
    looks = Scale.of(np.concatenate([q.scored.looks[q.scored.looks.any(axis=1)] for q in questions]))

    def again(q: Asked) -> tuple[Floats, NDArray[np.bool_]]:
        few = looked_at(q.scored, q.scored.rows @ first)
        score = (q.scored.rows[few] @ first)[:, None]
        return np.hstack([score, looks(q.scored.looks[few])]), q.right[few]

    second = listwise([again(q) for q in questions if len(q.right)], SECOND_PENALTY)
    first = first * second[0]
    return Ranking(named(features.NAMES, first), named(closer.NAMES, second[1:] / looks.spread), {}, 0.5)


def looked_at(scored: Scored, first: Floats) -> NDArray[np.int64]:
    """Return the places of the windows that would be read again by these first scores, of those that were."""
    read = np.flatnonzero(scored.looks.any(axis=1))
    order = read[np.argsort(-first[read], kind="stable")]
    return apart(scored.windows, order, DEFAULT.closer, DEFAULT.shared)


def named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def ranked(question: Asked, ranking: Ranking) -> tuple[Scored, NDArray[np.bool_]]:
    """Return the question's windows in the order of a ranking."""
    scored = question.scored
    first = scored.rows @ np.array([ranking.first.get(n, 0.0) for n in features.NAMES])
    few = looked_at(scored, first)
    score = first.copy()
    score[few] += scored.looks[few] @ np.array([ranking.second.get(n, 0.0) for n in closer.NAMES])
    again = few[np.argsort(-score[few], kind="stable")]
    rest = np.argsort(-first, kind="stable")
    order = np.concatenate([again, rest[~np.isin(rest, few)]])
    windows = tuple(scored.windows[i] for i in order)
    return Scored(scored.candidates, windows, score[order], scored.rows[order], scored.looks[order]), question.right[
        order
    ]


def folds(questions: Sequence[Asked]) -> list[frozenset[str]]:
    groups = sorted({q.group for q in questions})  # unanswerable questions have no document: each is its own group
    np.random.default_rng(7).shuffle(groups)
    return [frozenset(groups[i::FOLDS]) for i in range(FOLDS)]


def sign_row(
    assistant: Assistant, texts: dict[str, str], question: Asked, ranking: Ranking
) -> tuple[list[float], bool, bool, bool]:
    """Return the signs of the first answer, and whether the first, one of three, one of ten answers are right."""
    scored, right = ranked(question, ranking)
    if not len(scored.windows):
        return [0.0] * len(SIGNS), False, False, False
    places = chosen(assistant.reader, scored, 10)
    values = signs(assistant.reader, understood(assistant, texts[question.id]), scored, places[:3], assistant.people)
    hits = [bool(right[p]) for p in places]
    return [values[s] for s in SIGNS], hits[0], any(hits[:3]), any(hits)


def balanced(could: NDArray[np.bool_], truly: NDArray[np.bool_]) -> Floats:
    """Return weights that make the answerable, the unanswerable and the hidden questions count 2 : 1 : 1."""
    halves = [(could, 1.0), (~could & truly, 0.5), (~truly, 0.5)]
    weight = np.zeros(len(could))
    for mask, share in halves:
        weight[mask] = share * could.sum() / max(mask.sum(), 1)
    return weight


def area(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the area under the ROC curve (Mann-Whitney)."""
    a, b = np.array(positive)[:, None], np.array(negative)[None, :]
    return float(((a > b) + 0.5 * (a == b)).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=HERE.parent / "indexes/archive")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    assistant = open_index(options.index)
    gold = prepare(load_gold(HERE / "gold.jsonl"), assistant.sources(), assistant.documents())
    dev = [q for q in gold.questions if q.split is Split.DEV]
    texts = {q.id: q.question for q in dev}
    real = [asked(assistant, gold, q, frozenset()) for q in dev]
    answerable = [a for a, q in zip(real, dev, strict=True) if not q.unanswerable]
    cold = [asked(assistant, gold, q, frozenset(a.document for a in q.answers)) for q in dev if not q.unanswerable]
    everything = [*real, *cold]
    print(
        f"{len(answerable)} answerable, {np.mean([a.right.any() for a in answerable]):.3f} with a right window in the pool"
    )
    rows: dict[int, tuple[list[float], bool, bool, bool]] = {}
    for held in folds(everything):
        ranking = fit_ranking([a for a in answerable if a.group not in held])
        rows |= {n: sign_row(assistant, texts, a, ranking) for n, a in enumerate(everything) if a.group in held}
    first = [rows[n] for n, a in enumerate(everything) if a.answerable]
    print("hit@1 {:.3f}  hit@3 {:.3f}  hit@10 {:.3f}".format(*(np.mean([r[k] for r in first]) for k in (1, 2, 3))))
    x = np.array([rows[n][0] for n in range(len(everything))])
    right = np.array([rows[n][1] for n in range(len(everything))])
    could = np.array([a.answerable for a in everything])
    probable = np.zeros(len(everything))
    truly = np.array([n < len(real) for n in range(len(everything))])
    weight = balanced(could, truly)
    scale = Scale.of(x)
    for held in folds(everything):
        out = np.array([a.group in held for a in everything])
        w = logistic_fit(scale(x[~out]), could[~out], weight[~out], SURE_PENALTY)
        probable[out] = np.hstack([scale(x[out]), np.ones((out.sum(), 1))]) @ w
    truly = np.array([n < len(real) for n in range(len(everything))])
    print(
        f"AUROC answerable/unanswerable {area(probable[could], probable[~could & truly]):.3f}, hidden {area(probable[could], probable[~truly]):.3f}"
    )
    print(f"AUROC of right {area(probable[right & could], probable[~could & truly]):.3f}")
    ranking = fit_ranking(answerable)
    print({n: w for n, w in sorted({**ranking.first, **ranking.second}.items(), key=lambda i: -abs(i[1]))})
    w = logistic_fit(scale(x), could, weight, SURE_PENALTY)
    plain = w[:-1] / scale.spread
    confidence = {"bias": round(float(w[-1] - (plain * scale.mean).sum()), 4), **named(SIGNS, plain)}
    chance = 1 / (1 + np.exp(-probable))
    ordered = np.sort(chance[~could & truly])[::-1]
    threshold = round(float(ordered[int(0.05 * len(ordered))]), 3)
    kept = float((chance[could] > threshold).mean())
    print(
        f"threshold {threshold}: false answers at most 5 %, answered {kept:.3f}; at 90 % answered false answers "
        f"{float((chance[~could & truly] >= np.quantile(chance[could], 0.1)).mean()):.3f}"
    )
    if options.write:
        out = {
            "schema": SCHEMA,
            "first": ranking.first,
            "second": ranking.second,
            "confidence": confidence,
            "threshold": threshold,
        }
        (HERE.parent / "qa/data/ranking.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

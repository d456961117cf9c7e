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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.judging import opened
from qa.answer import features
from qa.answer.answering import DEFAULT, Scored, chosen, score_windows, signs
from qa.answer.confidence import CERTAIN, SIGNS
from qa.answer.ranking import CHOSEN, RELATIVE, SCHEMA, Ranking, fitted, relative, weighted
from qa.answer.windows import segments_of
from qa.assistant.opened import Assistant
from qa.assistant.stages import understood
from qa.evaluation.gold import GoldQuestion, GoldSet, Split, load_gold, prepare
from qa.evaluation.locate import covers
from qa.search.candidates import find_candidates

Floats = NDArray[np.float64]
HERE = Path(__file__).parent
FOLDS = 6
PENALTY, SURE_PENALTY = 0.3, 0.01
ANSWERED = 0.93  # share of the answerable questions that the threshold lets through


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
    scored = score_windows(reader, read, candidates, assistant.people, fitted())
    spans = gold.spans.get(question.id, ())
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


AGAINST = ("speaker_differs", "wrong_way", "date_differs", "unknown_words", "unknown_names", "names_apart",
           "speaker_absent", "pair_absent", "kind_missed", "amount_missed", "period_absent", "time_missed",
           "name_missed", "matter_missed", "matter_elsewhere")  # fmt: skip
# No sign may count the other way, whatever few questions say, and what is certain is not fitted.
BOUNDS = tuple((0, 0) if name in CERTAIN else (None, 0) if name in AGAINST else (0, None) for name in SIGNS)
Bounds = Sequence[tuple[float | None, float | None]]


def logistic_fit(x: Floats, y: NDArray[np.bool_], weight: Floats, penalty: float, bounds: Bounds = BOUNDS) -> Floats:
    """Return the weights of a logistic regression within bounds, the last one being the bias."""
    full = np.hstack([x, np.ones((len(x), 1))])
    total = weight.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = full @ weights
        value = float((weight * (np.logaddexp(0, scores) - y * scores)).sum() / total)
        slope = full.T @ (weight * (1 / (1 + np.exp(-scores)) - y)) / total
        held = np.append(weights[:-1], 0.0)
        return value + penalty * float(held @ held), slope + 2 * penalty * held

    limits = [*bounds, (None, None)]
    return np.asarray(minimize(loss, np.zeros(full.shape[1]), jac=True, method="L-BFGS-B", bounds=limits).x)


@dataclass(frozen=True)
class Scale:
    """Columns brought to mean 0 and deviation 1 for the penalty to be fair; undone in the weights that are written."""

    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, rows: NDArray[np.floating]) -> Scale:
        """Return the scale of some rows."""
        spread = rows.std(axis=0)
        return cls(rows.mean(axis=0), np.where(spread > 1e-6, spread, 1.0))

    def __call__(self, rows: NDArray[np.floating]) -> Floats:
        """Return rows brought to the scale."""
        return (np.asarray(rows, np.float64) - self.mean) / self.spread


def fit_ranking(questions: Sequence[Asked]) -> Ranking:
    """Return the ranking's weights (confidence apart)."""
    spread = usual_spread(questions)
    rows = [(relative(q.scored.rows, features.NAMES, spread), q.right) for q in questions if len(q.right)]
    scale = Scale.of(np.concatenate([x for x, _ in rows]))
    free = np.array([name not in CHOSEN for name in features.NAMES])
    weights = listwise([(scale(x) * free, right) for x, right in rows], PENALTY) / scale.spread
    return Ranking({**named(features.NAMES, weights), **CHOSEN}, spread, {}, 0.5)


def usual_spread(questions: Sequence[Asked]) -> dict[str, float]:
    """Return the mean standard deviation among a question's windows of each feature that is counted relatively."""
    means = np.mean([q.scored.rows.std(axis=0) for q in questions if len(q.right)], axis=0)
    return {name: round(float(s), 4) for name, s in zip(features.NAMES, means, strict=True) if name in RELATIVE}


def named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def ranked(question: Asked, ranking: Ranking) -> tuple[Scored, NDArray[np.bool_]]:
    """Return the question's windows in the order of a ranking."""
    scored = question.scored
    scores = weighted(relative(scored.rows, features.NAMES, ranking.spread), features.NAMES, ranking.weights)
    order = np.argsort(-scores, kind="stable")
    windows = tuple(scored.windows[i] for i in order)
    return Scored(scored.candidates, windows, scores[order], scored.rows[order]), question.right[order]


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
    asked_ = understood(assistant, texts[question.id])
    values = signs(assistant.reader, assistant.judge, asked_, scored, places[:3], assistant.people)
    hits = [bool(right[p]) for p in places]
    return [values[s] for s in SIGNS], hits[0], any(hits[:3]), any(hits)


def balanced(could: NDArray[np.bool_], truly: NDArray[np.bool_]) -> Floats:
    """Return weights that make the answerable, the unanswerable and the hidden questions count 2 : 1 : 1."""
    halves = [(could, 1.0), (~could & truly, 0.5), (~truly, 0.5)]
    weight = np.zeros(len(could))
    for mask, share in halves:
        weight[mask] = share * could.sum() / max(mask.sum(), 1)
    return weight


def area(positive: Floats, negative: Floats) -> float:
    """Return the area under the ROC curve (Mann-Whitney)."""
    a, b = positive[:, None], negative[None, :]
    return float(((a > b) + 0.5 * (a == b)).mean())


@dataclass(frozen=True)
class Table:
    """A row a question: the signs of its first answer, and how well it was answered, cross-validated."""

    signs: Floats
    right: NDArray[np.bool_]
    hits: Floats  # of the answerable: first, one of three, one of ten
    could: NDArray[np.bool_]
    asked: NDArray[np.bool_]  # as in the gold set; the others had their documents hidden


def crossed(assistant: Assistant, texts: dict[str, str], questions: Sequence[Asked], real: int) -> Table:
    rows: dict[int, tuple[list[float], bool, bool, bool]] = {}
    answerable = [q for q in questions if q.answerable]
    for held in folds(questions):
        ranking = fit_ranking([q for q in answerable if q.group not in held])
        rows |= {n: sign_row(assistant, texts, q, ranking) for n, q in enumerate(questions) if q.group in held}
    could = np.array([q.answerable for q in questions])
    hits = np.array([rows[n][1:] for n, q in enumerate(questions) if q.answerable], np.float64)
    signs_ = np.array([rows[n][0] for n in range(len(questions))])
    right = np.array([rows[n][1] for n in range(len(questions))])
    return Table(signs_, right, hits, could, np.arange(len(questions)) < real)


def probabilities(table: Table, questions: Sequence[Asked], weight: Floats) -> Floats:
    """Return each question's probability of being answered, by weights fitted on the other groups."""
    scale = Scale.of(table.signs)
    scores = np.zeros(len(questions))
    for held in folds(questions):
        out = np.array([q.group in held for q in questions])
        weights = logistic_fit(scale(table.signs[~out]), table.could[~out], weight[~out], SURE_PENALTY)
        scores[out] = np.hstack([scale(table.signs[out]), np.ones((int(out.sum()), 1))]) @ weights
    scores += table.signs @ np.array([CERTAIN.get(name, 0.0) for name in SIGNS])
    return np.asarray(1 / (1 + np.exp(-scores)))


def confidence_weights(table: Table, weight: Floats) -> dict[str, float]:
    scale = Scale.of(table.signs)
    weights = logistic_fit(scale(table.signs), table.could, weight, SURE_PENALTY)
    plain = weights[:-1] / scale.spread
    return {"bias": round(float(weights[-1] - (plain * scale.mean).sum()), 4), **named(SIGNS, plain), **CERTAIN}


def tell(table: Table, chance: Floats, threshold: float) -> None:
    """Print the cross-validated figures."""
    could, un, hidden = table.could, ~table.could & table.asked, ~table.asked
    print("hit@1 {:.3f}  hit@3 {:.3f}  hit@10 {:.3f}".format(*table.hits.mean(axis=0)))
    print(f"AUROC {area(chance[could], chance[un]):.3f}, documents hidden {area(chance[could], chance[hidden]):.3f}")
    print(f"AUROC of right {area(chance[table.right & could], chance[un]):.3f}")
    false, strict = float((chance[un] >= threshold).mean()), float(np.quantile(chance[un], 0.95))
    print(f"threshold {threshold}: answered {ANSWERED:.2f} of the answerable, false answers {false:.3f}")
    kept = float((chance[could] >= strict).mean())
    print(f"for 5 % false answers: threshold {strict:.3f}, answered {kept:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=HERE.parent / "indexes/archive")
    parser.add_argument("--write", action="store_true", help="write qa/data/ranking.json")
    options = parser.parse_args()
    assistant = opened(options.index)
    gold = prepare(load_gold(HERE / "gold.jsonl"), assistant.sources(), assistant.documents())
    dev = [q for q in gold.questions if q.split is Split.DEV]
    real = [asked(assistant, gold, q, frozenset()) for q in dev]
    cold = [asked(assistant, gold, q, frozenset(a.document for a in q.answers)) for q in dev if not q.unanswerable]
    questions = [*real, *cold]
    table = crossed(assistant, {q.id: q.question for q in dev}, questions, len(real))
    weight = balanced(table.could, table.asked)
    chance = probabilities(table, questions, weight)
    threshold = round(float(np.quantile(chance[table.could], 1 - ANSWERED)), 3)
    tell(table, chance, threshold)
    ranking = fit_ranking([q for q in real if q.answerable])
    if options.write:
        weights = {
            "weights": ranking.weights,
            "spread": ranking.spread,
            "confidence": confidence_weights(table, weight),
        }
        text = json.dumps({"schema": SCHEMA, **weights, "threshold": threshold}, indent=1)
        (HERE.parent / "qa/data/ranking.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

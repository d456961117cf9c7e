import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from qa.errors import BadData
from qa.evaluation.charts import Line, bars, curves, reliability_diagram
from qa.evaluation.compare import TOLERANCES, as_lines, compare, side_by_side
from qa.evaluation.gold import Acceptable, GoldQuestion, Split, prepare
from qa.evaluation.html import as_html
from qa.evaluation.report import Figure, aligned, as_text, comparison_table, read_report, shown, to_json
from qa.evaluation.run import EvaluationSettings, evaluate, write_evaluation
from qa.evaluation.statistics import Resampling
from qa.evaluation.systems import PassageSpan, Ranked
from qa.evaluation.trec import read_qrels, read_run
from qa.sources.records import Source
from qa.spans import Span, quote

LINES = [
    "The envoy came <at noon>.",
    "The king refused him & went.",
    "The queen gave grain.",
    "The harvest failed again.",
]
TEXT = "\n\n".join(LINES) + "\n"
PLACES = [Span(TEXT.index(line), TEXT.index(line) + len(line)) for line in LINES]
FEW = Resampling(resamples=200)


def ask(
    name: str, number: int | None = None, kind: str = "words", split: Split = Split.DEV, speaker: str | None = None
) -> GoldQuestion:
    answers = () if number is None else (Acceptable("a", LINES[number]),)
    why = "" if answers else "nothing is said"
    return GoldQuestion(
        name, f"Question {name}?", kind, split, answers, speaker=speaker, unanswerable=not answers, why=why
    )


QUESTIONS = (
    ask("d1", 0),
    ask("d2", 1, speaker="The King"),
    ask("d3", 2, kind="person"),
    ask("d4"),
    ask("t1", 3, split=Split.TEST),
    ask("t2", 0, split=Split.TEST),
    ask("t3", split=Split.TEST),
)
GOLD = prepare(QUESTIONS, [Source("a", "a.txt", "", TEXT, "text")], ())


class Scripted:
    """A system whose ranking and confidence for each question are written down; silent below one half."""

    name = "scripted system"

    def __init__(self, **script: tuple[list[int], float]) -> None:
        self._script = script

    def passages(self) -> list[PassageSpan]:
        return [PassageSpan(f"p{i}", "a.txt", (place,)) for i, place in enumerate(PLACES)]

    def rank(self, question: str, k: int) -> list[Ranked]:
        order, _ = self._script[question.split()[1].rstrip("?")]
        return [Ranked(f"p{i}", "a.txt", (PLACES[i],), 1 / at) for at, i in enumerate(order[:k], start=1)]

    def answer(self, question: str) -> dict[str, object]:
        order, confidence = self._script[question.split()[1].rstrip("?")]
        given = [self._given(i) for i in order[:3]]
        answered = confidence >= 0.5 and bool(given)
        return {
            "status": "answered" if answered else "no_answer",
            "confidence": confidence,
            "answers": given if answered else [],
            "closest": [] if answered else given,
        }

    def _given(self, i: int) -> dict[str, object]:
        place = PLACES[i]
        return {
            "quote": quote(TEXT, (place,)),
            "segments": [{"source": "a.txt", "start": place.start, "end": place.end}],
            "speaker": {"name": "The King"} if i == 1 else None,
            "addressees": [],
            "document": {"id": "a"},
            "pages": [],
        }


GOOD = {
    "d1": ([0, 1], 0.9),
    "d2": ([1, 0], 0.8),
    "d3": ([3, 2], 0.7),
    "d4": ([1], 0.6),
    "t1": ([3], 0.95),
    "t2": ([], 0.0),
    "t3": ([2], 0.1),
}
SETTINGS = EvaluationSettings(resampling=FEW)


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(Scripted(**GOOD), GOLD, SETTINGS)


@pytest.fixture(scope="module")
def report(evaluation):
    return evaluation.report


@pytest.mark.parametrize(
    ("split", "name", "value", "count"),
    [
        ("dev", "hit@1", 2 / 3, 3),
        ("dev", "hit@3", 1.0, 3),
        ("dev", "answered", 1.0, 3),
        ("dev", "false answers", 1.0, 1),
        ("dev", "verbatim", 1.0, 4),
        ("dev", "speaker", 1.0, 1),
        ("dev", "document", 1.0, 2),
        ("dev", "success@1", 2 / 3, 3),
        ("dev", "MRR", (1 + 1 + 0.5) / 3, 3),
        ("dev", "AUROC", 1.0, 4),
        ("dev", "false answers at 90 %", 0.0, 4),
        ("dev", "Brier", (0.01 + 0.04 + 0.49 + 0.36) / 4, 4),
        ("dev", "risk-coverage area", (0 + 0 + 1 / 3 + 1 / 2) / 4, 4),
        ("test", "hit@1", 0.5, 2),
        ("test", "false answers", 0.0, 1),
        ("test", "recall@10", 0.5, 2),
        ("all", "hit@1", 0.6, 5),
        ("all", "AUROC", (2 * 4) / 10, 7),
    ],
)
def test_figures_by_hand(report, split, name, value, count):
    figure = report.column(split).figure(name)
    assert figure.value == pytest.approx(value, abs=1e-9)
    assert figure.count == count


def test_every_figure_lies_in_its_interval(report):
    for column in report.columns:
        for figure in (*column.figures, *column.kinds):
            assert figure.low <= figure.value <= figure.high, figure


def test_what_was_not_measured_is_not_shown(report):
    assert report.column("dev").figure("page") is None
    assert report.column("test").figure("speaker") is None
    assert report.column("nowhere") is None


def test_kinds_are_of_answerable_questions(report):
    assert [(f.name, f.value, f.count) for f in report.column("dev").kinds] == [("person", 0.0, 1), ("words", 1.0, 2)]


def test_questions_without_a_result_score_zero_and_are_listed(report):
    assert report.without_result == ("t2",)
    row = next(row for row in report.rows if row.id == "t2")
    assert row.values["MRR"] == 0.0
    assert row.values["hit@1"] == 0.0


def test_failures_tell_what_was_expected_and_given_but_not_of_test_questions(report):
    rows = {row.id: row for row in report.rows if row.failure}
    assert set(rows) == {"d3", "d4", "t2"}
    assert (rows["d3"].expected, rows["d3"].given) == ((LINES[2],), LINES[3])
    assert rows["d3"].failure == "right quotation at rank 2 or 3; first relevant passage at rank 2"
    assert (rows["t2"].question, rows["t2"].expected, rows["t2"].given) == ("", (), "")


def test_test_questions_are_shown_when_asked_for():
    shown_all = evaluate(Scripted(**GOOD), GOLD, replace(SETTINGS, show_test=True)).report
    assert next(row for row in shown_all.rows if row.id == "t2").question == "Question t2?"


@pytest.mark.parametrize(
    ("split", "columns"), [(Split.DEV, ["dev"]), (Split.TEST, ["test"]), (None, ["dev", "test", "all"])]
)
def test_a_split_is_a_column(split, columns):
    found = evaluate(Scripted(**GOOD), GOLD, replace(SETTINGS, split=split)).report
    assert [column.split for column in found.columns] == columns


def test_progress_counts_to_the_end():
    seen = []
    evaluate(Scripted(**GOOD), GOLD, SETTINGS, lambda done, total: seen.append((done, total)))
    assert seen == [(i, 7) for i in range(1, 8)]


class Empty(Scripted):
    def passages(self) -> list[PassageSpan]:
        return []


@pytest.mark.parametrize(
    ("system", "questions", "said"),
    [
        (Scripted(**GOOD), (), "holds no question"),
        (Scripted(**GOOD), (ask("d4"),), "only unanswerable"),
        (Empty(**GOOD), QUESTIONS, "the index of scripted system holds no passage"),
    ],
)
def test_an_empty_evaluation_is_an_error(system, questions, said):
    with pytest.raises(BadData, match=said):
        evaluate(system, replace(GOLD, questions=questions), SETTINGS)


def test_the_folder_holds_run_judgements_and_report(evaluation, tmp_path):
    paths = write_evaluation(evaluation, tmp_path / "out")
    assert [path.name for path in paths] == ["run.trec", "qrels.trec", "report.json", "report.html"]
    assert [(row.query_id, row.doc_id) for row in read_run(paths[0])] == [
        (r.query_id, r.doc_id) for r in evaluation.run
    ]
    assert {(row.query_id, row.doc_id) for row in read_qrels(paths[1])} == {
        ("d1", "p0"), ("d2", "p1"), ("d3", "p2"), ("t1", "p3"), ("t2", "p0"),
    }  # fmt: skip
    assert to_json(read_report(paths[2])) == paths[2].read_text()


def test_two_runs_write_the_same_bytes(tmp_path):
    first, second = (
        [path.read_bytes() for path in write_evaluation(evaluate(Scripted(**GOOD), GOLD, SETTINGS), tmp_path / name)]
        for name in "ab"
    )
    assert first == second


def test_the_json_states_its_schema(report):
    assert json.loads(to_json(report))["schema"] == "qa.report/1"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "qa.report/2"}', '{"schema": "qa.report/1"}'])
def test_a_file_that_is_no_report_is_refused(tmp_path, text):
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(BadData, match=r"report\.json: no report"):
        read_report(path)


def test_the_text_table(report):
    text = as_text(report)
    assert text.startswith("scripted system: dev 3 + 1 unanswerable; test 2 + 1 unanswerable; all 5 + 2 unanswerable\n")
    line = next(line for line in text.splitlines() if line.startswith("hit@1 "))
    assert re.findall(r"\d\.\d{3} \[", line) == ["0.667 [", "0.500 [", "0.600 ["]
    assert "without result: t2" in text
    assert "n=1" in next(line for line in text.splitlines() if line.startswith("person"))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (None, "–"),
        (Figure("x", 0.5, None, None, 1), "0.500"),
        (Figure("x", 1.0, 0.98765, 1.0, 1), "1.000 [0.988, 1.000]"),
    ],
)
def test_how_a_figure_is_shown(figure, text):
    assert shown(figure) == text


def test_columns_are_aligned_and_lines_end_without_blanks():
    assert aligned([["a", "bb"], ["ccc", "d"]]) == "a    bb\n---  --\nccc  d"


class Tags(HTMLParser):
    """Checks that tags close in order, and gathers attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str | None] = []

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.links += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_nothing_beside_it(report):
    page = as_html(report)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.links == []
    assert not re.search(r"https?://|@import|url\(|<script", page)
    assert page.count("<svg") == 3
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_the_page_shows_failures_side_by_side_and_hides_test_questions(report):
    page = as_html(report)
    assert "<blockquote>The queen gave grain.</blockquote>" in page
    assert "<blockquote>The harvest failed again.</blockquote>" in page
    assert "Failures (3 of 7)" in page
    assert "Question t2" not in page
    assert "<li>1 nothing given</li>" in page  # of the test split, counted only
    failures = page[page.index("Failures (") :]
    assert failures.index("Question d3") < failures.index("Question d4")  # the surest mistake first


def test_words_of_the_archive_are_escaped():
    script = {**GOOD, "d3": ([1], 0.9), "d2": ([0], 0.9)}
    page = as_html(evaluate(Scripted(**script), GOLD, SETTINGS).report)
    assert "refused him &amp; went." in page
    assert "came &lt;at noon&gt;." in page


def test_curves_stay_within_the_picture():
    svg = curves([Line("dev", [(i / 5000, i / 5000) for i in range(5001)], "one")], "t", "x", "y", top=0.5)
    points = svg.partition('points="')[2].partition('"')[0].split()
    assert len(points) < 500
    xs, ys = zip(*(map(float, point.split(",")) for point in points), strict=True)
    assert min(xs) == 48
    assert max(xs) == 446
    assert min(ys) == 14  # what is above the top is drawn at the top
    assert max(ys) == 256


def test_the_diagram_draws_a_bar_a_bin():
    svg = reliability_diagram([(0.0, 0.1, 3, 0.05, 0.0), (0.9, 1.0, 5, 0.95, 1.0)], "t")
    assert svg.count("<rect") == svg.count("<circle") == 2
    assert "confidence 0.95, right 1.00, 5 questions" in svg


def test_bars_have_whiskers_where_there_are_intervals():
    svg = bars([Figure("a<b", 0.5, 0.2, 0.8, 9), Figure("c", 1.0, None, None, 1)], "t")
    assert svg.count("<rect") == 2
    assert svg.count("whisker") == 1
    assert "a&lt;b" in svg


WORSE = {**GOOD, "d1": ([1, 0], 0.9), "d3": ([2], 0.7)}


def test_a_comparison_tells_question_by_question():
    found = compare(
        evaluate(Scripted(**WORSE), GOLD, SETTINGS).report, evaluate(Scripted(**GOOD), GOLD, SETTINGS).report
    )
    assert [name for name, _ in found.better] == ["d3"]
    assert found.worse == (("d1", "right quotation at rank 2 or 3; first relevant passage at rank 2"),)
    assert found.regressions == ()
    assert found.notes == ()


@pytest.mark.parametrize(
    ("changes", "regressed"),
    [
        ({}, set()),
        ({"d1": ([1], 0.9)}, {"dev hit@1", "dev hit@3", "all hit@1", "all hit@3"}),
        ({"t3": ([2], 0.9)}, {"test false answers", "all false answers"}),
        ({"t2": ([0], 0.99)}, set()),
    ],
)
def test_a_fall_beyond_its_tolerance_is_a_regression(report, changes, regressed):
    now = evaluate(Scripted(**{**GOOD, **changes}), GOLD, SETTINGS).report
    tolerances = {name: TOLERANCES[name] for name in ("hit@1", "hit@3", "false answers")}
    found = compare(now, report, tolerances)
    assert {line.partition(":")[0] for line in found.regressions} == regressed
    assert ("REGRESSION" in as_lines(found)) is bool(regressed)


@pytest.mark.parametrize(("tolerance", "regressions"), [(0.0, 1), (0.3, 1), (0.34, 0)])
def test_tolerances_are_absolute(tolerance, regressions):
    before = evaluate(Scripted(**GOOD), GOLD, replace(SETTINGS, split=Split.DEV)).report
    now = evaluate(Scripted(**{**GOOD, "d1": ([1], 0.9)}), GOLD, replace(SETTINGS, split=Split.DEV)).report
    assert len(compare(now, before, {"hit@1": tolerance}).regressions) == regressions


def test_a_measure_that_is_no_longer_measured_is_a_regression(report):
    column = report.columns[0]
    without = replace(column, figures=tuple(f for f in column.figures if f.name != "speaker"))
    now = replace(report, columns=(without, *report.columns[1:]))
    assert compare(now, report).regressions == ("dev speaker: 1.000 before, 0.000 now",)


def test_another_gold_set_is_said_to_be_another(report):
    now = replace(report, gold="other", rows=report.rows[:3])
    found = compare(now, report)
    assert found.notes == ("the gold set has changed: 3 of 3 questions were asked before",)
    assert as_lines(found).startswith("the gold set has changed")


def test_equal_reports_do_not_move(report):
    found = compare(report, report)
    assert as_lines(found) == "no measure moved\n"
    assert all(change.p in (None, 1.0) for change in found.changes)


def test_systems_side_by_side(report):
    other = replace(evaluate(Scripted(**WORSE), GOLD, SETTINGS).report, system="other")
    both = side_by_side(report, [other])
    table = comparison_table(both, ("first@1", "AUROC", "page"))
    assert [row[:2] for row in table] == [["system", "first@1"], ["scripted system", "0.600"], ["other", "0.600"]]
    assert [row[3] for row in table[1:]] == ["–", "–"]
    assert both.paired == {"other": 1.0}
    assert "Systems side by side" in as_html(both)
    assert "other" in as_text(both)
    assert json.loads(to_json(both))["others"]["other"][0]["split"] == "dev"


def test_systems_must_be_asked_the_same(report):
    with pytest.raises(ValueError, match="not asked the same"):
        side_by_side(report, [replace(report, rows=report.rows[1:])])
    with pytest.raises(ValueError, match="not asked the same"):
        side_by_side(report, [replace(report, gold="other")])

"""Scores on other people's sets, and the tables that are written of them."""

import io

import pytest

from eval import external
from eval.external import COLLECTIONS, as_markdown, asked, counted, main, sampled, shown, table, write
from eval.external_scores import against_best, figure, judged, relevant, share_within
from eval.external_sets import qmsum, selqa, squad
from qa.cli.progress import Progress
from qa.errors import NoSources
from qa.evaluation.beside import tables
from qa.evaluation.report import Table
from qa.evaluation.statistics import Interval
from tests.external_made import ARTICLES, FILES, MEETINGS, SECTIONS, ours_over, row
from tests.letterbook import Words

# Scores


def test_the_units_of_a_gold_span():
    (archive,) = selqa(SECTIONS)
    assert relevant(archive, archive.gold.spans["s1"]) == {archive.units[2].id}


def test_measures_of_retrieval_are_of_the_order_given():
    found = judged({"q": {"b", "d"}, "r": {"x"}}, {"q": ["a", "b", "c", "d"], "r": ["y", "z"]})
    assert found["q"]["MRR"] == 0.5
    assert found["q"]["MAP"] == 0.5
    assert (found["q"]["success@1"], found["q"]["success@3"], found["q"]["recall@3"]) == (0, 1, 0.5)
    assert found["r"]["MRR"] == 0


@pytest.mark.parametrize(("most", "share"), [(0, 0.0), (2, 0.0), (3, 0.5), (5, 0.5), (6, 1.0)])
def test_the_share_within_so_many_words(most, share):
    assert share_within(["a", "b", "c"], {"b", "c"}, {"a": 2, "b": 1, "c": 3}, most) == share


def test_figures_leave_out_what_was_not_measured():
    rows = [row("1", speaker=1.0), row("2", speaker=None), row("3")]
    assert figure("speaker", rows) == Interval(1.0, 1.0, 1.0, 1)
    assert figure("page", rows) is None
    assert shown("page", rows) == "–"
    assert shown("speaker", rows) == "1.000 [1.000, 1.000] (of 1)"


def test_confidence_is_judged_over_all_questions():
    rows = [row("1", confidence=0.9), row("2", confidence=0.2, unanswerable=True)]
    found = [figure(name, rows) for name in ("AUROC", "false answers at 90 %")]
    assert [one and one.value for one in found] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("MRR", (0.5, "good")), ("wrong speaker", (-0.25, "bad")), ("AUROC", None), ("page", None)],
)
def test_ours_is_set_against_the_best_of_the_others(name, expected):
    def rows(mrr, wrong):
        return [row(str(n), MRR=m, **{"wrong speaker": w}) for n, (m, w) in enumerate(zip(mrr, wrong, strict=True))]

    ours = rows([1, 1, 1, 1], [0, 0, 0, 0])
    others = {"bad": rows([0, 0, 0, 0], [1, 0, 0, 0]), "good": rows([1, 1, 0, 0], [1, 1, 0, 0])}
    found = against_best(name, ours, others)
    assert (found and found[:2]) == expected
    assert found is None or 0 < found[2] <= 1


def test_systems_that_measured_other_questions_are_no_pair():
    assert against_best("MRR", [row("1", MRR=1.0)], {"other": [row("2", MRR=0.0)]}) is None


# Tables


def test_a_table_names_the_questions_of_each_row_and_keeps_kinds_apart():
    kinds = {"plain": 2, "paraphrased": 1}
    rows = {
        name: [row(f"{kind}{n}", kind, MRR=value, MAP=value) for kind, count in kinds.items() for n in range(count)]
        for name, value in (("ours", 1.0), ("BM25", 0.5))
    }
    made = table(COLLECTIONS[3], rows, whole=9)
    assert made.rows[0] == ("system", "questions", "MRR", "MAP", "success@1")
    assert [r[:2] for r in made.rows[1:]] == [
        ("ours, plain", "2"), ("BM25, plain", "2"), ("ours − best, plain", "2"),
        ("ours, paraphrased", "1"), ("BM25, paraphrased", "1"), ("ours − best, paraphrased", "1"),
    ]  # fmt: skip
    assert made.rows[3][2].startswith("+0.500 p=")
    assert made.rows[3][2].endswith("(BM25)")
    assert "A sample of 3 of the 9 questions" in made.note
    assert "sample" not in table(COLLECTIONS[3], rows, whole=3).note


def test_questions_without_an_answer_are_counted_apart():
    assert counted([row("1"), row("2")]) == "2"
    assert counted([row("1"), row("2", unanswerable=True)]) == "1 + 1 without an answer"


def test_a_sample_is_the_same_each_time_and_keeps_every_text():
    archives = [*squad(ARTICLES), *selqa(SECTIONS)]
    asked_ids = [[q.id for a in sampled(archives, 2) for q in a.gold.questions] for _ in range(2)]
    assert asked_ids[0] == asked_ids[1]
    assert len(asked_ids[0]) == 2
    assert [a.units for a in sampled(archives, 1)] == [a.units for a in archives]
    assert [len(a.gold.questions) for a in sampled(archives, 0)] == [2, 2]


def test_tables_are_written_in_the_sets_order_old_ones_kept(tmp_path):
    data, text = tmp_path / "external.json", tmp_path / "external.md"

    def one(name, value):
        return Table(f"Other people's judgements: {name}", "N.", (("system", "questions", "MRR"), ("ours", "2", value)))

    write([one("SelQA", "0.1"), one("QMSum", "0.2")], data, text)
    write([one("SelQA", "0.3"), one("FriendsQA", "0.4")], data, text)
    found = tables(tmp_path, "")
    assert [t.rows[1][2] for t in found] == ["0.4", "0.2", "0.3"]
    assert [line for line in text.read_text().splitlines() if line.startswith("#")] == [f"### {t.title}" for t in found]
    assert text.read_text() == "\n".join(map(as_markdown, found))


# The command


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """The four archives, the fake encoder, and figures that go nowhere near the project's own."""

    monkeypatch.setattr(external, "opened", lambda archive, folder, name: ours_over(archive, folder / name))
    monkeypatch.setattr(external, "open_encoder", lambda *_: Words())
    monkeypatch.setattr(external, "JSON", tmp_path / "external.json")
    monkeypatch.setattr(external, "MARKDOWN", tmp_path / "external.md")
    for name, text in FILES.items():
        path = tmp_path / "archives" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return ["--archives", str(tmp_path / "archives"), "--keep", str(tmp_path / "kept"), "--write"]


def test_all_sets_are_asked_and_written_the_same_each_run(made_up, tmp_path, capsys):
    assert main(made_up) == 0
    first, printed = (tmp_path / "external.json").read_text(), capsys.readouterr()
    assert main(made_up) == 0
    assert (tmp_path / "external.json").read_text() == first
    assert [t.title.rpartition(": ")[2] for t in tables(tmp_path, "")] == [c.name for c in COLLECTIONS]
    assert printed.err == ""  # no progress line where nobody watches
    assert "| ours | 1 + 1 without an answer |" in printed.out


def test_a_set_that_is_not_there_is_skipped_with_a_message(made_up, tmp_path, capsys):
    (tmp_path / "archives" / "qmsum" / "ALL-val.jsonl").unlink()
    assert main([*made_up, "--only", "QMSum", "SelQA"]) == 0
    printed = capsys.readouterr()
    assert "QMSum is skipped" in printed.err
    assert "ALL-val.jsonl is not there" in printed.err
    assert printed.out.count("###") == 1


def test_what_cannot_be_indexed_leaves_ours_out(made_up, monkeypatch, tmp_path, capsys):
    def broken(archive, folder, name):
        raise NoSources("nothing could be read")

    monkeypatch.setattr(external, "opened", broken)
    assert main([*made_up, "--only", "SelQA"]) == 0
    printed = capsys.readouterr()
    assert "ours is left out: nothing could be read" in printed.err
    assert "| BM25, plain | 1 |" in printed.out
    assert "| ours" not in printed.out


def test_the_progress_line_counts_each_system_over_all_archives(monkeypatch, tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    seconds = iter(range(1000))
    stream = Terminal()
    monkeypatch.setattr(external, "Progress", lambda: Progress(stream, lambda: 10.0 * next(seconds)))
    monkeypatch.setattr(external, "opened", lambda archive, folder, name: ours_over(archive, folder / name))
    rows = asked(COLLECTIONS[1], qmsum(MEETINGS), Words(), tmp_path / "kept")
    drawn = stream.getvalue()
    assert {len(own) for own in rows.values()} == {2}
    assert "1 of 2 questions of QMSum, ours" in drawn
    assert "2 of 2 questions of QMSum, BM25 + dense (sum)" in drawn
    assert drawn.endswith("\r\x1b[2K")

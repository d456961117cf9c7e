import json
from dataclasses import replace

import pytest

from qa.errors import BadData
from qa.evaluation.beside import renew, tables
from qa.evaluation.html import as_html
from qa.evaluation.report import Column, Report, Sample, Table, read_report, to_json

GAIN = {"value": 0.5, "worth": 0.25, "low": 0.125, "high": 0.375, "p": 0.0123}
NONE = {"value": 0.75, "worth": 0.0, "low": -0.1, "high": 0.1}
WHOLE = {"first@1": 0.75, "first@3": 0.875, "AUROC": 0.75}
PART = {"first@1": GAIN, "first@3": {**NONE, "p": 1.0}, "AUROC": NONE}
ABLATION = {
    "gold": "g",
    "whole": {"dev": WHOLE, "test": WHOLE},
    "parts": [{"name": "words & dates", "dev": PART, "test": PART}],
}
PEERS = {"ours": {"first@1": 0.75, "MRR": 0.8}, "BM25": {"first@1": 0.25}}
SAMPLE = Sample("d1", "words", 0.93, "Who <came>?", "The envoy.", "The King", "Roe, Letters.", ("An envoy.",))
REPORT = Report("qa", "g", (Column("dev", 1, 0, (), ()),), ())


def lay(folder, **files):
    for name, data in files.items():
        path = folder / {"peers": "benchmarks/peers.json"}.get(name, f"{name}.json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data))
    return folder


def test_where_nothing_was_measured_there_is_no_table(tmp_path):
    assert tables(tmp_path, "g") == ()
    assert tables(tmp_path / "nowhere", "g") == ()


def test_the_ablation_is_a_table_a_split(tmp_path):
    dev, test = tables(lay(tmp_path, ablation=ABLATION), "g")
    assert (dev.title, test.title) == ("What each part is worth (dev)", "What each part is worth (test)")
    assert dev.rows == (
        ("without", "first@1", "first@3", "AUROC"),
        ("nothing: the whole", "0.750", "0.875", "0.750"),
        (
            "words & dates",
            "0.500 +0.250 ●\n[+0.125, +0.375] p=0.012",
            "0.750 +0.000\n[-0.100, +0.100] p=1.000",
            "0.750 +0.000\n[-0.100, +0.100]",
        ),
    )


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"p": 0.06}, "0.500 +0.250\n[+0.125, +0.375] p=0.060"),
        ({"worth": -0.25, "low": -0.375, "high": -0.125}, "0.500 -0.250 ●\n[-0.375, -0.125] p=0.012"),
        ({"worth": 0.0, "low": 0.0, "high": 0.0, "p": 1.0}, "0.500\nthe same"),
    ],
)
def test_how_a_difference_is_shown(tmp_path, changes, cell):
    row = {**PART, "first@1": {**GAIN, **changes}}
    part = {"name": "x", "dev": row, "test": row}
    dev, _ = tables(lay(tmp_path, ablation={**ABLATION, "parts": [part]}), "g")
    assert dev.rows[2][1] == cell


@pytest.mark.parametrize(("gold", "said"), [("g", False), ("another", True)])
def test_a_table_of_another_gold_set_says_so(tmp_path, gold, said):
    first, _ = tables(lay(tmp_path, ablation=ABLATION), gold)
    assert ("earlier gold set" in first.note) is said


def test_the_peers_are_one_table(tmp_path):
    (table,) = tables(lay(tmp_path, peers=PEERS), "g")
    assert [row[:2] for row in table.rows] == [("system", "first@1"), ("ours", "0.750"), ("BM25", "0.250")]
    assert [row[4] for row in table.rows] == ["MRR", "0.800", "–"]


def test_tables_of_other_test_sets_are_taken_as_they_are(tmp_path):
    row = {"title": "Friends", "note": "80 questions", "rows": [["system", "hit@1"], ["ours", "0.3"]]}
    found = tables(lay(tmp_path, external=[row, row], peers=PEERS), "g")
    assert found[1:] == (Table("Friends", "80 questions", (("system", "hit@1"), ("ours", "0.3"))),) * 2


@pytest.mark.parametrize(
    "files",
    [
        {"ablation": ""},
        {"ablation": []},
        {"ablation": {"gold": "g"}},
        {"ablation": {**ABLATION, "parts": [{"name": "x", "dev": {}}]}},
        {"peers": []},
        {"external": [{"title": "x"}]},
        {"external": {"title": "x"}},
        {"peers": {"ours": {"first@1": "many"}}},
    ],
)
def test_a_file_that_its_script_did_not_write_is_refused_by_name(tmp_path, files):
    (name,) = files
    with pytest.raises(BadData, match=rf"{name}\.json: not as its script writes it"):
        tables(lay(tmp_path, **files), "g")


def test_a_report_is_renewed_with_what_lies_beside_it(tmp_path):
    lay(tmp_path, report=to_json(REPORT), ablation=ABLATION)
    found = renew(tmp_path)
    assert len(found.beside) == 2
    assert read_report(tmp_path / "report.json") == found
    assert "words &amp; dates" in (tmp_path / "report.html").read_text()
    assert renew(tmp_path) == found  # and nothing is added twice


def test_tables_and_samples_come_back_from_json(tmp_path):
    beside = (Table("t", "n", (("a", "b"), ("1", "2"))),)
    report = Report("qa", "g", (), (), pleasing=(SAMPLE,), worst=(SAMPLE,), beside=beside)
    lay(tmp_path, report=to_json(report))
    assert read_report(tmp_path / "report.json") == report


def test_a_report_of_before_has_neither(tmp_path):
    data = {k: v for k, v in json.loads(to_json(REPORT)).items() if k not in ("pleasing", "worst", "beside")}
    assert read_report(lay(tmp_path, report=data) / "report.json") == REPORT


def page(**parts):
    return as_html(replace(REPORT, **parts))


def test_the_page_shows_samples_with_who_said_it_and_the_citation():
    shown = page(pleasing=(SAMPLE,))
    assert "<h2>One answer that pleases</h2>" in shown
    for text in ("Who &lt;came&gt;?", "The envoy.", "The King", "Roe, Letters.", "An envoy.", "confidence 0.93"):
        assert text in shown
    assert "worst" not in shown


def test_the_second_line_of_a_cell_is_small():
    shown = page(beside=(Table("t", "n", (("a", "b"), ("c", "0.5 ●\n[<1]"))),))
    assert "<td>0.5 ●<br><small>[&lt;1]</small></td>" in shown


def test_the_page_says_why_nothing_is_expected():
    two = (SAMPLE, replace(SAMPLE, expected=(), why="he was not there", failure="answered"))
    shown = page(worst=two)
    assert "<h2>The two worst that remain</h2>" in shown
    assert "the archive does not say: he was not there" in shown

import hashlib
import json
import re
import shutil
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dates import PartialDate
from qa.documents.records import Block, BlockKind, Document, Note, Page, Participant
from qa.errors import DamagedIndex, NoIndex, NoSources
from qa.index import KINDS, Chain, EncoderChoice, Index, IndexSettings, VectorIndex, build, encoders_folder
from qa.index import chain as chain_module
from qa.index import writing as writing_module
from qa.index.codec import from_json, to_json
from qa.index.columns import bounds
from qa.index.lines import Lines, write_lines
from qa.index.vectorising import Read, keys_of
from qa.index.vectors import write_vectors
from qa.passages import Passage, PassageSettings, encoded_text
from qa.sources.records import Description, Problem, Source
from qa.spans import Span, quote
from qa.turns.records import Attribution, Basis, Turn, TurnKind
from tests.conftest import FakeEncoder

# Records and their JSON


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Sample:
    name: str
    spans: tuple[Span, ...] = ()
    pair: tuple[int, str] = (0, "")
    colour: Colour | None = None
    nested: PartialDate | None = None
    weight: float = 0.0
    said: dict[str, int] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("record", "value"),
    [
        (Sample("a"), {"name": "a"}),
        (Sample("a", (Span(1, 4),)), {"name": "a", "spans": [[1, 4]]}),
        (Sample("a", pair=(2, "é")), {"name": "a", "pair": [2, "é"]}),
        (Sample("a", colour=Colour.RED), {"name": "a", "colour": "red"}),
        (Sample("a", nested=PartialDate(1921, 3)), {"name": "a", "nested": {"year": 1921, "month": 3}}),
        (Sample("a", weight=1.5, said={"x": 1}), {"name": "a", "weight": 1.5, "said": {"x": 1}}),
    ],
)
def test_a_record_is_an_object_of_its_fields(record, value):
    assert to_json(record) == value
    assert from_json(Sample, json.loads(json.dumps(value))) == record


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "no Sample"),
        ({}, "missing or unknown: name"),
        ({"name": "a", "size": 1}, "missing or unknown: size"),
        ({"name": 1}, "1 is no str"),
        ({"name": None}, "None is no str"),
        ({"name": "a", "spans": [[4, 1]]}, "start < end"),
        ({"name": "a", "spans": [[1]]}, "no span"),
        ({"name": "a", "spans": "x"}, "no list"),
        ({"name": "a", "pair": [1]}, "has not 2 items"),
        ({"name": "a", "pair": [True, "x"]}, "True is no int"),
        ({"name": "a", "colour": "blue"}, "blue"),
        ({"name": "a", "weight": "1"}, "no float"),
        ({"name": "a", "said": []}, "no object"),
    ],
)
def test_a_value_of_another_type_is_refused(value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        from_json(Sample, value)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", Sample])
def test_what_has_no_json_form_is_refused(value):
    with pytest.raises(TypeError, match="no JSON form"):
        to_json(value)


name = st.text(max_size=6)
some = st.integers(0, 3)
spans = st.lists(st.integers(0, 50), unique=True, max_size=6).map(
    lambda found: tuple(Span(2 * n, 2 * n + 1) for n in sorted(found))
)
date = st.none() | st.tuples(st.integers(1, 2100), st.integers(1, 12), st.integers(1, 28), some).map(
    lambda found: PartialDate(*found[: 1 + min(found[3], 2)])
)
attribution = st.builds(Attribution, name, name, st.sampled_from(Basis))


def many(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


RECORDS = st.one_of(
    st.builds(
        Document,
        *[name] * 4,
        spans,
        many(st.builds(Block, st.sampled_from(BlockKind), spans, name)),
        date=date,
        participants=many(st.builds(Participant, name, name, name)),
        notes=many(st.builds(Note, name, name, spans, st.none() | some, st.booleans())),
        pages=many(st.builds(Page, name, some, some)),
        apparatus=st.booleans(),
    ),
    st.builds(
        Turn,
        name,
        name,
        st.sampled_from(TurnKind),
        spans,
        many(spans),
        st.none() | attribution,
        many(attribution),
        date,
    ),
    st.builds(Passage, name, name, name, spans, st.tuples(some, some), name, some),
)


@given(record=RECORDS)
def test_every_record_comes_back_from_its_json(record):
    assert from_json(type(record), json.loads(json.dumps(to_json(record)))) == record


@given(records=st.lists(st.builds(Participant, name, name), max_size=5))
def test_lines_are_the_records_in_any_order(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "people.jsonl"
    write_lines(path, records)
    lines = Lines(path, Participant)
    assert list(lines) == records == lines[:]
    assert [lines[n] for n in range(-len(records), 0)] == records
    for outside in (len(records), -len(records) - 1):
        with pytest.raises(IndexError):
            lines[outside]


# Vectors


def unit_rows(count, dimension, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("vectors") / "v.faiss"
    rows = unit_rows(300, 24)
    rows[7] = rows[3]  # equals, to see which comes first
    write_vectors(path, rows)
    return rows, VectorIndex.open(path)


@pytest.mark.parametrize("allowed", [None, [5, 3, 7, 120, 299], list(range(0, 300, 2)), [3, 3, 7], []])
@pytest.mark.parametrize("k", [0, 1, 4, 500])
def test_neighbours_order_and_scores_equal_numpy(stored, allowed, k):
    rows, index = stored
    queries = np.vstack([unit_rows(4, 24, seed=1), rows[3:4]])
    permitted = np.arange(300) if allowed is None else np.unique(np.array(allowed, np.int64))
    scores, ids = index.search(queries, k, None if allowed is None else np.array(allowed, np.int64))
    exact = queries @ rows[permitted].T
    expected = np.argsort(-exact, axis=1, kind="stable")[:, :k]
    assert ids.tolist() == permitted[expected].tolist()
    assert scores == pytest.approx(np.take_along_axis(exact, expected, axis=1), abs=1e-6)


def test_rows_come_back_as_they_were_stored(stored):
    rows, index = stored
    assert np.array_equal(index.rows(np.array([9, 0, 299])), rows[[9, 0, 299]])
    assert (len(index), index.dimension) == (300, 24)


def test_no_vectors_have_no_neighbours(tmp_path):
    write_vectors(tmp_path / "none.faiss", np.zeros((0, 8), np.float32))
    index = VectorIndex.open(tmp_path / "none.faiss")
    assert len(index) == 0
    assert index.search(unit_rows(1, 8), 3)[1].shape == (1, 0)
    assert index.rows(np.array([], np.int64)).shape == (0, 8)


@pytest.mark.parametrize("kind", ["text", "other metric"])
def test_a_file_that_is_no_such_index_is_refused(tmp_path, kind):
    path = tmp_path / "x.faiss"
    if kind == "text":
        path.write_bytes(b"no index at all")
    else:
        import faiss

        faiss.write_index(faiss.IndexFlatL2(4), str(path))
    with pytest.raises(ValueError, match="is no"):
        VectorIndex.open(path)


# A chain of stages as simple as can be: a file is a document, a paragraph a turn, "Name: " its speaker.


def read(paths):
    sources, problems = [], []
    for path in paths:
        for file in sorted(path.rglob("*.txt")):
            data = file.read_bytes()
            try:
                text = data.decode()
            except UnicodeDecodeError:
                problems.append(Problem(file, "is no text"))
                continue
            below = file.relative_to(path)
            digest = hashlib.sha256(data).hexdigest()
            sources.append(Source(below.with_suffix("").as_posix(), below.as_posix(), digest, text, "text"))
    return sources, problems


def documents(source):
    if "UNREADABLE" in source.text:
        raise LookupError("no document")
    whole = (Span(0, len(source.text)),)
    note = Note(source.id, "1", (Span(0, 2),), None)
    return [Document(source.id, source.id, "T", "letter", whole, (), date=PartialDate(1921, 3), notes=(note,))]


def turns(source, papers, people):
    found = []
    for number, match in enumerate(re.finditer(r"\S(?:.|\r?\n(?!\r?\n))*", source.text), 1):
        speaker = re.match(r"(\w+ \w+): ", match.group())
        by = Attribution(speaker[1], speaker[1], Basis.LABEL) if speaker and speaker[1] in people else None
        stops = [0, *(m.end() for m in re.finditer(r"[.?]\s+", match.group())), len(match.group())]
        pieces = [(Span(match.start() + a, match.start() + b),) for a, b in pairwise(stops) if a < b]
        whole = (Span(match.start(), match.end()),)
        to = (Attribution("Peter Okafor", "Peter", Basis.HEADER),) if number == 2 else ()
        found.append(Turn(f"{source.id}#{number}", source.id, TurnKind.SPEECH, whole, tuple(pieces), by, to))
    return found


def people(papers):
    return tuple(sorted({m for source, _ in papers for m in re.findall(r"(?m)^(\w+ \w+): ", source.text)}))


CHAIN = Chain(
    read=read,
    documents=documents,
    people=people,
    turns=turns,
    people_record=lambda found: [Participant(one, "party") for one in found],
    context=lambda document, turn: f"{document.title} {document.id}",
    terms=lambda text: text.casefold().split(),
)


class Archive:
    """A folder of files, its index, and an encoder that remembers what it was asked."""

    def __init__(self, files, folder):
        self.files = files
        self.folder = folder
        self.encoder = FakeEncoder()
        self.opened = 0

    def open_encoder(self):
        self.opened += 1
        return self.encoder

    def build(self, chain=CHAIN, settings=None, model="fake", progress=lambda *_: None):
        choice = EncoderChoice(model, self.open_encoder)
        return build([self.files], self.folder, chain, choice, settings or IndexSettings(), progress)

    def snapshot(self):
        return {p.relative_to(self.folder): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


@pytest.fixture
def archive(tiny_archive, tmp_path):
    return Archive(tiny_archive, tmp_path / "indexes" / "archive")


def test_an_index_holds_what_the_stages_found(archive):
    report = archive.build()
    index = Index.open(archive.folder)
    names = ["harbour-minutes.txt", "harbour-telegram.txt", "letters/ørsted.txt"]
    assert (report.added, report.changed, report.unchanged, report.removed, report.failed) == (
        tuple(names),
        (),
        (),
        (),
        (),
    )
    assert [row.name for row in index.manifest.sources] == names
    assert [document.id for document in index.documents] == [row.id for row in index.manifest.sources]
    assert index.document_numbers["letters/ørsted"] == 2
    assert report.passages == len(index.passages) == index.manifest.passages == len(index.passage_vectors)
    assert [p.turn for p in index.passages] == [index.turns[n].id for n in index.columns.turn]
    assert index.people(tuple[Participant, ...]) == (
        Participant("Captain Lund", "party"),
        Participant("Minister Okafor", "party"),
    )
    index.check()


def test_every_source_is_kept_to_the_byte_and_every_passage_is_cut_from_it(archive):
    archive.build()
    index = Index.open(archive.folder)
    for number, row in enumerate(index.manifest.sources):
        data = (archive.files / row.name).read_bytes()
        assert index.source_text(number).encode() == data
        assert (row.sha256, row.characters) == (hashlib.sha256(data).hexdigest(), len(data.decode()))
    for number, passage in enumerate(index.passages):
        text = index.source_text(int(index.columns.source[number]))
        assert index.passage_text(number) == quote(text, passage.segments) != ""
    assert "\r\n" in index.source_text(2)


def test_the_manifest_counts_and_vouches_for_every_file(archive):
    archive.build()
    manifest = Index.open(archive.folder).manifest
    value = json.loads((archive.folder / "manifest.json").read_text(encoding="utf-8"))
    assert value["schema"] == "qa.index/2"
    assert value["model"]["weights_sha256"] == archive.encoder.weights_sha256
    assert value["settings"] == {**to_json(PassageSettings(), whole=True), "max_tokens": 32}
    row = manifest.sources[0]
    assert (row.documents, row.turns, row.notes, row.passages) == (1, 6, 1, 6)
    files = archive.folder / manifest.folder
    assert set(manifest.files) == {p.relative_to(files).as_posix() for p in files.rglob("*") if p.is_file()}
    assert manifest.settings.max_tokens == 32
    assert not [name for name in manifest.files if name.endswith((".pkl", ".pickle"))]


def test_columns_say_what_can_be_filtered_by(archive):
    archive.build()
    index = Index.open(archive.folder)
    columns = index.columns
    said = index.passages[4]
    assert quote(index.source_text(0), said.segments) == "Captain Lund: Forty tons; enough for a week."
    assert columns.people[columns.speaker[4]] == "Captain Lund"
    assert columns.speaker[0] == -1
    assert (columns.date_first[4], columns.date_last[4]) == (19210301, 19210331)
    assert KINDS[columns.kind[4]] is TurnKind.SPEECH
    starts = columns.addressee_starts
    assert [columns.people[n] for n in columns.addressee_people[starts[1] : starts[2]]] == ["Peter Okafor"]
    assert starts[0] == starts[1] == 0


def test_a_passage_owns_its_sentences_and_each_has_a_vector(archive):
    archive.build()
    index = Index.open(archive.folder)
    starts = index.columns.sentence_starts
    owners = np.load(archive.folder / index.manifest.folder / "sentence_owner.npy")
    assert np.array_equal(owners, np.repeat(np.arange(len(index.passages)), np.diff(starts)))
    assert len(index.sentence_vectors) == len(owners) == index.manifest.sentences
    number = next(n for n in range(len(index.passages)) if "northern mole" in index.passage_text(n))
    first, end = int(starts[number]), int(starts[number + 1])
    texts = [
        encoded_text(index.passages[number].context, sentence)
        for sentence in ("The harbour will be closed until May.", "Ice has taken the northern mole.")
    ]
    read = archive.encoder.encode_words(texts, [len("T harbour-telegram\n")] * 2, "passage")
    means = np.array([pieces.vectors.mean(axis=0) for pieces in read])
    expected = means / np.linalg.norm(means, axis=1, keepdims=True)
    assert np.allclose(index.sentence_vectors.rows(np.arange(first, end)), expected, atol=1e-6)


def test_vectors_and_words_find_the_passage(archive):
    archive.build()
    index = Index.open(archive.folder)
    passage = next(
        p
        for p in index.passages
        if "tugs." in quote(index.source_text(1), p.segments) and p.document == "harbour-telegram"
    )
    number = [p.id for p in index.passages].index(passage.id)
    query = archive.encoder.encode([encoded_text(passage.context, index.passage_text(number))], "query")
    scores, ids = index.passage_vectors.search(query, 3)
    assert ids[0, 0] == number
    assert scores[0, 0] == pytest.approx(1, abs=1e-6)
    assert int(index.words.scores({"coal,": 1}, {"text": 1}).argmax()) == number
    assert set(index.words.fields) == {"text", "context", "neighbours"}
    beside = index.words.scores({"coal,": 1}, {"neighbours": 1})
    assert np.flatnonzero(beside).tolist() == [number - 1]


def test_nothing_to_do_loads_no_model_and_writes_nothing(archive):
    archive.build()
    before, opened = archive.snapshot(), archive.opened
    report = archive.build()
    assert (len(report.unchanged), report.added, report.changed, report.written) == (3, (), (), False)
    assert (report.encoded, report.passages) == (0, Index.open(archive.folder).manifest.passages)
    assert archive.snapshot() == before
    assert archive.opened == opened


def test_an_update_encodes_only_what_changed(archive):
    archive.build()
    (archive.files / "harbour-minutes.txt").unlink()
    telegram = archive.files / "harbour-telegram.txt"
    telegram.write_text(telegram.read_text() + "\nThe mole is free.\n")
    (archive.files / "new.txt").write_text("Two tugs have come.\n")
    archive.encoder.encoded.clear()
    report = archive.build()
    assert (report.added, report.changed, report.removed) == (
        ("new.txt",),
        ("harbour-telegram.txt",),
        ("harbour-minutes.txt",),
    )
    assert report.unchanged == ("letters/ørsted.txt",)
    context = "T harbour-telegram\nfor coal, and for two tugs."  # borrowed, since the turn is short
    new = ["T new\nTwo tugs have come.", f"{context}\nThe mole is free."]
    assert sorted(archive.encoder.encoded) == sorted([*new, *new, "T new", context])
    assert report.encoded == 6


def test_an_updated_index_equals_one_made_at_once(archive, tmp_path):
    archive.build()
    (archive.files / "new.txt").write_text("Two tugs have come. The ice is gone.\n")
    archive.build()
    fresh = Archive(archive.files, tmp_path / "other")
    fresh.build()
    ours, theirs = (Index.open(a.folder) for a in (archive, fresh))
    assert {n: r.sha256 for n, r in ours.manifest.files.items()} == {
        n: r.sha256 for n, r in theirs.manifest.files.items()
    }


@pytest.mark.parametrize(
    ("settings", "model", "code"),
    [
        (IndexSettings(PassageSettings(target_tokens=4, tail_tokens=0)), "fake", None),
        (None, "other", None),
        (None, "fake", "newer"),
    ],
    ids=["settings", "model", "package"],
)
def test_other_rules_make_every_source_changed(archive, settings, model, code, monkeypatch):
    archive.build()
    if code:
        monkeypatch.setattr(chain_module, "code_digest", lambda: code)
    report = archive.build(settings=settings, model=model)
    assert (len(report.changed), report.unchanged, report.written) == (3, (), True)
    assert (report.encoded > 0) == (settings is not None)


def test_what_the_stages_read_besides_the_sources_counts_as_rules(archive):
    archive.build()
    assert len(archive.build(replace(CHAIN, fingerprint="more names")).changed) == 3
    assert not archive.build(replace(CHAIN, fingerprint="more names")).written


def test_another_models_vectors_are_not_used_again(archive):
    archive.build()
    archive.encoder = FakeEncoder("second")
    report = archive.build(model="second")
    assert report.encoded > 10
    index = Index.open(archive.folder)
    index.require_model("second", archive.encoder.weights_sha256)
    with pytest.raises(DamagedIndex, match="was made with second, not fake: run `qa index` again"):
        index.require_model("fake", FakeEncoder().weights_sha256)


def test_what_is_said_of_a_source_counts_as_a_change(archive):
    archive.build()

    def described(paths):
        sources, problems = read(paths)
        return [replace(sources[0], description=Description(title="Minutes")), *sources[1:]], problems

    assert archive.build(replace(CHAIN, read=described)).changed == ("harbour-minutes.txt",)


def test_bad_files_are_reported_and_the_rest_is_indexed(archive):
    (archive.files / "bad.txt").write_text("UNREADABLE")
    (archive.files / "binary.txt").write_bytes(b"\xff\xfe\x00")
    report = archive.build()
    assert len(report.added) == 3
    assert [(Path(where).name, reason) for where, reason in report.failed] == [
        ("binary.txt", "is no text"),
        ("bad.txt", "could not be understood (LookupError: no document)"),
    ]
    again = archive.build()
    assert (again.written, again.failed) == (False, report.failed)
    (archive.files / "bad.txt").write_text("Readable now.")
    assert archive.build().added == ("bad.txt",)


def test_a_source_whose_turns_fail_is_left_out(archive):
    def failing(source, papers, found):
        if source.id == "harbour-minutes":
            raise ValueError("odd")
        return turns(source, papers, found)

    report = archive.build(replace(CHAIN, turns=failing))
    assert [where for where, _ in report.failed] == ["harbour-minutes.txt"]
    assert "harbour-minutes.txt" not in report.added
    assert len(Index.open(archive.folder).documents) == 2


def test_an_archive_of_nothing_but_bad_files_is_no_archive(archive):
    for path in archive.files.rglob("*.txt"):
        path.write_text("UNREADABLE")
    with pytest.raises(NoSources, match=r"harbour-minutes\.txt could not be understood"):
        archive.build()
    assert not archive.folder.exists()


def test_progress_is_told(archive):
    told = []
    archive.build(settings=IndexSettings(chunk=8), progress=lambda *step: told.append(step))
    total = told[-1][2]
    done = [n for _, n, _ in told]
    assert done == sorted(done)
    assert done[-1] == total
    assert all(after - before <= 8 for before, after in pairwise([0, *done]))
    assert {stage for stage, _, _ in told} == {"encoding"}


# Damage


def spoil_manifest(text):
    return lambda folder, files: (folder / "manifest.json").write_text(text)


def without(**changes):
    def spoil(folder, files):
        value = json.loads((folder / "manifest.json").read_text())
        for key, item in changes.items():
            value.pop(key) if item is None else value.update({key: item})
        (folder / "manifest.json").write_text(json.dumps(value))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        (lambda folder, files: shutil.rmtree(folder), NoIndex, "There is no index in .*: run `qa index PATH"),
        (lambda folder, files: (folder / "manifest.json").unlink(), NoIndex, "There is no index"),
        (spoil_manifest("{"), DamagedIndex, "cannot be read: run `qa index` again"),
        (spoil_manifest("[]"), DamagedIndex, "is of schema None"),
        (without(schema="qa.index/0"), DamagedIndex, "is of schema qa.index/0, not qa.index/2: run"),
        (without(model=None), DamagedIndex, "missing or unknown: model"),
        (without(passages="many"), DamagedIndex, "'many' is no int"),
        (lambda folder, files: (files / "passages.faiss").unlink(), DamagedIndex, r"passages\.faiss is missing: run"),
        (lambda folder, files: (files / "turns.jsonl").write_text("x"), DamagedIndex, "has 1 bytes instead of"),
        (lambda folder, files: shutil.rmtree(files), DamagedIndex, "is missing"),
    ],
)
def test_what_is_not_an_index_is_refused_with_the_remedy(archive, spoil, error, message):
    archive.build()
    spoil(archive.folder, archive.folder / Index.open(archive.folder).manifest.folder)
    with pytest.raises(error, match=message) as caught:
        Index.open(archive.folder)
    assert "\n" not in str(caught.value)
    assert archive.build().written
    Index.open(archive.folder).check()


@pytest.mark.parametrize(
    "name", ["passages.jsonl", "sources/0.txt", "words.df.npy", "column.kind.npy", "passages.faiss"]
)
def test_a_changed_byte_is_found_by_a_check(archive, name):
    archive.build()
    index = Index.open(archive.folder)
    path = archive.folder / index.manifest.folder / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedIndex, match="is missing or altered: run `qa index` again"):
        Index.open(archive.folder).check()


def test_a_source_that_was_altered_quotes_nothing(archive):
    archive.build()
    index = Index.open(archive.folder)
    path = archive.folder / index.manifest.folder / "sources" / "0.txt"
    path.write_bytes(path.read_bytes().replace(b"Forty", b"Fifty"))
    with pytest.raises(DamagedIndex, match=r"0\.txt is altered"):
        Index.open(archive.folder).passage_text(0)


def test_a_column_that_is_no_array_is_named(archive):
    archive.build()
    index = Index.open(archive.folder)
    path = archive.folder / index.manifest.folder / "column.kind.npy"
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(DamagedIndex, match=r"The columns in .* cannot be read"):
        _ = Index.open(archive.folder).columns


@pytest.mark.parametrize("step", ["write_vectors", "write_lines", "build_words", "_write_sources", "file_row"])
def test_a_crash_while_writing_leaves_the_old_index_usable(archive, monkeypatch, step):
    archive.build()
    (archive.files / "new.txt").write_text("Two tugs have come.\n")

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writing_module, step, crash)
        with pytest.raises(KeyboardInterrupt):
            archive.build()
    index = Index.open(archive.folder)
    index.check()
    assert len(index.documents) == 3
    assert archive.build().added == ("new.txt",)
    assert [p.name for p in archive.folder.glob("files-*")] == [Index.open(archive.folder).manifest.folder]


def test_a_reader_of_the_old_index_goes_on_reading_it(archive):
    archive.build()
    old = Index.open(archive.folder)
    expected = (list(old.passages), old.passage_vectors.rows(np.arange(3)), old.source_text(0))
    (archive.files / "new.txt").write_text("Two tugs have come.\n")
    archive.build()
    assert list(old.passages) == expected[0]
    assert np.array_equal(old.passage_vectors.rows(np.arange(3)), expected[1])
    assert len(Index.open(archive.folder).documents) == 4


def test_an_index_switched_while_it_is_opened_is_opened_anew(archive, monkeypatch):
    archive.build()
    real = Index._compare_lengths
    calls: list[Path] = []

    def slow(folder, manifest):
        if not calls:
            calls.append(folder)
            (archive.files / "new.txt").write_text("Two tugs have come.\n")
            archive.build()
        real(folder, manifest)

    monkeypatch.setattr(Index, "_compare_lengths", staticmethod(slow))
    assert len(Index.open(archive.folder).documents) == 4


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, (0, 0)),
        (PartialDate(1921), (19210101, 19211231)),
        (PartialDate(1921, 3), (19210301, 19210331)),
        (PartialDate(1921, 3, 9), (19210309, 19210309)),
    ],
)
def test_bounds_of_a_date(when, expected):
    assert bounds(when) == expected


@given(texts=st.lists(st.text(max_size=3), max_size=8))
def test_keys_are_equal_for_equal_texts_only(texts):
    keys = [row.tobytes() for row in keys_of(list(map(Read, texts)))]
    assert [keys.index(key) for key in keys] == [texts.index(text) for text in texts]


def test_encoders_stand_beside_the_indexes(archive):
    archive.build()
    assert Index.open(archive.folder).encoders == encoders_folder(archive.folder) == archive.folder.parent / "encoders"

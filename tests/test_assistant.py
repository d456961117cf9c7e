"""The whole chain: files to an index, an index to answers; with the real encoder over the project's own archive."""

import dataclasses
import json
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from threading import current_thread, main_thread

import jsonschema
import pytest

import qa
from qa.answer.windows import MOST_QUOTED, MOST_SENTENCES
from qa.assistant import Assistant, open_index
from qa.assistant.building import additions, build_index, chain, digest_of, inspect, people_of
from qa.assistant.system import ArchiveSystem
from qa.cli import main
from qa.contract import answer_object, json_line
from qa.errors import BadData, DamagedIndex, ModelError, NoIndex, NoSources
from qa.question import Filters
from qa.spans import overlap, quote
from tests.letterbook import TEXTS, indexed, opened, written

CORPUS = Path(__file__).parents[1] / "corpus"
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((files("qa") / "data" / "answer.schema.json").read_text(encoding="utf-8"))
)

# With the fake encoder


def test_every_stage_is_in_the_index(letterbook):
    assert [d.id for d in letterbook.documents()] == ["letter", "minutes", "telegram"]
    assert [s.name for s in letterbook.sources()] == ["letter.txt", "minutes.txt", "telegram.txt"]
    assert [s.text for s in letterbook.sources()] == [TEXTS[s.name] for s in letterbook.sources()]
    assert {p.name for p in letterbook.people.persons} >= {"Anna Brandt", "Peter Okafor", "Erik Lund"}


@pytest.mark.parametrize(("name", "known"), [("Brandt", True), ("captain lund", True), ("Nobody", False), ("", False)])
def test_whom_the_archive_knows(letterbook, name, known):
    assert letterbook.knows(name) is known


def test_a_document_is_shown_with_its_turns(letterbook):
    shown = letterbook.show("minutes")
    assert (shown.holding.document.id, shown.source) == ("minutes", "minutes.txt")
    assert [t.speaker.name for t in shown.turns if t.speaker] == ["Peter Okafor", "Erik Lund", "Peter Okafor"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [("minute", "did you mean minutes"), ("zzz", "`qa inspect FILE` lists"), ("", "has no document ''")],
)
def test_a_document_that_is_not_there_is_named(letterbook, wrong, message):
    with pytest.raises(BadData, match=message):
        letterbook.show(wrong)


class Opening(Assistant):
    """An archive whose encoder says in which thread it was opened, and fails if it is to."""

    def __init__(self, index, encoder):
        super().__init__(index)
        self.threads = []
        self._given = encoder

    @cached_property
    def encoder(self):
        self.threads.append(current_thread())
        if self._given is None:
            raise ModelError("The model is missing")
        return self._given


@pytest.mark.parametrize("ask", [Assistant.ask, Assistant.search])
def test_the_encoder_is_opened_once_in_a_thread_that_ends(letterbook, ask):
    archive = Opening(letterbook.index, letterbook.encoder)
    assert ask(archive, "How much coal is left?")
    assert ask(archive, "Who came?")
    (thread,) = archive.threads
    assert thread is not main_thread()
    assert not thread.is_alive()


@pytest.mark.parametrize("ask", [Assistant.ask, Assistant.search])
def test_an_encoder_that_cannot_be_opened_is_named_to_who_asked(letterbook, ask, capfd):
    archive = Opening(letterbook.index, None)
    with pytest.raises(ModelError, match="The model is missing"):
        ask(archive, "How much coal is left?")
    assert archive.threads[-1] is main_thread()
    assert capfd.readouterr() == ("", "")


def test_search_ranks_passages(letterbook):
    hits = letterbook.search("How much coal is left?", 5)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits) == 5
    for hit in hits:
        assert hit.text == quote(letterbook.text(hit.source), hit.passage.segments)


def test_an_archive_is_a_system_under_test(letterbook):
    system = ArchiveSystem(letterbook, "ours")
    assert system.name == "ours"
    assert [p.id for p in system.passages()] == [p.id for p in letterbook.index.passages]
    assert [r.id for r in system.rank("coal", 3)] == [hit.passage.id for hit in letterbook.search("coal", 3)]
    SCHEMA.validate(system.answer("How much coal is left?"))


def test_the_file_of_a_source_is_known_while_it_is_there(tmp_path):
    indexed(written(tmp_path / "in"), tmp_path / "index")
    assistant = opened(tmp_path / "index")
    assert assistant.path("letter.txt") == str(tmp_path / "in" / "letter.txt")
    (tmp_path / "in" / "letter.txt").unlink()
    assert assistant.path("letter.txt") == assistant.path("nothing.txt") == ""


NAMES = '[[person]]\nname = "Anna Brandt"\nvariants = ["Anya Brand"]\n'


def test_an_edit_of_the_names_is_noticed(tmp_path):
    sources = written(tmp_path / "in")
    index = tmp_path / "index"
    assert indexed(sources, index).written
    assert not indexed(sources, index).written
    (sources / "names.toml").write_text(NAMES)
    report = indexed(sources, index)
    assert (report.written, report.encoded) == (True, 0)
    assert opened(index).knows("Anya Brand")
    (sources / "names.toml").write_text(f"# Only a remark\n{NAMES}")
    assert not indexed(sources, index).written
    (sources / "names.toml").unlink()
    assert indexed(sources, index).written


def test_the_fingerprint_is_of_what_is_said(tmp_path):
    sources = written(tmp_path / "in")
    without = chain([sources]).fingerprint
    assert without == digest_of(())
    (sources / "names.toml").write_text(NAMES)
    assert chain([sources]).fingerprint == chain([sources / "letter.txt"]).fingerprint != without
    assert [one.name for one in additions([sources, sources])] == ["Anna Brandt"]


def test_notes_of_an_editor_and_people_of_nothing():
    assert people_of([]).persons == ()


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [("", NoSources, "is a folder"), ("none.txt", NoSources, r"none\.txt"), ("empty.txt", NoSources, r"empty\.txt")],
)
def test_what_cannot_be_inspected(tmp_path, name, error, message):
    (tmp_path / "empty.txt").touch()
    with pytest.raises(error, match=message):
        inspect(tmp_path / name)


def test_no_index_names_the_command(tmp_path):
    with pytest.raises(NoIndex, match="qa index"):
        open_index(tmp_path)
    assert qa.open_index is open_index


def test_an_altered_text_is_never_quoted(tmp_path):
    indexed(written(tmp_path / "in"), tmp_path / "index")
    assistant = opened(tmp_path / "index")
    for path in (tmp_path / "index").rglob("*"):
        if path.is_file() and "Forty tons" in path.read_bytes().decode("utf-8", "replace"):
            path.write_bytes(path.read_bytes().replace(b"Forty tons", b"Sixty tons"))
    with pytest.raises((DamagedIndex, qa.errors.QuoteMismatch), match="qa index"):
        assistant.ask("How many tons of coal are left for a week?", threshold=0.0)


# With the real encoder, over the project's archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory, exports):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "encoders").symlink_to(exports)
    build_index([CORPUS], folder / "archive")
    return open_index(folder / "archive")


ANSWERED = [
    ("what did Brezhnev tell Kim Ch'ang Bong", "radchenko-cwihp-wp47/23", "Leonid Brezhnev"),
    ("What did Mao say about sending troops to Korea?", "matveev-telegram-1950-10-07", "Mao Zedong"),
    ("What is the Kremlin's first concern?", "davies-memorandum-1950-11", "John Paton Davies"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("question", "document", "speaker"), ANSWERED, ids=[row[0] for row in ANSWERED])
def test_the_archive_answers(archive, question, document, speaker):
    reply = archive.ask(question)
    assert reply.status == "answered"
    first = reply.answers[0]
    assert first.document.id == document
    assert first.turn.speaker is not None
    assert speaker.split()[-1] in first.turn.speaker.name


@pytest.mark.slow
def test_what_the_archive_cannot_know_it_does_not_answer(archive, capsys):
    assert archive.ask("Who won the 1966 World Cup?").status == "no_answer"
    with pytest.raises(SystemExit) as stop:
        main(["ask", "Who won the 1966 World Cup?", "--index", str(archive.index.folder)])
    assert stop.value.code == 3
    assert capsys.readouterr().out.startswith("The archive does not answer this.")


@pytest.mark.slow
def test_a_name_that_is_part_of_another_is_its_own(archive):
    reply = archive.ask("What was said about the treaty?", Filters(speaker="Kim Il"), k=10, threshold=0.0)
    assert {a.turn.speaker.name for a in reply.answers} <= {"Kim Il"}
    numbers = archive.index.columns.people
    assert {"Kim Il", "Kim Il Sung"} <= set(numbers)


WIDE = [
    *(row[0] for row in ANSWERED),
    "Why did North Korea seize the Pueblo?",
    "How many sailors were captured?",
    "Who translated the documents?",
    "When did the ambassador meet Kim Il Sung?",
    "Who won the 1966 World Cup?",
    "Что сказал Брежнев?",
    "the of and",
]


@pytest.mark.slow
@pytest.mark.parametrize("question", WIDE)
def test_every_reply_is_verbatim_short_and_of_the_contract(archive, question):
    replies = [archive.ask(question, k=10) for _ in range(2)]
    values = [answer_object(reply, archive.holding) for reply in replies]
    SCHEMA.validate(json.loads(json_line(values[0])))
    assert [{**v, "timings_ms": 0} for v in values[:1]] == [{**v, "timings_ms": 0} for v in values[1:]]
    for answer in (*replies[0].answers, *replies[0].closest):
        text = (CORPUS / answer.quote.source).read_bytes().decode()
        assert quote(text, answer.quote.segments) == answer.quote.text
        assert len(answer.quote.text.split()) <= 120
        sentences = [quote(text, s) for s in answer.turn.sentences]
        held = sum(overlap(s, answer.quote.segments) > 0 for s in answer.turn.sentences)
        assert held <= (MOST_QUOTED if '"' in answer.quote.text or "“" in answer.quote.text else MOST_SENTENCES)
        assert answer.quote.text in " ".join(sentences)
    turns = [(a.turn.id, a.quote.segments) for a in replies[0].answers]
    assert len(set(turns)) == len(turns)


@pytest.mark.slow
def test_a_filter_that_permits_one_document_finds_it(archive):
    for document in ("davies-memorandum-1950-11", "radchenko-cwihp-wp47/23"):
        reply = archive.ask("What did Mao say about Korea?", Filters(document=document), threshold=0.0)
        assert {a.document.id for a in reply.answers} == {document}


@pytest.mark.slow
def test_no_passage_is_longer_than_the_encoder_reads(archive):
    assert max(p.tokens for p in archive.index.passages) <= archive.encoder.max_tokens


@pytest.mark.slow
def test_building_again_does_nothing(archive):
    report = build_index([CORPUS], archive.index.folder)
    assert (report.written, report.encoded, len(report.unchanged)) == (False, 0, 3)
    assert dataclasses.asdict(report)["failed"] == ()

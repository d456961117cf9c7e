"""The objects that other programs rely on: keys, order, schemas."""

import json
import math
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.records import Reply
from qa.citation import Holding
from qa.contract import Inspected, answer_object, inspect_objects, json_line, search_object, trec_lines
from qa.documents.records import Document
from qa.errors import QuoteMismatch
from qa.spans import Span
from qa.verify import check_text, recheck
from tests.made import (
    DOCUMENT,
    FULL_SOURCE,
    HEADING,
    HOLDING,
    NOTE,
    PARENT,
    PASSAGE,
    TEXT,
    TURNS,
    a_hit,
    a_reply,
    a_silence,
    an_answer,
)


def schema(name: str) -> Any:
    value = json.loads((files("qa") / "data" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(value)
    return jsonschema.Draft202012Validator(value)


def holding(document: Document) -> Holding:
    return HOLDING


def answered(reply: Reply, id: str | int | None = None) -> Any:
    return json.loads(json_line(answer_object(reply, holding, id)))


REPLIES = {
    "answered": a_reply(),
    "two answers": a_reply(an_answer(), an_answer(rank=2, pages=())),
    "silence": a_silence(),
    "silence with nothing near": a_silence(closest=()),
    "a note": a_reply(an_answer(turn=NOTE)),
    "a heading": a_reply(an_answer(turn=HEADING, date=None)),
    "no document date": a_reply(an_answer(document=PARENT, date=None)),
    "a score that is no number": a_reply(an_answer(score=math.nan), confidence=math.inf),
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
@pytest.mark.parametrize("id", [None, 7, "q1"])
def test_an_answer_fulfils_the_schema(reply, id):
    value = answered(reply, id)
    schema("answer").validate(value)
    assert value["id"] == id


def test_keys_stand_in_the_order_of_the_contract():
    value = answered(a_reply())
    assert list(value) == [
        "schema", "id", "question", "status", "confidence", "understood", "answers", "closest", "timings_ms"
    ]  # fmt: skip
    assert list(value["understood"]) == ["speaker", "addressee", "after", "before", "kind"]
    assert list(value["answers"][0]) == [
        "rank", "score", "quote", "segments", "speaker", "addressees", "date", "pages", "document", "note", "citation"
    ]  # fmt: skip
    assert list(value["answers"][0]["document"]) == [
        "id", "number", "title", "kind", "date", "author", "repository_reference", "parent"
    ]  # fmt: skip
    assert list(value["timings_ms"]) == ["open", "encode", "search", "answer"]


def test_what_an_answer_says():
    answer = answered(a_reply())["answers"][0]
    assert answer["quote"] == "Comrade Roe said that the treaty of friendship remains in force."
    assert answer["speaker"] == {"name": "Anna Roe", "as_written": "Comrade Roe", "basis": "reported"}
    assert [person["name"] for person in answer["addressees"]] == ["Li Wei"]
    assert answer["date"] == "1968-04-09"
    assert answer["document"]["parent"] == "letters"
    assert answer["note"] is None


def test_a_quote_in_a_note_has_its_marker_and_no_date_of_the_document():
    answer = answered(a_reply(an_answer(turn=NOTE, date=None)))["answers"][0]
    assert answer["note"] == {"marker": "12"}
    assert answer["date"] is None


def test_silence_has_closest_and_no_answers():
    value = answered(a_silence())
    assert (value["status"], value["answers"], len(value["closest"])) == ("no_answer", [], 1)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ({"status": "maybe"}, "status"),
        ({"confidence": 1.5}, "confidence"),
        ({"answers": []}, "an answered reply without answers"),
        ({"schema": "qa.answer/2"}, "another schema"),
        ({"extra": 1}, "a key that is not in the contract"),
    ],
)
def test_the_schema_refuses(damage, what):
    with pytest.raises(jsonschema.ValidationError):
        schema("answer").validate({**answered(a_reply()), **damage})


@given(st.text(), st.booleans())
def test_a_line_of_json_is_one_line_that_no_terminal_obeys(text, ascii_only):
    line = json_line({"text": text}, ascii_only)
    assert json.loads(line) == {"text": text}
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in line)
    assert line.splitlines() == [line]
    assert line.encode("ascii" if ascii_only else "utf-8")


def inspected() -> Inspected:
    return Inspected(FULL_SOURCE, (DOCUMENT,), TURNS, (PASSAGE,))


def test_inspection_fulfils_the_schema_record_by_record():
    records = [json.loads(json_line(value)) for value in inspect_objects(inspected())]
    for record in records:
        schema("inspect").validate(record)
    assert [record["record"] for record in records] == ["source", "document", "turn", "turn", "note", "passage"]


def test_every_text_of_an_inspection_is_cut_from_the_source():
    for record in map(json.loads, map(json_line, inspect_objects(inspected()))):
        if "text" in record:
            pieces = [TEXT[s["start"] : s["end"]] for s in record["segments"]]
            assert record["text"] == " ".join(" ".join(pieces).split())


def test_ranked_passages():
    value = json.loads(json_line(search_object("What?", [a_hit()])))
    assert value["schema"] == "qa.search/1"
    assert value["hits"][0]["passage"] == "letters/4#2.1"
    assert value["hits"][0]["document"]["id"] == "letters/4"


def test_a_trec_run_has_six_columns():
    hit = a_hit(score=0.25)
    assert list(trec_lines("q 1", [hit])) == ["q_1 Q0 letters/4#2.1 1 0.25 qa"]


def test_a_true_reply_passes():
    reply = a_reply(an_answer(), an_answer(rank=2))
    assert recheck(reply, lambda source: TEXT) is reply


WRONG = {
    "another text": (an_answer(), TEXT.replace("treaty", "treason")),
    "a text that is too short": (an_answer(), TEXT[:40]),
    "an empty quote": (an_answer(quote=an_answer().quote.__class__("letters.txt", (), "")), TEXT),
    "segments out of order": (
        an_answer(quote=an_answer().quote.__class__("letters.txt", (Span(9, 12), Span(0, 3)), "x")),
        TEXT,
    ),
    "a word changed": (
        an_answer(quote=an_answer().quote.__class__("letters.txt", (Span(0, 6),), "Records")),
        TEXT,
    ),
}


@pytest.mark.parametrize(("answer", "text"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("silent", [False, True])
def test_nothing_passes_with_a_quote_that_differs(answer, text, silent):
    reply = a_silence(closest=(answer,)) if silent else a_reply(answer)
    with pytest.raises(QuoteMismatch, match=r"letters\.txt.*qa index"):
        recheck(reply, lambda source: text)


@given(st.integers(0, len(TEXT) - 1))
def test_one_changed_letter_of_the_source_is_noticed(at):
    segment = an_answer().quote.segments[0]
    if segment.start <= at < segment.end and not TEXT[at].isspace():
        with pytest.raises(QuoteMismatch):
            recheck(a_reply(), lambda source: TEXT[:at] + "#" + TEXT[at + 1 :])


def test_a_stored_text_has_its_digest():
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of "abc" (FIPS 180-2, appendix B.1)
    check_text("a.txt", "abc", digest)
    with pytest.raises(QuoteMismatch, match=r"a\.txt"):
        check_text("a.txt", "abd", digest)

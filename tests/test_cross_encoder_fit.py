"""What the cross-encoder is fitted on: the sentence that answers, and several that do not."""

import json
import random

import pytest

from qa.embedding.cross import CrossEncoder
from qa.embedding.graph import graph_tokenizer
from qa.embedding.models import default_folder
from tests.conftest import FakeEncoder

pytest.importorskip("torch")

CONTEXT = "The mole was built in 1871. It cost a fortune. Two brothers drew the plans. Nobody paid them."
OTHER = "The reef took four ships. A lamp stood on it later."


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    from eval.cross_encoder import read

    asked = [
        {
            "question": "Who drew the plans? ",
            "answers": [{"text": "Two brothers", "answer_start": CONTEXT.index("Two")}],
        },
        {"question": "What of all?", "answers": [{"text": "1871. It cost", "answer_start": CONTEXT.index("1871")}]},
    ]
    ships = [{"question": "How many ships?", "answers": [{"text": "four", "answer_start": OTHER.index("four")}]}]
    paragraphs = [{"context": CONTEXT, "qas": asked}, {"context": OTHER, "qas": ships}]
    path = tmp_path_factory.mktemp("squad") / "train.json"
    path.write_text(json.dumps({"data": [{"title": "The_mole", "paragraphs": paragraphs}]}), encoding="utf-8")
    return read(path, FakeEncoder())


def test_an_answer_within_one_sentence_is_learnt_from(data):
    found, examples = data
    assert [(e.question, found[e.answer].text) for e in examples] == [
        ("Who drew the plans?", "Two brothers drew the plans."),
        ("How many ships?", "The reef took four ships."),
    ]
    assert {s.title for s in found} == {"The mole"}
    assert (found[1].before, found[1].follower) == (found[0].text, found[2].text)
    assert (found[4].before, found[3].follower) == ("", "")


def test_the_sentences_beside_an_answer_do_not_hold_it(data):
    found, examples = data
    for example in examples:
        assert example.answer not in {*example.near, *example.beside}
        assert {found[n].paragraph for n in example.beside} == {found[example.answer].paragraph}


def test_a_group_is_of_one_size_and_never_holds_the_answer_where_none_is_right(data):
    from eval.cross_encoder import OTHERS, group

    found, examples = data
    tokenizer = graph_tokenizer(default_folder() / "tokenizer.json")
    reader, chance, seen = CrossEncoder(tokenizer, None), random.Random(1), set()
    for _ in range(60):
        rows, right = group(examples[0], found, reader, chance)
        texts = [tokenizer.decode([p for p, kind in zip(*row, strict=True) if kind]) for row in rows]
        holds = ["two brothers drew" in text for text in texts]
        seen.add(right)
        assert len(rows) == OTHERS + 1
        assert holds == [right == 0, *[False] * OTHERS]
    assert seen == {0, OTHERS + 1}

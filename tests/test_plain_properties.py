import re
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qa.documents import Document
from qa.documents.finding import find_documents
from qa.names import People
from qa.sources import Source
from qa.spans import Span, ordered
from qa.turns import Turn
from qa.turns.finding import find_turns, sightings

LINES = [
    "Document 1",
    "Document 2",
    "No. 12",
    "Letter from Ann Roe to Bob Poe",
    "[Source: State Archive, fond 1, list 2]",
    "4 May 1900",
    "FROM: Ann Roe",
    "TO: Bob Poe",
    "[Page 12]",
    "12",
    "MR. POE: I think so, and I said so before.",
    "Q. When was that?",
    "A. In May.",
    "Mr. Roe said that the harbour was full.¹",
    "¹ See the report.",
    "He added that no ship had left it and that the",
    "captains were told to wait.[^1]",
    "[^1]: Harbour book.",
    "“We will not,” I replied, “do that.",
    "* * *",
    "- one item",
    "1. The first point is made.",
    "\f",
    "",
    "\tAnn Roe",
]
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(LINES), max_size=25).map("\n".join),
    st.lists(st.sampled_from(LINES), max_size=12).map("\n\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=15).map("\n\n".join),
)


def read(text: str) -> tuple[tuple[Document, ...], dict[str, tuple[Turn, ...]]]:
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return documents, {d.id: find_turns(d, text, people) for d in documents}


def covered(turns: dict[str, tuple[Turn, ...]]) -> list[Span]:
    return [s for ts in turns.values() for t in ts for sentence in t.sentences for s in sentence]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_sentences_stand_once_in_order_within_their_documents(text):
    documents, turns = read(text)
    assert len({d.id for d in documents}) == len(documents)
    for document in documents:
        assert ordered(document.segments)
        for block in document.blocks:
            assert ordered(block.segments)
            assert all(
                document.segments[0].start <= s.start < s.end <= document.segments[-1].end for s in block.segments
            )
        own = turns[document.id]
        assert len({t.id for t in own}) == len(own)
        assert all(ordered(t.segments) for t in own)
        assert all(t.document == document.id for t in own)
    spans = sorted(covered(turns))
    assert ordered(spans)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_every_block_and_note_stands_in_the_turns(text):
    documents, turns = read(text)
    seen: set[int] = set()
    for span in covered(turns):
        seen.update(range(span.start, span.end))
    for document in documents:
        held = [s for b in document.blocks for s in b.segments] + [s for n in document.notes for s in n.segments]
        for span in held:
            assert all(i in seen or text[i].isspace() for i in range(span.start, span.end))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([x for x in LINES if x.strip()]), min_size=1, max_size=20).map("\n\n".join))
@example(  # a note whose mark stands in the front matter
    "Document 1\n\nDocument 1\n\nDocument 1\n\nMr. Roe said that the harbour was full.¹\n\n"
    "Letter from Ann Roe to Bob Poe\n\n¹ See the report.\n\n"
    "Mr. Roe said that the harbour was full.¹\n\nMr. Roe said that the harbour was full.¹"
)
def test_words_are_lost_only_as_marks_and_furniture(text):
    _, turns = read(text)
    seen: set[int] = set()
    for span in covered(turns):
        seen.update(range(span.start, span.end))
    lost = "".join(c if i not in seen else " " for i, c in enumerate(text)).split()
    lines = [line for line in text.splitlines() if line[-1:].isalnum() or line.endswith("]")]
    often = Counter(re.sub(r"\d+", "0", line) for line in lines)  # a running head, page numbers apart
    heads = [line for line in lines if often[re.sub(r"\d+", "0", line)] > 2]
    known = {"", "Page", "12", "1"} | {word.strip("[]^:¹*.") for line in heads for word in line.split()}
    assert all(word.strip("[]^:¹*.") in known for word in lost), lost


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "\x00\x01\x02",
        "\f\f",
        "[Page 1]",
        "¹",
        "*",
        "Q.",
        "Document 1",
        "a",
        "“",
        "From:",
        "[^1]: x",
        "\ufeff",
    ],
)
def test_odd_texts_raise_nothing(text):
    read(text)


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "Mr. Roe said that. ",
        "Kim Il Sung ",
        "( ",
        "“",
        "A.",
        "*",
        "- ",
        "\n\n4 May 1900\n\nIt rained all day.\n\n",
    ],
)
def test_time_grows_with_the_text(unit):
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.perf_counter()
        read(text)
        return time.perf_counter() - start

    seconds(2_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large < 12 * small + 1.0

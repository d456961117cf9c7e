import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.passages import PassageSettings, cut, encoded_text
from qa.spans import Span, ordered, quote
from qa.turns.records import Turn, TurnKind

CORPUS = Path(__file__).parent.parent / "corpus"


def words(texts):
    """Count as an encoder with two special pieces does that has a piece for each word."""
    return [len(text.split()) + 2 for text in texts]


def letters(texts):
    """Count as an encoder does that reads byte by byte."""
    return [len(text.encode()) + 2 for text in texts]


def clustered(texts):
    """Count as an encoder whose pieces depend on what stands beside them."""
    return [3 * len(text.split()) ** 2 + 2 for text in texts]


def turn(text, start=0, number=1, kind=TurnKind.SPEECH, document="d"):
    """Return a turn whose sentences end with a full stop."""
    spans = [Span(start + m.start(), start + m.end()) for m in re.finditer(r"\S[^.]*\.?", text)]
    return Turn(f"{document}#{number}", document, kind, tuple(spans), tuple((span,) for span in spans))


def turns_of(*texts, kinds=None):
    source, turns = "", []
    for number, text in enumerate(texts, 1):
        kind = kinds[number - 1] if kinds else TurnKind.SPEECH
        turns.append(turn(text, len(source), number, kind))
        source += text + "\n\n"
    return source, turns


def shown(source, passages):
    return [quote(source, passage.segments) for passage in passages]


def test_sentences_are_joined_up_to_the_target():
    source, turns = turns_of("One two. Three four. Five six. Seven eight nine ten.")
    passages = cut(source, turns, lambda _: "", words, PassageSettings(target_tokens=6, tail_tokens=0, short_words=0))
    assert shown(source, passages) == ["One two. Three four. Five six.", "Seven eight nine ten."]
    assert [p.sentences for p in passages] == [(0, 3), (3, 4)]
    assert [p.id for p in passages] == ["d#1.1", "d#1.2"]
    assert [p.tokens for p in passages] == [8, 6]


def test_a_short_rest_joins_the_passage_before():
    source, turns = turns_of("One two three. Four five six. Seven.")
    passages = cut(source, turns, lambda _: "", words, PassageSettings(target_tokens=6, tail_tokens=2, short_words=0))
    assert [p.sentences for p in passages] == [(0, 3)]


def test_a_passage_never_crosses_a_turn():
    source, turns = turns_of("One.", "Two.")
    passages = cut(source, turns, lambda _: "", words, PassageSettings(short_words=0))
    assert [(p.turn, quote(source, p.segments)) for p in passages] == [("d#1", "One."), ("d#2", "Two.")]


def test_the_context_is_counted_and_kept():
    source, turns = turns_of("One two.")
    (passage,) = cut(source, turns, lambda t: f"About {t.id}", words, PassageSettings(short_words=0))
    assert passage.context == "About d#1"
    assert passage.tokens == 2 + 2 + 2


def test_a_long_context_is_shortened_at_words():
    source, turns = turns_of("One two.")
    settings = PassageSettings(context_tokens=5, short_words=0)
    (passage,) = cut(source, turns, lambda _: "a bc def ghij klmno", words, settings)
    assert passage.context == "a bc def"


@pytest.mark.parametrize(
    ("texts", "kinds", "context"),
    [
        (("What is left. Say how much coal there is.", "A week."), "ss", "T\nSay how much coal there is."),
        (("How much coal is left here?", "There is enough for a whole week now."), "ss", "T"),
        (("How much coal is left here?", "A week."), "sn", "T"),
        (("How much coal is left?", "See page 9.", "A week."), "sns", "T\nHow much coal is left?"),
        (("A week.",), "s", "T"),
    ],
    ids=["short", "long enough", "a note is no neighbour", "over a note", "nothing before"],
)
def test_a_short_turn_borrows_the_sentence_before_for_its_context(texts, kinds, context):
    source, turns = turns_of(*texts, kinds=[TurnKind.SPEECH if k == "s" else TurnKind.NOTE for k in kinds])
    last = cut(source, turns, lambda _: "T", words, PassageSettings())[-1]
    assert last.context == context
    assert quote(source, last.segments) == texts[-1]


def test_a_borrowed_sentence_that_is_long_loses_its_beginning():
    source, turns = turns_of("a b c d e f g h.", "No.")
    last = cut(source, turns, lambda _: "", words, PassageSettings(context_tokens=5))[-1]
    assert last.context == "f g h."


def test_another_document_lends_nothing():
    source = "One two three.\n\nNo."
    turns = [turn("One two three.", 0, 1, document="d"), turn("No.", 16, 1, document="e")]
    assert cut(source, turns, lambda _: "", words, PassageSettings())[-1].context == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c d, e f g h i", ["a b c d,", "e f g h i"]),
        ("a b c d e f g h i", ["a b c d e f", "g h i"]),
        ("a, b c d e f g h i", ["a, b c d e f", "g h i"]),
        ("a b c; d, e f g", ["a b c; d,", "e f g"]),
    ],
    ids=["at a clause", "at a word", "not at a clause that leaves little", "at the last clause"],
)
def test_a_sentence_longer_than_the_encoder_reads_is_split(text, expected):
    source, turns = turns_of(text)
    passages = cut(source, turns, lambda _: "", words, PassageSettings(max_tokens=9, short_words=0))
    assert shown(source, passages) == expected
    assert {p.sentences for p in passages} == {(0, 1)}


def test_a_sentence_over_a_page_break_keeps_its_segments():
    source = "permitting [Page 1080] the Kremlin to act."
    segments = (Span(0, 10), Span(23, 42))
    turns = [Turn("d#1", "d", TurnKind.SPEECH, segments, (segments,))]
    (passage,) = cut(source, turns, lambda _: "", words, PassageSettings())
    assert passage.segments == segments


@pytest.mark.parametrize("count", [words, letters, clustered])
@given(data=st.data())
def test_nothing_is_lost_and_nothing_is_too_long(count, data):
    text = st.text(st.sampled_from("ab,;. \n字é"), max_size=120)
    source, turns = turns_of(*data.draw(st.lists(text, max_size=4)))
    settings = PassageSettings(max_tokens=data.draw(st.integers(24, 60)), target_tokens=data.draw(st.integers(1, 60)))
    context = data.draw(text)
    passages = cut(source, turns, lambda _: context, count, settings)
    for one in turns:
        mine = [p for p in passages if p.turn == one.id]
        segments = [span for p in mine for span in p.segments]
        assert ordered(segments)
        assert bare(source, segments) == bare(source, one.segments)
        assert [p.id for p in mine] == [f"{one.id}.{n}" for n in range(1, len(mine) + 1)]
    for passage in passages:
        assert passage.segments
        assert passage.tokens == count([encoded_text(passage.context, quote(source, passage.segments))])[0]
        assert passage.tokens <= settings.max_tokens or len(bare(source, passage.segments)) <= 1


def bare(source, segments):
    return "".join("".join(source[s.start : s.end].split()) for s in segments)


@pytest.mark.parametrize("length", [100_000])
def test_a_text_without_any_stop_takes_no_more_than_linear_time(length):
    source, turns = turns_of("word " * (length // 5))
    passages = cut(source, turns, lambda _: "", words, PassageSettings())
    assert sum(len(quote(source, p.segments).split()) for p in passages) == length // 5
    assert max(p.tokens for p in passages) <= 256


@pytest.mark.slow
def test_the_real_encoder_reads_the_whole_archive(real_encoder):
    for path in sorted(CORPUS.glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        paragraphs = [(m.group(), m.start()) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", source)]
        turns = [turn(text, start, number) for number, (text, start) in enumerate(paragraphs, 1)]
        settings = PassageSettings(max_tokens=real_encoder.max_tokens)
        passages = cut(source, turns, lambda _: "An archive, 1950", real_encoder.count, settings)
        texts = [encoded_text(p.context, quote(source, p.segments)) for p in passages]
        assert max(real_encoder.count(texts)) <= real_encoder.max_tokens
        assert bare(source, [s for p in passages for s in p.segments]) == "".join(source.split())

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents.records import Block, BlockKind, Document, Note
from qa.errors import BadData
from qa.evaluation.checking import check_gold
from qa.evaluation.gold import (
    Acceptable,
    GoldQuestion,
    GoldSpan,
    Split,
    digest,
    load_gold,
    parse_question,
    prepare,
    resolve,
)
from qa.evaluation.locate import bare, covers, locate, pages_of
from qa.sources.records import Source
from qa.spans import Span, quote

ROOT = Path(__file__).parents[1]

TEXT = (
    "Letter of 3 May\n\nThe minister said that he would\nnot sign.² The king\n\n[Page 12]\n\nlaughed at him.\n\n"
    "² He signed in June.\n\nReport\n\nThe minister would not eat. The king left.\n"
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


SOURCE = Source("box/one", "box/one.txt", "", TEXT, "text")
FIRST, SECOND = at("The minister said that he would\nnot sign.²"), at("The king\n\n[Page 12]\n\nlaughed at him.")
HEAD, TAIL = at("The king\n"), at("laughed at him.")
HEAD = Span(HEAD.start, HEAD.end - 1)
NOTE = Note("box/one/1", "2", (at("He signed in June."),), None)
LETTER = Document(
    "box/one/1",
    "box/one",
    "Letter of 3 May",
    "letter",
    (Span(0, TEXT.index("² He signed")),),
    (Block(BlockKind.HEADING, (at("Letter of 3 May"),)), Block(BlockKind.PARAGRAPH, (FIRST, HEAD, TAIL))),
    notes=(NOTE,),
)
REPORT = Document(
    "box/one/2", "box/one", "Report", "report", (Span(TEXT.index("Report"), len(TEXT)),), (), parent="box/one"
)
DOCUMENTS = (LETTER, REPORT)


def question(name: str = "a1", **changes: Any) -> GoldQuestion:
    fields: dict[str, Any] = {
        "id": name,
        "question": f"What of {name}?",
        "kind": "words",
        "split": Split.DEV,
        "answers": (Acceptable("box/one/1", "he would not sign."),),
    }
    return GoldQuestion(**{**fields, **changes})


def row(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": "a1",
        "question": "Would he sign?",
        "kind": "words",
        "split": "dev",
        "answers": [{"document": "box/one/1", "text": "he would not sign."}],
        "speaker": None,
        "addressee": None,
        "unanswerable": False,
        "why": None,
    }
    return {key: value for key, value in {**fields, **changes}.items() if value is not ...}


def test_a_row_becomes_a_question():
    found = parse_question(json.dumps(row(speaker="A. Roe", addressee="B. Doe")))
    assert found == GoldQuestion(
        "a1", "Would he sign?", "words", Split.DEV, (Acceptable("box/one/1", "he would not sign."),), "A. Roe", "B. Doe"
    )


@pytest.mark.parametrize("absent", ["speaker", "addressee", "unanswerable", "why"])
def test_what_says_nothing_may_be_left_out(absent):
    assert parse_question(json.dumps(row(**{absent: ...}))) == parse_question(json.dumps(row()))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": ...}, "'id' must be a text"),
        ({"id": 7}, "'id' must be a text"),
        ({"question": "  "}, "'question' must be a text"),
        ({"kind": None}, "'kind' must be a text"),
        ({"split": "train"}, "'split' must be dev or test, not 'train'"),
        ({"split": ...}, "'split' must be dev or test, not None"),
        ({"answers": []}, "answerable and has no answers"),
        ({"answers": ["text"]}, "an answer is an object"),
        ({"answers": [{"document": "d"}]}, "'text' must be a text"),
        ({"answers": [{"document": "d", "text": "t", "pages": "12"}]}, "'pages' must be a list"),
        ({"unanswerable": True}, "is unanswerable and has answers"),
        ({"unanswerable": True, "answers": []}, "does not say why"),
        ({"unanswerable": "no"}, "'unanswerable' must be true or false"),
        ({"speaker": ["A", "B"]}, "'speaker' must be a text"),
        ({"speeker": "A"}, "unknown key 'speeker'"),
    ],
)
def test_a_bad_row_says_what_is_wrong(changes, said):
    with pytest.raises(ValueError, match=said):
        parse_question(json.dumps(row(**changes)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no question"),
        ("\n\n", "holds no question"),
        (json.dumps(row()) + "\n\n{", "line 3"),
        ("[]", "line 1: a question is a JSON object"),
        (json.dumps(row(id=None)), "line 1: 'id'"),
    ],
)
def test_a_bad_file_names_the_line(tmp_path, text, said):
    path = tmp_path / "gold.jsonl"
    path.write_text(text)
    with pytest.raises(BadData, match=said):
        load_gold(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "gold.jsonl"
    if content:
        path.write_bytes(content)
    with pytest.raises(BadData, match=r"gold\.jsonl: the gold set cannot be read"):
        load_gold(path)


@pytest.mark.parametrize(
    ("text", "document", "shown"),
    [
        ("he would not sign.", None, "he would not sign."),  # over a line break
        ("he would not sign. The king", None, "he would not sign.² The king"),  # over the mark of a note
        ("The king laughed at him.", LETTER, "The king laughed at him."),  # over a page break
        ("not sign. The king laughed", LETTER, "not sign.² The king laughed"),
        ("He signed in June.", LETTER, "He signed in June."),  # in a note
        ("The minister", LETTER, "The minister"),  # twice in the source, once in the document
        ("The minister", REPORT, "The minister"),
        ("The king left.", LETTER, "The king left."),  # once in the source: found whatever the document
    ],
)
def test_a_span_is_found_at_one_place(text, document, shown):
    places = locate(text, SOURCE, document)
    assert [quote(TEXT, place) for place in places] == [shown]


def test_the_same_words_are_found_in_their_own_document():
    (letter,), (report,) = locate("The minister", SOURCE, LETTER), locate("The minister", SOURCE, REPORT)
    assert letter[0].start < report[0].start
    assert len(locate("The minister", SOURCE)) == 2


@pytest.mark.parametrize("text", ["", "  ", "never written", "The king laughed at HIM.", "minister said he"])
def test_what_is_not_there_is_not_found(text):
    assert locate(text, SOURCE, LETTER) == ()


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 60))
def test_whatever_is_cut_from_the_text_is_found_there(start, length):
    cut = TEXT[start : start + length]
    places = locate(cut, SOURCE)
    if cut.split():
        trimmed = start + len(cut) - len(cut.lstrip())
        assert any(place[0].start <= trimmed < place[-1].end for place in places)


@pytest.mark.parametrize(
    ("quoted", "span", "held"),
    [
        ((FIRST,), (at("he would\nnot sign."),), True),
        ((Span(FIRST.start, FIRST.end - 1),), (FIRST,), True),  # the mark of the note is left out
        ((HEAD, TAIL), (SECOND,), True),  # the page break is left out
        ((HEAD, TAIL), (HEAD, TAIL), True),
        ((HEAD,), (SECOND,), False),
        ((Span(TAIL.start, TAIL.end - 1),), (TAIL,), True),  # the stop is left out
        ((Span(TAIL.start, TAIL.end - 4),), (TAIL,), False),  # a word is missing
        ((Span(TAIL.start + 1, TAIL.end),), (TAIL,), False),  # a letter is missing
    ],
)
def test_a_quote_holds_a_span(quoted, span, held):
    assert covers(TEXT, quoted, span) is held


@pytest.mark.parametrize(
    ("text", "left_out", "held"),
    [
        ("By request.2 He left.", "2", True),
        ("By request.2 He left.", "He", False),
        ("In all 250 men left.", "250", False),  # a number of the text
        ("Since 1968 they stay.", "8", False),
        ("He “left”,12 they say.", "12", True),
    ],
)
def test_the_glued_mark_of_a_note_may_be_left_out(text, left_out, held):
    start = text.index(left_out)
    around = tuple(Span(a, b) for a, b in ((0, start), (start + len(left_out), len(text))) if a < b)
    assert covers(text, around, (Span(0, len(text)),)) is held


@pytest.mark.parametrize(
    ("text", "left"),
    [("[Page 1080]", ""), ("[p. xiv] ¹²", ""), ("…,” —", ""), ("[Page of it]", "Pageofit"), ("a 1", "a1")],
)
def test_bare(text, left):
    assert bare(text) == left


@pytest.mark.parametrize(
    ("segments", "pages"),
    [
        ((TAIL,), ("12",)),
        ((HEAD,), None),  # before the first mark
        ((HEAD, TAIL), None),
    ],
)
def test_pages_are_read_from_the_text_itself(segments, pages):
    assert pages_of(TEXT, segments) == pages


def test_a_quote_over_a_page_mark_is_on_both_pages():
    text = "[Page 1] a b [Page 2] c"
    assert pages_of(text, (Span(9, len(text)),)) == ("1", "2")
    assert pages_of(text, (Span(9, 10),)) == ("1",)


def test_resolve_finds_spans_and_names_what_is_missing():
    good, bad = question(), question("a2", answers=(Acceptable("box/one/1", "never written"),))
    lost = question("a3", answers=(Acceptable("elsewhere/1", "he would not sign."),))
    gold, problems = resolve((good, bad, lost), [SOURCE], DOCUMENTS)
    assert gold.spans == {
        "a1": (GoldSpan("box/one/1", "box/one.txt", (at("he would\nnot sign."),), "he would not sign."),)
    }
    assert problems == (
        "a2: 'never written ...' stands nowhere in 'box/one/1'",
        "a3: document 'elsewhere/1' is of no source of the archive",
    )
    assert gold.texts == {"box/one.txt": TEXT}


def test_a_source_is_found_by_the_head_of_a_document_that_is_not_known():
    gold, problems = resolve((question(),), [SOURCE], ())
    assert not problems
    assert gold.spans["a1"][0].source == "box/one.txt"


def test_prepare_refuses_the_first_misplaced_span():
    twice = question(answers=(Acceptable("box/one", "The minister"), Acceptable("box/one", "nowhere")))
    with pytest.raises(BadData, match=r"a1: 'The minister ...' stands at 2 places of 'box/one' \(and 1 more\)"):
        prepare((twice,), [SOURCE], ())


def test_the_digest_tells_gold_sets_apart():
    assert digest([question()]) == digest([question()])
    assert digest([question()]) != digest([question(speaker="A. Roe")])


def sound() -> list[GoldQuestion]:
    none: dict[str, Any] = {"answers": (), "unanswerable": True, "why": "not said"}
    return [
        question("a1", speaker="A. Roe"),
        question("a2", split=Split.TEST, answers=(Acceptable("box/one/2", "The king left."),)),
        question("u1", **none),
        question("u2", split=Split.TEST, **none),
    ]


def test_a_sound_gold_set_has_no_fault():
    assert check_gold(sound(), [SOURCE], DOCUMENTS, {"A. Roe"}.__contains__) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (question("a1", question="  what of A2 "), "a2: the same question as a1"),
        (question("a2"), "a2: the same id as a2"),
        (
            question(answers=(Acceptable("box/one/9", "he would not sign."),)),
            "document 'box/one/9' is not in the archive",
        ),
        (question(speaker="Nobody"), "a1: the archive knows no speaker 'Nobody'"),
        (question(addressee="Nobody"), "a1: the archive knows no addressee 'Nobody'"),
        (
            question(answers=(Acceptable("box/one/2", "king left."),)),
            "a2: its span in 'box/one/2' overlaps one of a1 in the dev split",
        ),
        (
            question(answers=(Acceptable("box/one/1", "would not sign."), Acceptable("box/one/1", "not sign."))),
            "a1: two of its spans overlap in 'box/one/1'",
        ),
        (
            question(answers=(Acceptable("box/one/1", "unwritten"),)),
            "a1: 'unwritten ...' stands nowhere in 'box/one/1'",
        ),
        (question(split=Split.TEST), "the dev split holds no answerable question"),
    ],
)
def test_each_fault_is_named(changed, said):
    problems = check_gold([changed, *sound()[1:]], [SOURCE], DOCUMENTS, {"A. Roe"}.__contains__)
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(("dropped", "said"), [(2, "dev split holds no unans"), (3, "test split holds no unans")])
def test_each_split_needs_unanswerable_questions(dropped, said):
    gold = sound()
    del gold[dropped]
    assert any(said in problem for problem in check_gold(gold, [SOURCE], DOCUMENTS))


def test_every_span_of_our_own_gold_set_stands_at_one_place():
    from qa.sources.reading import read_all

    sources, problems = read_all([ROOT / "corpus"])
    assert not problems
    gold, misplaced = resolve(load_gold(ROOT / "eval" / "gold.jsonl"), sources, ())
    assert misplaced == ()
    assert len(gold.spans) >= 240
    assert sum(q.unanswerable for q in gold.questions) >= 80
    for name, spans in gold.spans.items():
        for span in spans:
            assert bare(quote(gold.texts[span.source], span.segments)) == bare(span.text), name

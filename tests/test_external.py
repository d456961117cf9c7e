import pytest

from eval.external_sets import Archive, Sheet, friendsqa, qmsum, selqa, squad
from qa.spans import quote

SCENE = {
    "title": "s01",
    "paragraphs": [
        {
            "utterances:": [
                {"uid": 0, "speakers": ["Ann Roe"], "utterance": "The boat\nleft ."},
                {"uid": 1, "speakers": ["Bob", "Cy"], "utterance": "When ? And why ?"},
                {"uid": 2, "speakers": ["#NOTE#"], "utterance": "( Ann leaves . )"},
                {"uid": 3, "speakers": ["#ALL#"], "utterance": "Bye !"},
                {"uid": 4, "speakers": ["Bob", "Cy"], "utterance": "Bye , bye for now"},
            ],
            "qas": [
                {
                    "id": "q",
                    "question": "What left ?",
                    "answers": [{"answer_text": "The boat", "utterance_id": 0, "is_speaker": False}],
                },
                {
                    "id": "q",
                    "question": "Who asked when ?",
                    "answers": [{"answer_text": "Bob", "utterance_id": 1, "is_speaker": True}],
                },
                {
                    "id": "n",
                    "question": "How long ?",
                    "answers": [
                        {"answer_text": "bye", "utterance_id": 4, "inner_start": 2, "is_speaker": False},
                        {"answer_text": "e", "utterance_id": 3, "inner_start": 9, "is_speaker": False},
                        {"answer_text": "leaves", "utterance_id": 2, "inner_start": 0, "is_speaker": False},
                    ],
                },
                {
                    "id": "lost",
                    "question": "Where ?",
                    "answers": [{"answer_text": "Rome", "utterance_id": 0, "is_speaker": False}],
                },
            ],
        }
    ],
}
ARTICLE = {
    "title": "Boats",
    "paragraphs": [
        {"context": "Boats float. Stones sink.", "qas": [{"id": "a", "question": "?", "answers": []}]},
        {
            "context": "Ships sail far.",
            "qas": [{"id": "b", "question": "What?", "answers": [{"text": "sail", "answer_start": 6}] * 3}],
        },
    ],
}
MEETING = {
    "meeting_transcripts": [
        {"speaker": f"P{i}", "content": text} for i, text in enumerate(["one", "", "three", "four"])
    ],
    "specific_query_list": [{"query": "What?", "relevant_text_span": [["0", "1"], ["3", "9"]]}],
}
SECTION = {"candidates": ["First.", "Second.", ""], "answers": [1], "question": "?", "is_paraphrase": True}


def spans(archive: Archive) -> dict[str, list[tuple[str, str | None]]]:
    """What stands at the gold spans of each question."""
    return {
        name: [(quote(archive.gold.texts[span.source], span.segments), span.speaker) for span in found]
        for name, found in archive.gold.spans.items()
    }


@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        (
            friendsqa({"data": [SCENE]})[0],
            {
                "q-0": [("The boat", "Ann Roe")],
                "q-1": [(said, "Bob and Cy") for said in ("When ?", "And why ?", "Bye , bye for now")],
                "n-2": [("bye", "Bob and Cy"), ("e", "All"), ("leaves", None)],
            },
        ),
        (squad({"data": [ARTICLE]})[0], {"b": [("sail", None)]}),
        (qmsum([MEETING])[0], {"m0-0": [("one", None), ("-", None), ("four", None)]}),
        (
            selqa([SECTION, {**SECTION, "is_paraphrase": False}])[0],
            {"s0": [("Second.", None)], "s1": [("Second.", None)]},
        ),
    ],
)
def test_spans_stand_where_the_set_says(archive, expected):
    assert spans(archive) == expected
    for found in archive.gold.spans.values():
        for span in found:
            assert quote(archive.gold.texts[span.source], span.segments) == span.text.strip()


def test_questions_without_answers_are_unanswerable():
    (archive,) = squad({"data": [ARTICLE]})
    assert [(q.id, q.unanswerable) for q in archive.gold.questions] == [("a", True), ("b", False)]


def test_a_section_that_comes_twice_is_laid_out_once():
    (archive,) = selqa([SECTION, SECTION])
    assert len(archive.gold.texts) == 1
    assert [q.kind for q in archive.gold.questions] == ["paraphrased", "paraphrased"]


def test_an_answer_stands_at_the_token_that_is_named_not_where_its_text_comes_first():
    twice = {
        "title": "s02",
        "paragraphs": [
            {
                "utterances:": [{"uid": 0, "speakers": ["Ann"], "utterance": "a tug , then a tug"}],
                "qas": [
                    {"id": str(at), "question": "?", "answers": [{**answer, "utterance_id": 0, "is_speaker": False}]}
                    for at, answer in enumerate(
                        [{"answer_text": "tug", "inner_start": at} for at in (1, 5)] + [{"answer_text": "tug"}]
                    )
                ],
            }
        ],
    }
    (archive,) = friendsqa({"data": [twice]})
    assert [found[0].segments[0].start for found in archive.gold.spans.values()] == [7, 20, 7]


def test_scenes_are_asked_apart_as_well_other_sets_are_not():
    assert friendsqa({"data": [SCENE]})[0].apart
    assert not any(one.apart for one in (*squad({"data": [ARTICLE]}), *qmsum([MEETING]), *selqa([SECTION])))


def test_what_nobody_says_has_no_label():
    (archive,) = friendsqa({"data": [SCENE]})
    assert archive.gold.texts["s01.txt"].split("\n\n")[2:4] == ["( Ann leaves . )", "All: Bye !"]


def test_a_section_is_running_text_of_sentences_each_a_unit():
    (archive,) = selqa([SECTION])
    assert archive.gold.texts == {"section-000.txt": "First. Second.\n\n-\n\n"}
    assert [unit.text for unit in archive.units] == ["First.", "Second.", "-"]
    assert [(unit.span.start, unit.span.end) for unit in archive.units] == [(0, 6), (7, 14), (16, 17)]


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        (["One.", "Two!"], "One. Two!\n\n"),
        (['He said "no."', "(So?)", "Yes."], 'He said "no." (So?) Yes.\n\n'),
        (["Members", "Ann - drums", "They met."], "Members\n\nAnn - drums\n\nThey met.\n\n"),
        (["They were:", "Ann", "Bob"], "They were:\n\nAnn\n\nBob\n\n"),
        ([], ""),
    ],
)
def test_what_ends_without_a_stop_stands_by_itself(sentences, text):
    sheet = Sheet("x.txt")
    spans = sheet.run(sentences)
    assert sheet.text == text
    assert [text[span.start : span.end] for span in spans] == sentences


def test_a_sheet_is_a_labelled_transcript():
    sheet = Sheet("x.txt")
    span = sheet.add("Well,\nno .", "Ann Roe: ")
    assert sheet.text == "Ann Roe: Well, no .\n\n"
    assert sheet.text[span.start : span.end] == "Well, no ."
    assert [unit.text for unit in sheet.units] == ["Ann Roe: Well, no ."]

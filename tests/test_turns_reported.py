import pytest

from qa.dates import PartialDate
from tests.test_turns import PAPER, RECORD, read, said

VARGA, LINDT = "Peter Varga", "Anna Lindt"


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        (
            "Minister Lindt said that it was hard for her. I remarked that her dam was like ours.",
            "like ours",
            VARGA,
            [LINDT],
        ),
        (
            "Minister Lindt said that we have a new dam. I said before, that it would be like ours.",
            "like ours",
            LINDT,
            [VARGA],
        ),
        (
            "Minister Lindt said the following:\n\nThe dam is full. I said that it would be like ours.",
            "like ours",
            LINDT,
            [VARGA],
        ),
        ("Minister Lindt spoke of a meeting of the Board. The meeting chose a dam.", "chose a dam", LINDT, [VARGA]),
        ("Minister Lindt spoke of a meeting of the Board. The meeting lasted an hour.", "an hour", VARGA, []),
        ("Minister Lindt spoke of the dam. The meeting took place at her wish.", "her wish", VARGA, []),
        (
            "The dam, said Minister Lindt, is full, and so is the so-called “Great Lake of the North”. They are old.",
            "are old",
            LINDT,
            [VARGA],
        ),
        ("Minister Lindt said: “The dam is quite full.” They were old.", "were old", VARGA, []),
        (
            "After the dinner I said that this was no way to speak. We know it well. "
            "As I see it, comrade minister, it is wrong.",
            "no way",
            VARGA,
            [LINDT],
        ),
        ("Minister Lindt said that she was ill.\n\nI do not believe her.", "believe her", VARGA, []),
        ("Minister Lindt said that we were late.\n\nI do not think so.", "think so", LINDT, [VARGA]),
        (
            "Minister Lindt spoke of the dam. The government had asked the army for help. It was late.",
            "for help",
            LINDT,
            [VARGA],
        ),
        ("Minister Lindt's husband said that it was late.", "was late", None, []),
        ("I explained our answer and handed Minister Lindt a copy of the note.", "a copy", VARGA, [LINDT]),
        ("I gave the text of the note over to the press.", "to the press", VARGA, []),
        (
            "Minister Lindt said that it was late. President Otto Krall asked me to convey his thanks for the dam.",
            "his thanks",
            LINDT,
            [VARGA],
        ),
        (
            "I spoke of the dam. President Otto Krall asked me to pass on to you that the dam was his work.",
            "his work",
            "Otto Krall",
            [LINDT],
        ),
    ],
)
def test_who_speaks_in_a_record_of_two(body, words, speaker, to):
    assert said(RECORD + body + "\n", words) == (speaker, to)


@pytest.mark.parametrize(
    ("body", "words", "speaker"),
    [
        (
            "Otto Krall said that it fell. Anna Lindt opened her answer by agreeing, but she insisted that it stood.",
            "it stood",
            LINDT,
        ),
        (
            "Otto Krall said that it fell. Anna Lindt met Bob Poe in May, but she insisted that it stood.",
            "it stood",
            None,
        ),
    ],
)
def test_he_is_the_only_one_whom_the_sentence_names(body, words, speaker):
    assert said(PAPER + body + "\n", words)[0] == speaker


TELEGRAM = "Telegram from Ambassador Peter Varga to Minister Anna Lindt, 3 May 1961\n\n"


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        ("Bob Poe, now secretary to President Otto Krall, told me that it was late.", "was late", "Bob Poe", [VARGA]),
        (
            "I told Otto Krall of it. If it was so, I said it seemed to me that it was late.",
            "late",
            VARGA,
            ["Otto Krall"],
        ),
        ("I told Otto Krall that it was late. The dam was full.", "was full", VARGA, ["Otto Krall"]),
        ("I told Otto Krall that it was late. I recommend that we wait.", "we wait", VARGA, [LINDT]),
        ("Otto Krall came and I asked him if it was late.", "was late", VARGA, ["Otto Krall"]),
        ("I called this morning upon Otto Krall. Krall said that it was late.", "was late", "Otto Krall", [VARGA]),
        ("It was explained to Otto Krall that it was late.", "was late", VARGA, ["Otto Krall"]),
        ("It was explained to all that it was late.", "was late", VARGA, [LINDT]),
        ("I told Otto Krall that it was late. He left in the rain.", "the rain", VARGA, [LINDT]),
        ("Otto Krall, it is told, was angry when all, who were late, asked that it be so.", "be so", VARGA, [LINDT]),
        (
            "Otto Krall then stated the points as he saw them:\n\n(1): It is late.\n\n(2): It rains.",
            "It rains",
            "Otto Krall",
            [],
        ),
        ("I sent this:\n\n“Otto Krall told me that it was late. The rain is one cause.”", "one cause", VARGA, [LINDT]),
        ("The Polish Ambassador told me that it was late.", "was late", None, [VARGA]),
        ("Foreign Minister sent for me and said that President Otto Krall was late.", "was late", None, [VARGA]),
        ("Otto Krall came to see me at noon and stated that it was late.", "was late", "Otto Krall", [VARGA]),
        ("Otto Krall called on me and told Bob Poe that it was late.", "was late", "Otto Krall", ["Bob Poe"]),
        ("Otto Krall asked me to come and said that it was late.", "was late", "Otto Krall", [VARGA]),
        ("Otto Krall took the train and said that it was late.", "was late", "Otto Krall", []),
        (
            "Foreign Minister sent for me and said that President Otto Krall was late. I replied by regretting it.",
            "regretting",
            VARGA,
            [LINDT],
        ),
        ("Secretary for Foreign Affairs today told me that it was late.", "was late", None, [VARGA]),
        ("Polish Consul states that it was late.", "was late", None, []),
        ("Suvich replied that it was late. We shall wait.", "was late", None, []),
        ("Suvich replied that it was late. We shall wait.", "shall wait", VARGA, [LINDT]),
        (
            "Bob Poe sent a letter to Otto Krall. In May Otto Krall sent a reply in which he gave his reasons.",
            "his reasons",
            "Otto Krall",
            ["Bob Poe"],
        ),
    ],
)
def test_what_a_telegram_tells(body, words, speaker, to):
    assert said(TELEGRAM + body + "\n", words) == (speaker, to)


def test_nobody_speaks_to_himself():
    text = TELEGRAM + "Otto Krall has sent a letter to Bob Poe and to Otto Krall saying that it was late.\n"
    assert all(t.speaker is None or t.speaker.name not in {a.name for a in t.addressees} for t in read(text))


def test_a_day_within_what_is_told_is_not_the_day_of_the_telling():
    text = TELEGRAM + "As I had heard that ships came on 4 April 1961, Otto Krall said that it was late.\n"
    assert [t.date for t in read(text) if t.speaker and t.speaker.name == "Otto Krall"] == [PartialDate(1961, 5, 3)]


@pytest.mark.parametrize(
    ("body", "words", "speaker"),
    [
        ("Otto Krall, Speech to the Board, May 4, 1961: “The dam is full. It will break.”", "will break", "Otto Krall"),
        ("It rained. Otto Krall, The Dam of Orlo: it is full, as “all the world knows it.”", "the world", "Nora Finch"),
        ("The leadership disagreed with many of the plans of the town.", "disagreed", "Nora Finch"),
        ("The leadership disagreed, saying that it was late.", "was late", None),
    ],
)
def test_sources_cited_and_what_others_thought(body, words, speaker):
    assert said(PAPER + body + "\n", words)[0] == speaker


def test_a_day_within_what_is_thought_is_not_the_day_of_the_meeting():
    text = TELEGRAM + "I met Otto Krall, who thought that ships came on 4 April 1961. Krall said that it was late.\n"
    assert {t.date for t in read(text)} == {PartialDate(1961, 5, 3)}


@pytest.mark.parametrize(
    "words",
    [
        "Minister Lindt began by complaining about the delay.",
        "Minister Lindt took the position that the dam was full.",
        "Minister Lindt was of the opinion that the dam was full.",
        "Minister Lindt was quite convinced that the dam would fill.",
        "Minister Lindt drew my attention to the dam.",
        "Minister Lindt made the point that the dam was full.",
        "Minister Lindt made it clear that the dam was full.",
        "Minister Lindt let it be understood that the dam was full.",
        "Minister Lindt gave me to understand that the dam was full.",
        "Minister Lindt wanted to know whether the dam was full.",
        "Minister Lindt voiced doubt about the dam.",
        "Minister Lindt pledged that the dam would be full.",
        "In the minister's view, the dam was full.",
        "According to Minister Lindt, the dam was full.",
        "According to the minister, the dam was full.",
        "The minister's answer was that the dam was full.",
        "My interlocutor said that the dam was full.",
        "I was told that the dam was full.",
    ],
)
def test_ways_of_telling_that_the_other_party_says_it(words):
    assert said(RECORD + f"I came at noon.\n\n{words}\n", words) == (LINDT, [VARGA])


@pytest.mark.parametrize(
    "words",
    ["I took the opportunity to tell the minister that it was late.", "I drew the minister's attention to the dam."],
)
def test_ways_of_telling_that_the_writer_says_it(words):
    assert said(RECORD + f"I came at noon.\n\n{words}\n", words) == (VARGA, [LINDT])


@pytest.mark.parametrize(
    "words",
    [
        "The minister's answer was evasive.",
        "Minister Lindt refused to discuss it.",
        "Minister Lindt handed me a note.",
        "My colleague said that the dam was full.",
    ],
)
def test_what_the_recorder_tells_of_the_other_party(words):
    assert said(RECORD + f"I came at noon.\n\n{words}\n", words)[0] in {VARGA, None}


@pytest.mark.parametrize(
    "words",
    ["Otto Krall made it clear that the dam would break.", "Otto Krall took a stand.", "Otto Krall drew attention."],
)
def test_what_deeds_tell_in_an_authors_account(words):
    assert said(PAPER + words + "\n", words)[0] == "Nora Finch"

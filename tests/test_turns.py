import json
from dataclasses import replace
from pathlib import Path

import pytest

from qa.dates import PartialDate
from qa.documents.finding import find_documents
from qa.names import People, Sighting, find_names
from qa.sources import Source
from qa.spans import quote
from qa.turns import Turn, TurnKind
from qa.turns.actors import Company, families, family, find_actors
from qa.turns.events import Form, find_events, main_event, says_quote
from qa.turns.finding import find_turns, sightings
from qa.turns.labels import accept_labels, is_role, read_label
from qa.turns.narrative import is_quotation, opens_quote, quotation
from qa.turns.offices import holder, office_of

CASES = Path(__file__).parent / "cases"
SAID = [json.loads(line) for line in (CASES / "said.jsonl").read_text(encoding="utf-8").splitlines()]
RECORD = "Record of Conversation between Ambassador Peter Varga and Minister Anna Lindt, 3 May 1961\n\n"
PAPER = "The Affair of the Orlo Bridge\n\nBy Nora Finch\n\n"


def read(text: str, name: str = "a") -> tuple[Turn, ...]:
    documents = find_documents(Source(name, f"{name}.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return tuple(t for d in documents for t in find_turns(d, text, people))


def said(text: str, words: str) -> tuple[str | None, list[str]]:
    """Return who speaks in the sentence with the words, and to whom."""
    for turn in read(text):
        if any(words in quote(text, s) for s in turn.sentences) and turn.kind is not TurnKind.APPARATUS:
            return (turn.speaker.name if turn.speaker else None, [a.name for a in turn.addressees])
    raise AssertionError(words)


@pytest.mark.parametrize("row", SAID, ids=[f"{r['file']}: {r['text'][:30]}" for r in SAID])
def test_who_says_what_in_every_kind_of_document(row):
    path = next((CASES / "plain").glob(f"{row['file']}.*"))
    text = path.read_text(encoding="utf-8")
    assert said(text, " ".join(row["text"].split())) == (row["speaker"], row["to"])


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        ("Minister Lindt said that the dam was full.", "dam was full", "Anna Lindt", ["Peter Varga"]),
        ("The dam is full, said Minister Lindt.", "dam is full", "Anna Lindt", ["Peter Varga"]),
        ("The dam, Minister Lindt continued, is full.", "is full", "Anna Lindt", ["Peter Varga"]),
        ("I told the minister that the dam was full.", "dam was full", "Peter Varga", ["Anna Lindt"]),
        ("[I] thanked Minister Lindt for the news.", "for the news", "Peter Varga", ["Anna Lindt"]),
        (
            "Minister Lindt said the following:\n\nWe are glad. The dam is full.",
            "dam is full",
            "Anna Lindt",
            ["Peter Varga"],
        ),
        ("Minister Lindt said that all was well.\n\nThe dam is full.", "dam is full", "Anna Lindt", ["Peter Varga"]),
        (
            "Minister Lindt said that all was well. I replied that I doubted it.",
            "doubted it",
            "Peter Varga",
            ["Anna Lindt"],
        ),
        (
            "Minister Lindt said that all was well. She added that the dam was full.",
            "dam was full",
            "Anna Lindt",
            ["Peter Varga"],
        ),
        ("Minister Lindt was told that the dam was full.", "dam was full", "Peter Varga", ["Anna Lindt"]),
        ("Minister Lindt began to explain that the dam was full.", "dam was full", "Anna Lindt", ["Peter Varga"]),
        ("When I spoke of this to Lindt she said that it was so.", "it was so", "Anna Lindt", ["Peter Varga"]),
        ("I told of my trip. Minister replied that the dam was full.", "dam was full", "Anna Lindt", ["Peter Varga"]),
        ("Minister Lindt said that President Krall had come.", "had come", "Anna Lindt", ["Peter Varga"]),
        (
            "Asked whether this was so before the Board, Lindt hoped that it was so.",
            "hoped that",
            "Anna Lindt",
            ["Peter Varga"],
        ),
        ("Minister Lindt made it known that the dam was full.", "dam was full", "Anna Lindt", ["Peter Varga"]),
        ("Minister Lindt came. She said that Lindt had come.", "that Lindt had", None, []),
        ("Minister Lindt said Otto Krall had come.", "had come", "Anna Lindt", ["Peter Varga"]),
        ("Minister Lindt spoke. After this, the conversation ended.", "conversation ended", "Peter Varga", []),
        (
            "Minister Lindt said that all was well. General Otto Krall reported to the Council about the dam.",
            "about the dam",
            "Anna Lindt",
            ["Peter Varga"],
        ),
        (
            "Minister Lindt inquired as to her interlocutor's view of the dam.",
            "view of the dam",
            "Anna Lindt",
            ["Peter Varga"],
        ),
    ],
)
def test_records_of_conversation(body, words, speaker, to):
    assert said(RECORD + body + "\n", words) == (speaker, to)


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        ("The bridge fell in May. Nobody mourned it.", "Nobody mourned", "Nora Finch", []),
        ("Otto Krall said that the bridge was lost. The bridge fell in May.", "fell in May", "Nora Finch", []),
        ("“We are lost,” Otto Krall wrote to Anna Lindt.", "We are lost", "Otto Krall", ["Anna Lindt"]),
        (
            "Otto Krall told Anna Lindt that it was late. “The bridge is quite lost to us,” he argued.",
            "quite lost",
            "Otto Krall",
            ["Anna Lindt"],
        ),
        (
            "Otto Krall claimed that it was late. “The bridge is quite lost. Nothing is left.” The rain fell.",
            "Nothing is left",
            "Otto Krall",
            [],
        ),
        (
            "Otto Krall claimed that it was late. “The bridge is quite lost. Nothing is left.” The rain fell.",
            "rain fell",
            "Nora Finch",
            [],
        ),
        ("In Otto Krall’s mind, “the bridge was worth an army.”", "worth an army", "Otto Krall", []),
        ("Otto Krall responded by closing the road to the town.", "closing the road", "Nora Finch", []),
        (
            "Otto Krall said that it fell. The envoy came late, but he said that it was late.",
            "it was late",
            None,
            [],
        ),
        ("Otto Krall responded by saying that all was lost.", "all was lost", "Otto Krall", []),
        ("In a talk with Anna Lindt in May, Otto Krall said that it fell.", "it fell", "Otto Krall", ["Anna Lindt"]),
        (
            "On 4 May 1961 Otto Krall thanked the mayor for the talk with Anna Lindt. Krall said that it fell.",
            "it fell",
            "Otto Krall",
            [],
        ),
        (
            "Otto Krall said that it fell. He hopes that Anna Lindt will come. He added that it was late.",
            "was late",
            "Otto Krall",
            [],
        ),
        (
            "President Otto Krall came. President Anna Lindt was ill. The President said that it fell.",
            "said that it fell",
            None,
            [],
        ),
        ("In the words of Otto Krall, “the bridge was worth an army.”", "worth an army", "Otto Krall", []),
        ("As one old soldier wrote, “the bridge was worth an army.”", "worth an army", None, []),
        ("Soldiers in the town concluded: “the bridge is worth an army.”", "worth an army", None, []),
        ("Otto Krall described the bridge in his book on the war.", "in his book", "Nora Finch", []),
        ("The bridge was not as strong as Otto Krall claimed.", "not as strong", "Nora Finch", []),
        (
            "On 4 May 1961 Otto Krall sent a letter to Anna Lindt warning that the bridge was lost.",
            "warning that",
            "Otto Krall",
            ["Anna Lindt"],
        ),
        (
            "On 4 May 1961 Otto Krall sent a letter to Anna Lindt. This letter said that all was lost.",
            "all was lost",
            "Otto Krall",
            ["Anna Lindt"],
        ),
        ("Otto Krall told the Council that all was lost.", "all was lost", "Otto Krall", []),
        ("Otto Krall and Anna Lindt agreed that all was lost.", "all was lost", "Otto Krall and Anna Lindt", []),
        ("Otto Krall invited Anna Lindt and asked her to stay.", "asked her", "Otto Krall", ["Anna Lindt"]),
        (
            "Otto Krall made this clear to Anna Lindt, declaring that all was lost.",
            "all was lost",
            "Otto Krall",
            ["Anna Lindt"],
        ),
        ("Otto Krall met Anna Lindt. Krall said that all was lost.", "all was lost", "Otto Krall", ["Anna Lindt"]),
        ("During that meeting Otto Krall claimed that all was lost.", "all was lost", "Otto Krall", []),
    ],
)
def test_an_authors_own_account(body, words, speaker, to):
    assert said(PAPER + body + "\n", words) == (speaker, to)


def test_a_paragraph_between_two_of_one_speech_is_that_speech():
    text = (
        "Telegram from Peter Varga to Anna Lindt, 3 May 1961\n\nGeneral Otto Krall said that the dam was full.\n\n"
        "Such a flood has not been seen before.\n\nHe recommended that the town be left.\n"
    )
    assert said(text, "Such a flood")[0] == "Otto Krall"
    assert said(text.replace("He recommended", "I recommend"), "Such a flood")[0] == "Peter Varga"


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("I came late. Ambassador said that the dam was full.", None),
        ("I came late. The Ambassador said that the dam was full.", None),
        ("The Ambassador has the honour to say that the dam was full.", "Peter Varga"),
    ],
)
def test_an_office_is_not_who_writes_i(body, speaker):
    text = f"Telegram from Ambassador Peter Varga to Minister Anna Lindt, 3 May 1961\n\n{body}\n"
    assert said(text, "dam was full")[0] == speaker


def test_words_said_on_a_day_bear_that_day():
    text = PAPER + "On 4 May 1961 Otto Krall told Anna Lindt that all was lost.\n"
    turn = next(t for t in read(text) if t.speaker and t.speaker.name == "Otto Krall")
    assert turn.date == PartialDate(1961, 5, 4)


def test_every_sentence_of_a_transcript_keeps_its_label():
    text = "HEARING\n\nMR. ROE: I came in May.\n\nIt was wet.\n\nMS. POE: Why?\n\nMR. ROE: I do not know.\n"
    assert [(t.speaker.name, len(t.sentences)) for t in read(text) if t.speaker] == [("Roe", 2), ("Poe", 1), ("Roe", 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MR. ROE: I came.\n\nIt was wet.\n\nMS. POE: Why?\n", ["I came.", "It was wet.", "Why?"]),
        ("MR. ROE:I came.\n\nMS. POE:\n[Page 3]\nWhy?\n", ["I came.", "Why?"]),
        ("[Ann Roe:]  I came in May by boat. It was wet.\n\n", ["I came in May by boat.", "It was wet."]),
    ],
)
def test_a_label_is_none_of_the_words_behind_it(text, said):
    text = "HEARING\n\n" + text + "\nMR. ROE: Good.\n"
    turns = [t for t in read(text) if t.speaker]
    words = [t.words(n) for t in turns for n in range(len(t.sentences))]
    assert [quote(text, w) for w in words] == [*said, "Good."]
    assert all(not text[span.start].isspace() for w in words for span in w)


def test_the_chair_is_who_was_named_as_the_chair():
    text = "BOARD\n\nThe Chair (Ms. Ann Roe (Dover)): Order.\n\nMr. Bob Poe: Why?\n\nThe Chair: It is late.\n\n"
    text += "The Chair (Ms. Eva Voe (Acre)): Order.\n\nMr. Bob Poe: Why?\n\nThe Chair: It rains.\n"
    said = [(t.speaker.name, t.speaker.as_written) for t in read(text) if t.speaker]
    chair, other = ("Ann Roe", "Ms. Ann Roe"), ("Eva Voe", "Ms. Eva Voe")
    poe = ("Bob Poe", "Mr. Bob Poe")
    assert said == [chair, poe, ("Ann Roe", "The Chair"), other, poe, ("Eva Voe", "The Chair")]


DIARY = (
    "Diary of Captain James Holt\n\n"
    "January 3, 1863. Colonel Pryce told me that the bridge was burnt. Lost two mules.\n\n"
    "January 4. Sergeant Dunn says that they have forty guns. I do not believe him.\n\n"
    "January 7. We took the ridge at dawn.\n"
)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("the bridge was burnt", "Pryce"),
        ("two mules", "James Holt"),
        ("forty guns", "Dunn"),
        ("believe him", "James Holt"),
        ("at dawn", "James Holt"),
    ],
)
def test_who_keeps_a_diary_goes_on_in_his_own_words(words, speaker):
    assert said(DIARY, words)[0] == speaker


def test_a_diary_is_of_the_day_with_which_its_paragraph_opens():
    days = {quote(DIARY, s): t.date and t.date.iso for t in read(DIARY) for s in t.sentences}
    assert days["Lost two mules."] == "1863-01-03"
    assert days["I do not believe him."] == "1863-01-04"
    assert days["Sergeant Dunn says that they have forty guns."] == "1863-01-04"
    assert days["We took the ridge at dawn."] == "1863-01-07"


def test_a_salutation_is_no_label():
    text = "Memorandum from Ann Roe to Bob Poe, 3 May 1934\n\nMr. Poe: I have read the note. It is late.\n\nAnn Roe\n"
    assert [t.speaker.name for t in read(text) if t.speaker] == ["Ann Roe"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SECRETARY ROE: I think so", "SECRETARY ROE"),
        ("Mr. Polk: I think so", "Mr. Polk"),
        ("MR. POLK:I think so", "MR. POLK"),
        ("Subject:Dams", None),
        ("[Pak Song Ch'ol:] Yes", "Pak Song Ch'ol"),
        ("North (KIM): Yes", "North (KIM)"),
        ("QUESTION: Why?", "QUESTION"),
        ("Q. Why?", "Q"),
        ("A: Because.", "A"),
        ("THE CHAIRMAN: Order.", "THE CHAIRMAN"),
        ("**Ann Roe:** Yes", "Ann Roe"),
        ("Sir: I have the honor", None),
        ("Source: State Archive", None),
        ("AGENDA ITEM I: Reports", None),
        ("Participants: all", None),
        ("For Roe: Your 12 received.", None),
        ("From Roe: The dam is full.", "Roe"),
        ("Second: the dam", None),
        ("It was so: he left", None),
        ("A. B. Roe came", None),
        ("no colon here", None),
        ("My dear Mr. Varga: I have your letter.", None),
        ("Dear Mr. Varga: I have your letter.", None),
        ("Deare, Ann: I have your letter.", "Deare, Ann"),
    ],
)
def test_labels(text, name):
    label = read_label(text)
    assert (label.name if label else None) == name


def names(*texts: str, known: tuple[str, ...] = ()) -> list[str | None]:
    return [label.name if label else None for label in accept_labels(texts, lambda name: name in known)]


def test_labels_count_in_company():
    prose = ["It rained all day."] * 20
    assert names("MR. ROE: Yes.", "MS. POE: No.", "MR. ROE: Well.") == ["MR. ROE", "MS. POE", "MR. ROE"]
    assert names("Remember: it rained.", *prose)[0] is None
    assert names(
        "Mr. Roe, Far East: Mr. Roe said that it rained.", "Ms. Poe: Ms. Poe said no.", known=("Ms. Poe",)
    ) == [None, None]
    assert names("Mr. Roe: the roof is new.", *prose, known=("Mr. Roe",))[0] is None
    assert names("[Ann Roe:] Yes.", *prose)[0] == "Ann Roe"


@pytest.mark.parametrize(
    ("label", "yes"), [("THE CHAIRMAN", True), ("QUESTION", True), ("Chairman Roe", False), ("MR. ROE", False)]
)
def test_parts_are_no_names(label, yes):
    assert is_role(label) is yes


PEOPLE = People.learn(
    [Sighting(name, "d/1", "present") for name in ("Kim Il Sung", "Kim Il", "Otto Krall", "Anna Lindt", "Bob Poe")]
)
COMPANY = Company(PEOPLE, (), "", None, False)


def event_of(text: str):
    actors = find_actors(text, find_names(text), COMPANY, (), {})
    event = main_event(find_events(text, actors))
    if event is None:
        return None
    return (event.form, event.verb, event.speaker and event.speaker.name, event.hearer and event.hearer.name)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Otto Krall said that it rained.", (Form.MAIN, "say", "Otto Krall", None)),
        ("It rained, said comrade Kim Il Sung.", (Form.INSERTED, "say", "Kim Il Sung", None)),
        ("It rained, said comrade Kim Il.", (Form.INSERTED, "say", "Kim Il", None)),
        ("It rained, Otto Krall added, and it was cold.", (Form.INSERTED, "add", "Otto Krall", None)),
        (
            "Otto Krall told his old colleague Anna Lindt that it rained.",
            (Form.MAIN, "tell", "Otto Krall", "Anna Lindt"),
        ),
        (
            "Otto Krall, who had come late, told Anna Lindt that it rained.",
            (Form.MAIN, "tell", "Otto Krall", "Anna Lindt"),
        ),
        ("Otto Krall (head of the mission) said that it rained.", (Form.MAIN, "say", "Otto Krall", None)),
        ("After he had gone Otto Krall said Anna Lindt had left.", (Form.MAIN, "say", "Otto Krall", None)),
        ("Otto Krall replied by closing the port.", None),
        ("Anna Lindt is informed that it rained.", None),
        ("Anna Lindt, replacing Otto Krall, said that it rained.", (Form.MAIN, "say", "Anna Lindt", None)),
        ("Foreign Minister has informed Anna Lindt that it rained.", (Form.MAIN, "inform", "", "Anna Lindt")),
        ("Otto Krall said that Anna Lindt had, he said, left.", (Form.MAIN, "say", "Otto Krall", None)),
        ("When I told Otto Krall of it he said that it rained.", (Form.MAIN, "say", "", None)),
        ("As Otto Krall pointed out, it rained.", (Form.AS, "point", "Otto Krall", None)),
        ("Anna Lindt was told by Otto Krall that it rained.", (Form.PASSIVE, "tell", "Otto Krall", "Anna Lindt")),
        ("Otto Krall went on to say that it rained.", (Form.MAIN, "go", "Otto Krall", None)),
        (
            "On his part, Otto Krall replied to Anna Lindt that it rained.",
            (Form.MAIN, "reply", "Otto Krall", "Anna Lindt"),
        ),
        ("When Otto Krall said that it rained, all left.", None),
        ("It is the rain that Otto Krall said would come.", None),
        ("Otto Krall would say nothing.", None),
        ("Otto Krall came late.", None),
        ("The letter to Otto Krall was read.", None),
    ],
)
def test_acts_of_speech(text, event):
    assert event_of(text) == event


@pytest.mark.parametrize(
    ("text", "yes"),
    [("Diplomats concluded: “it is so.”", True), ("They said, “yes.”", True), ("The “great leap” was over.", False)],
)
def test_quotations_that_a_verb_gives(text, yes):
    assert says_quote(text) is yes


@pytest.mark.parametrize(
    ("text", "longest", "whole", "opens"),
    [
        ("He said: “one two three.”", 3, False, False),
        ("“One two three.”", 3, True, False),
        ("He said: “one two", 2, False, True),
        ('"One two."', 2, True, False),
        ("« Pas encore, monsieur ».", 3, False, False),
        ("None here.", 0, False, False),
    ],
)
def test_quotation_marks(text, longest, whole, opens):
    assert (quotation(text), is_quotation(text), opens_quote(text, False)) == (longest, whole, opens)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the minister", "Ann Roe"),
        ("the Polish ambassador", "Jan Poe"),
        ("the Polish minister", ""),
        ("the deputy minister", "Jim Doe"),
        ("the Korean ambassador", ""),
        ("the consul", ""),
    ],
)
def test_offices_stand_for_their_holders(phrase, name):
    told = (
        office_of("Polish Ambassador to North Korea", "Jan Poe"),
        office_of("Minister of Trade of Romania", "Ann Roe"),
        office_of("Deputy Minister of Trade", "Jim Doe"),
    )
    assert holder(phrase, told) == name
    assert holder("the ambassador", told, "Jan Poe") == ""


def test_the_country_of_an_ambassador_is_not_the_one_he_is_in():
    told = (office_of("Ambassador in Chile", "Ann Roe"),)
    assert [holder(p, told) for p in ("the ambassador", "the Polish ambassador")] == ["Ann Roe", ""]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Otto Krall came. Otto Krall left.", {"krall": "Otto Krall"}),
        ("Kim Il Sung came. Kim Il left.", {}),
        ("Kim Il Sung came. Kim Il Sung saw. Kim Il Sung left. Kim Il stayed.", {"kim": "Kim Il Sung"}),
    ],
)
def test_family_names_alone(text, meant):
    assert families(find_names(text), COMPANY) == meant
    assert family("Kim") == ""


def test_one_sentence_is_one_line_of_one_turn():
    turns = read(RECORD + "Minister Lindt said that the dam was full. I thanked her.\n")
    assert [t.id for t in turns] == [f"a#{n}" for n in range(1, len(turns) + 1)]
    assert replace(turns[0], id="a#1") == turns[0]
    assert sum(len(t.sentences) for t in turns if t.kind is TurnKind.SPEECH) == 2

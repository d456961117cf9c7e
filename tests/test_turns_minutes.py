import pytest

from qa.documents.finding import find_documents
from qa.names import People, Sighting
from qa.sources import Source
from qa.spans import quote
from qa.turns import TurnKind
from qa.turns.finding import find_turns, sightings
from qa.turns.items import is_aside, is_item, is_recorded
from tests.reading import understood

HEAD = (
    "Minutes of the Meeting of the Harbour Committee, 3 May 1961\n\n"
    "Present: Peter Varga, Anna Lindt, Otto Krall, Nora Finch, Paul Dorn\n\n"
)


def read(body: str, head: str = HEAD) -> list[tuple[str, str | None, list[str]]]:
    text = head + body
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return [
        (quote(text, s), t.speaker.name if t.speaker else None, [a.name for a in t.addressees])
        for d in documents
        for t in find_turns(d, text, people)
        if t.kind is not TurnKind.APPARATUS
        for s in t.sentences
    ]


def said(body: str, words: str) -> tuple[str | None, list[str]]:
    found = [(speaker, to) for sentence, speaker, to in read(body) if words in sentence]
    assert len(found) == 1, words
    return found[0]


A = "Mr. Varga said that the quay was too short. "


@pytest.mark.parametrize(
    ("body", "words", "speaker"),
    [
        (A + "It could not take two ships.", "two ships", "Peter Varga"),
        (A + "In Mr. Krall’s view this was not so.", "not so", "Otto Krall"),
        (A + "Mr. Smith opened a letter from Mr. Krall. He asked for more.", "for more", "Smith"),
        (A + "The quay is old and short, but Mr. Varga thought it would do.", "would do", "Peter Varga"),
        (A + "Mr. Otto Zemlin has agreed to the plan that he be heard.", "be heard", "Peter Varga"),
        (A + "The second quay is short, and Mr. Krall said it was old. It would rot.", "would rot", "Otto Krall"),
        (A + "Mr. Krall replied that it was long; the staff, he said, was small.", "was small", "Otto Krall"),
        (A + "Zemlin stated that it would rot.\n\nZemlin doubted the cost.", "would rot", "Zemlin"),
        (A + "Mr. Krall agreed this was so.", "this was so", "Otto Krall"),
        (A + "Miss Finch made the observation that ships were longer now.", "longer now", "Nora Finch"),
        (A + "Mr. Krall alluded to the storms.", "the storms", "Otto Krall"),
        (A + "Mr. Krall did not think so.", "not think", "Otto Krall"),
        (A + "Mr. Krall was not convinced that it mattered.", "mattered", "Otto Krall"),
        (A + "Mr. Krall had no objection to a longer one.", "objection", "Otto Krall"),
        (A + "At this point, Mr. Krall drew attention to the chart.", "the chart", "Otto Krall"),
        (A + "Mr. Krall’s answer was that it would do.", "would do", "Otto Krall"),
        (A + "\n\nMr. Krall, the pilots: Mr. Krall gave the second report.", "second report", "Otto Krall"),
        (A + "\n\nMr. Krall distributed a chart of the harbour. It showed the wrecks.", "the wrecks", "Otto Krall"),
        (A + "\n\nMr. Varga did not hide, however, his fear of the cost.", "fear of the cost", "Peter Varga"),
        (A + "His view was that ships would grow.", "would grow", "Peter Varga"),
        (A + "Mr. Krall had been at work on a plan for years.", "for years", "Peter Varga"),
        (A + "It was decided years ago to wait.", "years ago", "Peter Varga"),
        (A + "The Committee had since asked for another.", "since asked", "Peter Varga"),
        (A + "The first session of the new board became a quarrel.", "a quarrel", "Peter Varga"),
        (A + "It was clear that nothing would be done.", "nothing would", "Peter Varga"),
        (A + "The staff of the harbour was working on it.", "working on it", "Peter Varga"),
    ],
)
def test_who_has_the_floor(body, words, speaker):
    assert said(body, words)[0] == speaker


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (A + "Mr. Krall then left.", "then left"),
        (A + "The second quay is short, and Mr. Krall added that it was old.", "was old"),
        (A + "Mr. Krall asked when, and Messrs. Perlin and Smith agreed on May. They were late.", "were late"),
        (A + "Zemlin stated that it would rot.", "would rot"),
        (A + "Zemlin stated that it would rot. It was old.", "was old"),
        (A + "\n\nAction: The clerk should write to the owners.", "should write"),
        (A + "\n\nAction: He agreed to write to the owners.", "to write"),
        (A + "(The discussion of the quay was adjourned.)", "adjourned"),
        (A + "The Commissioner opened a letter from Mr. Krall. He asked for more.", "for more"),
        (A + "\n\nMr. Varga introduced Ruth Amsel, a diver, who spoke of the wrecks.", "Ruth Amsel"),
        (A + "There was no reply to this.", "no reply"),
        (A + "At this point there was further discussion of the cost.", "further discussion"),
        (A + "After a short discussion the matter was put off.", "put off"),
        (A + "\n\nThe Committee then approved the plan.", "approved"),
        (A + "\n\nAt 10 a.m., the Committee resumed its work.", "resumed"),
        (A + "\n\nThe meeting adjourned at noon.", "adjourned"),
        (A + "\n\nIt was agreed that a plan be made.", "a plan be made"),
        (A + "It was pointed out that the plan was old.", "plan was old"),
        (A + "Several members felt that it was dear.", "it was dear"),
        (A + "[The Committee rose for lunch.]", "for lunch"),
        (A + "The Chairman thought it a waste, and Miss Finch replied that it was.", "a waste"),
    ],
)
def test_what_nobody_in_particular_says(body, words):
    assert said(body, words)[0] is None


@pytest.mark.parametrize(
    ("body", "words", "to"),
    [
        ("Mr. Krall asked Mr. Varga whether it was so.", "it was so", ["Peter Varga"]),
        ("Mr. Krall inquired what it cost.\n\nMr. Varga stated that nobody knew.", "nobody knew", ["Otto Krall"]),
        ("Mr. Krall inquired what it cost.\n\nMr. Varga replied that nobody knew.", "what it cost", ["Peter Varga"]),
        ("Mr. Krall inquired what it cost.\n\nMr. Varga said nobody knew. It was old.", "It was old", ["Otto Krall"]),
        (
            "Mr. Krall raised the question of how to pay.\n\nMr. Varga stated that nobody knew.",
            "nobody knew",
            ["Otto Krall"],
        ),
        ("Mr. Krall raised the question of how to pay.\n\nMr. Varga stated that nobody knew.", "to pay", []),
        ("Mr. Krall said that he would pay.\n\nTo this, Mr. Varga assented.", "assented", ["Otto Krall"]),
        ("Mr. Krall said it was dear.\n\nMr. Varga stated that nobody knew.", "nobody knew", []),
        ("Mr. Krall asked what it cost. He said that it was dear.\n\nMr. Varga said no.", "said no", ["Otto Krall"]),
        ("Mr. Krall asked what it cost.\n\nHe said that it was dear. Mr. Varga said no.", "said no", []),
        ("Mr. Krall asked what it cost. Would it be dear?\n\nMr. Varga said no.", "Would it", ["Peter Varga"]),
        ("Mr. Krall asked what it cost. Nobody knew.\n\nMr. Varga said no.", "Nobody knew", []),
        ("Mr. Krall thought it dear, and he asked who would pay. Mr. Varga said no.", "said no", ["Otto Krall"]),
        ("Mr. Krall asked that the plan be read. Mr. Varga spoke of the cost.", "of the cost", []),
        ("Mr. Krall asked for further questions. Mr. Varga spoke of the cost.", "of the cost", []),
        ("Mr. Krall asked what it cost. Mr. Varga reminded the Committee of the storm.", "the storm", []),
        ("Mr. Krall asked what it cost. Mr. Varga said no.\n\nHe also spoke of the storm.", "the storm", []),
        (
            "Mr. Dorn asked when.\n\nIn reply to a question from Mr. Krall, Mr. Varga said that nobody knew.",
            "nobody knew",
            ["Otto Krall"],
        ),
        ("Mr. Krall said that his colleague, Mr. Varga, was at sea.", "at sea", []),
        ("Mr. Krall asked what it cost.\n\nITEM 2: THE PILOTS\n\nMr. Varga said that they were old.", "were old", []),
    ],
)
def test_to_whom(body, words, to):
    assert said(body, words)[1] == to


def test_the_second_of_two_speakers_goes_on():
    body = "Mr. Krall asked for it in writing, and Miss Finch agreed to that. It would be sent by Monday."
    assert said(body, "by Monday")[0] == "Nora Finch"


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("AGENDA ITEM 3: Report of the Pilots:", True),
        ("2. Defense of the Northern Islands", True),
        ("OPENING REMARKS", True),
        ("Decision", True),
        ("The quay was closed.", False),
        ("(a) the new quay", False),
        ("the Northern Islands", False),
        ("He named three things that he would not do, come what may", False),
        ("", False),
    ],
)
def test_titles_of_items(words, yes):
    assert is_item(words) is yes


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("[They rose for lunch.]", True),
        ("[They rose for lunch].", True),
        ("[I] thanked him.", False),
        ("[We] and [they]", False),
    ],
)
def test_asides_of_an_editor(words, yes):
    assert is_aside(words) is yes


TALK = (
    "Memorandum of Conversation, 3 May 1961\n\nParticipants: Peter Varga, Anna Lindt, Otto Krall\n\n"
    "Mr. Varga repeated the usual complaints about the quay. Miss Lindt drew his attention to the new one. She did not "
    "think that it would do, but she and the Minister were glad of it. He said no. Mr. Krall asked when.\n\n"
    "Miss Lindt felt that nobody knew."
)
COUNCIL = (
    "Memorandum of Discussion at the 12th Meeting of the Harbour Council, 3 May 1961\n\n"
    "Admiral Varga said that the quay was too short. It could not take two ships. "
    "The Chief of the Harbour Staff summed up the costs. They were high. General Krall’s conclusions were less gloomy."
)


@pytest.mark.parametrize(
    ("text", "words", "speaker", "to"),
    [
        (TALK, "usual complaints", "Peter Varga", []),
        (TALK, "his attention", "Anna Lindt", []),
        (TALK, "would do", "Anna Lindt", []),
        (TALK, "said no", None, []),
        (TALK, "nobody knew", "Anna Lindt", ["Otto Krall"]),
        (COUNCIL, "two ships", "Varga", []),
        (COUNCIL, "summed up", None, []),
        (COUNCIL, "were high", None, []),
        (COUNCIL, "less gloomy", "Krall", []),
    ],
)
def test_conversations_of_several_and_meetings_are_minutes(text, words, speaker, to):
    assert [(s, t) for sentence, s, t in read("", text) if words in sentence] == [(speaker, to)]


CABINET = (
    "Conclusions of a Meeting of the Cabinet, 3 May 1961\n\nPresent:\nThe Rt. Hon. Peter Varga, Prime Minister\n"
    "Anna Lindt, Foreign Secretary\nOtto Krall, Chancellor of the Exchequer\nSir Paul Dorn\n\n"
    "1. THE PRIME MINISTER said that the harbour was weak. He thought that ships should be sent.\n\n"
    "THE FOREIGN SECRETARY said that she doubted it. It would be a threat.\n\n"
    "The Chancellor of the Exchequer drew attention to the cost. SIR PAUL DORN recalled the storm.\n\n"
    "THE CABINET took note of the statement and asked for another."
)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("harbour was weak", "Peter Varga"),
        ("ships should", "Peter Varga"),
        ("be a threat", "Anna Lindt"),
        ("the cost", "Otto Krall"),
        ("the storm", "Paul Dorn"),
        ("took note", None),
    ],
)
def test_offices_in_capitals_speak_in_a_cabinet(words, speaker):
    assert [s for sentence, s, _ in read("", CABINET) if words in sentence] == [speaker]


def test_an_office_in_a_list_is_of_the_person_of_its_line():
    head = "Minutes of the Harbour Board, 3 May 1961\n\nPresent\n\nThe Board:\nPeter Varga, Chairman\nOtto Krall\n\n"
    found = read("The Chairman asked Mr. Krall what it cost.\n", head)
    assert ("The Chairman asked Mr. Krall what it cost.", "Peter Varga", ["Otto Krall"]) in found


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("Action: The clerk should write.", True),
        ("ACTION: none", True),
        ("Decision taken: to wait.", True),
        ("Action was urged.", False),
        ("Mr. Krall: to wait.", False),
    ],
)
def test_notes_of_what_was_decided(words, yes):
    assert is_recorded(words) is yes


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("Mr. Varga said no. Glad asked why it was so.", "Betty Glad"),
        ("Mr. Varga said no; Glad asked why it was so.", "Peter Varga and Betty Glad"),
        ("Glad to hear it, Mr. Varga asked why it was so.", "Peter Varga"),
        ("1. General Bell asked why it was so.", "Bell"),
    ],
)
def test_names_of_those_present_may_be_ordinary_words(body, speaker):
    head = "Minutes of the Harbour Board, 3 May 1961\n\nPresent:\nBetty Glad\nPeter Varga\nGeneral Bell\n\n"
    assert [s for sentence, s, _ in read(body + "\n", head) if "why it was so" in sentence] == [speaker]


def test_a_family_name_that_many_bear_elsewhere_is_who_is_present():
    head = "Minutes of the Harbour Board, 3 May 1961\n\nPresent:\nMr. Varga\nOtto Krall\n\n"
    text = head + "Mr. Varga said that it was late. He asked why.\n"
    (document,) = find_documents(Source("a", "a.txt", "", text, "text"))
    elsewhere = [Sighting(name, "b", "present") for name in ("Peter Varga", "Anna Varga")]
    people = People.learn([*sightings(document, text), *elsewhere])
    turns = [t for t in find_turns(document, text, people) if t.kind is TurnKind.SPEECH]
    assert [t.speaker.name if t.speaker else None for t in turns] == ["Varga"]


ITEMS = """Minutes of the Board of the Harbour

March 9, 1953

The meeting was called to order by Chairman Ellis.

1. Water main on Quay Street. Chief Varga reported that the main burst on March 2. He asked for a new valve.

Mr. Krall questioned the amount. On motion of Mr. Lund, it was VOTED to advertise. Mr. Krall was recorded in opposition.

2. Dog licenses. The clerk read a letter from Mrs. Falk about the dogs that run loose on School Street.

3. Mr. Lund moved that the constable be instructed that the by-law be enforced on every street of the town. So voted.

Respectfully submitted,

Clara Benson, Clerk
"""


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("He asked for a new valve", "Varga"),
        ("questioned the amount", "Krall"),
        ("it was VOTED", None),
        ("recorded in opposition", None),
        ("constable be instructed", "Lund"),
        ("So voted", None),
    ],
)
def test_what_a_board_does_and_a_new_item_end_a_speech(words, speaker):
    assert [
        t.speaker.name if t.speaker else None for t in understood(ITEMS)[1] if words in quote(ITEMS, t.segments)
    ] == [speaker]


def test_the_next_item_is_not_the_last_speakers():
    held = [t for t in understood(ITEMS)[1] if "Dog licenses" in quote(ITEMS, t.segments)]
    assert "Krall" not in [t.speaker.name for t in held if t.speaker]

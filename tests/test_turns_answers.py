import pytest

from tests.test_turns_minutes import A, read, said

VARGA, LINDT, KRALL, FINCH = "Peter Varga", "Anna Lindt", "Otto Krall", "Nora Finch"


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        (A + "Mr. Krall answered in the negative Miss Finch’s question about it.", "negative", KRALL, [FINCH]),
        (A + "Mr. Krall answered that Miss Finch’s question was new.", "was new", KRALL, [VARGA]),
        ("When Miss Finch asked what it cost, Mr. Krall replied that nobody knew.", "nobody knew", KRALL, [FINCH]),
        ("When Miss Finch had gone, Mr. Krall replied that nobody knew.", "nobody knew", KRALL, []),
        (
            "Mr. Krall, replying to a question from Miss Finch, explained that it was old.",
            "was old",
            KRALL,
            [FINCH],
        ),
        ("Mr. Krall, in response to a query by Miss Finch, said that it was old.", "was old", KRALL, [FINCH]),
        ("Mr. Krall, in response to a query, said that it was old.", "was old", KRALL, []),
        (A + "After Mr. Varga’s departure Mr. Krall reviewed the costs of it.", "the costs", KRALL, []),
        (A + "It was in this connection that Mr. Krall asked why it was so.", "it was so", KRALL, []),
        (A + "It was the quay that Mr. Krall said would rot.", "would rot", VARGA, []),
    ],
)
def test_who_answers_whom(body, words, speaker, to):
    assert said(body, words) == (speaker, to)


@pytest.mark.parametrize(
    ("body", "words", "speaker"),
    [
        (A + "Messrs. Krall and Dorn then asked why.", "asked why", "Otto Krall and Paul Dorn"),
        (A + "Mr. Krall, Miss Finch and Mr. Dorn all agreed.", "agreed", "Otto Krall and Nora Finch and Paul Dorn"),
        (A + "Mr. Krall moved to adopt it; Miss Finch seconded.", "to adopt", "Otto Krall and Nora Finch"),
        (A + "Mr. Krall moved to adopt it, but Miss Finch chose to wait.", "to adopt", "Otto Krall and Nora Finch"),
        (A + "Mr. Krall gave it high praise and Miss Finch echoed him.", "echoed", "Otto Krall and Nora Finch"),
        (
            A + "Mr. Dorn agreed and Mr. Krall and Miss Finch agreed to wait.",
            "to wait",
            "Paul Dorn and Otto Krall and Nora Finch",
        ),
        (A + "In answer to Mr. Dorn, Mr. Krall and Miss Finch said no.", "said no", "Otto Krall and Nora Finch"),
        (A + "Varga, Krall, and Dorn all indicated their doubt.", "doubt", "Peter Varga and Otto Krall and Paul Dorn"),
        ("Mr. Krall and Mr. Varga both urged a new quay.", "both urged", "Otto Krall and Peter Varga"),
        (A + "Mr. Krall and the pilot agreed to wait.", "to wait", None),
        (A + "Mr. Krall and Miss Finch agreed to wait. It was late.", "was late", None),
        (A + "The pilot asked for it, and Miss Finch agreed to that.", "asked for", None),
    ],
)
def test_two_and_more_speak_as_one(body, words, speaker):
    assert said(body, words)[0] == speaker


def test_each_of_those_who_answer_is_asked():
    body = "Mr. Krall asked what it cost. Mr. Dorn and Miss Finch replied that nobody knew."
    assert said(body, "it cost")[1] == ["Paul Dorn", FINCH]
    assert said(body, "nobody knew") == ("Paul Dorn and Nora Finch", [KRALL])


def test_the_second_of_two_goes_on_to_the_first_who_asked():
    body = "Mr. Krall asked what it cost, and Miss Finch replied that nobody knew. It was dear."
    assert said(body, "was dear") == (FINCH, [KRALL])


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        (A + "Mr. Krall’s reply was that it would do.", "would do", KRALL, [VARGA]),
        (A + "Mr. Krall’s fear was that it would do.", "would do", KRALL, []),
        ("Mr. Krall asked Miss Finch what it cost. The answer was that nobody knew.", "nobody knew", FINCH, [KRALL]),
        (A + "The answer was that nobody knew.", "nobody knew", VARGA, []),
        (A + "Mr. Krall reviewed for Miss Finch the costs of it.", "the costs", KRALL, [FINCH]),
        (A + "Mr. Krall agreed, but continued to maintain that it was old.", "was old", KRALL, [VARGA]),
        (A + "Mr. Krall agreed that it was old.", "was old", KRALL, []),
        (A + "At Mr. Krall’s wish, the matter was deferred until May.", "deferred", None, []),
        (A + "The pilots were then discussed.", "discussed", None, []),
        (
            A + "\n\n5. In closing, both sides of the house agreed that they would meet again in July of that year.",
            "both sides",
            None,
            [],
        ),
        (A + "\n\nComment: Mr. Krall seemed less sure of himself.", "less sure", None, []),
        (A + "He had been told that it leaked. Was that true?", "leaked", VARGA, []),
        (A + "He had been told that it leaked. Was that true?", "that true", VARGA, []),
        (A + "The pilots were discussed in the report.", "discussed", VARGA, []),
        (A + "The Committee were all agreed that it was so.", "it was so", None, []),
        (A + "A discussion of Mr. Krall’s plan followed.", "plan followed", None, []),
        (A + "At the wish of Mr. Krall, Miss Finch introduced the members of her staff.", "members", None, []),
        (A + "At the wish of Mr. Krall, Miss Finch gave a report.", "a report", FINCH, []),
        (A + "\n\nAfternoon Session - 2:45 p.m. - 3:30 p.m.", "Afternoon", None, []),
    ],
)
def test_replies_and_what_all_do(body, words, speaker, to):
    assert said(body, words) == (speaker, to)


REVIEW = (
    "Mr. Krall at this point undertook a review of the year:\n\n1. PILOTS: They are too few.\n\n"
    "2. QUAY: It is too short. The Committee asked for a new one.\n\nNothing was done.\n\n"
    "In the ensuing discussion, it was brought out that it was so.\n\n3. SHIPS: They are longer now.\n\n"
    "The Board rose. 4. It was late.\n\n9. NETS: They are old."
)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("too few", KRALL),
        ("a new one", KRALL),
        ("Nothing was", KRALL),
        ("brought out", None),
        ("longer now", KRALL),
    ],
)
def test_numbered_points_are_of_who_announces_them(words, speaker):
    assert said(REVIEW, words)[0] == speaker


@pytest.mark.parametrize(
    ("body", "words", "speaker"),
    [
        (A + "General Rolf Amsel had been at sea. General Amsel noted that it rained.", "it rained", VARGA),
        (A + "General Amsel noted that it rained.", "it rained", "Rolf Amsel"),
        (A + "General Rolf Amsel joined the meeting. General Amsel noted that it rained.", "it rained", "Rolf Amsel"),
        (A + "General Amsel has urged us to wait, saying “do not build so soon.”", "so soon", VARGA),
        (A + "The Polish Ambassador agreed that it was so.", "it was so", VARGA),
        (A + "The Ambassador agreed that it was so.", "it was so", None),
        (A + "At this point Mr. Rolf Amsel joined the meeting.", "joined", None),
        (A + "\n\nBefore they could go on, Colonel Rolf Amsel, a pilot, arrived to speak.", "arrived", None),
        (A + "When Miss Finch moved that it be built, there was general agreement.", "be built", FINCH),
        (A + "When Miss Finch moved that it be built, the rain fell.", "rain fell", VARGA),
    ],
)
def test_who_comes_and_who_is_only_told_of(body, words, speaker):
    assert said(body + "\n\nRolf Amsel was old. Mr. Rolf Amsel was ill.", words)[0] == speaker


def test_an_office_may_look_like_a_given_name():
    head = (
        "Minutes of the Harbour Board, 3 May 1961\n\nPresent:\nPeter Varga, Judge of Orlo\nRoy May, Dean of Law\n"
        "Nora Finch\n\n"
    )
    body = "Dean May said that it was late. Mr. Varga said no. Dean May asked if it was so. Miss Finch replied yes."
    told = [(s, to) for sentence, s, to in read(body + "\n", head)]
    assert told == [("Roy May", []), (VARGA, []), ("Roy May", [FINCH]), (FINCH, ["Roy May"])]


def test_an_under_secretary_is_no_secretary():
    body = (
        "\n\nThe Committee was told that Under Secretary of State Amsel had come.\n\n"
        "The Under Secretary dwelt on the cost.\n\nThe Secretary of State dwelt on the ships."
    )
    assert [said(A + body, words)[0] for words in ("the cost", "on the ships")] == ["Amsel", None]


@pytest.mark.parametrize(
    ("body", "words", "speaker", "to"),
    [
        (
            A + "Mr. Krall asked Miss Finch for the chart. The latter quoted it. She said yes.",
            "said yes",
            FINCH,
            [KRALL],
        ),
        (A + "Mr. Krall told Miss Finch of two charts. The latter was old.", "was old", KRALL, [FINCH]),
        (A + "Mr. Krall introduced Miss Finch who greeted them and expressed her thanks.", "her thanks", FINCH, []),
        (A + "Mr. Krall thanked Miss Finch who was ill, and said that he was old.", "was old", KRALL, [FINCH]),
        (
            "Mr. Krall asked why. Mr. Dorn said it was dear, and Miss Finch stated that it was.",
            "dear",
            "Paul Dorn and Nora Finch",
            [KRALL],
        ),
        (
            "Mr. Krall asked why. Mr. Dorn said no, and Miss Finch stated that it was. Mr. Dorn felt that it was late.",
            "was late",
            "Paul Dorn",
            [KRALL],
        ),
    ],
)
def test_the_latter_and_who(body, words, speaker, to):
    assert said(body, words) == (speaker, to)

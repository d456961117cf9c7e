import pytest

from tests.test_turns_minutes import A, said

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

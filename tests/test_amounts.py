"""Whether a text gives the amount that is asked for."""

import pytest

from qa.answer.amounts import amount_missed

ROWS = [
    ("How many ships were lost?", "Six ships were lost.", False),
    ("How many ships were lost?", "They lost six old grey ships.", False),
    ("How many ships were lost?", "The ships were lost in 1921.", True),
    ("How many ships were lost?", "Many ships were lost.", True),
    ("How many ships were lost?", "There were 40 tons of coal in the ships' holds; nobody counted them.", True),
    ("How many divisions of missiles will they need?", "We will need to raise their number to 14 divisions.", False),
    ("How many more tugs did he ask for?", "He asked for two tugs.", False),
    ("How much coal is left?", "Forty tons are left, and 200 tons of coal.", False),
    ("How much coal is left?", "Eleven people came.", True),
    ("By how much did the fleet grow?", "It grew by eleven.", False),
    ("How long did the talk last?", "The talk lasted three hours.", False),
    ("How long did the talk last?", "It lasted an hour and a half, with 12 guests.", True),
    ("How long did the talk last?", "It was a long talk with 12 guests.", True),
    ("How long did the talk last?", "He stayed a hundred days.", False),
    ("What did the mill cost?", "The mill cost 3,000 rubles.", False),
    ("What did the mill cost?", "The mill cost $3,000.", False),
    ("What did the mill cost?", "They won twice.", True),
    ("What did the mill cost?", "The mill has 12 rooms.", True),
    ("What was the price of wheat?", "He asked for 100,000 tons of wheat.", True),
    ("What is the number of the paper?", "It is number 46.", False),
    ("What is the number of the paper?", "It has none.", True),
    ("", "", True),
]


@pytest.mark.parametrize(("question", "text", "missed"), ROWS)
def test_an_amount_is_of_the_thing_or_in_the_unit_asked_for(question, text, missed):
    assert amount_missed(question, text) is missed

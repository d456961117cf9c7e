"""Which document a question means, by its dates: tables of facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.meant import dated, dates_in
from qa.dates import PartialDate

DAY, MONTH, YEAR = PartialDate(1962, 8, 26), PartialDate(1962, 8), PartialDate(1962)


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("Where is the record of the 26 August 1962 conversation archived?", ["1962-08-26"]),
        ("Who translated the talk of August 26, 1962?", ["1962-08-26"]),
        ("Who signed the embassy report of 4 June 1965?", ["1965-06-04"]),
        ("Which archive holds the speech at the April 1968 plenum?", ["1968-04"]),
        ("Where is the letter kept?", []),
    ],
)
def test_dates_of_a_question(question, dates):
    assert [d.iso for d in dates_in(question)] == dates


@pytest.mark.parametrize(
    ("asked", "document", "agreement"),
    [
        (DAY, DAY, 1.0),
        (DAY, PartialDate(1962, 8, 27), 0.0),
        (DAY, MONTH, 0.6),
        (MONTH, DAY, 0.6),
        (MONTH, PartialDate(1962, 9, 26), 0.0),
        (YEAR, DAY, 0.3),
        (DAY, YEAR, 0.3),
        (YEAR, PartialDate(1963, 8, 26), 0.0),
        (DAY, None, 0.0),
    ],
)
def test_the_fuller_the_date_the_surer(asked, document, agreement):
    assert dated([asked], document) == agreement


DATES = st.dates().map(lambda d: PartialDate(d.year, d.month, d.day))


@given(st.lists(DATES, max_size=3), DATES)
def test_one_of_several_dates_is_enough(dates, document):
    assert dated([*dates, document], document) == 1.0
    assert dated(dates, document) == max((dated([d], document) for d in dates), default=0.0)

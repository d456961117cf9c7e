import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dates import DateMention, PartialDate, find_dates, find_period, in_range, parse, parse_bound
from qa.dates.patterns import months


def iso(value: PartialDate | None) -> str | None:
    return None if value is None else value.iso


@st.composite
def partial_dates(draw):
    day = draw(st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31)))
    return PartialDate(*(day.year, day.month, day.day)[: draw(st.integers(1, 3))])


def brief(text: str, default_year: int | None = None) -> list[str]:
    """Mentions as "first" or "first/last"."""
    return [m.first.iso if m.first == m.last else f"{m.first.iso}/{m.last.iso}" for m in find_dates(text, default_year)]


@pytest.mark.parametrize(
    ("parts", "expected", "first", "last"),
    [
        ((1968, 2, 26), "1968-02-26", date(1968, 2, 26), date(1968, 2, 26)),
        ((1968, 2), "1968-02", date(1968, 2, 1), date(1968, 2, 29)),
        ((1967, 2), "1967-02", date(1967, 2, 1), date(1967, 2, 28)),
        ((1968,), "1968", date(1968, 1, 1), date(1968, 12, 31)),
        ((1054, 12), "1054-12", date(1054, 12, 1), date(1054, 12, 31)),
    ],
)
def test_iso_and_bounds(parts, expected, first, last):
    value = PartialDate(*parts)
    assert (value.iso, value.first, value.last) == (expected, first, last)


@pytest.mark.parametrize("parts", [(1968, 2, 30), (1968, 13), (1968, 0, 5), (0,), (1968, -1), (1967, 2, 29)])
def test_a_date_that_is_none_is_refused(parts):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1968-02-26", "1968-02-26"),
        ("1968-2-6", "1968-02-06"),
        ("1968-02", "1968-02"),
        ("1968", "1968"),
        ("26 February 1968", "1968-02-26"),
        ("26 FEBRUARY 1968", "1968-02-26"),
        ("26 february 1968", "1968-02-26"),
        ("February 26, 1968", "1968-02-26"),
        ("FEBRUARY 26, 1968", "1968-02-26"),
        ("Feb. 26, 1968", "1968-02-26"),
        ("Sept. 3, 1950", "1950-09-03"),
        ("26.II.50", "1950-02-26"),
        ("26. II. 1950", "1950-02-26"),
        ("5.I.50", "1950-01-05"),
        ("26.2.1950", "1950-02-26"),
        ("26.02.1950", "1950-02-26"),
        ("26.2.50", "1950-02-26"),
        ("26/2/1950", "1950-02-26"),
        ("2/3/1950", None),
        ("3/3/1950", "1950-03-03"),
        ("“31” January 1968", "1968-01-31"),
        ('"31" January 1968', "1968-01-31"),
        ("October 07, 1950", "1950-10-07"),
        ("07 October 1950", "1950-10-07"),
        ("March 1968", "1968-03"),
        ("March, 1968", "1968-03"),
        ("March of 1968", "1968-03"),
        ("12th of May, 1934", "1934-05-12"),
        ("the 12th day of May, 1934", "1934-05-12"),
        ("May 12th, 1934", "1934-05-12"),
        ("1st May 1934", "1934-05-01"),
        ("Novr. 3d, 1776", "1776-11-03"),
        ("22d of May, 1801", "1801-05-22"),
        ("May ye 4th 1702", "1702-05-04"),
        ("7th Feby 1801", "1801-02-07"),
        ("  26   February\n1968 ", "1968-02-26"),
        ("26February1968", "1968-02-26"),
        ("26 February ,1968", "1968-02-26"),
        ("26 February 1968.", "1968-02-26"),
        ("(26 February 1968)", "1968-02-26"),
        ("26 February [1968]", "1968-02-26"),
        ("3 [March] 1968", "1968-03-03"),
        ("Monday, 26 February 1968", "1968-02-26"),
        ("26 février 1968", "1968-02-26"),
        ("1er mai 1934", "1934-05-01"),
        ("26. Februar 1968", "1968-02-26"),
        ("3. März 1919", "1919-03-03"),
        ("26 de febrero de 1968", "1968-02-26"),
        ("26 февраля 1968", "1968-02-26"),
        ("March 2/15, 1917", "1917-03-15"),
        ("2/15 March 1917", "1917-03-15"),
        ("31 February 1968", None),
        ("29 February 1967", None),
        ("February 30, 1968", None),
        ("1968-13", None),
        ("1968-02-31", None),
        ("32.1.1950", None),
        ("5.XIII.1950", None),
        ("26 February", None),
        ("May", None),
        ("", None),
        ("   ", None),
        ("1964-67", None),
        ("14-16 August 1962", None),
        ("in 1968", None),
        ("26 February 1968 and 3 March 1968", None),
        ("Moscow", None),
        ("1425", "1425"),
        ("2500", None),
        ("999", None),
        ("19680226", None),
        ("No. 1425", None),
    ],
)
def test_parse(text, expected):
    assert iso(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 23 January 1968 naval and air forces attacked the ship", ["1968-01-23"]),
        ("returned from Beijing on 5 October 1950 and on 6 October 1950 a meeting", ["1950-10-05", "1950-10-06"]),
        ("The 3 February [1968] letter drew attention", ["1968-02-03"]),
        ("On 6 February [1968] he sent a reply", ["1968-02-06"]),
        ("14-16 August 1962", ["1962-08-14/1962-08-16"]),
        ("6–7 December 2004, Washington", ["2004-12-06/2004-12-07"]),
        ("from 3 to 5 May 1968", ["1968-05-03/1968-05-05"]),
        ("between 3 and 5 May 1968", ["1968-05-03/1968-05-05"]),
        ("on 5 and 6 October 1950", ["1950-10-05/1950-10-06"]),
        ("paragraphs 3 and 15 May 1968", ["1968-05-15"]),
        ("Sept. 16-Oct. 15, 1950: New Evidence", ["1950-09-16/1950-10-15"]),
        ("30 September - 3 October 1962", ["1962-09-30/1962-10-03"]),
        ("30 December 1962 to 3 January 1963", ["1962-12-30/1963-01-03"]),
        ("August 14-16, 1962", ["1962-08-14/1962-08-16"]),
        ("1964-67", ["1964/1967"]),
        ("the 1950-53 war", ["1950/1953"]),
        ("between 1910-12 and later", ["1910/1912"]),
        ("Policy, 1965–1968", ["1965/1968"]),
        ("(Winter 1995/96)", ["1995-12/1996-02"]),
        ("between 1962 and 1964", ["1962/1964"]),
        ("from 1962 to 1964", ["1962/1964"]),
        ("in the fall of 1962", ["1962-09/1962-11"]),
        ("in spring 1962", ["1962-03/1962-05"]),
        ("Summer, 1962", []),
        ("the winter of 1962", ["1962"]),
        ("the winter of 1962-63", ["1962-12/1963-02"]),
        ("the fall of Paris", []),
        ("mid-1964", ["1964-05/1964-08"]),
        ("in early 1968", ["1968-01/1968-04"]),
        ("in late 1964", ["1964-09/1964-12"]),
        ("at the end of 1964", ["1964-09/1964-12"]),
        ("at the beginning of March 1968", ["1968-03-01/1968-03-10"]),
        ("early March 1968", ["1968-03-01/1968-03-10"]),
        ("mid-February 1968", ["1968-02-11/1968-02-20"]),
        ("late February 1968", ["1968-02-21/1968-02-29"]),
        ("late-February 1967", ["1967-02-21/1967-02-28"]),
        ("the 1960s", ["1960/1969"]),
        ("in the mid-1950's", ["1954/1956"]),
        ("the late 1940s", ["1947/1949"]),
        ("the early 1950s", ["1950/1953"]),
        ("mid- to late 1960s", ["1964/1969"]),
        ("May-June 1962", ["1962-05/1962-06"]),
        ("September 1945-December 1946", ["1945-09", "1946-12"]),
        ("in January and February 1968 the leadership", ["1968-01/1968-02"]),
        ("December-January 1963", ["1962-12/1963-01"]),
        ("in December 1962 and March 1963", ["1962-12", "1963-03"]),
        ("the December (1966) Plenum", ["1966-12"]),
        ("in late 1964-early 1965", ["1964-09/1964-12", "1965-01/1965-04"]),
        ("as early as 1961 they", ["1961"]),
        ("the 1956 crisis and the 1425 pages", ["1956"]),
        ("the 1956 tons", []),
        ("its [1961] treaty", ["1961"]),
        ("in 1968", ["1968"]),
        ("since 1945 (actually)", ["1945"]),
        ("(Stanford University Press, 1993), 11", ["1993"]),
        ("pages 7, 1993 and 12", []),
        ("the report (1968)", ["1968"]),
        ("the treaty of 1961.", ["1961"]),
        ("fond 1962, opis 18", []),
        ("fond 0102, opis 18, papka 93, delo 5, listy 3-9", []),
        ("No. 1425", []),
        ("p. 1950", []),
        ("1300 Pennsylvania Ave", []),
        ("DC 20523", []),
        ("Telephone: (202) 691-4110", []),
        ("over 2000 train cars", []),
        ("in 1500 cases", []),
        ("a loan of 1950 rubles", []),
        ("by 1200 men", []),
        ("of 1,950 tons", []),
        ("in 1950.5 parts", []),
        ("in 2500", []),
        ("delo 918795", []),
        ("They may 12 times", []),
        ("It may rain. March on!", []),
        ("March 12 miles", []),
        ("May we go in 1968?", ["1968"]),
        ("26 February", []),
        ("in February", []),
        ("12.3.14 of the treaty", []),
        ("of 5.I.50 and 26.02.1950", ["1950-01-05", "1950-02-26"]),
        ("version 1.2.1950.4", []),
        ("31 February 1968", ["1968-02"]),
        ("17 March 2005.", ["2005-03-17"]),
        ("http://a.org/1968/02/26", []),
        ("Telegram, 2/15 March 1917", ["1917-03-15"]),
        ("2/5 March 1917", ["1917-03-02/1917-03-05"]),
        ("9 April 1968", ["1968-04-09"]),
        ("20 июня 1950 г.", ["1950-06-20"]),
        ("", []),
        ("nothing here", []),
    ],
)
def test_find_dates(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 May of this year", ["1965-05-03"]),
        ("On 23 January of this year this vessel was detained", ["1965-01-23"]),
        ("on 30 April there was a raid", ["1965-04-30"]),
        ("in February", ["1965-02"]),
        ("At another meeting in March the leader claimed", ["1965-03"]),
        ("this May", ["1965-05"]),
        ("from 3 to 5 May", ["1965-05-03/1965-05-05"]),
        ("May 12th", ["1965-05-12"]),
        ("at the beginning of March", []),
        ("in march they go", []),
        ("they may 12 of them", []),
        ("May I go? March on! It may.", []),
        ("before June", ["1965-06"]),
        ("on 15 August he will", ["1965-08-15"]),
        ("29 February", []),
        ("3 May 1934", ["1934-05-03"]),
        ("March 12 miles", []),
        ("14-16 August", ["1965-08-14/1965-08-16"]),
    ],
)
def test_find_dates_of_a_known_year(text, expected):
    assert brief(text, 1965) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 6 February [1968] he came", ["6 February [1968]"]),
        ("[14 August 1962]", ["14 August 1962"]),
        ("came on “31” January 1968 to us", ["“31” January 1968"]),
        ("called “26 February 1968” by all", ["26 February 1968"]),
        ("in the fall of 1962 and on 3 May 1963.", ["fall of 1962", "3 May 1963"]),
        ("Monday, 3 May 1963", ["3 May 1963"]),
    ],
)
def test_mentions_say_where_they_stand(text, words):
    assert [text[m.start : m.end] for m in find_dates(text)] == words


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("1962", False, "1962"),
        ("1962-11", True, "1962-11"),
        ("26 February 1968", True, "1968-02-26"),
        ("1964-67", False, "1964"),
        ("1964-67", True, "1967"),
        ("the fall of 1962", True, "1962-11"),
        ("1960s", False, "1960"),
        ("yesterday", False, None),
        ("in 1968 or so", False, None),
        ("", True, None),
    ],
)
def test_parse_bound(text, end, expected):
    assert iso(parse_bound(text, end)) == expected


@pytest.mark.parametrize(
    ("day", "after", "before", "expected"),
    [
        ("1968-02-26", None, None, True),
        ("1968-02-26", "1968-02-26", "1968-02-26", True),
        ("1968-02-26", "1968-02-27", None, False),
        ("1968-02-26", None, "1968-02-25", False),
        ("1968-02-26", "1968", "1968", True),
        ("1968-02", "1968-02-29", None, True),
        ("1968-02", None, "1968-02-01", True),
        ("1968", "1968-03", "1968-04", True),
        ("1967", "1968-01-01", None, False),
        ("1962-12", None, "1962-11", False),
        (None, None, None, True),
        (None, "1962", None, False),
        (None, None, "1962", False),
    ],
)
def test_in_range(day, after, before, expected):
    values = [value and parse(value) for value in (day, after, before)]
    assert in_range(*values) is expected


@pytest.mark.parametrize(
    ("question", "after", "before"),
    [
        ("What was promised before 1965?", None, "1964"),
        ("What was promised after March 1966?", "1966-04", None),
        ("What was promised after 26 February 1968?", "1968-02-27", None),
        ("What was said prior to January 1966?", None, "1965-12"),
        ("What was said before 1 March 1968?", None, "1968-02-29"),
        ("Who complained between 1962 and 1964?", "1962", "1964"),
        ("Who complained between March 1962 and May 1964?", "1962-03", "1964-05"),
        ("Who complained from March 1962 to May 1964?", "1962-03", "1964-05"),
        ("Who complained during 1968?", "1968", "1968"),
        ("Who complained in 1968?", "1968", "1968"),
        ("Who complained in February 1968?", "1968-02", "1968-02"),
        ("Who complained on 26 February 1968?", "1968-02-26", "1968-02-26"),
        ("Who complained since 1966?", "1966", None),
        ("Who complained until 1966?", None, "1966"),
        ("Who complained by May 1966?", None, "1966-05"),
        ("Who complained from 1966 onwards?", "1966", None),
        ("Who complained after 1962 and before 1965?", "1963", "1964"),
        ("Who complained in the fall of 1962?", "1962-09", "1962-11"),
        ("Who complained in the 1960s?", "1960", "1969"),
        ("Which telegrams from April 1965 speak of it?", "1965-04", "1965-04"),
        ("Who spoke from 14 to 16 August 1962?", "1962-08-14", "1962-08-16"),
        ("Who spoke between 14 and 16 August 1962?", "1962-08-14", "1962-08-16"),
        ("Who spoke from 1966 on?", "1966", None),
        ("Who spoke in 1966 on Vietnam?", "1966", "1966"),
        ("Who spoke in 1962 or 1963?", "1962", "1963"),
        ("Who spoke in the years 1962-1964?", "1962", "1964"),
        ("Who spoke up to and including 1965?", None, "1965"),
        ("Who spoke before the end of 1964?", None, "1964-08"),
        ("Who spoke later than 1966?", "1967", None),
        ("Who spoke after May 1966 about the treaty of 1961?", "1966-06", None),
        ("what happened in may 1968", "1968-05", "1968-05"),
        ("What was said before 1 January 1000?", None, "0999-12-31"),
        ("What does the treaty of 6 July 1961 say?", None, None),
        ("Who spoke about 1956?", None, None),
        ("What may he do?", None, None),
        ("Who complained after 1968 and before 1962?", None, None),
        ("", None, None),
    ],
)
def test_find_period(question, after, before):
    assert tuple(map(iso, find_period(question))) == (after, before)


@given(partial_dates())
def test_iso_is_read_back(value):
    assert parse(value.iso) == value


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31)))
def test_written_dates_are_read_back(day):
    value = PartialDate(day.year, day.month, day.day)
    name = day.strftime("%B")
    for text in (
        f"{day.day} {name} {day.year:04}",
        f"{name} {day.day}, {day.year:04}",
        f"{day.day}.{day.month}.{day.year:04}",
    ):
        assert parse(text) == value
        assert [(m.first, m.last) for m in find_dates(f"It was on {text} that he came")] == [(value, value)]


@given(partial_dates(), partial_dates())
def test_a_date_lies_between_itself(value, other):
    assert in_range(value, value, value)
    assert in_range(value, other, None) or in_range(value, None, other)


@given(partial_dates())
def test_bounds_enclose_the_date(value):
    assert value.first <= value.last
    assert value.first.year == value.last.year == value.year


PIECES = [
    "26",
    "3",
    "[1968]",
    "1968",
    "May",
    "march",
    "of",
    "the",
    "fall",
    "-",
    "–",
    "/",
    ".",
    ",",
    "in",
    "to",
    "late",
    "II",
    " ",
    "\n",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)), st.sampled_from([None, 1965])
)
def test_mentions_are_sound(text, default):
    at = 0
    for mention in find_dates(text, default):
        assert isinstance(mention, DateMention)
        assert at <= mention.start < mention.end <= len(text)
        assert mention.first.first <= mention.last.last
        assert re.search(r"\w", text[mention.start : mention.end])
        at = mention.end


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "may " * 40_000, "19" * 60_000, "1 May" + " " * 90_000, "from 1962 " * 15_000]
)
def test_long_texts_take_time_in_proportion(text):
    assert isinstance(find_dates(text), list)


def test_every_month_has_its_names():
    assert {months()[name] for name in ("january", "feb", "märz", "août", "мая")} == {1, 2, 3, 8, 5}
    assert set(months().values()) == set(range(1, 13))

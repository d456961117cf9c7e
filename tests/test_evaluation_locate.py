"""Texts are found in their source as a pattern of all their words would find them, only faster."""

import re

from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.locate import locate
from qa.sources.records import Source

MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
GAP = rf"[{MARKS}]*\s+[{MARKS}]*"
PIECES = st.sampled_from(["a", "b", "ab", " ", "  ", "\n", "²", "¹⁰", "\u00a0", ".", "a.b"])


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=6).map("".join))
def test_places_are_those_of_the_pattern(text, wanted):
    pattern = re.compile(GAP.join(map(re.escape, wanted.split())))
    expected = [match.span() for match in pattern.finditer(text)] if wanted.split() else []
    found = locate(wanted, Source("a", "a.txt", "", text, "text"))
    assert [(place[0].start, place[0].end) for place in found] == expected

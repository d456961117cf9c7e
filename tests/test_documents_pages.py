from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents.finding import find_documents
from qa.documents.numbering import printed_pages
from qa.sources import Source
from qa.spans import quote

PAGE = "It rained on the quay and the ships lay still. " * 8
TORN = PAGE + "It was not before the"


def labels(text: str) -> list[str]:
    return [page.label for page in printed_pages(text)[1]]


def page_of(text: str, words: str) -> list[str]:
    at = text.index(words)
    return [p.label for p in printed_pages(text)[1] if p.start <= at < p.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\f".join(f"{PAGE}{n}\n" for n in ("", "", "")), []),
        ("\f".join(f"{PAGE}\n{n}\n" for n in (4, 5, 6)), ["4", "5", "6"]),
        ("\f".join(f"{n}\n{PAGE}" for n in (4, 5, 6)), ["4", "5", "6"]),
        ("\f".join(f"- {n} -\n{PAGE}" for n in (4, 5, 6)), ["4", "5", "6"]),
        ("\f".join((f"TITLE\n{PAGE}", f"{PAGE}\n2", PAGE, f"{PAGE}\n4", f"{PAGE}\n5")), ["2", "3", "4", "5"]),
        ("\f".join(f"{PAGE}\n{n}" for n in (4, 5)), []),
        ("\f".join(f"{PAGE}\n{n}" for n in (4, 9, 6, 31)), []),
        ("\f".join(f"{PAGE}\n{n}" for n in (1979, 1980, 1981)), ["1979", "1980", "1981"]),
        ("\n\n".join(f"{TORN}\n\n{n}" for n in (1, 2, 3)), ["1", "2", "3"]),
        ("\n".join(f"{TORN}\n{n}" for n in (1, 2, 3)), ["1", "2", "3"]),
        ("\n\n".join(f"{n}\n\n{TORN}" for n in (7, 8, 9)), ["7", "8", "9"]),
        (TORN + "\n\n" + "\n\n".join(f"{n}\n\n{TORN}" for n in (2, 3, 4)), ["1", "2", "3", "4"]),
        ("\n\n".join(f"{TORN}\n\n{n}" for n in (7, 8, 10, 11, 12)), ["7", "8", "11", "12"]),
        ("\n\n".join(f"{TORN}\n\n{n}" for n in (7, 8, 3, 9)), ["7", "8", "9"]),
        ("\n\n".join(f"{PAGE}\n\n- {n} -" for n in (7, 8, 9)), ["7", "8", "9"]),
        ("\n\n".join(f"{n}\n\n{PAGE}" for n in (1, 2, 3)), []),  # chapters: no number stands within a sentence
        ("\n\n".join(f"{n}\n\n{TORN}" for n in (1950, 1951, 1952)), []),  # years
        ("\n".join(f"{n}\nA short line" for n in (1, 2, 3)), []),
        ("\n\n".join(f"{TORN}\n\n{n}" for n in (1, 2)), []),
        ("\n\n".join(f"{TORN}\n\n{n}" for n in (3, 2, 1)), []),
        ("", []),
        ("\f\f\f", []),
    ],
)
def test_only_a_series_of_numbers_labels_pages(text, expected):
    assert labels(text) == expected


def test_the_number_at_the_foot_belongs_to_the_text_before_it():
    text = "\n\n".join(f"{TORN} {word}\n\n{n}" for word, n in (("one", 1), ("two", 2), ("three", 3)))
    assert [page_of(text, w) for w in ("one", "two", "three")] == [["1"], ["2"], ["3"]]


def test_the_number_at_the_head_belongs_to_the_text_behind_it():
    text = "\n\n".join(f"{n}\n\n{TORN} {word}" for word, n in (("one", 5), ("two", 6), ("three", 7)))
    assert [page_of(text, w) for w in ("one", "two", "three")] == [["5"], ["6"], ["7"]]


def test_a_number_never_stands_within_a_sentence_and_a_quote_bears_both_pages():
    text = "Report on the Harbour\n\n" + "\n\f".join(
        f"{'summer that it ended. ' if n > 1 else ''}{TORN}\n- {n} -" for n in (1, 2, 3, 4)
    )
    (document,) = find_documents(Source("a", "a.txt", "", text, "text"))
    assert [p.label for p in document.pages] == ["1", "2", "3", "4"]
    body = " ".join(quote(text, b.segments) for b in document.blocks)
    assert body.count("It was not before the summer that it ended.") == 3
    assert "- 2 -" not in body


@given(st.text(alphabet="12 3\n\f-ab.", max_size=300))
def test_any_text_gives_pages_in_order_without_overlap(text):
    lines, pages = printed_pages(text)
    assert all(a.end <= b.start for a, b in pairwise(pages))
    assert all(text[s.start : s.end].strip("-– ").isdigit() for s in lines)

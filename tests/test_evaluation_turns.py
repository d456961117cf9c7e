import pytest

from eval.turns import same_person, verdict


@pytest.mark.parametrize(
    ("given", "expected", "same"),
    [
        ("Anna B. Roe", "A. B. Roe", True),
        ("Nikita S. Zimin", "N.S. Zimin", True),
        ("A. B. Roe", "A. C. Roe", False),
        ("Anna B. Roe", "O. B. Roe", False),
        ("Anna Roe", "A. Poe", False),
        ("Anna Roe", "Berta Roe", False),
        ("Kim Il", "Kim Il Sung", False),
        ("Roe", "A. Roe", False),
        ("Anna Roe", "Roe", True),
    ],
)
def test_whether_two_names_are_one_person(given, expected, same):
    assert same_person(given, expected) is same


@pytest.mark.parametrize(
    ("given", "expected", "found"),
    [
        (["Anna Roe"], ["A. Roe"], "right"),
        ([], [], "right"),
        ([], ["A. Roe"], "unknown"),
        (["Anna Roe"], [], "wrong"),
        (["Anna Roe", "Jan Poe"], ["A. Roe"], "wrong"),
    ],
)
def test_verdicts(given, expected, found):
    assert verdict(given, expected) == found

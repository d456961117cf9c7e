import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.dates import PartialDate
from qa.errors import BadData
from qa.names import (
    Addition,
    People,
    Sighting,
    canonical_places,
    find_names,
    key,
    load_additions,
    parse_name,
    place_variants,
    same_name,
)
from qa.names.keys import keys

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "names.jsonl").read_text().splitlines()]
CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_names_in_running_text(case):
    found = [m for m in find_names(case["text"]) if not m.weak]
    expected = [name for name, _ in case["names"]]
    assert [m.written for m in found] == expected
    for mention, (_, title) in zip(found, case["names"], strict=True):
        assert not title or title in mention.titles
    if "offices" in case:
        assert [m.office for m in found] == case["offices"]


@pytest.mark.parametrize(
    ("text", "written"),
    [("The plan of Zimmerwald failed.", "Zimmerwald"), ("They read Nodon Sinmun daily.", "Nodon Sinmun")],
)
def test_capitalised_words_without_evidence_are_weak(text, written):
    assert [(m.written, m.weak) for m in find_names(text)] == [(written, True)]


def test_lone_family_name_is_sure_once_the_text_gives_the_full_name():
    found = find_names("Zimmer came late. General Otto Zimmer spoke. We heard Zimmer.")
    assert [(m.written, m.weak) for m in found] == [("Zimmer", False), ("Otto Zimmer", False), ("Zimmer", False)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Bishop asked why.", ["Bishop"]),
        ("Miss King agreed.", ["King"]),
        ("William W. Bishop, Jr.\nOtto Zimmer", ["William W. Bishop, Jr.", "Otto Zimmer"]),
        ("Mr. Speaker, it is late.", []),
        ("Mr. Chief Justice spoke.", []),
        ("The King asked why.", []),
        ("Messrs. Zimmer, Long and Sterling agreed.", ["Zimmer", "Long", "Sterling"]),
        ("Messrs. Zimmer and Sterling of Trade agreed.", ["Zimmer", "Sterling"]),
    ],
)
def test_titles_that_are_family_names(text, names):
    assert [m.written for m in find_names(text)] == names


@pytest.mark.parametrize("text", ["Costa Rica proposed to wait.", "President of Costa Rica said no."])
def test_countries_are_nobody(text):
    assert find_names(text) == []


def test_word_that_also_stands_in_small_letters_is_no_name():
    assert find_names("Glasnost began. All wanted glasnost.") == []


@pytest.mark.parametrize("name", ["davies-memorandum-1950-11", "matveev-telegram-1950-10-07", "radchenko-cwihp-wp47"])
def test_offsets_cut_the_written_text(name):
    text = (CORPUS / f"{name}.txt").read_text()
    found = find_names(text)
    assert found
    for m in found:
        assert text[m.core_start : m.core_end] == m.written
        assert m.start <= m.core_start < m.core_end <= m.end
    assert all(a.core_end <= b.core_start for a, b in itertools.pairwise(found))


@given(st.text(alphabet="Kim IlSung.,[]()'-Mr Joe\n de A.é’", max_size=80))
def test_any_text_gives_true_offsets(text):
    for m in find_names(text):
        assert text[m.core_start : m.core_end] == m.written


SAME = [
    ("Kim Il Sung", "Kim Il-song"),
    ("Kim Il Sung", "Kim Ilsung"),
    ("Kim Il Sung", "Kim Ir Sen"),
    ("Kim Il Sung", "KIM IL SUNG"),
    ("Kim Il Sung", "Gim Il-seong"),
    ("Pak Song Ch'ol", "Pak Song-ch’ol"),
    ("Pak Song Ch'ol", "Park Seong-cheol"),
    ("Pak Song Ch'ol", "Pak Sung-chul"),
    ("Kim Ch'ang-bong", "Kim Chang Bong"),
    ("Ch'oe Yŏng-gŏn", "Choi Yong Gon"),
    ("Park Chung Hee", "Pak Chŏng-hŭi"),
    ("Chon Tu-hwan", "Chun Doo Hwan"),
    ("Ri Seung-yop", "Yi Sŭng-yŏp"),
    ("Ri Seung-yop", "Lee Sung Yop"),
    ("Kang Ch'ol-gun", "KANG CH'OL GUN"),
    ("Mao Tse-tung", "Mao Zedong"),
    ("Chou En-lai", "Zhou Enlai"),
    ("P'eng Te-huai", "Peng Dehuai"),
    ("Teng Hsiao-p'ing", "Deng Xiaoping"),
    ("Aleksei Kosygin", "Alexey Kossygin"),
    ("Khrushchev", "Khruschev"),
    ("Gromyko", "Gromiko"),
    ("Vasily Moskovsky", "Vasilii Moskovskii"),
    ("Nikita Sergeevich", "Nikita Sergeyevich"),
    ("Yeltsin", "Eltsin"),
    ("Fyodor Ivanov", "Fedor Ivanov"),
    ("A.A. Gromyko", "Gromyko A. A."),
    ("comrade John Carver", "Carver, John"),
    ("Douglas MacArthur", "Douglas McArthur"),
    ("José Peña", "Jose Pena"),
]
DIFFERENT = [
    ("Kim Il", "Kim Il Sung"),
    ("Kim Il Sung", "Kim Sung Il"),
    ("Kim Pyong-chik", "Kim Chung-wong"),
    ("Kim Ch'ang-bong", "Kim Jang-bong"),
    ("Kim Yong-su", "Kim Yong-so"),
    ("Kim Han-gun", "Kim Ha-nggun"),
    ("Pak Il-u", "Pak Il-ho"),
    ("Mao Zedong", "Mao Zemin"),
    ("Li Peng", "Li Ping"),
    ("John Smith", "John Smyth"),
    ("John Smith", "James Smith"),
    ("John Smith", "Smith"),
    ("Ivanov", "Ivanova"),
    ("A.A. Gromyko", "A.I. Gromyko"),
    ("Leonid Brezhnev", "Galina Brezhneva"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name(a, b):
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name_share_a_key(a, b):
    assert keys(a) & keys(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_names(a, b):
    assert not same_name(a, b)
    assert not same_name(b, a)


@given(st.text(max_size=30))
def test_key_is_idempotent(written):
    assert key(key(written)) == key(written)


@pytest.mark.parametrize(
    ("written", "given", "initials", "patronymic", "surname"),
    [
        ("Nikita Sergeevich Khrushchev", "Nikita", (), "Sergeevich", "Khrushchev"),
        ("Khrushchev Nikita Sergeevich", "Nikita", (), "Sergeevich", "Khrushchev"),
        ("N. S. Khrushchev", "", ("N.", "S."), "", "Khrushchev"),
        ("Kryukov M.E.", "", ("M.", "E."), "", "Kryukov"),
        ("John F. Carver", "John", ("F.",), "", "Carver"),
        ("Charles de Villiers", "Charles", (), "", "de Villiers"),
        ("Pak Il-u", "Il-u", (), "", "Pak"),
        ("Ambassador Carver", "", (), "", "Carver"),
        ("Nikita Sergeevich", "Nikita", (), "Sergeevich", ""),
        ("", "", (), "", ""),
    ],
)
def test_parts_of_a_name(written, given, initials, patronymic, surname):
    name = parse_name(written)
    assert (name.given, name.initials, name.patronymic, name.surname) == (given, initials, patronymic, surname)


PEOPLE = People.learn(
    [
        Sighting("Andrei Gromyko", "a/1", "header", "Soviet Foreign Minister", PartialDate(1968, 1, 31)),
        Sighting("A.A. GROMYKO", "a/1"),
        Sighting("A.A. Gromyko", "a/1"),
        Sighting("Gromyko", "a/1"),
        Sighting("N.S. Khrushchev", "a/2"),
        Sighting("comrade Khrushchev", "a/2"),
        Sighting("Nikita Sergeevich", "a/2"),
        Sighting("Kim Il Sung", "a/2", "party"),
        Sighting("Kim Il", "a/2"),
        Sighting("Kim Ch'ang Bong", "a/3", "", "Minister of Defense", PartialDate(1968)),
        Sighting("Kim Ch'ang-bong", "a/4"),
        Sighting("Pak Song-ch'ol", "a/4", "", "North Korean Foreign Minister", PartialDate(1962, 8)),
        Sighting("Ho Dam", "a/5", "", "North Korean Foreign Minister", PartialDate(1972, 8)),
        Sighting("Kang Ch'ol-gun", "a/4"),
        Sighting("KANG CH'OL GUN", "a/5"),
        Sighting("Vasily Moskovsky", "a/5", "header", "Soviet Ambassador to North Korea", PartialDate(1962, 8, 14)),
        Sighting("Colonel Ustinov", "a/5", "", "Acting Military Attaché"),
        Sighting("Leonid Brezhnev", "a/5"),
        Sighting("John Carver", "b/1"),
        Sighting("James Carver", "b/2"),
        Sighting("J. Carver", "b/2"),
        Sighting("Carver", "b/1"),
    ]
)


def test_clusters():
    assert {p.name: set(p.variants) - {p.name} for p in PEOPLE.persons} == {
        "Andrei Gromyko": {"A.A. GROMYKO", "A.A. Gromyko", "Gromyko"},
        "N.S. Khrushchev": {"Khrushchev", "Nikita Sergeevich"},
        "Kim Il Sung": set(),
        "Kim Il": set(),
        "Kim Ch'ang Bong": {"Kim Ch'ang-bong"},
        "Pak Song-ch'ol": set(),
        "Ho Dam": set(),
        "Kang Ch'ol-gun": {"KANG CH'OL GUN"},
        "Vasily Moskovsky": set(),
        "Ustinov": set(),
        "Leonid Brezhnev": set(),
        "John Carver": {"Carver"},
        "James Carver": {"J. Carver"},
    }


@pytest.mark.parametrize(
    ("written", "scope", "name"),
    [
        ("comrade Gromyko", (), "Andrei Gromyko"),
        ("Gromiko", (), "Andrei Gromyko"),
        ("Nikita Sergeyevich", (), "N.S. Khrushchev"),
        ("Khrushchov", (), "N.S. Khrushchev"),
        ("Kim Il-song", (), "Kim Il Sung"),
        ("Kim Il", (), "Kim Il"),
        ("Kim", (), None),
        ("Kim", ("Kim Il Sung",), "Kim Il Sung"),
        ("Kim", ("Kim Il Sung", "Kim Il"), None),
        ("Kim Yong Nam", (), None),
        ("Kim Yong Nam", ("Kim Il Sung",), None),
        ("Carver", (), None),
        ("Carver", ("James Carver",), "James Carver"),
        ("Mr. J. Carver", ("John Carver",), "John Carver"),
        ("Peter Carver", (), None),
        ("Col. Ustinov", (), "Ustinov"),
        ("nobody", (), None),
        ("", (), None),
        ("the Soviet ambassador", (), "Vasily Moskovsky"),
        ("the ambassador of the USSR in the DPRK", (), "Vasily Moskovsky"),
        ("the Polish ambassador", (), None),
        ("Soviet minister of foreign affairs", (), "Andrei Gromyko"),
        ("Minister of Defense", (), "Kim Ch'ang Bong"),
        ("the foreign minister", (), None),
        ("the Soviet ambassador Zimmer", (), None),
        ("the Soviet ambassador Moskovsky", (), "Vasily Moskovsky"),
        ("Soviet Foreign Minister A.A. Gromyko", (), "Andrei Gromyko"),
        ("Minister of Defense comrade Kim", ("Kim Il", "Kim Ch'ang Bong"), None),
        ("the foreign minister", ("Pak Song-ch'ol",), "Pak Song-ch'ol"),
    ],
)
def test_resolve(written, scope, name):
    found = PEOPLE.resolve(written, scope=scope)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(("year", "name"), [(1963, "Pak Song-ch'ol"), (1971, "Ho Dam"), (1960, "Pak Song-ch'ol")])
def test_office_goes_to_the_holder_nearest_in_time(year, name):
    found = PEOPLE.resolve("the foreign minister of the DPRK", date=PartialDate(year, 8))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("person", PEOPLE.persons, ids=lambda p: p.name)
def test_canonical_name_resolves_to_its_person(person):
    scope = (person.name,) if " " not in person.name else ()
    assert PEOPLE.resolve(person.name, scope=scope) == person
    assert PEOPLE.variants(person.name) == person.variants


def test_json_round_trip_and_order_of_sightings():
    again = People.from_json(PEOPLE.to_json())
    assert again == PEOPLE
    assert again.resolve("Gromyko") == PEOPLE.resolve("Gromyko")


@settings(max_examples=25)
@given(st.permutations(["Anna B. Roe", "A.B. Roe", "Roe", "Kim Sam", "Kim Sam Sun", "KIM SAM", "A. Roe"]))
def test_learning_does_not_depend_on_the_order(names):
    people = People.learn([Sighting(n, "d/1") for n in names])
    assert [p.name for p in people.persons] == ["Anna B. Roe", "Kim Sam", "Kim Sam Sun"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what did brezhnev tell kim changbong", [("Leonid Brezhnev", "exact"), ("Kim Ch'ang Bong", "variant")]),
        ("Moskovskii", [("Vasily Moskovsky", "variant")]),
        ("Kruschev's letter", [("N.S. Khrushchev", "fuzzy")]),
        ("did Breznev agree?", [("Leonid Brezhnev", "fuzzy")]),
        ("Pak Sung-chul on trade", [("Pak Song-ch'ol", "variant")]),
        ("kim il sung and kim il", [("Kim Il Sung", "exact"), ("Kim Il", "exact")]),
        ("who was Kim?", []),
        ("Who is Kim Yong-nam?", []),
        ("what did peter gromyko say", []),
        ("andrei gromyko", [("Andrei Gromyko", "exact")]),
        ("what did the Soviet foreign minister say", [("Andrei Gromyko", "office")]),
        ("the north korean foreign minister", []),
        ("ho dam as north korean foreign minister", [("Ho Dam", "exact")]),
        ("carver", []),
        ("what does the market say about bread", []),
        ("", []),
    ],
)
def test_people_in_questions(text, found):
    mentions = PEOPLE.find(text)
    assert [(m.name, m.how) for m in mentions] == found
    assert all(text[m.start : m.end] == m.written for m in mentions)


def test_ordinary_words_are_no_people_in_small_letters():
    people = People.learn([Sighting("Robert Long", "d"), Sighting("Mary Brown", "d")])
    assert people.find("how long was the brown bridge?") == []
    assert [m.name for m in people.find("What did Long ask Brown?")] == ["Robert Long", "Mary Brown"]


def test_human_additions_join_what_the_texts_cannot():
    additions = (Addition("Anna Roe", ("Anna Rowe",), ("Polish ambassador to France",)),)
    people = People.learn([Sighting("Anna Rowe", "d/1"), Sighting("Anna Roe", "d/2")], additions)
    assert [p.name for p in people.persons] == ["Anna Roe"]
    assert people.variants("Anna Rowe") == ("Anna Roe", "Anna Rowe")
    assert people.resolve("the ambassador of Poland in Paris") == people.persons[0]


def test_additions_of_the_first_archive():
    assert load_additions(CORPUS / "names.toml")


@pytest.mark.parametrize(
    "text",
    ["person = 3", "[[person]]", '[[person]]\nname = ""', '[[person]]\nname = "A"\nvariants = "B"', "x = ", "[other]",
     '[[person]]\nname = "A"\nage = 3'],
)  # fmt: skip
def test_bad_additions_say_so_in_one_line(tmp_path, text):
    path = tmp_path / "names.toml"
    path.write_text(text)
    with pytest.raises(BadData, match=r"names\.toml") as error:
        load_additions(path)
    assert "\n" not in str(error.value)


def test_missing_additions(tmp_path):
    with pytest.raises(BadData, match="cannot be read"):
        load_additions(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("word", "has"),
    [
        ("Peiping", "Beijing"),
        ("beijing", "Peking"),
        ("Rumania", "Romania"),
        ("Mukden", "Shenyang"),
        ("Formosa", "Taiwan"),
    ],
)
def test_place_variants(word, has):
    assert has in place_variants(word)


def test_unknown_places():
    assert place_variants("Nowhere") == frozenset()
    assert canonical_places("Peking and Nowhere") == "beijing and nowhere"


def test_many_people_are_found_fast():
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]
    names = [f"Otto {a.capitalize()}{b}{c}x" for a in syllables for b in syllables for c in syllables[:2]]
    people = People.learn([Sighting(n, "d") for n in names])
    people.find("Otto Bababax")
    started = time.perf_counter()
    text = "What did Otto Bababax say to the others of that year? " * 4000
    assert len(people.find(text)) == 4000
    assert time.perf_counter() - started < 5


def _named(people, written, scope=()):
    person = people.resolve(written, scope=scope)
    return person.name if person else None


def test_one_named_once_in_passing_elsewhere_holds_no_office():
    signed = Sighting("Roe", "d/1", "author", "Ambassador in Utopia")
    apart = People.learn([signed, Sighting("Franklin Roe", "d/2")])
    assert [p.name for p in apart.persons] == ["Franklin Roe", "Roe"]
    assert (apart.resolve("Roe"), _named(apart, "Roe", scope=["Roe"])) == (None, "Roe")
    assert _named(People.learn([signed, Sighting("Franklin Roe", "d/1")]), "Roe") == "Franklin Roe"
    assert _named(People.learn([signed, Sighting("Franklin Roe", "d/2", "present")]), "Roe") == "Franklin Roe"


def test_an_office_is_nobodys_name():
    seen = [
        Sighting("Secretary of State", "d/1", "recipient"),
        Sighting("Ann Roe", "d/1", "author", "Secretary of State"),
    ]
    people = People.learn([*seen, Sighting("Jan Poe", "d/2", "author", "Assistant Secretary of State")])
    assert [p.name for p in people.persons] == ["Ann Roe", "Jan Poe"]
    assert _named(people, "the Secretary of State") == "Ann Roe"


@pytest.mark.parametrize(
    ("seen", "asked", "name"),
    [
        (("Edward Roe", "Ed Roe", "Ed Roe"), "AMBASSADOR ROE", "Edward Roe"),
        (("Bill Roe", "William Roe"), "Bill Roe", "William Roe"),
        (("Jimmy Roe",) * 9 + ("James Roe",), "James Roe", "Jimmy Roe"),
        (("William Roe", "Hilda Roe"), "Bill Roe", "William Roe"),
        (("William Roe", "Hilda Roe"), "Roe", None),
        (("Ed Roe", "Edwin Roe", "Edward Roe"), "Roe", None),
        (("Henry A. Roe", "Secretary of State Roe"), "SECRETARY ROE", "Henry A. Roe"),
        (("A.B. Roe", "Assistant Secretary A.B. Roe"), "Deputy Assistant Secretary Roe", "A.B. Roe"),
        (("Assistant Secretary of State for Far Eastern Affairs Roe", "Ann Roe"), "Roe", "Ann Roe"),
    ],
)
def test_short_names_and_offices_lead_to_the_fullest_name(seen, asked, name):
    people = People.learn([Sighting(written, "d/1") for written in seen])
    found = people.resolve(asked)
    assert (found.name if found else None) == name

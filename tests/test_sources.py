import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import NoSources, UnreadableSource
from qa.sources import Problem, Source
from qa.sources.decoding import decode
from qa.sources.describing import merged
from qa.sources.finding import find, is_source, left_aside
from qa.sources.reading import ReadConfig, iter_sources, read_all
from qa.sources.records import Description

CORPUS = Path(__file__).parent.parent / "corpus"


def lay(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def reasons(problems: list[Problem]) -> list[str]:
    return [problem.reason for problem in problems]


class TestFirstArchive:
    def test_ids_and_descriptions(self):
        sources, problems = read_all([CORPUS])
        assert problems == []
        assert [s.id for s in sources] == [
            "davies-memorandum-1950-11",
            "matveev-telegram-1950-10-07",
            "radchenko-cwihp-wp47",
        ]
        assert sources[0].description.author == "John P. Davies"
        assert sources[0].description.pages == "1078-1085"
        assert {s.format for s in sources} == {"text"}
        assert all(s.marks == () for s in sources)

    def test_text_is_the_file(self):
        for source in read_all([CORPUS])[0]:
            assert source.text.encode() == (CORPUS / source.name).read_bytes()


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        ({"a.txt": "x"}, ["a"]),
        ({"b.txt": "x", "a.txt": "x"}, ["a", "b"]),
        ({"a.txt": "x", "a.md": "y"}, ["a.md", "a.txt"]),
        ({"one/a.txt": "x", "two/a.txt": "y"}, ["one/a", "two/a"]),
        ({"a.txt": "x", "one/a.txt": "y"}, ["a", "one/a"]),
        ({"a.txt": "x", "a/1.txt": "y"}, ["a.txt", "a/1"]),
        ({"a.b.txt": "x"}, ["a.b"]),
        ({"A.TXT": "x", "b.Markdown": "y"}, ["A", "b"]),
        ({"a.txt": "x", ".b.txt": "y", ".hidden/c.txt": "z"}, ["a"]),
        ({"a.txt": "x", "README.md": "y", "LICENSE.txt": "z", "SOURCES.md": "w", "names.toml": ""}, ["a"]),
        ({"a.txt": "x", "b.pdf": "y", "c": "z"}, ["a"]),
        ({"a b.txt": "x", "é.txt": "y"}, ["a b", "é"]),
    ],
)
def test_ids_of_a_folder(tmp_path, files, ids):
    sources, problems = read_all([lay(tmp_path, files)])
    assert [s.id for s in sources] == ids
    assert problems == []


def test_files_of_one_name_named_themselves_get_their_folder(tmp_path):
    lay(tmp_path, {"one/a.txt": "x", "two/a.txt": "y", "b.txt": "z"})
    sources, _ = read_all([tmp_path / "one/a.txt", tmp_path / "two/a.txt", tmp_path / "b.txt"])
    assert [s.id for s in sources] == ["one/a", "two/a", "b"]
    assert [s.name for s in sources] == ["one/a.txt", "two/a.txt", "b.txt"]


def test_two_folders_with_the_same_names_get_their_own_in_the_id(tmp_path):
    lay(tmp_path, {"one/x/a.txt": "x", "two/x/a.txt": "y"})
    assert [f.id for f in find([tmp_path / "one", tmp_path / "two"])] == ["one/x/a", "two/x/a"]


def test_a_file_is_read_once_however_often_it_is_named(tmp_path):
    lay(tmp_path, {"a.txt": "x"})
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    sources, problems = read_all([tmp_path, tmp_path / "a.txt", tmp_path])
    assert [s.id for s in sources] == ["a"]
    assert problems == []


def test_a_file_named_itself_is_read_whatever_its_ending(tmp_path):
    lay(tmp_path, {"minutes.log": "Said.", "README.md": "About."})
    sources, _ = read_all([tmp_path / "minutes.log", tmp_path / "README.md"])
    assert [s.id for s in sources] == ["minutes.log", "README"]


def test_linked_folders_that_go_round_are_read_once(tmp_path):
    lay(tmp_path, {"one/a.txt": "x"})
    (tmp_path / "one/back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "two").symlink_to(tmp_path / "one", target_is_directory=True)
    assert [f.path.name for f in find([tmp_path])] == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.tei", True),
        ("a.XML", True),
        ("readme.txt", False),
        ("README-first.md", False),
        ("LICENCE", False),
        ("license-mit.txt", False),
        ("sources-of-law.txt", True),
        ("licensed-goods.txt", True),
        ("a.txt~", False),
        ("", False),
    ],
)
def test_is_source(name, expected):
    assert is_source(name) is expected


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"plain", "", "plain"),
        ("é".encode(), "", "é"),
        (b"\xef\xbb\xbfmarked", "", "marked"),
        ("mark".encode("utf-16"), "", "mark"),
        (b"\xfe\xff" + "mark".encode("utf-16-be"), "", "mark"),
        ("mark".encode("utf-32"), "", "mark"),
        ("mark".encode("utf-16"), "cp1252", "mark"),
        (b"\x93said\x94", "cp1252", "“said”"),
        (b"caf\xe9", "latin-1", "café"),
        ("привет".encode("koi8-r"), "koi8-r", "привет"),
        ("mark".encode("utf-16-le"), "utf-16-le", "mark"),
        (b"one\r\ntwo\rthree\n", "", "one\r\ntwo\rthree\n"),
        (b"esc\x1b[31m and bell\x07", "", "esc\x1b[31m and bell\x07"),
        ("a\u2028b\x85c".encode(), "", "a\u2028b\x85c"),
    ],
)
def test_decode(data, declared, text):
    assert decode(data, declared) == text


@pytest.mark.parametrize(
    ("data", "declared", "words"),
    [
        (b"", "", "is empty"),
        (b" \n\t", "", "is empty"),
        (b"\xef\xbb\xbf", "", "is empty"),
        ("\u3000".encode(), "", "is empty"),
        (b"caf\xe9", "", 'byte 0xe9 at offset 3); declare encoding = "cp1252" in archive.toml'),
        (b"caf\x81", "cp1252", "is not CP1252 as declared (byte 0x81 at offset 3)"),
        (b"abc", "klingon", 'unknown encoding "klingon"'),
        (b"abc", "rot13", 'unknown encoding "rot13"'),
        (b"ab\0c", "", "binary file (NUL at offset 2)"),
        (b"\xff\0\xfe", "", "binary file (NUL at offset 1)"),
        (b"%PDF-1.4 ...", "", "is a PDF"),
        (b"PK\x03\x04...", "", "office file"),
        (b"\xff\xfea", "", "is not UTF-16-LE"),
        (b"\xed\xa0\x80", "", "is not UTF-8"),
        (b"\\ud800", "unicode_escape", "is not UNICODE_ESCAPE"),
    ],
)
def test_decode_refuses(data, declared, words):
    with pytest.raises(UnreadableSource) as error:
        decode(data, declared)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@given(st.text(min_size=1).filter(lambda t: t.strip() and "\0" not in t and t[0] not in "\ufeff%P{"))
def test_decode_changes_nothing(text):
    assert decode(text.encode()) == text


class TestProblems:
    def test_each_bad_file_is_one_problem_and_the_others_are_read(self, tmp_path):
        lay(tmp_path, {"a.txt": "fine", "b.txt": "", "c.txt": b"\0\1", "d.txt": b"\xe9", "e.xml": "<a>"})
        sources, problems = read_all([tmp_path, tmp_path / "gone.txt"])
        assert [s.id for s in sources] == ["a"]
        assert [p.path.name for p in problems] == ["b.txt", "c.txt", "d.txt", "e.xml", "gone.txt"]
        assert problems[-1].reason == "does not exist; check the path"
        assert str(problems[0]) == f"{tmp_path / 'b.txt'}: is empty; remove it or put its text in"

    def test_too_large(self, tmp_path):
        lay(tmp_path, {"a.txt": "123456", "b.txt": "1234"})
        sources, problems = read_all([tmp_path], ReadConfig(max_bytes=5))
        assert [s.id for s in sources] == ["b"]
        assert reasons(problems) == ["is too large (6 bytes, the limit is 5); split it into smaller files"]

    def test_a_pipe_is_not_waited_for(self, tmp_path):
        lay(tmp_path, {"a.txt": "fine"})
        os.mkfifo(tmp_path / "b.txt")
        _, problems = read_all([tmp_path])
        assert reasons(problems) == ["is no regular file; give files and folders"]

    def test_a_link_to_nothing(self, tmp_path):
        lay(tmp_path, {"a.txt": "fine"})
        (tmp_path / "b.txt").symlink_to(tmp_path / "gone")
        _, problems = read_all([tmp_path])
        assert reasons(problems) == ["does not exist; check the path"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="a superuser may read everything")
    def test_no_permission(self, tmp_path):
        lay(tmp_path, {"a.txt": "fine", "b.txt": "secret"})
        (tmp_path / "b.txt").chmod(0)
        _, problems = read_all([tmp_path])
        assert reasons(problems) == ["cannot be read (Permission denied); check its permissions"]

    @pytest.mark.parametrize(
        ("files", "words"),
        [({}, "no source found; give files or folders that hold .markdown"), ({"a.txt": ""}, "a.txt: is empty")],
    )
    def test_nothing_at_all(self, tmp_path, files, words):
        with pytest.raises(NoSources) as error:
            read_all([lay(tmp_path, files)])
        assert words in str(error.value)


def test_iter_sources_reads_one_file_at_a_time(tmp_path):
    lay(tmp_path, {"a.txt": "one", "b.txt": "two"})
    stream = iter_sources([tmp_path])
    first = next(stream)
    (tmp_path / "b.txt").write_text("changed")
    second = next(stream)
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.text, second.text) == ("one", "changed")


class TestArchiveToml:
    def test_nearest_description_wins_and_folders_above_are_asked(self, tmp_path):
        lay(
            tmp_path,
            {
                "a.txt": "x",
                "sub/b.txt": "y",
                "sub/c.txt": "z",
                "archive.toml": '[sources."a.txt"]\ntitle = "A"\n[sources."sub/b.txt"]\ntitle = "far"\nauthor = "Far"\n'
                '[sources."sub/c.txt"]\ntitle = "C"',
                "sub/archive.toml": '[sources."b.txt"]\ntitle = "near"\ndate = 1950-11-02\npages = 7',
            },
        )
        sources, problems = read_all([tmp_path])
        assert problems == []
        assert [s.description.title for s in sources] == ["A", "near", "C"]
        assert sources[1].description.author == "Far"
        assert (sources[1].description.date, sources[1].description.pages) == ("1950-11-02", "7")

    def test_nothing_above_the_indexed_folder_is_asked(self, tmp_path):
        lay(tmp_path, {"in/a.txt": "x", "archive.toml": '[sources."in/a.txt"]\ntitle = "A"'})
        assert read_all([tmp_path / "in"])[0][0].description == Description()

    def test_encodings(self, tmp_path):
        toml = 'encoding = "latin-1"\n[sources."b.txt"]\nencoding = "cp1252"'
        lay(tmp_path, {"a.txt": b"\xe9", "b.txt": b"\x80", "archive.toml": toml})
        assert [s.text for s in read_all([tmp_path])[0]] == ["é", "€"]

    @pytest.mark.parametrize(
        ("toml", "words"),
        [
            ("[sources", "is no TOML: "),
            ('\n\n[sources."a.txt"]\ntitle = ', "line 4"),
            ('[sources."a.txt"]\n\ntitel = "A"', "line 3: unknown key 'titel'; the keys are title, author"),
            ('title = "A"', "line 1: unknown key 'title'"),
            ('[sources."a.txt"]\ntitle = ["A"]', "line 2: title must be a text"),
            ('[sources."a.txt"]\ntitle = true', "line 2: title must be a text"),
            ('[sources]\n"a.txt" = "A"', "line 2: 'a.txt' must be a table"),
            ('sources = "A"', "line 1: sources must be tables"),
            ('# sources\n[sources."b.txt"]\ntitle = "B"', "line 2: no file 'b.txt' stands here"),
            (b'title = "\xe9"', "is not UTF-8 at offset 9"),
            ("encoding = 1.5", "line 1: encoding must be"),
        ],
    )
    def test_what_is_not_understood_is_one_problem_with_its_line(self, tmp_path, toml, words):
        sources, problems = read_all([lay(tmp_path, {"a.txt": "x", "c.txt": "y", "archive.toml": toml})])
        assert [s.id for s in sources] == ["a", "c"]
        assert [p.path.name for p in problems] == ["archive.toml"]
        assert words in problems[0].reason


def test_what_a_human_says_stands_before_what_the_file_says():
    own = Description(title="own", author="own", date="own")
    assert merged(own, Description(title="said")) == Description(title="said", author="own", date="own")


def test_documents_of_forms_that_are_not_read_are_counted(tmp_path):
    for name in ("a.txt", "b.pdf", "c/d.HTML", "c/e.pdf", ".f.pdf", "c/g.jpg", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert left_aside([tmp_path]) == {".pdf": 2, ".html": 1}
    assert left_aside([tmp_path / "b.pdf"]) == {}

import re
import sys
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import Folded, Token, fold, fold_with_map, sentences, stop_words, terms, tokens, words
from qa.text.folding import APOSTROPHES, QUOTES
from qa.text.sentences import abbreviations, openers

CORPUS = Path(__file__).parent.parent / "corpus"
ODD = "aB'’ʼ´s -–\u00ad\u200b\u0301é½ﬁİßŁ…²\n\t .A"
any_text = st.one_of(st.text(), st.text(alphabet=ODD, max_size=30))


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Kim Ch’ang-bong", "kim chang bong"),
        ("Kim Ch'ang Bong", "kim chang bong"),
        ("KIM CH´ANG–BONG", "kim chang bong"),
        ("Kim Chʼang‑bong", "kim chang bong"),
        ("Pak Song-ch‘ol", "pak song chol"),
        ("Il'ichev, Fel`dman", "ilichev, feldman"),
        ("Rus’ and oblastʹ", "rus' and oblast'"),
        ("Kim’s letter; KIM'S letter", "kim's letter; kim's letter"),
        ("the Soviets’ aims", "the soviets' aims"),
        ("don’t", "dont"),
        ("O’Neill’s", "oneill's"),
        ("T'aep'yŏng", "taepyong"),
        ("Łódź, Đà Nẵng, Ørsted, Æthelred, cœur", "lodz, da nang, orsted, aethelred, coeur"),
        ("Straße", "strasse"),
        ("İstanbul ısı", "istanbul isi"),
        ("naïve fête façade", "naive fete facade"),
        ("nai\u0308ve", "naive"),
        ("“first” „second“ «third»", '"first" "second" "third"'),
        ("ﬁrst oﬃce", "first office"),
        ("co\u00adoper\u200bation\ufeff", "cooperation"),
        ("bell\x07 and\x00 null", "bell and null"),
        ("two \n\t lines\u00a0here", "two lines here"),
        ("  both ends  ", "both ends"),
        ("offensives.⁵⁶ While", "offensives. while"),
        ("H₂O", "h2o"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("1964-68 — war", "1964 68 war"),
        ("Ещё Йошкар", "еще иошкар"),
        ("Σίσυφος ΣΊΣΥΦΟΣ", "σισυφοσ σισυφοσ"),
        ("", ""),
        (" \n ", ""),
        ("'", "'"),
        ("’s", "'s"),
        ("a’’b", "ab"),
        ("a's'b", "asb"),
    ],
)
def test_fold(raw, folded):
    assert fold(raw) == folded


@pytest.mark.parametrize("char", sorted(APOSTROPHES))
def test_every_apostrophe_goes_inside_words_and_is_plain_outside(char):
    assert (fold(f"Ch{char}ang"), fold(f"{char}ang")) == ("chang", "'ang")


@pytest.mark.parametrize("char", sorted(QUOTES))
def test_every_quotation_mark_is_plain(char):
    assert fold(f"{char}war{char}") == '"war"'


def test_every_character_folds_to_what_stays():
    wrong = [code for code in range(sys.maxunicode + 1) if fold(once := fold(f"a{chr(code)}b")) != once]
    assert wrong == []


@given(any_text)
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_folding_with_the_map_is_folding(text):
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert all(a <= b for a, b in pairwise(folded.offsets))
    assert all(0 <= at < len(text) for at in folded.offsets)
    assert all(a < b <= len(text) for a, b in (folded.raw(i, i + 1) for i in range(len(folded.text))))


@given(st.text(alphabet="aBé'’ʼ -\n\u00ad\u200b\u0301ﬁßŁ.²", max_size=40))
def test_the_raw_range_of_a_word_folds_to_the_word(text):
    folded = fold_with_map(text)
    for match in re.finditer(r"[^\W_]+", folded.text):
        start, end = folded.raw(*match.span())
        assert fold(text[start:end]) == match[0]


@given(any_text, any_text)
def test_folding_sees_no_further_than_spaces(left, right):
    assert fold(f"{left} {right}") == f"{fold(left)} {fold(right)}".strip()


@pytest.mark.parametrize(
    ("raw", "word", "expected"),
    [
        ("Gen. Ch’oe  Yong-sŏn came", "choe yong son", "Ch’oe  Yong-sŏn"),
        ("by Kim\nIl  Sung’s side", "kim il sung", "Kim\nIl  Sung"),
        ("nai\u0308ve", "naive", "nai\u0308ve"),
        ("the oﬃce door", "office", "oﬃce"),
        ("co\u00adoperation now", "cooperation", "co\u00adoperation"),
        ("  war  ", "war", "war"),
    ],
)
def test_raw(raw, word, expected):
    folded = fold_with_map(raw)
    at = folded.text.index(word)
    start, end = folded.raw(at, at + len(word))
    assert raw[start:end] == expected
    assert folded.at(start) == at


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 1), (0, 9)])
def test_raw_refuses_ranges_that_are_none(span):
    with pytest.raises(ValueError, match="a range needs"):
        fold_with_map("war").raw(*span)


def test_an_empty_text_has_an_empty_map():
    assert fold_with_map(" \n") == Folded("", [], 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.S.R. and the U.N.", "the ussr and the un"),
        ("the U.S.’s aim", "the us aim"),
        ("i.e. Maxims, e.g. 9.30 p.m.", "ie maxims eg 9 30 pm"),
        ("A.A. Gromyko", "aa gromyko"),
        ("J. P. Davies", "j p davies"),
        ("end of war.He left", "end of war he left"),
        ("MIG-21s over the 38th parallel in 1962", "mig 21s over the 38th parallel in 1962"),
        ("1,500,000 rubles, 12,34", "1500000 rubles 12 34"),
        ("Kim Ch’ang-bong’s", "kim chang bong"),
        ("don't", "dont"),
        ("ready_made", "ready made"),
        ("“war”", "war"),
        ("naïve", "naive"),
        ("Война и мир", "воина и мир"),
        ("¡¿…!", ""),
        ("", ""),
        ("N1550/GS", "n1550 gs"),
    ],
)
def test_tokens(text, expected):
    assert " ".join(token.text for token in tokens(text)) == expected


def test_tokens_know_their_place():
    text = "The  U.S.S.R. Ch’ang-bong’s"
    assert [text[t.start : t.end] for t in tokens(text)] == ["The", "U.S.S.R.", "Ch’ang", "bong"]
    assert tokens("war")[0] == Token("war", 0, 3)


@given(any_text)
def test_tokens_are_in_order_and_apart(text):
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(t.text and t.text.isalnum() for t in found)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did he say about sending troops?", ["say", "send", "troop"]),
        ("Chinese troops were sent", ["chines", "troop", "sent"]),
        ("not before 1962", ["not", "befor", "1962"]),
        ("the of and", []),
        ("armies, army's", ["armi", "armi"]),
        ("", []),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


@given(any_text)
def test_terms_hold_no_stop_words(text):
    assert len(terms(text)) == sum(token.text not in stop_words() for token in tokens(text))


@pytest.mark.parametrize(("text", "count"), [("", 0), ("one", 1), (" the post-war  order\n— x ", 5)])
def test_words(text, count):
    assert words(text) == count


# Each row is a paragraph; " || " stands where its sentences part.
ROWS = """\
Mr. Brown came. || He spoke to Gen. Gray.
Lieut. Gray and Sergt. Lee wrote to Gens. Brown and Roe. || They sat.
He named “the line [...]” || Several causes led to it.
The U.S. Government agreed. || The U.N. did not.
They sent it to the U.S. || The note arrived late.
No. 1425 was sent. || See No. IV and No. A 715 there. || It is long.
Did they agree? || No. || They refused.
See p. 5 and pp. 7-8, vol. II. || The rest is lost.
Vol. XXIX (Korea), Document 269. || It is printed.
He was born in St. Louis.
It arrived on March 3, O.S. || The reply did not.
A.A. Gromyko and V. Gorovoi met I. V. Stalin. || They talked.
I. V. Stalin and N.S. Khrushchev differed. || L. I. Brezhnev did not.
President Lyndon B. Johnson carefully maneuvered to avoid it. || The prospect of war was real.
A.I. Elizavetin, 2nd secretary of the FED Yu. D. Fadeev, came. || They sat.
relations with Putivets A.D. || The conversation was interpreted.
He bought guns, i.e. Maxims, e.g. Russian ones.
They had guns, shells, etc. || Moscow sent them.
Guns, shells, etc. were sent.
"forced return of *Pueblo*, etc. were heard in the USA." || The Americans counted on it.
On Nov. 26, 1920 it rained. || On Dec. 1 it did not.
He paused ... and went on.
He paused... || Then he left.
He thought . . . and paused.
We agreed. . . . || The rest is silence.
We agreed . . . . || The rest is silence.
We agreed … and left.
We agreed [...] on the terms. || They left.
We agreed. [...] || They left.
We agreed.[...] || They left.
[...] We agreed. || They left.
... We agreed. || They left.
[...] In international life much changed. || We agreed. [...]
He said: “We will go.” || He went.
He said: “We will go”. || He went.
He said: "We will go." || "We won't," said Gray.
There is war. || [I] told him so.
There is war. || [He] told him so.
There is war. || [he] told him so.
There is war. [sic] || He told him so.
contempt [sic] of the imperialists. || After this I asked.
It went on.” [...] || Then came peace.
It went on.”[...] || Then came peace.
on a series of questions [...]"⁷⁰ || Several factors led there.
They helped.⁵⁵ || While this is in doubt, we go.
They helped.” ⁵⁵ || While this is in doubt, we go.
we actively support this."⁶⁹ [Document 23] || Soviet support grew.
They helped.⁵⁴ **[Document 23]** || Soviet leaders followed.
They helped.* || In 1936 it began.
relations between Japan and the U.S.* || In 1936 it began.
relations with the U.S.⁵ || Moscow began.
They helped.[2] || Moscow began.
We ask (1) peace; (2) bread. || (3) Land is not asked.
(1) We ask for peace. || (2) We ask for bread.
1. Soon after this he left. || 2. He came back.
A. The first matter is this. || B. The second is that.
IV. The first matter is this. || He left.
(a) The first matter is this. || (b) The second is that.
228. 1. I have seen a telegram. || He left.
10034. For the board. || It came.
Article 7. All shipping is free. || Article 8. No duty is due.
“What do you want?” he asked. || Nobody knew.
“What do you want?” General Gray asked. || Nobody knew.
"Currently, we are not at peace!" he argued. || "Clashes occur."
Gray asked, “aren’t we ahead of the others?”. || Mr. Brown asked whether he was.
We were ... I think ... ahead of them.
He spoke for the dept. || I should be afraid of that.
That is all. || (Laughter.) || I thank you.
He left; the rest stayed. || Then: Nothing.
Mr. Gray: We have it. || Mr. Brown: No.
Q. Did he go? || A. Yes, he did.
At 9.30 p.m. || The minister arrived.
At 9.30 p.m. Moscow time he left.
It costs 3.5 million. || It is 2. 5 too many.
Document No. 5 was found. || Document No. 6 was not.
Letter of 5.I.50 arrived. || Letter of 6.I.50 did not.
See http://www.state.gov/www/vol_xxix/zb.html, Date accessed: 17 March 2005.
The war  is over.  || He  left.
Él llegó. || Él se fue. || ¿Qué dijo? || Nada.
«Où est-il?» demanda-t-il. || Être ou ne pas être. || À Paris.
Öl ist teuer, z.B. hier. || Über Nacht kam Dr. Braun.
the war is over. || he left. || nobody came i.e. nothing happened.
THE WAR IS OVER. || GEN. GRAY LEFT. || SEE NO. 5 THERE.
Война окончена. || Он уехал. || И. В. Сталин сказал: нет.
Тов. Громыко прибыл. || См. стр. 5 и т. д. там.
World War II. || The Cold War followed.
They crossed the parallel. || 38 men fell. || 12 were taken.
(He left. || Nobody saw him.) || The end.
The rest (see p. 5.) is lost. || He left.
The rest is lost. (see p. 5) || He left.
The name (?) Gray is doubtful. || He [sic!] left.
U. S. Government and J. P. Gray. || He left the U. S. S. R. || The note came.
They are Prof. F. A. Gray and Mr. Eugene Brown. || They left.
They need an additional U. S. $2.3 million. || It came.
He came with Lt.-Gen. Gray and Vice-Adm. Brown. || They sat.
Mfr. Brown and Wm. Gray sat. || They left.
with com. Kim Il for discussions. || Com. Kim Il Sung thanked [com. Kosygin] for it.
The army of the DPRK. || Moscow knew the KWP. || KPA men left.
*Ibid.* || *Pueblo* was seized.
Ibid., p. 5. || Ibid.
He came. || — And he left. || — So?
War! || Peace? || Peace!
“War!” || “Peace?” || “Peace!”
He said, “It is war.” and left. || Nobody came.
The request.2 || The answer.3
See request No.2 there. || He left.
It was in Sept. 1950. || It was in Sept. || The next came.
J. R. Gray, Jr., left. || J. R. Gray, Jr. left. || He left.
They asked Brown v. Gray and Co. for it. || He left.
他来了。 || 他走了！ || 是吗？
He left?! || Really!!! || Yes...
He “left.” || The end.
To the Plenum he called it capitulation: “[President Gray] ‘gave an order’ and left.” || Indeed, he did.
Obtained and translated by A. Gray.]
It should be remarked, said comrade Gray, that war is not needed. || I said for my part, that [I] will report.
No stop at all
One.
"""


@pytest.mark.parametrize("row", ROWS.splitlines())
def test_sentences(row):
    expected = [part.replace("  ", " ") for part in row.split(" || ")]
    text = row.replace(" || ", " ").replace("。 ", "。").replace("！ ", "！")
    assert [" ".join(text[start:end].split()) for start, end in sentences(text)] == [
        " ".join(e.split()) for e in expected
    ]


def test_there_are_no_sentences_in_nothing():
    assert sentences("") == sentences(" \n\t ") == []


@pytest.mark.parametrize("text", [".", "...", "?!", "“”", "[...]", "1.", "* * *"])
def test_marks_alone_are_one_sentence(text):
    assert sentences(text) == [(0, len(text))]


sentence_like = st.lists(
    st.sampled_from(
        [
            "Mr.",
            "He",
            "left",
            "U.S.",
            "...",
            "[...]",
            "[he]",
            ".",
            "!",
            "?",
            "”",
            '"',
            "(",
            "1.",
            "²",
            "No.",
            "5",
            "А.",
            "\n",
            "。",
            "*",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(st.one_of(any_text, sentence_like))
def test_sentences_cover_everything_but_white_space(text):
    found = sentences(text)
    covered = [at for start, end in found for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(text[a[1] : b[0]].strip() == "" for a, b in pairwise(found))
    assert found == sentences(text)


@given(st.text(alphabet="abc ,;:-", min_size=1))
def test_only_full_stops_and_their_like_end_sentences(text):
    assert len(sentences(text)) == bool(text.strip())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_sentence_of_the_archive_is_cut_after_a_title_or_initial(path):
    cut = re.compile(r"(?:^|[\s(\[])(?:Mr|Mrs|Dr|Gen|Col|Amb|com|Vol|pp|[A-Z])\.$")
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        text = " ".join(paragraph.split())
        spans = sentences(text)
        assert [text[a:b] for a, b in spans[:-1] if cut.search(text[a:b])] == []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_sentence_of_the_archive_begins_as_sentences_do(path):
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        text = " ".join(paragraph.split())
        begun = [text[a:b] for a, b in sentences(text)[1:] if re.match(r"[^\W\d_]", text[a:b]) and text[a].islower()]
        assert begun == []


UNIT = "Mr. A.B. Gray paused ... “Why?” he asked.² [...] He left the U.S. on Nov. 3, 1950. "


@pytest.mark.parametrize(
    "unit", [UNIT, ". ", "[", "a.", "'", "a's'", "1. ", "“", "\u0301", " ", "*", "? [", "é", "U. "]
)
@pytest.mark.parametrize("function", [sentences, fold, fold_with_map, tokens])
def test_time_grows_with_the_text_alone(function, unit):
    text = "x" + unit * (200_000 // len(unit))
    began = time.process_time()
    function(text)
    assert time.process_time() - began < 5


def test_the_tables_are_sound():
    assert set(abbreviations().values()) == {"before", "number", "inside", "end"}
    assert all(word == word.casefold().strip() for word in [*abbreviations(), *openers(), *stop_words()])
    assert all(word == fold(word) for word in stop_words())
    assert not any(unicodedata.category(c) == "Pd" for word in stop_words() for c in word)

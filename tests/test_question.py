"""What a question is understood to ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.names import People
from qa.names.records import Person
from qa.question import AnswerKind
from qa.question.following import followed
from qa.question.matters import matters_asked, tells
from qa.question.understanding import Known, kind_of_answer, search_terms, understand

PEOPLE = People(
    (
        Person("Anna Brandt", ("Anna Brandt", "Brandt")),
        Person("Peter Okafor", ("Peter Okafor", "Okafor")),
        Person("Erik Lund", ("Erik Lund", "Lund")),
        Person("Otto Lund", ("Otto Lund",)),
        Person("Kim Il Sung", ("Kim Il Sung", "Kim Il-sŏng")),
        Person("Kim Ch'ang Bong", ("Kim Ch'ang Bong", "Kim Chang-bong")),
    )
)
KNOWN = Known(PEOPLE, {"Anna Brandt": 40, "Peter Okafor": 9, "Kim Il Sung": 30, "Kim Ch'ang Bong": 10})

WHO = [
    ("What did Brandt tell Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("what did okafor tell brandt", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What was Peter Okafor told by Anna Brandt?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What was Brandt told?", (), ("Anna Brandt",), ()),
    ("What was Ambassador Brandt asked by Mr. Okafor?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What did the Chairman ask Dr. Brandt?", (), ("Anna Brandt",), ()),
    ("What did Okafor tell the Danish Ambassador Brandt?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What did Mrs. Brandt say to Mr. Peter Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("Why did Brandt ask?", ("Anna Brandt",), (), ()),
    ("What did Okafor say to Brandt about coal?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("According to Brandt, who promised Okafor the tugs?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("Who met Okafor?", (), (), ("Peter Okafor",)),
    ("What happened to the mole?", (), (), ()),
    ("What did Kim Il-song say?", ("Kim Il Sung",), (), ()),
    ("What did Brandt and Okafor say?", ("Anna Brandt",), (), ("Peter Okafor",)),
    # to whom
    ("What happened to Okafor?", (), (), ("Peter Okafor",)),
    ("What was the board's attitude to Okafor when it wrote?", (), (), ("Peter Okafor",)),
    ("What did the Chairman answer Mrs Brandt?", (), ("Anna Brandt",), ()),
    ("When did Brandt write to Okafor", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What paper did Brandt hand to Okafor?", (), ("Peter Okafor",), ("Anna Brandt",)),
    ("What assurance did Brandt give Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What kind words did Brandt use to Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What did Brandt say of coal when she spoke with Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("How long was the talk with Okafor?", (), (), ("Peter Okafor",)),
    ("How did Brandt respond to Okafor's offer?", ("Anna Brandt",), (), ("Peter Okafor",)),
    ("How did Brandt answer Okafor’s question?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("Brandt to Mr. Okafor on the tugs", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("Who introduced Brandt to Okafor?", (), (), ("Anna Brandt", "Peter Okafor")),
    ("What had Brandt been told by Okafor?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What had Brandt told Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What did Brandt learn from Okafor?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What reasons did Brandt give Okafor for leaving?", ("Anna Brandt",), ("Peter Okafor",), ()),
    # who
    ("What does Brandt's diary tell of the ice?", ("Anna Brandt",), (), ()),
    ("how much did okafor offer for the tugs", ("Peter Okafor",), (), ()),
    ("did brandt ever say who closed the harbour", ("Anna Brandt",), (), ()),
    ("As Brandt conceded, who closed the harbour?", ("Anna Brandt",), (), ()),
    ("acording to brandt, who closed the harbour", ("Anna Brandt",), (), ()),
    ("Who closed the harbour in Brandt's opinion?", ("Anna Brandt",), (), ()),
    ("What does Brandt's letter to Okafor ask for?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What date is the letter from Brandt to Okafor?", (), (), ("Anna Brandt", "Peter Okafor")),
    ("What does the letter from Brandt to Okafor say?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What did the board say about Brandt?", (), (), ("Anna Brandt",)),
    ("How does the author describe Brandt's post?", (), (), ("Anna Brandt",)),
    ("How did the board respond to Brandt's proposal?", (), (), ("Anna Brandt",)),
    ("How did Brandt's government answer?", (), (), ("Anna Brandt",)),
    ("What is Brandt's thesis called?", (), (), ("Anna Brandt",)),
    ("Who translated Brandt's letter?", (), (), ("Anna Brandt",)),
    ("What did the board say, in Brandt's words?", ("Anna Brandt",), (), ()),
    ("What motives did Brandt see behind the praise?", (), (), ("Anna Brandt",)),
    ("How long did Brandt's talk with Okafor last?", (), (), ("Anna Brandt", "Peter Okafor")),
    ("What post did Brandt hold?", (), (), ("Anna Brandt",)),
]


@pytest.mark.parametrize(("text", "speakers", "addressees", "mentioned"), WHO, ids=[row[0] for row in WHO])
def test_who_speaks_and_who_listens(text, speakers, addressees, mentioned):
    question = understand(text, KNOWN)
    assert (question.speakers, question.addressees, question.mentioned) == (speakers, addressees, mentioned)
    assert question.people == tuple(dict.fromkeys((*speakers, *addressees, *mentioned)))


def test_a_surname_of_two_people_is_neither_where_nobody_of_them_speaks():
    assert understand("What did Lund say?", KNOWN).people == ()


@pytest.mark.parametrize(
    ("spoken", "meant"),
    [
        ({"Erik Lund": 10, "Otto Lund": 1}, ("Erik Lund",)),
        ({"Erik Lund": 10, "Otto Lund": 4}, ()),
        ({"Otto Lund": 5}, ("Otto Lund",)),
        ({"Otto Lund": 4}, ()),
        ({"Lund": 10, "Otto Lund": 1}, ("Lund",)),  # it is not known which of the two
        ({"Lund": 10, "Otto Lund": 4}, ()),
    ],
)
def test_a_shared_surname_is_the_one_who_speaks_far_more(spoken, meant):
    assert understand("What did Lund say?", Known(PEOPLE, spoken)).speakers == meant


KINDS = [
    ("Why was the harbour closed?", "reason"),
    ("What led the board to close it?", "reason"),
    ("How many tugs were lost?", "number"),
    ("How much coal is left?", "number"),
    ("At what price was coal sold?", "number"),
    ("When did the ice go?", "date"),
    ("On what day did the ice go?", "date"),
    ("Where does the mole stand?", "place"),
    ("Which port was closed?", "place"),
    ("Who asked for coal?", "person"),
    ("To whom was it sent?", "person"),
    ("Which ships were lost?", "list"),
    ("Who translated the telegram?", "publication"),
    ("Who signed the letter?", "publication"),
    ("Who asked why the harbour was closed?", "person"),
    ("Who and what was lost?", "person"),
    ("When was the letter signed?", "date"),
    ("Who signed the letter, and in what year?", "publication"),
    ("Where was the treaty signed?", "place"),
    ("Where is the letter kept?", "publication"),
    ("what time did the board meet", "date"),
    ("The harbour is closed?", "fact"),
    ("", "fact"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[row[0] for row in KINDS])
def test_the_kind_of_answer(text, kind):
    assert kind_of_answer(text) == AnswerKind(kind)


def test_words_are_wanted_where_somebody_speaks():
    assert understand("What did Brandt say?", KNOWN).kind is AnswerKind.WORDS
    assert understand("What did Brandt say of how many tugs?", KNOWN).kind is AnswerKind.NUMBER


PERIODS = [
    ("What happened in March 1921?", "1921-03", "1921-03"),
    ("What did Brandt say on 3 March 1921?", "1921-03-03", "1921-03-03"),
    ("What was said after 1921?", "1922", None),
    ("What was said before May 1921?", None, "1921-04"),
    ("What is left?", None, None),
    ("Who signed the letter of 3 March 1921?", "1921-03-03", "1921-03-03"),
    ("Who attended the 1921 meeting?", "1921", "1921"),
    ("What became of the treaty of 1921?", None, None),
    ("Who wrote the report attached to the 1921 record?", "1921", "1921"),
    ("By whom was the record of the talk of 3 March 1921 translated?", "1921-03-03", "1921-03-03"),
    ("Who signed the letters before 1921?", None, "1920"),
    ("Who signed the letter of 3 March 1921 and that of 4 May 1921?", None, None),
]


@pytest.mark.parametrize(("text", "after", "before"), PERIODS, ids=[row[0] for row in PERIODS])
def test_periods(text, after, before):
    question = understand(text, KNOWN)
    assert (question.after.iso if question.after else "").startswith(after or "")
    assert (question.before.iso if question.before else "").startswith(before or "")
    assert (question.after is None, question.before is None) == (after is None, before is None)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("What did Brandt tell Okafor about the tugs?", "tell about the tugs"),
        ("When did the ice go?", "the ice go"),
        ("What happened on 3 March 1921 in the harbour?", "happened on in the harbour"),
        ("Brandt?", ""),
    ],
)
def test_content_is_what_is_left_without_people_dates_and_asking(text, content):
    assert understand(text, KNOWN).content == content


def test_terms_hold_the_canonical_name_beside_the_one_written():
    question = understand("What did Kim Il-song say of Peking?", KNOWN)
    assert {"kim", "il", "song", "sung"} <= set(question.terms)
    assert "beij" in question.terms
    assert "peke" not in question.terms
    assert not {"kim", "sung"} & set(question.about)


@pytest.mark.parametrize(("text", "terms"), [("the of and", []), ("", []), ("The tugs, the tug's", ["tug", "tug"])])
def test_search_terms(text, terms):
    assert search_terms(text) == terms


ASKED = [
    ("Who translated it?", ("translator",)),
    ("Who translated the letter, and where is it kept?", ("translator", "held")),
    ("What did the board decide?", ()),
    # slips of the pen
    ("who was the interpeter at the talks", ("interpreter",)),
    ("who transleted the diary", ("translator",)),
    ("in which langauge was the treaty drawn up", ("language",)),
    ("where is the signiture", ("signature",)),
    ("who was finding coal in the intended port", ()),
    # who was there
    ("who was present", ("present",)),
    ("Who was present?", ("present",)),
    ("list the people present at the talks", ("present",)),
    ("Who attended the meeting of the board?", ("present",)),
    ("who sat on the board in 1921", ("present",)),
    ("Who was absent from the meeting?", ("present",)),
    ("Was Brandt present at the talks?", ("present",)),
    ("What is the present state of the harbour?", ()),
    # who wrote, recorded, led
    ("Who wrote the draft paper?", ("author",)),
    ("Who on the harbour board's staff wrote the draft paper?", ("author",)),
    ("Who prepared the report of the board?", ("author",)),
    ("who issued the press release", ("author",)),
    ("Who prepared the attack?", ()),
    ("Who wrote to Okafor?", ()),
    ("How does the author describe the ice?", ()),
    ("Who put Brandt's remarks of August 1921 on ice into English?", ("translator",)),
    ("Who turned the boat round?", ()),
    ("who took the minutes?", ("recorder",)),
    ("Who noted down the talk?", ("recorder",)),
    ("Who holds the record?", ("held",)),
    ("who chaired the session", ("chair",)),
    ("Who moderated the panel?", ("chair",)),
    ("Who interviewed Brandt?", ("interviewer",)),
    ("who published the letters", ("publisher",)),
    ("Who received copies of the report?", ("copies",)),
    ("How could the board use copies of the report?", ()),
    # signs
    ("Who signed the treaty?", ("signature",)),
    ("Did the board sign the treaty?", ("signature",)),
    ("What post did Brandt have, who signed the 1921 report?", ("signature",)),
    ("By what signs can one tell that the ice goes?", ()),
    ("Was there any sign of ice?", ()),
    # where and when
    ("Where is the original of Brandt's letter kept?", ("held",)),
    ("which archive holds the speech", ("held",)),
    ("What was the board to be kept abreast of?", ()),
    ("Where is the conversation between Anna Brandt and Peter Okafor of the third of May 1921 kept?", ("held",)),
    ("Where can Brandt's remarks to Okafor about the ice be consulted in the original?", ("held",)),
    ("In which archival file does one find Brandt's request for tugs?", ("held",)),
    ("On which sheets is the talk about ice?", ("held",)),
    ("Where is the survey of June 1921 filed?", ("held",)),
    ("Which listy of the file contain the speech?", ("held",)),
    ("Where were the prisoners fed?", ()),
    ("What kind of source is the remark on the weather?", ("form",)),
    ("What kind of ice is dangerous?", ()),
    ("Under what heading did Brandt write?", ()),
    ("Under what heading does the report stand?", ("title",)),
    ("What register number stands on the report?", ("number",)),
    ("Which number in the working paper series is the study of the mole?", ("number",)),
    ("What number has the paper of Brandt?", ("number",)),
    ("What number of ships was lost?", ()),
    ("web address of the harbour board", ("online",)),
    ("To what e-mail address should one write for a copy?", ("online",)),
    ("telephone number of the harbour board", ("telephone",)),
    ("What is the address of the board?", ("address",)),
    ("what is the file number of the telegram", ("held",)),
    ("What reference to coal is there?", ()),
    ("When did the board meet?", ("time",)),
    ("When was the letter from Brandt to Okafor written?", ("time",)),
    ("what date is the letter", ("time",)),
    ("When did the envoy sign the treaty?", ("signature", "time")),
    ("When did the tugs leave?", ()),
    ("where was the conference held", ("venue",)),
    ("Where was Brandt while the board held its session?", ()),
    ("Is the board's record confidential?", ("classification",)),
    ("how are the minutes classified", ("classification",)),
    # not of the record
    ("How was the strike funded?", ()),
    ("Which foundation funded the research?", ("funding",)),
    ("who gave money for the edition", ("funding",)),
    ("Did anyone attend to the wounded?", ()),
    ("Who took part in the strike?", ()),
    ("Who took part in the talks?", ("present",)),
    ("How did the archive burn down?", ()),
    ("What is the mine called?", ()),
    ("What is the working paper of Brandt called?", ("title",)),
    ("Who was the author of the plan?", ()),
    ("Who edited out the page?", ()),
    ("To whom did Brandt write on 3 March 1921?", ("recipient",)),
    ("Who was the telegram addressed to?", ("recipient",)),
    ("Who did Okafor send the letter to?", ("recipient",)),
    ("To whom did the board send coal?", ()),
    ("To whom did Brandt speak?", ()),
    ("When did the telegram of 3 March arrive?", ("received",)),
    ("On what day was Brandt's letter received?", ("received",)),
    ("When did the tugs arrive?", ()),
    ("Who led the street protests?", ()),
    ("Whom did Brandt telephone?", ()),
    ("Did the board address the question?", ()),
    ("How did the pilots interpret the lamps?", ()),
    ("What did Brandt say about the signature?", ()),
    ("What did the board report about who attended?", ()),
]


@pytest.mark.parametrize(("text", "matters"), ASKED, ids=[row[0] for row in ASKED])
def test_matters_of_publication(text, matters):
    assert matters_asked(text) == matters


@pytest.mark.parametrize(
    ("text", "matters", "share"),
    [
        ("Translated by Ivo Kern.", ("translator",), 1.0),
        ("Translated by Ivo Kern.", ("translator", "held"), 0.5),
        ("Translated by Ivo Kern.", (), 0.0),
        ("The ice is gone.", ("translator",), 0.0),
        ("Minutes of the board", ("recorder",), 0.0),
        ("Minutes taken by Ivo Kern", ("recorder",), 1.0),
        ("There is a list of ships.", ("held",), 0.0),
        ("From the diary of Ivo Kern", ("form",), 1.0),
        ("In the end all was left to the diary of Ivo Kern", ("form",), 0.0),
        ("#8 Ivo Kern, The Mole", ("number",), 1.0),
        ("N 129 / GS", ("number",), 1.0),
        ("In 1921 129 came", ("number",), 0.0),
        ("Telephone: (555) 010-4110", ("telephone",), 1.0),
        ("Harbour Board, 1300 Quay Street", ("online",), 0.0),
        ("opis 3, listy 50-58", ("held",), 1.0),
        ("At the present time there is no ice.", ("present",), 0.0),
        ("Present: Captain Lund", ("present",), 1.0),
        ("The board met at 10.15 a.m.", ("time",), 1.0),
        ("Signed at Copenhagen", ("venue",), 1.0),
        ("The Envoy in Denmark (Brandt) to the Minister of Ports", ("recipient",), 1.0),
        ("To: Minister Peter Okafor", ("recipient",), 1.0),
        ("The board sent two tugs to the northern mole.", ("recipient",), 0.0),
        ("Copenhagen, 1 May 1922. [Received May 3.]", ("received",), 1.0),
    ],
)
def test_what_tells_of_a_matter(text, matters, share):
    assert tells(text, matters) == share


FOLLOWING = [
    ("What did Brandt tell Okafor?", "What did he say of coal?", "What did Anna Brandt say of coal?"),
    ("What did Brandt tell Okafor?", "what did he reply", "what did Peter Okafor reply"),
    ("What did Brandt tell Okafor?", "Did she tell him why?", "Did Anna Brandt tell Peter Okafor why?"),
    ("What did Brandt tell Okafor?", "How did he answer her?", "How did Peter Okafor answer Anna Brandt?"),
    ("What did Brandt tell Okafor?", "Who translated her letter?", "Who translated Anna Brandt's letter?"),
    ("What did Brandt say?", "What did Okafor tell her?", "What did Okafor tell Anna Brandt?"),
    ("What did Brandt say?", "What did she tell him?", "What did Anna Brandt tell him?"),
    ("Who is Okafor?", "When did he leave?", "When did Peter Okafor leave?"),
    ("Who met Brandt and Okafor?", "What did she say?", "What did she say?"),  # either
    ("Who closed the harbour?", "What did he say?", "What did he say?"),
    ("What did Brandt say?", "Is the ice gone?", "Is the ice gone?"),
    ("What did Brandt say?", "Were they told?", "Were they told?"),
]


@pytest.mark.parametrize(("before", "text", "meant"), FOLLOWING, ids=[row[1] for row in FOLLOWING])
def test_a_question_that_follows_another(before, text, meant):
    assert followed(text, understand(before, KNOWN), KNOWN) == meant


@given(
    text=st.text(max_size=200)
    | st.lists(st.sampled_from(["What", "did", "Brandt", "tell", "Okafor", "in", "1921", "?"])).map(" ".join)
)
def test_any_text_is_understood_and_alike_each_time(text):
    question = understand(text, KNOWN)
    assert question == understand(text, KNOWN)
    assert question.text == text
    assert len(set(question.terms)) == len(question.terms)
    assert set(question.about) <= set(search_terms(question.content))
    assert not {*question.speakers, *question.addressees} & set(question.mentioned)
    assert set(question.people) <= {person.name for person in PEOPLE.persons}

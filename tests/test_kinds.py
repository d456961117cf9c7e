import pytest

from qa.documents.kinds import kind_of, kinds


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Record of Conversation between the Minister and the Ambassador", "record of conversation"),
        ("RECORD OF A CONVERSATION with the Chargé", "record of conversation"),
        ("Transcript of a Telephone Conversation", "record of conversation"),
        ("Memorandum of Conversation", "memorandum of conversation"),
        ("Memorandum of a Telephone Conversation, by the Director", "memorandum of conversation"),
        ("Memorandum of Conference Between Representatives", "memorandum of conversation"),
        ("Draft Memorandum by Mr. A of the Planning Staff", "memorandum"),
        ("Memorandum by the Legal Adviser (Doe)", "memorandum"),
        ("Telegram from Matveev to USSR Council of Ministers", "telegram"),
        ("CIPHERED TELEGRAM transmitting a letter", "telegram"),
        ("Letter transmitting a memorandum of conversation", "letter"),
        ("From the diary of the First Secretary", "diary"),
        ("Excerpts from the Secretary's speech at the plenum", "speech"),
        ("Opening Remarks at the Conference", "speech"),
        ("Keynote Address by the Ambassador", "speech"),
        ("Address by Dr. Doe", "speech"),
        ("The address is unknown", "document"),
        ("Report of the Department Chief", "report"),
        ("Minutes of the 1965 Meeting of the Advisory Committee", "minutes"),
        ("Record of the 1970 Meeting of the Committee", "minutes"),
        ("Notes on a Meeting", "minutes"),
        ("Transcript of 1958 Meeting", "transcript"),
        ("Media Roundtable Discussion", "transcript"),
        ("Note Verbale", "note"),
        ("Aide-Mémoire", "note"),
        ("Editorial Note", "editorial note"),
        ("Agreement Between the Governments", "agreement"),
        ("Treaty of Friendship", "agreement"),
        ("Protocol of Peace and Cooperation", "protocol"),
        ("Press Release Issued by the Department", "press release"),
        ("Executive Order 10", "order"),
        ("In order to win the peace", "document"),
        ("Interview with the Foreign Minister", "interview"),
        ("Testimony Before the Committee", "testimony"),
        ("Hearing on the Treaty", "testimony"),
        ("Article in a newspaper", "article"),
        ("Article 4", "document"),
        ("Article IV", "document"),
        ("Circular telegram", "telegram"),
        ("Circular Note to All Missions", "circular"),
        ("Position Paper Prepared in the Department", "paper"),
        ("The Minister in China (Doe) to the Secretary of State", "document"),
        ("Notebook", "document"),
        ("", "document"),
    ],
)
def test_kind_of(heading, kind):
    assert kind_of(heading) == kind


def test_line_breaks_and_case_do_not_matter():
    assert kind_of("memorandum\n  of\nCONVERSATION") == "memorandum of conversation"


def test_no_word_names_two_kinds():
    words = [pattern.pattern for _, pattern in kinds()]
    assert len(words) == len(set(words))

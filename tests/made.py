"""Hand-made records: a small letter book, its documents, and replies about it."""

from __future__ import annotations

from dataclasses import replace

from qa.answer.records import Answer, Quote, Reply, Status
from qa.citation import Holding
from qa.dates import PartialDate
from qa.documents.records import Block, BlockKind, Document, Note, Page, Participant
from qa.names import People
from qa.names.records import Person
from qa.passages import Passage
from qa.question.records import AnswerKind, Question
from qa.question.understanding import Known
from qa.search.records import Hit
from qa.sources.records import Description, Source
from qa.spans import Span, quote
from qa.turns.records import Attribution, Basis, Turn, TurnKind

SOURCE = "letters.txt"
TEXT = (
    "Record of Conversation between Anna Roe and Li Wei, 9 April 1968\n\n"
    "Comrade Roe said that the treaty of friendship\nremains in force. She asked for coal.\n\n"
    "* The coal came in May.\n"
)


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


SAID = span_of("Comrade Roe said that the treaty of friendship\nremains in force.")
ASKED = span_of("She asked for coal.")
NOTED = span_of("The coal came in May.")

PARENT = Document(
    "letters", SOURCE, "Coal and Friendship: Evidence from Two Archives", "paper", (), (), author="Maria T. Stone"
)
DOCUMENT = Document(
    "letters/4",
    SOURCE,
    "Record of Conversation between Anna Roe and Li Wei, 9 April 1968",
    "record of conversation",
    (Span(0, len(TEXT)),),
    (
        Block(BlockKind.HEADING, (span_of("Record of Conversation between Anna Roe and Li Wei, 9 April 1968"),)),
        Block(BlockKind.PARAGRAPH, (Span(SAID.start, ASKED.end),)),
    ),
    number="Document 4",
    date=PartialDate(1968, 4, 9),
    author="Anna Roe",
    participants=(Participant("Anna Roe", "author", "ambassador"), Participant("Li Wei", "party")),
    repository_reference="State Archive, fond 2, delo 95, listy 50-58",
    translator="Ivo Kern",
    parent="letters",
    notes=(Note("letters/4", "12", (NOTED,), SAID.end),),
    pages=(Page("79", 0, SAID.end), Page("80", SAID.end, len(TEXT))),
)
DESCRIPTION = Description(
    title="Coal and Friendship: Evidence from Two Archives",
    author="Maria T. Stone",
    publication="Working Paper No. 7 (Vienna: Institute of Trade)",
    repository="Institute of Trade",
)
HOLDING = Holding(DOCUMENT, (PARENT,), DESCRIPTION, SOURCE)

TURN = Turn(
    "letters/4#2",
    "letters/4",
    TurnKind.SPEECH,
    (Span(SAID.start, ASKED.end),),
    ((SAID,), (ASKED,)),
    Attribution("Anna Roe", "Comrade Roe", Basis.REPORTED),
    (Attribution("Li Wei", "Li Wei", Basis.HEADER),),
    PartialDate(1968, 4, 9),
)
HEADING = Turn("letters/4#1", "letters/4", TurnKind.APPARATUS, DOCUMENT.blocks[0].segments, ())
NOTE = Turn("letters/4#3", "letters/4", TurnKind.NOTE, (NOTED,), ((NOTED,),), marker="12")
TURNS = (HEADING, TURN, NOTE)
PASSAGE = Passage("letters/4#2.1", "letters/4", "letters/4#2", TURN.segments, (0, 2), "Record", 24)
FULL_SOURCE = Source("letters", SOURCE, "0" * 64, TEXT, "text", DESCRIPTION)


def an_answer(**changes: object) -> Answer:
    answer = Answer(
        rank=1,
        score=0.75,
        quote=Quote(SOURCE, (SAID,), quote(TEXT, (SAID,))),
        turn=TURN,
        document=DOCUMENT,
        date=PartialDate(1968, 4, 9),
        pages=("79",),
        line=3,
        path="/archive/letters.txt",
        matched=(span_of("treaty"),),
        features={"meaning": 0.5, "words": 2.0},
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def a_reply(*answers: Answer, **changes: object) -> Reply:
    reply = Reply(
        Question("What of the treaty?", AnswerKind.WORDS, speakers=("Anna Roe",), terms=("treaty",)),
        Status.ANSWERED,
        0.9,
        answers or (an_answer(),),
        timings={"open": 1.5, "encode": 2.0, "search": 3.0, "answer": 4.0},
    )
    return replace(reply, **changes)  # type: ignore[arg-type]


def a_silence(**changes: object) -> Reply:
    answer = an_answer()
    silent = a_reply(answer, status=Status.NO_ANSWER, confidence=0.1, answers=(), closest=(answer,), missing="")
    return replace(silent, **changes)  # type: ignore[arg-type]


def a_hit(**changes: object) -> Hit:
    hit = Hit(1, 0.5, PASSAGE, TURN, DOCUMENT, SOURCE, quote(TEXT, PASSAGE.segments), {"meaning": 0.5})
    return replace(hit, **changes)  # type: ignore[arg-type]


class FakeAssistant:
    """Answers every question alike; remembers how it was asked."""

    def __init__(self, reply: Reply | Exception | None = None, text: str = TEXT) -> None:
        self.reply = reply or a_reply()
        self.asked: list[tuple[object, ...]] = []
        self._text = text
        self.known = Known(People((Person("Anna Roe", ("Anna Roe", "Roe")),)), {})

    def ask(self, *arguments: object) -> Reply:
        self.asked.append(arguments)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def search(self, question: str, k: int) -> tuple[Hit, ...]:
        self.asked.append((question, k))
        return (a_hit(),) if question != "nothing" else ()

    def holding(self, document: Document) -> Holding:
        return HOLDING

    def text(self, source: str) -> str:
        return self._text

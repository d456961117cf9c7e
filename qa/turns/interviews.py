"""Who is questioned and who questions, as the head of an interview or press conference says it; "Q." and "A."."""

from __future__ import annotations

import re

from qa.documents.records import BlockKind, Document
from qa.names import NameMention, find_names
from qa.spans import View
from qa.text import fold
from qa.turns.actors import Company
from qa.turns.labels import is_role
from qa.turns.state import Person, Said

_KINDS = frozenset({"interview", "testimony"})
_QUESTIONS = frozenset({"q", "question", "interviewer", "questioner"})
_ANSWERS = frozenset({"a", "answer", "interviewee", "respondent"})
_WITNESS = frozenset({"witness", "the witness", "deponent", "the deponent"})  # who answers, where one is known
_CONFERENCE = re.compile(r"\b(?:press|news) conference", re.I)
_ASKED_BY = re.compile(r"(?:\bby|\binterviewers?:|\bconducted with)\s*(?:the\s+)?$", re.I)
_ASKED_OF = re.compile(r"(?:\bwith|\bof|\bfrom|\binterviewees?:|\bbetween)\s*(?:the\s+)?$", re.I)
_OWNS = re.compile(r"['’]s? (?:\w+ ){0,2}?(?:interview|(?:press|news) conference|testimony)\b", re.I)
_CALLED = re.compile(  # "Ann Roe, being duly sworn, was examined", "Colonel Poe was then recalled"
    r",?(?: (?:who|was|is|having|being|been|then|next|now|first|again|also|thereupon|duly|solemnly|a|the|witness))*"
    r" (?:sworn|affirmed|called|recalled|examined|cross-examined|took the (?:witness )?stand)\b"
)
_EXAMINER = re.compile(r"\bexamined by\s+(?:the\s+)?$")
_EXAMINED = re.compile(r"(?:(?:cross|re|direct|further)[- ]?)?(?:examined|examination) by\s+(?=[A-Z])", re.I)
_VERDICT = re.compile(r"(?:NOT )?GUILTY\b|(?:Verdict|Judgment|Sentence)\b[^.]{0,40}[.:—-]|Tried by (?:the|Mr)\b")
_FIRST, _LONGEST = 3, 300  # a call begins with the name, and is short
_HEAD = 4  # blocks: a heading and what stands right below it


def questioning(document: Document, text: str, company: Company) -> tuple[Person | None, Person | None]:
    """Return who asks and who answers in an interview, each `None` where the head does not name just one."""
    if document.kind not in _KINDS:
        return None, None
    asks: dict[str, Person] = {}
    answers: dict[str, Person] = {}
    for block in document.blocks[:_HEAD]:
        if block.kind not in {BlockKind.HEADING, BlockKind.HEADER} and len(View.of(text, block.segments).text) > 100:
            break
        words = View.of(text, block.segments).text
        for mention in find_names(words):
            group = _side(words, mention, asks, answers)
            if group is not None:
                person = _person(mention, company)
                group[person.name] = person
    return _only(asks), _only(answers)


def _only(people: dict[str, Person]) -> Person | None:
    return next(iter(people.values())) if len(people) == 1 else None


def _side(
    words: str, mention: NameMention, asks: dict[str, Person], answers: dict[str, Person]
) -> dict[str, Person] | None:
    """Return the side to which the words around a name put it."""
    before = words[: mention.start]
    if _OWNS.match(words, mention.end) or _ASKED_OF.search(before):
        return answers
    if _ASKED_BY.search(before):
        return answers if _CONFERENCE.search(words) else asks
    return None


Sides = tuple[Person | None, Person | None]


def asked(label: str, sides: Sides, lately: Sides = (None, None)) -> tuple[Person, Person | None] | None:
    """Return who speaks under "Q." or "A.", or as the witness, and to whom; `None` for any other label.

    `sides` are those of the head; `lately` who asked and who answered last by name, whom only the letters stand for:
    "Question:" in a hall is anybody's.

    >>> roe = Person("Ann Roe", "Ann Roe")
    >>> asked("Q", (None, roe))
    (Person(name='Question', written='Q'), Person(name='Ann Roe', written='Ann Roe'))
    >>> asked("A.", (None, roe))
    (Person(name='Ann Roe', written='A.'), None)
    """
    said = fold(label).strip(" .:")
    asks, answers = lately if len(said) == 1 and sides == (None, None) else sides
    if said in _WITNESS and answers is not None:
        return Person(answers.name, label), asks
    if said in _QUESTIONS:
        return Person(asks.name if asks else "Question", label), answers
    if said in _ANSWERS:
        return Person(answers.name if answers else "Answer", label), asks
    return None


def sides_named(words: str, lately: Sides, company: Company) -> Sides | None:
    """Return who asks and who answers behind a line that calls a witness or names who examines, `None` for others.

    `lately` are those before: "Cross-examined by Mr. Roe." changes only who asks.
    """
    called = witness_called(words, company)
    examiner = find_names(words[match.end() :]) if (match := _EXAMINED.match(words)) else []
    if called is None and examiner and len(words) <= _LONGEST:
        return _person(examiner[0], company), lately[1]
    return called


def is_verdict(words: str) -> bool:
    """Return whether a paragraph of a trial tells how it ended, and is nobody's words.

    >>> is_verdict("NOT GUILTY."), is_verdict("GUILTY, aged 19. Transported."), is_verdict("Guilty or not, he went.")
    (True, True, False)
    """
    return _VERDICT.match(words) is not None


def witness_called(words: str, company: Company) -> Sides | None:
    """Return who examines (`None` where no name tells it) and who answers from here on, where a witness is called."""
    names = find_names(words) if len(words) <= _LONGEST else []
    if not names or names[0].start > _FIRST or not _CALLED.match(words, names[0].end):
        return None
    examiner = next((m for m in names[1:] if _EXAMINER.search(words[: m.start])), None)
    return _person(examiner, company) if examiner else None, _person(names[0], company)


def _person(mention: NameMention, company: Company) -> Person:
    person = company.resolve(mention.written)
    return Person(person.name if person else mention.written, mention.written)


def sides_after(sides: Sides, before: Said | None, question: bool, said: Said) -> Sides:
    """Return who asks and who answers behind a labelled turn: whoever answered a question goes on under "A.".

    `before` is the turn before, `question` whether it ended in a question.
    """
    if before is None or before.speaker is None or said.speaker is None or not question:
        return sides
    both = before.speaker, said.speaker
    named = not any(is_role(p.written) or fold(p.written).strip(" .:") in _QUESTIONS | _ANSWERS for p in both)
    return both if named and before.speaker.name != said.speaker.name else sides

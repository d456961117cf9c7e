"""Whom a question names as speaking, whom as addressed, and whom in passing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.names import PersonMention
from qa.question.speech import DID_HE, DOES, FINITE, HEARD, NO_NOUN, NOUN, SPEECH, VERB, marked
from qa.tables import lines

_NEAR = 90  # so many characters before a name decide what part it has
_TITLES = re.compile(  # between a name and the words that say what part it has
    rf"(?i)(?:\b(?!(?:{DOES}|was|were|is|are|to|by|with|and|about|of|on|for|from|in|over|like)\b)"
    rf"(?:the|comrade|mr|mrs|miss|dr|{'|'.join(map(re.escape, lines('roles.txt')))}|(?-i:[A-Z])[\w'’-]*)\.?\s+){{1,3}}$"
)
_ACCORDING = r"\bac+ordi?n?g?\s+to"

_SPOKEN = re.compile(rf"(?i){SPEECH}|{_ACCORDING}|\bput it\b")
_VERB = re.compile(rf"(?i){NO_NOUN}{VERB}")
_TELLS = re.compile(rf"(?i){NO_NOUN}{FINITE}|{DID_HE}{NO_NOUN}{VERB}|{_ACCORDING}|\bput it\b")
_ASKED = re.compile(rf"(?i){DOES}\s")
_SUBJECT = re.compile(rf"(?i){DOES}\s+(?:(?:ever|not|really|also|actually)\s+)?$")
_DID_SAY = re.compile(rf"(?i)(?:\s+[\w'’-]+){{0,2}}?\s+{NO_NOUN}{VERB}")
_DID_GIVE = re.compile(r"(?i)(?:\s+\w+ly)?\s+(?:give|make|have|voice|raise|send|use)\b")
_SAYS = re.compile(rf"(?i)\s+(?:(?:\w+ly|ever|also|then|had|has)\s+)?{VERB}")
_BY = re.compile(
    rf"(?i)(?:{_ACCORDING}|\b(?:told|asked|informed|warned|assured|promised|said|written|stated|put|expressed)\s+by"
    r"|\b(?:heard?|learn(?:ed|t)?)\s+from)\s+$"
)
_TO_HIM = re.compile(rf"(?i){HEARD}\s+$")
_ANSWERS = re.compile(r"(?i)\b(?:answer(?:ed|s)?|repl(?:y|ied|ies))\s+(?:to\s+)?$")
_GAVE = re.compile(r"(?i)\b(?:give|gave|send|sent)\s+$")
_TO = re.compile(r"(?i)\bto\s+$")
_HANDED = re.compile(
    r"(?i)\b(?:deliver|hand|present|send|transmit|give|pass|submit|forward)(?:s|ed)?\b|\b(?:gave|given|sent)\b"
)
_TALKED = re.compile(
    rf"(?i)\b(?:spoke|spoken|speaking|talked|talking|{DOES}\s+(?:\S+(?<!['’]s)\s+){{1,4}}?(?:speak|talk))\s+(?:with|to)\s+$"
)
_LED_TO = re.compile(  # words before "to" that address nobody
    r"(?i)\b(?:ac+ordi?n?g?|happen\w*|oppos\w+|relat\w+|attitude|refer\w*|compar\w+|thanks|due|clos\w+|belong\w*|next"
    r"|object\w*|react\w*|return\w*|travel\w*|visits?|trips?|went|go|came|come|flew|near\w*|similar|prior|loyal\w*"
    r"|access|threat|allegiance|damage|injury|devot\w+)\s+$"
)
_WAS = re.compile(r"(?i)\b(?:was|were|is|are|been)\s+$")
_PAST = r"(?:told|asked|informed|advised|warned|assured|promised|reminded|instructed|notified)\b"
_TOLD = re.compile(rf"(?i)\s+(?:ever\s+)?{_PAST}")
_BEEN_TOLD = re.compile(rf"(?i)\s+(?:ever\s+)?(?:(?:hear|learn)\b|been\s+{_PAST})")
_NOT_SPEAKING = re.compile(
    r"(?i)\b(?:with|and|about|of|on|regarding|concerning|against|for|towards?|over|between|like|to)\s+$"
)
_OF = re.compile(rf"(?i){NOUN}\s+(?:of|from|by)\s+$")
_HIS = re.compile(rf"(?i)['’]s?\s+(?:(?!and\b|or\b)[\w-]+\s+){{0,2}}?(?P<noun>{NOUN})")
_IN = re.compile(r"(?i)\bin\s+$")
_POSSESSIVE = re.compile(r"['’](?:s\b|(?!\w))")


@dataclass(frozen=True, slots=True)
class Voices:
    """The people named in a question: who speaks, who is addressed, all but those; whether it is about words at all."""

    speakers: tuple[PersonMention, ...]
    heard: tuple[PersonMention, ...]
    others: tuple[PersonMention, ...]
    speech: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Where a name stands in a question: the question as written and as marked, and both up to the name's titles."""

    start: int
    end: int
    text: str
    marks: str
    before: str
    marks_before: str

    @classmethod
    def of(cls, start: int, end: int, text: str, marks: str) -> Named:
        """Return the name from `start` to `end` of a question and of its `qa.question.speech.marked` form."""
        low = max(start - _NEAR, 0)
        titles = _TITLES.search(marks[low:start])
        high = low + titles.start() if titles else start
        return cls(start, end, text, marks, text[low:high], marks[low:high])

    @property
    def possessive(self) -> bool:
        """Whether something of the person is named: "her letter"."""
        return _POSSESSIVE.match(self.text, self.end) is not None


def voices(text: str, found: Sequence[PersonMention], record: bool = False) -> Voices:
    """Return the parts that the people found in a question have in it.

    The speaker is whoever stands behind "according to", else the subject of a verb of speech, else whose words are
    named ("Roe's letter", "a letter from Roe"), else the first who is neither addressed nor spoken of. In a question
    about a record itself whose words it holds makes nobody a voice: "Who translated the letter from Roe to Poe?"
    """
    marks = marked(text)
    told = _TELLS.search(marks) is not None
    named = {Named.of(m.start, m.end, text, marks): m for m in found}
    heading = list(named)[:2] if _is_heading(list(named)) and not record else []
    heard = heading[1:] or [n for n in named if (_told(n) if record else hears(n))]
    hearing = set(heard)
    others = [n for n in named if n not in hearing]
    ranked = [heading[:1], [n for n in others if _BY.search(n.before)], [n for n in others if is_subject(n)]]
    if not record:
        unnamed = _unnamed_speaks(text, marks, found)
        own = [n for n in others if n.start < unnamed or _IN.search(n.before)]
        ranked.append([n for n in own if _has_words(n)])
        ranked.append([n for n in own if told and _may_speak(n)])
    speakers = next((group[:1] for group in ranked if group), [])
    of = [tuple(named[n] for n in group) for group in (speakers, heard, others)]
    return Voices(of[0], of[1], of[2], bool(told or speakers or heard))


def hears(named: Named) -> bool:
    """Return whether a person named is to have been told something, or words are for him."""
    return _told(named) or _gets(named)


def _told(named: Named) -> bool:
    """Return whether a person named was told something: "tell her", "spoke with her", "was she told"."""
    before = named.before
    if named.possessive or _BY.search(before):
        return _ANSWERS.search(before) is not None  # who answers somebody's question answers him
    if _WAS.search(before) and _TOLD.match(named.text, named.end):
        return True
    if _SUBJECT.search(before) and _BEEN_TOLD.match(named.text, named.end):
        return True
    return (_TO_HIM.search(named.marks_before) or _TALKED.search(before)) is not None


def _gets(named: Named) -> bool:
    """Return whether words are for a person named: "write to her", "a letter to her", "what answer he gave her"."""
    before = named.before
    if named.possessive or _BY.search(before):
        return False
    if to := _TO.search(before):
        said = _SPOKEN.search(named.marks_before, 0, to.start()) or _HANDED.search(before, 0, to.start())
        return said is not None and not _LED_TO.search(before[: to.start()])
    return _GAVE.search(before) is not None and _SPOKEN.search(named.marks_before) is not None


def _is_heading(named: Sequence[Named]) -> bool:
    """Return whether a question begins as a letter is headed: "Roe to Poe on the strike"."""
    if len(named) < 2 or named[0].before.strip():
        return False
    return named[1].before[named[0].end :].strip().lower() == "to"


def is_subject(named: Named) -> bool:
    """Return whether a person named is the subject of a verb of speech: "did she say", "as she wrote"."""
    if named.possessive:
        return False
    if does := _SUBJECT.search(named.before):
        gives = _SPOKEN.search(named.marks_before, 0, does.start()) and _DID_GIVE.match(named.text, named.end)
        return bool(gives or _DID_SAY.match(named.marks, named.end))
    return _SAYS.match(named.marks, named.end) is not None and not _NOT_SPEAKING.search(named.before)


def _has_words(named: Named) -> bool:
    """Return whether words are said to be of the person named: "her letter", "a letter from her"."""
    own = _HIS.match(named.marks, named.end)
    if own is None:
        return _OF.search(named.marks_before) is not None
    return not (_SUBJECT.search(named.before) and _VERB.fullmatch(own["noun"]))  # "did her government answer"


def _may_speak(named: Named) -> bool:
    """Return whether nothing tells against a person named as the speaker."""
    return not named.possessive and not _NOT_SPEAKING.search(named.before)


def _unnamed_speaks(text: str, marks: str, found: Sequence[PersonMention]) -> int:
    """Return where somebody unnamed says what is asked for ("What did the board say of Roe?"), else the text's end."""
    does = _ASKED.search(text)
    verb = _VERB.search(marks, does.end()) if does else None
    if does is None or verb is None or any(does.end() <= m.start < verb.start() for m in found):
        return len(text)
    return verb.start()

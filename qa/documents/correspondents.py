"""Who writes to whom, and who is present, as headings and lists of people say it."""

from __future__ import annotations

import re

from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.records import Participant

_KIND_FIRST = re.compile(
    r"(?P<kind>[^:?]{3,70}?),? "
    r"(?P<by>[Ff]rom|[Bb]y|[Pp]repared (?:by|in)|[Ii]ssued (?:by|in)|[Ss]ent (?:by|from)) (?P<rest>.+)"
)
_ABOUT = re.compile(
    r"\b(?:on|about|regarding|concerning|respecting|to|towards?|for|between|relating|handed)\b", re.IGNORECASE
)
_OF_A_PERSON = re.compile(r"Memorandum of (?P<rest>(?:Mr|Mrs|Miss|Dr|Prof)\.? .+)")
_RECORDED = re.compile(
    r"Memorandum (?:by|of) (?P<rest>[^()]+\([^()]+\)),? of (?:an? |the )?(?:telephone )?conversation\b", re.I
)
_NAMED = re.compile(r"(?P<office>[^()]*?)\s*\((?P<name>[^()]{2,60})\)(?P<rest>.*)")
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)
_AFTER_NAME = re.compile(r",| of the | of | in the | at the | on ")
_BODY = re.compile(
    r"\b(?:department|embassy|legation|government|ministry|commission|mission|delegation|consulate|council|committee|"
    r"league|bank|company|board|agency|office|conference|representatives|missions|officers|ambassadors|division|bureau|"
    r"staff|section|secretariat)\b",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:secretary|minister|ambassador|president|premier|chairman|chancellor|consul|chargé|counselor|counsellor|attaché|"
    r"director|chief|adviser|advisor|commissioner|governor|general|king|emperor|shah|representative|delegate|deputy)"
)
_OFFICE_WORD = re.compile(rf"\b{_OFFICE}\b", re.IGNORECASE)
# "Secretary of State Jane Doe": the office ends where the field of a department ends.
_OFFICE_FIRST = re.compile(
    rf"(?P<office>(?:[A-Z]\w+ )?{_OFFICE} (?:of|for) (?:State|Defen[cs]e|War|the Treasury|the Interior|Commerce|Labor|"
    r"Agriculture|Foreign Affairs|External Affairs|Staff|the Navy|the Army)) (?P<name>[A-Z][^,]{2,40})",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Lord|Baron|Count|Prince|General|Colonel|Captain|Admiral|Marshal|Senator|"
    rf"Comrade|{_OFFICE})\.? [A-Z]",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b[A-Z]\.")
_DATE_AT_END = re.compile(r"[,;]?\s+(?:on |dated )?(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?\d{4}\W*$")
_SPOKEN_ROLE = re.compile(r"(?P<office>[A-Z][\w /-]{2,30}):\s+(?P<rest>.+)")
_SYMBOL = re.compile(r"(?P<office>[A-Z][A-Z/]{0,9}) ?[-–—] ?(?=[A-Z][a-z]+\.? )")  # an office by its letters
_SEPARATOR = re.compile(r",(?! (?:Jr|Sr|II|III|IV)\b)|;| [-–—]+ |[–—]|\s+\(")
_NOT_THERE = re.compile(r"unable to attend|not present|absent", re.IGNORECASE)
_INTERPRETS = re.compile(r"\binterpret(?:er|ing|ed)\b", re.IGNORECASE)
_UNSIGNED = re.compile(r"sign|copy|seal|initial|stamp|\d|:", re.IGNORECASE)


def party(text: str, role: str) -> Participant | None:
    """Return the person (or body) that a part of a heading names, `None` where it names nobody.

    >>> party("The Ambassador in Utopia (Doe)", "author")
    Participant(name='Doe', role='author', office='Ambassador in Utopia')
    >>> party("Mr. John Doe of the Planning Staff", "author")
    Participant(name='Mr. John Doe', role='author', office='Planning Staff')
    >>> party("the Department of State", "recipient")
    Participant(name='Department of State', role='recipient', office='')
    """
    text = _DATE_AT_END.sub("", " ".join(text.split())).strip(" ,;")
    if not text:
        return None
    if match := _NAMED.fullmatch(text):
        office = _ARTICLE.sub("", match["office"].strip(" ,"))
        return Participant(match["name"].strip(), role, office or match["rest"].strip(" ,"))
    if match := _OFFICE_FIRST.fullmatch(_ARTICLE.sub("", text)):
        return Participant(match["name"].strip(), role, match["office"])
    cut = _AFTER_NAME.search(text)
    before = text[: cut.start()] if cut else text
    if cut is None or _ARTICLE.match(text) or _BODY.search(before) or _OFFICE_WORD.fullmatch(before.split()[-1]):
        return Participant(_ARTICLE.sub("", text), role)
    return Participant(before.strip(), role, _ARTICLE.sub("", text[cut.end() :].strip(" ,")))


def correspondents(heading: str) -> tuple[Participant | None, Participant | None]:
    """Return who writes and to whom, as far as the heading says it beyond doubt.

    >>> correspondents("The Minister in Utopia (Doe) to the Secretary of State")[1].name
    'Secretary of State'
    >>> correspondents("Memorandum by the Legal Adviser (Doe)")[0].office
    'Legal Adviser'
    >>> correspondents("Agreement Signed at Paris")
    (None, None)
    """
    text = " ".join(heading.split())
    if match := (_RECORDED.match(text) or _OF_A_PERSON.match(text)):
        return party(match["rest"], "author"), None
    match = _KIND_FIRST.match(text)
    if match and kind_of(f"{match['kind']} {match['by']}") != UNKNOWN and not _ABOUT.search(match["kind"]):
        sender, recipient = _split(match["rest"])
        return party(sender, "author"), party(recipient, "recipient")
    return _pair(text)


def is_record(heading: str) -> bool:
    """Return whether the heading is that of somebody's record of a conversation, in which "to" and "from" are reported.

    >>> is_record("Memorandum by the Counselor to the Delegation (Doe) of a Conversation With the Envoy to Utopia")
    True
    """
    return bool(_RECORDED.match(" ".join(heading.split())))


def _pair(text: str) -> tuple[Participant | None, Participant | None]:
    """Return the two parties of "X to Y", if both can be no subjects ("The Opening to Utopia" is no letter)."""
    sender, recipient = _split(text)
    if not recipient or ":" in text or kind_of(" ".join(sender.split()[:2])) != UNKNOWN:
        return None, None
    certain = _is_party(sender) and (_is_party(recipient) or _is_name(recipient))
    if certain or (_is_name(sender) and (_is_party(recipient) if " " in sender else _is_person(recipient))):
        return party(sender, "author"), party(recipient, "recipient")
    return None, None


def _is_person(text: str) -> bool:
    return bool(_INITIAL.search(text) or _TITLE.match(text) or _NAMED.fullmatch(text))


def _is_party(text: str) -> bool:
    official = _OFFICE_WORD.search(text) or _BODY.search(text)
    return _is_person(text) or bool(official and text[:1].isupper()) or bool(official and _ARTICLE.match(text))


def _is_name(text: str) -> bool:
    return len(text.split()) <= 4 and all(word[0].isupper() for word in text.split())


def _split(text: str) -> tuple[str, str]:
    """Return what stands on either side of the "to" between two parties; nothing on the right where it is not clear."""
    for between in (") to ", "), to ", ", to the "):
        if between in text:
            left, right = text.split(between, 1)
            closed = ")" if between.startswith(")") else ""
            return left + closed, ("the " if between.endswith("the ") else "") + right
    parts = text.split(" to ")
    return (parts[0], parts[1]) if len(parts) == 2 else (text, "")


def is_office(participant: Participant) -> bool:
    """Return whether only a person's office is known; a body (an embassy, a department) is no person.

    >>> is_office(Participant("Secretary of State", "author")), is_office(Participant("Utopian Embassy", "author"))
    (True, False)
    """
    name = participant.name
    return not participant.office and not _BODY.search(name) and bool(re.search(r"\b(?:of|in|at|for)\b|^Acting", name))


def signature_name(text: str) -> str:
    """Return the name of a signature, its completed parts included, "" where it is none.

    >>> signature_name("J[ohn] D[oe]"), signature_name("[File copy not signed]")
    ('John Doe', '')
    """
    name = " ".join(text.split()).replace("[", "").replace("]", "").strip(" ,.;")
    return "" if not 0 < len(name.split()) <= 5 or _UNSIGNED.search(name) else name


def signed(author: Participant | None, names: list[str]) -> Participant | None:
    """Return the author, with the name of the only signature where it is fuller or where just the office was known.

    >>> signed(Participant("Doe", "author", "Consul"), ["Jane Doe"])
    Participant(name='Jane Doe', role='author', office='Consul')
    >>> signed(Participant("Doe", "author", "Consul"), ["Richard Roe"])
    Participant(name='Doe', role='author', office='Consul')
    """
    if len(names) != 1:
        return author
    name = names[0]
    if author is None:
        return Participant(name, "author")
    if is_office(author):
        return Participant(name, "author", author.name)
    if name.split()[-1].casefold() == author.name.split()[-1].casefold() and len(name) > len(author.name):
        return Participant(name, "author", author.office)
    return author


def present(text: str, role: str) -> Participant | None:
    """Return the person of one line of a list of people, `None` for who was not there.

    >>> present("Dr. Jane Doe, Chairman", "present")
    Participant(name='Dr. Jane Doe', role='present', office='Chairman')
    >>> present("Chair: John Doe, University of Utopia", "present")
    Participant(name='John Doe', role='present', office='Chair, University of Utopia')
    >>> present("EUR/X—Mr. John Doe", "present")
    Participant(name='Mr. John Doe', role='present', office='EUR/X')
    """
    text = " ".join(text.split()).strip(" .;")
    if role == "absent" or not text or _NOT_THERE.search(text):
        return None
    if symbol := _SYMBOL.match(text):
        text = f"{text[symbol.end() :]}, {symbol['office']}"
    spoken = _SPOKEN_ROLE.fullmatch(text)
    rest = spoken["rest"] if spoken else text
    cut = _SEPARATOR.search(rest)
    name, tail = (rest[: cut.start()], rest[cut.end() :].strip(" ,)")) if cut else (rest, "")
    if name.startswith("The ") and tail:
        name, tail = tail, name.removeprefix("The ")
    office = ", ".join(filter(None, [spoken["office"] if spoken else "", tail]))
    return Participant(name.strip(), "interpreter" if _INTERPRETS.search(office) else role, office)

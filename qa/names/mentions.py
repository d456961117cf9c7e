"""Personal names in running text, found without knowing anybody: by titles, initials and the shape of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.names.apart import spelled_apart
from qa.names.asian import chinese, korean
from qa.names.keys import is_slavic_given, looks_slavic
from qa.names.offices import office_after, office_before
from qa.names.parts import is_patronymic
from qa.names.scan import Role, Token, tokens
from qa.names.surnames import titled_surnames
from qa.names.tables import fold, words

_NOBLE = frozenset({"de", "von", "van", "bin", "ibn", "zu"})  # particles that stand in names more than in places
_NEVER_LAST = Role.ORDINARY | Role.ORGANISATION | Role.TITLE | Role.HEAD | Role.OFFICE | Role.PLACE
_SPEAKS = re.compile(
    r" (?:\w+ )?(?:said|thought|felt|told|asked|replied|answered|stated|noted|agreed|added|observed)\b"
)
_SUFFIX = re.compile(r", (?:Jr|Sr)\.|, (?:Jr|Sr|II|III|IV)\b")
_LONGEST, _WIDEST = 12, 60  # words and initials of a name at most; white space within it, over a line's end


@dataclass(frozen=True, slots=True)
class NameMention:
    """A personal name in a text: `[start, end)` with titles and office, `[core_start, core_end)` without them.

    `written` is the core as it stands. `weak` marks a capitalised word or two that only might be a person.
    """

    start: int
    end: int
    written: str
    core_start: int
    core_end: int
    titles: tuple[str, ...] = ()
    office: str = ""
    weak: bool = False


def find_names(text: str) -> list[NameMention]:
    """Return every mention of a personal name, in order; ordinary words, places and organisations are left out.

    >>> [(m.written, m.titles, m.office) for m in find_names("Minister of Trade comrade Zimin met A.B. Roe.")]
    [('Zimin', ('comrade',), 'Minister of Trade'), ('A.B. Roe', (), '')]
    >>> find_names("The Soviet Union and the Central Committee agreed in March.")
    []
    """
    stream = titled_surnames(text, list(tokens(text)), joined)
    lower = {t.text for t in stream if not t.is_a(Role.CAPITAL)}
    found: list[NameMention] = []
    at = 0
    while at < len(stream):
        end = _core(text, stream, at, lower)
        if end == at:
            at += 1
            continue
        mention = _mention(text, stream, at, end, found[-1] if found else None)
        if mention is not None:
            found.append(mention)
        at = end
    return _settle(found)


def joined(text: str, one: Token, two: Token) -> bool:
    """Return whether two words can belong to one phrase: only white space, a title's stop or brackets between."""
    gap = text[one.end : two.start]
    if len(gap) > _WIDEST or gap.count("\n") > 1:
        return False
    if "[" in gap and one.is_a(Role.NAME) and not one.is_a(Role.TITLE | Role.HEAD | Role.PLACE):
        return False
    gap = gap.strip(" \t\n\u00a0[]")
    stop = gap == "." and fold(one.text) in words("names_titles.toml", "abbreviated")
    return not gap or stop or (gap == "-" and one.is_a(Role.INITIAL))


def _core(text: str, stream: Sequence[Token], at: int, lower: set[str]) -> int:
    """Return where the name that begins at the token ends (the token itself where none begins)."""
    syllables = spelled_apart(text, stream, at, joined)
    if syllables:
        return at + syllables
    if not _begins(text, stream, at, lower):
        return at
    end = at + 1
    while (
        end < min(len(stream), at + _LONGEST)
        and joined(text, stream[end - 1], stream[end])
        and _goes_on(text, stream, at, end)
    ):
        if "\n" in text[stream[end - 1].end : stream[end].start] and _complete(stream, at, end):
            break
        end += 1
    end = min(end, _asian_end(stream, at, end))
    while end > at and stream[end - 1].is_a(Role.PARTICLE) and not stream[end - 1].is_a(Role.NAME):
        end -= 1
    return end if any(t.is_a(Role.CAPITAL) and not t.is_a(Role.INITIAL) for t in stream[at:end]) else at


def _complete(stream: Sequence[Token], at: int, end: int) -> bool:
    """Return whether the words are a whole name already and the next line begins another one."""
    if not stream[end].is_a(Role.GIVEN | Role.INITIAL) or end - at < 2:
        return False
    return stream[end - 1].is_a(Role.NAME | Role.FAMILY) and stream[at].is_a(Role.GIVEN | Role.INITIAL)


def _begins(text: str, stream: Sequence[Token], at: int, lower: set[str]) -> bool:
    """Return whether a name can begin at the word."""
    token = stream[at]
    following = _next(text, stream, at)
    if not token.is_a(Role.CAPITAL):
        if following is None or not token.is_a(Role.PARTICLE) or token.is_a(Role.GLUE | Role.ORDINARY | Role.TITLE):
            return False
        return following.is_a(Role.NAME) or (not following.is_a(Role.CAPITAL) and _begins(text, stream, at + 1, lower))
    addressed = _addressed(text, stream, at)
    if addressed is not None:
        return addressed
    if token.is_a(Role.INITIAL):
        return following is not None and following.is_a(Role.CAPITAL)
    if token.text.isupper() and not _shouted(token, following):
        return False
    return _shaped(stream, at, following, lower)


def _addressed(text: str, stream: Sequence[Token], at: int) -> bool | None:
    """Return whether what stands before the word makes it a name or forbids it, `None` when it does neither."""
    token, before = stream[at], stream[at - 1] if at else None
    if before is None:
        return None
    if joined(text, before, token):
        if before.is_a(Role.ADDRESS):
            return not token.is_a(Role.TITLE | Role.GLUE | Role.HEAD)
        ranked = before.is_a(Role.TITLE) and before.is_a(Role.CAPITAL)
        office = before.is_a(Role.OFFICE) and office_before(text, stream, at, at + 1, joined)[1]
        if token.is_a(Role.FAMILY) and (ranked or office):
            return True
        if token.is_a(Role.ENGLISH) and ranked and _SPEAKS.match(text, token.end) and not token.text.endswith("s"):
            return True
    bracketed = text[before.end : token.start].strip() == "(" and text[token.end : token.end + 1] == ")"
    if bracketed and before.is_a(Role.HEAD | Role.PLACE | Role.OFFICE):
        return not token.is_a(Role.GLUE)
    return None


def _shaped(stream: Sequence[Token], at: int, following: Token | None, lower: set[str]) -> bool:
    """Return whether the word itself, with the one after it, looks like the head of a name."""
    token = stream[at]
    if token.is_a(Role.GIVEN) and following is not None:
        return following.is_a(Role.NAME | Role.INITIAL | Role.FAMILY) or token.is_a(Role.NAME)
    if token.is_a(Role.NAME):
        return token.text.lower() not in lower
    named = following is not None and following.is_a(Role.NAME)
    return named and token.is_a(Role.ENGLISH | Role.ORGANISATION) and _asian(stream[at : at + 2])


def _shouted(token: Token, following: Token | None) -> bool:
    """Return whether an all-capital word can be a name: long, or beside another such word."""
    if len(token.text) > 5:
        return True
    beside = following is not None and following.text.isupper() and following.is_a(Role.NAME | Role.INITIAL)
    return beside and (token.is_a(Role.GIVEN) or (following is not None and _asian((token, following))))


def _next(text: str, stream: Sequence[Token], at: int) -> Token | None:
    following = stream[at + 1] if at + 1 < len(stream) else None
    return following if following is not None and joined(text, stream[at], following) else None


def _goes_on(text: str, stream: Sequence[Token], at: int, here: int) -> bool:
    """Return whether the word can be a further part of the name that began at `at`."""
    token = stream[here]
    if token.is_a(Role.PARTICLE) and not token.is_a(Role.CAPITAL):
        following = _next(text, stream, here)
        return following is not None and following.is_a(Role.NAME | Role.PARTICLE)
    if not token.is_a(Role.CAPITAL) or _odd(stream, here):
        return False
    if token.is_a(Role.INITIAL | Role.SUFFIX | Role.NAME):
        return True
    if token.is_a(Role.GLUE):
        return False
    if stream[here - 1].is_a(Role.PARTICLE) and not token.is_a(Role.ORGANISATION | Role.PLACE | Role.ORDINARY):
        return True
    if _asian(stream[at : here + 1]) and text[token.end : token.end + 1] != ".":
        return True
    return _word_as_surname(stream, at, here)


def _word_as_surname(stream: Sequence[Token], at: int, here: int) -> bool:
    """Return whether a word of the other tables is a family name here: "Martha King", "Henry Cabot Lodge"."""
    token = stream[here]
    if here - at == 2 and stream[at].is_a(Role.GIVEN) and token.is_a(Role.FAMILY | Role.ENGLISH):
        return not token.is_a(_NEVER_LAST)
    if here - at == 1 and stream[at].is_a(Role.NAME) and token.is_a(Role.FAMILY) and not token.is_a(_NEVER_LAST):
        return at > 0 and stream[at - 1].is_a(Role.TITLE | Role.OFFICE | Role.HEAD)
    if token.is_a(Role.ORGANISATION | Role.ADDRESS):
        return False
    if token.is_a(Role.ORDINARY) and stream[here - 1].is_a(Role.INITIAL):
        return False
    return all(t.is_a(Role.GIVEN | Role.INITIAL) for t in stream[at:here])


def _odd(stream: Sequence[Token], here: int) -> bool:
    """Return whether a change from small letters to capitals, or back, parts two words that are no initials."""
    if stream[here].text.isupper() == stream[here - 1].text.isupper() or len(stream[here].text) == 1:
        return False
    return not any(stream[k].is_a(Role.INITIAL | Role.SUFFIX) for k in (here - 1, here))


def _asian_end(stream: Sequence[Token], at: int, end: int) -> int:
    """Return the end of the East Asian name at the head of the words, where more stand than such a name has."""
    if end - at < 4:
        return end
    return next((at + n for n in (3, 2) if _asian(stream[at : at + n])), end)


def _mention(text: str, stream: Sequence[Token], at: int, end: int, last: NameMention | None) -> NameMention | None:
    """Return the mention of the core, `None` when it is no person."""
    at = _trim(stream, at, end)
    core = stream[at:end]
    following = stream[end] if end < len(stream) else None
    before = office_before(text, stream, at, end, joined)
    titles, office, start = before
    in_list = _continues_list(text, last, core[0])
    if in_list and last is not None and not titles:
        titles = last.titles
    evidence = bool(titles or office) or _evidence(core)
    if following is not None and joined(text, core[-1], following) and _turns_into_body(core, following, text):
        if len(core) > 1 or not evidence:
            return None
        evidence = bool(titles)
    if not office:
        office = office_after(text, stream, end, joined)
    if core[0].is_a(Role.INITIAL) and not evidence:
        return None
    core_start, core_end = core[0].start, core[-1].end
    suffix = _SUFFIX.match(text, core_end) if len(core) > 1 else None
    core_end = suffix.end() if suffix else core_end
    if text[max(core_start - 1, 0) : core_start] == "[" and "]" in text[core_start:core_end]:
        core_start, start = core_start - 1, min(start, core_start - 1)
    written = text[core_start:core_end]
    return NameMention(start, core_end, written, core_start, core_end, titles, office, weak=not evidence)


def _trim(stream: Sequence[Token], at: int, end: int) -> int:
    """Return the core's beginning without a first word that only opens the sentence before an East Asian name."""
    if end - at > 2 and not _asian(stream[at:end]) and _asian(stream[at + 1 : end]):
        return at if stream[at].is_a(Role.GIVEN) else at + 1
    return at


def _asian(core: Sequence[Token]) -> bool:
    name = " ".join(t.text for t in core)
    return len(core) > 1 and bool(korean(name) or chinese(name))


def _evidence(core: Sequence[Token]) -> bool:
    """Return whether the words by themselves look like a person's name."""
    named = [t for t in core if t.is_a(Role.CAPITAL) and not t.is_a(Role.INITIAL)]
    if len(core) == 1 or not named:
        return False
    if core[-1].is_a(Role.INITIAL) and core[0].is_a(Role.GIVEN):
        return False
    if any(t.is_a(Role.INITIAL) and len(t.text) > 1 for t in core):
        return True
    if any(t.is_a(Role.PARTICLE) and fold(t.text) in _NOBLE for t in core[:-1]):
        return True
    first, last = named[0], named[-1]
    shaped = looks_slavic(last.text) or is_patronymic(last.text) or fold(last.text).startswith(("mc", "o'"))
    return (
        first.is_a(Role.GIVEN)
        or is_slavic_given(first.text)
        or _asian(core)
        or (shaped and len(named) < 4)
        or last.is_a(Role.SUFFIX)
    )


def _turns_into_body(core: Sequence[Token], following: Token, text: str) -> bool:
    """Return whether the next word makes the name part of a body's or thing's name ("Roe Commission")."""
    same_line = "\n" not in text[core[-1].end : following.start]
    return same_line and following.is_a(Role.CAPITAL) and following.is_a(Role.ORGANISATION)


def _continues_list(text: str, last: NameMention | None, first: Token) -> bool:
    """Return whether the name stands in a list that a plural title opened ("comrades A, B and C")."""
    if last is None or not any(fold(t).strip(".") in words("names_titles.toml", "plural") for t in last.titles):
        return False
    gap = text[last.end : first.start]
    return len(gap) < 12 and gap.strip(" ,[]\n") in {"", "and"} and bool(gap.strip(" "))


def _settle(found: list[NameMention]) -> list[NameMention]:
    """Return the mentions; a lone word that is the family name of a sure mention of the text is sure too."""
    known = [m.written for m in found if not m.weak]
    sure = {fold(name) for name in known} | {fold(name.split()[-1]) for name in known}
    sure |= {fold(name.split()[0]) for name in known if " " in name and korean(name)}
    return [replace(m, weak=False) if m.weak and fold(m.written) in sure else m for m in found]

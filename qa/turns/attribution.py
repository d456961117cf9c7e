"""Whose words a sentence conveys, read sentence by sentence with what went before in mind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.names import NameMention
from qa.turns.actors import Actor, ActorKind, find_actors, within
from qa.turns.after import known, state_after
from qa.turns.events import Event, Form, find_events, main_event
from qa.turns.items import is_aside
from qa.turns.letters import aged, conveyed, date_said, letter_told, words_of_letter
from qa.turns.minutes import answer_given, by_stranger, done_by_all, impersonal, takes_floor
from qa.turns.narrative import LONG_QUOTE, is_narrative, quotation
from qa.turns.narrator import by_narrator, handed_to, to_others, told_to, visited
from qa.turns.points import at_point
from qa.turns.quotations import gives_quotation, quotation_left_open, quoted_words, tells
from qa.turns.records import Basis
from qa.turns.running import his_own, was_told, within_speech
from qa.turns.state import Mode, Person, Said, Setting, State
from qa.turns.surnames import with_worded
from qa.turns.together import by_all, company_of, first_speaker, moved, second_speaker, together
from qa.turns.who import asks, by_office, hearers, interlocutor, of_stranger, raises, who, with_latter, with_stranger

_HEAD = 3  # a sentence begins with whoever stands so near to its beginning
_LONGEST = 4000  # who speaks is told in the beginning of what passes for a sentence
_CARRIED = re.compile(
    r"ask(?:ed|s) (?:\[?(?:me|us|him)\]? )?to "
    r"(?:pass on|convey|transmit|tell (?:you|him)|inform (?:you|him)|give you)\b[^.;]{0,40}?(?:\bthat\b|[:“\"])"
)
_VOCATIVE = re.compile(
    r",\s+(?P<who>(?:[Cc]omrade|[Mm]r\.?|[Mm]adam|[Mm]y dear|[Dd]ear)\s+(?:[Mm]inister|[Aa]mbassador|[Pp]resident|"
    r"[Cc]hairman|[Ss]ecretary|[Pp]remier|[Gg]eneral|(?P<named>[A-Z][\w’'-]+)))(?=[,.?!])"
)


def calm(sentence: str, mentions: Sequence[NameMention]) -> str:
    """Return a sentence in capitals as it would stand in print, as long as before: names keep their first letters.

    >>> calm("HE TOLD ROE THAT IT RAINED.", [NameMention(8, 11, "ROE", 8, 11)])
    'He told Roe that it rained.'
    """
    low = [c.lower() if len(c.lower()) == 1 else c for c in sentence]
    heads = {at for m in mentions for at in range(m.start, m.end) if at == m.start or not sentence[at - 1].isalpha()}
    first = next((at for at, c in enumerate(sentence) if c.isalpha()), 0)
    for at in {first, *heads}:
        low[at] = sentence[at]
    return "".join(low)


def attribute(
    sentence: str, mentions: Sequence[NameMention], first: bool, state: State, setting: Setting
) -> tuple[Said, State]:
    """Return whose words a sentence conveys, and the state after it.

    `mentions` are the names in the sentence; `first`: it begins a paragraph.
    """
    sentence = calm(sentence, mentions) if sentence.isupper() else sentence
    state = at_point(sentence, _before(sentence, state, setting)) if first else state
    if len(sentence) > _LONGEST:
        sentence, mentions = sentence[:_LONGEST], within(mentions, 0, _LONGEST)
    actors = find_actors(sentence, mentions, setting.company, state.offices, dict(state.recent))
    actors = with_worded(sentence, actors, setting.company.present) if setting.minutes else actors
    actors = with_latter(sentence, actors, state)
    actors = actors if setting.minutes else with_stranger(sentence, mentions, actors)
    events = find_events(sentence, actors, own=setting.mode is Mode.MONOLOGUE)
    stranger = by_stranger(sentence, next(iter(mentions), None), actors, setting)
    before = state.floor.speaker if state.floor is not None else None
    said, state = (stranger, state) if stranger else _decide(sentence, first, actors, events, state, setting)
    state = state if said.speaker == before else replace(state, direct=False)
    state = replace(state, floor=None, last=None) if stranger else state
    if first and state.asker is not None and said.speaker is not None and said.speaker.name == state.asker.name:
        state = replace(state, asker=None)  # who goes on in a new paragraph waits no more
    said, state = _to_himself(said, state)
    called = _addressed(sentence, actors, said, state, setting)
    if called is not said and state.floor is said:
        state = replace(state, floor=called)
    said = called
    event = main_event(events)
    return said, state_after(sentence, mentions, actors, event, said, state, setting)


def _to_himself(said: Said, state: State) -> tuple[Said, State]:
    """Return the words without their speaker among those who hear them."""
    if said.speaker is None or said.speaker.name not in {h.name for h in said.hearers}:
        return said, state
    alone = replace(said, hearers=tuple(h for h in said.hearers if h.name != said.speaker.name))
    return alone, replace(state, floor=alone) if state.floor == said else state


def _before(sentence: str, state: State, setting: Setting) -> State:
    """Return the state as a new paragraph finds it: a monologue's quotations end with theirs."""
    keeps = state.introduced or setting.mode is Mode.CONVERSATION
    opens = sentence.lstrip("[( ")[:1] in {'"', "“", "«"}
    goes_on = state.open_quote and opens  # a quotation that runs on repeats its mark at each paragraph
    floor = state.floor if keeps or goes_on else None
    floor = replace(floor, hearers=()) if floor is not None and setting.minutes else floor
    return replace(
        state,
        open_quote=goes_on,
        introduced=False,
        held=state.introduced,
        floor=floor,
        last=None,
        recent=(),
        fresh_letter=False,
        scene=aged(state.scene, own=state.last is None),
    )


def _decide(
    sentence: str, first: bool, actors: Sequence[Actor], events: Sequence[Event], state: State, setting: Setting
) -> tuple[Said, State]:
    if state.open_quote and state.floor is not None and not first:
        return replace(state.floor, basis=Basis.QUOTED), state
    event = main_event(events)
    if event is not None:
        said = _of_event(sentence, first, event, events, actors, state, setting)
        if said is not None:
            return _alone(said, sentence, event, actors, state, setting)
    mover = moved(sentence, events, setting) if event is None else None
    if mover is not None:
        said = Said(mover, (), Basis.REPORTED, setting.company.date)
        return said, replace(state, floor=said)
    letter = _of_letter(sentence, actors, state, setting)
    if letter is not None:
        return letter, state
    quoted = quoted_words(sentence, actors, setting) or quotation_left_open(sentence, first, state)
    if quoted is not None:
        return quoted, replace(state, floor=quoted)
    return _unsaid(sentence, first, actors, state, setting)


def _alone(
    said: Said, sentence: str, event: Event | None, actors: Sequence[Actor], state: State, setting: Setting
) -> tuple[Said, State]:
    """Return the words of the one who speaks; of two who speak in one sentence both, the second goes on."""
    first, second = first_speaker(sentence, event, actors), second_speaker(sentence, event, actors, setting)
    floor = state.floor.speaker if state.floor is not None else None
    if second is None or (second is first and floor is not None and second.name == floor.name):
        said = together(said, sentence, first, actors) if event is None else said
        goes_on = replace(said, asks=False, raises=False)
        return said, replace(state, floor=replace(goes_on, speaker=None, each=()) if said.each else goes_on)
    others = company_of(sentence, second, actors)
    asker = (said.speaker,) if said.asks and said.speaker is not None else ()
    goes_on = Said(Person(second.name, second.written), asker, said.basis, said.date)
    state = replace(state, floor=goes_on if second.name and len(others) == 1 else None)
    heard = (state.asker,) if state.asker is not None and not said.asks else ()
    everybody = (*company_of(sentence, first, actors), *others) if first is not None and first is not second else ()
    return by_all(everybody, Said(None, heard, said.basis, said.date)), state


def _unsaid(sentence: str, first: bool, actors: Sequence[Actor], state: State, setting: Setting) -> tuple[Said, State]:
    """Return whose a sentence is that tells of no act of speech: of who takes or has the floor, or the writer's."""
    if setting.minutes and is_aside(sentence):
        return Said(None, (), Basis.NARRATOR, setting.company.date), state
    taken = answer_given(sentence, state, setting) or takes_floor(sentence, first, actors, state.floor, setting)
    if taken is not None:
        taken, state = _alone(taken, sentence, None, actors, state, setting)
        return taken, state if taken.speaker else replace(state, floor=None)
    if impersonal(sentence, setting) and not (first or state.held):
        return Said(None, (), Basis.REPORTED, setting.company.date), state
    if done_by_all(sentence, first, setting) and not state.held:
        return Said(None, (), Basis.REPORTED, setting.company.date), replace(state, floor=None)
    if state.floor is not None and not is_narrative(sentence, actors, state.floor, state, setting):
        return state.floor, state
    narrated = _narrated(setting)
    return replace(narrated, hearers=handed_to(sentence, actors, setting) or narrated.hearers), replace(
        state, floor=None
    )


def _of_letter(sentence: str, actors: Sequence[Actor], state: State, setting: Setting) -> Said | None:
    if setting.mode is Mode.CONVERSATION and state.letter is None:
        return None
    letter = words_of_letter(sentence, actors, state)
    if letter is not None:
        return letter
    named = known(actors, state)
    if setting.mode is Mode.MONOLOGUE and letter_told(sentence, named, replace(state, letter=None), setting):
        return conveyed(sentence, letter_told(sentence, named, state, setting))
    return None


def _narrated(setting: Setting) -> Said:
    return Said(setting.narrator, setting.recipients, setting.narrator_basis, setting.company.date)


def _addressed(sentence: str, actors: Sequence[Actor], said: Said, state: State, setting: Setting) -> Said:
    """Return the words with whom they call upon ("as I see it, comrade minister, ...") as the person addressed."""
    if said.speaker is None or said.basis is Basis.HEADER:
        return said
    spoken_to = re.search(r"\b[Yy]ou(?:rs?)?\b", sentence) is not None
    for match in _VOCATIVE.finditer(sentence):
        if match["named"] and not spoken_to:
            continue  # "his colleague, Mr. Roe, ..."
        actor = next((a for a in actors if a.start <= match.end("who") and a.end >= match.end("who")), None)
        person = who(actor, state) if actor is not None else by_office(match["who"], state, said.speaker)
        if person is not None and person.name != said.speaker.name:
            return replace(said, hearers=(replace(person, written=match["who"]),), calls=True)
    return said


def _of_event(
    sentence: str,
    first: bool,
    event: Event,
    events: Sequence[Event],
    actors: Sequence[Actor],
    state: State,
    setting: Setting,
) -> Said | None:
    """Return whose words an act of speech conveys, `None` when it is none for us (within somebody's own speech)."""
    persons = (_himself(event, actors, state, setting), who(event.hearer, state))
    date = setting.company.date
    if setting.mode is Mode.MONOLOGUE:
        date = date_said(sentence, event.at, persons, state, setting)
    if event.speaker is None:
        return state.floor if was_told(sentence, event, state) else told_to(event, state, setting, date)
    if event.speaker.kind is ActorKind.SELF:
        return by_narrator(sentence, first, event, state, setting, date)
    speaker = persons[0]
    if _no_words(sentence, event, speaker, setting):
        return None
    if speaker is not None and speaker.name not in setting.company.present and _CARRIED.search(sentence, event.at):
        return Said(speaker, to_others(setting, state), Basis.REPORTED, date)
    if within_speech(sentence, event, persons, first, state, setting):
        return state.floor
    if event.joint and his_own(actors, state, setting):
        return state.floor
    basis = Basis.QUOTED if gives_quotation(sentence, event.at, setting) else Basis.REPORTED
    said = Said(speaker, (), basis, date, asks(event, events, sentence), raises(event, sentence))
    said = by_all(company_of(sentence, event.speaker, actors), said) if event.joint else said
    return replace(said, hearers=hearers(event, said.speaker, state, setting) or visited(sentence, event, setting))


def _no_words(sentence: str, event: Event, speaker: Person | None, setting: Setting) -> bool:
    """Return whether the sentence gives no words of others: "as is said", "the others disagreed with it"."""
    if speaker is not None or event.speaker is None:
        return False
    others = setting.mode is Mode.MONOLOGUE and event.speaker.kind is ActorKind.OTHERS and not tells(sentence, event.at)
    return others or (event.form is Form.AS and quotation(sentence) < LONG_QUOTE)


def _just_named(actor: Actor | None, actors: Sequence[Actor], setting: Setting) -> Person | None:
    """Return whom "he" means in "When I spoke to Roe he said": the other person of the clause about the writer."""
    me = setting.narrator
    if actor is None or actor.kind is not ActorKind.PRONOUN or me is None or setting.mode is not Mode.CONVERSATION:
        return None
    before = [a for a in actors if a.end <= actor.start]
    named = {a.name for a in before if a.name and a.name != me.name}
    opens = before[:1] and before[0].kind is ActorKind.SELF and not before[0].object_form
    return Person(next(iter(named)), actor.written) if opens and len(named) == 1 else None


def _subject_again(pronoun: Actor, actors: Sequence[Actor], before: Person | None) -> Person | None:
    """Return whom "he" means in "Roe opened his reply by agreeing, but he insisted": Roe; of two named, nobody."""
    named = [a for a in actors if a.end <= pronoun.start and a.kind in {ActorKind.NAME, ActorKind.ROLE}]
    if not named or named[0].start > _HEAD or named[0].object_form or not named[0].name:
        return before
    alone = all(a.name == named[0].name for a in named)
    return Person(named[0].name, pronoun.written) if alone else None


def _himself(event: Event, actors: Sequence[Actor], state: State, setting: Setting) -> Person | None:
    """Return who speaks; nobody whom the words themselves name: "He said that Roe had come" is not Roe's."""
    speaker = who(event.speaker, state) or _just_named(event.speaker, actors, setting)
    speaker = speaker or interlocutor(event.speaker, setting)
    if event.speaker is None or event.speaker.kind not in {ActorKind.PRONOUN, ActorKind.ROLE}:
        return speaker
    if event.speaker.kind is ActorKind.PRONOUN:
        if of_stranger(event.speaker, actors):
            return None
        speaker = _subject_again(event.speaker, actors, speaker) if event.form is Form.MAIN else speaker
    if speaker is None:
        return None
    named = any(a.kind is ActorKind.NAME and a.name == speaker.name and a.start > event.at for a in actors)
    return None if named else speaker

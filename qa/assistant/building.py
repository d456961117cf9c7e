"""From files to an index, and from one file to what it was understood to be: the stages in their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.assistant.records import ArchiveCard, SourceCard
from qa.citation import day
from qa.contract import Inspected
from qa.documents.finding import find_documents
from qa.documents.records import Document
from qa.errors import NoSources
from qa.names import Addition, People, load_additions
from qa.passages import PassageSettings, cut
from qa.question.understanding import search_terms
from qa.sources.reading import read_all
from qa.sources.records import Source
from qa.turns.finding import find_turns, sightings
from qa.turns.records import Turn

if TYPE_CHECKING:
    from qa.index import BuildReport, Chain

Progress = Callable[[int, int, str], None]
DEFAULT_INDEX = "indexes/archive"
NAMES = "names.toml"  # beside the sources: what a human adds about the archive's people


@dataclass(frozen=True)
class _Learnt:
    people: People
    card: ArchiveCard


def build_index(
    paths: Sequence[Path | str],
    folder: Path | str,
    model: str = "",
    progress: Progress = lambda done, total, what: None,
) -> BuildReport:
    """Return what was done to make the folder the index of the files and folders.

    Args:
        paths: The whole archive; what is not among them leaves the index.
        folder: Where the index is, or will be.
        model: A sentence-transformers model by name or folder; "" is the one that is installed.
        progress: Called with how much of how much of what is done.

    Raises:
        NoSources: Nothing could be read.
        ModelError: The model cannot be used.
    """
    from qa.embedding import DEFAULT_MODEL, open_encoder, prepare_cross
    from qa.index import EncoderChoice, build, encoders_folder

    where, files = Path(folder), [Path(path) for path in paths]
    cache = encoders_folder(where)

    def say(what: str) -> None:
        progress(0, 0, what)

    choice = EncoderChoice(model or DEFAULT_MODEL, lambda: open_encoder(model or None, cache, report=say))
    report = build(files, where, chain(files), choice, progress=lambda stage, done, total: progress(done, total, stage))
    prepare_cross(cache, report=say)  # so that the first question need not wait for it
    return report


def chain(paths: Sequence[Path]) -> Chain[_Learnt]:
    """Return the stages before the index, as the index calls them."""
    from qa.index import Chain

    def learn(understood: Iterable[tuple[Source, Sequence[Document]]]) -> _Learnt:
        pairs = list(understood)
        people = people_of(pairs, additions(paths))
        cards = {source.name: SourceCard(source.description, path_of(source, paths)) for source, _ in pairs}
        return _Learnt(people, ArchiveCard(people.persons, cards))

    return Chain(
        read=read_all,
        documents=find_documents,
        people=learn,
        turns=lambda source, documents, learnt: turns_of(source, documents, learnt.people),
        people_record=lambda learnt: learnt.card,
        context=context_of,
        terms=search_terms,
        fingerprint=digest_of(additions(paths)),
    )


def additions(paths: Sequence[Path]) -> tuple[Addition, ...]:
    """Return what humans add about people, beside the sources; each file once."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    return tuple(one for folder in folders if (folder / NAMES).is_file() for one in load_additions(folder / NAMES))


def digest_of(added: Sequence[Addition]) -> str:
    """Return a digest of what humans add, so that an index notices when it changes; comments do not count."""
    return hashlib.sha256(json.dumps([asdict(one) for one in added]).encode()).hexdigest()


def people_of(understood: Iterable[tuple[Source, Sequence[Document]]], added: Sequence[Addition] = ()) -> People:
    """Return the people of some understood sources."""
    seen = (s for source, documents in understood for document in documents for s in sightings(document, source.text))
    return People.learn(seen, added)


def turns_of(source: Source, documents: Sequence[Document], people: People) -> tuple[Turn, ...]:
    """Return the turns of a source's documents; notes that are not a document's own are its editor's."""
    by_id = {document.id: document for document in documents}

    def editor(document: Document) -> str:
        parent = by_id.get(document.parent)
        return (parent.author if parent else "") or source.description.author

    return tuple(t for d in documents for t in find_turns(d, source.text, people, editor(d)))


def context_of(document: Document, turn: Turn) -> str:
    """Return what the encoder reads before a passage: title, date, who to whom."""
    date = turn.date or document.date
    speaker = turn.speaker.name if turn.speaker else ""
    to = " and ".join(person.name for person in turn.addressees)
    who = f"{speaker} to {to}" if speaker and to else speaker
    return ". ".join(filter(None, (document.title, day(date) if date else "", who)))


def path_of(source: Source, paths: Sequence[Path]) -> str:
    """Return the file that a source was read from, "" where its name does not tell."""
    for path in paths:
        file = path / source.name if path.is_dir() else path
        if file.is_file() and (path.is_dir() or path.name == source.name):
            return str(file.absolute())
    return ""


def inspect(file: Path | str, index: Path | str = DEFAULT_INDEX) -> Inspected:
    """Return what one file is understood to be; the encoder beside the index says how long passages may be.

    Raises:
        NoSources: The file cannot be read.
    """
    from qa.embedding import open_encoder
    from qa.index import encoders_folder

    path = Path(file)
    if path.is_dir():
        raise NoSources(f"{path} is a folder: name one file")
    source = _only(path)
    documents = find_documents(source)
    turns = turns_of(source, documents, people_of([(source, documents)], additions([path])))
    encoder = open_encoder(None, encoders_folder(Path(index)))
    settings = PassageSettings(max_tokens=encoder.max_tokens)
    by_id = {document.id: document for document in documents}
    passages = cut(source.text, turns, lambda turn: context_of(by_id[turn.document], turn), encoder.count, settings)
    return Inspected(source, documents, turns, passages)


def _only(path: Path) -> Source:
    sources, problems = read_all([path])
    if not sources:
        raise NoSources("; ".join(map(str, problems)) or f"{path}: nothing could be read")
    return sources[0]

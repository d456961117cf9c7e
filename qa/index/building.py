"""Files to an index: the stages one after another, then the vectors, then one switch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from qa.embedding.records import Encoder
from qa.errors import DamagedIndex, NoIndex, NoSources
from qa.index.chain import BuildReport, Chain, EncoderChoice, IndexSettings, Understood, rules_of, source_key
from qa.index.manifest import FailedRow, Manifest
from qa.index.opened import KEYS, PASSAGES, SENTENCES, Index
from qa.index.vectorising import KnownTexts, Progress
from qa.index.writing import Contents, write_index
from qa.passages import Passage, PassageSettings, cut
from qa.sources.records import Source
from qa.turns.records import Turn

P = TypeVar("P")
DEFAULT = IndexSettings()


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def build(
    paths: Sequence[Path],
    folder: Path,
    chain: Chain[P],
    encoder: EncoderChoice,
    settings: IndexSettings = DEFAULT,
    progress: Progress = _silent,
) -> BuildReport:
    """Make or update the index of the files and folders; return what was done.

    The paths are the whole archive: a source of the old index that is not among them is removed. Texts that the old
    index has vectors of are not encoded again; when nothing has changed, nothing is loaded or written. The old index
    serves until the new one is complete. A file that cannot be understood is reported and left out.

    Raises:
        NoSources: Nothing could be read or understood.
    """
    begun = perf_counter()
    sources, problems = chain.read(paths)
    unread = tuple((str(problem.path), problem.reason) for problem in problems)
    old = _old(folder)
    report = _compared(sources, old, settings, encoder.name, rules_of(chain))
    if old and not (report.added or report.changed or report.removed):
        again = tuple((row.name, row.reason) for row in old.manifest.failed)
        done = replace(report, failed=unread + again, passages=old.manifest.passages)
        return replace(done, seconds=perf_counter() - begun)
    opened = encoder.open()
    contents = _contents(sources, chain, opened, settings)
    encoded = write_index(folder, contents, opened, encoder.name, _known(old, opened), settings, progress)
    lost = {row.name: row.reason for row in contents.failed}
    return BuildReport(
        added=tuple(name for name in report.added if name not in lost),
        changed=tuple(name for name in report.changed if name not in lost),
        unchanged=tuple(name for name in report.unchanged if name not in lost),
        removed=report.removed,
        failed=(*unread, *lost.items()),
        encoded=encoded,
        passages=len(contents.passages),
        written=True,
        seconds=perf_counter() - begun,
    )


def _old(folder: Path) -> Index | None:
    try:
        return Index.open(folder)
    except (NoIndex, DamagedIndex):
        return None


def _compared(
    sources: Sequence[Source], old: Index | None, settings: IndexSettings, model: str, rules: str
) -> BuildReport:
    """Return what the sources are to the old index; those that it could not understand either are left out."""
    keys = {source.name: source_key(source) for source in sources}
    before: dict[str, str] = {}
    same, failed = False, set()
    if old is not None:
        before = {row.name: row.key for row in old.manifest.sources}
        same = _same_rules(old.manifest, settings, model, rules)
        failed = {row.name for row in old.manifest.failed if same and keys.get(row.name) == row.key}
    return BuildReport(
        added=tuple(name for name in keys if name not in before and name not in failed),
        changed=tuple(n for n, key in keys.items() if n in before and not (same and before[n] == key)),
        unchanged=tuple(name for name, key in keys.items() if same and before.get(name) == key),
        removed=tuple(name for name in before if name not in keys),
    )


def _same_rules(manifest: Manifest, settings: IndexSettings, model: str, rules: str) -> bool:
    wanted = replace(settings.passages, max_tokens=manifest.settings.max_tokens)
    return (manifest.rules, manifest.model.name, manifest.settings) == (rules, model, wanted)


def _understood(sources: Sequence[Source], chain: Chain[P]) -> tuple[list[Understood], list[FailedRow], P]:
    """Return the sources with their documents and turns, those that failed, and the people."""
    failed: list[FailedRow] = []
    papers: list[Understood] = []
    for source in sources:
        try:
            papers.append(Understood(source, tuple(chain.documents(source))))
        except Exception as error:  # one bad file never ends a build
            failed.append(_failure(source, error))
    people = chain.people([(paper.source, paper.documents) for paper in papers])
    spoken: list[Understood] = []
    for paper in papers:
        try:
            turns = tuple(chain.turns(paper.source, paper.documents, people))
            spoken.append(replace(paper, turns=turns))
        except Exception as error:  # as above
            failed.append(_failure(paper.source, error))
    if not spoken:
        raise NoSources(f"No source could be understood; the first: {failed[0].name} {failed[0].reason}: give others")
    return spoken, failed, people


def _failure(source: Source, error: Exception) -> FailedRow:
    return FailedRow(source.name, source_key(source), f"could not be understood ({type(error).__name__}: {error})")


def _contents(sources: Sequence[Source], chain: Chain[P], encoder: Encoder, settings: IndexSettings) -> Contents:
    understood, failed, people = _understood(sources, chain)
    cutting = replace(settings.passages, max_tokens=encoder.max_tokens)
    passages = [passage for one in understood for passage in _passages(one, chain, encoder, cutting)]
    return Contents(
        tuple(understood),
        tuple(failed),
        tuple(passages),
        chain.people_record(people),
        chain.terms,
        cutting,
        rules_of(chain),
    )


def _passages(one: Understood, chain: Chain[P], encoder: Encoder, settings: PassageSettings) -> tuple[Passage, ...]:
    papers = {document.id: document for document in one.documents}

    def context(turn: Turn) -> str:
        return chain.context(papers[turn.document], turn)

    return cut(one.source.text, one.turns, context, encoder.count, settings)


def _known(old: Index | None, encoder: Encoder) -> KnownTexts:
    if not old or old.manifest.model.weights_sha256 != encoder.weights_sha256:
        return KnownTexts.none()
    files = old.folder / old.manifest.folder
    passages, sentences, contexts = (files / name for name in KEYS)
    return KnownTexts.of(files / PASSAGES, files / SENTENCES, (passages, sentences, contexts))

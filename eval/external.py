"""Other people's judgements: our answers, and plain systems', on four public sets.

    .venv/bin/python -m eval.external [--only NAME ...] [--limit N] [--archives FOLDER] [--keep FOLDER] [--write]

Each set is laid out as plain text files, indexed as a user would index them, and asked its own questions; a set that
is not there is skipped with a message. Nothing is tuned on them. `--limit` asks a seeded sample of the questions.
`--write` puts the tables into `eval/external.md` and `eval/external.json`; those of sets not asked stay as they are.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from eval.external_scores import Score, against_best, answers, figure, sentences, turns
from eval.external_sets import Archive, friendsqa, qmsum, selqa, squad
from eval.external_systems import Contender, opened, plain
from qa.cli.progress import Progress
from qa.embedding import Encoder, open_encoder
from qa.errors import QAError
from qa.evaluation.report import Row, Table

ROOT = Path(__file__).parents[1]
CACHE = Path(tempfile.gettempdir()) / "qa-peers"
JSON, MARKDOWN = ROOT / "eval" / "external.json", ROOT / "eval" / "external.md"


@dataclass(frozen=True)
class Collection:
    """A set of other people's: where it is, how it is laid out, what is measured and how a system is scored on it."""

    name: str
    file: str
    about: str
    columns: tuple[str, ...]
    read: Callable[[Any], list[Archive]]
    score: Score
    lines: bool = False


COLLECTIONS = (
    Collection(
        "FriendsQA", "friendsqa/friendsqa_dev.json",
        "FriendsQA, development split: 136 scenes as labelled transcripts, asked as one archive. first@1: the first "
        "quotation holds an answer (main measure); hit@1: and it is shown as an answer, which plain systems do with "
        "all; MRR and success@10 are of utterances; in its scene: the right utterance is first of its scene's, which "
        "is what the set itself asks; the speaker is judged where the first quotation is right.",
        ("first@1", "first@3", "hit@1", "MRR", "success@10", "success@1 in its scene", "speaker", "wrong speaker"),
        friendsqa, answers,
    ),
    Collection(
        "QMSum", "qmsum/ALL-val.jsonl",
        "QMSum, validation split, specific questions: 35 meetings, an archive each. The unit is the turn; success@k: "
        "a gold turn is among the first k (success@1 is the main measure); recall: the share of the gold turns, of "
        "which a question has 57 on average.",
        ("success@1", "success@3", "success@10", "recall@10", "recall@100", "recall@500 words"),
        qmsum, turns, lines=True,
    ),
    Collection(
        "SQuAD 2.0", "squad2/dev-v2.0.json",
        "SQuAD 2.0, half of the development set: 646 paragraphs, asked as one archive. first@1: the first quotation of "
        "at most 120 words holds an answer; any length@1 lifts that limit, for systems that give whole paragraphs "
        "(main measure); MRR and success@10 are of paragraphs. Over the answerable questions, but for the last two. "
        "The cross-encoder was fitted on the training half of SQuAD 1.1, whose articles are others.",
        ("first@1", "first@3", "hit@1", "any length@1", "MRR", "success@10", "AUROC", "false answers at 90 %"),
        squad, answers,
    ),
    Collection(
        "SelQA", "selqa/selqa-ass-dev.json",
        "SelQA, answer sentence selection, development split: 680 sections of encyclopaedia, asked as one archive. The "
        "unit is the sentence, ranked among those of its section. MRR is the main measure.",
        ("MRR", "MAP", "success@1"),
        selqa, sentences,
    ),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table a set."""
    options = parse(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        tables = list(asked_tables(options, options.keep or Path(temporary)))
    if options.write:
        write(tables, JSON, MARKDOWN)
    return 0


def asked_tables(options: argparse.Namespace, folder: Path) -> Iterator[Table]:
    """Yield the tables of the sets that are there, each printed when it is known."""
    encoder = open_encoder(None, CACHE / "models")
    for collection in COLLECTIONS:
        path = options.archives / collection.file
        if options.only and collection.name not in options.only:
            continue
        if not path.is_file():
            say(f"{collection.name} is skipped: {path} is not there")
            continue
        archives = read(collection, path)
        chosen = sampled(archives, options.limit)
        made = table(collection, asked(collection, chosen, encoder, folder), asked_of(archives))
        print(as_markdown(made), flush=True)
        yield made


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description="Other people's judgements.")
    parser.add_argument("--archives", type=Path, default=ROOT.parent / "shared" / "archives")
    parser.add_argument("--only", nargs="*", choices=[collection.name for collection in COLLECTIONS])
    parser.add_argument("--limit", type=int, default=0, help="how many questions of each set, 0 for all")
    parser.add_argument("--keep", type=Path, help="where files and indexes stay, to be taken up by the next run")
    parser.add_argument("--write", action="store_true", help=f"write {MARKDOWN.name} and {JSON.name}")
    return parser.parse_args(arguments)


def read(collection: Collection, path: Path) -> list[Archive]:
    """Return the archives of a set."""
    text = path.read_text(encoding="utf-8")
    return collection.read([json.loads(line) for line in text.splitlines()] if collection.lines else json.loads(text))


def sampled(archives: Sequence[Archive], limit: int) -> list[Archive]:
    """Return the archives with at most `limit` questions in all, always the same; every text is kept."""
    names = [(at, question.id) for at, archive in enumerate(archives) for question in archive.gold.questions]
    kept = set(random.Random(1968).sample(names, limit) if 0 < limit < len(names) else names)
    chosen = []
    for at, archive in enumerate(archives):
        questions = tuple(question for question in archive.gold.questions if (at, question.id) in kept)
        chosen.append(replace(archive, gold=replace(archive.gold, questions=questions)))
    return chosen


def asked_of(archives: Sequence[Archive]) -> int:
    """Return how many questions the archives have."""
    return sum(len(archive.gold.questions) for archive in archives)


def asked(collection: Collection, archives: Sequence[Archive], encoder: Encoder, folder: Path) -> dict[str, list[Row]]:
    """Return the rows of every system, ours first."""
    rows: dict[str, list[Row]] = {}
    progress, count = Progress(), asked_of(archives)
    for at, archive in enumerate(archives):
        if not archive.gold.questions:
            continue
        for system in contenders(archive, encoder, folder, f"{collection.name}-{at:02}"):
            own = rows.setdefault(system.name, [])
            steps = iter(range(len(own) + 1, count + 1))

            def done(steps: Iterator[int] = steps, name: str = system.name) -> None:
                progress(next(steps), count, f"questions of {collection.name}, {name}")

            own += collection.score(system, archive, done)
    progress.close()
    return rows


def contenders(archive: Archive, encoder: Encoder, folder: Path, name: str) -> Iterator[Contender]:
    """Yield ours over the archive's files, then the plain systems."""
    try:
        yield opened(archive, folder, name)
    except QAError as error:
        say(f"ours is left out: {error}")
    yield from plain(archive.units, encoder)


def table(collection: Collection, rows: Mapping[str, Sequence[Row]], whole: int) -> Table:
    """Return the table of a set: a system a row, then ours against the best of the others; kinds of questions apart.

    `whole` is how many questions the set has, of which only a sample may have been asked.
    """
    lines = [("system", "questions", *collection.columns)]
    kinds = sorted({row.kind for own in rows.values() for row in own}, reverse=True)
    for kind in kinds:
        of_kind = {name: [row for row in own if row.kind == kind] for name, own in rows.items()}
        lines += _lines(collection.columns, of_kind, f", {kind}" if len(kinds) > 1 else "")
    first = next(iter(rows.values()))
    sample = f" A sample of {len(first)} of the {whole} questions, always the same." if whole > len(first) else ""
    note = (
        f"{collection.about}{sample} Means with 95 % bootstrap intervals; last, ours less the best of the others with "
        "the p of a paired randomisation test."
    )
    return Table(f"Other people's judgements: {collection.name}", note, tuple(lines))


def _lines(columns: Sequence[str], rows: Mapping[str, Sequence[Row]], kind: str) -> Iterator[tuple[str, ...]]:
    for name, own in rows.items():
        yield (f"{name}{kind}", counted(own), *(shown(column, own) for column in columns))
    ours, others = rows.get("ours", []), {name: own for name, own in rows.items() if name != "ours"}
    if ours and others:
        yield (f"ours − best{kind}", counted(ours), *(_compared(column, ours, others) for column in columns))


def counted(rows: Sequence[Row]) -> str:
    """Return how many questions there are, those without an answer apart."""
    without = sum(row.unanswerable for row in rows)
    return f"{len(rows) - without}" + (f" + {without} without an answer" if without else "")


def shown(column: str, rows: Sequence[Row]) -> str:
    """Return a figure with its interval, and of how many questions it is where not of all with an answer."""
    found = figure(column, rows)
    if found is None:
        return "–"
    of = f" (of {found.count})" if found.count < sum(not row.unanswerable for row in rows) else ""
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]{of}"


def _compared(column: str, ours: Sequence[Row], others: Mapping[str, Sequence[Row]]) -> str:
    found = against_best(column, ours, others)
    if found is None:
        return "–"
    difference, best, p = found
    return f"{difference:+.3f} p={p:.4f} ({best})"


def as_markdown(one: Table) -> str:
    """Return a table in Markdown.

    >>> print(as_markdown(Table("T", "N.", (("a", "b"), ("1", "2")))))
    ### T
    <BLANKLINE>
    N.
    <BLANKLINE>
    | a | b |
    |---|---|
    | 1 | 2 |
    <BLANKLINE>
    """
    head, *rows = ["| " + " | ".join(row) + " |" for row in one.rows]
    return "\n".join([f"### {one.title}", "", one.note, "", head, "|---" * len(one.rows[0]) + "|", *rows, ""])


def write(tables: Sequence[Table], data: Path, markdown: Path) -> None:
    """Write the tables beside those that are there, a new one in the place of the old one of its title."""
    earlier = json.loads(data.read_text(encoding="utf-8")) if data.is_file() else []
    known = [Table(one["title"], one["note"], tuple(map(tuple, one["rows"]))) for one in earlier]
    merged = {one.title: one for one in (*known, *tables)}
    ordered = sorted(merged.values(), key=lambda one: _place(one.title))
    data.write_text(json.dumps([asdict(one) for one in ordered], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    markdown.write_text("\n".join(map(as_markdown, ordered)), encoding="utf-8")


def _place(title: str) -> int:
    return next((at for at, one in enumerate(COLLECTIONS) if title.endswith(one.name)), len(COLLECTIONS))


def say(line: str) -> None:
    """Print to standard error: the tables alone go to standard output."""
    print(line, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())

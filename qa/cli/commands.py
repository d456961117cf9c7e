"""The commands: Typer reads the words, everything else is called when it is needed."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from qa import __version__

if TYPE_CHECKING:
    from qa.cli.asking import Wanted
    from qa.dates import PartialDate

DEFAULT_INDEX = Path("indexes/archive")
MOST = 100

Choice = TypeVar("Choice", bound=StrEnum)

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 answered, 3 the archive does not answer, 1 an error that you can mend, 2 wrong usage.",
)

Index = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="QA_INDEX", help="The index's folder.", show_default=True)
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")]
Count = Annotated[int, typer.Option("-k", min=1, max=MOST, metavar="N", help="How many, at most.")]
Speaker = Annotated[str, typer.Option("--speaker", metavar="NAME", help="Only words that NAME said or wrote.")]
To = Annotated[str, typer.Option("--to", metavar="NAME", help="Only words said or written to NAME.")]
After = Annotated[str, typer.Option("--after", metavar="DATE", help="Only from DATE on: 1968-02-26, 1968-02 or 1968.")]
Before = Annotated[str, typer.Option("--before", metavar="DATE", help="Only up to DATE, that day included.")]
Document = Annotated[str, typer.Option("--document", metavar="ID", help="Only this document (and what stands in it).")]
Explain = Annotated[bool, typer.Option("--explain", help="Say why each answer ranks where it does.")]
Threshold = Annotated[
    float | None,
    typer.Option("--threshold", min=0.0, max=1.0, metavar="P", help="Answer only when this sure; else stay silent."),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qa {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Ask an archive of historical documents, and read its own words with a citation."""


@app.command(epilog="Example:  qa index corpus --index indexes/archive")
def index(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files and folders of texts (.txt, .md, .xml).")
    ],
    index: Index = DEFAULT_INDEX,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="A sentence-transformers model, by name or folder.")
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Build an index, or bring it up to date.

    Only what changed is encoded again. The paths are the whole archive: what is not among them leaves the index.
    """
    from qa.cli.indexing import build

    raise typer.Exit(build(paths, index, model, quiet))


@app.command(epilog="Example:  qa ask 'What did Brown tell the minister?' --after 1968 --explain")
def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question, in plain words.")] = None,
    index: Index = DEFAULT_INDEX,
    as_json: Json = False,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json, bibtex or csl.")] = "text",
    k: Count = 3,
    speaker: Speaker = "",
    to: To = "",
    after: After = "",
    before: Before = "",
    document: Document = "",
    threshold: Threshold = None,
    explain: Explain = False,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="FILE", help="Questions as JSON lines (id, question); - is standard input."),
    ] = None,
) -> None:
    """Answer a question with quotations.

    Without a question, on a terminal, begin a chat.
    """
    from qa.assistant import open_index
    from qa.cli import asking
    from qa.question.records import Filters

    written = _choice("json" if as_json else format, asking.Format, "--format")
    filters = Filters(speaker, to, _date(after, "--after"), _date(before, "--before", end=True), document)
    wanted = asking.Wanted(k, written, threshold, explain, filters)
    if batch is not None:
        if question is not None:
            raise typer.BadParameter("give a question or --batch, not both")
        lines = asking.batch_lines(batch)
        raise typer.Exit(asking.ask_batch(open_index(index), lines, str(batch), wanted))
    if question is None:
        _need_terminal()
        raise typer.Exit(_chat(index, wanted))
    raise typer.Exit(asking.ask(open_index(index), question, wanted))


@app.command(epilog="Example:  qa search 'treaty of friendship' -k 5 --format trec")
def search(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question, or some words.")],
    index: Index = DEFAULT_INDEX,
    as_json: Json = False,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json or trec.")] = "text",
    k: Count = 10,
) -> None:
    """List the passages nearest to a question."""
    from qa.assistant import open_index
    from qa.cli import asking

    written = _choice("json" if as_json else format, asking.RankedFormat, "--format")
    raise typer.Exit(asking.search(open_index(index), question, k, written))


@app.command(epilog="Example:  qa inspect corpus/letters.txt --json | head")
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file, indexed or not.")],
    as_json: Json = False,
) -> None:
    """Show what a file is understood to be.

    That is: its documents, turns, notes and passages.
    """
    from qa.cli.reading import inspect_file

    raise typer.Exit(inspect_file(file, as_json))


@app.command(epilog="Example:  qa show letters/23 | less")
def show(
    document_id: Annotated[str, typer.Argument(metavar="DOCUMENT_ID", help="As answers and `qa inspect` name it.")],
    index: Index = DEFAULT_INDEX,
) -> None:
    """Read a document: who says what, and its notes."""
    from qa.assistant import open_index
    from qa.cli.reading import show_document

    raise typer.Exit(show_document(open_index(index), document_id))


@app.command(epilog="Example:  qa chat --speaker Brown")
def chat(
    index: Index = DEFAULT_INDEX,
    k: Count = 3,
    speaker: Speaker = "",
    to: To = "",
    after: After = "",
    before: Before = "",
    document: Document = "",
    threshold: Threshold = None,
    explain: Explain = False,
) -> None:
    """Ask one question after another.

    The model stays warm; lines can be edited and come back.
    """
    from qa.cli.asking import Format, Wanted
    from qa.question.records import Filters

    filters = Filters(speaker, to, _date(after, "--after"), _date(before, "--before", end=True), document)
    raise typer.Exit(_chat(index, Wanted(k, Format.TEXT, threshold, explain, filters)))


@app.command("eval", epilog="Example:  qa eval --split dev --out eval/out --against eval/report.json")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Questions with acceptable spans.")] = Path(
        "eval/gold.jsonl"
    ),
    index: Index = DEFAULT_INDEX,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="REPORT", help="A report.json; exit 1 where a measure fell.")
    ] = None,
    split: Annotated[str, typer.Option("--split", metavar="SPLIT", help="dev or test; else both.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write run, judgements and reports here.")
    ] = None,
    check_gold: Annotated[
        bool, typer.Option("--check-gold", help="Only prove that the questions are sound, and where they are not.")
    ] = False,
) -> None:
    """Measure how well questions are answered."""
    from qa.assistant import open_index
    from qa.cli import evaluating
    from qa.evaluation.gold import Split

    chosen = _choice(split, Split, "--split") if split else None
    assistant = open_index(index)
    if check_gold:
        raise typer.Exit(evaluating.check(assistant, gold))
    raise typer.Exit(evaluating.run(assistant, gold, chosen, out, against))


def _chat(index: Path, wanted: Wanted) -> int:
    from qa.assistant import open_index
    from qa.cli.chat import chat

    return chat(open_index(index), wanted)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise typer.BadParameter("a question is missing: qa ask 'your question', or qa chat on a terminal")


def _choice(value: str, kind: type[Choice], option: str) -> Choice:
    """Return the member of that value; another word is wrong usage, and the right ones are named.

    Typer's own choices would import every enumeration, and the library with it, before `--help` is shown.
    """
    try:
        return kind(value)
    except ValueError:
        raise typer.BadParameter(f"{option}: {value!r} is none of {', '.join(kind)}") from None


def _date(text: str, option: str, end: bool = False) -> PartialDate | None:
    """Return the date that a filter is given, `None` for none; what is no date is wrong usage."""
    from qa.dates import parse_bound

    if not text:
        return None
    date = parse_bound(text, end)
    if date is None:
        raise typer.BadParameter(f"{option}: {text!r} is no date; write 1968-02-26, 1968-02 or 1968")
    return date

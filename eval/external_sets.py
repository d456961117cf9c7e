"""Public question sets laid out as plain text files, their questions with the spans that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qa.evaluation.baselines import Paragraph
from qa.evaluation.gold import GoldQuestion, GoldSet, GoldSpan, Split
from qa.spans import Span

Asked = tuple[str, str, str, Sequence[GoldSpan]]
Said = tuple[Span, str | None]  # an utterance and who says it
_CLOSED = re.compile(r"[.!?:;,][\"'”’)\]]*\s*$")
_TOKEN = re.compile(r"\S+")
_SENTENCE = re.compile(r"[^\s.!?][^.!?]*(?:[.!?]+|$)")  # utterances of the set have a space before each stop


@dataclass(frozen=True)
class Archive:
    """One archive of a set: its files, its questions, and the units that are ranked: turns, paragraphs, sentences.

    `apart` says whether each question is asked of its own file alone as well.
    """

    gold: GoldSet
    units: tuple[Paragraph, ...]
    apart: bool = False


class Sheet:
    """A file that is being laid out, block by block, a blank line between two."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.units: list[Paragraph] = []

    def add(self, text: str, label: str = "") -> Span:
        """Add a block, which is one unit, and return the span of its text, the label before it left out."""
        return self._unit(label, text, "\n\n")

    def run(self, sentences: Sequence[str]) -> list[Span]:
        """Add sentences as running text, each of which is a unit, and return their spans.

        What ends without a stop is a heading or of a list, and a block for itself.
        """
        closed = [bool(_CLOSED.search(sentence)) for sentence in sentences]
        ends = [" " if this and after else "\n\n" for this, after in zip(closed, [*closed[1:], False], strict=False)]
        return [self._unit("", sentence, end) for sentence, end in zip(sentences, ends, strict=True)]

    def span(self, start: int, length: int, speaker: str | None = None) -> GoldSpan:
        """Return the gold span at an offset of the file."""
        text = self.text[start : start + length]
        return GoldSpan(self.name.removesuffix(".txt"), self.name, (Span(start, start + length),), text, (), speaker)

    def _unit(self, label: str, text: str, behind: str) -> Span:
        at = len(self.text)
        block = label + (" ".join(text.split("\n")) if text.strip() else "-")
        self.text += block + behind
        span = Span(at, at + len(block))
        self.units.append(Paragraph(f"{self.name}@{at}", self.name, span, " ".join(block.split())))
        return Span(at + len(label), span.end)


def gold_set(sheets: Sequence[Sheet], asked: Sequence[Asked]) -> Archive:
    """Return the archive of some sheets and their questions: name, kind, question, spans (none: unanswerable)."""
    questions = tuple(
        GoldQuestion(name, question, kind, Split.DEV, unanswerable=not spans) for name, kind, question, spans in asked
    )
    found = {name: tuple(dict.fromkeys(spans)) for name, _, _, spans in asked if spans}
    texts = {sheet.name: sheet.text for sheet in sheets}
    return Archive(GoldSet(questions, found, texts), tuple(unit for sheet in sheets for unit in sheet.units))


def friendsqa(data: Any) -> list[Archive]:  # noqa: ANN401 - JSON
    """Return all scenes as one archive, a labelled transcript each; what nobody says (`#NOTE#`) has no label.

    Where the answer is who speaks, any sentence that this person says in the scene shows it: the set names one of the
    person's utterances, often the first and not the one that is asked about.
    """
    sheets: list[Sheet] = []
    asked: list[Asked] = []
    for scene in data["data"]:
        sheet = Sheet(f"{scene['title']}.txt")
        for part in scene["paragraphs"]:
            said = {turn["uid"]: _utterance(sheet, turn) for turn in part["utterances:"]}
            for row in part["qas"]:
                spans = [found for answer in row["answers"] for found in _answer(sheet, answer, said)]
                if spans:
                    asked.append((f"{row['id']}-{len(asked)}", "words", row["question"], spans))
        sheets.append(sheet)
    return [replace(gold_set(sheets, asked), apart=True)]


def _utterance(sheet: Sheet, turn: Mapping[str, Any]) -> Said:
    name = " and ".join("All" if one == "#ALL#" else one for one in turn["speakers"] if one != "#NOTE#")
    return sheet.add(turn["utterance"], f"{name}: " if name else ""), name or None


def _answer(sheet: Sheet, answer: Mapping[str, Any], said: Mapping[int, Said]) -> Iterator[GoldSpan]:
    """Yield where an answer stands: at the token that the set names, else where its text first stands."""
    turn, speaker = said[answer["utterance_id"]]
    if answer["is_speaker"]:
        own = [span for span, name in said.values() if name == speaker]
        for sentence in (match for span in own for match in _SENTENCE.finditer(sheet.text, span.start, span.end)):
            yield sheet.span(sentence.start(), len(sentence.group()), speaker)
        return
    text = answer["answer_text"]
    tokens = [turn.start + match.start() for match in _TOKEN.finditer(sheet.text[turn.start : turn.end])]
    first = answer.get("inner_start", -1)
    at = tokens[first] if 0 <= first < len(tokens) else -1
    if at < 0 or not sheet.text.startswith(text, at):
        at = sheet.text.find(text, turn.start, turn.end)
    if at >= 0:
        yield sheet.span(at, len(text), speaker)


def squad(data: Any) -> list[Archive]:  # noqa: ANN401 - JSON
    """Return all articles as one archive: a question of one article is asked of all."""
    sheets: list[Sheet] = []
    asked: list[Asked] = []
    for number, article in enumerate(data["data"]):
        sheet = Sheet(f"{number:02}-{article['title']}.txt")
        for paragraph in article["paragraphs"]:
            at = sheet.add(paragraph["context"]).start
            for row in paragraph["qas"]:
                spans = [sheet.span(at + a["answer_start"], len(a["text"])) for a in row["answers"]]
                asked.append((row["id"], "fact", row["question"], spans))
        sheets.append(sheet)
    return [gold_set(sheets, asked)]


def qmsum(data: Any) -> list[Archive]:  # noqa: ANN401 - JSON
    """Return an archive a meeting: its questions mean that meeting. Every gold turn is a span."""
    archives = []
    for number, meeting in enumerate(data):
        sheet = Sheet(f"meeting-{number:02}.txt")
        turns = [sheet.add(turn["content"], f"{turn['speaker']}: ") for turn in meeting["meeting_transcripts"]]
        asked: list[Asked] = []
        for at, row in enumerate(meeting["specific_query_list"]):
            wanted = [i for first, last in row["relevant_text_span"] for i in range(int(first), int(last) + 1)]
            spans = [sheet.span(turns[i].start, len(turns[i])) for i in wanted if i < len(turns)]
            asked.append((f"m{number}-{at}", "meeting", row["query"], spans))
        archives.append(gold_set([sheet], asked))
    return archives


def selqa(data: Any) -> list[Archive]:  # noqa: ANN401 - JSON
    """Return all sections as one archive, a file of running text each; the right sentences are the spans."""
    sheets: dict[tuple[str, ...], tuple[Sheet, list[Span]]] = {}
    asked: list[Asked] = []
    for number, row in enumerate(data):
        key = tuple(row["candidates"])
        if key not in sheets:
            sheet = Sheet(f"section-{len(sheets):03}.txt")
            sheets[key] = (sheet, sheet.run(key))
        sheet, places = sheets[key]
        spans = [sheet.span(places[i].start, len(places[i])) for i in row["answers"]]
        kind = "paraphrased" if row["is_paraphrase"] else "plain"
        asked.append((f"s{number}", kind, row["question"], spans))
    return [gold_set([sheet for sheet, _ in sheets.values()], asked)]

"""Public question sets laid out as plain text files, their questions with the spans that answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.evaluation.baselines import Paragraph
from qa.evaluation.gold import GoldQuestion, GoldSet, GoldSpan, Split
from qa.spans import Span

Asked = tuple[str, str, str, Sequence[GoldSpan]]


@dataclass(frozen=True)
class Archive:
    """One archive of a set: its files, its questions, and the units that plain systems return."""

    gold: GoldSet
    units: tuple[Paragraph, ...]


class Sheet:
    """A file that is being laid out, block by block, a blank line between two."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.units: list[Paragraph] = []

    def add(self, text: str, label: str = "") -> Span:
        """Add a block and return the span of its text, the label before it left out."""
        at = len(self.text)
        block = label + (" ".join(text.split("\n")) if text.strip() else "-")
        self.text += block + "\n\n"
        span = Span(at, at + len(block))
        self.units.append(Paragraph(f"{self.name}@{at}", self.name, span, " ".join(block.split())))
        return Span(at + len(label), span.end)

    def span(self, start: int, length: int, speaker: str | None = None) -> GoldSpan:
        """Return the gold span at an offset of the file."""
        text = self.text[start : start + length]
        return GoldSpan(self.name.removesuffix(".txt"), self.name, (Span(start, start + length),), text, (), speaker)


def gold_set(sheets: Sequence[Sheet], asked: Sequence[Asked]) -> Archive:
    """Return the archive of some sheets and their questions: name, kind, question, spans (none: unanswerable)."""
    questions = tuple(
        GoldQuestion(name, question, kind, Split.DEV, unanswerable=not spans) for name, kind, question, spans in asked
    )
    found = {name: tuple(dict.fromkeys(spans)) for name, _, _, spans in asked if spans}
    texts = {sheet.name: sheet.text for sheet in sheets}
    return Archive(GoldSet(questions, found, texts), tuple(unit for sheet in sheets for unit in sheet.units))


def friendsqa(data: Any) -> list[Archive]:  # noqa: ANN401 - JSON
    """Return all scenes as one archive, a labelled transcript each.

    Where the answer is who speaks, the whole utterance is the span.
    """
    sheets: list[Sheet] = []
    asked: list[Asked] = []
    for scene in data["data"]:
        sheet = Sheet(f"{scene['title']}.txt")
        for part in scene["paragraphs"]:
            said = {}
            for turn in part["utterances:"]:
                name = " and ".join(turn["speakers"])
                said[turn["uid"]] = (sheet.add(turn["utterance"], f"{name}: "), name)
            for row in part["qas"]:
                spans = [found for a in row["answers"] if (found := _utterance(sheet, a, *said[a["utterance_id"]]))]
                if spans:
                    asked.append((f"{row['id']}-{len(asked)}", "words", row["question"], spans))
        sheets.append(sheet)
    return [gold_set(sheets, asked)]


def _utterance(sheet: Sheet, answer: Mapping[str, Any], turn: Span, speaker: str) -> GoldSpan | None:
    if answer["is_speaker"]:
        return sheet.span(turn.start, len(turn), speaker)
    at = sheet.text.find(answer["answer_text"], turn.start, turn.end)
    return sheet.span(at, len(answer["answer_text"]), speaker) if at >= 0 else None


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
    """Return all sections as one archive, a sentence a block; the right sentences are the spans."""
    sheets: dict[tuple[str, ...], tuple[Sheet, list[Span]]] = {}
    asked: list[Asked] = []
    for number, row in enumerate(data):
        key = tuple(row["candidates"])
        if key not in sheets:
            sheet = Sheet(f"section-{len(sheets):03}.txt")
            sheets[key] = (sheet, [sheet.add(sentence) for sentence in key])
        sheet, places = sheets[key]
        spans = [sheet.span(places[i].start, len(places[i])) for i in row["answers"]]
        kind = "paraphrased" if row["is_paraphrase"] else "plain"
        asked.append((f"s{number}", kind, row["question"], spans))
    return [gold_set([sheet for sheet, _ in sheets.values()], asked)]

"""Make `qa/data/cross_encoder.npz`: the default encoder, fitted to tell whether words answer a question.

    .venv/bin/python -m eval.cross_encoder TRAIN.json [--steps N] [--out FILE]

`TRAIN.json` is the training half of SQuAD 1.1 (Rajpurkar et al. 2016, CC BY-SA 4.0), which is not part of this project;
no archive and no gold question is looked at. Each step takes questions with one sentence (or two) of the paragraph that
holds the answer and several that do not: of the same paragraph, and those of the article that the encoder finds
nearest. The right one, or "none" where it is left out, is to get the most probability (listwise softmax with a null).
What the layers have learnt is then cut down to matrices of rank 32. On two cores it takes about eighty minutes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from qa.embedding import Encoder, open_encoder
from qa.embedding.cross import CHANGES, INPUTS, CrossEncoder, Reading, Row, feed
from qa.embedding.graph import graph_tokenizer
from qa.embedding.models import default_folder

ROOT = Path(__file__).parents[1]
RANK, OTHERS, GROUPS = 32, 5, 24  # of the changes; sentences beside the right one; questions a step
NONE, TITLED, BEFORE, TWO, PLAIN = 0.2, 0.6, 0.7, 0.5, 0.15  # how often each way of asking is taken
RATE, WARM, LAST = 1e-4, 100, 0.03  # of learning: the highest, steps up to it, what is left of it at the end
NEAREST = 8  # sentences of an article from which the hardest are taken
CHUNK = 64  # rows read at once


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article: its words, the article's title, the sentence before it in its paragraph."""

    text: str
    title: str
    before: str
    follower: str
    paragraph: int


@dataclass(frozen=True)
class Example:
    """A question, the number of the sentence that answers, those of the paragraph and of the article that do not."""

    question: str
    answer: int
    near: tuple[int, ...]
    beside: tuple[int, ...]


def read(path: Path, encoder: Encoder) -> tuple[list[Sentence], list[Example]]:
    """Return the sentences and the questions of a file in the form of SQuAD 1.1."""
    from qa.text import sentences

    found: list[Sentence] = []
    examples: list[Example] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        title, first = article["title"].replace("_", " "), len(found)
        asked: list[tuple[str, int]] = []
        for number, paragraph in enumerate(article["paragraphs"]):
            cut, start = sentences(paragraph["context"]), len(found)
            texts = [paragraph["context"][a:b] for a, b in cut]
            around = ["", *texts, ""]
            found += [Sentence(t, title, around[n], around[n + 2], number) for n, t in enumerate(texts)]
            asked += [(q["question"].strip(), start + n) for q in paragraph["qas"] if (n := _holding(q, cut)) >= 0]
        examples += _with_others(found, first, asked, encoder)
    return found, examples


def _holding(question: dict[str, Any], cut: Sequence[tuple[int, int]]) -> int:
    """Return the sentence that holds the whole answer, -1 where none does."""
    answer = question["answers"][0]
    start, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
    return next((n for n, (a, b) in enumerate(cut) if a <= start and end <= b), -1)


def _with_others(
    found: Sequence[Sentence], first: int, asked: Sequence[tuple[str, int]], encoder: Encoder
) -> Iterator[Example]:
    """Yield an article's questions with the sentences that do not answer them."""
    own = found[first:]
    if not asked or len(own) < 2:
        return
    near = encoder.encode([q for q, _ in asked], "query") @ encoder.encode([s.text for s in own], "passage").T
    for (question, answer), row in zip(asked, near, strict=True):
        order = [first + int(n) for n in np.argsort(-row)[: NEAREST + 1] if first + n != answer]
        beside = [
            first + n for n, s in enumerate(own) if s.paragraph == found[answer].paragraph and first + n != answer
        ]
        yield Example(question, answer, tuple(order[:NEAREST]), tuple(beside))


def group(
    example: Example, found: Sequence[Sentence], reader: CrossEncoder, chance: random.Random
) -> tuple[list[Row], int]:
    """Return the rows of a question and the place of the right one, that of "none" where it is left out."""
    titled, before = chance.random() < TITLED, chance.random() < BEFORE
    question = example.question.rstrip("?").lower() if chance.random() < PLAIN else example.question
    beside = chance.sample(example.beside, len(example.beside))
    near = chance.sample(example.near, min(len(example.near), OTHERS))
    mixed = [n for pair in zip(beside, near, strict=False) for n in pair]
    others = list(dict.fromkeys([*mixed, *near, *beside]))[: OTHERS + 1]
    while len(others) < OTHERS + 1:
        others.append(chance.choice([n for n in (chance.randrange(len(found)), 0, 1) if n != example.answer]))
    none = chance.random() < NONE
    chosen = others if none else [example.answer, *others[:OTHERS]]
    readings = [_reading(found, n, example.answer, titled, before, chance) for n in chosen]
    return reader.rows(question, readings), OTHERS + 1 if none else 0


def _reading(
    found: Sequence[Sentence], number: int, answer: int, titled: bool, before: bool, chance: random.Random
) -> Reading:
    """Return a sentence, or it and a neighbour, as it is read; a wrong one takes no neighbour that answers."""
    sentence, text, earlier = found[number], found[number].text, found[number].before
    if chance.random() < TWO:
        step = -1 if chance.random() < 0.5 else 1
        wrong = number != answer and number + step == answer
        if step < 0 and sentence.before and not wrong:
            text, earlier = f"{sentence.before} {text}", found[number - 1].before
        elif step > 0 and sentence.follower and not wrong:
            text = f"{text} {sentence.follower}"
    return Reading(text, f"{sentence.title}." if titled else "", earlier if before else "")


class Cross(nn.Module):
    """The default encoder with a head on its first piece; word vectors stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.base = AutoModel.from_pretrained(str(default_folder()), local_files_only=True, attn_implementation="eager")
        self.base.pooler = None
        self.base.embeddings.word_embeddings.weight.requires_grad_(False)
        self.head = nn.Linear(self.base.config.hidden_size, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0

    def forward(self, rows: Sequence[Row]) -> torch.Tensor:
        """Return a score a row; rows of like length are read together."""
        order = sorted(range(len(rows)), key=lambda n: len(rows[n][0]))
        scores = []
        for at in range(0, len(order), CHUNK):
            fed = feed([rows[n] for n in order[at : at + CHUNK]])
            ids, mask, kinds = (torch.from_numpy(fed[name]) for name in INPUTS)
            read = self.base(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state[:, 0]
            scores.append(self.head(read)[:, 0].float())
        return torch.cat(scores)[torch.argsort(torch.tensor(order))]


def fit(model: Cross, found: Sequence[Sentence], examples: list[Example], steps: int, seed: int) -> None:
    """Fit the model: half precision for the sums, whole precision for what is learnt."""
    chance, reader = random.Random(seed), CrossEncoder(graph_tokenizer(default_folder() / "tokenizer.json"), None)
    learnt = [p for p in model.to(torch.bfloat16).parameters() if p.requires_grad]
    whole = [p.detach().float().clone().requires_grad_(True) for p in learnt]
    decayed = {"params": [p for p in whole if p.ndim > 1], "weight_decay": 0.01}
    optimizer = torch.optim.AdamW(
        [decayed, {"params": [p for p in whole if p.ndim == 1], "weight_decay": 0.0}], lr=RATE
    )
    chance.shuffle(examples)
    for step in range(steps):
        for options in optimizer.param_groups:
            options["lr"] = RATE * min(1, (step + 1) / WARM) * max(LAST, 1 - step / steps)
        taken = [examples[(step * GROUPS + n) % len(examples)] for n in range(GROUPS)]
        made = [group(example, found, reader, chance) for example in taken]
        scores = model([row for rows, _ in made for row in rows]).view(GROUPS, OTHERS + 1)
        loss = functional.cross_entropy(
            torch.cat([scores, torch.zeros(GROUPS, 1)], 1), torch.tensor([right for _, right in made])
        )
        loss.backward()  # type: ignore[no-untyped-call]
        for p, q in zip(whole, learnt, strict=True):
            p.grad, q.grad = q.grad.float() if q.grad is not None else None, None
        nn.utils.clip_grad_norm_(whole, 1.0)
        optimizer.step()
        with torch.no_grad():
            for p, q in zip(whole, learnt, strict=True):
                q.copy_(p)
        if step % 50 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    for p, q in zip(whole, learnt, strict=True):
        q.data = p.data


def changes(model: Cross) -> dict[str, np.ndarray]:
    """Return what was learnt, against the default encoder: matrices of low rank for its layers, the rest as it is."""
    base = Cross().base.state_dict()
    found: dict[str, torch.Tensor] = {f"head.{n}": p.detach() for n, p in model.head.named_parameters()}
    for name, value in model.base.state_dict().items():
        change = value.float() - base[name]
        if "word_embeddings" in name:
            continue
        if change.ndim == 2 and name.startswith("encoder.layer"):
            up, strength, down = torch.linalg.svd(change, full_matrices=False)
            root = strength[:RANK].sqrt()
            found[f"{name}.up"], found[f"{name}.down"] = up[:, :RANK] * root, root[:, None] * down[:RANK]
        else:
            found[name] = change
    return {name: value.half().numpy() for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(str(CHANGES)))
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    found, examples = read(options.train, open_encoder(None, ROOT / "indexes" / "encoders"))
    print(f"{len(examples)} questions, {len(found)} sentences")
    model = Cross()
    fit(model, found, examples, options.steps, options.seed)
    np.savez_compressed(options.out, **changes(model))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()

"""Runs in txtai's own environment: model, texts, questions and k in; [number of a text, score] rows a question out."""

import json
import sys


def main() -> None:
    """Index the texts in txtai's hybrid index, as its documentation shows it, and search."""
    from txtai import Embeddings  # type: ignore[import-not-found]

    asked = json.load(sys.stdin)
    index = Embeddings(path=asked["model"], hybrid=True, content=False)
    index.index(enumerate(asked["texts"]))
    found = [index.search(question, asked["k"]) for question in asked["questions"]]
    json.dump([[[int(number), float(score)] for number, score in rows] for rows in found], sys.stdout)


if __name__ == "__main__":
    main()

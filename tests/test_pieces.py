"""Word pieces at two bits a coordinate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index.pieces import CODES, LEVELS, STARTS, PieceIndex, coded, decoded, rotation, write_pieces


def unit_rows(count, dimension, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(("dimension", "width"), [(4, 4), (6, 8), (16, 16), (383, 384), (384, 384)])
def test_a_rotation_keeps_lengths_and_angles(dimension, width):
    turning = rotation(dimension)
    assert turning.shape == (dimension, width)
    assert np.abs(turning @ turning.T - np.eye(dimension)).max() < 1e-5


def test_a_rotation_is_the_same_every_time():
    assert np.array_equal(rotation(12), rotation(12))


@pytest.mark.parametrize(
    ("coordinates", "code", "levels"),
    [
        ((-0.9, -0.1, 0.1, 0.9), 0b11_10_01_00, (0, 1, 2, 3)),
        ((0.9, 0.1, -0.1, -0.9), 0b00_01_10_11, (3, 2, 1, 0)),
        ((0.5, 0.5, 0.5, 0.5), 0b11_11_11_11, (3, 3, 3, 3)),
        ((0.49, -0.49, 0.49, -0.49), 0b01_10_01_10, (2, 1, 2, 1)),
    ],
)
def test_four_coordinates_are_a_byte(coordinates, code, levels):
    codes = coded(np.array([coordinates], np.float32), np.eye(4, dtype=np.float32))
    assert codes.tolist() == [[code]]
    expected = np.array([LEVELS[n] for n in levels])
    assert np.allclose(decoded(codes)[0], expected / np.linalg.norm(expected), atol=1e-6)


@given(st.integers(0, 12), st.integers(1, 40), st.integers(0, 999))
def test_what_is_decoded_is_coded_again_to_the_same(count, dimension, seed):
    turning = rotation(dimension)
    codes = coded(unit_rows(count, dimension, seed), turning)
    again = coded(decoded(codes), np.eye(turning.shape[1], dtype=np.float32))
    assert codes.shape == (count, turning.shape[1] // 4)
    assert codes.size < 50 or (codes == again).mean() > 0.5  # a level near an edge may move


def test_inner_products_with_a_question_stay_what_they_were(tmp_path):
    rows, asked = unit_rows(500, 384), unit_rows(20, 384, 1)
    asked = asked + rows[:20] * 2  # near some, as words of a question are
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    turning = rotation(384)
    write_pieces(tmp_path, [coded(rows, turning)], turning)
    pieces = PieceIndex.open(tmp_path)
    found, _ = pieces.rows(np.array([0]))
    error = found @ pieces.turned(asked).T - rows @ asked.T
    assert np.sqrt((error**2).mean()) < 0.025
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(500), abs=1e-5)


def test_texts_are_found_again_in_any_order(tmp_path):
    turning = rotation(8)
    texts = [coded(unit_rows(n, 8, n), turning) for n in (3, 0, 2, 5)]
    write_pieces(tmp_path, texts, turning)
    pieces = PieceIndex.open(tmp_path)
    assert len(pieces) == 4
    rows, starts = pieces.rows(np.array([3, 1, 0]))
    assert starts.tolist() == [0, 5, 5, 8]
    assert np.array_equal(rows, np.concatenate([decoded(texts[3]), decoded(texts[0])]))
    assert [len(pieces.codes(n)) for n in range(4)] == [3, 0, 2, 5]
    assert np.array_equal(pieces.codes(2), texts[2])


def test_files_of_two_indexes_are_refused(tmp_path):
    turning = rotation(8)
    write_pieces(tmp_path, [coded(unit_rows(3, 8), turning)], turning)
    np.save(tmp_path / STARTS, np.array([0, 4], np.int64))
    with pytest.raises(ValueError, match=f"{CODES} and {STARTS} are of two indexes"):
        PieceIndex.open(tmp_path)

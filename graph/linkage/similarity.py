"""How alike are two texts?  Jaro-Winkler similarity and edit distance, many pairs at a time."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Letters = NDArray[np.uint32]

_AT_ONCE = 20_000


def jaro_winkler(one: Sequence[str], other: Sequence[str]) -> Floats:
    """Similarity in [0, 1] of ``one[i]`` and ``other[i]``; two empty texts are alike.

    Matches within half the longer length, half the transpositions, a tenth for each of up to four common first
    letters where Jaro's similarity is above 0.7.  Source: Winkler 1990, Proc. Survey Research Methods, ASA, 354.
    """
    return np.concatenate([np.empty(0), *_in_parts(_jaro_winkler, one, other)])


def edit_distance(one: Sequence[str], other: Sequence[str]) -> Counts:
    """Letters put in, left out, changed, or exchanged with their neighbour, no stretch edited twice.

    Source: Damerau 1964, CACM 7:171, as optimal string alignment.
    """
    return np.concatenate([np.empty(0, np.int64), *_in_parts(_edit_distance, one, other)])


def _in_parts(
    measure: Callable[[Letters, Letters, Counts, Counts], NDArray[Any]], one: Sequence[str], other: Sequence[str]
) -> list[NDArray[Any]]:
    parts = []
    for start in range(0, len(one), _AT_ONCE):
        a, a_length = _letters(one[start : start + _AT_ONCE])
        b, b_length = _letters(other[start : start + _AT_ONCE])
        parts.append(measure(a, b, a_length, b_length))
    return parts


def _letters(texts: Sequence[str]) -> tuple[Letters, Counts]:
    """A row a text, padded with zeros, and the lengths."""
    length = np.array([len(text) for text in texts], np.int64)
    width = max(1, int(length.max()))
    return np.array(texts, dtype=f"<U{width}").view(np.uint32).reshape(len(texts), width), length


def _jaro_winkler(a: Letters, b: Letters, a_length: Counts, b_length: Counts) -> Floats:
    reach = np.maximum(np.maximum(a_length, b_length) // 2 - 1, 0)[:, None]
    place = np.arange(b.shape[1])[None, :]
    free = place < b_length[:, None]
    met_a, rows = np.zeros(a.shape, bool), np.arange(len(a))
    for i in range(a.shape[1]):
        fits = free & (b == a[:, i, None]) & (np.abs(place - i) <= reach) & (i < a_length)[:, None]
        first, found = fits.argmax(axis=1), fits.any(axis=1)
        met_a[:, i] = found
        free[rows[found], first[found]] = False
    met_b = ~free & (place < b_length[:, None])
    matches = met_a.sum(axis=1)
    width = min(a.shape[1], b.shape[1])
    in_order = np.arange(width)[None, :] < matches[:, None]
    out_of_place = ((_met_first(a, met_a)[:, :width] != _met_first(b, met_b)[:, :width]) & in_order).sum(axis=1) // 2
    some = np.maximum(matches, 1)
    jaro = (
        matches / np.maximum(a_length, 1) + matches / np.maximum(b_length, 1) + (matches - out_of_place) / some
    ) / 3.0
    jaro = np.where((a_length == 0) & (b_length == 0), 1.0, np.where(matches == 0, 0.0, jaro))
    width = min(width, 4)
    same = (a[:, :width] == b[:, :width]) & (np.arange(width)[None, :] < np.minimum(a_length, b_length)[:, None])
    prefix = np.cumprod(same, axis=1).sum(axis=1)
    return np.where(jaro > 0.7, jaro + prefix * 0.1 * (1.0 - jaro), jaro)


def _met_first(letters: Letters, met: NDArray[np.bool_]) -> Letters:
    """Every row with its matched letters first, in their order."""
    return np.take_along_axis(letters, np.argsort(~met, axis=1, kind="stable"), axis=1)


def _edit_distance(a: Letters, b: Letters, a_length: Counts, b_length: Counts) -> Counts:
    """The usual table, a row of it at a time for all pairs; each pair's answer stands where its lengths meet."""
    wide = b.shape[1]
    last: Counts = np.zeros((0, 0), np.int64)
    before = np.tile(np.arange(wide + 1), (len(a), 1))
    rows = np.arange(len(a))
    answer = before[rows, b_length].copy()
    for i in range(1, a.shape[1] + 1):
        row = np.empty_like(before)
        row[:, 0] = i
        for j in range(1, wide + 1):
            best = np.minimum(before[:, j] + 1, row[:, j - 1] + 1)
            best = np.minimum(best, before[:, j - 1] + (a[:, i - 1] != b[:, j - 1]))
            if i > 1 and j > 1:
                crossed = (a[:, i - 1] == b[:, j - 2]) & (a[:, i - 2] == b[:, j - 1])
                best = np.where(crossed, np.minimum(best, last[:, j - 2] + 1), best)
            row[:, j] = best
        ended = a_length == i
        answer[ended] = row[rows, b_length][ended]
        last, before = before, row
    return answer

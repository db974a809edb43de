"""How alike are two texts?  Jaro-Winkler similarity and edit distance, many pairs at a time, by rapidfuzz."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def jaro_winkler(one: Sequence[str], other: Sequence[str]) -> Floats:
    """Similarity in [0, 1] of ``one[i]`` and ``other[i]``; two empty texts are alike.

    Matches within half the longer length, half the transpositions, a tenth for each of up to four common first
    letters where Jaro's similarity is above 0.7.  Source: Winkler 1990, Proc. Survey Research Methods, ASA, 354.
    """
    return np.asarray(cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float64), dtype=np.float64)


def edit_distance(one: Sequence[str], other: Sequence[str]) -> Counts:
    """Letters put in, left out, changed, or exchanged with their neighbour, no stretch edited twice.

    Source: Damerau 1964, CACM 7:171, as optimal string alignment.
    """
    return np.asarray(cpdist(one, other, scorer=OSA.distance, dtype=np.int64), dtype=np.int64)

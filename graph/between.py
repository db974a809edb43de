"""How often does a node lie on the shortest way between two others?  Brandes, level by level, from some or all."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ingest.runtime.progress import Progress, silent

_Whole = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def betweenness(
    size: int, pairs: Sequence[tuple[int, int]], sources: Sequence[int], *, progress: Progress = silent
) -> _Floats:
    """Of each of ``size`` nodes its share of the shortest paths between two others (Brandes 2001), 0 to 1.

    ``pairs``: links without direction, each once, none with itself.  With fewer ``sources`` than nodes it is an
    estimate from the paths that begin there (Brandes and Pich 2007).  Progress tells how many of them are done.
    """
    total = np.zeros(size, dtype=np.float64)
    if size < 3 or not len(sources):
        return total
    ends = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    tails, heads = np.concatenate((ends[:, 0], ends[:, 1])), np.concatenate((ends[:, 1], ends[:, 0]))
    heads = heads[np.lexsort((heads, tails))]
    first = np.concatenate(([0], np.cumsum(np.bincount(tails, minlength=size))))
    for number, source in enumerate(sources):
        progress("betweenness", number, len(sources))
        total += _from(source, size, first, heads)
    progress("betweenness", len(sources), len(sources))
    scaled: _Floats = total * (size / len(sources) / ((size - 1) * (size - 2)))
    return scaled


def _from(source: int, size: int, first: _Whole, heads: _Whole) -> _Floats:
    """How much every node is lied upon by the paths that begin at one."""
    depth = np.full(size, -1, dtype=np.int64)
    paths = np.zeros(size, dtype=np.float64)
    depth[source], paths[source] = 0, 1.0
    steps: list[tuple[_Whole, _Whole]] = []
    front = np.array([source], dtype=np.int64)
    while front.size:
        counts = first[front + 1] - first[front]
        here = np.repeat(front, counts)
        skipped = np.repeat(first[front] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        there = heads[np.arange(len(here)) + skipped]
        front = np.unique(there[depth[there] < 0])
        depth[front] = len(steps) + 1
        along = depth[there] == len(steps) + 1
        here, there = here[along], there[along]
        np.add.at(paths, there, paths[here])
        steps.append((here, there))
    lain = np.zeros(size, dtype=np.float64)
    for here, there in reversed(steps):
        np.add.at(lain, here, paths[here] / paths[there] * (1 + lain[there]))
    lain[source] = 0.0
    return lain

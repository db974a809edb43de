"""Where does each node of a subgraph stand on the screen?  Seeded positions that stay put when the picture grows."""

import math
from collections.abc import Mapping
from itertools import groupby
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from graph.subgraph import Subgraph

Position: TypeAlias = tuple[float, float]
_Floats: TypeAlias = npt.NDArray[np.float32]
_Whole: TypeAlias = npt.NDArray[np.int64]

SPACING = 1.0
"""Distance two unlinked neighbours keep, the unit of the positions."""
_ITERATIONS, _FEWEST = 60, 40
"""Steps of up to 1,000 nodes, and of very many: a first picture must not wait."""
_CELLS = 1 << 16
"""Pairs of nodes looked at together: three tables of so many stay in a processor's own memory."""
_SMALL = 12
"""Components of up to so many nodes are laid out with all others of their size."""
_DENSE, _SAMPLE = 400, 200
"""Beyond that many nodes a component's repulsion is felt from a seeded sample of them instead of all."""


def positions(
    subgraph: Subgraph, *, seed: int = 7, previous: Mapping[str, Position] | None = None
) -> dict[str, Position]:
    """A position for every node key; the same subgraph, seed and previous positions give the same answer.

    Forces as in ForceAtlas2 (Jacomy 2014: linear attraction, repulsion by degree over distance), cooled as in
    Fruchterman and Reingold 1991; components are laid out each for itself and packed side by side, unlinked nodes in
    a block.  A node with a ``previous`` position keeps it exactly; new ones settle around their neighbours.
    """
    keys = [node.key for node in subgraph.nodes]
    if not keys:
        return {}
    number = {key: position for position, key in enumerate(keys)}
    ends = _ends(subgraph, number)
    kept = {number[key]: place for key, place in (previous or {}).items() if key in number}
    placed = np.zeros((len(keys), 2), dtype=np.float32)
    anchored: list[_Whole] = []
    loose: list[tuple[_Whole, _Whole]] = []
    generator = np.random.default_rng(seed)
    for component, inner in _components(len(keys), ends):
        if any(int(node) in kept for node in component):
            _settle_around(placed, component, inner, kept, generator)
            anchored.append(component)
        else:
            loose.append((component, inner))
    beside = placed[np.concatenate(anchored)] if anchored else None
    _pack(placed, [component for component, _inner in loose], _boxes(loose, generator), beside=beside)
    found = {key: (round(float(x), 4), round(float(y), 4)) for key, (x, y) in zip(keys, placed, strict=True)}
    return found | {keys[node]: place for node, place in kept.items()}


def _ends(subgraph: Subgraph, number: Mapping[str, int]) -> _Whole:
    """The pairs of numbers that any edge joins, each once and in order."""
    one = np.array([number[edge.source] for edge in subgraph.edges], dtype=np.int64)
    other = np.array([number[edge.target] for edge in subgraph.edges], dtype=np.int64)
    apart = one != other
    codes = np.unique(np.minimum(one, other)[apart] * len(number) + np.maximum(one, other)[apart])
    return np.stack(np.divmod(codes, len(number)), axis=1)


def _components(size: int, ends: _Whole) -> list[tuple[_Whole, _Whole]]:
    """Connected components, the largest first: their node numbers, and their edges renumbered from 0."""
    ones = np.ones(len(ends), dtype=np.int8)
    matrix = sparse.csr_array((ones, (ends[:, 0], ends[:, 1])), shape=(size, size))
    count, labels = csgraph.connected_components(matrix, directed=False)
    nodes = np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels))[:-1])
    within = labels[ends[:, 0]]
    edges = np.split(ends[np.argsort(within, kind="stable")], np.cumsum(np.bincount(within, minlength=count))[:-1])
    parts = [(group, np.searchsorted(group, inner)) for group, inner in zip(nodes, edges, strict=True)]
    return sorted(parts, key=lambda part: (-len(part[0]), int(part[0][0])))


def _boxes(components: list[tuple[_Whole, _Whole]], generator: np.random.Generator) -> list[_Floats]:
    """Free positions of each component, the largest first, around its middle."""
    found: list[_Floats] = []
    for size, alike in groupby(components, key=lambda part: len(part[0])):
        inners = [inner for _component, inner in alike]
        found += (
            _lay_out_alike(size, inners, generator) if size <= _SMALL
            else [_lay_out(size, inner, generator) for inner in inners]
        )
    return found


def _lay_out_alike(size: int, inners: list[_Whole], generator: np.random.Generator) -> list[_Floats]:
    """Small components of one size, moved together by the forces of ``_relax``: a step costs as much as one's alone."""
    place = generator.normal(scale=math.sqrt(size), size=(len(inners), size, 2)).astype(np.float32)
    if size == 1:
        return list(np.zeros_like(place))
    joined = np.zeros((len(inners), size, size), dtype=np.float32)
    for one, inner in zip(joined, inners, strict=True):
        one[inner[:, 0], inner[:, 1]] = one[inner[:, 1], inner[:, 0]] = 1
    degrees = joined.sum(axis=2)
    mass = np.sqrt(degrees + 1)
    joined /= np.sqrt(np.maximum(np.minimum(degrees[:, :, None], degrees[:, None]), 1))
    drawn = joined.sum(axis=2)[..., None]
    heat = math.sqrt(size)
    for step in range(_ITERATIONS):
        apart = place[:, :, None] - place[:, None]
        push = mass[:, None] * SPACING**2 / np.maximum((apart * apart).sum(axis=3), 0.05)
        force = np.einsum("kij,kijc->kic", push, apart) * mass[..., None]
        force += (np.einsum("kij,kjc->kic", joined, place) - drawn * place) * 0.5 - place * (0.02 * mass[..., None])
        length = np.maximum(np.hypot(force[..., 0], force[..., 1]), 1e-6)[..., None]
        place += force * (np.minimum(length, heat * (1 - step / _ITERATIONS) ** 1.5 + 0.01) / length)
    return list(place - (place.max(axis=1, keepdims=True) + place.min(axis=1, keepdims=True)) / 2)


def _lay_out(size: int, ends: _Whole, generator: np.random.Generator) -> _Floats:
    """Free positions of one component around its middle."""
    start = generator.normal(scale=math.sqrt(size), size=(size, 2)).astype(np.float32)
    moved = _relax(start, ends, np.ones(size, dtype=bool), generator)
    centred: _Floats = (moved - (moved.max(axis=0) + moved.min(axis=0)) / 2).astype(np.float32)
    return centred


def _settle_around(
    placed: _Floats, component: _Whole, inner: _Whole, kept: Mapping[int, Position], generator: np.random.Generator
) -> None:
    """Place a component of which some nodes stand already: those are pinned, the others start at their neighbours."""
    free = np.array([int(node) not in kept for node in component])
    place = np.zeros((len(component), 2), dtype=np.float32)
    for position, node in enumerate(component):
        if int(node) in kept:
            place[position] = kept[int(node)]
    if free.any():
        known = ~free
        while not known.all():  # ring by ring outwards from what stands
            sums = np.zeros((len(component), 2), dtype=np.float64)
            counts = np.zeros(len(component))
            for here, there in ((inner[:, 0], inner[:, 1]), (inner[:, 1], inner[:, 0])):
                reach = known[here] & ~known[there]
                np.add.at(sums, there[reach], place[here[reach]])
                np.add.at(counts, there[reach], 1)
            ring = counts > 0
            jitter = generator.normal(scale=2 * SPACING, size=(int(ring.sum()), 2))
            place[ring] = (sums[ring] / counts[ring, None] + jitter).astype(np.float32)
            known = known | ring
        place = _relax(place, inner, free, generator, heat=3 * SPACING)
    placed[component] = place


def _relax(
    place: _Floats,
    ends: _Whole,
    free: npt.NDArray[np.bool_],
    generator: np.random.Generator,
    *,
    heat: float | None = None,
) -> _Floats:
    """Move the free nodes along the forces, ever less far; returns the new positions."""
    size = len(place)
    degrees = np.bincount(ends.ravel(), minlength=size).astype(np.float32)
    mass = np.sqrt(degrees + 1)
    source, target = ends[:, 0], ends[:, 1]
    # a hub's leaves would be torn inwards together: an edge pulls less the more edges its busier end has
    pull = 1 / np.sqrt(np.maximum(np.minimum(degrees[source], degrees[target]), 1))
    weights = np.concatenate((pull, pull)).astype(np.float32)
    matrix = sparse.csr_array(
        (weights, (np.concatenate((source, target)), np.concatenate((target, source)))), shape=(size, size)
    )
    drawn = np.asarray(matrix.sum(axis=1), dtype=np.float32)[:, None]
    place = place.copy()
    heat = heat or math.sqrt(size)
    steps = max(_FEWEST, min(_ITERATIONS, _ITERATIONS * 1_000 // max(size, 1)))
    for step in range(steps):
        force = _repulsion(place, mass, generator) + (matrix @ place - drawn * place) * 0.5
        force -= place * (0.02 * mass[:, None]) if free.all() else 0
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-6)[:, None]
        limit = heat * (1 - step / steps) ** 1.5 + 0.01
        moves = force * (np.minimum(length, limit) / length)
        place[free] += moves[free]
    return place


def _repulsion(place: _Floats, mass: _Floats, generator: np.random.Generator) -> _Floats:
    """Per node the sum over others of mass times mass over distance, pointing away.

    By sums of products, no matrix product: for two columns a linear algebra library wakes all its threads, and waits.
    """
    size = len(place)
    if size <= _DENSE:
        others, weight, scale = place, mass, 1.0
    else:
        sample = np.sort(generator.choice(size, _SAMPLE, replace=False))
        others, weight, scale = place[sample], mass[sample], size / _SAMPLE
    x, y = np.ascontiguousarray(others[:, 0]), np.ascontiguousarray(others[:, 1])
    weight = weight * np.float32(scale * SPACING**2)
    force = np.empty_like(place)
    rows = max(1, _CELLS // len(others))
    across, upwards, pull = (np.empty((min(rows, size), len(others)), dtype=np.float32) for _ in range(3))
    for first in range(0, size, rows):
        some = place[first : first + rows]
        if len(some) < len(across):
            across, upwards, pull = across[: len(some)], upwards[: len(some)], pull[: len(some)]
        np.subtract(some[:, 0, None], x, out=across)
        np.subtract(some[:, 1, None], y, out=upwards)
        np.multiply(across, across, out=pull)
        pull += upwards * upwards
        np.maximum(pull, 0.05, out=pull)
        np.divide(weight, pull, out=pull)
        np.einsum("ij,ij->i", pull, across, out=force[first : first + rows, 0])
        np.einsum("ij,ij->i", pull, upwards, out=force[first : first + rows, 1])
    force *= mass[:, None]
    return force


def _pack(placed: _Floats, components: list[_Whole], boxes: list[_Floats], *, beside: _Floats | None) -> None:
    """Put components on shelves, largest first, right of what stands already; nodes without links share shelves."""
    if not components:
        return
    gap = 2 * SPACING
    sizes = [np.ptp(box, axis=0) + gap for box in boxes]
    width = max(float(max(size[0] for size in sizes)), 1.4 * math.sqrt(sum(float(s[0] * s[1]) for s in sizes)))
    left, top = (0.0, 0.0) if beside is None else (float(beside[:, 0].max()) + gap, float(beside[:, 1].max()))
    x, y, shelf = 0.0, 0.0, 0.0
    for component, box, size in zip(components, boxes, sizes, strict=True):
        if x and x + size[0] > width:
            x, y, shelf = 0.0, y + shelf, 0.0
        corner = np.array([left + x - box[:, 0].min(), top - y - box[:, 1].max()], dtype=np.float32)
        placed[component] = box + corner
        x, shelf = x + float(size[0]), max(shelf, float(size[1]))

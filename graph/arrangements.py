"""How else than by forces can a picture be ordered?  Around one, as a tree, in columns; aligned, spread."""

import math
from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence

from graph.layout import Position
from graph.subgraph import Subgraph

UNIT = 1.0
"""The room that a node with its name needs, as ``graph.layout.SPACING``."""
_RING, _LAYER, _COLUMN, _ACROSS = 3.0, 2.6, 9.0, 4.0
_HIGH, _WIDE = 24, 12
"""So many nodes of a column, or of a layer of a tree, stand in one line at least."""
_SPREADS = 60


def radial(subgraph: Subgraph, centre: str) -> dict[str, Position]:
    """Rings by the number of steps from one node; each stands where those stand through which it is reached.

    What is not connected with it stands on a ring outside all others.  Raises KeyError for an unknown node.
    """
    around = _neighbours(subgraph)
    if centre not in around:
        raise KeyError(centre)
    steps, angles = {centre: 0}, {centre: 0.0}
    rings: list[list[str]] = [[centre]]
    while rings[-1]:
        reached: dict[str, list[float]] = defaultdict(list)
        for key in rings[-1]:
            for other in around[key]:
                if other not in steps:
                    reached[other].append(angles[key])
        ordered = sorted(reached, key=lambda key: (_middle(reached[key]), key))
        for place, key in enumerate(ordered):
            steps[key] = len(rings)
            angles[key] = 2 * math.pi * place / len(ordered)
        rings.append(ordered)
    rings[-1] = sorted(set(around) - set(steps))
    found = {centre: (0.0, 0.0)}
    radius = 0.0
    for ring in rings[1:]:
        radius = max(radius + _RING, len(ring) * UNIT * 1.2 / (2 * math.pi))
        for place, key in enumerate(ring):
            angle = math.pi / 2 - 2 * math.pi * place / len(ring)
            found[key] = (radius * math.cos(angle), radius * math.sin(angle))
    return found


def tree(subgraph: Subgraph) -> dict[str, Position]:
    """Layers from what nothing leads to, on top, downwards along the links; circles are cut where they close."""
    after: dict[str, list[str]] = {node.key: [] for node in subgraph.nodes}
    before: dict[str, list[str]] = {key: [] for key in after}
    for source, target in sorted({(edge.source, edge.target) for edge in subgraph.edges if edge.source != edge.target}):
        after[source].append(target)
        before[target].append(source)
    depth: dict[str, int] = {}
    left = {key: len(before[key]) for key in before}
    waiting = deque(sorted(key for key, number in left.items() if number == 0))
    while len(depth) < len(after):
        if not waiting:  # only circles are left: begin with the one that fewest lead to
            waiting.append(min((key for key in after if key not in depth), key=lambda key: (left[key], key)))
        key = waiting.popleft()
        if key in depth:
            continue
        depth[key] = 1 + max((depth[other] for other in before[key] if other in depth), default=-1)
        for other in after[key]:
            left[other] -= 1
            if left[other] == 0 and other not in depth:
                waiting.append(other)
    return _layered(depth, _neighbours(subgraph), upright=True)


def columns(subgraph: Subgraph, column: Mapping[str, int]) -> dict[str, Position]:
    """A column a number, from left to right, each ordered so that links cross little; nodes without one stand last.

    One of many nodes stands in several lines side by side: in a single one they would cover each other on a screen.
    """
    last = max(column.values(), default=-1) + 1
    return _layered(
        {node.key: column.get(node.key, last) for node in subgraph.nodes}, _neighbours(subgraph), upright=False
    )


def aligned(places: Mapping[str, Position], keys: Sequence[str], *, upright: bool) -> dict[str, Position]:
    """These nodes on one line through their middle, evenly apart: a column where ``upright``, else a row."""
    held = [key for key in keys if key in places]
    if not held:
        return {}
    along = 1 if upright else 0
    ordered = sorted(held, key=lambda key: (places[key][along], key))
    middle = sum(places[key][1 - along] for key in held) / len(held)
    low, high = places[ordered[0]][along], places[ordered[-1]][along]
    step = max((high - low) / max(len(held) - 1, 1), UNIT if upright else _ACROSS)
    start = (low + high) / 2 - step * (len(held) - 1) / 2
    line = [start + step * place for place in range(len(held))]
    return {key: (middle, at) if upright else (at, middle) for key, at in zip(ordered, line, strict=True)}


def spread(
    places: Mapping[str, Position], *, still: Collection[str] = (), apart: float = UNIT
) -> dict[str, Position]:
    """The same picture with no two nodes nearer than ``apart``: what is too near is pushed away, little by little."""
    now = {key: [float(x), float(y)] for key, (x, y) in sorted(places.items())}
    fixed = set(still)
    for _ in range(_SPREADS):
        cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        for key, (x, y) in now.items():
            cells[math.floor(x / apart), math.floor(y / apart)].append(key)
        moved = False
        for (column, row), held in list(cells.items()):
            beside = [(dx, dy) for dx in (0, 1) for dy in (-1, 0, 1) if dx or dy >= 0]
            near = [key for dx, dy in beside for key in cells.get((column + dx, row + dy), ())]
            for key in held:
                for other in near:
                    if other != key and not (other in held and other < key):
                        moved |= _pushed(now, key, other, fixed, apart)
        if not moved:
            break
    return {key: (x, y) for key, (x, y) in now.items()}


def moved_to(
    found: Mapping[str, Position], before: Mapping[str, Position], *, still: Collection[str] = ()
) -> dict[str, Position]:
    """The new places around the middle of where these nodes stood; those in ``still`` are left out: they stay."""
    moving = [key for key in found if key not in still]
    known = [key for key in moving if key in before]
    if not known:
        return {key: found[key] for key in moving}
    shift = [
        (max(before[key][axis] for key in known) + min(before[key][axis] for key in known)) / 2
        - (max(found[key][axis] for key in known) + min(found[key][axis] for key in known)) / 2
        for axis in (0, 1)
    ]
    return {key: (round(found[key][0] + shift[0], 4), round(found[key][1] + shift[1], 4)) for key in moving}


def _layered(layer: Mapping[str, int], around: Mapping[str, set[str]], *, upright: bool) -> dict[str, Position]:
    """Layers ordered by the middle of the neighbours in the layers beside (Sugiyama's barycentres), a few times."""
    numbers = sorted(set(layer.values()))
    rows = {number: sorted(key for key in layer if layer[key] == number) for number in numbers}
    rank = {key: float(place) for row in rows.values() for place, key in enumerate(row)}
    for turn in range(8):
        for number in numbers if turn % 2 == 0 else numbers[::-1]:
            beside = {key: [rank[other] for other in around[key] if layer[other] != number] for key in rows[number]}
            rows[number].sort(key=lambda key: (_middle(beside[key]) if beside[key] else rank[key], key))
            middle = (len(rows[number]) - 1) / 2
            rank.update({key: place - middle for place, key in enumerate(rows[number])})
    step, beside_step, line = (_ACROSS, UNIT, (_WIDE, 0.5)) if upright else (UNIT, _ACROSS, (_HIGH, 2.5))
    apart = _LAYER if upright else max(_COLUMN, 0.8 * max((_lines(row, *line)[1] for row in rows.values()), default=1))
    found, begin = {}, 0.0
    for number in numbers:
        lines, _longest = _lines(rows[number], *line)
        for place, key in enumerate(rows[number]):
            along, across = rank[key] * step / lines, begin + place % lines * beside_step
            found[key] = (along, -across) if upright else (across, -along)
        begin += apart + (lines - 1) * beside_step
    return {key: found[key] for key in sorted(found)}


def _lines(row: Sequence[str], least: int, of_all: float) -> tuple[int, int]:
    """In how many lines, each a step aside, a layer stands, and how long they are: many are a block, not a thread."""
    lines = math.ceil(len(row) / max(least, math.sqrt(of_all * len(row))))
    return lines, math.ceil(len(row) / lines)


def _neighbours(subgraph: Subgraph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {node.key: set() for node in subgraph.nodes}
    for edge in subgraph.edges:
        if edge.source != edge.target:
            found[edge.source].add(edge.target)
            found[edge.target].add(edge.source)
    return found


def _middle(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _pushed(now: dict[str, list[float]], key: str, other: str, fixed: set[str], apart: float) -> bool:
    dx, dy = now[other][0] - now[key][0], now[other][1] - now[key][1]
    length = math.hypot(dx, dy)
    if length >= apart * 0.999 or (key in fixed and other in fixed):
        return False
    if length < 1e-9:  # at one place: apart along a direction that their keys give, the same each time
        angle = (sum(map(ord, key + other)) % 360) * math.pi / 180
        dx, dy, length = math.cos(angle), math.sin(angle), 1.0
        push = apart
    else:
        push = apart - length
    mine, theirs = (0.0, 1.0) if key in fixed else (1.0, 0.0) if other in fixed else (0.5, 0.5)
    for axis, part in enumerate((dx / length, dy / length)):
        now[key][axis] -= part * push * mine
        now[other][axis] += part * push * theirs
    return True

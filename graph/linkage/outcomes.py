"""How far do two records agree?  For every pair and field the level it meets, and the chance of just that value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.linkage.declaration import Declaration, Field, Level
from graph.linkage.records import MISSING, Column, Records
from graph.linkage.similarity import edit_distance, jaro_winkler

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]
SILENT = -1


@dataclass(frozen=True)
class Outcomes:
    """Rows are pairs, columns fields.

    ``levels``: the number of the level, that of "else" last, or -1 where a value is missing or the field was told by
    another one.  ``chance``: the frequency of the very value agreed on (exact), or of the values that changed places;
    0 where it does not count.
    """

    levels: NDArray[np.int8]
    chance: NDArray[np.float64]


def outcomes(records: Records, declaration: Declaration, a: Numbers, b: Numbers) -> Outcomes:
    """Compare the records numbered ``a[i]`` and ``b[i]``; each pair of distinct values is measured once."""
    shape = len(a), len(declaration.fields)
    levels, chance = np.full(shape, SILENT, np.int8), np.zeros(shape)
    told = {field.name: np.zeros(len(a), bool) for field in declaration.fields}
    for k, field in enumerate(declaration.fields):
        column = records.columns[field.name]
        one, other = column.codes[a], column.codes[b]
        compared = (one != MISSING) & (other != MISSING)
        exact = compared & (one == other)
        levels[exact, k] = 0
        if field.by_frequency:
            chance[exact, k] = column.among_others[one[exact]]
        open_pairs = np.flatnonzero(compared & ~exact)
        levels[open_pairs, k] = _near(field, column, one[open_pairs], other[open_pairs])
        for place, level in enumerate(field.levels):
            if level.test == "swapped":
                partner = records.columns[level.other]
                crossed = _changed_places(column, partner, a[open_pairs], b[open_pairs])
                hit = open_pairs[crossed & (levels[open_pairs, k] > place)]
                levels[hit, k] = place
                chance[hit, k] = np.maximum(
                    column.shares[one[hit]] * partner.shares[partner.codes[a[hit]]],
                    column.shares[other[hit]] * partner.shares[partner.codes[b[hit]]],
                )
                told[level.other][hit] = True
    for k, field in enumerate(declaration.fields):
        levels[told[field.name], k] = SILENT
        chance[told[field.name], k] = 0.0
    return Outcomes(levels, chance)


def _changed_places(column: Column, partner: Column, a: Numbers, b: Numbers) -> Bools:
    """The first one's value is the other's partner value, and the other way round."""
    place = {value: i for i, value in enumerate(partner.values)}
    as_partner = np.array([*(place.get(value, MISSING - 1) for value in column.values), MISSING - 1], np.int64)
    return np.asarray(
        (as_partner[column.codes[a]] == partner.codes[b]) & (as_partner[column.codes[b]] == partner.codes[a]),
        dtype=np.bool_,
    )


def _near(field: Field, column: Column, one: Numbers, other: Numbers) -> NDArray[np.int8]:
    """The first level but exact and swapped that values which differ meet; ties of order do not matter."""
    size = max(1, len(column.values))
    keys, back = np.unique(np.minimum(one, other) * size + np.maximum(one, other), return_inverse=True)
    left = [column.values[key // size] for key in keys.tolist()]
    right = [column.values[key % size] for key in keys.tolist()]
    found = np.full(len(keys), len(field.levels), np.int8)
    alike: NDArray[np.float64] | None = None
    distance: Numbers | None = None
    for place, level in enumerate(field.levels):
        if level.test in ("exact", "swapped"):
            continue
        if level.test == "alike":
            alike = jaro_winkler(left, right) if alike is None else alike
            meets = alike >= level.bound
        elif level.test == "edits":
            distance = edit_distance(left, right) if distance is None else distance
            meets = distance <= level.bound
        else:
            meets = np.array([_meets(level, *pair) for pair in zip(left, right, strict=True)], bool)
        found[meets & (found == len(field.levels))] = place
    return found[back.reshape(-1)]


def _meets(level: Level, one: str, other: str) -> bool:
    if level.test == "begins":
        short, long = sorted((one, other), key=len)
        return len(short) >= level.bound and long.startswith(short)
    if level.test == "number":
        return (number := _number(one)) != "" and number == _number(other)
    return _turned(one) == other


def _number(value: str) -> str:
    """The digits at the beginning, without leading zeros."""
    digits = value[: next((i for i, sign in enumerate(value) if not sign.isdigit()), len(value))]
    return digits.lstrip("0") or digits[:1]


def _turned(value: str) -> str:
    """A date of eight digits, year first, with day and month exchanged; signs between stay."""
    places = [i for i, sign in enumerate(value) if sign.isdigit()]
    if len(places) != 8:
        return ""
    turned: Sequence[int] = [*places[:4], *places[6:], *places[4:6]]
    letters = list(value)
    for place, source in zip(places, turned, strict=True):
        letters[place] = value[source]
    return "".join(letters)

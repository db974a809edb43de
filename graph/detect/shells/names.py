"""Which accounts bear names alike, and how rare is the likeness?  Names with their numbers, and without."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import ibis
import numpy as np

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.shells.logins import Logins
from graph.detect.shells.parameters import ShellParameters
from graph.text_forms.names import number_of, numbered_skeleton, skeletons, undressed

NAME_KINDS = ("alias", "name")  # identifiers that are read as names


class Likeness(NamedTuple):
    """What two names have in common: with its number (``numbered``) or the stem only, and its chance ``u``.

    ``dressed``: the words are written in two ways that read as one.
    """

    u: float
    dressed: bool
    numbered: bool
    value: str


class Name(NamedTuple):
    """A name as it is compared: its whole skeleton, its stems, its number and its words as written."""

    whole: str | None
    stems: tuple[str, ...]
    number: str | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """``worn``: by account its names; the counts are of accounts."""

    worn: Mapping[int, tuple[Name, ...]]
    wholes: Mapping[str, int]
    stems: Mapping[str, int]
    numbers: Mapping[str, int]
    most: int

    @property
    def crowded(self) -> int:
        """Stems of so many accounts that they make no block."""
        return sum(count > self.most for count in self.stems.values())

    @cached_property
    def blocks(self) -> Any:
        """who, kind, value: skeletons that two accounts or more bear, and no crowd."""
        found = sorted({
            (who, kind, value)
            for who, names in self.worn.items()
            for whole, stems, _, _ in names
            for kind, values, counts in (
                ("name", (whole,) if whole is not None else (), self.wholes), ("stem", stems, self.stems)
            )
            for value in values
            if 2 <= counts[value] <= self.most
        })
        who, kinds, values = zip(*found, strict=True) if found else ((), (), ())
        return listed(who=np.array(who, dtype=np.int64), kind=kinds, value=values)

    def bearers(self, likeness: Likeness, among: Iterable[int]) -> set[int]:
        """Those of some accounts who bear what two names have in common."""
        value, whole = likeness.value, likeness.numbered
        return {
            who for who in among
            if any(value == name.whole if whole else value in name.stems for name in self.worn.get(who, ()))
        }

    def likeness(self, one: int, other: int) -> Likeness | None:
        """The rarest thing the names of two accounts have in common; None where nothing is alike.

        A whole name is as rare as its other bearers are few, or where it has a number, as the stem is rare times the
        number among other stems: so a ring of one name does not make its own name common.
        """
        best = None
        for whole, stems, number, words in self.worn.get(one, ()):
            for other_whole, other_stems, _, other_words in self.worn.get(other, ()):
                common, dressed = sorted(set(stems) & set(other_stems)), words != other_words
                found = [Likeness((self.stems[stem] - 1) / len(self.worn), dressed, False, stem) for stem in common]
                if whole is not None and whole == other_whole:
                    u = (self.wholes[whole] - 1) / len(self.worn)
                    if number is not None and common:
                        elsewhere = (self.numbers[number] - self.wholes[whole] + 1) / len(self.worn)
                        u = min(u, max(likeness.u for likeness in found) * max(elsewhere, 1 / len(self.worn)))
                    found.append(Likeness(u, dressed, True, whole))
                best = min(found if best is None else (best, *found), default=None)
        return best

    @cached_property
    def dressing(self) -> float:
        """Of two accounts with one stem, how often the words are written in two ways; a half where none is known."""
        written: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
        for who, names in self.worn.items():
            for name in names:
                for stem in name.stems:
                    if self.stems[stem] <= self.most:
                        written[stem].setdefault(who, name.words)
        pairs = sum(_pairs(len(bearers)) for bearers in written.values())
        alike = sum(_pairs(n) for bearers in written.values() for n in Counter(bearers.values()).values())
        return (pairs - alike + 1) / (pairs + 2)


def read_names(context: DetectionContext, logins: Logins, parameters: ShellParameters) -> Names:
    """Pseudonyms, and identifiers that are names."""
    accounts, identifiers = context.table("accounts"), context.table("identifiers")
    kinds = [name for name in NAME_KINDS if name not in parameters.kinds_left_out]
    given = ibis.union(
        accounts.select("account", name="pseudonym"),
        identifiers.filter(identifiers.kind.lower().isin(kinds)).select("account", name="value"),
    )
    rows = context.rows(
        given.filter(given.name.notnull()).join(logins.accounts, "account").select("who", "name").distinct()
    )
    parts = {name: as_compared(name) for name in {name for _, name in rows}}
    worn: dict[int, tuple[Name, ...]] = {}
    for who, name in rows:
        if parts[name].whole is not None or parts[name].stems:
            worn[who] = (*worn.get(who, ()), parts[name])
    return names_of(worn, parameters.most_names)


def as_compared(name: str) -> Name:
    return Name(numbered_skeleton(name), tuple(sorted(skeletons(name))), number_of(name), undressed(name))


def names_of(worn: Mapping[int, tuple[Name, ...]], most: int) -> Names:
    """The names with the counts of their parts."""
    return Names(
        worn, _count({name.whole for name in names if name.whole is not None} for names in worn.values()),
        _count({stem for name in names for stem in name.stems} for names in worn.values()),
        _count({name.number for name in names if name.number is not None} for names in worn.values()), most,
    )


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _count(sets: Iterable[set[str]]) -> Mapping[str, int]:
    return Counter(chain.from_iterable(sets))

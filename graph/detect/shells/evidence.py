"""What is known of all pairs that share a value, and what does it say of one of them?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import log2
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.shells.accounts import Known, Numbers, read_known, with_pairs
from graph.detect.shells.conduct import Common, Conduct, read_conduct, read_periods
from graph.detect.shells.conduct_weights import (
    birth_weights,
    device_weights,
    profile_weights,
    room_weights,
    talk_weights,
    target_weights,
    turn_weights,
)
from graph.detect.shells.logins import Logins, read_logins
from graph.detect.shells.names_worn import Names, read_names
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.rooms import Rooms, read_rooms
from graph.detect.shells.tie import Tie
from graph.detect.shells.value_weights import ValueWeights
from graph.detect.shells.values import SharedValue, read_values
from graph.detect.shells.visits import read_visits
from graph.detect.shells.weight import PairWeights, Weight

_NO_VALUES: Mapping[str, SharedValue] = {}


@dataclass(frozen=True)
class Evidence:
    """``shared``: by pair of numbers the rarest common value of each kind, names aside; a pair of common names is among
    its keys too.  ``beside``: pairs that share none, looked at because others tie them.  ``crowded``: by kind, how many
    values too many accounts hold to be compared by.  ``visits``, ``periods``: tables in the engine.
    """

    logins: Logins
    names: Names
    shared: Mapping[Numbers, Mapping[str, SharedValue]]
    conduct: Mapping[Numbers, Conduct]
    devices: Mapping[Numbers, Common]
    known: Known
    rooms: Rooms
    crowded: Mapping[str, int]
    parameters: ShellParameters
    visits: Any
    periods: Any
    beside: frozenset[Numbers] = frozenset()

    @cached_property
    def prior(self) -> float:
        """Log2 prior odds over strangers: ``companions`` in all accounts."""
        return log2(self.parameters.companions / max(32, len(self.logins.names)))

    def nothing(self, threshold: float = 0.0) -> Tie:
        """The tie of two accounts of which nothing is known."""
        return Tie(self.prior + threshold, place_prior(2, self.parameters) + threshold, 0.0, 0.0)

    @cached_property
    def _values(self) -> ValueWeights:
        return ValueWeights(self.known.kinds, self.names, self.parameters)

    @cached_property
    def _platforms(self) -> tuple[str, ...]:
        return tuple(name.partition(":")[0] for name in self.logins.names)

    def bare(self, pair: Numbers) -> bool:
        """One kind of value and nothing else in common: nothing that could make it a second family."""
        seen = self.conduct.get(pair)
        return (
            len(self.shared[pair]) < 2 and "email" not in self.shared[pair] and (seen is None or not seen.handovers)
            and pair not in self.known.company and not self._born_together(pair)
            and not (self.shared[pair] and self.names.likeness(*pair))
        )

    def weigh(self, pair: Numbers) -> PairWeights:
        """All that speaks for and against one operator behind two accounts."""
        one, other = pair
        across = self._platforms[one] != self._platforms[other]
        shared = self.shared.get(pair, _NO_VALUES)
        holders = holders_of_place(shared, self.parameters)
        crowd = holders > self.parameters.home_size
        weights: list[Weight] = [*self._values.of(pair, shared, across=across)]
        common, seen = self.devices.get(pair), self.conduct.get(pair)
        if common is not None and not crowd:
            weights += device_weights(common, self.parameters)
        if seen is not None:
            weights += turn_weights(seen, common, self.parameters, crowd=crowd)
        weights += target_weights(pair, self.known, self.parameters)
        weights += room_weights(pair, self.rooms, self.parameters, crowd=crowd)
        weights += talk_weights(pair, self.known, self.parameters)
        a, b = self.known.profiles.get(one), self.known.profiles.get(other)
        if a is not None and b is not None:
            weights += birth_weights(a, b, self.known, self.parameters, crowd=crowd)
            weights += profile_weights(a, b, self.parameters)
        return PairWeights(
            (self.logins.names[one], self.logins.names[other]), self.prior, place_prior(holders, self.parameters),
            tuple(weights), across,
        )

    def told(self, pair: Numbers) -> bool:
        """The two share a value, or what they did speaks against one operator."""
        if pair in self.shared:
            return True
        return pair in self.beside and any(
            weight.bits < 0 and weight.family in ("turns", "talk") for weight in self.weigh(pair).weights
        )

    def _born_together(self, pair: Numbers) -> bool:
        a, b = (self.known.profiles.get(who) for who in pair)
        if a is None or b is None or a.created is None or b.created is None:
            return False
        return abs(a.created - b.created) <= self.parameters.burst_s


def holders_of_place(shared: Mapping[str, SharedValue], parameters: ShellParameters) -> int:
    """How many accounts ever used what the two share: the device, address or family account of most.

    Values held by more than ``most_holders`` (a carrier's addresses) are no place and not among ``shared``; of several
    addresses or devices the rarest counts.
    """
    return max((value.ever for kind, value in shared.items() if kind in parameters.sharing), default=2)


def place_prior(holders: int, parameters: ShellParameters) -> float:
    """Log2 prior odds of one operator over two people who share a place.

    ``sharing_bits`` in a home; in a place of more people there are more pairs of which one is as likely as any other.
    """
    pairs, home = holders * (holders - 1), parameters.home_size * (parameters.home_size - 1)
    return parameters.sharing_bits - log2(max(1.0, pairs / home))


def read_evidence(context: DetectionContext, parameters: ShellParameters) -> Evidence:
    """Compare the pairs which share a device, an address on a day, an identifier or a name."""
    logins = read_logins(context)
    names = read_names(context, logins, parameters)
    values = read_values(context, logins, names, parameters)
    shared: dict[Numbers, dict[str, SharedValue]] = {}
    for a, b, *value in context.rows(values.shared):
        found = shared.setdefault((a, b), {})
        if value[0] not in ("name", "stem"):
            found[value[0]] = SharedValue(*value)
    pairs = context.kept("shells.pairs", lambda: values.shared.select("a", "b").distinct())
    members = context.kept("shells.members", lambda: ibis.union(
        pairs.select(who="a"), pairs.select(who="b"), distinct=True
    ))
    visits = read_visits(context, logins, values, members, parameters)
    periods = read_periods(
        context, pairs, visits, handover_s=parameters.handover_s, loose_handover_s=parameters.loose_handover_s
    )
    conduct, devices = read_conduct(context, pairs, periods, visits, loose_handover_s=parameters.loose_handover_s)
    known = read_known(context, logins, values, pairs, members)
    rooms = read_rooms(context, logins, members)
    return Evidence(logins, names, shared, conduct, devices, known, rooms, values.crowded, parameters, visits, periods)


def with_beside(context: DetectionContext, evidence: Evidence, beside: Collection[Numbers]) -> Evidence:
    """The evidence, with what is known of pairs that share no value: their conduct, company and talk."""
    if not beside:
        return evidence
    ordered, parameters = sorted(beside), evidence.parameters
    pairs = context.kept("shells.beside", lambda: ibis.memtable(pa.table({
        name: pa.array(list(side), pa.int64())
        for name, side in zip(("a", "b"), zip(*ordered, strict=True), strict=True)
    })))
    periods = read_periods(
        context, pairs, evidence.visits, handover_s=parameters.handover_s,
        loose_handover_s=parameters.loose_handover_s, name="periods_beside",
    )
    conduct, devices = read_conduct(
        context, pairs, periods, evidence.visits, loose_handover_s=parameters.loose_handover_s
    )
    return replace(
        evidence, conduct={**evidence.conduct, **conduct}, devices={**evidence.devices, **devices},
        known=with_pairs(context, evidence.logins, evidence.known, pairs),
        periods=ibis.union(evidence.periods, periods), beside=frozenset(beside),
    )

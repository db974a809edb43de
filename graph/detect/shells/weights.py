"""How strongly do two accounts look like one operator's?  Fellegi-Sunter weights in bits, evidence by evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from graph.detect.shells.accounts import Known
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.rhythm import overlap_bits, surprise_bits, turns
from graph.detect.shells.values import FAMILY, SharedValue, Values

Pair = tuple[str, str]


@dataclass(frozen=True)
class Weight:
    """One piece of evidence about a pair: for (bits > 0) or against, with what was seen and what chance gives.

    ``bits`` is log2 of its likelihood for one operator over that for two unrelated people; ``place_bits`` the same
    over two people who share a place (None: as for unrelated ones).
    """

    family: str
    measure: str
    bits: float
    observed: float | None
    expected: float | None
    detail: str
    records: tuple[str, ...] = ()
    place_bits: float | None = None


@dataclass(frozen=True)
class PairWeights:
    """All evidence about a pair; ``prior`` and ``place_prior`` are log2 prior odds against either alternative."""

    pair: Pair
    prior: float
    place_prior: float
    weights: tuple[Weight, ...]

    @property
    def against_strangers(self) -> float:
        """log2 odds of one operator over two unrelated people."""
        return self.prior + sum(weight.bits for weight in self.weights)

    @property
    def against_sharers(self) -> float:
        """log2 odds of one operator over two people who share a home, a school or a family account."""
        return self.place_prior + sum(
            weight.bits if weight.place_bits is None else weight.place_bits for weight in self.weights
        )

    @property
    def total(self) -> float:
        """log2 odds of one operator over both alternatives together."""
        low, high = sorted((self.against_strangers, self.against_sharers))
        return low - log2(1.0 + 2.0 ** max(-60.0, low - high))

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(sorted({weight.family for weight in self.weights if weight.bits > 0}))

    def bits_of(self, family: str) -> float:
        return sum(weight.bits for weight in self.weights if weight.family == family and weight.bits > 0)

    def independent(self, least: float) -> int:
        """How many families of evidence speak for the pair with at least so many bits."""
        return sum(self.bits_of(family) >= least for family in self.families)

    @property
    def against(self) -> float:
        return sum(weight.bits for weight in self.weights if weight.bits < 0)


def posterior(bits: float) -> float:
    """Probability from log2 odds."""
    return float(1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, bits))))


def prior_bits(accounts: int) -> float:
    """Log2 prior odds of one operator behind two accounts: one in ``accounts``, as if each had one companion."""
    return -log2(max(32, accounts))


def holders_of_place(shared: Sequence[SharedValue], parameters: ShellParameters) -> int:
    """How many accounts ever used the device, address or family account of most holders that the two share.

    Values held by more than ``most_holders`` (a carrier's addresses) are no place and not among ``shared``.
    """
    return max((value.ever for value in shared if value.kind in parameters.sharing), default=2)


def place_prior(holders: int, parameters: ShellParameters) -> float:
    """Log2 prior odds of one operator over two people who share a place.

    ``sharing_bits`` in a home; in a place of more people there are more pairs of which one is as likely as any other.
    """
    pairs, home = holders * (holders - 1), parameters.home_size * (parameters.home_size - 1)
    return parameters.sharing_bits - log2(max(1.0, pairs / home))


def shared_by_pair(values: Values) -> dict[Pair, list[SharedValue]]:
    """The shared values of each pair that shares one; linear in pairs, and no value gives more than most_holders²/2."""
    found: dict[Pair, list[SharedValue]] = {}
    for value in values.shared:
        holders = sorted(value.holders)
        for i, a in enumerate(holders):
            for b in holders[i + 1 :]:
                found.setdefault((a, b), []).append(value)
    return found


def value_weights(
    pair: Pair, shared: Sequence[SharedValue], values: Values, parameters: ShellParameters
) -> list[Weight]:
    """Agreement log2(m/u) by kind, the rarest value of each; disagreement log2((1-m)/(1-u)) where both have the kind.

    For things that people who share a place share (``parameters.sharing``), u of that alternative is its own.
    """
    rarest: dict[str, SharedValue] = {}
    for value in shared:
        kind = "address" if value.kind in ("ip", "host") else value.kind
        if kind not in rarest or (value.u, value.value, value.day) < (
            rarest[kind].u, rarest[kind].value, rarest[kind].day
        ):
            rarest[kind] = value
    bits = {kind: max(0.0, log2(parameters.m(kind) / value.u)) for kind, value in rarest.items()}
    place = parameters.sharing
    a, b = pair
    weights = [
        Weight(
            rarest[kind].family, f"same {kind}", bits[kind], float(len(rarest[kind].holders)), rarest[kind].u,
            f"{a} and {b} share {kind} {rarest[kind].value!r}{' on ' + rarest[kind].day if rarest[kind].day else ''}; "
            f"{len(rarest[kind].holders)} accounts have it then, u = {rarest[kind].u:.2g}, {bits[kind]:+.1f} bits",
            (rarest[kind].holders[a], rarest[kind].holders[b]),
            log2(parameters.m(kind) / place[kind]) if kind in place else None,
        )
        for kind in sorted(rarest)
    ]
    none = frozenset[str]()
    for kind in sorted(values.kinds.get(a, none) & values.kinds.get(b, none)):
        alike = kind == "name" and values.names[a] & values.names[b]  # a crowd's name: neither for nor against
        if kind not in rarest and not alike and not (kind in ("ip", "host") and "address" in rarest):
            weights.append(Weight(
                FAMILY.get(kind, kind), f"different {kind}", log2(1.0 - parameters.m(kind)), 0.0, parameters.m(kind),
                f"{a} and {b} each have a {kind}, but none in common",
                place_bits=log2((1.0 - parameters.m(kind)) / (1.0 - place[kind])) if kind in place else None,
            ))
    return weights


def behaviour_weights(pair: Pair, known: Known, parameters: ShellParameters, *, holders: int) -> list[Weight]:
    """Turns, registration, common targets; conversation and profile against.

    ``holders``: of the place the two share.  In one of more than ``home_size`` accounts lessons and shifts begin and
    end together: there a hand-over tells one operator from two people no longer.
    """
    return [
        *_turns(pair, known, parameters, institution=holders > parameters.home_size),
        *_birth(pair, known, parameters), *_targets(pair, known, parameters),
        *_talk(pair, known, parameters), *_profile(pair, known, parameters),
    ]


def _turns(pair: Pair, known: Known, parameters: ShellParameters, *, institution: bool) -> list[Weight]:
    a, b = (known.timelines.get(name) for name in pair)
    if a is None or b is None:
        return []
    seen = turns(a, b, handover_s=parameters.handover_s)
    if seen is None:
        return []
    most = parameters.most_turn_bits
    bits = surprise_bits(seen.handovers, seen.handovers_expected, most=most)
    elsewhere = surprise_bits(seen.handovers_elsewhere, seen.handovers_expected, most=most)
    apart = overlap_bits(
        seen.overlaps, seen.overlaps_expected, least=parameters.least_overlap_bits, most=parameters.most_behaviour_bits
    )
    found = []
    if bits > 0:
        found.append(Weight(
            "turns", "hand-overs", bits, float(seen.handovers), seen.handovers_expected,
            f"{seen.handovers} times one of {pair[0]} and {pair[1]} ended and the other began within "
            f"{parameters.handover_s} s, {seen.handovers_expected:.2g} by chance at their hours, {bits:+.1f} bits",
            seen.records, 0.0 if institution else elsewhere,  # on one device, people who share it hand over as well
        ))
    if apart:
        what = "never online together" if seen.overlaps == 0 else "online together on different devices"
        found.append(Weight(
            "turns", what, apart, float(seen.overlaps), seen.overlaps_expected,
            f"{pair[0]} and {pair[1]} were online at once on different devices {seen.overlaps} times, "
            f"{seen.overlaps_expected:.2g} expected of two people at their hours, {apart:+.1f} bits",
        ))
    return found


def _birth(pair: Pair, known: Known, parameters: ShellParameters) -> list[Weight]:
    a, b = (known.profiles.get(name) for name in pair)
    if a is None or b is None or a.created is None or b.created is None:
        return []
    gap = abs(a.created - b.created)
    if gap > parameters.burst_s:
        return []
    middle = (a.created + b.created) / 2
    near = int(
        np.searchsorted(known.births, middle + parameters.burst_s, side="right")
        - np.searchsorted(known.births, middle - parameters.burst_s, side="left")
    )
    u = min(1.0, near / len(known.births))
    bits = max(0.0, min(parameters.most_behaviour_bits, log2(parameters.m("other") / u)))
    return [Weight(
        "birth", "registered together", bits, gap, u,
        f"{pair[0]} and {pair[1]} were created {gap:.0f} s apart; {near} accounts were around then, u = {u:.2g}, "
        f"{bits:+.1f} bits",
        (a.record, b.record),
    )] if bits > 0 else []


def _targets(pair: Pair, known: Known, parameters: ShellParameters) -> list[Weight]:
    nobody: Mapping[str, str] = {}
    a, b = (known.reached.get(name, nobody) for name in pair)
    common = sorted((set(a) & set(b)) - set(pair))
    if len(common) < 2:
        return []
    expected = len(a) * len(b) * known.popularity
    most = parameters.most_behaviour_bits
    bits = surprise_bits(len(common), expected, most=most)
    place = surprise_bits(len(common), expected + parameters.shared_acquaintances, most=most)
    return [Weight(
        "targets", "common targets", bits, float(len(common)), expected,
        f"{pair[0]} and {pair[1]} both first wrote to {len(common)} of the same accounts, {expected:.2g} by chance, "
        f"{bits:+.1f} bits",
        tuple(record for target in common for record in (a[target], b[target])), place,
    )] if bits > 0 else []


def _talk(pair: Pair, known: Known, parameters: ShellParameters) -> list[Weight]:
    messages = known.talk.get(pair, 0)
    if messages < parameters.talk_messages:
        return []
    return [Weight(
        "talk", "conversation with each other", parameters.talk_bits, float(messages), None,
        f"{pair[0]} and {pair[1]} wrote at least {messages} private messages to each other each way, as two people do",
    )]


def _profile(pair: Pair, known: Known, parameters: ShellParameters) -> list[Weight]:
    a, b = (known.profiles.get(name) for name in pair)
    if a is None or b is None:
        return []
    found = []
    if a.gender and b.gender and a.gender != b.gender:
        found.append(Weight(
            "profile", "different declared gender", parameters.gender_bits, None, None,
            f"{pair[0]} declares {a.gender}, {pair[1]} {b.gender}",
        ))
    if a.age is not None and b.age is not None and abs(a.age - b.age) > parameters.age_years:
        found.append(Weight(
            "profile", "different declared ages", parameters.age_bits, float(abs(a.age - b.age)), None,
            f"{pair[0]} declares {a.age}, {pair[1]} {b.age}",
        ))
    return found

"""What do common and differing values say?  Agreement log2(m/u), disagreement log2((1-m)/(1-u)), kind by kind."""

from collections.abc import Mapping
from functools import cache, cached_property

from graph.detect.shells.names_worn import Names
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.values import FAMILY, SharedValue
from graph.detect.shells.weight import Weight
from graph.linkage.bits import agreement_bits, disagreement_bits

Numbers = tuple[int, int]
_NONE = frozenset[str]()
_OF_A_PLATFORM = frozenset({"device", "cookie"})  # each platform gives its own: that they differ says nothing


class ValueWeights:
    """The weights of what pairs have in common; for what people who share a place share, u of that alternative is its
    own (``parameters.sharing``).

    On a common device a common cookie or browser is no news, nor on different devices a different one.
    """

    def __init__(self, kinds: Mapping[int, frozenset[str]], names: Names, parameters: ShellParameters) -> None:
        self._kinds, self._names, self._parameters = kinds, names, parameters
        self._differing = cache(self._differ)

    def of(self, pair: Numbers, shared: Mapping[str, SharedValue], *, across: bool) -> tuple[Weight, ...]:
        """Agreements first, then disagreements, then the names."""
        alike = [
            weight for kind, value in shared.items()
            if (weight := self._agree(kind, value, across=across, device="device" in shared)) is not None
        ]
        both = self._kinds.get(pair[0], _NONE) & self._kinds.get(pair[1], _NONE)
        if across:
            both -= _OF_A_PLATFORM
        return (*alike, *self._differing(both, frozenset(shared)), *self._name(pair))

    def _agree(self, kind: str, value: SharedValue, *, across: bool, device: bool) -> Weight | None:
        parameters = self._parameters
        m = parameters.email_across if kind == "email" and across else parameters.m(kind)
        u, coincidence = value.u, parameters.coincidence.get(kind)
        if coincidence is not None:
            u *= coincidence / (value.ever - 1)  # a ring with one number does not make numbers common
        bits = max(0.0, agreement_bits(m, u))
        sharing = parameters.sharing.get(kind)
        at_place = bits if sharing is None else agreement_bits(m, sharing)
        if kind == "cookie" and device:
            bits = min(bits, max(0.0, at_place))
        if kind == "agent" and (device or bits <= 0.0):
            return None
        return Weight(FAMILY.get(kind, kind), f"same {kind}", bits, at_place, value.holders, u, value)

    def _differ(self, both: frozenset[str], shared: frozenset[str]) -> tuple[Weight, ...]:
        """The kinds that both accounts have without a value in common."""
        found = []
        for kind in sorted(both - shared - {"agent"}):
            if (kind == "cookie" and "device" not in shared) or (kind in ("ip", "host") and "address" in shared):
                continue
            m, sharing = self._parameters.m(kind), self._parameters.sharing.get(kind)
            bits = disagreement_bits(m)
            at_place = bits if sharing is None else disagreement_bits(m, sharing)
            found.append(Weight(FAMILY.get(kind, kind), f"different {kind}", bits, at_place, 0, m, kind))
        return tuple(found)

    def _name(self, pair: Numbers) -> tuple[Weight, ...]:
        """The rarest common name, with its number or without, and whether the one is the other dressed up."""
        found, m = self._names.likeness(*pair), self._parameters.m("name")
        if found is not None:
            bits = min(self._parameters.most_name_bits, agreement_bits(m, found.u)) + self._dress(found.dressed)
            return (Weight("name", "same name", bits, bits, None, found.u, found),) if bits > 0 else ()
        if pair[0] in self._names.worn and pair[1] in self._names.worn:
            return (self._different_name,)
        return ()

    def _dress(self, dressed: bool) -> float:
        m, u = self._parameters.dressed, self._names.dressing
        return agreement_bits(m, u) if dressed else disagreement_bits(m, u)

    @cached_property
    def _different_name(self) -> Weight:
        m = self._parameters.m("name")
        bits = disagreement_bits(m)
        return Weight("name", "different name", bits, bits, 0, m, "name")

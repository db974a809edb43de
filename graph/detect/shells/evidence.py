"""What is known of all pairs that share a mark, and what does it say of one of them?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import ibis
import numpy as np

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.shells.conduct import Conduct, Uses, part_following, read_conduct, read_periods, read_uses
from graph.detect.shells.contacts import Contacts, Numbers, read_contacts
from graph.detect.shells.homes import names_at_home, operator_bits
from graph.detect.shells.logins import Logins, read_logins, read_spans, read_visits
from graph.detect.shells.marks import Marks, SharedMark, read_marks
from graph.detect.shells.model import PairWeights, Tie, Weight, home_bits, is_private, mark_weights, prior_bits
from graph.detect.shells.names import Names, read_names
from graph.detect.shells.null import (
    device_weights,
    name_weights,
    succession_weights,
    talk_weights,
    target_weights,
    turn_weights,
)
from graph.detect.shells.parameters import ShellParameters

_NOTHING: Mapping[str, SharedMark] = {}
_NONE = frozenset[str]()
_OF_HOMES = ("device", "cookie", "address", "payment", "phone", "ip", "host")
_DIFFERING = ("address", "device")
_PLACES = frozenset({"address", "line", "ip", "host"})


@dataclass(frozen=True)
class Evidence:
    """``shared``: by pair of numbers the rarest common mark of each kind; pairs of common names are among its keys.

    ``beside``: pairs that share none, looked at because others tie them.  ``placed``: pairs that had a private
    address each on one day.  ``visits``, ``periods``: engine tables.  ``names_at_home``: how often two people
    of one home have names alike; ``operators``: bits that the platform's own pairs take from the prior over a home;
    ``weighed``: pairs that were weighed to find them.
    """

    logins: Logins
    names: Names
    shared: Mapping[Numbers, Mapping[str, SharedMark]]
    homes: frozenset[Numbers]
    kinds: Mapping[int, frozenset[str]]
    placed: frozenset[Numbers]
    conduct: Mapping[Numbers, Conduct]
    uses: Uses
    contacts: Contacts
    profiles: Mapping[int, str]
    roles: Mapping[int, str]
    marks: Marks
    parameters: ShellParameters
    visits: Any
    periods: Any
    beside: frozenset[Numbers] = frozenset()
    names_at_home: float = 0.0
    operators: float = 0.0
    weighed: Mapping[Numbers, PairWeights] = field(default_factory=dict)

    @cached_property
    def prior(self) -> float:
        return prior_bits(len(self.logins.names), self.parameters)

    @cached_property
    def alike(self) -> int:
        """How many pairs share a mark that no more accounts ever held than a home."""
        few = self.parameters.private_holders
        return sum(any(mark.ever <= few for mark in shared.values()) for shared in self.shared.values())

    @cached_property
    def lines(self) -> float:
        """Others with whom an account has had a private address in common on different days only, on average: many
        where lines are given new addresses."""
        apart = sum("address" not in self.shared.get(pair, _NOTHING) for pair in self.homes)
        return 2 * apart / max(1, len(self.logins.names))

    @cached_property
    def nothing(self) -> Tie:
        """The tie of two accounts of which nothing is known."""
        return PairWeights(("", ""), self.prior, self.parameters.apart_bits, ()).tie(self.parameters)

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        return tuple(name.partition(":")[0] for name in self.logins.names)

    def bare(self, pair: Numbers) -> bool:
        """One kind of mark, no private one, and nothing else in common: nothing that could make it a second family."""
        shared, seen = self.shared[pair], self.conduct.get(pair)
        return (
            len(shared) < 2 and not self.private(pair)
            and (seen is None or not seen.handovers) and pair not in self.contacts.company
            and not (shared and self.names.likeness(*pair))
        )

    def weigh(self, pair: Numbers) -> PairWeights:
        """All that speaks for and against one operator behind two accounts."""
        if (known := self.weighed.get(pair)) is not None:
            return known
        parameters, shared = self.parameters, self.shared.get(pair, _NOTHING)
        seen, talk = self.conduct.get(pair), self._messages(pair)
        holders = _fewest_holders(shared) or 2
        crowd = holders > parameters.private_holders
        accounts = len(self.logins.names)
        weights = mark_weights(shared.values(), accounts, parameters, alike=self.alike, lines=self.lines)
        private = self.private(pair)
        if parameters.uses("differing") and not private:
            weights += self._differing(pair, shared)
        task = self.task(pair)
        if parameters.uses("names") and not task:
            weights += name_weights(
                pair, self.names, parameters, private=private, alike=self.alike, at_home=self.names_at_home
            )
        if parameters.uses("devices") and "device" in shared:
            weights += device_weights(pair, shared["device"], self.uses, parameters)
        if parameters.uses("devices") and (private or pair in self.homes):
            weights += succession_weights(pair, self.uses, parameters, device="device" in shared)
        if seen is not None:
            place = not _PLACES.isdisjoint(shared)
            weights += turn_weights(
                seen, parameters, device="device" in shared, place=place, crowd=crowd, talking=talk > 0,
                tied=bool(shared),
            )
        if parameters.uses("targets") and not task:
            weights += target_weights(pair, self.contacts, parameters)
        if parameters.uses("talk"):
            weights += talk_weights(talk, parameters)
        home = not _PLACES.isdisjoint(shared) or pair in self.homes
        apart = not home and not _PLACES.isdisjoint(self._both(pair)) and "device" not in shared
        met = self._talk(pair) or self._at_once(pair)
        at_home = home_bits(holders, parameters, home=home or (met and not apart), apart=apart)
        return PairWeights(
            (self.logins.names[pair[0]], self.logins.names[pair[1]]), self.prior, at_home + self.operators,
            tuple(weights), private,
        )

    def private(self, pair: Numbers) -> bool:
        """Whether the two share a mark given to one holder by design."""
        return any(is_private(mark, self.parameters) for mark in self.shared.get(pair, _NOTHING).values())

    def task(self, pair: Numbers) -> bool:
        """Whether both have a role other than member and no private mark in common: whom they write to first, and how
        they are named, is their task's."""
        return pair[0] in self.roles and pair[1] in self.roles and not self.private(pair)

    def two_of_a_home(self, pair: Numbers) -> bool:
        """The two share a mark of few and do what two people do; who was there at once without a device may be one
        person cut off."""
        few = 0 < _fewest_holders(self.shared[pair]) <= self.parameters.private_holders
        return few and (self._talk(pair) or (self._at_once(pair) and "device" in self._both(pair)))

    def _messages(self, pair: Numbers) -> int:
        """Private messages each way; none where the one was gone before the other came, who wrote past each other."""
        return 0 if self.uses.follow(*pair) else self.contacts.talk.get(pair, 0)

    def _talk(self, pair: Numbers) -> bool:
        return self._messages(pair) >= self.parameters.talk_messages

    def _at_once(self, pair: Numbers) -> bool:
        """Whether the two were there at once, not known to be on one device, more often than by a slip."""
        seen = self.conduct.get(pair)
        return seen is not None and seen.overlaps > 1

    def known(self, pair: Numbers) -> bool:
        """The two share a mark, or what they did speaks against one operator."""
        if pair in self.shared:
            return True
        return pair in self.beside and any(
            weight.strangers < 0 and weight.family in ("turns", "talk") for weight in self.weigh(pair).weights
        )

    def _both(self, pair: Numbers) -> frozenset[str]:
        """Kinds of things that both have; addresses where both had one on one day, since homes are given new ones."""
        both = self.kinds.get(pair[0], _NONE) & self.kinds.get(pair[1], _NONE)
        return both | {"address"} if pair in self.placed else both

    def _differing(self, pair: Numbers, shared: Mapping[str, SharedMark]) -> list[Weight]:
        """Both have a device, or an address, and none in common; each platform gives devices of its own."""
        both = self._both(pair) - ({"address"} if "line" in shared else _NONE)
        if self.platforms[pair[0]] != self.platforms[pair[1]]:
            both -= {"device"}
        bits = self.parameters.differing_bits
        return [
            Weight(f"different_{kind}", kind, bits, bits, 0, None, kind)
            for kind in _DIFFERING if kind in both and kind not in shared
        ]


def _fewest_holders(shared: Mapping[str, SharedMark]) -> int:
    """Accounts that ever held the rarest thing of a home that two share; 0 where they share none."""
    return min((mark.ever for kind, mark in shared.items() if kind in _OF_HOMES), default=0)


def read_evidence(context: DetectionContext, parameters: ShellParameters) -> Evidence:
    """Compare the pairs which share a device, an address on a day, an identifier or a name."""
    logins = read_logins(context)
    names = read_names(context, logins, parameters)
    marks = read_marks(context, logins, names, parameters)
    shared: dict[Numbers, dict[str, SharedMark]] = {}
    named: set[Numbers] = set()
    for a, b, *mark in context.rows(marks.shared):
        found = shared.setdefault((a, b), {})
        if mark[0] in ("name", "stem"):
            named.add((a, b))
        else:
            found[mark[0]] = SharedMark(*mark)
    pairs = context.kept("shells.pairs", lambda: marks.shared.select("a", "b").distinct(), by=parameters)
    members = context.kept("shells.members", lambda: ibis.union(
        pairs.select(who="a"), pairs.select(who="b"), distinct=True
    ), by=parameters)
    visits = read_visits(context, logins, members, parameters)
    periods = read_periods(context, pairs, visits, parameters)
    uses = read_uses(context, visits, marks.devices, marks.several, accounts=len(logins.names))
    uses = replace(uses, following=part_following(read_spans(context, logins)))
    # where accounts follow each other by custom, as where few visits are seen, an address of other days tells nothing
    for pair, found in [item for item in shared.items() if "line" in item[1]]:
        if "address" in found or 2.0 * uses.following > parameters.succession:
            del found["line"]
            if not found and pair not in named:
                del shared[pair]
    conduct = read_conduct(context, periods, visits, uses, parameters)
    kinds: dict[int, frozenset[str]] = {}
    wanted = marks.kinds.filter(marks.kinds.kind.isin(["device", *sorted(_PLACES)])).semi_join(members, "who")
    for kind, who in context.rows(wanted.select("kind", "who")):
        kinds[who] = kinds.get(who, _NONE) | {kind}
    evidence = Evidence(
        logins, names, shared, frozenset(context.rows(marks.homes)), kinds,
        _active_on_one_day(context, pairs, marks.days), conduct, uses, read_contacts(context, logins, pairs, members),
        _profiles(context, logins, members), _roles(context, logins, members), marks, parameters, visits, periods,
    )
    homes = [names.likeness(*pair) is not None for pair in shared if evidence.two_of_a_home(pair)]
    evidence = replace(evidence, names_at_home=names_at_home(homes, parameters))
    weighed = {pair: evidence.weigh(pair) for pair in shared if evidence.private(pair)}
    bits = operator_bits([found.over_home for found in weighed.values()], parameters)
    raised = {pair: replace(found, home_prior=found.home_prior + bits) for pair, found in weighed.items()}
    return replace(evidence, operators=bits, weighed=raised)


def with_beside(context: DetectionContext, evidence: Evidence, beside: Collection[Numbers]) -> Evidence:
    """The evidence, with what is known of pairs that share no mark: their conduct, company and talk."""
    if not beside:
        return evidence
    ordered, parameters = sorted(beside), evidence.parameters
    a, b = np.array(ordered, dtype=np.int64).T
    pairs = context.kept("shells.beside", lambda: listed(a=a, b=b), by=parameters)
    periods = read_periods(context, pairs, evidence.visits, parameters, name="periods_beside")
    conduct = read_conduct(context, periods, evidence.visits, evidence.uses, parameters)
    return replace(
        evidence, conduct={**evidence.conduct, **conduct},
        placed=evidence.placed | _active_on_one_day(context, pairs, evidence.marks.days),
        contacts=read_contacts(context, evidence.logins, pairs, pairs.select(who="a"), evidence.contacts),
        periods=ibis.union(evidence.periods, periods), beside=frozenset(beside), weighed={},
    )


def _active_on_one_day(context: DetectionContext, pairs: Any, days: Any) -> frozenset[Numbers]:
    # looked up, not joined: a planner may join everybody's days with everybody's first, which no memory holds
    placed = pairs.join(days.rename(a="who"), "a").semi_join(days.rename(b="who"), ["b", "day"])
    return frozenset(context.rows(placed.select("a", "b").distinct()))


def _profiles(context: DetectionContext, logins: Logins, members: Any) -> dict[int, str]:
    accounts = context.table("accounts").join(logins.accounts.semi_join(members, "who"), "account")
    first = accounts.group_by("who").agg(record=accounts.record_id.min())
    return {who: f"accounts:{record}" for who, record in context.rows(first)}


def _roles(context: DetectionContext, logins: Logins, members: Any) -> dict[int, str]:
    accounts = logins.accounts.semi_join(members, "who")
    return dict(context.rows(context.roles.join(accounts, "account").select("who", "role")))

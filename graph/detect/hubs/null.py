"""How do people of each age live here?"""

from dataclasses import dataclass, replace

import numpy as np

from graph.detect.arrays import Floats, Ints
from graph.detect.hubs.ages import AgeGroups, affinity
from graph.detect.hubs.conduct import Conduct
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats
from graph.detect.statistics import moment_dispersion

_NARROW = 0.02  # intra-class correlation, at least
_FURTHER = 0.5  # minors among those of a stated age, beside those of the group below
_FEWEST = 5e-3  # chance that two know each other, at least


def stated_ages(chats: Chats, groups: AgeGroups, parameters: HubParameters) -> Floats:
    """log P(own age group | what is stated), a row an account.

    A share of ``lies`` of the stated ages says nothing; where nothing is stated, the platform's mix of ages.  Minors
    who raise their age seldom raise it far: they are half as many for every group beyond just of age.  Who gives a
    minor's age and one beyond just of age is as likely of the one as of the other.
    """
    mix = _mix(chats, groups)
    prior = _believed(chats.stated, mix, groups, parameters)
    two = np.flatnonzero((chats.stated < groups.minors) & (chats.claimed < groups.unknown))
    prior[two] = (prior[two] + _believed(chats.claimed[two], mix, groups, parameters)) / 2.0
    return np.asarray(np.log(prior), dtype=np.float64)


def _believed(stated: Ints, mix: Floats, groups: AgeGroups, parameters: HubParameters) -> Floats:
    """P(own age group | stated group), a row each; ``mix``: the platform's."""
    prior = np.where((stated == groups.unknown)[:, None], mix, parameters.lies * mix)
    known = np.flatnonzero(stated < groups.unknown)
    prior[known, stated[known]] += 1.0 - parameters.lies
    further = np.flatnonzero((stated > groups.minors) & (stated < groups.unknown))
    beyond = stated[further]
    fewer = prior[further, : groups.minors] * (1.0 - _FURTHER ** (beyond - groups.minors))[:, None]
    prior[further, : groups.minors] -= fewer
    prior[further, beyond] += fewer.sum(axis=1)
    barely = np.flatnonzero(stated == groups.minors)  # children who say they are of age say they are just so
    grown = prior[barely][:, groups.minors :].sum(axis=1, keepdims=True)
    prior[barely] *= (1.0 - parameters.raised_ages) / grown
    prior[barely, : groups.minors] = parameters.raised_ages * mix[: groups.minors] / mix[: groups.minors].sum()
    return prior


@dataclass(frozen=True)
class Life:
    """Ordinary life of the tested accounts, were they of each group (second axis; the last: of unknown age).

    ``chosen``: chances of the groups among those it wrote to; ``writers``: among those who wrote to it; ``circles``:
    how likely two minors to whom one account wrote know each other; ``begun``: the share of chats begun,
    around which accounts scatter by ``begun_apart`` (intra-class correlation); ``reported``: reports a contact;
    ``people``: shares of the known groups among those whose age is stated.
    """

    chosen: Floats
    writers: Floats
    circles: float
    begun: float
    begun_apart: float
    reported: float
    people: Floats

    def take(self, rows: Ints) -> "Life":
        """That of the accounts of these rows."""
        return replace(self, chosen=self.chosen[rows], writers=self.writers[rows])

    def minors(self, groups: AgeGroups) -> Floats:
        """The share of minors among those an account writes to, were it of each group; inside (0, 1)."""
        return np.asarray(np.clip(self.chosen[:, :, : groups.minors].sum(axis=2), 1e-3, 1.0 - 1e-3), dtype=np.float64)


def ordinary_life(
    chats: Chats, conduct: Conduct, ordinary: Floats, groups: AgeGroups, parameters: HubParameters
) -> Life:
    """What the platform tells, every account by how far it lives so (``ordinary``, by account number)."""
    tested, plain = conduct.number, ~chats.role[chats.account]
    votes = ordinary[chats.account] * plain
    cap = parameters.contacts_cap
    sent, back = affinities(chats, votes, cap)
    place = np.full(chats.size, -1, dtype=np.int64)
    place[tested] = np.arange(len(tested))
    chosen = _means(chats.there, place[chats.account], sent, len(tested), groups)
    writers = _means(chats.around[plain], place[chats.other[plain]], back, len(tested), groups)
    say = ordinary[tested] * ~conduct.role
    seen = say * np.minimum(1.0, cap / np.maximum(conduct.looked, 1.0))
    circles = float((seen * conduct.closed).sum()) / max(float((seen * conduct.looked).sum()), 1e-9)
    circles = min(max(circles, _FEWEST), 0.5)
    both = conduct.contacts + conduct.came
    weight = say * np.minimum(1.0, cap / np.maximum(both, 1.0))
    begun = float((weight * conduct.contacts).sum()) / max(float((weight * both).sum()), 1e-9)
    begun = min(max(begun, 0.05), 0.95)
    begun_apart = moment_dispersion(conduct.contacts, both, np.full(len(both), begun), say)
    reported = float((say * conduct.reports).sum() + 0.5) / float((say * conduct.contacts).sum() + 100.0)
    return Life(
        chosen=chosen, writers=writers, circles=circles, begun=begun, begun_apart=max(begun_apart, _NARROW),
        reported=min(reported, 1.0), people=_mix(chats, groups),
    )


def _mix(chats: Chats, groups: AgeGroups) -> Floats:
    """Shares of the groups among those whose age is stated."""
    people = np.bincount(chats.stated, minlength=groups.size)[: groups.known] + 1.0
    return np.asarray(people / people.sum(), dtype=np.float64)


def affinities(chats: Chats, votes: Floats, cap: float) -> tuple[Floats, Floats]:
    """Which groups choose which, and which are written to by which (``ages.affinity``).

    Every contact counts by its ``votes``, and an account's for ``cap`` of them at most.
    """
    sent, got = (np.minimum(1.0, cap / np.maximum(chats.sums(who), 1.0))[who] * votes
                 for who in (chats.account, chats.other))
    return (
        affinity(chats.there, chats.stated[chats.account], chats.group, sent),
        affinity(chats.around, chats.stated[chats.other], chats.own_group, got),
    )


def _means(there: Floats, owner: Ints, factors: Floats, accounts: int, groups: AgeGroups) -> Floats:
    """Chances of the known groups, means over each owner's contacts: account, own group, group."""
    rows, known = np.flatnonzero(owner >= 0), groups.known
    offered, owner = np.ascontiguousarray(there[rows, :known].T), owner[rows]  # by columns: thrice as fast
    count = np.bincount(owner, minlength=accounts)
    found = np.full((accounts, groups.size, known), 1.0 / known)
    for group in range(groups.size):
        each = offered * factors[group, :known, None]
        each /= each.sum(axis=0)
        for column in range(known):
            sums = np.bincount(owner, weights=each[column], minlength=accounts)
            found[:, group, column] = np.where(count > 0, sums / np.maximum(count, 1), 1.0 / known)
    return found

"""Of what age is somebody of whom none is known?  Of that stated later, else of that which its other contacts tell.

Who passed for an adult and said before the end of the chat to be a minor counts as one.

People choose each other by age, as far as those here do who state theirs (``ages.affinity``): each contact tells of
both sides.  Of a contact that is judged its own two sides tell nothing of each other.
"""

from dataclasses import replace

import numpy as np
from scipy.special import logsumexp

from graph.detect.arrays import Floats, Ints
from graph.detect.hubs.ages import AgeGroups
from graph.detect.hubs.null import affinities
from graph.detect.hubs.parameters import HubParameters
from graph.detect.hubs.people import Chats


def with_inferred(chats: Chats, groups: AgeGroups, parameters: HubParameters) -> Chats:
    """The chats with a group on sides of unknown age: that stated later, or the likeliest of minors or of adults where
    these are at least ``parameters.likely_age`` likely; who has a role tells of nobody."""
    unknown = groups.unknown
    group = np.where(chats.group == unknown, chats.stated[chats.other], chats.group)
    known = replace(
        chats, group=np.where((chats.told < groups.minors) & (group >= groups.minors), chats.told, group),
        own_group=np.where(chats.own_group == unknown, chats.stated[chats.account], chats.own_group),
    )
    plain = (~(chats.role[chats.account] | chats.role[chats.other])).astype(np.float64)
    chosen, back = affinities(known, plain, parameters.contacts_cap)
    of_account = _age_log_likelihoods(known.there, chosen, known.group, groups) * plain[:, None]
    of_other = _age_log_likelihoods(known.around, back, known.own_group, groups) * plain[:, None]
    people = np.bincount(known.stated, minlength=groups.size)[: groups.known] + 1.0
    posterior = np.log(people / people.sum()) + np.stack([
        known.sums(known.account, of_account[:, group]) + known.sums(known.other, of_other[:, group])
        for group in range(groups.known)
    ], axis=1)

    def filled(group: Ints, whose: Ints, own: Floats) -> Ints:
        rows = np.flatnonzero(group == unknown)
        found = group.copy()
        found[rows] = _sure_group(posterior[whose[rows]] - own[rows], groups, parameters.likely_age)
        return found

    return replace(
        known, group=filled(known.group, known.other, of_other),
        own_group=filled(known.own_group, known.account, of_account),
    )


def _age_log_likelihoods(opportunity: Floats, factors: Floats, other: Ints, groups: AgeGroups) -> Floats:
    """By contact what the group of the ``other`` side tells of one's own: log P by own group, up to a constant."""
    known = groups.known
    offered = np.einsum("ij,kj->ik", opportunity[:, :known], factors[:known, :known])
    logs = np.log(factors[:known].T)[np.minimum(other, known - 1)] - np.log(offered)
    return np.where((other < known)[:, None], logs, 0.0)


def _sure_group(logs: Floats, groups: AgeGroups, least: float) -> Ints:
    """The likeliest group of the side, minors or adults, that is so likely; else the unknown one."""
    odds = np.exp(logs - logsumexp(logs, axis=1, keepdims=True))
    young, minors = odds[:, : groups.minors].sum(axis=1), logs[:, : groups.minors].argmax(axis=1)
    adults = groups.minors + logs[:, groups.minors :].argmax(axis=1)
    return np.where(young >= least, minors, np.where(1.0 - young >= least, adults, groups.unknown)).astype(np.int64)

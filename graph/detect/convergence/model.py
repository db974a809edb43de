"""Did adults converge on somebody within some window?  A mixture likelihood ratio, scanned over windows of all lengths.

Null: a target's first contacts come by its own openness.  Alternative: beside these a component of adults only, drawn
evenly from all accounts, within one window.  Source of scans: Kulldorff 1997, Communications in Statistics 26:1481.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.detect.arrays import Floats, Ints
from graph.detect.convergence.contacts import ADULT, HOUR, UNKNOWN, YOUNG, Contacts
from graph.detect.convergence.days import HALF_DAY
from graph.detect.convergence.null import Null, age_of, time_line
from graph.detect.convergence.parameters import ConvergenceParameters

CHUNK = 200_000  # windows weighed at a time
MIXED = (0.5, 0.8, 1.0)  # of the share of contacts inside that adults or unknown hold: the component's share
MOST = 0.97
OTHER = 4.0  # nats: that so many come to somebody who is no minor has more harmless causes
UNLIKE = 2.0  # shape of a gamma distribution: how unlike targets are in what they receive
AWAY = 15.0  # hours at the usual rate beside a target's own


@dataclass(frozen=True)
class Windows:
    """Windows, one a row: target, places of its first contact and after its last, evidence in nats.

    ``length``: place in the lengths; the one after the last is all the time.  ``expected``: adults expected inside (on
    who is no minor: all but minors), by what comes to the target outside, from peers, at its hours, and to others.
    """

    target: Ints
    first: Ints
    after: Ints
    length: Ints
    evidence: Floats
    expected: Floats

    def take(self, rows: Ints) -> "Windows":
        return Windows(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def best_windows(contacts: Contacts, null: Null, parameters: ConvergenceParameters) -> tuple[Windows, int]:
    """The window of most evidence for each target that has one, and how many targets had contacts enough."""
    scan = _Scan(contacts, null, parameters)
    found = [scan.weighed(*part, length) for length in range(len(scan.lengths) + 1) for part in scan.windows(length)]
    every = Windows(*(np.concatenate([getattr(w, name) for w in found]) for name in Windows.__dataclass_fields__))
    order = np.lexsort((every.first, every.length, -every.evidence, every.target))
    best = order[np.flatnonzero(np.diff(every.target[order], prepend=-1))]
    enough = np.bincount(contacts.target[scan.eligible]) >= parameters.min_members
    return every.take(best[every.evidence[best] > 0.0]), int(enough.sum())


class _Scan:
    """Counts that all windows are looked up in: cumulated over contacts, so that a window costs a difference."""

    def __init__(self, contacts: Contacts, null: Null, parameters: ConvergenceParameters) -> None:
        self.contacts, self.null, self.parameters = contacts, null, parameters
        self.lengths = np.array(parameters.windows_hours, dtype=np.int64) * HOUR
        self.eligible = contacts.side != YOUNG
        self.line, self.span = time_line(contacts)
        self.age = age_of(contacts)
        people = len(contacts.people)
        self.size = np.bincount(contacts.target, minlength=people)
        self.begins = np.concatenate([[0], np.cumsum(self.size)])
        self.usual_size = self._usual_size()
        self.count = _cumulated(self.eligible)
        self.young, self.adult = _cumulated(contacts.side == YOUNG), _cumulated(contacts.side == ADULT)
        self.by_level = self._by_level(null.level, null.rarity)
        self.by_day_level = self._by_level(null.day_level, null.day_rarity)
        self.presence = _presence_line(contacts)
        # people of no plan who are as seldom seen as her adults: she is open to strangers
        young = contacts.side == YOUNG
        drawn = np.bincount(contacts.target[young], weights=null.rarity[null.level[young]], minlength=people)
        peers = parameters.peers if "peers" in parameters.parts else 1e9
        self.open = np.maximum((peers + drawn) / (peers + np.bincount(contacts.target[young], minlength=people)), 1.0)
        self.everybody = np.sort(contacts.at)

    def _by_level(self, level: Ints, rarity: Floats) -> list[list[tuple[float, Ints]]]:
        """By side (adults, unknown) and level its rarity and the contacts, cumulated."""
        side = self.contacts.side
        return [
            [(rare, _cumulated((side == one) & (level == at))) for at, rare in enumerate(rarity.tolist())]
            for one in (ADULT, UNKNOWN)
        ]

    def _usual_size(self) -> Floats:
        """By account the first contacts that targets of its side (minor, adult, unknown) receive on average."""
        side = np.full(len(self.size), UNKNOWN)
        side[self.contacts.target] = self.contacts.target_side
        targets, received = (np.bincount(side, weights=of, minlength=3) for of in (self.size > 0, self.size))
        mean = received / np.maximum(targets, 1.0)
        return np.asarray(mean[side], dtype=np.float64)

    def windows(self, length: int) -> list[tuple[Ints, Ints]]:
        """First contact and end of every window of that length with members enough."""
        contacts, whole = self.contacts, length == len(self.lengths)
        if whole:
            first = self.begins[:-1][self.size > 0]
            after = self.begins[contacts.target[first] + 1]
        else:
            reach = min(int(self.lengths[length]), self.span)
            first = np.flatnonzero(self.eligible)
            after = np.searchsorted(self.line, self.line[first] + reach, side="right")
        keep = self._enough(first, after, length)
        first, after = first[keep].astype(np.int64), after[keep].astype(np.int64)
        return [
            (first[part], after[part])
            for part in np.array_split(np.arange(len(first)), len(first) // CHUNK + 1)
        ]

    def _enough(self, first: Ints, after: Ints, length: int) -> NDArray[np.bool_]:
        """Whether members may be enough: adults, and others by the share of adults; on who is no minor, a rush."""
        rush = self._rush(first, after, length)
        adults = self.adult[after] - self.adult[first]
        unknown = self.count[after] - self.count[first] - adults
        side = self.contacts.target_side[first]
        aimed = (side == YOUNG) | ((side == UNKNOWN) & bool((self.contacts.target_side == YOUNG).any()))
        return np.asarray(rush | aimed & (adults + unknown * self.null.adults[first] >= self.parameters.min_members))

    def _rush(self, first: Ints, after: Ints, length: int) -> NDArray[np.bool_]:
        """So many within hours that it would be a lead whoever the target is."""
        if length == len(self.lengths) or self.lengths[length] > self.parameters.rush_hours * HOUR:
            return np.zeros(len(first), dtype=np.bool_)
        return np.asarray(self.count[after] - self.count[first] >= self.parameters.rush_members)

    def weighed(self, first: Ints, after: Ints, length: int) -> Windows:
        """The evidence of windows (nats)."""
        contacts, null = self.contacts, self.null
        target = contacts.target[first]
        size = self.size[target].astype(np.float64)
        begin, end = self.begins[target], self.begins[target + 1]
        inside = (self.count[after] - self.count[first]).astype(np.float64)
        share = self._usual(first, after, length)
        adults, young = (whole[after] - whole[first] for whole in (self.adult, self.young))
        adults_out = self.adult[end] - self.adult[begin] - adults
        young_all = self.young[end] - self.young[begin]
        weight = 1.0 / null.dispersion - 1.0
        adult = (weight * null.adults[first] + adults_out) / (weight + adults_out + young_all - young)
        ratio = 1.0 / (share * self.open[target])
        mixed = [np.minimum(part * inside / size, MOST) for part in MIXED]
        values = [(size - inside) * np.log1p(-part) for part in mixed]
        days = length == len(self.lengths) or self.lengths[length] > 2 * HALF_DAY
        for counts, odds in zip(self.by_day_level if days else self.by_level, (ratio / adult, ratio), strict=True):
            for rarity, cumulated in counts:
                came = cumulated[after] - cumulated[first]
                some = np.flatnonzero(came)  # few levels of activity have anybody in a window
                times, beyond = came[some], rarity * odds[some] - 1.0
                for value, part in zip(values, mixed, strict=True):
                    value[some] += times * np.log1p(part[some] * beyond)
        best = np.max([
            (value - null.opened[target]) / (1.0 + np.maximum(part * size - 1.0, 0.0) * null.dispersion)
            for value, part in zip(values, mixed, strict=True)
        ], axis=0)
        unsure = (contacts.target_side[first] == UNKNOWN) & ~self._rush(first, after, length)
        if unsure.any():
            # that it is no minor would explain the adults inside as well
            odds = null.minor_odds[target] + (null.by_young * young_all + null.by_adult * (adults + adults_out)) / (
                1.0 + size * null.dispersion
            )
            best -= np.where(unsure, np.logaddexp(0.0, -odds), 0.0)
        best -= np.where((contacts.target_side[first] != YOUNG) & ~unsure, OTHER, 0.0)
        known = (adults + young) / np.maximum(after - first, 1)
        # all she would receive, by what came beside the others inside, of as many as targets here usually receive
        total = (UNLIKE + size - inside) / (
            UNLIKE / self.usual_size[target] + 1.0 - share + share * (1.0 - adult) * known
        )
        counted = np.where(contacts.target_side[first] == YOUNG, adult * known, 1.0 - (1.0 - adult) * known)
        return Windows(target, first, after, np.full(len(first), length), best, share * total * counted)

    def _usual(self, first: Ints, after: Ints, length: int) -> Floats:
        """The share of a target's contacts that is usual within each window.

        The most of: how contacts clump at that age on the platform, or the share of all that was written then, beside
        the young who came; and the hours she was there.
        """
        if length == len(self.lengths):
            return np.ones(len(first))
        contacts, parts = self.contacts, self.parameters.parts
        target, at, reach = contacts.target[first], contacts.at[first], int(self.lengths[length])
        written, after_it = (np.searchsorted(self.everybody, moment) for moment in (at, at + reach))
        left = len(contacts) - np.searchsorted(self.everybody, contacts.appeared[target])
        share = np.maximum(self.null.clumping[length, self.age[first]], (after_it - written) / np.maximum(left, 1))
        share = np.minimum(share, 1.0)
        begin, end = self.begins[target], self.begins[target + 1]
        if "peers" in parts:
            peers, weight = self.young[end] - self.young[begin], self.parameters.peers
            share = (weight * share + self.young[after] - self.young[first]) / (weight + peers)
        if "presence" in parts:
            share = np.maximum(share, self._present(target, at, reach, share))
        return np.asarray(np.minimum(share, 1.0), dtype=np.float64)

    def _present(self, target: Ints, at: Ints, reach: int, share: Floats) -> Floats:
        """The share of a target's hours that lie in the window, steadied by ``share``; 0 where it has none."""
        line, base, span = self.presence
        own, begins = target * (2 * span) - base, self.contacts.present_from
        until, since = np.minimum(at + reach, base + span), at - HOUR
        there = np.searchsorted(line, own + until) - np.searchsorted(line, own + since)
        hours = (begins[target + 1] - begins[target]).astype(np.float64)
        return np.where(hours > 0.0, (there + AWAY * share) / (hours + AWAY), 0.0)


def _presence_line(contacts: Contacts) -> tuple[Ints, int, int]:
    """The hours of all accounts on one line, accounts one behind the other; when it begins, and how long it is."""
    base = min(int(contacts.present.min(initial=0)), int(contacts.at.min())) - HOUR
    span = max(int(contacts.present.max(initial=0)), int(contacts.at.max())) - base + HOUR
    owner = np.repeat(np.arange(len(contacts.people)), np.diff(contacts.present_from))
    return owner * (2 * span) + contacts.present - base, base, span


def _cumulated(marked: NDArray[np.bool_]) -> Ints:
    return np.concatenate([[0], np.cumsum(marked)]).astype(np.int64)

"""What chance gives of who comes, for many groups at once, against the same reckoned member by member."""

from itertools import combinations
from math import comb, exp, log, log1p
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.special import betaln

from graph.detect.ambush.chance import FAITH, NEAR_PRIOR, NEAR_S, Chance
from graph.detect.ambush.contacts import SECOND, Crowding, FirstContacts
from graph.detect.ambush.meetings import Visits
from graph.detect.ambush.null import GroupNull
from graph.detect.ambush.parameters import AmbushParameters

PEOPLE, HOUR = 9, 3600
WINDOWS = (900, 21_600)
CUSTOM = (0.5, 2.0)


class Habits:
    """In place of the customs: some members have a habit on some rows."""

    def habit_of(self, member, rows):
        number = (7 * member + 3 * np.asarray(rows)) % 5
        return np.where(number < 2, 0.1 + 0.1 * number, 0.0), np.where(number < 2, number, 2)


@st.composite
def visits(draw):
    """First contacts of nine accounts among each other and with others, in four hours of two days."""
    pairs = draw(st.lists(
        st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE + 3), st.integers(0, 40)),
        min_size=8, max_size=60, unique_by=lambda row: row[:2],
    ))
    rows = sorted((actor, 360 * at * SECOND, target) for actor, target, at in pairs if actor != target)
    actor, at, target = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    stratum = (at > 20 * 360 * SECOND).astype(np.int64)
    k = np.zeros((PEOPLE + 4, 2), dtype=np.int64)
    np.add.at(k, (actor, stratum), 1)
    contacts = FirstContacts(
        None, [f"a{one:02}" for one in range(PEOPLE + 4)], csr_array(k),
        tuple((int(k[:, day].sum()) + 40, 0) for day in (0, 1)), (False, True),
        {(width, kind): Crowding(0.5 + kind, 0.7) for width in WINDOWS for kind in (False, True)}, 20,
        np.full(PEOPLE + 4, 1 / 20), np.sort(at),
    )
    crowd = {width: np.array([
        sum(abs(int(at[i] - at[j])) <= width * SECOND and target[i] == target[j] for j in range(len(at)))
        for i in range(len(at))
    ]) for width in WINDOWS}
    return Visits(contacts, actor, target, at, stratum, crowd, None)


@st.composite
def groups(draw):
    start = draw(st.lists(st.integers(0, PEOPLE - 1), min_size=3, max_size=6, unique=True))
    others = [one for one in range(PEOPLE) if one not in start]
    tried = [tuple(sorted([*start, other])) for other in others[: draw(st.integers(0, 3))]]
    return [tuple(sorted(start)), *tried, *(tuple(sorted(set(start) - {one})) for one in start[:2] if len(start) > 3)]


def one_by_one(visits, group, window_s):
    """target: sums of likely and chance, of coming, and by member stays, habit, kind and whether it came."""
    chances, found = Chance(visits.contacts, visits, Habits(), AmbushParameters(windows_s=WINDOWS)), {}
    for target in sorted(set(visits.target.tolist()) - set(group)):
        rows = [i for i in range(len(visits.at)) if visits.target[i] == target and visits.actor[i] in group]
        rows.sort(key=lambda i: (visits.at[i], i))
        if not rows:
            continue
        meetings = [[j for j in rows[at:] if visits.at[j] - visits.at[i] <= window_s * SECOND]
                    for at, i in enumerate(rows)]
        met = max(meetings, key=len)
        opener = met[0]
        before = {int(visits.actor[j]): place for place, j in enumerate(met)}
        early = {int(visits.actor[j]) for j in rows[: rows.index(opener) + 1]}
        likely = chance = 0.0
        cells, able = {}, [member for member in group if member not in early]
        for member in able:
            came = before.get(member, 0) > 0
            stays = exp(-share(visits, member, opener, window_s, came) * crowd(visits, opener, len(met), window_s))
            comes, gives = terms(stays, came, chances)
            likely, chance = likely + comes, chance + gives
            (habit,), (kind,) = Habits().habit_of(member, [opener])
            if habit:
                ahead = before[member] if came else len(met)
                cells[member] = (stays, habit * (1.0 + CUSTOM[kind] * ahead), kind, came, comes, gives)
        comers = len(met) - 1
        coming = betaln(FAITH[0] + comers, FAITH[1] + len(able) - comers) - betaln(*FAITH)
        found[target] = (likely, chance, coming, cells)
    return found


def share(visits, member, opener, window_s, came):
    totals, prior = visits.contacts.totals, AmbushParameters().stratum_contacts
    stratum = int(visits.stratum[opener])
    mine = [int(((visits.actor == member) & (visits.stratum == day)).sum()) for day in (0, 1)]
    usual = mine[stratum] / totals[stratum][0]  # one stratum of each kind
    day = (max(mine[stratum] - came, 0) + prior * usual) / (totals[stratum][0] - 1 + prior)
    if window_s > NEAR_S:
        return day
    around = np.abs(visits.at - visits.at[opener]) <= NEAR_S * SECOND
    own = max(int((around & (visits.actor == member)).sum()) - came, 0)
    return (own + NEAR_PRIOR * day) / (int(around.sum()) - 1 + NEAR_PRIOR)


def crowd(visits, opener, met, window_s):
    usual = visits.contacts.crowding[window_s, bool(visits.stratum[opener])]
    outsiders = max(int(visits.crowd[window_s][opener]) - met, 0)
    return (usual.shape + outsiders) / (usual.shape / usual.mean + 1.0) / 2.0  # negative binomial: the posterior mean


def terms(stays, came, chances):
    likely = min(max(1.0 - stays, 1e-7), 1.0 - 1e-6)
    slack = chances.parameters.slack
    return likely, log(min(max(1.0 - stays**slack, 1e-7), 1.0 - 1e-6)) if came else log1p(-likely)


@given(visits(), groups(), st.sampled_from(WINDOWS))
@settings(max_examples=80, deadline=None)
def test_groups_at_once_are_what_they_are_one_by_one(visits, groups, window_s):
    judge = Chance(visits.contacts, visits, Habits(), AmbushParameters(windows_s=WINDOWS))
    seen = visits.gathered(groups, window_s)
    if not len(seen.starts):
        return
    by = judge.of(seen, groups, window_s, CUSTOM)
    for number, group in enumerate(groups):
        expected = one_by_one(visits, group, window_s)
        mine = np.flatnonzero(seen.group == number)
        targets = visits.target[seen.rows[seen.first[mine]]].tolist()
        assert targets == sorted(expected)
        for row, target in zip(mine.tolist(), targets, strict=True):
            likely, chance, coming, cells = expected[target]
            assert (by.likely[row], by.chance[row], by.coming[row]) == pytest.approx((likely, chance, coming))
            here = np.flatnonzero(by.row == row)
            assert {group[by.column[cell]] for cell in here} == set(cells)
            for cell in here.tolist():
                told = (by.stays[cell], by.habit[cell], by.kind[cell], by.came[cell], *(one[cell] for one in by.alone))
                assert told == pytest.approx(cells[group[by.column[cell]]])


@given(st.lists(st.integers(3, 400), min_size=5, max_size=9), st.integers(3, 5))
def test_all_groups_of_a_size_count_once_between_them_and_active_people_are_no_rarity(contacts, size):
    """Whatever the search looks at, the bound holds: what groups of that size may spend is one in all."""
    share = np.array(contacts) / sum(contacts)
    judge = GroupNull(SimpleNamespace(able=len(contacts), share=share), None, None, AmbushParameters())
    spent = {group: exp(-judge._log_groups(group)) for group in combinations(range(len(contacts)), size)}
    assert sum(spent.values()) <= 1.0 + 1e-9
    order = sorted(range(len(contacts)), key=lambda one: contacts[one])
    seldom, often = tuple(sorted(order[:size])), tuple(sorted(order[-size:]))
    evenly = 1 / comb(len(contacts), size)
    assert 0.5 * evenly <= spent[seldom] <= spent[often] * (1 + 1e-9)

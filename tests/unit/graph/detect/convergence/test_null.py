"""What is usual on a platform, and how rare evidence is there."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.detect.convergence.contacts import ADULT, HOUR, UNKNOWN, YOUNG, Contacts
from graph.detect.convergence.days import around
from graph.detect.convergence.model import best_windows
from graph.detect.convergence.null import fit_null, time_line
from graph.detect.convergence.parameters import ConvergenceParameters
from graph.detect.convergence.tiers import chances

WINDOWS = np.array([1, 24], dtype=np.int64) * HOUR


def contacts(rows):
    """First contacts (initiator, target, hour, initiator's side) to minors of 14; nobody left another trace."""
    rows = sorted(rows, key=lambda row: (row[1], row[2]))
    initiator, target, hour, side = (np.array(column) for column in zip(*rows, strict=True))
    people = int(max(initiator.max(), target.max())) + 1
    size = len(rows)
    return Contacts(
        people=pa.array([f"p{i:05d}" for i in range(people)]), initiator=initiator, target=target,
        at=(hour * HOUR).astype(np.int64), record=pa.array([f"m{i}" for i in range(size)]),
        answered=np.zeros(size, dtype=bool), side=side, target_side=np.full(size, YOUNG),
        age=np.full(size, 14), appeared=np.zeros(people, dtype=np.int64),
        present=np.zeros(0, dtype=np.int64), present_from=np.zeros(people + 1, dtype=np.int64),
    )


def test_contacts_that_come_together_are_clumped_and_scattered_ones_are_not():
    together = contacts([(100 + 10 * t + i, t, 1000 * t + i / 10, ADULT) for t in range(20) for i in range(5)])
    apart = contacts([(100 + 10 * t + i, t, 1000 * t + 100 * i, ADULT) for t in range(20) for i in range(5)])
    crowded, loose = (fit_null(each, WINDOWS, ConvergenceParameters()).clumping for each in (together, apart))
    assert crowded[0].max() == pytest.approx(0.5, abs=0.05)  # of five, two come after one on the average
    assert loose[0].max() < 0.01
    assert crowded[-1].tolist() == [1.0] * crowded.shape[1]


def test_rarity_averages_one_over_contacts_and_falls_with_activity():
    rows = [(200, t, 10.0 * t, ADULT) for t in range(100)] + [(300 + t, t, 10.0 * t + 5, ADULT) for t in range(100)]
    null = fit_null(contacts(rows), WINDOWS, ConvergenceParameters())
    weights = null.rarity[null.level]
    assert weights.mean() == pytest.approx(1.0)
    often, seldom = weights[::2], weights[1::2]
    assert often.max() < 0.1 < seldom.min()


def test_who_comes_on_a_day_of_his_own_is_rare_where_people_come_in_rushes_and_only_over_weeks():
    rushes = [(100 + 10 * t + i, t, 37 * t + 500 * (i % 2) + i / 10, ADULT) for t in range(30) for i in range(8)]
    one_by_one = [(1000 + i, 30, 100.0 * i, ADULT) for i in range(8)]
    both = contacts([*rushes, *one_by_one])
    null = fit_null(both, WINDOWS, ConvergenceParameters())
    by_day = null.day_rarity[null.day_level]
    assert by_day[both.target == 30].min() > 4 * by_day[both.target < 30].max()
    assert np.unique(null.rarity[null.level]).size == 1
    without = fit_null(both, WINDOWS, ConvergenceParameters(parts=("activity",)))
    assert np.array_equal(without.day_rarity[without.day_level], without.rarity[without.level])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), min_size=1, max_size=40), st.integers(1, 24))
def test_others_of_that_day_are_counted_on_the_same_target_alone(rows, hours):
    seen = contacts([(10 + i, target, float(hour), ADULT) for i, (target, hour) in enumerate(rows)])
    line, span = time_line(seen)
    reach = min(hours * HOUR, span)
    near = (np.abs(seen.at[:, None] - seen.at) <= reach) & (seen.target[:, None] == seen.target)
    assert around(line, line, reach).tolist() == near.sum(axis=1).tolist()


def test_one_to_whom_strangers_of_all_ages_come_is_explained_by_that():
    circle = [(100 + i, t, 50.0 * t + i * 40, YOUNG) for t in range(30) for i in range(8)]
    idol = [(1000 + i, 30, 20.0 * i, ADULT if i % 2 else YOUNG) for i in range(40)]
    null = fit_null(contacts([*circle, *idol]), WINDOWS, ConvergenceParameters())
    assert null.opened[30] > 3.0
    assert null.opened[:30].max() < 0.1


def test_presence_explains_contacts_and_absence_does_not():
    base = contacts(
        [(100 + 8 * t + i, t, 50.0 * t + i * 40, YOUNG if i else ADULT) for t in range(30) for i in range(8)]
        + [(1000 + i, 30, 2000 + i / 10, ADULT) for i in range(8)]
        + [(1100 + i, 30, 300.0 * i + 5, YOUNG) for i in range(4)]
    )
    people = len(base.people)
    hours = {"there then": [2000, 2001], "there otherwise": list(range(100, 200))}
    evidence = {}
    for name, there in hours.items():
        present_from = np.where(np.arange(people + 1) > 30, len(there), 0)
        seen = Contacts(**{**base.__dict__, "present": np.array(there) * HOUR, "present_from": present_from})
        parameters = ConvergenceParameters(windows_hours=(1, 24))
        windows, _ = best_windows(seen, fit_null(seen, WINDOWS, parameters), parameters)
        evidence[name] = dict(zip(windows.target.tolist(), windows.evidence.tolist(), strict=True))[30]
    assert evidence["there otherwise"] > evidence["there then"] > 0


def test_adults_around_somebody_of_unknown_age_speak_for_an_adult():
    """Twenty adults wrote to 30 over months: to a minor that is much, to somebody of unknown age it says little."""
    base = contacts(
        [(100 + 8 * t + i, t, 50.0 * t + i * 40, YOUNG) for t in range(20) for i in range(8)]
        + [(100 + 8 * t + i, t, 50.0 * t + i * 40, ADULT) for t in range(20, 30) for i in range(8)]
        + [(1000 + i, 30, 100.0 * i, ADULT) for i in range(20)]
    )
    evidence = {}
    for name, side in (("a minor", YOUNG), ("unknown", UNKNOWN)):
        sides = np.where(base.target == 30, side, np.where(base.target < 20, YOUNG, ADULT))
        age = np.where(sides == YOUNG, 14, -1)
        seen = Contacts(**{**base.__dict__, "target_side": sides, "age": age})
        parameters = ConvergenceParameters(windows_hours=(1, 24))
        windows, _ = best_windows(seen, fit_null(seen, WINDOWS, parameters), parameters)
        evidence[name] = dict(zip(windows.target.tolist(), windows.evidence.tolist(), strict=True)).get(30, 0.0)
    assert evidence["a minor"] > 2.0
    assert evidence["unknown"] < 1.0


def test_a_custom_makes_the_same_evidence_less_rare():
    quiet = np.concatenate([np.full(10, 1.2), [9.0]])
    custom = np.concatenate([np.full(30, 6.0), np.full(10, 8.0), [9.0]])
    assert chances(quiet, 500)[-1] < chances(custom, 500)[-1] / 5


def test_a_few_convergences_do_not_make_a_custom():
    usual = np.full(20, 1.5)
    alone = chances(np.append(usual, 15.0), 500)[-1]
    among = chances(np.concatenate([usual, [15.0] * 4]), 500)[-1]
    assert among == pytest.approx(alone, rel=1.0)
    assert among < 1e-4


def test_no_evidence_is_no_surprise():
    assert chances(np.array([0.5, 0.9]), 10).tolist() == [1.0, 1.0]
    assert chances(np.zeros(0), 0).tolist() == []

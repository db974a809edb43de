"""How many would write to somebody anyway, given when it is there."""

import numpy as np
import pyarrow as pa
import pytest

from graph.detect.context import DetectionContext
from graph.detect.convergence_null import ArrivalNull
from graph.detect.convergence_presence import Presence, visits_of, wrote_of
from tests.unit.graph.detect.small_platform import Platform, lake_of, moment, write_folder

HOUR = 3600.0
NOBODY = Presence.of_spans(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))


def test_the_null_expects_what_the_platform_gave():
    generator = np.random.default_rng(2)
    times = np.sort(generator.uniform(0, 400 * 3600.0, 4000))
    targets = generator.integers(0, 200, 4000)
    null = ArrivalNull(times, targets, np.zeros(200), NOBODY, NOBODY)
    whole = null.expected(np.arange(200), np.zeros(200), np.full(200, 1e9))
    assert float(whole.sum()) == pytest.approx(4000, rel=0.05)
    half = null.expected(np.arange(1), np.zeros(1), np.full(1, 200 * 3600.0))
    assert float(half[0]) == pytest.approx(10, rel=0.2)
    own = times[targets == 7].tolist()
    ordinary = null.best_window(own, 7, windows=[3600.0], min_members=2)
    crowded = sorted([*own, *(times[0] + 60.0 * i for i in range(9))])
    rushed = null.best_window(crowded, 7, windows=[3600.0], min_members=2)
    assert ordinary is None or ordinary.p_value > 0.01
    assert rushed is not None
    assert rushed.count >= 9
    assert rushed.p_value < 1e-6
    assert null.best_window(own, 7, windows=[1.0], min_members=5) is None


def visitors(*, there):
    """Two hundred accounts that are there one hour in twenty, and receive one contact in each of these hours."""
    generator = np.random.default_rng(4)
    account = np.repeat(np.arange(200), 20)
    begin = HOUR * (20 * np.tile(np.arange(20), 200) + account % 20)
    times = begin + generator.uniform(0, HOUR, len(begin))
    order = np.argsort(times)
    presence = Presence.of_spans(account, begin, begin + HOUR) if there else NOBODY
    return ArrivalNull(times[order], account[order], np.zeros(200), presence, NOBODY), begin[account == 7]


def test_five_in_one_visit_are_less_of_a_surprise_than_five_at_any_time():
    (known, visits), (unknown, _) = visitors(there=True), visitors(there=False)
    times = sorted([*(visits[1:] + 60.0), *(visits[0] + 60.0 * np.arange(5))])
    seen, blind = (null.best_window(times, 7, windows=[HOUR], min_members=5) for null in (known, unknown))
    assert seen is not None
    assert blind is not None
    assert seen.expected == pytest.approx(20 * blind.expected, rel=0.1)
    assert blind.p_value < 1e-4 < 0.05 < seen.p_value


def test_five_while_it_is_away_are_the_more_surprising():
    null, visits = visitors(there=True)
    window = null.best_window(
        sorted([*visits, *(visits[0] + 5 * HOUR + 60.0 * np.arange(5))]), 7, windows=[HOUR], min_members=5
    )
    assert window is not None
    assert window.p_value < 1e-9


def test_spans_that_touch_are_one_and_accounts_stay_apart():
    begin, until = np.array([50.0, 10.0, 0.0, 20.0]), np.array([60.0, 90.0, 20.0, 30.0])
    presence = Presence.of_spans(np.array([1, 0, 1, 1]), begin, until)
    assert presence.account.tolist() == [0, 1, 1]
    assert presence.begin.tolist() == [10.0, 0.0, 50.0]
    assert presence.until.tolist() == [90.0, 30.0, 60.0]
    places = presence.places(np.array([0, 0, 1, 1, 2]), np.array([5.0, 95.0, 25.0, 70.0, 5.0]))
    assert places.tolist() == [-1, 0, 1, 2, -1]


def test_sessions_posts_and_private_messages_tell_who_was_there(tmp_path):
    platform = Platform(adults=3, teens=0)
    platform.private("a0", "a2", 5.5)
    platform.post("a1", 7.25)
    tables = platform.tables()
    tables["sessions"] = [
        {"account_id": "a0", "started_at": moment(5.75), "ended_at": moment(6.5)},
        {"account_id": "a1", "started_at": moment(20.0)},
    ]
    with lake_of(tmp_path / "workspace", [write_folder(tmp_path / "source", tables)]) as lake:
        context, people = DetectionContext(lake), pa.array([f"small:a{i}" for i in range(3)])
        visits, wrote = visits_of(context, people), wrote_of(context, people)
    assert spans(visits) == [(0, 5.75, 6.5), (1, 20.0, 20.5)]
    assert spans(wrote) == [(0, 5.0, 6.0), (1, 7.0, 8.0)]
    assert spans(wrote.without(visits)) == [(0, 5.0, 5.75), (1, 7.0, 8.0)]


def spans(presence):
    """Account, beginning and end in hours since the platform's first day."""
    hours = (np.array([presence.begin, presence.until]) - 1709251200) / HOUR
    return list(zip(presence.account.tolist(), *hours.tolist(), strict=True))


def test_a_span_within_another_account_s_is_not_taken():
    one = Presence.of_spans(np.array([0, 1]), np.array([0.0, 0.0]), np.array([10.0, 10.0]))
    other = Presence.of_spans(np.array([1, 1]), np.array([2.0, 8.0]), np.array([4.0, 20.0]))
    left = one.without(other)
    assert (left.account.tolist(), left.begin.tolist(), left.until.tolist()) == ([0, 1, 1], [0.0, 0.0, 4.0], [10, 2, 8])
    assert NOBODY.without(one).account.tolist() == []


def test_at_night_the_few_who_are_there_share_what_is_written():
    """By day a hundred are there, by night ten; whoever is there receives one contact an hour."""
    generator = np.random.default_rng(5)
    account, begin = [], []
    for hour in range(240):
        there = range(100) if hour % 24 < 12 else range(hour % 10 * 10, hour % 10 * 10 + 10)
        account += there
        begin += [HOUR * hour] * len(there)
    account, begin = np.array(account), np.array(begin)
    times = begin + generator.uniform(0, HOUR, len(begin))
    order = np.argsort(times)
    presence = Presence.of_spans(account, begin, begin + HOUR)
    null = ArrivalNull(times[order], account[order], np.zeros(100), presence, NOBODY)
    night = int(begin[(account == 7) & (begin // HOUR % 24 >= 12)][0])
    day, night = (null.expected(np.array([7]), np.array([at]), np.array([at + HOUR])) for at in (0.0, float(night)))
    assert night[0] == pytest.approx(day[0], rel=0.2)


def test_contacts_that_come_in_clumps_make_a_crowd_less_of_a_surprise():
    scattered, clumped = platform_of(together=1), platform_of(together=3)
    assert scattered.clumping(HOUR) < 0.1
    assert clumped.clumping(HOUR) > 10
    assert clumped.clumping(1.5 * HOUR) == clumped.clumping(HOUR)
    crowd = sorted([50 * HOUR + 60.0 * i for i in range(6)] + [HOUR * 30 * i + 2 * HOUR for i in range(9)])
    surprise, custom = (null.best_window(crowd, 7, windows=[HOUR], min_members=5) for null in (scattered, clumped))
    assert surprise is not None
    assert custom is not None
    assert surprise.p_value < 1e-6
    assert custom.p_value > 1000 * surprise.p_value


def platform_of(*, together):
    """Two thousand accounts that receive fifteen contacts each in four hundred hours, so many at the same moment."""
    generator = np.random.default_rng(6)
    moments = np.repeat(generator.uniform(0, 400 * HOUR, 30_000 // together), together)
    targets = np.repeat(generator.integers(0, 2000, 30_000 // together), together)
    order = np.argsort(moments)
    return ArrivalNull(moments[order], targets[order], np.zeros(2000), NOBODY, NOBODY)

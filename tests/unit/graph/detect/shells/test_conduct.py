"""Shells: the engine's kernels on conduct against brute force."""

from itertools import combinations
from types import SimpleNamespace

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.detect.context import DetectionContext
from graph.detect.shells.accounts import contacts_of_all
from graph.detect.shells.company import Company, read_company
from graph.detect.shells.conduct import DAY, Conduct, read_conduct, read_periods
from graph.detect.shells.conduct_weights import turn_weights
from graph.detect.shells.logins import read_logins
from graph.detect.shells.names_worn import read_names
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.values import read_values
from graph.detect.shells.visits import hours_of, read_visits
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

HOUR = 3600


def conduct_of(rows, *, handover_s=60, loose=60):
    """Conduct of each pair of accounts from (who, begun, ended, device) in seconds."""
    backend = WrittenEvidence().backend
    columns = list(zip(*rows, strict=True))
    devices = pa.array(columns[3], pa.int64())
    flags = pa.array([False] * len(rows))
    backend.con.register("given_visits", pa.table({
        "who": pa.array(columns[0], pa.int64()), "begun": pa.array(columns[1], pa.int64()),
        "ended": pa.array(columns[2], pa.int64()), "device": devices, "address": devices,
        "own_device": pa.array([True] * len(rows)), "own_address": flags, "told": pa.array([True] * len(rows)),
    }))
    backend.raw_sql("CREATE TABLE visits AS SELECT * FROM given_visits")
    context = DetectionContext(SimpleNamespace(backend=backend, table=backend.table))
    visits = backend.table("visits")
    listed = list(combinations(sorted({row[0] for row in rows}), 2))
    pairs = context.kept("pairs", lambda: ibis.memtable(pa.table({
        "a": pa.array([a for a, _ in listed]), "b": pa.array([b for _, b in listed])
    })))
    periods = read_periods(context, pairs, visits, handover_s=handover_s, loose_handover_s=loose)
    return read_conduct(context, pairs, periods, visits, loose_handover_s=loose)


def in_hours(sessions, who):
    return [(who, round(begun * HOUR), round(ended * HOUR), device) for begun, ended, device in sessions]


def test_handovers_and_overlaps_on_different_devices_only():
    a = in_hours([(0, 1, 0), (24, 25, 0), (48, 50, 0), (96, 97, 0)], 0)
    b = in_hours([(1.01, 2, 1), (25.01, 26, 0), (49, 51, 1), (96, 97, 0)], 1)
    seen = conduct_of(a + b)[0][0, 1]
    # the common period runs from b's first start to a's last end
    assert (seen.handovers, seen.elsewhere, seen.private, seen.overlaps, seen.visits) == (1, 0, 1, 1, 3)
    assert seen.expected_overlaps > 0
    assert seen.days == pytest.approx((97 - 1.01) / 24, abs=1e-3)


def test_accounts_that_never_lived_at_the_same_time_take_no_turns():
    rows = in_hours([(0, 1, 0), (30, 31, 0)], 0) + in_hours([(100, 101, 1), (140, 141, 1)], 1)
    assert conduct_of(rows)[0] == {}


def test_devices_in_common_are_counted_with_the_smaller_share_of_sessions_on_them():
    a = in_hours([(0, 1, 0), (10, 11, 0), (30, 31, 1), (50, 51, 2)], 0)
    b = in_hours([(5, 6, 0), (20, 21, 1), (60, 61, 1)], 1)
    assert conduct_of(a + b)[1] == {(0, 1): (2, 0.75)}


def brute(rows, pair, handover_s):
    """Hand-overs and overlaps of two accounts, each with those on devices known to differ; None: too little."""
    of = [[row for row in rows if row[0] == who] for who in pair]
    since = max(min(row[1] for row in one) for one in of)
    until = min(max(row[2] for row in one) for one in of)
    inside = [[row for row in one if row[1] >= since and row[2] <= until] for one in of]
    if until - since < DAY or min(map(len, inside)) < 2:
        return None
    turned = {}
    for x, y in ((0, 1), (1, 0)):
        for _, _, ended, device in inside[x]:
            for _, begun, _, other in inside[y]:
                if ended <= begun <= ended + handover_s:
                    turned.setdefault((x, ended), []).append((device, other))
    met = [
        (one[3], other[3]) for one in inside[0] for other in inside[1] if one[1] < other[2] and other[1] < one[2]
    ]
    return (
        len(turned), sum(any(map(differ, devices)) and not any(map(same, devices)) for devices in turned.values()),
        sum(not same(devices) for devices in met), sum(map(differ, met)),
    )


def same(devices):
    return None not in devices and devices[0] == devices[1]


def differ(devices):
    return None not in devices and devices[0] != devices[1]


sessions = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 30), st.sampled_from([None, 0, 1])), min_size=3, max_size=12
)


@settings(max_examples=12, deadline=None)
@given(st.lists(sessions, min_size=2, max_size=8))
def test_turns_and_overlaps_are_those_of_brute_force(accounts):
    rows = [
        (who, start * 600, (start + length) * 600, device)
        for who, given in enumerate(accounts) for start, length, device in given
    ]
    conduct = conduct_of(rows, handover_s=600, loose=600)[0]
    for pair in combinations(range(len(accounts)), 2):
        seen = conduct.get(pair)
        found = None if seen is None else (seen.handovers, seen.elsewhere, seen.overlaps, seen.overlaps_apart)
        assert found == brute(rows, pair, 600)


@settings(max_examples=15, deadline=None)
@given(sessions)
def test_seconds_by_hour_add_up_to_the_visits(given):
    rows = [(0, start * 600, (start + length) * 600, device) for start, length, device in given]
    table = ibis.memtable(pa.table({
        "who": pa.array([0] * len(rows)), "begun": pa.array([row[1] for row in rows]),
        "ended": pa.array([row[2] for row in rows]),
    }))
    hours = DetectionContext.rows(hours_of(table))
    assert sum(row[4] for row in hours) == sum(row[2] - row[1] for row in rows)
    assert sum(row[2] for row in hours) == sum(row[3] for row in hours) == len(rows)


def test_an_account_without_sessions_is_there_in_bursts_of_its_messages():
    evidence = WrittenEvidence(
        accounts=[{"account": "c:a"}, {"account": "c:b"}],
        messages=[{"sender": "c:a", "room": "c:r", "sent_at": at(moment)} for moment in (0, 60, 60, 1700, 5000, 5100)],
        sessions=[{"account": "c:b", "started_at": at(10.7), "ended_at": at(20)}],
    )
    context = DetectionContext(evidence)
    parameters = ShellParameters()
    logins = read_logins(context)
    values = read_values(context, logins, read_names(context, logins, parameters), parameters)
    visits = read_visits(context, logins, values, logins.accounts.select("who"), parameters)
    zero = int((at(0) - at(0).replace(year=1970)).total_seconds())
    told = [(who, begun - zero, ended - zero, said) for who, begun, ended, said in context.rows(
        visits.select("who", "begun", "ended", "told")
    )]
    assert told == [(0, 0, 1700, False), (0, 5000, 5100, False), (1, 10, 20, True)]


def test_people_who_write_to_each_other_are_one_circle_of_common_targets():
    """Both wrote first to p, q and r, of whom p and q are in touch; r is popular."""
    told = [*((who, target) for who in ("a", "b") for target in ("p", "q", "r")), ("p", "q"), ("q", "a")]
    told += [(f"u{i}", "r") for i in range(3)]
    names = sorted({name for pair in told for name in pair})
    evidence = WrittenEvidence(
        accounts=[{"account": f"c:{name}"} for name in names],
        messages=[
            {"sender": f"c:{one}", "recipient": f"c:{other}", "sent_at": at(float(number))}
            for number, (one, other) in enumerate(told)
        ],
    )
    context = DetectionContext(evidence)
    logins = read_logins(context)
    pairs = context.kept("compared", lambda: ibis.memtable(pa.table({"a": pa.array([0]), "b": pa.array([1])})))
    company, popularity = read_company(context, pairs, contacts_of_all(context, logins))
    assert company == {(0, 1): Company(3, (2, 5))}
    assert popularity.sizes == (2, 3, 5)  # p by two, q by three, r by five; q's answer to a is no first contact


def test_machines_that_are_always_there_do_not_hand_over():
    """Two bots leave and come at all hours, and are there together all the time."""
    parameters = ShellParameters()
    person = Conduct(20, 20, 0, 1.0, 0, 0, 1.0, 40, 30.0, 180)
    machine = person._replace(overlaps=400, expected_overlaps=60.0)
    assert "hand-overs" in {weight.measure for weight in turn_weights(person, None, parameters, crowd=False)}
    (weight,) = turn_weights(machine, None, parameters, crowd=False)
    assert weight.bits == parameters.least_overlap_bits

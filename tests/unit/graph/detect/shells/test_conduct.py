"""Shells: the engine's kernels on conduct against brute force."""

from dataclasses import dataclass, replace
from itertools import combinations
from math import log2

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.detect.context import DetectionContext
from graph.detect.shells.conduct import DAY, Conduct, Use, Uses, part_following, read_conduct, read_periods, read_uses
from graph.detect.shells.logins import hours_of, read_logins, read_visits
from graph.detect.shells.marks import SharedMark
from graph.detect.shells.null import device_weights, succession_weights, turn_weights
from graph.detect.shells.parameters import ShellParameters
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

HOUR = 3600
NO_USES = Uses({}, {}, {})


@dataclass(frozen=True, eq=False)
class Visits:
    """Evidence that has nothing but them."""

    backend: object
    table: object


def visits_of(rows):
    """A context and its visits from (who, begun, ended, device) in seconds."""
    backend = WrittenEvidence().backend
    columns = list(zip(*rows, strict=True))
    devices = pa.array(columns[3], pa.int64())
    backend.con.register("given_visits", pa.table({
        "who": pa.array(columns[0], pa.int64()), "begun": pa.array(columns[1], pa.int64()),
        "ended": pa.array(columns[2], pa.int64()), "device": devices, "address": devices,
        "logged": pa.array([True] * len(rows)),
    }))
    backend.raw_sql("CREATE TABLE visits AS SELECT * FROM given_visits")
    return DetectionContext(Visits(backend, backend.table)), backend.table("visits")


def conduct_of(rows, *, handover_s=60, uses=NO_USES):
    """Conduct of each pair of accounts from (who, begun, ended, device) in seconds."""
    context, visits = visits_of(rows)
    parameters = ShellParameters(handover_s=handover_s, loose_handover_s=handover_s)
    listed = list(combinations(sorted({row[0] for row in rows}), 2))
    pairs = context.kept("pairs", lambda: ibis.memtable(pa.table({
        "a": pa.array([a for a, _ in listed]), "b": pa.array([b for _, b in listed])
    })))
    return read_conduct(context, read_periods(context, pairs, visits, parameters), visits, uses, parameters)


def in_hours(sessions, who):
    return [(who, round(begun * HOUR), round(ended * HOUR), device) for begun, ended, device in sessions]


def test_handovers_and_overlaps_on_different_devices_only():
    a = in_hours([(0, 1, 0), (24, 25, 0), (48, 50, 0), (96, 97, 0)], 0)
    b = in_hours([(1.01, 2, 1), (25.01, 26, 0), (49, 51, 1), (96, 97, 0)], 1)
    seen = conduct_of(a + b)[0, 1]
    # the common period runs from b's first start to a's last end
    assert (seen.handovers, seen.overlaps, seen.visits) == (1, 1, 3)
    assert seen.expected_overlaps > 0


def test_accounts_that_never_lived_at_the_same_time_take_no_turns():
    rows = in_hours([(0, 1, 0), (30, 31, 0)], 0) + in_hours([(100, 101, 1), (140, 141, 1)], 1)
    assert conduct_of(rows) == {}


def test_who_uses_a_shared_device_and_how_much():
    context, visits = visits_of(
        in_hours([(0, 1, 0), (10, 11, 0), (30, 31, 1), (50, 51, 2)], 0)
        + in_hours([(5, 6, 0), (20, 21, 1), (60, 61, 1)], 1)
    )
    devices = ibis.memtable(pa.table({
        "who": pa.array([0, 0, 0, 1, 1]), "value": ["x", "y", "z", "x", "y"], "device": pa.array([0, 1, 2, 0, 1]),
    }))
    shared = ibis.memtable(pa.table({"value": ["x", "y"]}))
    uses = read_uses(context, visits, devices, shared, accounts=2)
    assert uses.of == {0: 4, 1: 3}
    assert uses.holders == {"x": (0, 1), "y": (0, 1)}
    assert [(a.sessions, b.sessions) for a, b in uses.common(0, 1)] == [(2, 1), (1, 2)]
    assert {who: (last - first) // HOUR for who, (first, last) in uses.lives.items()} == {0: 51, 1: 56}


MARK = SharedMark("device", "x", -1, 2, 2, 0.01)


def uses_of(*shares, apart=False):
    """Accounts 0, 1, … with (sessions on the device, sessions), interleaved or one after the other."""
    by = {
        who: {"x": Use(on, 600 * on, 1000 * who if apart else who, 1000 * who + (900 if apart else 9000))}
        for who, (on, _) in enumerate(shares)
    }
    return Uses(by, {who: of for who, (_, of) in enumerate(shares)}, {"x": tuple(by)})


def bits_of(uses):
    parameters = ShellParameters()
    follow = succession_weights((0, 1), uses, parameters, device=True)
    assert all(w in follow for w in succession_weights((0, 1), uses, parameters, device=False)), "never against others"
    found = (*device_weights((0, 1), MARK, uses, parameters), *follow)
    return {weight.code: weight.home for weight in found}


def test_who_uses_nothing_else_is_likelier_one_operator_and_who_has_other_devices_shares_it():
    ring, home = bits_of(uses_of((9, 9), (7, 8))), bits_of(uses_of((3, 9), (2, 8)))
    assert ring["few_other_devices"] > 3
    assert home["devices_of_their_own"] < -3
    assert "devices_of_their_own" in bits_of(uses_of((9, 9), (7, 8), (1, 9), (1, 9)))  # all holders are heard


def test_a_second_device_in_common_is_no_device_of_ones_own():
    use = {"x": Use(3, 1800, 0, 9000), "y": Use(6, 3600, 0, 9000)}
    ring = Uses({0: use, 1: use}, {0: 9, 1: 9}, {"x": (0, 1), "y": (0, 1)})
    (weight,) = device_weights((0, 1), MARK, ring, ShellParameters())
    assert (weight.code, *weight.facts) == ("few_other_devices", 18, 18, 2, 2)
    home = Uses({0: use, 1: {"x": use["x"]}}, {0: 9, 1: 9}, {"x": (0, 1), "y": (0,)})
    (weight,) = device_weights((0, 1), MARK, home, ShellParameters())
    assert (weight.code, *weight.facts) == ("devices_of_their_own", 6, 18, 2, 1)


def test_guests_of_a_cafe_spread_over_its_machines_and_an_operator_has_few():
    machines = [f"m{n}" for n in range(6)]
    guest = {machine: Use(4, 2400, 0, 90_000) for machine in machines}
    cafe = Uses(dict.fromkeys(range(6), guest), dict.fromkeys(range(6), 24), dict.fromkeys(machines, tuple(range(6))))
    mark = MARK._replace(value="m3")
    (weight,) = device_weights((0, 1), mark, cafe, ShellParameters())
    assert (weight.code, *weight.facts) == ("devices_of_their_own", 48, 144, 6, 2)
    assert weight.home < -3


def test_one_listed_device_is_all_there_is_where_most_have_devices_listed():
    context, visits = visits_of([(who, hour, hour + 1, None) for who in (0, 1, 2) for hour in (0, 9)])
    devices = ibis.memtable(pa.table({
        "who": pa.array([0, 1, 1, 2]), "value": ["x", "x", "y", "x"], "device": pa.array([None] * 4, pa.int64()),
    }))
    shared = ibis.memtable(pa.table({"value": ["x"]}))
    few, most = (read_uses(context, visits, devices, shared, accounts=accounts) for accounts in (7, 6))
    assert (few.listed, most.listed) == ({0, 2}, frozenset())


def test_of_whom_one_device_is_listed_and_no_session_nothing_tells_what_else_they_use():
    listed = uses_of((1, 1), (1, 1))
    assert "few_other_devices" in bits_of(listed)
    assert bits_of(replace(listed, listed=frozenset({0, 1}))) == {}
    one = replace(uses_of((1, 1), (30, 30)), listed=frozenset({0}))  # the other's sessions all run on what both hold
    (weight,) = device_weights((0, 1), MARK, one, ShellParameters())
    assert (weight.code, *weight.facts) == ("few_other_devices", 30, 30, 1, 1)


def test_a_device_that_one_has_after_the_other_changed_hands():
    sold = bits_of(uses_of((9, 18), (8, 16), apart=True))
    assert sold["device_changed_hands"] < -5
    assert "device_changed_hands" not in bits_of(uses_of((9, 18), (8, 16)))
    assert bits_of(uses_of((1, 2), (2, 3), apart=True))["device_changed_hands"] > -1


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), min_size=2, max_size=12)


def spans_of(lives):
    first, last = zip(*lives, strict=True)
    return ibis.memtable(pa.table({"first": first, "last": last}))


@given(spans)
def test_how_often_accounts_follow_each_other_is_as_counted_pair_by_pair(lives):
    uses = Uses({}, {}, {}, {who: (begun, ended) for who, (begun, ended) in enumerate(lives)})
    pairs = list(combinations(range(len(lives)), 2))
    assert part_following(spans_of(lives)) == sum(uses.follow(*pair) for pair in pairs) / len(pairs)
    assert not uses.follow(0, len(lives))


def test_who_comes_on_a_device_when_the_other_is_gone_for_good_may_be_the_same_person():
    """Beside people who are all there the whole time it speaks for one, where all come and go it says little."""
    lives = {0: (0, 900), 1: (1000, 1900)}
    long, short = ({**lives, **dict.fromkeys(range(2, 40), life)} for life in ((0, 1900), (0, 10)))
    short |= {who: (1500 + who, 1600 + who) for who in range(20, 40)}
    for others, least, most in ((long, 3.0, 5.0), (short, -4.0, -2.0)):
        following = part_following(spans_of(others.values()))
        uses = replace(uses_of((9, 9), (8, 8), apart=True), lives=others, following=following)
        bits = bits_of(uses)
        assert "device_changed_hands" not in bits
        assert least < bits["one_after_the_other"] <= most
    sold = bits_of(replace(uses_of((9, 18), (8, 16), apart=True), lives={0: (0, 1900), 1: (0, 1900)}))
    assert sold["device_changed_hands"] < -5
    assert "one_after_the_other" not in sold


def brute(rows, pair, handover_s):
    """Hand-overs and overlaps of two accounts; None: too little."""
    of = [[row for row in rows if row[0] == who] for who in pair]
    since = max(min(row[1] for row in one) for one in of)
    until = min(max(row[2] for row in one) for one in of)
    inside = [[row for row in one if row[1] >= since and row[2] <= until] for one in of]
    if until - since < DAY or min(map(len, inside)) < 2:
        return None
    turned = {
        (x, ended) for x, y in ((0, 1), (1, 0)) for _, _, ended, _ in inside[x] for _, begun, _, _ in inside[y]
        if ended <= begun <= ended + handover_s
    }
    met = [
        (one[3], other[3]) for one in inside[0] for other in inside[1] if one[1] < other[2] and other[1] < one[2]
    ]
    return len(turned), sum(None in devices or devices[0] != devices[1] for devices in met)


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
    conduct = conduct_of(rows, handover_s=600)
    for pair in combinations(range(len(accounts)), 2):
        seen = conduct.get(pair)
        found = None if seen is None else (seen.handovers, seen.overlaps)
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
    logins = read_logins(context)
    visits = read_visits(context, logins, logins.accounts.select("who"), ShellParameters(burst_gap_s=1800))
    zero = int((at(0) - at(0).replace(year=1970)).total_seconds())
    told = [(who, begun - zero, ended - zero, said) for who, begun, ended, said in context.rows(
        visits.select("who", "begun", "ended", "logged")
    )]
    assert told == [(0, 0, 1700, False), (0, 5000, 5100, False), (1, 10, 20, True)]


def test_machines_that_are_always_there_do_not_hand_over():
    """Two bots leave and come at all hours, and are there together all the time."""
    parameters = ShellParameters()
    person = Conduct(20, 1.0, 0, 1.0, 40, 180)
    machine = person._replace(overlaps=400, expected_overlaps=60.0)

    def weights(seen, *, talking=False, tied=False):
        return {
            weight.code: weight.strangers
            for weight in turn_weights(
                seen, parameters, device=False, place=True, crowd=False, talking=talking, tied=tied
            )
        }

    assert weights(person)["hand_overs"] > 5
    by_messages = person._replace(window=parameters.loose_handover_s)
    assert weights(by_messages)["hand_overs"] > 5
    assert "hand_overs" not in weights(by_messages, talking=True)  # the one answers where the other ended
    assert weights(person, talking=True)["hand_overs"] > 5
    assert weights(machine) == {"at_once": parameters.least_overlap_bits}
    assert weights(machine, tied=True) == {"at_once": pytest.approx(log2(parameters.careless))}

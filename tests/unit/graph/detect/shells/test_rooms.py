"""Shells: whether two accounts write in the rooms of one habit."""

from math import log2

import ibis
import pytest

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters
from graph.detect.shells.logins import read_logins
from graph.detect.shells.null import room_weights
from graph.detect.shells.rooms import Rooms, read_rooms
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

DAY = 86_400


def rooms_of(one, other):
    """Two accounts with these days by room, on a platform where habits of two rooms are as likely as any other."""
    return Rooms({0: one, 1: other}, {0: 1.0, 1: 1.0}, {0: 0, 1: 0})


@pytest.mark.parametrize(
    ("one", "other", "chances"),
    [({0: 1}, {0: 1}, (1 / 3) / (1 / 4)), ({0: 1}, {1: 1}, (1 / 6) / (1 / 4)), ({0: 2}, {0: 1}, (1 / 4) / (1 / 6))],
)
def test_one_habit_makes_days_in_one_room_likelier_and_days_in_two_rooms_less_likely(one, other, chances):
    assert rooms_of(one, other).likeness(0, 1).bits == pytest.approx(log2(chances))


def test_what_is_told_of_two_accounts_rooms():
    found = rooms_of({0: 3, 1: 1}, {0: 1, 1: 1}).likeness(0, 1)
    assert (found.alike, found.rooms, found.days) == (0.75, 2, (4, 2))


def test_rooms_weigh_no_more_than_the_parameters_say_and_less_in_a_place():
    parameters = ShellParameters(most_behaviour_bits=5.0)

    def bits(one, other, *, crowd=False):
        rooms = Rooms({0: one, 1: other}, dict.fromkeys(range(9), 0.1), dict.fromkeys(range(9), 0))
        (weight,) = room_weights(rooms.likeness(0, 1), parameters, crowd=crowd)
        return weight.strangers, weight.home

    assert bits({0: 1, 1: 5, 2: 5, 3: 5}, {0: 1, 1: 5, 2: 5, 3: 5}) == (4.0, 1.5)
    assert bits({0: 30}, {0: 30}, crowd=True)[1] == 0.0
    assert bits({0: 90}, {1: 90}) == (pytest.approx(-1.0, abs=0.01), pytest.approx(-1.0, abs=0.01))


def read(posts, *who):
    """The rooms of a platform with posts as (account, room, day)."""
    messages = [
        {"sender": account, "room": room, "sent_at": at(day * DAY + 60 * n), "record_id": f"m{n:04d}"}
        for n, (account, room, day) in enumerate(posts)
    ]
    accounts = [{"account": name} for name in sorted({account for account, _, _ in posts})]
    context = DetectionContext(WrittenEvidence(accounts=accounts, messages=messages))
    logins = read_logins(context)
    numbers = [logins.names.index(name) for name in who]
    members = ibis.memtable([{"who": number} for number in numbers], schema={"who": "int64"})
    return read_rooms(context, logins, members).likeness(*numbers)


# Regulars of one room each: two days of one account are of one room, two of anybody only every other time.
REGULARS = [(f"c:{room}{i}", f"c:{room}", day) for room in ("r", "s") for i in range(3) for day in range(4)]


def test_days_count_once_however_much_is_written():
    found = read([*REGULARS, *[("c:a", "c:r", 1)] * 5, ("c:b", "c:r", 2)], "c:a", "c:b")
    assert (found.days, found.rooms, found.alike) == ((1, 1), 1, 1.0)
    assert found.bits > 0


def test_where_nobody_keeps_to_rooms_or_there_is_one_room_rooms_say_nothing():
    everywhere = [(f"c:{i}", f"c:{room}", day) for i in range(4) for day, room in enumerate(("r", "s"))]
    assert read([*everywhere, ("c:a", "c:r", 1), ("c:b", "c:r", 2)], "c:a", "c:b") is None
    assert read([(f"c:{name}", "c:r", day) for name in "abc" for day in range(3)], "c:a", "c:b") is None


def test_rooms_of_two_platforms_are_not_compared():
    assert read([*REGULARS, ("c:a", "c:r", 1), ("d:b", "d:r", 2)], "c:a", "d:b") is None

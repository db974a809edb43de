"""The messages behind links: how many when, and how many of each link in a period."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from graph.measures import measures
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, moment, write_folder
from workbench.dossier.activity import Activity, InPeriod, Link, activity, in_period
from workbench.dossier.contact_graph import contact_graph

A_TO_B = ("Account/small:a", "Account/small:b", "CONTACTED")
B_TO_A = ("Account/small:b", "Account/small:a", "CONTACTED")
IN_ROOM = ("Account/small:a", "Room/small:hall", "POSTED_IN")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    folder = tmp_path_factory.mktemp("activity")
    platform = Platform(adults=0, teens=0)
    for name in ("a", "b", "c"):
        platform.account(name, age=30)
    for hour in (0, 1, 26):
        platform.private("a", "b", hour)
    platform.private("b", "a", 2)
    platform.private("c", "a", 3)
    platform.post("a", 30)
    sessions = [
        {"account_id": "a", "started_at": moment(start), "ended_at": moment(end), "ip": "192.0.2.1", "device_id": used}
        for start, end, used in ((0, 1, "d1"), (10, 12, None), (50, 51, "d1"))
    ]
    seen = {"first_seen_at": moment(5), "last_seen_at": moment(9)}
    marks = [
        {"account_id": "a", "kind": "email", "value": "a@b.example", **seen},
        {"account_id": "a", "kind": "phone", "value": "+33100000000"},
    ]
    tables = {**platform.tables(), "sessions": sessions, "identifiers": marks}
    with lake_of(folder / "w", [write_folder(folder / "s", tables)]) as opened:
        yield opened


def test_the_histogram_counts_what_is_behind_the_links_and_nothing_else(lake: Lake) -> None:
    found = activity(lake, [A_TO_B, B_TO_A, IN_ROOM], most=12)
    assert found is not None
    assert (found.total, found.width) == (5, timedelta(hours=3))
    assert sum(found.counts[:2]) == 3
    assert found.starts[0] == found.first
    assert activity(lake, [("Account/small:a", "Account/small:c", "CONTACTED")]) is None
    assert activity(lake, [("Account/small:a", "Identifier/ip:x", "USED")]) is None
    assert activity(lake, []) is None


def test_one_message_is_one_bin(lake: Lake) -> None:
    found = activity(lake, [B_TO_A])
    assert found is not None
    assert (found.counts, found.width) == ((1,), timedelta(minutes=1))
    assert Activity(datetime(2024, 1, 1), timedelta(1), (2, 3)).starts[1] == datetime(2024, 1, 2)  # noqa: DTZ001


def test_a_link_weighs_what_was_written_in_the_period(lake: Lake) -> None:
    whole = in_period(lake, [A_TO_B, B_TO_A, IN_ROOM]).weights
    assert whole == {A_TO_B: 3, B_TO_A: 1, IN_ROOM: 1}
    sent = lake.table("messages").to_pyarrow().to_pylist()
    times = sorted(row["sent_at"] for row in sent if row["sender"] == "small:a")
    second, third = times[1], times[2]
    within = in_period(lake, [A_TO_B, B_TO_A], since=second, until=third)
    assert within.weights == {A_TO_B: 1, B_TO_A: 1}
    assert within.firsts[A_TO_B] == second.replace(tzinfo=UTC), "not the first of all"
    assert in_period(lake, [A_TO_B], until=times[0]).weights == {}


def test_a_link_to_an_identifier_weighs_its_uses_in_the_period(lake: Lake) -> None:
    """One with uses before and after it alone counted as used in it."""
    address, device, email, phone = (
        ("Account/small:a", f"Identifier/{key}", "USED")
        for key in ("ip:192.0.2.1", "device:d1", "email:a@b.example", "phone:+33100000000")
    )
    links = [address, device, email, phone, A_TO_B]

    def within(since: float, until: float) -> Mapping[Link, int]:
        return between(since, until).weights

    def between(since: float, until: float) -> InPeriod:
        ends = {"since": START + timedelta(hours=since), "until": START + timedelta(hours=until)}
        return in_period(lake, links, **ends)

    assert in_period(lake, links).weights == {address: 3, device: 2, email: 1, phone: 1, A_TO_B: 3}
    assert within(11, 40) == {address: 1, A_TO_B: 1}, "a part of a session; the device was used before and after"
    assert within(6, 7) == {email: 1}, "seen from before to after"
    assert within(12.5, 20) == {}
    begins = (START + timedelta(hours=11)).replace(tzinfo=UTC)
    assert between(11, 40).firsts[address] == begins, "what had begun before is there from the beginning on"
    assert within(51.5, 60) == {}


def test_the_contact_graph_has_a_link_a_direction_and_no_room(lake: Lake) -> None:
    found = contact_graph(lake)
    assert [node.key for node in found.nodes] == ["Account/small:a", "Account/small:b", "Account/small:c"]
    assert {(edge.source[-1], edge.target[-1]) for edge in found.edges} == {("a", "b"), ("b", "a"), ("c", "a")}
    assert list(measures(found, ["degree"])["degree"]) == [3, 2, 1]

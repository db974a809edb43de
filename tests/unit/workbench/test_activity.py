"""The messages behind links: how many when, and how many of each link in a period."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from graph.measures import measures
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import Platform, lake_of, write_folder
from workbench.dossier.activity import Activity, activity, weights
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
    with lake_of(folder / "w", [write_folder(folder / "s", platform.tables())]) as opened:
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
    whole = weights(lake, [A_TO_B, B_TO_A, IN_ROOM])
    assert whole == {A_TO_B: 3, B_TO_A: 1, IN_ROOM: 1}
    sent = lake.table("messages").to_pyarrow().to_pylist()
    times = sorted(row["sent_at"] for row in sent if row["sender"] == "small:a")
    second, third = times[1], times[2]
    assert weights(lake, [A_TO_B, B_TO_A], since=second, until=third) == {A_TO_B: 1, B_TO_A: 1}
    assert weights(lake, [A_TO_B], until=times[0]) == {}


def test_the_contact_graph_has_a_link_a_direction_and_no_room(lake: Lake) -> None:
    found = contact_graph(lake)
    assert [node.key for node in found.nodes] == ["Account/small:a", "Account/small:b", "Account/small:c"]
    assert {(edge.source[-1], edge.target[-1]) for edge in found.edges} == {("a", "b"), ("b", "a"), ("c", "a")}
    assert list(measures(found, ["degree"])["degree"]) == [3, 2, 1]

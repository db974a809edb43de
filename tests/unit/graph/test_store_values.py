"""How values of the driver are weighed and made plain, without an engine."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import neo4j.graph
import neo4j.time
import pytest

from graph.store.answer import MOST_VALUES, weight
from graph.store.values import neutral_node, plain

MOMENT = (2024, 2, 29, 23, 30, 15)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (neo4j.time.DateTime(*MOMENT, tzinfo=UTC), datetime(*MOMENT, tzinfo=UTC)),
        (neo4j.time.DateTime(*MOMENT, 250_000, tzinfo=UTC), datetime(*MOMENT, 250, tzinfo=UTC)),
        (neo4j.time.DateTime(*MOMENT, tzinfo=ZoneInfo("UTC")), datetime(*MOMENT, tzinfo=UTC)),
        (neo4j.time.DateTime(*MOMENT, tzinfo=ZoneInfo("Europe/Paris")), datetime(2024, 2, 29, 22, 30, 15, tzinfo=UTC)),
        (neo4j.time.DateTime(*MOMENT), datetime(*MOMENT)),  # noqa: DTZ001 - a local moment stays one
    ],
)
def test_instants_are_in_utc_and_local_ones_stay(value: neo4j.time.DateTime, moment: datetime) -> None:
    found = plain([value], neutral_node)[0]
    assert (found, found.tzinfo) == (moment, moment.tzinfo)


def test_values_in_lists_maps_and_nodes_and_long_texts_weigh() -> None:
    node = neo4j.graph.Node(neo4j.graph.Graph(), "1", 1, ["Account"], {"id": "p:a", "names": ["x"] * 10})
    assert weight(["a", 1]) == 2
    assert weight([["a", 1], {"b": [1, 2]}]) == 2 + 2 + 1 + 2
    assert weight([node]) == 1 + 2 + 10
    assert weight(["x" * 3_200]) == 1 + 100
    assert weight([[["x" * 3_200]]]) == 1 + 1 + 1 + 100
    assert weight([[0] * (MOST_VALUES + 1)]) > MOST_VALUES

"""Charts of counts, in process: no axis and no legend has a half of a message or of a person."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import CASE
from tests.ui.test_app import _closed, at_screen

__all__ = ["_closed"]
pytestmark = pytest.mark.embedded
COUNTED = ("messages", "people")


def guides(spec: Any) -> Iterator[dict[str, Any]]:
    """Axes and legends of what is counted, wherever a chart nests them."""
    for channel, guide in (("y", "axis"), ("opacity", "legend")):
        coded = spec.get("encoding", {}).get(channel, {})
        if coded.get("field") in COUNTED:
            yield coded.get(guide) or {}


@pytest.mark.parametrize(
    ("screen", "given"),
    [
        ("Overview", {}), ("Account", {"account": f"{CASE}:hub", "account_tab": "activity"}),
        ("Room", {"room": f"{CASE}:lobby"}),
    ],
)
def test_what_is_counted_is_marked_in_whole_numbers(workspace: Path, screen: str, given: dict[str, str]) -> None:
    app = at_screen(screen, case=CASE, **given)
    found = [guide for chart in app.get("vega_lite_chart") for guide in guides(json.loads(chart.proto.spec))]
    assert found
    assert [guide.get("tickMinStep") for guide in found] == [1] * len(found)

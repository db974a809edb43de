"""Instants as Bolt carries them become datetimes: seconds and nanoseconds of UTC, or of no zone."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import neo4j
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store.moments import plain_moments


def carried(**connection: Any) -> neo4j.Transaction:
    """A transaction, as far as it is looked at: what its connection has."""
    return cast("neo4j.Transaction", SimpleNamespace(_connection=SimpleNamespace(**connection)))


def functions() -> dict[bytes, Any]:
    """Those of a connection, once set."""
    handler = SimpleNamespace(struct_hydration_functions=dict.fromkeys((b"I", b"i", b"d", b"D"), str))
    plain_moments(carried(hydration_handler=handler))
    found: dict[bytes, Any] = handler.struct_hydration_functions
    return found


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from([3_600, -12_600, "Europe/Paris", "No/Such_Zone"]))
def test_an_instant_is_in_utc_whatever_its_zone(moment: datetime, zone: int | str) -> None:
    seconds, rest = divmod((moment - datetime(1970, 1, 1, tzinfo=UTC)) // (moment.resolution), 1_000_000)
    found = functions()[b"I" if isinstance(zone, int) else b"i"](seconds, rest * 1_000, zone)
    assert (found, found.tzinfo) == (moment, UTC)


@pytest.mark.parametrize(("nanoseconds", "microseconds"), [(1_499, 1), (1_500, 2), (2_500, 2), (999_999_501, 10**6)])
def test_what_is_finer_than_a_microsecond_is_rounded(nanoseconds: int, microseconds: int) -> None:
    second, rest = divmod(microseconds, 1_000_000)
    assert functions()[b"d"](0, nanoseconds) == datetime(1970, 1, 1, 0, 0, second, rest)  # noqa: DTZ001 - local


def test_a_connection_that_carries_local_times_alone_is_left_as_it_is() -> None:
    old = SimpleNamespace(struct_hydration_functions={b"F": str, b"f": str, b"d": str})
    plain_moments(carried(hydration_handler=old))
    plain_moments(carried())
    plain_moments(cast("neo4j.Transaction", SimpleNamespace()))
    assert old.struct_hydration_functions == {b"F": str, b"f": str, b"d": str}

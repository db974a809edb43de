"""Text becomes typed values, or an error that says what was expected."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from queries.errors import ParameterInvalid
from queries.parameters import bind, coerce
from queries.saved_query import Parameter, SavedQuery

QUERY = SavedQuery(
    "q", "Q", "", "RETURN $a, $b", (Parameter("a", "integer"), Parameter("b", "strings", ["x"]))
)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("string", " a ", " a "), ("integer", " 42 ", 42), ("integer", -1, -1), ("number", "1.5", 1.5),
        ("number", 2, 2), ("boolean", "Yes", True), ("boolean", "0", False), ("boolean", True, True),
        ("instant", "2024-01-31T13:00:00+01:00", "2024-01-31T12:00:00Z"),
        ("instant", datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=1))), "2023-12-31T23:00:00Z"),
        ("strings", "a, b,,c", ["a", "b", "c"]), ("strings", ["a,b"], ["a,b"]), ("strings", "", []),
    ],
)
def test_a_value_is_read_as_its_type(kind: Any, given: Any, value: Any) -> None:
    read = coerce(Parameter("p", kind), given)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("string", 1), ("integer", "1.5"), ("integer", True), ("integer", "9" * 19), ("integer", 2**63),
        ("integer", "٣" * 30),
        ("number", "nan"), ("number", "inf"), ("number", "x"), ("number", True), ("boolean", "maybe"), ("boolean", 1),
        ("instant", "2024-01-31"), ("instant", "2024-01-31T12:00:00"), ("instant", "29 February 2023"), ("instant", 5),
        ("strings", 5), ("strings", [1]),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_in_one_short_line(kind: Any, given: Any) -> None:
    with pytest.raises(ParameterInvalid) as error:
        coerce(Parameter("p", kind), given)
    assert "parameter p" in str(error.value)
    assert len(str(error.value)) < 400


def test_defaults_fill_and_all_faults_are_told_at_once() -> None:
    assert bind(QUERY, {"a": "3"}) == {"a": 3, "b": ["x"]}
    with pytest.raises(ParameterInvalid) as error:
        bind(QUERY, {"c": 1, "b": 5})
    for part in ("unknown parameter c", "a is missing", "parameter b", "a (integer), b (strings)"):
        assert part in str(error.value)

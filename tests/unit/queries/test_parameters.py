"""Text becomes typed values, or an error that says what was expected."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from queries.errors import ParameterInvalid, PeriodReversed
from queries.parameters import bind, coerce
from queries.saved_query import Parameter, SavedQuery

QUERY = SavedQuery(
    "q", "Q", "", "RETURN $a, $b", (Parameter("a", "integer"), Parameter("b", "text[]", ["x"]))
)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", " a ", " a "), ("integer", " 42 ", 42), ("integer", -1, -1), ("number", "1.5", 1.5),
        ("number", 2, 2), ("boolean", "Yes", True), ("boolean", "0", False), ("boolean", True, True),
        ("instant", "2024-01-31T13:00:00+01:00", "2024-01-31T12:00:00Z"),
        ("instant", datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=1))), "2023-12-31T23:00:00Z"),
        ("text[]", "a, b,,c", ["a", "b", "c"]), ("text[]", ["a,b"], ["a,b"]), ("text[]", "", []),
        ("text[]", "a; b", ["a", "b"]), ("text[]", "a;1, b", ["a;1", "b"]), ("text[]", "a; b\n", ["a; b"]),
        ("account[]", "p:a,b\np:c", ["p:a,b", "p:c"]), ("integer[]", "1, 2", [1, 2]),
        ("instant", "2024-01-31", "2024-01-31T00:00:00Z"), ("instant", date(2024, 1, 31), "2024-01-31T00:00:00Z"),
        ("day", "2024-01-31", "2024-01-31T00:00:00Z"), ("day", "2024-01-31T00:00:00Z", "2024-01-31T00:00:00Z"),
        ("period", "2024", {"since": "2024-01-01T00:00:00Z", "until": "2025-01-01T00:00:00Z"}),
        ("period", "2024-12", {"since": "2024-12-01T00:00:00Z", "until": "2025-01-01T00:00:00Z"}),
        ("period", "2024-02-29", {"since": "2024-02-29T00:00:00Z", "until": "2024-03-01T00:00:00Z"}),
        ("period", "2023-12/2024-01-31", {"since": "2023-12-01T00:00:00Z", "until": "2024-02-01T00:00:00Z"}),
        ("period", "2024-01-01T00:00:00+01:00/2024-01-01", {
            "since": "2023-12-31T23:00:00Z", "until": "2024-01-02T00:00:00Z",
        }),
    ],
)
def test_a_value_is_read_as_its_type(kind: Any, given: Any, value: Any) -> None:
    read = coerce(Parameter("p", kind), given)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", 1), ("integer", "1.5"), ("integer", True), ("integer", "9" * 19), ("integer", 2**63),
        ("integer", "٣" * 30),
        ("number", "nan"), ("number", "inf"), ("number", "x"), ("number", True), ("boolean", "maybe"), ("boolean", 1),
        ("instant", "2024-01-31T12:00:00"), ("instant", "29 February 2023"), ("instant", 5),
        ("text[]", 5), ("text[]", [1]), ("integer[]", "1,x"), ("day", "2024-01-31T12:00:00Z"), ("day", "2024-02-30"),
        ("period", "2024-01-31/2024-01-01"), ("period", "2024-13"), ("period", ""), ("period", {"since": "2024"}),
        ("period", 2024), ("account", 5),
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
    for part in ("unknown parameter c", "a is missing", "parameter b", "a (integer), b (text[])"):
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("parameter", "given", "wanted"),
    [
        (Parameter("age", "integer", least=1, most=120), "130", "130' is not 120 or less"),
        (Parameter("age", "number", least=0.5), 0.25, "0.25 is not 0.5 or more"),
        (Parameter("ages", "integer[]", most=3), "1,4", "'4' is not 3 or less"),
        (Parameter("kind", "choice", choices=("hub", "room")), "hubs", "'hubs' is not one of hub, room"),
    ],
)
def test_a_value_outside_the_limits_is_refused(parameter: Parameter, given: Any, wanted: str) -> None:
    with pytest.raises(ParameterInvalid, match=wanted):
        coerce(parameter, given)


def test_a_query_is_about_one_account_where_only_that_must_be_given() -> None:
    account, age = Parameter("who", "account"), Parameter("age", "integer", 18)
    assert SavedQuery("q", "Q", "", "", (account, age)).takes_one("account") == "who"
    assert SavedQuery("q", "Q", "", "", (account, Parameter("b", "account"))).takes_one("account") is None
    assert SavedQuery("q", "Q", "", "", (age,)).takes_one("account") is None
    owner = SavedQuery("q", "Q", "", "", (Parameter("whose", "owner"), age))
    assert [owner.takes_node(label) for label in ("Person", "Company", "Account")] == ["whose", "whose", None]


def test_a_period_whose_end_lies_before_its_beginning_is_told_apart() -> None:
    with pytest.raises(PeriodReversed, match="'2024-03-10/2024-03-01' ends before it begins"):
        coerce(Parameter("p", "period"), "2024-03-10/2024-03-01")
    with pytest.raises(ParameterInvalid, match="is not a period"):
        coerce(Parameter("p", "period"), "2024-03-10/soon")

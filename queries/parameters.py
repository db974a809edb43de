"""Is this value what a query's parameter asks for?  Text from a command line or a form becomes a typed value."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, get_args

from queries.errors import ParameterInvalid
from queries.saved_query import ENTITIES, Parameter, ParameterType, SavedQuery

PARAMETER_TYPES: tuple[str, ...] = get_args(ParameterType)
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_EXPECTED = {
    "string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "instant": "an ISO 8601 time with offset, such as 2024-01-31T12:00:00Z", "strings": "texts separated by commas",
    **dict.fromkeys(ENTITIES, "an id"),
}


def coerce(parameter: Parameter, value: Any) -> Any:
    """The value as the parameter's type; text is read, an instant becomes ISO 8601 UTC text (queries wrap it in
    ``datetime()``), ``strings`` split at commas.  Raises ParameterInvalid.
    """
    try:
        return _READERS[parameter.type](value)
    except (ValueError, TypeError, OverflowError):
        shown = repr(value)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        raise ParameterInvalid(
            f"{shown} is not {_EXPECTED[parameter.type]}",
            where=f"parameter {parameter.name}", fix=f"give {_EXPECTED[parameter.type]}",
        ) from None


def bind(query: SavedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every parameter of the query with its value: given, else its default.

    Raises ParameterInvalid naming all that are unknown, missing or of the wrong type.
    """
    known = {parameter.name for parameter in query.parameters}
    faults = [f"unknown parameter {name}" for name in sorted(set(given) - known)]
    bound: dict[str, Any] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            faults.append(f"parameter {parameter.name} is missing ({_EXPECTED[parameter.type]})")
            continue
        try:
            bound[parameter.name] = coerce(parameter, value)
        except ParameterInvalid as error:
            faults.append(f"{error.where}: {error.what}")
    if faults:
        names = ", ".join(f"{p.name} ({p.type})" for p in query.parameters) or "none"
        raise ParameterInvalid("; ".join(faults), where=f"query {query.id}", fix=f"its parameters are: {names}")
    return bound


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    if isinstance(value, str) and not _INTEGER.fullmatch(value.strip()):
        raise ValueError
    number = int(value)
    if not -(2**63) <= number < 2**63:
        raise OverflowError
    return number


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    if isinstance(value, int):
        return _integer(value)
    number = float(value)
    if number - number != 0.0:  # infinite or no number
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = _string(value).strip().lower()
    if word not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[word]


def _instant(value: Any) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(_string(value).strip())
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        raise TypeError
    return [_string(part) for part in value]


_READERS = {
    "string": _string, "integer": _integer, "number": _number, "boolean": _boolean, "instant": _instant,
    "strings": _strings,
    **dict.fromkeys(ENTITIES, _string),
}

"""Is this value what a query's parameter asks for?  Text from a command line or a form becomes a typed value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from queries.errors import ParameterInvalid, PeriodReversed
from queries.saved_query import Parameter, SavedQuery
from queries.value_types import ENTITIES, is_list, item_type
from queries.values import EXPECTED, EndsBeforeItBegins, read, split


def coerce(parameter: Parameter, value: Any) -> Any:
    """The value as the parameter's type, within its limits; text is read (``queries.values``).

    A list takes a sequence, or a text whose values stand on lines or, on one line, between commas.
    Raises ParameterInvalid.
    """
    if is_list(parameter.type):
        single = replace(parameter, type=item_type(parameter.type), default=None)
        return [coerce(single, item) for item in _items(parameter, value)]
    try:
        known = read(parameter.type, value)
    except EndsBeforeItBegins:
        where, fix = f"parameter {parameter.name}", "give the earlier day first"
        raise PeriodReversed(f"{_short(value)} ends before it begins", where=where, fix=fix) from None
    except (LookupError, ValueError, TypeError, OverflowError):
        raise _invalid(parameter, value, expected(parameter)) from None
    if parameter.least is not None and known < parameter.least:
        raise _invalid(parameter, value, f"{parameter.least} or more")
    if parameter.most is not None and known > parameter.most:
        raise _invalid(parameter, value, f"{parameter.most} or less")
    if parameter.choices and known not in parameter.choices:
        raise _invalid(parameter, value, f"one of {', '.join(parameter.choices)}")
    return known


def defaults_of(parameters: Iterable[Parameter], written: Mapping[str, str]) -> dict[str, Any]:
    """What is written in the fields as defaults of a query of one's own: those that can be read, by name.

    What names things of a graph is none: it is of one case.
    """
    found: dict[str, Any] = {}
    for parameter in parameters:
        text, single = written.get(parameter.name, "").strip(), item_type(parameter.type)
        if not text or single in ENTITIES:
            continue
        try:
            coerce(parameter, text)
        except ParameterInvalid:
            continue
        items = split(text) if is_list(parameter.type) else [text]
        values = [read(single, item) if single in ("integer", "number", "boolean") else item for item in items]
        found[parameter.name] = values if is_list(parameter.type) else values[0]
    return found


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
            faults.append(f"parameter {parameter.name} is missing ({expected(parameter)})")
            continue
        try:
            bound[parameter.name] = coerce(parameter, value)
        except ParameterInvalid as error:
            faults.append(f"{error.where}: {error.what}")
    if faults:
        names = ", ".join(f"{p.name} ({p.type})" for p in query.parameters) or "none"
        raise ParameterInvalid("; ".join(faults), where=f"query {query.id}", fix=f"its parameters are: {names}")
    return bound


def expected(parameter: Parameter) -> str:
    """What is to be given, in a few words."""
    if parameter.choices:
        return f"one of {', '.join(parameter.choices)}"
    each = EXPECTED[item_type(parameter.type)]
    return f"{each}, or several separated by commas" if is_list(parameter.type) else each


def _items(parameter: Parameter, value: Any) -> Sequence[Any]:
    if isinstance(value, str):
        return split(value)
    if not isinstance(value, Sequence):
        raise _invalid(parameter, value, expected(parameter))
    return value


def _invalid(parameter: Parameter, value: Any, wanted: str) -> ParameterInvalid:
    what = f"{_short(value)} is not {wanted}"
    return ParameterInvalid(what, where=f"parameter {parameter.name}", fix=f"give {wanted}")


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."

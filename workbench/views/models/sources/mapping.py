"""How is a mapping corrected on screen?  One field of the contract after the other, each to a column of the source."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ingest.mapping import Mapping, TableMapping, Value
from ingest.mapping.column_values import FORMATS, times_in
from ingest.mapping.propose import propose, with_value
from ingest.mapping.shape import Shape
from ingest.tables import TABLES

OF_SENDER = ("pseudonym", "declared_age")
"""What a line of messages may tell of the account that sent it."""
AS_IS = ""
"""The choice of a time format where times are ISO 8601 or counted."""


@dataclass(frozen=True)
class Field:
    """A column of the contract: may a column of the source fill it, must one, is it an instant?"""

    name: str
    required: bool
    instant: bool


def fields(table: str) -> tuple[Field, ...]:
    """The fields of a table, those that must be filled first."""
    contract = TABLES[table]
    found = [
        Field(column.name, column.required or column.name in contract.exactly_one, column.kind == "instant")
        for column in contract.columns
    ]
    if "platform" not in contract.names:
        found.append(Field("platform", False, False))
    return tuple(sorted(found, key=lambda field: not field.required))


def proposed(shape: Shape, table: str | None) -> Mapping:
    """The proposal to start from; of the table that was chosen, if one was."""
    return propose(shape, table=table).mapping


def formats_for(shape: Shape, column: str) -> tuple[str, ...]:
    """How a column's times may be written: as is, what was recognised, what else would fit, then the usual ones."""
    found = times_in(shape.values(column))
    fitting = [form for form in (found.format, found.other) if form] if found else []
    return tuple(dict.fromkeys([*fitting, AS_IS, *FORMATS[:8]])) if fitting else (AS_IS, *FORMATS[:8])


def is_odd(shape: Shape, column: str) -> bool:
    """Are the column's values no times that are understood as they stand?"""
    return times_in(shape.values(column)) is None


def example(form: str) -> str:
    """A moment as that format writes it, which says more than the format."""
    return datetime(2024, 12, 31, 18, 3, 4, tzinfo=UTC).strftime(form)


def corrected(mapping: Mapping, table: str, chosen: Map[str, str | None], times: Map[str, str]) -> Mapping:
    """The mapping whose first table is filled by these columns; what is no plain column (a constant) stays."""
    first = next((one for one in mapping.tables if one.table == table), TableMapping(table, {}))
    mapped = first
    for target, column in chosen.items():
        value = None if column is None else Value.of(column, time=times.get(target) or None)
        if value is not None and target in first.values and first.values[target].columns == value.columns:
            value = replace(value, words=first.values[target].words)
        mapped = with_value(mapped, target, value)
    rest = tuple(one for one in mapping.tables if one.table != table)
    if table == "accounts":  # identifiers in its rows are those of the account as it is corrected
        account = mapped.values.get("account_id")
        rest = () if account is None else tuple(with_value(one, "account_id", account) for one in rest)
    return replace(mapping, tables=(mapped, *rest))


def of_sender(mapping: Mapping, chosen: Map[str, str | None]) -> Mapping:
    """The mapping of messages whose lines also tell of the sender's account what these columns hold, or nothing."""
    messages, *others = mapping.tables
    rest = tuple(one for one in others if one.table != "accounts")
    sender = messages.values.get("sender_id")
    told = {target: Value.of(column) for target, column in chosen.items() if column is not None}
    if sender is None or not told:
        return replace(mapping, tables=(messages, *rest))
    # an account stands on the platform of its messages
    where = {"platform": messages.values["platform"]} if "platform" in messages.values else {}
    values = {"account_id": sender, **told, **where}
    order = [name for name in (*TABLES["accounts"].names, "platform") if name in values]
    account = TableMapping("accounts", {name: values[name] for name in dict.fromkeys(order)})
    return replace(mapping, tables=(messages, account, *rest))


def plain_column(mapping: Mapping, table: str, target: str) -> str | None:
    """The one source column that fills the field; None if nothing or something else does."""
    for one in mapping.tables:
        if one.table == table and target in one.values:
            parts = one.values[target].parts
            return parts[0][1] if len(parts) == 1 and parts[0][0] == "column" else None
    return None

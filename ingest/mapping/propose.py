"""Which column is likely to mean what?  A mapping proposed from a table's names and values, for a person to correct."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from ingest.mapping.column_names import MARKS, ROLE_WORDS, name_score, plain_name
from ingest.mapping.column_values import (
    Times,
    is_address,
    is_age,
    is_email,
    is_id,
    is_share,
    prose,
    shared,
    times_in,
)
from ingest.mapping.declared import Mapping, TableMapping, Value
from ingest.mapping.shape import Shape
from ingest.tables import TABLES, Column, Table

_ENOUGH = 0.25  # a weaker guess is none
_PAIRED = 0.1  # share of values that senders and recipients have in common at least
_ROLES = {plain_name(word): role for word, role in ROLE_WORDS.items()}
_VOID = ("NULL", "null", "None", "\\N", "N/A", "n/a", "NaN")


@dataclass(frozen=True)
class Proposal:
    """``mapping`` may lack what is required: ``missing`` names it, by table.

    ``exchanged``: by source column, the format with day and month exchanged that its values fit as well.
    """

    mapping: Mapping
    missing: Map[str, tuple[str, ...]]
    exchanged: Map[str, str]


def propose(shape: Shape, *, name: str = "mapping", table: str | None = None) -> Proposal:
    """The likeliest mapping of a table's columns to one contract table (``table``, if given) and what it lacks.

    A name beside the sender of messages gives rows of accounts as well, an address in the row of an account
    identifiers.
    """
    times = {column: times_in(shape.values(column)) for column in shape.columns}
    best = max(
        (_assigned(TABLES[one], shape, times) for one in ([table] if table else TABLES)),
        key=lambda found: (not missing_in(found[0]), found[1]),
    )[0]
    tables = [best, *_named(best, shape), *_marks(best, shape)]
    seen = {text for row in shape.rows for text in row}
    mapping = Mapping(
        name, shape.delimiter, "yes" if shape.header else "no", () if shape.header else shape.columns, shape.comment,
        shape.quote, tuple(text for text in _VOID if text in seen), None, tuple(tables),
    )
    lacking = {one.table: faults for one in tables if (faults := missing_in(one))}
    read = {column for one in tables for value in one.values.values() if value.time for column in value.columns}
    exchanged = {column: found.other for column, found in times.items() if found and found.other and column in read}
    return Proposal(mapping, lacking, exchanged)


def missing_in(mapped: TableMapping) -> tuple[str, ...]:
    """Required columns that nothing fills; of several of which one is needed all are named as ``a or b``."""
    table = TABLES[mapped.table]
    found = [name for name in table.required if name not in mapped.values]
    if table.exactly_one and not set(table.exactly_one) & set(mapped.values):
        found.append(" or ".join(table.exactly_one))
    return tuple(found)


def with_value(mapped: TableMapping, target: str, value: Value | None) -> TableMapping:
    """The table with that column filled otherwise, or not at all; columns stand in the contract's order."""
    values = {**mapped.values}
    values.pop(target, None)
    if value is not None:
        values[target] = value
    order = [*TABLES[mapped.table].names, "platform"]
    return replace(mapped, values={name: values[name] for name in dict.fromkeys(order) if name in values})


def _assigned(table: Table, shape: Shape, times: Map[str, Times | None]) -> tuple[TableMapping, float]:
    guesses = sorted(_guesses(table, shape, times), key=lambda guess: (-guess[0], guess[3]))
    values: dict[str, Value] = {}
    used: set[str] = set()
    total = 0.0
    for score, target, column, _order in guesses:
        if target in values or column in used:
            continue
        found = times[column] if _kind(table, target) == "instant" else None
        words = _role_words(shape.values(column)) if _kind(table, target) == "choice" else ()
        values[target] = replace(Value.of(column, time=found.format if found else None), words=words)
        used.add(column)
        total += score
    mapped = TableMapping(table.name, {name: values[name] for name in (*table.names, "platform") if name in values})
    return mapped, total


def _guesses(
    table: Table, shape: Shape, times: Map[str, Times | None]
) -> Iterator[tuple[float, str, str, tuple[int, int]]]:
    """(score, target, column, order) of whatever is likely enough."""
    targets = list(table.columns)
    if "platform" not in table.names:
        targets.append(Column("platform"))
    for order, target in enumerate(targets):
        for place, column in enumerate(shape.columns):
            values = shape.values(column)
            score = name_score(table.name, target.name, column)
            if target.kind == "instant":
                fits = times[column] is not None
                score = max(score, 0.3 if target.required else 0.0) if fits else 0.0
            elif not _fits(target, values) or (target.kind == "id" and times[column] is not None):
                score = 0.0
            elif table.name == "messages" and not score:
                score = _by_values(target.name, column, shape, times)
            if score >= _ENOUGH:
                yield score, target.name, column, (order, place)


def _fits(target: Column, values: list[str]) -> bool:
    if target.kind == "id":
        return is_id(values)
    if target.kind == "age":
        return is_age(values)
    if target.kind == "share":
        return is_share(values)
    if target.kind == "choice":
        return not values or any(text.lower() in target.choices or plain_name(text) in _ROLES for text in values)
    return target.name != "ip" or is_address(values)


def _by_values(target: str, column: str, shape: Shape, times: Map[str, Times | None]) -> float:
    """Messages alone tell their columns without names: two columns hold the same people, one holds prose."""
    values = shape.values(column)
    if not values or times[column] is not None:
        return 0.0
    if target == "text":
        return 0.4 if prose(values) > 2 else 0.0
    if target not in ("sender_id", "recipient_id"):
        return 0.0
    others = [shape.values(other) for other in shape.columns if other != column and times[other] is None]
    return 0.35 if any(is_id(other) and shared(values, other) >= _PAIRED for other in others) else 0.0


def _named(mapped: TableMapping, shape: Shape) -> list[TableMapping]:
    """Accounts from the lines of messages, where a column names the sender beside the id."""
    sender = mapped.values.get("sender_id")
    if mapped.table != "messages" or sender is None:
        return []
    used = {column for value in mapped.values.values() for column in value.columns}
    free = [(name_score("accounts", "pseudonym", column), column) for column in shape.columns if column not in used]
    score, column = max(free, default=(0.0, ""))
    if score < _ENOUGH:
        return []
    return [TableMapping("accounts", {"account_id": sender, "pseudonym": Value.of(column)})]


def _marks(mapped: TableMapping, shape: Shape) -> list[TableMapping]:
    """Identifiers from the rows of accounts: addresses that no column of accounts takes."""
    account = mapped.values.get("account_id")
    if mapped.table != "accounts" or account is None:
        return []
    used = {column for value in mapped.values.values() for column in value.columns}
    fits = {"email": is_email, "ip": is_address}
    return [
        TableMapping("identifiers", {"account_id": account, "kind": Value((("constant", kind),)),
                                     "value": Value.of(column)})
        for kind, names in MARKS.items() for column in shape.columns
        if column not in used and plain_name(column) in names and fits[kind](shape.values(column))
    ]


def _role_words(values: list[str]) -> tuple[tuple[str, str], ...]:
    """What the words for roles among these mean, then what others of the kind do: moderators are few, and seldom among
    the first rows.  Nothing where all are the contract's own."""
    found = {text: _ROLES[plain_name(text)] for text in sorted(set(values)) if plain_name(text) in _ROLES}
    return tuple({**found, **{text: role for text, role in ROLE_WORDS.items() if found}}.items())


def _kind(table: Table, target: str) -> str:
    return table.column(target).kind if target in table.names else "text"

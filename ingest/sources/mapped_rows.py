"""How do the cells of a tabular source become columns of a contract table?  As SQL, by the mapping's expressions."""

from collections.abc import Callable, Sequence

from ingest.lake.engine import literal, quoted
from ingest.mapping import Mapping, TableMapping, Value
from ingest.sources.reader import StagedTable
from ingest.tables import TABLES


def mapped_rows(
    mapping: Mapping, table: TableMapping, spare: Sequence[str], source: str, *, cell: Callable[[str], str],
    rejects: str | None = None,
) -> StagedTable:
    """The staged table.  ``source``: FROM with WHERE, with columns ``source``, ``row`` and ``raw``; ``cell``: the SQL
    of a source column's text; ``spare``: source columns that no expression names and that are kept as attributes.
    """
    void = ", ".join(literal(text) for text in ("", *mapping.empty))

    def field(name: str) -> str:
        text = cell(name)
        return f"CASE WHEN {text} NOT IN ({void}) THEN {text} END"

    listed = [f"{_value_sql(value, field)} AS {quoted(target)}" for target, value in table.values.items()]
    names = {*table.values, "raw"}
    for target, value in table.values.items():
        if _is_instant(table, target) and (value.time or value.zone or value.words):
            listed.append(f"{_written_sql(value, field)} AS {quoted(f'{target}_raw')}")
            names.add(f"{target}_raw")
    # what is read otherwise than it was written stays beside it
    read = [name for value in table.values.values() if value.time or value.words for name in value.columns]
    if kept := tuple(dict.fromkeys((*spare, *read))):
        pairs = ", ".join(f"{literal(name)}, {field(name)}" for name in kept)
        filled = ", ".join(field(name) for name in kept)
        listed.append(f"CASE WHEN coalesce({filled}) IS NOT NULL THEN json_object({pairs})::VARCHAR END AS attributes")
        names.add("attributes")
    rows = f"(SELECT source, row, raw, {', '.join(listed)} {source})"
    beside = table is not mapping.tables[0] and table.only is None and not table.query
    if table.table == "identifiers" and beside:
        rows = f"(SELECT * FROM {rows} WHERE value IS NOT NULL)"  # that somebody gave no e-mail is no fault of the line
    return StagedTable(table.table, rows, frozenset(names), rejects, mapping.platform)


def spare_columns(mapping: Mapping, table: TableMapping, columns: Sequence[str]) -> list[str]:
    """Columns that are kept as attributes of this table: those that no table uses.

    Where a table before it takes every line, they are kept there: with all that stands beside a message, each would
    make another account of its sender.
    """
    before = mapping.tables[: mapping.tables.index(table)]
    if table.only is None and any(one.only is None for one in before):
        return []
    return [name for name in columns if name not in mapping.used]


def _is_instant(table: TableMapping, target: str) -> bool:
    contract = TABLES[table.table]
    return target in contract.names and contract.column(target).kind == "instant"


def _written_sql(value: Value, field: Callable[[str], str]) -> str:
    """What the source says, before any of it is read as a moment: without what the mapping puts before and behind."""
    told = [place for place, (kind, _) in enumerate(value.parts) if kind == "column"]
    return _joined(value.parts[told[0]:told[-1] + 1] if told else value.parts, field)


def _joined(parts: Sequence[tuple[str, str]], field: Callable[[str], str]) -> str:
    texts = [field(text) if kind == "column" else literal(text) for kind, text in parts]
    return " || ".join(f"({text})" for text in texts) if len(texts) > 1 else texts[0]


def _value_sql(value: Value, field: Callable[[str], str]) -> str:
    joined = _joined(value.parts, field)
    if value.words:
        means = " ".join(f"WHEN {literal(word)} THEN nullif({literal(to)}, '')" for word, to in value.words)
        return f"(CASE {joined} {means} ELSE {joined} END)"
    if value.time is None:
        return f"({joined})" + (f" || {literal(value.zone)}" if value.zone else "")
    moment = f"try_strptime({joined}, {literal(value.time)})"
    written = f"strftime({moment}, '%Y-%m-%dT%H:%M:%S.%f')"
    # an offset that the format read is taken into account already: such a moment is UTC
    zone = "Z" if "%z" in value.time else value.zone
    # what does not fit the format stays as it is, for the checks to refuse
    return f"coalesce({written} || {literal(zone)}, {joined})"

"""Does every row keep the contract?  Turns a staged table into SQL of its stored rows and of its rejects."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.batch.instants import InstantSql, bases, fault_sql, instant_sql, sane_sql, usual_sql
from ingest.batch.platforms import PlatformRule
from ingest.lake.columns import FULL_IDS, REGISTER, STORED
from ingest.lake.engine import literal, quoted
from ingest.sources.reader import StagedTable
from ingest.tables import TABLES, WHOLE_YEARS, Column, Table

MAX_AGE = 120
_MOST_VALUES = 1000
_FEW = ("batch_id", "source_sha256", "platform")
_CONTROL = r"[\x00-\x1F\x7F]"


@dataclass(frozen=True)
class Fault:
    """SQL: is the row at fault here, and reason and hint (SQL texts) if so.  ``column`` is empty for the whole row.

    ``control`` marks the search for control characters: on the way of the good rows all such columns take one search.
    """

    column: str
    test: str
    reason: str
    hint: str
    control: bool = False


class TableCheck:
    """The checks of one staged table, as SQL.

    ``stored(…)`` gives every row in the stored columns; ``row`` is NULL where the row is at fault: one pass
    serves the good rows, the file is written again only if some are not.  ``rejects(…)``: the rows at fault, explained.
    """

    def __init__(self, staged: StagedTable, *, timezone: str | None, case: str, platform: PlatformRule) -> None:
        self.staged, self.timezone, self.case, self.platform = staged, timezone, case, platform
        self.table: Table = TABLES[staged.table]
        self._instants: dict[str, InstantSql] = {
            column.name: instant_sql(
                quoted(column.name), column.name, timezone, usual="usual" if column.name == self._leading else None
            )
            for column in self.table.columns
            if column.kind == "instant" and self._has(column.name)
        }

    @property
    def _leading(self) -> str | None:
        """The required instant, if most rows are expected to have it with an offset."""
        required = [column.name for column in self.table.columns if column.kind == "instant" and column.required]
        return required[0] if required and self._has(required[0]) and self.timezone is None else None

    def _searched(self) -> list[str]:
        """Columns in which control characters are looked for."""
        return [quoted(fault.column) for fault in self.faults() if fault.control]

    def _has(self, name: str) -> bool:
        return name in self.staged.columns

    def _text(self, name: str) -> str:
        return quoted(name) if self._has(name) else "NULL::VARCHAR"

    def _parsed(self) -> str:
        """The staged rows with their parsed instants beside them."""
        parsed = "".join(
            f", {sql.moment} AS {_moment(name)}, {sql.basis} AS {_basis(name)}" for name, sql in self._instants.items()
        )
        relation = self.staged.relation
        if self._leading is not None:
            relation = f"(SELECT *, {usual_sql(quoted(self._leading), self._searched())} AS usual FROM {relation})"
        return f"(SELECT *{parsed} FROM {relation})"

    def faults(self) -> list[Fault]:
        """Every check of this table, in the order in which faults are named."""
        faults = []
        if self._has("fault"):
            faults.append(Fault("", "fault IS NOT NULL", "fault.reason", "fault.hint"))
        columns = self.table.columns
        if "platform" not in self.table.names:
            columns += (Column("platform"),)
        for column in columns:
            faults += self._column_faults(column)
        if self.table.exactly_one:
            filled = " + ".join(f"({self._text(name)} IS NOT NULL)::INTEGER" for name in self.table.exactly_one)
            names = " and ".join(self.table.exactly_one)
            both = f"CASE WHEN {filled} = 0 THEN 'is empty, as is ' ELSE 'is filled, as is ' END"
            faults.append(
                Fault(
                    self.table.exactly_one[0], f"{filled} <> 1", f"{both} || {literal(self.table.exactly_one[1])}",
                    literal(f"fill exactly one of {names}"),
                )
            )
        if self.table.in_order and all(name in self._instants for name in self.table.in_order):
            first, second = self.table.in_order
            faults.append(
                Fault(second, _backwards(first, second), literal(f"lies before {first}"),
                      literal(f"mend {first} or {second}: one of them is wrong, or they are exchanged"))
            )
        return faults

    def _column_faults(self, column: Column) -> list[Fault]:
        name, text = column.name, self._text(column.name)
        faults = []
        if column.required:
            # whatever starts with a space sorts before '!': a comparison that costs nothing on the way of the good rows
            faults.append(
                Fault(name, f"{text} IS NULL OR ({text} < '!' AND trim({text}) = '')", "'is empty'",
                      literal(f"{self.table.name} needs {name}"))
            )
        if not self._has(name):
            return faults
        if column.kind in ("id", "choice") or name in ("platform", "kind"):
            faults.append(
                Fault(name, f"regexp_matches({text}, {literal(_CONTROL)})", "'holds a control character'",
                      "'remove it at the source: ids are compared exactly'", control=True)
            )
        if name == "platform":
            faults.append(Fault(name, f"contains({text}, ':')", "'holds a colon'",
                                "'a colon separates platform and id: name the platform without one'"))
        if column.kind == "instant":
            moment = _moment(name)
            reason, hint = fault_sql(text, moment, self.timezone)
            test = f"{text} IS NOT NULL AND {sane_sql(moment, name)} IS NOT TRUE"
            faults.append(Fault(name, test, reason, hint))
        if column.kind == "choice":
            allowed = ", ".join(literal(choice) for choice in column.choices)
            hint = f"one of {', '.join(column.choices)}; a mapping translates others (values)"
            faults.append(Fault(name, f"lower({text}) NOT IN ({allowed})", "'is none of the allowed values'",
                                literal(hint)))
        if column.kind == "age":
            test = f"{text} IS NOT NULL AND ({age_sql(text)} BETWEEN 0 AND {MAX_AGE}) IS NOT TRUE"
            faults.append(Fault(name, test, "'is no age'", f"'a whole number of years from 0 to {MAX_AGE}'"))
        if column.kind == "share":
            faults.append(Fault(name, f"{text} IS NOT NULL AND ({_share(text)} BETWEEN 0 AND 1) IS NOT TRUE",
                                "'is no share'", "'a number from 0 to 1: 25 % is 0.25'"))
        return faults

    def stored(self, *, batch_id: str, shas: tuple[str, ...]) -> str:
        """SELECT of the stored columns for every staged row, ``row`` NULL where a row is at fault."""
        faults = self.faults()
        tests = [f"({fault.test}) IS NOT TRUE" for fault in faults if not fault.control]
        if searched := self._searched():
            clean = f"NOT regexp_matches(concat({', '.join(searched)}), {literal(_CONTROL)})"
            tests.append(clean if self._leading is None else f"(usual OR {clean})")
        ok = " AND ".join(tests) or "true"
        sha = _pick(shas)
        columns = {
            "batch_id": _enum(literal(batch_id), [batch_id]), "source_sha256": _enum(sha, shas),
            "row": f'CASE WHEN {ok} THEN "row" END',
            "attributes": "attributes" if self._has("attributes") else "NULL::VARCHAR",
            "platform": self.platform.sql if self.table.name not in REGISTER else self._text("platform"),
        }
        prefix = literal(self.case + ":") if self.table.name in REGISTER else "platform_ || ':'"
        for column in self.table.columns:
            name, text = column.name, self._text(column.name)
            if column.kind == "instant":
                has = name in self._instants
                columns[name] = _moment(name) if has else "NULL::TIMESTAMP"
                raw = f"{name}_raw"
                columns[raw] = f"COALESCE({self._text(raw)}, {text})" if self._has(raw) else text
                columns[f"{name}_basis"] = _enum(_basis(name), bases(self.timezone)) if has else "NULL::VARCHAR"
            elif column.kind == "age":
                columns[name] = f"{age_sql(text)}::INTEGER"
            elif column.kind == "share":
                columns[name] = _share(text)
            elif column.kind == "choice":
                columns[name] = f"lower({text})"
            elif name != "platform":
                columns[name] = text
            if name in FULL_IDS[self.table.name]:
                columns[FULL_IDS[self.table.name][name]] = f"{prefix} || {text}"
        if self.table.name not in REGISTER:
            only = self.platform.only
            columns["platform"] = "platform_::VARCHAR" if only is None else _enum("platform_", [only])
        listed = ", ".join(
            f"{columns[name] if name in _FEW or name.endswith('_basis') else f'CAST({columns[name]} AS {kind})'} "
            f"AS {quoted(name)}"
            for name, kind in STORED[self.table.name].stored
        )
        resolved = f"(SELECT s.*, {self.platform.sql} AS platform_ FROM {self._parsed()} AS s {self.platform.joins})"
        return f"SELECT {listed} FROM {resolved if self.table.name not in REGISTER else self._parsed()}"

    def rejects(self, *, files: tuple[str, ...]) -> str:
        """SELECT of file, row, column, reason, hint, raw (and ``table``, ``source``) of the rows at fault."""
        checks = ", ".join(
            f"CASE WHEN {fault.test} THEN {{'column': {_column_sql(fault)}, 'reason': {fault.reason}, "
            f"'hint': {fault.hint}}} END"
            for fault in self.faults()
        )
        raw = "raw" if self._has("raw") else self._raw()
        found = f"list_filter([{checks}], lambda f: f IS NOT NULL)"
        if self._has("fault"):  # what the reader could not make sense of has no faults of its own
            found = f"CASE WHEN fault IS NULL THEN {found} ELSE [{{'column': fault.column, 'reason': fault.reason, " \
                "'hint': fault.hint}] END"
        first = f"""
            SELECT source, "row", found[1].column AS "column", found[1].hint AS hint, raw,
                list_aggregate(list_transform(found,
                    lambda f: CASE WHEN f.column = '' THEN f.reason ELSE f.column || ' ' || f.reason END
                ), 'string_agg', '; ') AS reason
            FROM (SELECT source, "row", {raw} AS raw, {found} AS found
                FROM {self._parsed()})
            WHERE len(found) > 0"""
        broken = ""
        if self.staged.rejects is not None:
            broken = (
                'UNION ALL BY NAME SELECT source, "row", "column", hint, raw, '
                "CASE WHEN \"column\" = '' THEN reason ELSE \"column\" || ' ' || reason END AS reason "
                f"FROM {self.staged.rejects}"
            )
        return (
            f"SELECT {literal(self.table.name)} AS \"table\", source::INTEGER AS source, {_pick(files)} AS file, "
            f'"row"::BIGINT AS "row", "column", reason, hint, raw FROM ({first} {broken}) ORDER BY source, "row"'
        )

    def _raw(self) -> str:
        """The row as JSON where the reader keeps no original text; times as the source writes them, where it tells."""
        names = [name for name in (*self.table.names, "platform") if self._has(name)]
        names += ["attributes"] if self._has("attributes") else []
        told = {
            name: f"COALESCE({quoted(f'{name}_raw')}, {quoted(name)})" if self._has(f"{name}_raw") else quoted(name)
            for name in names
        }
        pairs = ", ".join(f"{literal(name)}, {value}" for name, value in told.items())
        return f"json_object({pairs})::VARCHAR"


def _column_sql(fault: Fault) -> str:
    return literal(fault.column) if fault.reason != "fault.reason" else "fault.column"


def _moment(name: str) -> str:
    return quoted(f"{name} moment")


def _basis(name: str) -> str:
    return quoted(f"{name} basis")


def _backwards(first: str, second: str) -> str:
    """Does the second instant lie before the first?  A day alone is that whole day."""
    before, after = _moment(first), _moment(second)
    return (
        f"CASE WHEN 'date' IN ({_basis(first)}, {_basis(second)}) THEN {after}::DATE < {before}::DATE "
        f"ELSE {after} < {before} END"
    )


def age_sql(text: str) -> str:
    """Years as a number, where the text says a whole number of them."""
    fits = f"regexp_full_match({text}, {literal(WHOLE_YEARS)}, 'i')"
    return f"CASE WHEN {fits} THEN TRY_CAST(regexp_extract({text}, '^[0-9]+') AS DOUBLE) END"


def _share(text: str) -> str:
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?') "
        f"THEN TRY_CAST({text} AS DOUBLE) END"
    )


def _enum(text: str, values: Sequence[str]) -> str:
    """The text as one of few values: written to Parquet by number, a quarter faster, and read back as text."""
    distinct = sorted(set(values))
    if len(distinct) > _MOST_VALUES:
        return text
    return f"({text})::ENUM({', '.join(literal(value) for value in distinct)})"


def _pick(values: tuple[str, ...]) -> str:
    """The value that belongs to ``source``."""
    if len(set(values)) == 1:
        return literal(values[0])
    return f"([{', '.join(literal(value) for value in values)}])[source + 1]"

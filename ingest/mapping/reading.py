"""What does a mapping file say?  TOML, read and checked with all faults at once."""

import tomllib
from collections.abc import Mapping as Map
from importlib import resources
from pathlib import Path
from typing import Any

from ingest.errors import MappingInvalid
from ingest.mapping.declared import WHITESPACE, Mapping, TableMapping, Value
from ingest.source_files import printable, regular_file
from ingest.tables import TABLES

_FILE_KEYS = {"delimiter", "header", "columns", "comment", "quote", "empty"}
_EXPRESSIONS = ("column", "constant", "concat")
_SHIPPED = "shipped"
_FORMS = ("file", "database", "json", "sheet", "parquet")

def shipped_mappings() -> dict[str, Path]:
    """Name and file of every mapping that comes with the program, sorted."""
    folder = Path(str(resources.files("ingest.mapping"))) / _SHIPPED
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def find_mapping(given: Path | str) -> Path:
    """The mapping file for a path or the name of a shipped mapping; MappingInvalid if there is neither."""
    path = Path(given)
    if path.exists():
        return regular_file(path)
    shipped = shipped_mappings()
    if str(given) in shipped:
        return shipped[str(given)]
    raise MappingInvalid(
        "there is no such mapping", where=f"--mapping {printable(path)}",
        fix=f"name a file, or one of those shipped: {', '.join(shipped)}",
    )


def read_mapping(given: Path | str) -> Mapping:
    """The mapping in a file (or shipped under that name); MappingInvalid tells every fault."""
    path = find_mapping(given)
    return parse_mapping(path.read_bytes(), name=path.stem, where=printable(path))


def parse_mapping(text: bytes, *, name: str, where: str) -> Mapping:
    """The mapping that a file's bytes say; MappingInvalid tells every fault."""
    try:
        body = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingInvalid(f"is no TOML ({error})", where=where, fix="see docs/formats.md") from error
    reading = _Reading()
    mapping = reading.mapping(name, body)
    if reading.faults or mapping is None:
        raise MappingInvalid("; ".join(reading.faults), where=where, fix="see docs/formats.md")
    return mapping


class _Reading:
    """Walks the TOML and collects faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def mapping(self, name: str, body: Map[str, Any]) -> Mapping | None:
        self._unknown("the file", body, {*_FORMS, "platform", "description", "table"})
        source = self._table(body, "file")
        base = self._base(body)
        self._unknown("[file]", source, _FILE_KEYS)
        delimiter = self._text(source, "delimiter", ",", "[file]")
        if delimiter != WHITESPACE and (len(delimiter) != 1 or delimiter in "\r\n"):
            self.faults.append('delimiter is one character or "whitespace"')
        quote = self._text(source, "quote", "", "[file]")
        if quote not in ("", '"', "'") or (quote and delimiter == WHITESPACE):
            self.faults.append("quote is \" or ' (not with whitespace as the delimiter)")
        header = source.get("header", True)
        if header not in (True, False, "optional"):
            self.faults.append('header is true, false or "optional"')
        form, paths, sheet = self._form(body)
        columns = tuple(paths) or self._names(source)
        if len(given := [name for name in _FORMS if name in body]) > 1:
            self.faults.append(f"a mapping has one of {', '.join(f'[{name}]' for name in given)}, not several")
        if header is not True and not columns:
            self.faults.append("columns must be listed where the header is not always there")
        empty = source.get("empty", [])
        if not isinstance(empty, list) or not all(isinstance(text, str) for text in empty):
            self.faults.append("empty is a list of texts that mean no value")
            empty = []
        platform = body.get("platform")
        if platform is not None and (not isinstance(platform, str) or not platform or ":" in platform):
            self.faults.append("platform is a text without a colon")
        tables = body.get("table", [])
        if not isinstance(tables, list) or not tables:
            self.faults.append("there is no [[table]]")
            tables = []
        built = [self._one_table(entry, columns, base=bool(base)) for entry in tables]
        if self.faults:
            return None
        return Mapping(
            name, delimiter, {True: "yes", False: "no"}.get(header, "optional"), columns,
            self._text(source, "comment", "", "[file]"), quote, tuple(empty), platform,
            tuple(table for table in built if table is not None), base, form, paths, sheet,
        )

    def _form(self, body: Map[str, Any]) -> tuple[str, dict[str, str], str]:
        """(form, JSON path of each column, name of the sheet)."""
        form = next((name for name in ("database", "json", "sheet", "parquet") if name in body), "delimited")
        if form not in ("json", "sheet", "parquet"):
            return form, {}, ""
        told = self._table(body, form)
        self._unknown(f"[{form}]", told, {"json": {"columns"}, "sheet": {"name"}}.get(form, set()))
        if form != "json":
            return form, {}, self._text(told, "name", "", f"[{form}]")
        paths = told.get("columns")
        if not isinstance(paths, dict) or not paths or not all(
            isinstance(path, str) and path.startswith("$") for path in paths.values()
        ):
            self.faults.append('[json] columns gives every column a path, as in { who = "$.user.id" }')
            return form, {}, ""
        return form, dict(paths), ""

    def _base(self, body: Map[str, Any]) -> tuple[str, ...]:
        """The tables by which a database is known; empty for a delimited file."""
        if "database" not in body:
            return ()
        told = self._table(body, "database")
        self._unknown("[database]", told, {"tables"})
        tables = told.get("tables")
        if not isinstance(tables, list) or not tables or not all(isinstance(one, str) and one for one in tables):
            self.faults.append("[database] tables is a list of the tables by which such a database is known")
            return ()
        return tuple(tables)

    def _query(self, where: str, entry: Map[str, Any], *, base: bool) -> tuple[str, str]:
        """(query, key) of a table of a database; nothing of both for one of a file."""
        query, key = entry.get("query", ""), entry.get("key", "")
        if base and not (isinstance(query, str) and query.strip() and isinstance(key, str) and key):
            self.faults.append(f"{where} of a database needs query (one SELECT) and key (its column that numbers rows)")
        elif not base and (query or key):
            self.faults.append(f"{where} has a query, which only a [database] takes")
        elif base and "only" in entry:
            self.faults.append(f"{where} has only: say it with WHERE in its query")
        else:
            return query.strip(), key
        return "", ""

    def _names(self, source: Map[str, Any]) -> tuple[str, ...]:
        columns = source.get("columns", [])
        if not isinstance(columns, list) or not all(isinstance(name, str) and name for name in columns):
            self.faults.append("columns is a list of names")
            return ()
        if len(set(columns)) != len(columns):
            self.faults.append("columns names one twice")
        return tuple(columns)

    def _one_table(self, entry: Any, columns: tuple[str, ...], *, base: bool) -> TableMapping | None:
        if not isinstance(entry, dict):
            self.faults.append("[[table]] is a table")
            return None
        name = entry.get("name")
        where = f"table {name!r}"
        self._unknown(where, entry, {"name", "columns", "only", "query", "key"})
        if not isinstance(name, str) or name not in TABLES:
            self.faults.append(f"{where} is none of {', '.join(TABLES)}")
            return None
        table = TABLES[name]
        known = {*table.names, "platform"}
        values: dict[str, Value] = {}
        for target, expression in self._table(entry, "columns").items():
            if target not in known:
                self.faults.append(f"{where} has no column {target!r}")
                continue
            instant = target in table.names and table.column(target).kind == "instant"
            value = self._value(f"{where} column {target!r}", expression, columns, instant=instant)
            if value is not None:
                values[target] = value
        mapped = set(self._table(entry, "columns"))
        for required in table.required:
            if required not in mapped:
                self.faults.append(f"{where} needs {required}")
        if table.exactly_one and not mapped & set(table.exactly_one):
            self.faults.append(f"{where} needs one of {' and '.join(table.exactly_one)}")
        return TableMapping(name, values, self._only(where, entry, columns), *self._query(where, entry, base=base))

    def _only(self, where: str, entry: Map[str, Any], columns: tuple[str, ...]) -> tuple[str, str] | None:
        if "only" not in entry:
            return None
        only = entry["only"]
        fits = isinstance(only, dict) and set(only) == {"column", "equals"}
        if not fits or not all(isinstance(text, str) for text in only.values()):
            self.faults.append(f"{where} only is {{ column = NAME, equals = TEXT }}")
            return None
        self._known_column(where, only["column"], columns)
        return (only["column"], only["equals"])

    def _value(self, where: str, given: Any, columns: tuple[str, ...], *, instant: bool) -> Value | None:
        if not isinstance(given, dict) or sum(key in given for key in _EXPRESSIONS) != 1:
            self.faults.append(f"{where} is a table with exactly one of {', '.join(_EXPRESSIONS)}")
            return None
        self._unknown(where, given, {*_EXPRESSIONS, *(("time", "zone") if instant else ("values",))})
        parts = given["concat"] if "concat" in given else [
            {"column": given["column"]} if "column" in given else given["constant"]
        ]
        if not isinstance(parts, list) or not parts:
            self.faults.append(f"{where} concat is a list of texts and {{ column = NAME }}")
            return None
        built: list[tuple[str, str]] = []
        for part in parts:
            if isinstance(part, str):
                built.append(("constant", part))
            elif isinstance(part, dict) and set(part) == {"column"} and isinstance(part["column"], str):
                self._known_column(where, part["column"], columns)
                built.append(("column", part["column"]))
            else:
                self.faults.append(f"{where} holds {part!r}, neither a text nor {{ column = NAME }}")
        time, zone = given.get("time", "iso"), given.get("zone", "")
        if time not in ("iso", "epoch") and (not isinstance(time, str) or "%" not in time):
            self.faults.append(f'{where} time is "iso", "epoch" or a strptime format')
        if not isinstance(zone, str) or (zone and not _is_offset(zone)):
            self.faults.append(f'{where} zone is "Z" or an offset as "+02:00"; for a named zone use --timezone')
        if isinstance(time, str) and "%z" in time and zone:
            self.faults.append(f"{where} has a zone beside the %z of its time")
        strptime = time if isinstance(time, str) and time not in ("iso", "epoch") else None
        return Value(tuple(built), strptime, zone if isinstance(zone, str) else "", self._words(where, given))

    def _words(self, where: str, given: Map[str, Any]) -> tuple[tuple[str, str], ...]:
        """What the texts of a column stand for."""
        words = given.get("values", {})
        if not isinstance(words, dict) or not all(isinstance(means, str) for means in words.values()):
            self.faults.append(f'{where} values gives texts of its column others, as in {{ membre = "member" }}')
        elif "values" in given and "column" not in given:
            self.faults.append(f"{where} has values, which only a column takes")
        else:
            return tuple(words.items())
        return ()

    def _known_column(self, where: str, name: str, columns: tuple[str, ...]) -> None:
        if columns and name not in columns:
            self.faults.append(f"{where} names the column {name!r}, which the file does not have")

    def _table(self, body: Map[str, Any], key: str) -> Map[str, Any]:
        value = body.get(key, {})
        if not isinstance(value, dict):
            self.faults.append(f"{key} is a table")
            return {}
        return value

    def _text(self, body: Map[str, Any], key: str, default: str, where: str) -> str:
        value = body.get(key, default)
        if not isinstance(value, str):
            self.faults.append(f"{where} {key} is a text")
            return default
        return value

    def _unknown(self, where: str, body: Map[str, Any], known: set[str]) -> None:
        for key in body:
            if key not in known:
                self.faults.append(f"{where} has the unknown key {key!r}")


def _is_offset(text: str) -> bool:
    if text == "Z":
        return True
    return len(text) == 6 and text[0] in "+-" and text[3] == ":" and text[1:3].isdigit() and text[4:].isdigit()

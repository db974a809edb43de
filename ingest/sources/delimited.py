"""How is any delimited text file read?  Line by line, by a declarative mapping that says which column goes where."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake.engine import literal, parquet_scan
from ingest.mapping import WHITESPACE, Mapping, TableMapping, read_mapping
from ingest.mapping.shape import cells_of, unique_names
from ingest.source_files import printable, regular_file
from ingest.sources.mapped_rows import mapped_rows, spare_columns
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.sources.text_lines import head_of, write_lines

_BLANK = " \t"


class Delimited:
    """Reader of delimited text (gzip allowed) by a mapping; a line is a record, a quoted value stays on its line."""

    NAME = "delimited"
    VERSION = "4"

    def recognises(self, path: Path) -> bool:
        """Never by itself: without a mapping nobody knows what the columns mean."""
        return False

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is None:
            raise SourceUnreadable(
                "a delimited file needs a mapping", where=printable(path),
                fix="say which with --mapping FILE, or the name of one that is shipped",
            )
        read_mapping(mapping)  # tell its faults before anything is hashed
        entries = sorted(entry for entry in path.iterdir() if not entry.is_dir()) if path.is_dir() else [path]
        chosen = [entry for entry in entries if not entry.name.startswith(".")]
        if not chosen:
            raise SourceUnreadable("holds no file", where=printable(path), fix="name a delimited file")
        files = tuple(SourceFile(regular_file(entry), self.NAME) for entry in chosen)
        return Survey(files, tuple(printable(entry) for entry in entries if entry not in chosen))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        if desk.mapping is None:
            raise MappingInvalid("a delimited file needs a mapping", fix="say which with --mapping FILE")
        mapping = read_mapping(desk.mapping)
        lines = parquet_scan([write_lines(sources, desk)])
        columns, headed = _columns(mapping, sources)
        records = desk.parquet("records")
        desk.engine.run(
            f"COPY ({_records(mapping, columns, headed, lines)}) TO {literal(str(records))} "
            "(FORMAT parquet, COMPRESSION uncompressed)",
            stage="splitting lines", progress=desk.progress,
        )
        for place, table in enumerate(mapping.tables):
            yield _staged(mapping, table, columns, parquet_scan([records]), first=place == 0)


def _columns(mapping: Mapping, sources: Sequence[SourceFile]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """(the columns, the sources whose first line is a header); MappingInvalid tells every file that does not fit."""
    columns, headed, faults = mapping.columns, [], []
    for index, source in enumerate(sources):
        lines = [line for line in head_of(source.path) if not (mapping.comment and line.startswith(mapping.comment))]
        first = unique_names(cells_of(lines[0], mapping.delimiter, mapping.quote)) if lines else ()
        if mapping.header == "no" or (mapping.header == "optional" and first != mapping.columns):
            continue
        headed.append(index)
        columns = columns or first
        if first != columns:
            faults.append(f"{printable(source.path.name)} has the header {', '.join(first)}, not {', '.join(columns)}")
    missing = [name for name in mapping.used if name not in columns]
    if missing:
        faults.append(f"the file has no column {', '.join(missing)}")
    if faults:
        raise MappingInvalid("; ".join(faults), where=f"mapping {mapping.name}", fix="correct columns or header")
    return columns, tuple(headed)


def _records(mapping: Mapping, columns: tuple[str, ...], headed: Sequence[int], lines: str) -> str:
    """SQL: source, row, ``fields`` (list of texts), ``raw``, ``problem`` (NULL, or why the line is no record)."""
    kept = ["line IS NOT NULL"]
    if mapping.comment:
        kept.append(f"NOT starts_with(line, {literal(mapping.comment)})")
    body = f"SELECT source, row, line, coalesce(bytes, line) AS raw FROM {lines} WHERE {' AND '.join(kept)}"
    if headed:
        body += (
            f" QUALIFY NOT (source IN ({', '.join(map(str, headed))}) "
            "AND row_number() OVER (PARTITION BY source ORDER BY row) = 1)"
        )
    fields, broken = _fields_sql(mapping)
    problem = (
        f"CASE WHEN {broken} THEN 'opens a quote that does not close on its line' "
        f"WHEN len(fields) <> {len(columns)} THEN 'has ' || len(fields) || ' columns, the mapping {len(columns)}' END"
    )
    return f"SELECT source, row, raw, fields, {problem} AS problem FROM (SELECT *, {fields} AS fields FROM ({body}))"


def _fields_sql(mapping: Mapping) -> tuple[str, str]:
    """(SQL of the list of fields of ``line``, SQL test that its quotes do not match)."""
    if mapping.delimiter == WHITESPACE:
        return f"string_split_regex(trim(line, {literal(_BLANK)}), '[ \\t]+')", "false"
    plain = f"string_split(line, {literal(mapping.delimiter)})"
    if not mapping.quote:
        return plain, "false"
    d, q = _regex_class(mapping.delimiter), _regex_class(mapping.quote)
    not_q, not_d = f"[^{q[1:-1]}]", f"[^{d[1:-1]}]"
    inside = f"{q}(?:{not_q}|{q}{q})*{q}"
    # each field is found with the delimiter before it
    found = f"regexp_extract_all({literal(mapping.delimiter)} || line, {literal(f'{d}(?:{inside}|{not_d}*)')})"
    bare = f"substr(f, {len(mapping.delimiter) + 1})"
    mark = literal(mapping.quote)
    unquoted = f"replace(substr({bare}, 2, len({bare}) - 2), {mark} || {mark}, {mark})"
    cleaned = (
        f"list_transform({found}, lambda f: CASE WHEN starts_with({bare}, {mark}) THEN {unquoted} ELSE {bare} END)"
    )
    neither = f"[^{d[1:-1]}{q[1:-1]}]"
    shape = literal(f"(?:{d}(?:{inside}|(?:{neither}{not_d}*)?))*")
    broken = f"contains(line, {mark}) AND NOT regexp_full_match({literal(mapping.delimiter)} || line, {shape})"
    return f"CASE WHEN contains(line, {mark}) THEN {cleaned} ELSE {plain} END", broken


def _regex_class(character: str) -> str:
    return "[\\" + character + "]" if character in "\\]^-[" else f"[{character}]"


def _staged(
    mapping: Mapping, table: TableMapping, columns: tuple[str, ...], records: str, *, first: bool
) -> StagedTable:
    place = {name: index + 1 for index, name in enumerate(columns)}
    good = "problem IS NULL"
    if table.only is not None:
        good += f" AND fields[{place[table.only[0]]}] = {literal(table.only[1])}"
    rejects = None
    if first:
        rejects = (
            "(SELECT source, row, '' AS \"column\", problem AS reason, "
            "'every line needs the columns of the mapping; quote values that hold the delimiter' AS hint, raw "
            f"FROM {records} WHERE problem IS NOT NULL)"
        )
    return mapped_rows(
        mapping, table, spare_columns(mapping, table, columns), f"FROM {records} WHERE {good}",
        cell=lambda name: f"fields[{place[name]}]",
        rejects=rejects,
    )

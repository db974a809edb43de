"""How is a snapshot of a database read?  By the mapping that it was taken with, which stands in it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable
from ingest.lake.engine import literal, parquet_scan, quoted
from ingest.mapping import parse_mapping
from ingest.snapshots.taking import facts_of, unpacked
from ingest.source_files import printable, regular_file
from ingest.sources.mapped_rows import mapped_rows
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey


class DatabaseSnapshot:
    """Reader of ``.snapshot`` files.  A row's number is its place in the order of its query's key, counted on through
    the queries of one contract table; the key itself stands in the row's text and attributes."""

    NAME = "snapshot"
    VERSION = "2"

    def recognises(self, path: Path) -> bool:
        return path.suffix == ".snapshot" and path.is_file() and facts_of(path) is not None

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable(
                "a snapshot bears the mapping it was taken with", where=printable(path), fix="leave the mapping out"
            )
        files = [entry for entry in sorted(path.iterdir()) if self.recognises(entry)] if path.is_dir() else [path]
        found = []
        for file in files:
            told = facts_of(regular_file(file))
            if told is None:
                raise SourceUnreadable("is no snapshot", where=printable(file), fix="take it again")
            asked = {
                "address": told["address"], "server": told["server"], "mapping": told["mapping"],
                "taken_at": told["taken_at"],
                "queries": [[table, hashlib.sha256(query.encode()).hexdigest()[:16], query]
                            for table, query, _ in told["queries"]],
            }
            context = json.dumps(asked, ensure_ascii=False, sort_keys=True)
            found.append(SourceFile(file, self.NAME, context=context))
        return Survey(tuple(found))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        for index, source in enumerate(sources):
            told = facts_of(source.readable)
            if told is None:
                raise SourceUnreadable("is no snapshot", where=source.name, fix="take it again")
            mapping = parse_mapping(told["mapping_text"].encode(), name=told["mapping"], where=source.name)
            rows: dict[str, int] = defaultdict(int)
            for number, table in enumerate(mapping.tables):
                path = unpacked(source.readable, number, desk.parquet("snapshot"))
                columns = pq.read_schema(path).names
                raw = ", ".join(f"{literal(name)}, {quoted(name)}" for name in columns)
                cells = {name: f"c{place}" for place, name in enumerate(columns)}
                records = (  # a row's text is wanted of few: it is made when it is
                    f"(SELECT {index}::INTEGER AS source, file_row_number + {rows[table.table] + 1} AS row, "
                    f"json_object({raw})::VARCHAR AS raw, "
                    f"{', '.join(f'{quoted(name)} AS {cell}' for name, cell in cells.items())} "
                    f"FROM {parquet_scan([path], options=', file_row_number = true')})"
                )
                rows[table.table] += pq.read_metadata(path).num_rows
                spare = [name for name in columns if name not in table.used]
                yield mapped_rows(mapping, table, spare, f"FROM {records}", cell=cells.__getitem__)

"""How are the Offshore Leaks read?  The folder of CSV tables that ICIJ publishes: nodes by kind, and relationships.

Source of the format: ICIJ, Offshore Leaks Database, CSV of 2025 (ODbL and CC BY-SA).  An officer is a person or a
company, which the tables do not tell: it is a person here, marked so.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import printable, regular_file
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.sources.registers.rows import RegisterRows

_NODES = ("nodes-entities.csv", "nodes-officers.csv", "nodes-intermediaries.csv", "nodes-others.csv")
_LINKS = "relationships.csv"
_NEEDED = {**{name: {"node_id", "name"} for name in _NODES}, _LINKS: {"node_id_start", "node_id_end", "rel_type"}}
_HOLDS = frozenset(("officer_of", "underlying"))
_DAY = re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}")
_LONGEST = 1 << 20


class OffshoreLeaks:
    """Reader of the folder; a row's number counts like a spreadsheet, the header is row 1."""

    NAME = "icij"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        files = _files(path)
        return any(file.name.lower() in _NODES for file in files) and any(file.name.lower() == _LINKS for file in files)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable("a register takes no mapping", where=printable(path), fix="leave the mapping out")
        files = _files(path)
        if not files:
            raise SourceUnreadable("holds no table of the Offshore Leaks", where=printable(path),
                                   fix="give the folder of nodes-*.csv and relationships.csv")
        for file in files:
            missing = _NEEDED[file.name.lower()] - set(_header(regular_file(file)))
            if missing:
                raise SourceUnreadable(f"lacks the required column {', '.join(sorted(missing))}",
                                       where=printable(file), fix="copy or export it again")
        entries = sorted(path.iterdir()) if path.is_dir() else files
        listed = tuple(SourceFile(file, self.NAME, context=file.name.lower()) for file in files)
        return Survey(listed, tuple(printable(entry) for entry in entries if entry not in files))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        rows = RegisterRows(desk)
        for index, source in enumerate(sources):
            desk.progress("reading the Offshore Leaks", index, len(sources))
            for row, told in _records(rows, index, source):
                if source.context == _LINKS:
                    _link(rows, index, row, told)
                else:
                    _node(rows, index, row, told, source.context)
        desk.progress("reading the Offshore Leaks", len(sources), len(sources))
        return rows.tables()


def _files(path: Path) -> list[Path]:
    try:
        entries = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError:
        return []
    found = [entry for entry in entries if entry.name.lower() in _NEEDED and entry.is_file()]
    return sorted(found, key=lambda entry: list(_NEEDED).index(entry.name.lower()))


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return next(csv.reader(io.StringIO(stream.readline(_LONGEST))), [])


def _records(rows: RegisterRows, index: int, source: SourceFile) -> Iterator[tuple[int, dict[str, str]]]:
    """The records that have as many cells as the header; the others are rejects."""
    csv.field_size_limit(_LONGEST)
    table = "ownerships" if source.context == _LINKS else "persons" if "officers" in source.context else "companies"
    with source.readable.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader(line.replace("\x00", "\ufffd") for line in stream)
        header = next(reader, [])
        row = 1
        while True:
            row += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                rows.reject(index, row, table=table, reason=f"cannot be cut into columns ({error})", raw="",
                            hint="a quote may be missing")
                continue
            if not cells:
                row -= 1
            elif len(cells) != len(header):
                rows.reject(index, row, table=table, raw=",".join(cells), hint="quote values that hold commas",
                            reason=f"has {len(cells)} columns, the header {len(header)}")
            else:
                yield row, {name: cell for name, cell in zip(header, cells, strict=True) if cell.strip()}


def _node(rows: RegisterRows, index: int, row: int, told: dict[str, str], table: str) -> None:
    identity, name = told.pop("node_id", ""), told.pop("name", None)
    attributes: dict[str, object] = {**told, "leak_table": table.removeprefix("nodes-").removesuffix(".csv")}
    if "officers" in table:
        rows.person(index, row, identity, {**attributes, "person_or_company": "unknown"}, name=name)
        return
    made = _day(told.get("incorporation_date"))
    rows.company(index, row, identity, attributes, name=name, incorporated_at=made,
                 jurisdiction=told.get("jurisdiction") or told.get("country_codes"))


def _link(rows: RegisterRows, index: int, row: int, told: dict[str, str]) -> None:
    """Officers hold; what else joins two nodes (an address, a name alike, an intermediary) is no holding."""
    kind = told.get("rel_type", "")
    if kind not in _HOLDS:
        return
    rows.ownership(
        index, row, {"rel_type": kind, "status": told.get("status"), "leak": told.get("sourceID")},
        owner_id=told.get("node_id_start"), owned_id=told.get("node_id_end"), kind=told.get("link") or kind,
        **{"from": _day(told.get("start_date")), "to": _day(told.get("end_date"))},
    )


def _day(text: str | None) -> str | None:
    """``23-MAR-2006`` as a day; any other text stays for the checks to refuse."""
    if text is None or not _DAY.fullmatch(text.strip()):
        return text
    try:
        return datetime.strptime(text.strip().title(), "%d-%b-%Y").date().isoformat()  # noqa: DTZ007 (a day alone)
    except ValueError:
        return text

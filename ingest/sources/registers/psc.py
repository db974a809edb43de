"""How is the British register of persons with significant control read?  The snapshot of Companies House, a line each.

Source of the format: Companies House, "People with significant control data product" and the PSC API.  A nature of
control is a row; its band of shares is a range.  The last line counts the others.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import SourceUnreadable
from ingest.lake.engine import parquet_scan
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.sources.registers.rows import RegisterRows
from ingest.sources.text_lines import head_of, write_lines

_MARK = re.compile(r'^\{"company_number"\s*:\s*"[^"]*"\s*,\s*"data"\s*:\s*\{')
_BAND = re.compile(r"-(25|50|75)-to-(50|75|100)-percent")
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,8}", re.IGNORECASE)
_BRITISH = re.compile(
    r"companies house|england|wales|scotland|northern ireland|united kingdom|\buk\b|great britain", re.IGNORECASE
)
_KEPT = ("nationality", "country_of_residence", "date_of_birth", "address", "name_elements", "identification", "etag")
_PAGE = 20_000


class PscSnapshot:
    """Reader of ``persons-with-significant-control-snapshot`` files, whole or in parts, plain or gzip."""

    NAME = "uk-psc"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        if path.is_dir():
            return any(_taken(entry) for entry in files_below(path, limit=40))
        return _taken(path)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable("a register takes no mapping", where=printable(path), fix="leave the mapping out")
        entries = files_below(path) if path.is_dir() else [regular_file(path)]
        files = tuple(SourceFile(regular_file(entry), self.NAME) for entry in entries if _taken(entry))
        if not files:
            raise SourceUnreadable("holds no snapshot of the register", where=printable(path),
                                   fix="see docs/formats.md for what is read and how to get it")
        return Survey(files, tuple(printable(entry) for entry in entries if not _taken(entry)))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        rows = RegisterRows(desk)
        for index, source in enumerate(sources):
            lines = parquet_scan([write_lines([source], desk)])
            count, start = 0, 0
            total = int(desk.engine.run(f"SELECT coalesce(max(row), 0) FROM {lines}")[0][0])
            while start < total:
                page = desk.engine.run(
                    f"SELECT row, line FROM {lines} WHERE line IS NOT NULL AND row > {start} "
                    f"AND row <= {start + _PAGE} ORDER BY row"
                )
                for row, line in page:
                    count += _take(rows, index, row, line, count)
                start += _PAGE
                desk.progress("reading the register", min(start, total), total)
        return rows.tables()


def _taken(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() not in (".txt", ".json", ".jsonl", ".ndjson", ".gz"):
        return False
    head = head_of(path, size=16 << 10)
    return bool(head) and bool(_MARK.match(head[0]))


def _take(rows: RegisterRows, index: int, row: int, line: str, count: int) -> int:
    """Write what a line says; 1 if it is a record, 0 for the totals and for what is none."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    data = told.get("data") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(data, dict):
        rows.reject(index, row, table="ownerships", reason="is no JSON object", raw=line,
                    hint="write one object a line")
        return 0
    kind = str(data.get("kind") or "")
    if kind.startswith("totals#"):
        said = data.get("persons_of_significant_control_count")
        if isinstance(said, int) and said + int(data.get("statements_count") or 0) > count > 0:
            rows.reject(index, row, table="ownerships", raw=line, hint="a part of the file is missing",
                        reason=f"the file holds {count} records and says {said}")
        return 0
    number = told.get("company_number")
    if not isinstance(number, str) or not number:
        rows.reject(index, row, table="ownerships", reason="names no company", raw=line,
                    hint="the register gives every record the number of its company")
        return 1
    rows.company(index, row, number, jurisdiction="GB")
    owner = _owner(rows, index, row, number, data, kind)
    natures = data.get("natures_of_control")
    for nature in natures if isinstance(natures, list) and natures else [data.get("statement") or kind or "unknown"]:
        low, high = _band(str(nature))
        rows.ownership(
            index, row, {"share_min": low, "share_max": high, "record": _self(data), "psc_kind": kind,
                         "sanctioned": data.get("is_sanctioned") or None},
            owner_id=owner, owned_id=number, kind=str(nature), **{"from": _day(data.get("notified_on")),
                                                                 "to": _day(data.get("ceased_on"))},
        )
    return 1


def _owner(rows: RegisterRows, index: int, row: int, number: str, data: Mapping[str, Any], kind: str) -> str:
    attributes: dict[str, object] = {name: data[name] for name in _KEPT if data.get(name)}
    name = data.get("name") if isinstance(data.get("name"), str) else None
    if kind.startswith(("corporate", "legal")):
        identity = _registered(data.get("identification")) or f"psc:{_self(data)}"
        rows.company(index, row, identity, attributes, name=name)
    elif kind.startswith("individual"):
        identity = f"psc:{_self(data)}"
        rows.person(index, row, identity, attributes, name=name)
    else:  # super-secure persons, statements that there is nobody, exemptions
        identity = f"unspecified:{number}:{_self(data)}"
        rows.person(index, row, identity, {**attributes, "unspecified": kind or "unknown"}, name=name)
    return identity


def _registered(told: Any) -> str | None:
    """The number of a company of the same register."""
    if not isinstance(told, dict):
        return None
    where = " ".join(str(told.get(key) or "") for key in ("place_registered", "country_registered"))
    number = str(told.get("registration_number") or "").replace(" ", "").upper()
    if not _BRITISH.search(where) or not _NUMBER.fullmatch(number):
        return None
    letters = number.rstrip("0123456789")
    return letters + number[len(letters):].zfill(8 - len(letters))


def _self(data: Mapping[str, Any]) -> str:
    links = data.get("links")
    told = links.get("self") if isinstance(links, dict) else None
    return str(told or data.get("etag") or "").rstrip("/").rsplit("/", 1)[-1] or "unnamed"


def _band(nature: str) -> tuple[str | None, str | None]:
    if not nature.startswith("ownership-of-shares"):
        return None, None
    found = _BAND.search(nature)
    return (None, None) if found is None else (str(int(found[1]) / 100), str(int(found[2]) / 100))


def _day(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None

"""Which hashes does a list of known media hold?  Plain lines, tables as the NSRL has them, Project VIC and CAID JSON.

- Plain: a line begins with an MD5, SHA-1 or SHA-256 in hex; what follows a blank is not read; ``#`` begins a comment.
- Table: comma-separated with a header that names such columns (``"SHA-1","MD5",…`` of the NSRL's NSRLFile.txt).
- JSON: Project VIC's data model 2.0 (``value`` with objects of ``MD5``, ``SHA1``, ``Category``) and CAID's, which is of
  the same kind; every object that holds a hash counts, at whatever depth.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import ijson

from ingest.errors import SourceUnreadable
from ingest.source_files import printable

Form = Literal["plain", "table", "json"]
KINDS = {32: "md5", 40: "sha1", 64: "sha256"}
_HEX = re.compile(r"[0-9a-fA-F]+")
_NAMES = frozenset(KINDS.values())
_LONGEST = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One medium of a list: its hashes in small letters (several of different kinds may be known); none where the row
    holds none.  ``category`` as the list writes it, empty where it has none."""

    hashes: tuple[str, ...]
    category: str = ""


def form_of(path: Path) -> Form:
    """How the list is written, by its first bytes; SourceUnreadable if it holds nothing."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16).decode("utf-8-sig", "replace").lstrip()
    if not head:
        raise SourceUnreadable("is empty", where=printable(path), fix="give a list of hashes")
    if head[0] in "{[":
        return "json"
    return "table" if _columns(next(csv.reader([head.splitlines()[0]]))) else "plain"


def entries(path: Path, form: Form) -> Iterator[Entry]:
    """Every row, line or object of the list; SourceUnreadable where it breaks off."""
    try:
        yield from {"plain": _plain, "table": _table, "json": _json}[form](path)
    except (ijson.JSONError, csv.Error, RecursionError) as error:
        raise SourceUnreadable(
            f"is no whole list ({' '.join(str(error).split())[:120]})", where=printable(path), fix="get the list again"
        ) from error


def hash_of(text: str) -> str | None:
    """The text as a hash in small letters; None if it is none."""
    text = text.strip()
    return text.lower() if len(text) in KINDS and _HEX.fullmatch(text) else None


def _plain(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as stream:
        while line := stream.readline(_LONGEST):
            if text := line.partition("#")[0].strip():
                found = hash_of(re.split(r"[\s,;]", text, maxsplit=1)[0].strip('"'))
                yield Entry((found,) if found else ())


def _table(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        columns = _columns(header)
        category = next((place for place, name in enumerate(header) if _plainly(name) == "category"), None)
        for row in reader:
            if row:
                found = (hash_of(row[place]) for place in columns if place < len(row))
                told = row[category] if category is not None and category < len(row) else ""
                yield Entry(tuple(value for value in found if value), told.strip())


def _columns(header: list[str]) -> list[int]:
    return [place for place, name in enumerate(header) if _plainly(name) in _NAMES]


def _json(path: Path) -> Iterator[Entry]:
    """Objects whose own keys name a hash; what stands inside them or around them is looked at for itself."""
    objects: list[dict[str, str]] = []
    key = ""
    with path.open("rb") as stream:
        for event, value in ijson.basic_parse(stream):
            if event == "start_map":
                objects.append({})
            elif event == "map_key":
                key = _plainly(value)
            elif event == "end_map":
                told = objects.pop()
                if told.keys() & _NAMES:
                    found = (hash_of(told[name]) for name in sorted(told.keys() & _NAMES))
                    yield Entry(tuple(value for value in found if value), told.get("category", ""))
            elif objects and event in ("string", "number") and (key in _NAMES or key == "category"):
                objects[-1][key] = str(value)


def _plainly(name: str) -> str:
    """``SHA-1``, ``sha_1`` and ``SHA1`` are one name."""
    return re.sub(r"[^a-z0-9]", "", name.lower())

"""Which lists of known media does a case have?  Each kept as its hashes alone, under the SHA-256 of the list.

``hash-lists/SHA256.parquet`` holds them (hash, category), ``hash-lists/SHA256.json`` what the list was.  The file that
was given is not kept: such lists may be under restraint.
"""

import datetime
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.case_folder import CaseFolder
from ingest.errors import EvidenceDamaged, SourceUnreadable
from ingest.hash_lists.reading import KINDS, Entry, Form, entries, form_of
from ingest.source_files import hashes_of, printable, regular_file, sha256_of

_BLOCK = 100_000
_SCHEMA = pa.schema([("hash", pa.string()), ("category", pa.string())])


@dataclass(frozen=True)
class HashList:
    """``read`` = ``media`` + ``without``: rows that hold a hash, and that hold none.  ``kinds``: hashes of each kind.

    ``hashes_sha256``: of the file in which the case keeps them.
    """

    name: str
    sha256: str
    sha1: str
    bytes: int
    form: str
    read: int
    media: int
    without: int
    kinds: Mapping[str, int]
    hashes_sha256: str
    added_at: str


def add_list(case: CaseFolder, path: Path) -> HashList:
    """Take the list into the case; one that it has already stays as it is.  SourceUnreadable if it holds no hash."""
    told = hashes_of(regular_file(path))
    target = case.hash_lists / f"{told.sha256}.json"
    if target.is_file():
        return _read(target)
    case.hash_lists.mkdir(exist_ok=True)
    hashes = target.with_suffix(".parquet")
    staged = case.hash_lists / f".{told.sha256}"
    form = form_of(path)
    try:
        counts, kinds = _write(path, form, staged)
        if not kinds:
            raise SourceUnreadable(
                "holds no MD5, SHA-1 or SHA-256", where=printable(path),
                fix="give one hash a line, a table with a column of hashes, or a Project VIC JSON",
            )
        staged.replace(hashes)
        found = HashList(
            printable(path.name), told.sha256, told.sha1, told.bytes, form, sum(counts.values()), counts[True],
            counts[False], dict(sorted(kinds.items())), sha256_of(hashes)[0],
            datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
        staged.write_text(json.dumps(asdict(found), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        staged.replace(target)  # the list is there once this file stands
    finally:
        staged.unlink(missing_ok=True)
    return found


def hash_lists(case: CaseFolder) -> tuple[HashList, ...]:
    """The lists of the case, by name."""
    return tuple(sorted(map(_read, case.hash_lists.glob("*.json")), key=lambda one: (one.name, one.sha256)))


def hashes_of_list(case: CaseFolder, sha256: str) -> Path:
    """Where the hashes of that list stand."""
    return case.hash_lists / f"{sha256}.parquet"


def _write(path: Path, form: Form, target: Path) -> tuple[Counter[bool], Counter[str]]:
    """Rows with and without a hash, and hashes of each kind."""
    counts: Counter[bool] = Counter()
    kinds: Counter[str] = Counter()
    listed = entries(path, form)
    with pq.ParquetWriter(target, _SCHEMA, compression="zstd") as writer:
        while block := list(islice(listed, _BLOCK)):
            counts.update(bool(entry.hashes) for entry in block)
            kinds.update(KINDS[len(value)] for entry in block for value in entry.hashes)
            writer.write_table(_rows(block))
    return counts, kinds


def _rows(block: list[Entry]) -> pa.Table:
    pairs = [(value, entry.category) for entry in block for value in entry.hashes]
    return pa.table([[value for value, _ in pairs], [category for _, category in pairs]], schema=_SCHEMA)


def _read(path: Path) -> HashList:
    try:
        return HashList(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise EvidenceDamaged(
            "what the hash list was cannot be read", where=str(path), fix="restore it, or add the list again"
        ) from error

"""Measures over the private contacts of a whole case: computed once an evidence, and kept in the case's folder.

What is kept can be thrown away at any time: it is made anew from the evidence, belongs to no bundle and no digest.  A
file is named by the evidence, the measure and the code that computed it, and is there whole or not at all, so that two
servers can share a workspace.
"""

import contextlib
import hashlib
import json
import math
import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.measures import MEASURES, computed_by, measures
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from ingest.runtime.progress import Progress, silent
from workbench.dossier.contact_graph import contact_graph

CONTACTS = "contacts"
"""The stage in which the contacts are read; the others are measures."""
MOST_BYTES = 512 * 2**20
"""What is kept of one case; what was used longest ago leaves first."""
_FOLDER, _ENDING, _DRAFT = "measures", ".parquet", ".partial"
_ABANDONED_S = 3_600.0
_CODE = (("graph", "measures.py"), ("graph", "between.py"), ("workbench", "dossier/contact_graph.py"))
_META = b"filature"


@dataclass(frozen=True)
class Measured:
    """A measure: its ``values`` by account's key, the libraries that computed it (``by``; empty: counted), when it was,
    in how many ``seconds``; ``sampled``: from so many accounts it is an estimate (0: it is none).
    """

    name: str
    values: Mapping[str, float]
    by: str
    at: datetime
    seconds: float
    sampled: int = 0


def messages_of(case: CaseFolder) -> int:
    """How many messages the evidence holds: what measuring costs."""
    counts = (batch.tables.get("messages") for batch in manifests(case))
    return sum(count.accepted for count in counts if count is not None)


def kept(case: CaseFolder, digest: str, name: str) -> Measured | None:
    """What was measured of this evidence by this code before; None where nothing, or nothing whole, is there."""
    path = _path(case, digest, name)
    try:
        table = pq.read_table(path)
        said = json.loads((table.schema.metadata or {})[_META])
        keys, values = (table.column(part).to_pylist() for part in ("key", "value"))
        found = Measured(
            name, MappingProxyType(dict(zip(keys, values, strict=True))), str(said["by"]),
            datetime.fromisoformat(said["at"]), float(said["seconds"]), int(said["sampled"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError):
        with contextlib.suppress(OSError):
            path.unlink()  # no whole file: it is made again
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # it is in use
    return found


def measured(
    case: CaseFolder, lake: Callable[[], AbstractContextManager[Lake]], names: Sequence[str], *,
    progress: Progress = silent,
) -> Mapping[str, Measured]:
    """Of each measure what is kept, else what is computed now, which is kept from then on.

    Whatever ``progress`` raises ends it; what was measured before stays.
    """
    digest = case_digest(case)
    found: dict[str, Measured] = {}
    contacts = None
    for name in names:
        known = kept(case, digest, name)
        if known is None:
            if contacts is None:
                progress(CONTACTS, 0, None)
                with lake() as opened:
                    contacts = contact_graph(opened)
            begun = time.monotonic()
            frame = measures(contacts, [name], progress=progress)
            values = {str(key): value for key, value in frame[name].items()}
            known = Measured(
                name, MappingProxyType(values), computed_by(name), datetime.now(UTC).replace(microsecond=0),
                round(time.monotonic() - begun, 2), frame.attrs["sampled"].get(name, 0),
            )
            _keep(case, digest, known)
        found[name] = known
    return found


def _keep(case: CaseFolder, digest: str, known: Measured) -> None:
    """Write it whole or not at all; where it cannot be written it is computed again another time."""
    path = _path(case, digest, known.name)
    said = {"measure": known.name, "by": known.by, "at": known.at.isoformat(), "seconds": known.seconds,
            "sampled": known.sampled, "evidence": digest}
    table = pa.table({"key": list(known.values), "value": list(known.values.values())})
    table = table.replace_schema_metadata({_META: json.dumps(said, sort_keys=True).encode()})
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(6)}{_DRAFT}")
    try:
        path.parent.mkdir(exist_ok=True)
        pq.write_table(table, draft, compression="zstd")
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        return
    _make_room(path)


def _make_room(newest: Path) -> None:
    """What was used longest ago leaves until the rest is within bounds; drafts that somebody left behind, too."""
    now, standing = time.time(), []
    for path in newest.parent.iterdir():
        with contextlib.suppress(OSError):  # another server may be at the same
            found = path.stat()
            if path.suffix == _DRAFT and now - found.st_mtime > _ABANDONED_S:
                path.unlink()
            elif path.suffix == _ENDING:
                standing.append((found.st_mtime if path != newest else math.inf, found.st_size, path))
    total = sum(size for _used, size, _path in standing)
    for _used, size, path in sorted(standing, key=lambda one: (one[0], one[2].name)):
        if total <= MOST_BYTES or path == newest:
            break
        with contextlib.suppress(OSError):
            path.unlink()
        total -= size


def _path(case: CaseFolder, digest: str, name: str) -> Path:
    if name not in MEASURES:
        raise KeyError(name)
    told: Sequence[Any] = (digest, name, _code(), computed_by(name))
    return case.path / _FOLDER / f"{name}-{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]}{_ENDING}"


@cache
def _code() -> str:
    """The code that measures: other code may measure otherwise."""
    found = hashlib.sha256()
    for package, place in _CODE:
        found.update(files(package).joinpath(*place.split("/")).read_bytes())
    return found.hexdigest()

"""What was exported, and from what?  A manifest beside every export, and writing that leaves no half file."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench.errors import ExportError
from workbench.whole_files import put_whole

_OURS = frozenset(("case", "evidence_digest", "batch_ids", "shown", "total", "filature", "left_out_of_minors"))
_OF_SOURCES = frozenset(("sha256", "bytes", "batch_id"))
"""What the workbench itself says of where an export comes from, and of each source: it names nobody."""


def cleared_provenance(provenance: Mapping[str, Any], cleared: Callable[[Any], Any]) -> dict[str, Any]:
    """Where an export comes from and what was asked for; ``cleared`` takes out of a value what names somebody."""
    found = {key: value if key in _OURS else cleared(value) for key, value in provenance.items()}
    if "sources" in found:
        found["sources"] = [
            {key: value if key in _OF_SOURCES else cleared(value) for key, value in source.items()}
            for source in provenance["sources"]
        ]
    return found


@dataclass(frozen=True)
class Manifest:
    """``sha256`` is the file's; of a folder's ``files`` (hash by name) it is the hash of their sorted JSON.

    ``shown`` of ``total`` nodes; ``columns`` says how each property's values are coded.

    ``provenance`` is what the caller gave: case, evidence digest, batch ids, selection, version.
    """

    format: str
    sha256: str
    files: Mapping[str, str]
    nodes: int
    edges: int
    shown: int
    total: int
    truncated: bool
    minors: str
    columns: Mapping[str, Mapping[str, str]]
    provenance: Mapping[str, Any]

    def to_json(self) -> str:
        """One JSON object, keys sorted, provenance among the others; the same export gives the same bytes."""
        body = asdict(self)
        provenance = {key: value for key, value in body.pop("provenance").items() if key not in body}
        return json.dumps({**body, **provenance}, indent=1, sort_keys=True, ensure_ascii=True) + "\n"


def manifest_path(path: Path) -> Path:
    """``OUT.manifest.json`` beside ``OUT``."""
    return path.with_name(path.name + ".manifest.json")


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a hidden neighbour, then rename it to ``path``: there is a whole export or none.

    A file is replaced; a folder only if it is empty or holds an earlier export.  Raises ExportError.
    """
    if path.is_dir() and {entry.name for entry in path.iterdir()} - _of_earlier(path):
        raise ExportError("the folder holds other files", where=str(path), fix="choose another place")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, write)
    except OSError as error:
        raise ExportError(
            f"cannot be written ({error.strerror or error})", where=str(path), fix="choose another place"
        ) from error


def _of_earlier(path: Path) -> frozenset[str]:
    """Names of files that an earlier export left in this folder, by its manifest."""
    try:
        files = json.loads(manifest_path(path).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset(("nodes.csv", "edges.csv"))
    return frozenset(files if isinstance(files, dict) else ())


def hashes(path: Path) -> dict[str, str]:
    """SHA-256 of the file, or of each file of the folder, by name."""
    entries = sorted(path.iterdir()) if path.is_dir() else [path]
    found: dict[str, str] = {}
    for entry in entries:
        with entry.open("rb") as stream:
            found[entry.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def joint_hash(files: Mapping[str, str]) -> str:
    """The hash of a single file, or one over the names and hashes of several."""
    if len(files) == 1:
        return next(iter(files.values()))
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()

"""Are the reports of a case still as they were made?  Hashes them again against the audit log."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from workbench.casebook import AuditEntry, Casebook
from workbench.exports.manifest import manifest_path

ACTION = "report"
"""What the audit log calls the making of one."""


@dataclass(frozen=True)
class Recheck:
    """``changed``: files that differ from what was recorded; ``missing``: reports no longer at their place, handed on
    or moved, which the log still knows by hash; ``whole``: how many are as they were made."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    whole: int


def recheck(casebook: Casebook, case: str) -> Recheck:
    """The latest report at each place, by path."""
    latest: dict[str, AuditEntry] = {}
    for entry in casebook.audit():
        if entry.case == case and entry.action == ACTION:
            latest[str(_detail(entry).get("path", ""))] = entry
    changed: list[str] = []
    missing: list[str] = []
    whole = 0
    for place, entry in sorted(latest.items()):
        detail, faults = _detail(entry), len(changed)
        for path, key in ((Path(place), "sha256"), (manifest_path(Path(place)), "manifest_sha256")):
            try:
                found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
            except OSError:
                found = None
            if found is None:
                missing.append(str(path))
            elif found != detail.get(key):
                changed.append(str(path))
        whole += int(len(changed) == faults and place not in missing)
    return Recheck(tuple(changed), tuple(missing), whole)


def _detail(entry: AuditEntry) -> dict[str, object]:
    try:
        read = json.loads(entry.detail)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}

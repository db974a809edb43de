"""Are the reports of a case still as they were made?  Hashes them again against the audit log."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.casebook import AuditEntry
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


def recheck(entries: Iterable[AuditEntry], case: str) -> Recheck:
    """The latest report at each place, by path; ``entries``: the audit log."""
    latest: dict[str, AuditEntry] = {}
    for entry in entries:
        if entry.case == case and entry.action == ACTION:
            latest[str(entry.facts.get("path", ""))] = entry
    changed: list[str] = []
    missing: list[str] = []
    whole = 0
    for place, entry in sorted(latest.items()):
        detail, faults = entry.facts, len(changed)
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

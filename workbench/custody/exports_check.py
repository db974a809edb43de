"""Are the exports of a case still as they were made?  Those that stand at their place, hashed again.

An export is made to be handed on: one that is no longer at its place is counted, not doubted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.casebook import AuditEntry
from workbench.exports.manifest import hashes, joint_hash

ACTION = "export"


@dataclass(frozen=True)
class Exports:
    """``changed``: exports that differ from what was recorded; ``whole``: how many are as made, ``gone``: away."""

    changed: tuple[str, ...]
    whole: int
    gone: int


def check_exports(entries: Iterable[AuditEntry], case: str) -> Exports:
    """The latest export at each place, by path; what a screen handed to the browser has none."""
    latest: dict[str, AuditEntry] = {}
    for entry in entries:
        if entry.case == case and entry.action == ACTION and entry.facts.get("path"):
            latest[str(entry.facts["path"])] = entry
    changed: list[str] = []
    whole = gone = 0
    for place, entry in sorted(latest.items()):
        path = Path(place)
        try:
            found = joint_hash(hashes(path)) if path.exists() else None
        except OSError:
            found = ""
        if found is None:
            gone += 1
        elif found == entry.facts.get("sha256"):
            whole += 1
        else:
            changed.append(f"{place}: export changed since it was made, recorded by entry {entry.seq} of the audit log")
    return Exports(tuple(changed), whole, gone)

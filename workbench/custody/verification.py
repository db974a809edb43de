"""Is the case still what it was?  Sources, evidence, findings, reports, seals and the audit log; the check is recorded.

Every part is looked at, whatever the others are like: one fault must not hide the next.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.case_folder.verification import verify
from ingest.runtime.progress import Progress, silent
from workbench.bootstrap import Workbench
from workbench.casebook import AuditEntry
from workbench.custody.brought import brought_with
from workbench.custody.exports_check import check_exports
from workbench.custody.recorded import check_recorded
from workbench.custody.seal_check import check_seals
from workbench.custody.signing import trusted_fingerprint
from workbench.errors import WorkbenchError
from workbench.report.recheck import recheck

VERIFY = "verify"
"""What the audit log calls it."""
NAMED = 100
"""As many differences are named in the log; their number is always whole."""


@dataclass(frozen=True)
class Verification:
    """``faults`` and ``notes``: one line each, what it is about first; a note is no fault.

    ``reports``, ``exports``: how many are as made.  ``seals``: one line a sound seal.
    """

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    reports: int
    exports: int
    seals: tuple[str, ...]


def verify_case(
    workbench: Workbench, case: CaseFolder, *, signed_by: Path | None = None, progress: Progress = silent
) -> Verification:
    """Check everything and record the result.  ``signed_by``: the public key (PEM) that every seal must bear."""
    trusted = None if signed_by is None else trusted_fingerprint(signed_by)
    entries, broken = _audit(workbench)
    brought = brought_with(case, entries)
    found = verify(case, elsewhere=brought.batches, progress=progress)
    faults = [f"{one.path}: {one.what}" for one in found if one.fault]
    notes = [f"{one.path}: {one.what}" for one in found if not one.fault]
    faults += [*broken, *brought.faults]
    log = (*brought.entries, *entries)
    recorded = check_recorded(case, [entry for entry in log if entry.case == case.name])
    faults += recorded.faults
    if recorded.unrecorded:
        notes.append(
            f"batches: {recorded.unrecorded:,} from before the audit log recorded manifests; their manifests are taken "
            "as they are"
        )
    reports = recheck(entries, case.name)
    faults += [f"{path}: report changed since it was made" for path in reports.changed]
    # handed on, moved or deleted: the log keeps its hash, and the evidence is whole
    notes += [f"{path}: report missing, no longer at its place" for path in reports.missing]
    exports = check_exports(entries, case.name)
    faults += exports.changed
    if exports.gone:
        notes.append(f"exports: {exports.gone:,} no longer at their place; the log keeps their hashes")
    seals = check_seals(case, log, trusted=trusted)
    faults += seals.faults
    faults += _record(workbench, case, faults, notes)
    return Verification(tuple(faults), tuple(notes), reports.whole, exports.whole, seals.said)


def _audit(workbench: Workbench) -> tuple[Sequence[AuditEntry], list[str]]:
    try:
        entries = workbench.casebook.audit()
        return entries, [f"audit log: {fault}" for fault in workbench.casebook.verify_audit()]
    except WorkbenchError as error:
        return (), [f"audit log: {error.what}"]


def _record(workbench: Workbench, case: CaseFolder, faults: Sequence[str], notes: Sequence[str]) -> list[str]:
    """Put the result into the log; where that refuses it is one more fault, not the end of the check."""
    detail = {"differences": len(faults), "named": list(faults[:NAMED]), "notes": len(notes)}
    try:
        workbench.casebook.record(workbench.person, case.name, VERIFY, json.dumps(detail, sort_keys=True))
    except WorkbenchError as error:
        return [f"audit log: the result of this check could not be recorded ({error.what})"]
    return []

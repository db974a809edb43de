"""Is what came out of a bundle whole?  Log, evidence, findings, seals and casework, before any of it is used."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from ingest.case_folder import CaseFolder, label_key
from ingest.case_folder.manifest import Manifest, manifests
from ingest.case_folder.verification import verify_stored
from ingest.errors import FilatureError
from ingest.lake.columns import STORED
from ingest.lake.digest import evidence_digest
from ingest.runtime.progress import Progress, silent
from workbench.bundles.document import Document
from workbench.bundles.unpacking import Opened
from workbench.casebook import STATUSES, AuditEntry
from workbench.casebook.moved import checked
from workbench.casebook.own_leads import readable_lead
from workbench.custody.brought import brought_with, read_log
from workbench.custody.recorded import check_recorded
from workbench.custody.seal_check import check_seals
from workbench.errors import WorkbenchError
from workbench.runs.findings_file import findings_sha256, parse_findings

_AGAIN = "ask for the bundle again"


@dataclass(frozen=True)
class Checked:
    """The log of the workspace that the case came from, and its casework by table."""

    log: tuple[AuditEntry, ...]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    batches: tuple[str, ...]


def check(case: CaseFolder, opened: Opened, *, where: str, progress: Progress = silent) -> Checked:
    """``case``: the folder it was unpacked into.  WorkbenchError with the first thing that differs, and how many."""
    document = opened.document
    try:
        log = read_log(opened.audit)
    except ValueError as error:
        raise WorkbenchError(f"its audit log is not whole: {error}", where=where, fix=_AGAIN) from error
    if (len(log), log[-1].hash if log else "") != (document.audit_length, document.audit_head):
        raise WorkbenchError("its audit log ends elsewhere than it says", where=where, fix=_AGAIN)
    try:
        batches = manifests(case)
        label_key(case)
    except FilatureError as error:
        what = f"its evidence or its labels cannot be read: {error.what}"
        raise WorkbenchError(what, where=where, fix=_AGAIN) from error
    brought = brought_with(case, log)
    told = (*brought.entries, *log)
    faults = [f"{one.path}: {one.what}" for one in verify_stored(case, progress=progress) if one.fault]
    faults += [*brought.faults, *check_recorded(case, [one for one in told if one.case == case.name]).faults]
    faults += [*check_seals(case, told).faults, *_digests(case, document, batches), *_columns(case, batches)]
    if faults:
        more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
        raise WorkbenchError(f"the case in it is not whole: {faults[0]}{more}", where=where, fix=_AGAIN)
    return Checked(log, _casework(case, opened, log, where), tuple(batch.batch_id for batch in batches))


def _digests(case: CaseFolder, document: Document, batches: Sequence[Manifest]) -> list[str]:
    faults = []
    if evidence_digest(batches) != document.evidence_digest:
        faults.append("evidence: its digest is another than the bundle says")
    if findings_sha256(case) != document.findings_sha256:
        faults.append("findings: others than the bundle says")
    for path in sorted((*case.findings.glob("*.json"), *case.findings.glob("former/*.json"))):
        try:
            parse_findings(path.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            faults.append(f"findings/{path.name}: cannot be read")
    return faults


def _columns(case: CaseFolder, batches: Sequence[Manifest]) -> list[str]:
    """Evidence that this program cannot read; the engine would say so much later, and less clearly."""
    faults = []
    for batch in batches:
        for table, file in batch.evidence.items():
            try:
                names = set(pq.read_schema(case.path / file.path).names)
                rows = pq.read_metadata(case.path / file.path).num_rows
            except (OSError, ValueError) as error:
                faults.append(f"{file.path}: cannot be read ({type(error).__name__})")
                continue
            lacking = {name for name, _ in STORED[table].stored} - names if table in STORED else {"a known table"}
            if lacking or rows != file.rows:
                what = f"lacks {', '.join(sorted(lacking))}" if lacking else f"has {rows:,} rows, not {file.rows:,}"
                faults.append(f"{file.path}: {what}")
    return faults


def _casework(
    case: CaseFolder, opened: Opened, log: Sequence[AuditEntry], where: str
) -> dict[str, list[dict[str, Any]]]:
    try:
        rows = checked(case.name, json.loads(opened.casework), log)
    except (ValueError, RecursionError) as error:
        raise WorkbenchError("its casework cannot be read", where=where, fix=_AGAIN) from error
    except WorkbenchError as error:
        raise WorkbenchError(error.what, where=where, fix=_AGAIN) from error
    sound = (
        all(row["status"] in STATUSES for row in rows.get("judgements", ()))
        and all(readable_lead(row["body"], row["person"], row["at"]) for row in rows.get("own_leads", ()))
    )
    if not sound:
        raise WorkbenchError("its casework is none that this program writes", where=where, fix=_AGAIN)
    return rows

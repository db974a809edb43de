"""Are the case's files still those that the audit log recorded?  Manifests, findings, kept sources and hash lists.

A manifest counts as it was first recorded.  A batch of before the log recorded manifests is counted, not doubted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifest_sha256
from ingest.source_files import sha256_of
from workbench.casebook import AuditEntry
from workbench.custody.brought import IMPORT
from workbench.custody.receipt import HASH_LIST, RECEIVE, sources_in
from workbench.runs.findings_file import findings_sha256, former_sha256


@dataclass(frozen=True)
class Recorded:
    """``faults``: one line each, the file first.  ``unrecorded``: batches from before manifests were recorded."""

    faults: tuple[str, ...]
    unrecorded: int


def check_recorded(case: CaseFolder, entries: Sequence[AuditEntry]) -> Recorded:
    """``entries``: those of the case, oldest first."""
    faults, unrecorded = _manifests(case, entries)
    return Recorded((*faults, *_findings(case, entries), *_kept(case, entries), *_lists(case, entries)), unrecorded)


def _manifests(case: CaseFolder, entries: Sequence[AuditEntry]) -> tuple[list[str], int]:
    ingests = [entry for entry in entries if entry.action == "ingest"]
    named = {str(entry.facts.get("batch_id")) for entry in ingests}
    recorded: dict[str, AuditEntry] = {}
    for entry in ingests:
        if entry.facts.get("manifest_sha256"):
            recorded.setdefault(str(entry.facts.get("batch_id")), entry)
    faults, unrecorded = [], 0
    for batch in sorted({*(path.stem for path in case.batches.glob("*.json")), *recorded}):
        found, by = manifest_sha256(case, batch), recorded.get(batch)
        if by is None and (batch in named or not named):
            unrecorded += 1
        elif by is None:
            faults.append(f"batches/{batch}.json: manifest that no entry of the audit log recorded")
        elif found != by.facts["manifest_sha256"]:
            what = "missing" if found is None else "changed"
            faults.append(f"batches/{batch}.json: manifest {what}, recorded by entry {by.seq} of the audit log")
    return faults, unrecorded


def _findings(case: CaseFolder, entries: Sequence[AuditEntry]) -> Iterator[str]:
    runs = [entry for entry in entries if entry.action == "detect"]
    recorded = [entry for entry in runs if "findings_sha256" in entry.facts]
    if not recorded:
        return
    last = recorded[-1]
    yield from _differs(
        "findings/latest.json", findings_sha256(case), last.facts["findings_sha256"], f"entry {last.seq}"
    )
    for run, entry in {str(entry.facts.get("run_id")): entry for entry in recorded}.items():
        found = findings_sha256(case, run_id=run)
        yield from _differs(f"findings/{run}.json", found, entry.facts.get("run_sha256"), f"entry {entry.seq}")
    if len(recorded) == len(runs):  # before that, a document that was replaced may never have been recorded
        known = {entry.facts["findings_sha256"] for entry in recorded}
        for name, found in former_sha256(case).items():
            if found not in known:
                yield f"findings/former/{name}: findings changed, no entry of the audit log recorded them so"


def _differs(place: str, found: str | None, recorded: object, by: str) -> Iterator[str]:
    if found != recorded:
        what = "missing" if found is None else "changed"
        yield f"{place}: findings {what}, recorded by {by} of the audit log"


def _kept(case: CaseFolder, entries: Sequence[AuditEntry]) -> Iterator[str]:
    """Kept sources that are gone; what one holds is checked against its name."""
    places: dict[str, int] = {}
    for entry in entries:
        for source in sources_in(entry.facts) if entry.action in (RECEIVE, IMPORT) else ():
            if source.get("kept"):
                places.setdefault(str(source["kept"]), entry.seq)
    for place, seq in sorted(places.items()):
        if not (case.path / place).is_file():
            yield f"{place}: kept source missing, recorded by entry {seq} of the audit log"


def _lists(case: CaseFolder, entries: Sequence[AuditEntry]) -> Iterator[str]:
    """Lists of known media, as they were first taken in."""
    recorded: dict[str, tuple[int, object]] = {}
    for entry in entries:
        if entry.action == HASH_LIST:
            for name, key in (("json", "facts_sha256"), ("parquet", "hashes_sha256")):
                recorded.setdefault(f"hash-lists/{entry.facts.get('sha256')}.{name}", (entry.seq, entry.facts.get(key)))
    present = {f"hash-lists/{path.name}" for path in case.hash_lists.glob("*") if not path.name.startswith(".")}
    for place in sorted(present | set(recorded)):
        path = case.path / place
        if place not in recorded:
            yield f"{place}: hash list that no entry of the audit log recorded"
        elif not path.is_file() or sha256_of(path)[0] != recorded[place][1]:
            what = "changed" if path.is_file() else "missing"
            yield f"{place}: hash list {what}, recorded by entry {recorded[place][0]} of the audit log"

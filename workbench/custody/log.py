"""What happened to the evidence, from the moment it came in?  The audit log of a case, read for custody."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workbench.casebook import AuditEntry
from workbench.custody.brought import IMPORT
from workbench.custody.receipt import RECEIVE, sources_in
from workbench.custody.seal import SEAL, STAMP, place
from workbench.custody.verification import VERIFY
from workbench.report.recheck import ACTION as REPORT
from workbench.runs.judged_on import RUN


@dataclass(frozen=True)
class CustodyEvent:
    """One thing that happened: ``entry`` is its number in the audit log; what does not apply is empty.

    ``event``: received, read, detected, verified, reported, exported, brought (with the whole case), sealed or
    time-stamped.  A receipt of several files is several events of one entry.
    """

    entry: int
    at: str
    event: str
    by: str
    file: str = ""
    bytes: int | None = None
    sha256: str = ""
    sha1: str = ""
    received_from: str = ""
    authority: str = ""
    note: str = ""
    kept: str = ""
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def custody_log(entries: Sequence[AuditEntry], case: str) -> list[CustodyEvent]:
    """Every event of the case, oldest first; ``entries``: the audit log, after those the case brought with it."""
    return [event for entry in entries if entry.case == case for event in _events(entry)]


def _events(entry: AuditEntry) -> Iterator[CustodyEvent]:
    facts = entry.facts

    def one(event: str, **more: Any) -> CustodyEvent:
        return CustodyEvent(entry.seq, entry.at, event, entry.user, **more)

    if entry.action == RECEIVE:
        said = {name: str(facts.get(name, "")) for name in ("received_from", "authority", "note")}
        yield from (one("received", **_file(source, entry.case), **said) for source in sources_in(facts))
    elif entry.action == "ingest":
        told = f"batch {facts.get('batch_id')}: {_rows(facts)}"
        if "manifest_sha256" not in facts:  # from before receipts: these files are named nowhere else
            yield from (one("read", **_file(source, entry.case), detail=told) for source in sources_in(facts))
        else:
            yield one("read", detail=told)
    elif entry.action == RUN:
        told = f"run {facts.get('run_id')}: {facts.get('findings')} leads"
        told += f", by Filature {facts['filature']}" if "filature" in facts else ""
        yield one("detected", sha256=str(facts.get("run_sha256") or ""), detail=told)
    elif entry.action == VERIFY:
        count = facts.get("differences", 0)
        yield one("verified", detail="nothing differs" if not count else f"{count} differ")
    elif entry.action == REPORT:
        leads = facts.get("findings")
        told = f"{len(leads) if isinstance(leads, list) else 0} leads as {facts.get('to')}"
        yield one("reported", file=str(facts.get("path", "")), sha256=str(facts.get("sha256", "")), detail=told)
    elif entry.action == "export":
        where = str(facts.get("path") or facts.get("file") or "")
        told = f"as {facts.get('to')}" + (", handed to the browser" if facts.get("handed_to") == "browser" else "")
        yield one("exported", file=where, sha256=str(facts.get("sha256", "")), detail=told)
    elif entry.action == IMPORT:
        told = f"with {facts.get('audit_length')} entries of another audit log, by Filature {facts.get('filature')}"
        yield one("brought", file=str(facts.get("path", "")), sha256=str(facts.get("sha256", "")), detail=told)
    elif entry.action == SEAL:
        key = facts.get("fingerprint")
        told = f"signed by key {key}" if key else "not signed"
        yield one("sealed", file=_seal(facts), sha256=str(facts.get("sha256", "")), detail=told)
    elif entry.action == STAMP:
        yield one("time-stamped", file=_seal(facts), detail=f"{facts.get('at')} by {facts.get('authority')}")


def place_in_case(path: str, case: str) -> str:
    """Of a file that stands in the folder of the case, its place there; any other as it is."""
    return re.sub(rf"^.*/cases/{re.escape(case)}/", "", path, count=1, flags=re.DOTALL)


def _file(source: Mapping[str, Any], case: str) -> dict[str, Any]:
    """The columns of one file; what the screen took in lies in the case without being kept beside its source."""
    size, path = source.get("bytes"), str(source.get("path", ""))
    texts = {name: str(source.get(name) or "") for name in ("sha256", "sha1", "kept")}
    within = place_in_case(path, case)
    if within != path and within.startswith("sources/") and not texts["kept"]:
        texts["kept"] = within
    return {"file": path, "bytes": size if isinstance(size, int) else None, **texts}


def _seal(facts: Mapping[str, Any]) -> str:
    number = facts.get("number")
    return place(number) if isinstance(number, int) else ""


def _rows(facts: Mapping[str, Any]) -> str:
    tables = facts.get("tables")
    counted = [
        f"{name} {counts.get('accepted', 0)} of {counts.get('read', 0)} rows"
        for name, counts in (tables.items() if isinstance(tables, dict) else ())
        if isinstance(counts, dict)
    ]
    aside = facts.get("ignored")
    left = [f"{len(aside)} left aside and not hashed"] if isinstance(aside, list) and aside else []
    return ", ".join([*(counted or ["no rows"]), *left])

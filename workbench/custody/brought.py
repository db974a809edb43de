"""Which audit logs did a case bring with it from other workspaces?  They stand in ``brought/``, checked like our own.

A log is one chain over all cases of a workspace.  What leaves with a case holds its own entries whole, and of all
others only their place in the chain: number, the hash before, their hash.  So the chain can be followed to its head
without a word about another case.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.case_folder import CaseFolder
from workbench.casebook import AuditEntry
from workbench.casebook.audit import hash_of

IMPORT = "import case"
"""What the audit log calls the taking in of a case from elsewhere."""
_FIELDS = (int, str, str, str, str, str, str, str)


@dataclass(frozen=True)
class Brought:
    """``entries``: those of the logs that were brought, log after log.  ``faults``: one line each, the file first.
    ``batches``: what was read elsewhere, so that its sources are not expected here.
    """

    entries: tuple[AuditEntry, ...] = ()
    faults: tuple[str, ...] = ()
    batches: frozenset[str] = frozenset()


def to_lines(entries: Iterable[AuditEntry], case: str) -> bytes:
    """The log as JSON lines, oldest first; of entries of other cases the place in the chain alone."""
    lines = (
        [one.seq, one.at, one.user, one.case, one.action, one.detail, one.previous, one.hash]
        if one.case == case else [one.seq, one.previous, one.hash]
        for one in entries
    )
    return "".join(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in lines).encode()


def read_log(body: bytes) -> tuple[AuditEntry, ...]:
    """The inverse of ``to_lines``; ValueError if these are no such lines or the chain is broken."""
    entries: list[AuditEntry] = []
    previous = ""
    for number, line in enumerate(body.splitlines(), 1):
        try:
            told = json.loads(line)
        except RecursionError as error:
            raise ValueError(f"entry {number} cannot be read") from error
        entry = _entry(told)
        if entry is None:
            raise ValueError(f"entry {number} cannot be read")
        if entry.seq != number or entry.previous != previous:
            raise ValueError(f"entry {number} does not continue the one before")
        if len(told) == len(_FIELDS) and entry.hash != hash_of(entry):
            raise ValueError(f"entry {number} was changed: its hash does not fit its content")
        entries.append(entry)
        previous = entry.hash
    return tuple(entries)


def _entry(told: object) -> AuditEntry | None:
    if not isinstance(told, list):
        return None
    if len(told) == 3:
        told = [told[0], "", "", "", "", "", *told[1:]]
    if len(told) != len(_FIELDS) or any(type(value) is not kind for value, kind in zip(told, _FIELDS, strict=True)):
        return None
    return AuditEntry(*told)


def brought_with(case: CaseFolder, log: Iterable[AuditEntry]) -> Brought:
    """The logs in the case folder, and what differs from what ``log``, our own, recorded of them."""
    recorded: dict[str, tuple[int, object]] = {}
    batches: set[str] = set()
    for entry in log:
        if entry.case == case.name and entry.action == IMPORT:
            held, listed = entry.facts.get("brought"), entry.facts.get("batches")
            for name, sha256 in held.items() if isinstance(held, dict) else ():
                recorded.setdefault(str(name), (entry.seq, sha256))
            batches.update(map(str, listed) if isinstance(listed, list) else ())
    entries: list[AuditEntry] = []
    faults: list[str] = []
    present = {path.name for path in case.brought.glob("*") if not path.name.startswith(".")}
    for name in sorted(present | recorded.keys()):
        place = f"brought/{name}"
        if name not in recorded:
            faults.append(f"{place}: audit log that no entry of ours recorded")
            continue
        seq, sha256 = recorded[name]
        body = (case.brought / name).read_bytes() if name in present else None
        if body is None or hashlib.sha256(body).hexdigest() != sha256:
            what = "missing" if body is None else "changed"
            faults.append(f"{place}: audit log {what}, recorded by entry {seq} of the audit log")
            continue
        try:
            entries += read_log(body)
        except ValueError as error:
            faults.append(f"{place}: {error}")
    return Brought(tuple(entries), tuple(faults), frozenset(batches))


def with_brought(case: CaseFolder, log: Sequence[AuditEntry]) -> tuple[AuditEntry, ...]:
    """What the case brought with it, then our own log: for whoever tells what happened to its evidence."""
    return (*brought_with(case, log).entries, *log)

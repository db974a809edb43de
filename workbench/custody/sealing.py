"""How does a case get a seal, and a seal its token?  Written into the case, recorded in the audit log."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.batch.commit import ingest_lock
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifest_sha256, manifests
from ingest.lake.digest import evidence_digest
from workbench import __version__
from workbench.bootstrap import Workbench
from workbench.custody import signing, stamping
from workbench.custody.brought import brought_with
from workbench.custody.recorded import check_recorded
from workbench.custody.seal import SEAL, STAMP, Seal, add_part, numbers, part_of, place, sha256
from workbench.custody.seal_check import check_seals
from workbench.custody.stamping import Stamp
from workbench.errors import WorkbenchError
from workbench.runs.findings_file import findings_sha256

_WAIT_S = 30.0


@dataclass(frozen=True)
class Made:
    """A new seal: its number, the hash of its document, and whose key signed it (None: nobody's)."""

    number: int
    sha256: str
    fingerprint: str | None


def make_seal(
    workbench: Workbench, case: CaseFolder, *, key: Path | None = None, password: Callable[[], str] = str,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Made:
    """Seal what the case holds now.  ``password`` is asked where the key has one.

    Raises WorkbenchError where the audit log, what it recorded or an earlier seal differs: a new one must not make
    that look sound.
    """
    workbench.casebook.allow("seal", case.name)
    with ingest_lock(case, wait_s=_WAIT_S):
        log = workbench.casebook.audit()
        brought = brought_with(case, log)
        told = (*brought.entries, *log)
        own = [entry for entry in told if entry.case == case.name]
        broken = workbench.casebook.verify_audit() or brought.faults
        if broken or check_recorded(case, own).faults or check_seals(case, told).faults:
            raise WorkbenchError(
                "the audit log, or what it recorded, or a seal is not as it was", where=f"case {case.name}",
                fix="filature verify names what differs",
            )
        batches, before = manifests(case), numbers(case)
        number = before[-1] + 1 if before else 1
        at = now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        body = Seal(
            number=number, case=case.name, at=at, by=workbench.person, filature=__version__,
            manifests={one.batch_id: str(manifest_sha256(case, one.batch_id)) for one in batches},
            evidence_digest=evidence_digest(batches), findings=findings_sha256(case), audit_length=len(log),
            audit_head=log[-1].hash if log else "",
            previous=sha256(part_of(case, before[-1]) or b"") if before else None,
        ).to_bytes()
        detail: dict[str, Any] = {"number": number, "sha256": sha256(body), "fingerprint": None}
        made = None if key is None else signing.sign(body, key, password=password)
        add_part(case, number, "json", body)
        if made is not None:
            add_part(case, number, "sig", made.signature)
            add_part(case, number, "pub.pem", made.public_key)
            detail.update(fingerprint=made.fingerprint, signature_sha256=sha256(made.signature))
        _record(workbench, case, SEAL, detail)
    return Made(number, detail["sha256"], detail["fingerprint"])


def request_for_last(case: CaseFolder) -> tuple[int, bytes]:
    """(number of the last seal, time-stamp request over it); WorkbenchError if there is no seal."""
    last = numbers(case)[-1:]
    body = part_of(case, last[0]) if last else None
    if body is None:
        raise WorkbenchError("the case has no seal", where=f"case {case.name}", fix="make one with filature seal")
    return last[0], stamping.request(body)


def take_token(workbench: Workbench, case: CaseFolder, token: bytes, certificates: bytes) -> tuple[int, Stamp]:
    """Check an authority's answer and put it beside the seal it speaks of; returns that seal's number as well."""
    workbench.casebook.allow("seal", case.name)
    wanted = stamping.imprint(token)
    for number in numbers(case):
        body = part_of(case, number) or b""
        if sha256(body) == wanted:
            break
    else:
        raise WorkbenchError(
            "the answer speaks of no seal of this case", where=f"case {case.name}",
            fix="name the case whose seal --request was about; a seal that was changed has no answer either",
        )
    stamp = stamping.check(token, body, certificates)
    add_part(case, number, "tsr", token)
    add_part(case, number, "authority.pem", certificates)
    _record(workbench, case, STAMP, {
        "number": number, "seal": place(number), "at": stamp.at, "authority": stamp.authority, "serial": stamp.serial,
        "token_sha256": sha256(token), "certificates_sha256": sha256(certificates),
    })
    return number, stamp


def _record(workbench: Workbench, case: CaseFolder, action: str, detail: Mapping[str, Any]) -> None:
    workbench.casebook.record(workbench.person, case.name, action, json.dumps(detail, sort_keys=True))

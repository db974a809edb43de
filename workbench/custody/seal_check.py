"""Is what was sealed still so?  Every seal: its own files, who signed it, its token, and what it says of the case."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifest_sha256, read_manifest
from ingest.errors import FilatureError
from ingest.lake.digest import evidence_digest
from workbench.casebook import AuditEntry
from workbench.custody import signing, stamping
from workbench.custody.seal import PARTS, SEAL, STAMP, Part, Seal, numbers, part_of, place, read_seal, sha256
from workbench.runs.findings_file import findings_sha256, former_sha256

_HASH_OF: Mapping[Part, tuple[str, str]] = {
    "json": (SEAL, "sha256"), "sig": (SEAL, "signature_sha256"), "tsr": (STAMP, "token_sha256"),
    "authority.pem": (STAMP, "certificates_sha256"),
}
"""Which entry of the audit log holds the hash of a part, and under which name."""
_WHAT: Mapping[Part, str] = {
    "json": "seal", "sig": "signature", "pub.pem": "public key", "tsr": "time-stamp token",
    "authority.pem": "certificate of the time-stamping authority",
}


@dataclass(frozen=True)
class SealsChecked:
    """``faults``: one line each, the file first.  ``said``: one line a sound seal, by whom it is signed and stamped."""

    faults: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class _Log:
    """The whole audit log, and what it recorded of the seals of this case."""

    hashes: Mapping[int, Set[str]]  # by number; several where the case brought other logs with it
    parts: Mapping[tuple[int, Part], tuple[int, str]]
    fingerprints: Mapping[int, str | None]


def check_seals(
    case: CaseFolder, entries: Sequence[AuditEntry], *, trusted: str | None = None
) -> SealsChecked:
    """``entries``: the audit log of all cases, after those that the case brought with it.  ``trusted``: the fingerprint
    of the key that must have signed."""
    log = _recorded(case, entries)
    present = numbers(case)
    findings = {findings_sha256(case), *former_sha256(case).values()} if present else set()
    faults = list(_strangers(case, present))
    said: list[str] = []
    previous: str | None = None
    for number in sorted({*present, *(number for number, _ in log.parts)}):
        body = part_of(case, number)
        own = [*_parts(case, number, log), *_content(case, number, body, previous, log, findings)]
        own += _signature(case, number, body, log, trusted)
        token, stamped = _token(case, number, body)
        own += token
        faults += own
        if not own:
            key = log.fingerprints.get(number)
            said.append(f"{place(number)}: whole, {f'signed by key {key}' if key else 'not signed'}{stamped}")
        previous = None if body is None else sha256(body)
    return SealsChecked(tuple(faults), tuple(said))


def _recorded(case: CaseFolder, entries: Sequence[AuditEntry]) -> _Log:
    parts: dict[tuple[int, Part], tuple[int, str]] = {}
    fingerprints: dict[int, str | None] = {}
    for entry in entries:
        facts = entry.facts
        number = facts.get("number")
        if entry.case != case.name or entry.action not in (SEAL, STAMP) or not isinstance(number, int):
            continue
        for part, (action, name) in _HASH_OF.items():
            if entry.action == action and facts.get(name):
                parts.setdefault((number, part), (entry.seq, str(facts[name])))
        if entry.action == SEAL:
            fingerprints.setdefault(number, facts.get("fingerprint"))
    hashes: dict[int, set[str]] = {}
    for entry in entries:
        hashes.setdefault(entry.seq, set()).add(entry.hash)
    return _Log(hashes, parts, fingerprints)


def _strangers(case: CaseFolder, present: Sequence[int]) -> Iterator[str]:
    """Files in the folder that are of no seal."""
    known = {place(number, part) for number in present for part in PARTS}
    for path in sorted(case.seals.glob("*")):
        name = f"seals/{path.name}"
        if name not in known and not path.name.startswith("."):
            yield f"{name}: belongs to no seal"


def _parts(case: CaseFolder, number: int, log: _Log) -> Iterator[str]:
    """Is every part there that was recorded, unchanged, and no other?"""
    for part in _HASH_OF:
        body, recorded = part_of(case, number, part), log.parts.get((number, part))
        if recorded is None:
            if body is not None:
                yield f"{place(number, part)}: {_WHAT[part]} that no entry of the audit log recorded"
        elif body is None:
            yield f"{place(number, part)}: {_WHAT[part]} missing, recorded by entry {recorded[0]} of the audit log"
        elif sha256(body) != recorded[1]:
            yield f"{place(number, part)}: {_WHAT[part]} changed, recorded by entry {recorded[0]} of the audit log"


def _content(
    case: CaseFolder, number: int, body: bytes | None, previous: str | None, log: _Log, findings: Set[str | None]
) -> Iterator[str]:
    """Does the case still hold what the seal says?  ``findings``: hashes of those it holds, former ones as well."""
    if body is None:
        return
    where = place(number)
    try:
        seal = read_seal(body)
    except ValueError:
        yield f"{where}: cannot be read as a seal"
        return
    if (seal.number, seal.case) != (number, case.name):
        yield f"{where}: is seal {seal.number} of the case {seal.case}"
    if seal.previous != previous:
        yield f"{where}: does not continue the seal before it"
    if seal.audit_head not in (log.hashes.get(seal.audit_length) or {""}):
        yield f"{where}: entry {seal.audit_length} of the audit log is not the one that was sealed"
    changed = [batch for batch, sealed in sorted(seal.manifests.items()) if manifest_sha256(case, batch) != sealed]
    for batch in changed:
        yield f"batches/{batch}.json: manifest is not the one that {where} sealed"
    if not changed and _digest(case, seal) != seal.evidence_digest:
        yield f"{where}: the evidence digest is not that of its manifests"
    if seal.findings is not None and seal.findings not in findings:
        yield f"findings: those that {where} sealed are no longer there"


def _digest(case: CaseFolder, seal: Seal) -> str:
    try:
        return evidence_digest(read_manifest(case.batches / f"{batch}.json") for batch in seal.manifests)
    except FilatureError:
        return ""


def _signature(
    case: CaseFolder, number: int, body: bytes | None, log: _Log, trusted: str | None
) -> Iterator[str]:
    signature, key = part_of(case, number, "sig"), part_of(case, number, "pub.pem")
    recorded = log.fingerprints.get(number)
    if signature is None and recorded is None:
        if trusted is not None and body is not None:
            yield f"{place(number)}: is not signed"
        return
    found = None if key is None else signing.fingerprint(key)
    if key is None:
        yield f"{place(number, 'pub.pem')}: public key missing"
    elif found is None or found != recorded:
        yield f"{place(number, 'pub.pem')}: public key is not the one that the audit log recorded ({recorded})"
    elif trusted is not None and found != trusted:
        yield f"{place(number)}: is signed by another key ({found})"
    if key is not None and signature is not None and body is not None and not signing.signed(body, signature, key):
        yield f"{place(number, 'sig')}: signature does not fit {place(number)}"


def _token(case: CaseFolder, number: int, body: bytes | None) -> tuple[list[str], str]:
    """(what is wrong with the token, what it says)."""
    token, certificates = part_of(case, number, "tsr"), part_of(case, number, "authority.pem")
    if token is None or certificates is None or body is None:
        return [], ""  # what is missing is named with the parts
    try:
        stamp = stamping.check(token, body, certificates)
    except stamping.StampInvalid as error:
        return [f"{place(number, 'tsr')}: {error.what}"], ""
    return [], f", time-stamped {stamp.at} by {stamp.authority}"

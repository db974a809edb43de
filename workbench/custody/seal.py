"""What did the case hold at that moment?  A seal: a small document of hashes, numbered, with what proves it beside it.

``seals/000001.json`` and, where they are, ``.sig`` and ``.pub.pem`` (who made it), ``.tsr`` and ``.authority.pem``
(that it was there at a time).  Files of seals are written once.  Each seal holds the hash of the one before.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ingest.case_folder import CaseFolder
from ingest.runtime.to_disk import to_disk
from workbench.errors import WorkbenchError

SEAL, STAMP = "seal", "time-stamp"
"""What the audit log calls the making of a seal, and the taking in of its token."""
Part = Literal["json", "sig", "pub.pem", "tsr", "authority.pem"]
PARTS: tuple[Part, ...] = ("json", "sig", "pub.pem", "tsr", "authority.pem")


@dataclass(frozen=True)
class Seal:
    """``manifests``: SHA-256 of each batch's manifest; ``findings``: of the latest findings, None before the first run.

    ``audit_length`` and ``audit_head``: how many entries the audit log had, and the hash of the last.  ``previous``:
    the SHA-256 of the seal before, None for the first.  ``at`` is ISO 8601 UTC.
    """

    number: int
    case: str
    at: str
    by: str
    filature: str
    manifests: Mapping[str, str]
    evidence_digest: str
    findings: str | None
    audit_length: int
    audit_head: str
    previous: str | None

    def to_bytes(self) -> bytes:
        """Canonical JSON: keys sorted, no blanks, ASCII; what is signed and stamped."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def read_seal(body: bytes) -> Seal:
    """The inverse of ``to_bytes``; ValueError if these are not the canonical bytes of a seal."""
    try:
        value: Any = json.loads(body)
        seal = Seal(**value)
        same = seal.to_bytes() == body
    except (TypeError, ValueError) as error:
        raise ValueError("no seal") from error
    if not same or not isinstance(seal.manifests, dict) or not isinstance(seal.audit_length, int):
        raise ValueError("no seal as it is written")
    return seal


def place(number: int, part: Part = "json") -> str:
    """Where that part of a seal stands, relative to the case folder."""
    return f"seals/{number:06d}.{part}"


def part_of(case: CaseFolder, number: int, part: Part = "json") -> bytes | None:
    """The bytes of that part; None where there is none."""
    path = case.path / place(number, part)
    return path.read_bytes() if path.is_file() else None


def numbers(case: CaseFolder) -> tuple[int, ...]:
    """The seals that stand in the case, first to last."""
    names = (path.name.removesuffix(".json") for path in case.seals.glob("*.json"))
    return tuple(sorted(int(name) for name in names if name.isascii() and name.isdigit() and len(name) == 6))


def add_part(case: CaseFolder, number: int, part: Part, body: bytes) -> None:
    """Write a part of a seal; WorkbenchError if there is one already."""
    path = case.path / place(number, part)
    case.seals.mkdir(exist_ok=True)
    staged = case.seals / f".{path.name}.{os.getpid()}"
    try:
        with staged.open("wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        path.hardlink_to(staged)  # unlike a rename, never over another file
    except FileExistsError:
        raise WorkbenchError("the seal has that already", where=place(number, part), fix="make a new seal") from None
    except OSError as error:
        raise WorkbenchError(
            f"the seal cannot be written ({(error.strerror or str(error)).lower()})", where=place(number, part),
            fix="make room or give the folder rights",
        ) from error
    finally:
        staged.unlink(missing_ok=True)
    to_disk(case.seals)


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()

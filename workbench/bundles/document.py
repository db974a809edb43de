"""What is in a bundle?  ``bundle.json``, its first member: versions, digests, and every other member with its hash.

Members bear names of ours; where a file stands in the case is said here, and is one of the places that a case has.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from ingest.case_folder import LABEL_KEY, SCHEMA_VERSION
from workbench.casebook.schema import VERSION as CASEWORK_VERSION
from workbench.errors import WorkbenchError

BUNDLE_VERSION = 2
NAME, AUDIT, CASEWORK, QUERIES = "bundle.json", "audit.jsonl", "casework.json", "queries/"
FOLDERS = (
    "evidence", "rejects", "batches", "findings", "kept", "sources", "seals", "hash-lists", "brought",
)
"""What of a case folder is the case: the search index and the graph are made anew from it."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEMBER = re.compile(r"(?:files/[0-9]{6,9}|queries/[0-9]{6}\.cypher|audit\.jsonl|casework\.json)")


@dataclass(frozen=True)
class Member:
    """``path``: where it stands in the case folder; empty for what is no file of it."""

    member: str
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Document:
    """``audit_length`` and ``audit_head``: of the whole audit log of the workspace it came from, at that moment.

    ``kept``: sources that were put beside the case for the bundle, by their place in it.  ``findings_sha256``: of the
    latest findings, None before the first run.
    """

    bundle_version: int
    filature: str
    case_schema_version: int
    casework_version: int
    case: str
    made_at: str
    made_by: str
    reason: str
    evidence_digest: str
    findings_sha256: str | None
    audit_length: int
    audit_head: str
    kept: tuple[str, ...]
    members: tuple[Member, ...]

    def to_bytes(self) -> bytes:
        return (json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode()

    @property
    def sums(self) -> bytes:
        """What ``sha256sum -c`` reads."""
        return "".join(f"{one.sha256}  {one.member}\n" for one in self.members).encode()


def read_document(body: bytes, *, where: str) -> Document:
    """The inverse of ``to_bytes``; WorkbenchError says why a bundle of another version, or none, is not taken in."""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _refused(where) from error
    if not isinstance(told, dict):
        raise _refused(where)
    _check_versions(told, where)
    try:
        members = tuple(Member(**one) for one in told.pop("members"))
        document = Document(**{**told, "kept": tuple(told["kept"])}, members=members)
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(where) from error
    if not _sound(document):
        raise _refused(where)
    return document


def _check_versions(told: dict[str, Any], where: str) -> None:
    """Older casework is brought up on the way in; anything newer is left to the program that knows it."""
    by = f"was made by Filature {str(told.get('filature'))[:40]}"
    for name, what, oldest, ours in (
        ("bundle_version", "bundle", 1, BUNDLE_VERSION),
        ("case_schema_version", "evidence", SCHEMA_VERSION, SCHEMA_VERSION),
        ("casework_version", "casework", 1, CASEWORK_VERSION),
    ):
        version = told.get(name)
        if type(version) is not int:
            raise _refused(where)
        if not oldest <= version <= ours:
            raise WorkbenchError(
                f"{by} with {what} of version {version}, and this one reads version {ours}", where=where,
                fix="take it in with that Filature, or a later one" if version > ours else "take it in with that one",
            )


def _sound(document: Document) -> bool:
    texts = (document.filature, document.case, document.made_at, document.made_by, document.reason,
             document.evidence_digest, document.audit_head, *document.kept)
    names = [one.member for one in document.members]
    places = [one.path for one in document.members if one.path]
    return (
        all(isinstance(text, str) for text in texts)
        and isinstance(document.findings_sha256, str | None) and type(document.audit_length) is int
        and all(_is_member(one) for one in document.members)
        and len(set(names)) == len(names) and len(set(places)) == len(places)
        and {AUDIT, CASEWORK} <= set(names) and set(document.kept) <= set(places)
    )


def _is_member(one: Member) -> bool:
    if not all(isinstance(text, str) for text in (one.member, one.path, one.sha256)) or type(one.bytes) is not int:
        return False
    is_file = one.member.startswith("files/")
    return (
        bool(_MEMBER.fullmatch(one.member) and _SHA256.fullmatch(one.sha256)) and one.bytes >= 0
        and (is_place(one.path) if is_file else one.path == "")
    )


def is_place(path: str) -> bool:
    """Is it a place of a case: one of its two files, or below one of its folders, with no part that leads elsewhere?"""
    parts = PurePosixPath(path).parts
    return (
        path in ("case.json", LABEL_KEY) or (len(parts) > 1 and parts[0] in FOLDERS)
    ) and "/".join(parts) == path and not {"..", "."} & set(parts) and "\x00" not in path


def _refused(where: str) -> WorkbenchError:
    return WorkbenchError("is no bundle of a case, or not whole", where=where, fix="ask for it again")

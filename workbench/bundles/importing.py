"""How does a case come in?  Unpacked aside, checked as a whole, then moved to its place by one rename and recorded."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.runtime.file_lock import locked
from ingest.runtime.progress import Progress, silent
from ingest.source_files import sha256_of
from queries.errors import QueryError
from queries.files.cypher_file import parse
from queries.files.packs import as_packed
from queries.saved_query import SavedQuery
from queries.statement.guard import check_text
from workbench.bootstrap import Workbench
from workbench.bundles.checking import Checked, check
from workbench.bundles.document import Document
from workbench.bundles.unpacking import Opened, document_of, unpack
from workbench.casebook import AuditEntry
from workbench.custody.brought import IMPORT
from workbench.errors import WorkbenchError

_WAIT_S = 30.0


@dataclass(frozen=True)
class Imported:
    """``rows``: how many judgements, remarks, leads and views came in; ``restored``: they were here already, as was the
    log.  ``queries``: those that were kept, none of them reviewed; ``notes``: one line each on those that were not.
    """

    case: CaseFolder
    document: Document
    rows: int
    restored: bool
    queries: tuple[str, ...]
    notes: tuple[str, ...]


def import_case(workbench: Workbench, path: Path, *, progress: Progress = silent) -> Imported:
    """Take the case of a bundle into the workspace under its own name, and make its graph.

    Raises WorkbenchError or SourceUnreadable, and leaves nothing behind, where the bundle is not whole, is of a version
    that is not read, or the workspace has, or its audit log knows, another case of that name.
    """
    document = document_of(path)
    workbench.casebook.allow("create")
    target = CaseFolder(workbench.settings.workspace, document.case)
    with _aside(workbench.settings.workspace) as folder:
        _free(target)
        staged = CaseFolder(folder, document.case)
        opened = unpack(path, document, staged, progress=progress)
        checked = check(staged, opened, where=str(path), progress=progress)
        queries = _queries(opened, str(path))
        restored = _restores(workbench.casework.audit(), document)
        workbench.casebook.roster.begin_case(document.case, by=workbench.person)
        if not restored:
            number = len(list(staged.brought.glob("*.jsonl"))) + 1
            staged.brought.mkdir(exist_ok=True)
            (staged.brought / f"{number:06d}.jsonl").write_bytes(opened.audit)
        for place in staged.kept.glob("*"):
            place.chmod(0o444)
        target.path.parent.mkdir(parents=True, exist_ok=True)
        detail = _detail(path, document, checked, staged, restored)
        staged.path.rename(target.path)
    workbench.casebook.record(workbench.person, document.case, IMPORT, json.dumps(detail, sort_keys=True))
    rows = 0
    if not restored:
        rows = workbench.casebook.moved.take_in(document.case, checked.rows, user=workbench.person)
    kept, notes = _keep(workbench, queries)
    workbench.take_up(target, progress=progress)
    return Imported(target, document, rows, restored, kept, notes)


@contextmanager
def _aside(workspace: Path) -> Iterator[Path]:
    """A folder of the workspace for one import at a time; what a killed one left goes first."""
    top = workspace / "arriving"
    top.mkdir(parents=True, exist_ok=True)
    busy = WorkbenchError("another case is coming in", where=str(workspace), fix="wait for it and try again")
    with locked(workspace / "arriving.lock", wait_s=_WAIT_S, busy=busy):
        for left in top.iterdir():
            shutil.rmtree(left, ignore_errors=True)
        folder = top / secrets.token_hex(8)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _free(target: CaseFolder) -> None:
    if target.path.exists():
        raise WorkbenchError(
            "the workspace has a case of that name", where=f"case {target.name}",
            fix="take it in elsewhere with --workspace",
        )


def _restores(log: Sequence[AuditEntry], document: Document) -> bool:
    """Is this the log that the bundle was made from, so that the case only comes back?  Nothing is known of it else."""
    at = document.audit_length
    if 0 < at <= len(log) and log[at - 1].hash == document.audit_head:
        return True
    if any(entry.case == document.case for entry in log):
        raise WorkbenchError(
            "the audit log here knows another case of that name", where=f"case {document.case}",
            fix="take it in elsewhere with --workspace",
        )
    return False


def _detail(
    path: Path, document: Document, checked: Checked, staged: CaseFolder, restored: bool
) -> dict[str, object]:
    return {
        "path": str(path.absolute()), "sha256": sha256_of(path)[0], "filature": document.filature,
        "made_by": document.made_by, "made_at": document.made_at, "reason": document.reason,
        "evidence_digest": document.evidence_digest, "findings_sha256": document.findings_sha256,
        "audit_length": document.audit_length, "audit_head": document.audit_head, "restored": restored,
        "batches": [] if restored else list(checked.batches),
        "brought": {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in staged.brought.glob("*.jsonl")},
        "sources": [{"kept": place, "sha256": place.removeprefix("kept/"), "path": place} for place in document.kept],
    }


def _queries(opened: Opened, where: str) -> tuple[SavedQuery, ...]:
    """The queries, which were made elsewhere: none of them runs before somebody read it."""
    found = []
    for body in opened.queries:
        try:
            query = parse(body.decode("utf-8"), source="a query")
            check_text(query.cypher)
        except (QueryError, UnicodeDecodeError) as error:
            raise WorkbenchError(
                f"a query in it is none that this program writes ({error})", where=where, fix="ask for the bundle again"
            ) from error
        found.append(query)
    return tuple(found)


def _keep(workbench: Workbench, queries: Sequence[SavedQuery]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(ids that are kept, one line for each that could not be)."""
    user = workbench.person
    seen = workbench.casebook.queries(user, archived=True)
    own = {item.id: as_packed(item) for item in seen if item.owner == user}
    kept, notes = [], []
    for query in queries:
        if query.id in own:
            if own[query.id] != as_packed(query):
                notes.append(f"query {query.id} was not kept: you have another of that id")
            continue
        try:
            workbench.casebook.save_query(replace(query, reviewed=False), user=user, shared=False)
            kept.append(query.id)
        except (QueryError, WorkbenchError) as error:
            notes.append(f"query {query.id} was not kept: {error.what}")
    return tuple(kept), tuple(notes)



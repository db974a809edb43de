"""A small case with everything that custody looks after, made without a graph engine."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

from graph.detect.finding import FindingsDocument
from ingest.case_folder import CaseFolder
from tests.authority import Authority
from tests.unit.ingest.evidence_folder import MESSAGES, T, write
from workbench import bootstrap
from workbench.bootstrap import Workbench
from workbench.custody.receipt import Receipt
from workbench.custody.sealing import make_seal, request_for_last, take_token
from workbench.custody.signing import new_key
from workbench.report.recheck import ACTION as REPORT
from workbench.settings import Settings

CASE = "quay"
RECEIPT = Receipt("Officer Lind", "Order 12/2024", "sealed bag 7")


@contextmanager
def without_graph() -> Iterator[None]:
    """Ingest and detect as the commands do, but write no graph: custody does not look at it."""
    with (
        patch.object(Workbench, "project", return_value=None),
        patch.object(Workbench, "writer", return_value=nullcontext()),
        patch.object(bootstrap, "write_findings"),
    ):
        yield


def opened(root: Path) -> Workbench:
    return Workbench(Settings(workspace=root / "workspace", user="ada"))


def folder_of(root: Path) -> CaseFolder:
    return CaseFolder(root / "workspace", CASE)


def build(root: Path, *, authority: Authority | None = None) -> None:
    """Two batches, kept sources, a hash list, findings that others replaced, a report, casework and two seals."""
    source = write(root / "source", "messages.csv", MESSAGES + f"m1,{T},a,r,,one\nm2,{T},,r,,two\nm3,{T},b,r,,three\n")
    rooms = write(root / "source", "rooms.csv", "room_id,name\nr,Hall\n")
    with opened(root) as bench, without_graph():
        case = bench.case(CASE, create=True)
        bench.ingest(case, [source], receipt=RECEIPT, keep="copy")
        bench.ingest(case, [rooms], keep="hard-link")
        mapping = b"# a mapping\n"
        write(case.sources / "mappings", f"{hashlib.sha256(mapping).hexdigest()}.toml", mapping)
        bench.add_hash_list(case, write(root, "known.txt", "0" * 64))
        for run in ("run-1", "run-2"):
            _detected(bench, case, run)
        _reported(bench, root / "out.pdf")
        bench.casebook.judge("hub-1", "in review", "looked at", "ada", case=CASE)
        bench.casebook.remarks.add(CASE, [f"case:{CASE}"], "note", "a note", user="ada")
        key = root / "team.pem"
        new_key(key)
        make_seal(bench, case, key=key)
        if authority is not None:
            take_token(bench, case, authority.answer(request_for_last(case)[1]), authority.root)
        make_seal(bench, case, key=key)


def _detected(bench: Workbench, case: CaseFolder, run: str) -> None:
    document = FindingsDocument(CASE, run, "sha256:0", {"kinds": []}, ())
    with patch.object(bootstrap, "detect", return_value=document):
        bench.detect(case, [])


def _reported(bench: Workbench, path: Path) -> None:
    path.write_bytes(b"report")
    manifest = path.with_name("out.pdf.manifest.json")
    manifest.write_bytes(b"{}")
    bench.casebook.record("ada", CASE, REPORT, json.dumps({
        "path": str(path), "sha256": hashlib.sha256(b"report").hexdigest(), "to": "pdf", "findings": ["hub-1"],
        "manifest_sha256": hashlib.sha256(b"{}").hexdigest(),
    }))

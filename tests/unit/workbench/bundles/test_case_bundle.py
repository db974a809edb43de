"""A case in one file: the same evidence, findings and audit head on the other side, or one line that says why not."""

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake.digest import evidence_digest
from queries.saved_query import SavedQuery
from tests.unit.workbench.custody.held_case import CASE, build, folder_of, opened, without_graph
from workbench.bootstrap import Workbench
from workbench.bundles.document import CASEWORK_VERSION, read_document
from workbench.bundles.importing import Imported, import_case
from workbench.bundles.packing import Packed, export_case
from workbench.casebook.own_leads import OwnLead
from workbench.cli.entry import run
from workbench.custody.brought import with_brought
from workbench.custody.log import custody_log
from workbench.custody.verification import verify_case
from workbench.errors import WorkbenchError
from workbench.settings import Settings

REASON = "handed to the other office"
QUERY = SavedQuery("team-query", "Accounts", "Some.", "MATCH (a:Account) RETURN a.id AS id LIMIT 5")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Packed]:
    """(root of the case, the bundle made of it); another case of the same workspace is in its audit log."""
    root = tmp_path_factory.mktemp("bundle")
    build(root)
    with opened(root) as bench, without_graph():
        bench.casebook.record("ada", "another", "ingest", '{"secret": "of another case"}')
        bench.casebook.boards.save(CASE, "view", "{}", user="ada", digest="d")
        bench.casebook.boards.save(CASE, "old view", "{}", user="ada", digest="d")
        bench.casebook.boards.archive(CASE, "old view", user="ada")
        bench.casebook.own_leads.add(CASE, OwnLead(("quay:a",), (), "weak", ("seen",)), user="ada")
        query = bench.casebook.save_query(QUERY, user="ada")
        bench.casebook.runs.add(CASE, query, {}, "1 row", user="ada")
        return root, export_case(bench, folder_of(root), root / "case.zip", reason=REASON, with_sources=True)


def elsewhere(folder: Path) -> Workbench:
    return Workbench(Settings(workspace=folder / "there", user="bea"))


def taken_in(folder: Path, bundle: Path) -> Imported:
    with elsewhere(folder) as bench, without_graph():
        return import_case(bench, bundle)


def test_a_case_is_the_same_on_the_other_side(packed: tuple[Path, Packed], tmp_path: Path) -> None:
    root, made = packed
    here = folder_of(root)
    found = taken_in(tmp_path, made.path)
    there = found.case
    assert evidence_digest(manifests(there)) == evidence_digest(manifests(here)) == made.document.evidence_digest
    assert (there.findings / "latest.json").read_bytes() == (here.findings / "latest.json").read_bytes()
    log = (there.brought / "000001.jsonl").read_bytes().splitlines()
    assert json.loads(log[-1])[-1] == made.document.audit_head
    assert b"of another case" not in b"".join(log)
    with opened(root) as bench, elsewhere(tmp_path) as other:
        assert bench.casebook.audit()[made.document.audit_length - 1].hash == made.document.audit_head
        assert other.casebook.judgements(CASE) == bench.casebook.judgements(CASE)
        assert other.casebook.remarks.of(CASE) == bench.casebook.remarks.of(CASE)
        assert other.casebook.own_leads.of(CASE) == bench.casebook.own_leads.of(CASE)
        for archived in (False, True):
            views = other.casebook.boards.views(CASE, archived=archived)
            assert views == bench.casebook.boards.views(CASE, archived=archived)
            assert [one.name for one in views] == (["old view", "view"] if archived else ["view"])
        assert [(one.id, one.reviewed) for one in other.casebook.queries("bea")] == [("team-query", False)]
        before = custody_log(bench.casebook.audit(), CASE)[: -1]
        after = custody_log(with_brought(there, other.casebook.audit()), CASE)
        assert after[: len(before)] == before
        assert [event.event for event in after[len(before):]] == ["brought"]
        with without_graph():
            verified = verify_case(other, there)
        assert (verified.faults, len(verified.seals)) == ((), 2)
    assert found.rows == 6
    assert {place.split("/")[0] for place in made.document.kept} <= {"kept"}


def test_it_travels_on_and_comes_back(packed: tuple[Path, Packed], tmp_path: Path) -> None:
    root, made = packed
    taken_in(tmp_path, made.path)
    with elsewhere(tmp_path) as other, without_graph():
        other.casebook.judge("hub-1", "referred", "seen here", "bea", case=CASE)
        onward = export_case(other, other.case(CASE), tmp_path / "onward.zip", reason="on")
    third = taken_in(tmp_path / "third", onward.path)
    assert [path.name for path in sorted(third.case.brought.iterdir())] == ["000001.jsonl", "000002.jsonl"]
    with elsewhere(tmp_path / "third") as bench, without_graph():
        assert verify_case(bench, third.case).faults == ()
        assert [one.user for one in bench.casebook.judgements(CASE)] == ["ada", "bea"]
        (third.case.brought / "000001.jsonl").write_bytes(b"[]\n")
        assert verify_case(bench, third.case).faults[0].startswith("brought/000001.jsonl: audit log changed")
    with opened(root) as bench, without_graph():
        with pytest.raises(WorkbenchError, match="has a case of that name"):
            import_case(bench, made.path)
        shutil.move(folder_of(root).path, tmp_path / "aside")
        back = import_case(bench, made.path)
        assert (back.restored, back.rows, len(bench.casebook.judgements(CASE))) == (True, 0, 1)
        assert verify_case(bench, back.case).faults == ()


def test_a_name_that_the_log_knows_otherwise_is_refused(packed: tuple[Path, Packed], tmp_path: Path) -> None:
    with elsewhere(tmp_path) as bench, without_graph():
        bench.casebook.record("bea", CASE, "ingest", "{}")
        with pytest.raises(WorkbenchError, match="knows another case of that name"):
            import_case(bench, packed[1].path)
        assert bench.cases() == ()


def test_nothing_leaves_without_a_reason_or_changed(tmp_path: Path) -> None:
    build(tmp_path)
    with opened(tmp_path) as bench, without_graph():
        with pytest.raises(WorkbenchError, match="no reason is given"):
            export_case(bench, folder_of(tmp_path), tmp_path / "out.zip", reason=" ")
        (stored, *_) = folder_of(tmp_path).evidence.rglob("*.parquet")
        stored.write_bytes(stored.read_bytes() + b"x")
        with pytest.raises(WorkbenchError, match="not as it was recorded"):
            export_case(bench, folder_of(tmp_path), tmp_path / "out.zip", reason=REASON)
    assert not (tmp_path / "out.zip").exists()


def test_a_bundle_of_an_older_casework_is_taken_in(packed: tuple[Path, Packed], tmp_path: Path) -> None:
    older = rewritten(packed[1].path, tmp_path / "older.zip", said={"casework_version": CASEWORK_VERSION - 1})
    assert taken_in(tmp_path, older).rows == 6


# -- hostile bundles ---------------------------------------------------------
Change = Callable[[dict[str, bytes], dict[str, Any]], None]


def rewritten(source: Path, target: Path, change: Change | None = None, *, said: dict[str, Any] | None = None) -> Path:
    """The bundle with other members; the document's hashes follow unless ``change`` sets them."""
    with zipfile.ZipFile(source) as bundle:
        bodies = {name: bundle.read(name) for name in bundle.namelist()}
    document = json.loads(bodies.pop("bundle.json")) | (said or {})
    if change is not None:
        change(bodies, document)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("bundle.json", json.dumps(document))
        for name, body in bodies.items():
            bundle.writestr(name, body)
    return target


def member(document: dict[str, Any], place: str) -> dict[str, Any]:
    return next(one for one in document["members"] if one["path"].startswith(place) or one["member"] == place)


def with_body(place: str, replace: Callable[[bytes], bytes]) -> Change:
    """Another content of a member, and the hash that fits it."""

    def act(bodies: dict[str, bytes], document: dict[str, Any]) -> None:
        told = member(document, place)
        body = replace(bodies[told["member"]])
        bodies[told["member"]] = body
        told.update(bytes=len(body), sha256=hashlib.sha256(body).hexdigest())

    return act


def at_place(place: str) -> Change:
    return lambda _, document: member(document, "seals/").update(path=place)


def other_hash(_: dict[str, bytes], document: dict[str, Any]) -> None:
    member(document, "batches/").update(sha256="0" * 64)


def missing(bodies: dict[str, bytes], document: dict[str, Any]) -> None:
    del bodies[member(document, "evidence/")["member"]]


def without_audit(_: dict[str, bytes], document: dict[str, Any]) -> None:
    document["members"] = [one for one in document["members"] if one["member"] != "audit.jsonl"]


def bomb(_: dict[str, bytes], document: dict[str, Any]) -> None:
    """Some kilobytes that say they become 300 megabytes."""
    member(document, "findings/latest").update(bytes=300 << 20)


def more_than_said(bodies: dict[str, bytes], document: dict[str, Any]) -> None:
    bodies[member(document, "findings/latest")["member"]] += bytes(9 << 20)


HOSTILE: dict[str, tuple[Change | None, dict[str, Any], str]] = {
    "a place outside": (at_place("seals/../../../out.txt"), {}, "no bundle"),
    "an absolute place": (at_place("/tmp/out.txt"), {}, "no bundle"),
    "a place of no case": (at_place("graph/x"), {}, "no bundle"),
    "a name outside": (None, {"case": "../other"}, "a case name is"),
    "a wrong hash": (other_hash, {}, "not what the bundle says"),
    "a member missing": (missing, {}, "not what the bundle says"),
    "no log": (without_audit, {}, "no bundle"),
    "a bomb": (bomb, {}, "swells to more than"),
    "more than said": (more_than_said, {}, "not what the bundle says"),
    "a later bundle": (None, {"bundle_version": 3, "filature": "9.0"}, "Filature 9.0 with bundle of version 3"),
    "a later casework": (None, {"casework_version": 99}, "casework of version 99"),
    "another evidence": (None, {"case_schema_version": 2}, "evidence of version 2"),
    "a version that is none": (None, {"bundle_version": "1"}, "no bundle"),
    "another digest": (None, {"evidence_digest": "sha256:0"}, "its digest is another"),
    "other findings": (with_body("findings/latest", lambda body: body + b" "), {}, "latest.json: findings changed"),
    "findings that are none": (None, {"findings_sha256": "0" * 64}, "others than the bundle says"),
    "a manifest changed": (with_body("batches/", lambda body: body + b" "), {}, "manifest changed"),
    "evidence changed": (with_body("evidence/messages", lambda body: body + b" "), {}, "evidence file changed"),
    "a seal changed": (with_body("seals/000001.sig", lambda body: bytes(len(body))), {}, "signature"),
    "a judgement changed": (
        with_body("casework.json", lambda body: body.replace(b"looked at", b"looked in")), {},
        "judgements row 1 is not as the audit log recorded it",
    ),
    "no judgement": (with_body("casework.json", lambda _: b"{}"), {}, "is missing, the audit log recorded it"),
    "an entry changed": (
        with_body("audit.jsonl", lambda body: body.replace(b"sealed bag 7", b"sealed bag 8")), {}, "entry 1 was changed"
    ),
    "a log cut short": (
        with_body("audit.jsonl", lambda body: body[: body[:-1].rindex(b"\n") + 1]), {}, "ends elsewhere"
    ),
    "a log that is none": (with_body("audit.jsonl", lambda _: b"[" * 100_000), {}, "entry 1 cannot be read"),
    "a query that writes": (
        with_body("queries/000000.cypher", lambda body: body.replace(b"RETURN", b"DELETE a RETURN")), {},
        "a query in it",
    ),
}


def refused(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    workspace = tmp_path / "workspace"
    with without_graph():
        assert run(["--workspace", str(workspace), "case", "import", str(bundle)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert not CaseFolder(workspace, CASE).path.exists()
    left = [path.name for path in (workspace / "arriving").glob("*")]
    assert left == []
    assert not (tmp_path / "out.txt").exists()
    return said


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_bundle_ends_in_one_line(
    name: str, packed: tuple[Path, Packed], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, said, expected = HOSTILE[name]
    assert expected in refused(rewritten(packed[1].path, tmp_path / "x.zip", change, said=said), tmp_path, capsys)


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b"", "damaged"), (b"no zip", "damaged"), (None, "damaged"), (b"PK\x05\x06" + bytes(18), "no bundle")],
)
def test_what_is_no_bundle_ends_in_one_line(
    body: bytes | None, expected: str, packed: tuple[Path, Packed], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed[1].path.read_bytes()[:-40] if body is None else body)
    assert expected in refused(path, tmp_path, capsys)
    assert "there is no such file" in refused(tmp_path / "none.zip", tmp_path, capsys)


def test_a_link_and_a_deep_document_end_in_one_line(
    packed: tuple[Path, Packed], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link, deep = tmp_path / "link.zip", tmp_path / "deep.zip"
    shutil.copy(packed[1].path, link)
    with zipfile.ZipFile(link) as bundle:
        bodies = {name: bundle.read(name) for name in bundle.namelist()}
    place = member(json.loads(bodies["bundle.json"]), "findings/latest")["member"]
    with zipfile.ZipFile(link, "w") as bundle:
        for name, body in bodies.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = ((stat.S_IFLNK if name == place else stat.S_IFREG) | 0o777) << 16
            bundle.writestr(entry, body)
    with zipfile.ZipFile(deep, "w") as bundle:
        bundle.writestr("bundle.json", b"[" * 100_000)
    assert "not what the bundle says" in refused(link, tmp_path, capsys)
    assert "no bundle" in refused(deep, tmp_path, capsys)


def test_a_document_is_read_as_it_was_written(packed: tuple[Path, Packed]) -> None:
    document = packed[1].document
    assert read_document(document.to_bytes(), where="x") == document

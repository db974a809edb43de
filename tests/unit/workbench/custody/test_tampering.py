"""Whatever is changed behind Filature's back, ``verify`` names it: one thing at a time, on one prepared case."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.authority import Authority, needs_openssl
from tests.unit.workbench.custody.held_case import build, folder_of, opened
from workbench.casebook import audit as chain
from workbench.custody.seal import part_of, read_seal, sha256
from workbench.custody.signing import new_key, sign
from workbench.custody.stamping import request
from workbench.custody.verification import Verification, verify_case

Tamper = Callable[[Path], object]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(the live root, whose paths the case knows; an untouched copy of it)."""
    needs_openssl()
    live = tmp_path_factory.mktemp("custody") / "live"
    live.mkdir()
    build(live, authority=Authority(live.parent / "authority"))
    Authority(live.parent / "another")
    kept = live.parent / "kept"
    shutil.copytree(live, kept)
    return live, kept


@pytest.fixture
def root(prepared: tuple[Path, Path]) -> Path:
    live, kept = prepared
    shutil.rmtree(live)
    shutil.copytree(kept, live)
    return live


def checked(root: Path) -> Verification:
    with opened(root) as bench:
        return verify_case(bench, folder_of(root))


def flip(place: str) -> Tamper:
    """Another last byte in the one file that the pattern names, below the root."""

    def act(root: Path) -> None:
        path = one(root, place)
        body = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(body[:-1] + bytes([body[-1] ^ 1]))

    return act


def gone(place: str) -> Tamper:
    return lambda root: one(root, place).unlink()


def put(place: str, body: bytes = b"{}") -> Tamper:
    return lambda root: case_path(root, place).write_bytes(body)


def one(root: Path, place: str) -> Path:
    (path,) = root.glob(place.format(**names(root)))
    return path


def names(root: Path) -> dict[str, object]:
    """What stands for ``{…}`` in the places and the lines below."""
    case = folder_of(root)
    return {
        "root": root, "length": read_seal(part_of(case, 1) or b"").audit_length,
        "messages": sha256((root / "source/messages.csv").read_bytes()),
        "rooms": sha256((root / "source/rooms.csv").read_bytes()),
        "batch": min(path.stem for path in case.batches.glob("*.json")),
    }


def case_path(root: Path, place: str) -> Path:
    path = folder_of(root).path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def sql(*statements: str) -> Tamper:
    """Statements on the casework database, the rows' protection taken off first."""

    def act(root: Path) -> None:
        with sqlite3.connect(root / "workspace" / "filature.db") as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                database.execute(statement)
        database.close()

    return act


def a_row_of_evidence(root: Path) -> None:
    """Another word in the Parquet file, which stays one that can be read."""
    path = one(root, "workspace/cases/quay/evidence/messages/*.parquet")
    draft = path.with_name("draft")
    altered = f"SELECT * REPLACE (replace(text, 'one', 'other') AS text) FROM '{path}'"
    duckdb.sql(f"COPY ({altered}) TO '{draft}' (FORMAT parquet)")
    draft.replace(path)


def counts_of_a_manifest(root: Path) -> None:
    """One that still reads and still reconciles."""
    path = one(root, "workspace/cases/quay/batches/{batch}.json")
    value = json.loads(path.read_text())
    value["sources"][0]["path"] = "/elsewhere.csv"
    path.write_text(json.dumps(value))


def findings_of_before(root: Path) -> None:
    """The run before stands as the latest again."""
    findings = folder_of(root).findings
    shutil.copy(findings / "former" / "000001.json", findings / "latest.json")


def chain_recomputed(root: Path) -> None:
    """Another authority in the first receipt, and every hash after it made anew, head included."""
    previous = ""
    with sqlite3.connect(root / "workspace" / "filature.db") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        rows = database.execute(
            "SELECT seq, at, person, case_name, action, detail, previous, hash FROM audit ORDER BY seq"
        ).fetchall()
        for row in rows:
            entry = chain.AuditEntry(*row)
            entry = replace(entry, detail=entry.detail.replace("Order 12", "Order 13"), previous=previous)
            previous = chain.hash_of(entry)
            database.execute(
                "UPDATE audit SET detail = ?, previous = ?, hash = ? WHERE seq = ?",
                (entry.detail, entry.previous, previous, entry.seq),
            )
        database.execute("UPDATE audit_head SET hash = ?", (previous,))
    database.close()


def signed_by_another(root: Path) -> None:
    """The seal is as it was, signature and public key are of a stranger."""
    case = folder_of(root)
    new_key(root / "stranger.pem")
    made = sign(part_of(case, 2) or b"", root / "stranger.pem", password=str)
    (case.seals / "000002.sig").write_bytes(made.signature)
    (case.seals / "000002.pub.pem").write_bytes(made.public_key)


def seal_of_another_state(root: Path) -> None:
    """A seal that says less, signed anew by the team's own key."""
    case = folder_of(root)
    body = replace(read_seal(part_of(case, 2) or b""), manifests={}).to_bytes()
    (case.seals / "000002.json").write_bytes(body)
    (case.seals / "000002.sig").write_bytes(sign(body, root / "team.pem", password=str).signature)


def token_of_another_time(root: Path) -> None:
    """A sound token of the same authority, for a later seal."""
    authority = object.__new__(Authority)
    authority.folder = root.parent / "authority"
    (folder_of(root).seals / "000001.tsr").write_bytes(authority.answer(request(part_of(folder_of(root), 2) or b"")))


def certificate_of_another(root: Path) -> None:
    shutil.copy(root.parent / "another" / "root.pem", folder_of(root).seals / "000001.authority.pem")


HELD = "workspace/cases/quay"
TAMPERED: dict[str, tuple[Tamper, str]] = {
    "a byte in a source": (flip("source/messages.csv"), "{root}/source/messages.csv: source changed"),
    "a source taken away": (
        lambda root: (one(root, "source/rooms.csv").unlink(), shutil.rmtree(folder_of(root).kept)),
        "{root}/source/rooms.csv: source missing",
    ),
    "a kept source": (flip(HELD + "/kept/{messages}"), "kept/{messages}: kept source changed"),
    "a kept source taken away": (gone(HELD + "/kept/{rooms}"), "kept/{rooms}: kept source missing"),
    "a file among the kept": (put("kept/extra"), "kept/extra: is no kept source"),
    "a row of evidence": (a_row_of_evidence, "evidence/messages/"),
    "a byte of evidence": (flip(HELD + "/evidence/rooms/*.parquet"), "evidence/rooms/"),
    "evidence taken away": (gone(HELD + "/evidence/rooms/*.parquet"), "evidence/rooms/"),
    "evidence put in": (put("evidence/messages/more.parquet"), "evidence/messages/more.parquet: file in no manifest"),
    "a reject": (flip(HELD + "/rejects/*.parquet"), "rejects/"),
    "the manifest": (counts_of_a_manifest, "batches/{batch}.json: manifest changed"),
    "a manifest that is none": (flip(HELD + "/batches/{batch}.json"), "batches/{batch}.json: "),
    "a manifest taken away": (gone(HELD + "/batches/{batch}.json"), "batches/{batch}.json: manifest missing"),
    "a manifest put in": (
        lambda root: shutil.copy(one(root, HELD + "/batches/{batch}.json"), case_path(root, "batches/b0.json")),
        "batches/b0.json: manifest that no entry",
    ),
    "the case's name": (put("case.json", b'{"name": "pier", "schema_version": 1}'), "case.json: names another case"),
    "a mapping": (flip(HELD + "/sources/mappings/*.toml"), "sources/mappings/"),
    "a hash list": (flip(HELD + "/hash-lists/*.parquet"), "hash-lists/"),
    "what a hash list was": (flip(HELD + "/hash-lists/*.json"), "hash-lists/"),
    "a hash list taken away": (gone(HELD + "/hash-lists/*.json"), "hash-lists/"),
    "a hash list put in": (put("hash-lists/more.json"), "hash-lists/more.json: hash list that no entry"),
    "the findings": (flip(HELD + "/findings/latest.json"), "findings/latest.json: findings changed"),
    "the findings put back": (findings_of_before, "findings/latest.json: findings changed"),
    "findings taken away": (gone(HELD + "/findings/latest.json"), "findings/latest.json: findings missing"),
    "the findings of a run": (flip(HELD + "/findings/run-1.json"), "findings/run-1.json: findings changed"),
    "findings of before": (flip(HELD + "/findings/former/*.json"), "findings/former/000001.json: findings changed"),
    "a report": (flip("out.pdf"), "{root}/out.pdf: report changed"),
    "a report's manifest": (flip("out.pdf.manifest.json"), "{root}/out.pdf.manifest.json: report changed"),
    "an audit entry": (
        sql("UPDATE audit SET person = 'bob' WHERE seq = 1"), "audit log: entry 1 (receive) was changed"
    ),
    "an entry of no JSON": (sql("UPDATE audit SET detail = x'00ff' WHERE seq = 1"), "audit log: entry 1 (receive)"),
    "an audit entry taken away": (sql("DELETE FROM audit WHERE seq = 3"), "audit log: entry 3 is missing"),
    "the end of the audit log": (
        sql("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"), "audit log: the log ends at entry"
    ),
    "the audit log's head": (sql("DELETE FROM audit_head"), "audit log: "),
    "the database": (
        lambda root: (root / "workspace/filature.db").write_bytes(b"none" * 2000),
        "audit log: the casework database refused",
    ),
    "the whole audit log": (
        sql("DELETE FROM audit", "UPDATE audit_head SET length = 0, hash = ''"),
        "seals/000001.json: seal that no entry of the audit log recorded",
    ),
    "the audit log, every hash made anew": (
        chain_recomputed, "seals/000001.json: entry {length} of the audit log is not the one that was sealed"
    ),
    "a judgement": (sql("UPDATE judgements SET status = 'cleared'"), "audit log: judgements row 1 was changed"),
    "a remark": (sql("DELETE FROM remarks"), "audit log: remarks row 1 is missing"),
    "a seal": (flip(HELD + "/seals/000001.json"), "seals/000001.json: seal changed"),
    "a seal taken away": (gone(HELD + "/seals/000002.json"), "seals/000002.json: seal missing"),
    "a seal put in": (put("seals/000003.json"), "seals/000003.json: seal that no entry"),
    "a file among the seals": (put("seals/more.txt"), "seals/more.txt: belongs to no seal"),
    "a seal of another state": (seal_of_another_state, "seals/000002.json: seal changed"),
    "a signature": (flip(HELD + "/seals/000001.sig"), "seals/000001.sig: signature does not fit"),
    "a signature taken away": (gone(HELD + "/seals/000001.sig"), "seals/000001.sig: signature missing"),
    "a public key taken away": (gone(HELD + "/seals/000001.pub.pem"), "seals/000001.pub.pem: public key missing"),
    "another's signature": (signed_by_another, "seals/000002.pub.pem: public key is not the one"),
    "the token": (flip(HELD + "/seals/000001.tsr"), "seals/000001.tsr: the token does not hold"),
    "the token of another seal": (token_of_another_time, "seals/000001.tsr: the token does not hold"),
    "the token taken away": (gone(HELD + "/seals/000001.tsr"), "seals/000001.tsr: time-stamp token missing"),
    "the authority's certificate": (certificate_of_another, "seals/000001.tsr: the token does not hold"),
}


def test_twenty_things_and_more_are_tampered_with() -> None:
    assert len(TAMPERED) >= 20


def test_an_untouched_case_has_no_fault(root: Path) -> None:
    found = checked(root)
    assert (found.faults, found.notes, found.reports) == ((), (), 1)
    assert [line.split(":")[0] for line in found.seals] == ["seals/000001.json", "seals/000002.json"]
    assert "time-stamped 20" in found.seals[0]
    assert "CN=Town clock" in found.seals[0]
    assert checked(root).faults == ()  # the record of a check is no difference for the next


@pytest.mark.parametrize("what", TAMPERED)
def test_verify_names_what_was_tampered_with(what: str, root: Path) -> None:
    tamper, expected = TAMPERED[what]
    line = expected.format(**names(root))
    tamper(root)
    faults = checked(root).faults
    assert [fault for fault in faults if fault.startswith(line)], faults

"""`python -m tests.benchmarks.outside.fidelity`: the contract kept, whatever the rows' order and the ids' looks?"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.benchmarks.outside.cases import plant
from tests.benchmarks.outside.folder import write_table
from tests.benchmarks.outside.setting import Setting

CASE = "outside"
SETTING = Setting(
    accounts=320, days=45, rooms=5, platforms=(), names=False,
    plants=("hubs", "crews", "convergence", "extortion", "shells", "owners"),
)
FIELDS = {
    "finding_id", "kind", "tier", "score", "q_value", "members", "targets", "first_at", "last_at", "reasons",
    "counter_evidence",
}
SAID = {"measure", "observed", "expected", "unit", "detail", "code", "values"}
HOSTILE = (
    "=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "\u202egnp.exe", "x" * 10_000, "a:b:c", ":", 'he said "hi"',
    "'; DROP TABLE x; --", "-", "0", "00", "null", "None", "NaN", "true", "1e5", "😀", "e\u0301", "\u00e9", "a\\b",
    "%s", "{0}", "$x", "`tick`", "a, b", " lead", "İ", "ß", "SS", "日本語", "a\u200bb", "a\u00a0b", "harbour:1",
    "outside:1", "#tag", "@who", "-1+1", "+33", "*", "?", "[x]", "//", "../..",
)
Table = dict[str, list[dict[str, Any]]]
Change = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]


def filature(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The real command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "workbench", "--workspace", str(workspace), *words],
        capture_output=True,
        text=True,
        check=False,
    )


def document(workspace: Path, *sources: Path, kinds: tuple[str, ...] = ("all",)) -> dict[str, Any]:
    """Ingest each source as a batch of its own, detect, read the document."""
    for source in sources:
        done = filature(workspace, "ingest", str(source), "--case", CASE)
        assert done.returncode == 0, done.stderr
    done = filature(workspace, "detect", *kinds, "--case", CASE, "--json", str(workspace / "findings.json"))
    assert done.returncode == 0, done.stderr
    return json.loads((workspace / "findings.json").read_text(encoding="utf-8"))


def shape(found: dict[str, Any], known: set[str]) -> Iterator[str]:
    """What in the document is not as the contract says; ``known``: every id of the evidence."""
    if list(found) != ["case", "run_id", "evidence_digest", "parameters", "findings"]:
        yield f"top level: {list(found)}"
    if found["case"] != CASE or not found["evidence_digest"].startswith("sha256:"):
        yield f"case or digest: {found['case']} {found['evidence_digest'][:12]}"
    tiers = ["strong", "moderate", "weak"]
    ranks: dict[str, list[tuple[int, float]]] = {}
    for one in found["findings"]:
        where = one["finding_id"]
        if set(one) != FIELDS:
            yield f"{where}: fields {sorted(set(one) ^ FIELDS)}"
        if one["tier"] not in tiers or not 0 <= one["score"] <= 1:
            yield f"{where}: tier {one['tier']}, score {one['score']}"
        if one["q_value"] is not None and not 0 <= one["q_value"] <= 1:
            yield f"{where}: q {one['q_value']}"
        single = one["kind"] in ("hub", "recruitment", "extortion", "room", "owner")
        if (single and len(one["members"]) != 1) or (
            one["kind"] in ("convergence", "owner") and len(one["targets"]) != 1
        ):
            yield f"{where}: {len(one['members'])} members, {len(one['targets'])} targets"
        if one["kind"] == "shell" and len(one["members"]) < 2:
            yield f"{where}: a shell of {len(one['members'])}"
        if set(one["members"]) & set(one["targets"]):
            yield f"{where}: a member is a target"
        unknown = (set(one["members"]) | set(one["targets"])) - known
        if unknown:
            yield f"{where}: unknown ids {sorted(unknown)[:3]}"
        for said in one["reasons"]:
            if set(said) != {*SAID, "records"} or not said["detail"]:
                yield f"{where}: reason {said}"
        for said in one["counter_evidence"]:
            if set(said) - {"records"} != SAID or not said["detail"]:
                yield f"{where}: counter-evidence {said}"
        if one["first_at"] and one["last_at"] and one["first_at"] > one["last_at"]:
            yield f"{where}: ends before it begins"
        if not any(said["records"] for said in one["reasons"]):
            yield f"{where}: cites no record"
        ranks.setdefault(one["kind"], []).append((tiers.index(one["tier"]), -one["score"]))
    order = [(tiers.index(one["tier"]), -one["score"]) for one in found["findings"]]
    if order != sorted(order):
        yield "not best first"
    if len({one["finding_id"] for one in found["findings"]}) != len(found["findings"]):
        yield "a finding id twice"


def closed(found: dict[str, Any], workspace: Path) -> Iterator[str]:
    """Records that do not open, and reasons whose records speak of nobody in the finding."""
    with Lake(CaseFolder(workspace, CASE)) as lake:
        for one in found["findings"]:
            refs = sorted({ref for said in one["reasons"] for ref in said["records"]})
            opened = lake.records(refs)
            missing = set(refs) - {record.ref for record in opened}
            if missing:
                yield f"{one['finding_id']}: do not open: {sorted(missing)[:3]}"
            people = {*one["members"], *one["targets"]}
            if one["kind"] not in ("owner", "room"):
                strange = [r.ref for r in opened if not people & set(r.columns.values())]
                if strange:
                    yield f"{one['finding_id']}: {len(strange)} records name nobody of it: {strange[:2]}"


def answers(found: dict[str, Any], rename: dict[str, str] | None = None) -> set[tuple[Any, ...]]:
    """The findings by what they say of whom; ids put back by ``rename``."""
    back = rename or {}
    return {
        (
            one["kind"],
            one["tier"],
            one["score"],
            one["q_value"],
            one["first_at"],
            one["last_at"],
            *(tuple(sorted(back.get(who, who) for who in one[part])) for part in ("members", "targets")),
        )
        for one in found["findings"]
    }


def read(folder: Path) -> Table:
    tables: Table = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def rewritten(
    tables: Table, folder: Path, change: Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]], form: str = "csv"
) -> Path:
    for name, rows in tables.items():
        rows = change(name, rows)
        if rows:
            write_table(folder, name, rows, form)
    return folder


def ids_of(tables: Table) -> set[str]:
    keys = {"account_id", "sender_id", "recipient_id", "room_id", "company_id", "person_id"}
    return {f"{CASE}:{row[key]}" for rows in tables.values() for row in rows for key in keys & set(row) if row[key]}


def renamed(tables: Table, first: list[str]) -> tuple[dict[str, str], Change]:
    """Hostile ids for the accounts in ``first``, then for others; and the change that writes them."""
    people = list(dict.fromkeys([*first, *sorted({row["account_id"] for row in tables["accounts"]})]))
    other = dict(zip(people, HOSTILE, strict=False))

    def change(_: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        keys = ("account_id", "sender_id", "recipient_id")
        return [{**row, **{key: other.get(row[key], row[key]) for key in keys if key in row}} for row in rows]

    return other, change


def named(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Hostile names, an empty one among three."""
    if table != "accounts":
        return rows
    return [{**row, "pseudonym": HOSTILE[k % len(HOSTILE)] if k % 3 else ""} for k, row in enumerate(rows)]


def main(scratch: Path) -> None:
    plant(CASE, 1, scratch / "plain", setting=SETTING)
    tables = read(scratch / "plain")
    rng = np.random.default_rng(5)
    first = document(scratch / "w1", scratch / "plain")
    known = ids_of(tables)

    def faults(found: dict[str, Any], ids: set[str], workspace: Path) -> None:
        print("".join(f"    {line}\n" for line in [*shape(found, ids), *closed(found, workspace)]), end="")

    def compare(title: str, found: dict[str, Any], rename: dict[str, str] | None = None) -> None:
        one, other = answers(first), answers(found, rename)
        same = [f["finding_id"] for f in found["findings"]] == [f["finding_id"] for f in first["findings"]]
        print(f"{title}: {len(one & other)} of {len(one)} alike, {len(other - one)} new; same ids in order: {same}")
        for line in sorted(one ^ other, key=str)[:6]:
            print("    gone" if line in one else "    new ", str(line)[:300])

    print(f"{len(first['findings'])} findings")
    faults(first, known, scratch / "w1")
    print("again, same bytes:", json.dumps(document(scratch / "w1")) == json.dumps(first))

    def shuffle(_: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [rows[k] for k in rng.permutation(len(rows))]

    shuffled = rewritten(tables, scratch / "shuffled", shuffle)
    compare("rows in another order", document(scratch / "w2", shuffled))
    one = rewritten(tables, scratch / "half1", lambda name, rows: rows[0::2] if name == "messages" else rows)
    two = rewritten(tables, scratch / "half2", lambda name, rows: rows[1::2] if name == "messages" else [])
    compare("two batches", document(scratch / "w3", one, two))
    compare("as JSON lines", document(scratch / "w4", rewritten(tables, scratch / "jsonl", lambda _, r: r, "jsonl")))
    compare("ingested twice", document(scratch / "w1", shuffled))
    told = [who.partition(":")[2] for f in first["findings"] if f["kind"] != "room" for who in f["members"]]
    accounts = {row["account_id"] for row in tables["accounts"]}
    other, change = renamed(tables, [who for who in told if who in accounts])
    back = {f"{CASE}:{new}": f"{CASE}:{old}" for old, new in other.items()}
    found = document(scratch / "w5", rewritten(tables, scratch / "hostile", change, "jsonl"))
    compare("hostile ids", found, back)
    faults(found, known | set(back), scratch / "w5")
    found = document(scratch / "w6", rewritten(tables, scratch / "named", named))
    print(f"hostile names: {len(found['findings'])} findings")
    faults(found, known, scratch / "w6")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as place:
        main(Path(place))

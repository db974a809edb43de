"""`python -m tests.benchmarks.outside.fidelity`: the contract kept, whatever the rows' order and the ids' looks?"""

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
SETTING = Setting(accounts=320, days=45, rooms=5, platforms=())
FIELDS = {
    "finding_id",
    "kind",
    "tier",
    "score",
    "q_value",
    "members",
    "targets",
    "first_at",
    "last_at",
    "reasons",
    "counter_evidence",
}
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "\u202egnp.exe",
    "x" * 10_000,
    "a:b:c",
    ":",
    'he said "hi"',
    "'; DROP TABLE x; --",
    "-",
    "0",
    "00",
    "null",
    "None",
    "NaN",
    "true",
    "1e5",
    "😀",
    "e\u0301",
    "\u00e9",
    "back\\slash",
    "%s",
    "{0}",
    "$x",
    "`tick`",
    "a, b",
    " lead",
    "İ",
    "ß",
    "SS",
    "日本語",
    "a\u200bb",
    "a\u00a0b",
    "harbour:1",
    "outside:1",
    "#tag",
    "@who",
    "-1+1",
    "+33",
    "*",
    "?",
    "[x]",
    "//",
    "../..",
)
Table = dict[str, list[dict[str, Any]]]


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
            if set(said) != {"measure", "observed", "expected", "detail", "records"} or not said["detail"]:
                yield f"{where}: reason {said}"
        for said in one["counter_evidence"]:
            if set(said) != {"measure", "observed", "expected", "detail"} or not said["detail"]:
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


def main(scratch: Path) -> None:
    plant(CASE, 1, scratch / "plain", setting=SETTING)
    tables = read(scratch / "plain")
    rng = np.random.default_rng(5)
    first = document(scratch / "w1", scratch / "plain")
    print(f"{len(first['findings'])} findings")
    for line in [*shape(first, ids_of(tables)), *closed(first, scratch / "w1")]:
        print(f"contract: {line}")
    again = document(scratch / "w1")
    print("again, same bytes:", json.dumps(again) == json.dumps(first))

    def compare(title: str, found: dict[str, Any], rename: dict[str, str] | None = None) -> None:
        one, other = answers(first), answers(found, rename)
        same_ids = [f["finding_id"] for f in found["findings"]] == [f["finding_id"] for f in first["findings"]]
        print(
            f"{title}: {len(one & other)} of {len(one)} alike, {len(other - one)} more; same ids in order: {same_ids}"
        )
        for line in sorted(one - other, key=str)[:4]:
            print("   gone", str(line)[:300])
        for line in sorted(other - one, key=str)[:4]:
            print("   new ", str(line)[:300])

    shuffled = rewritten(tables, scratch / "shuffled", lambda _, rows: [rows[k] for k in rng.permutation(len(rows))])
    compare("rows in another order", document(scratch / "w2", shuffled))
    one = rewritten(
        tables,
        scratch / "half1",
        lambda name, rows: rows[0::2] if name == "messages" else rows if name != "sessions" else [],
    )
    two = rewritten(
        tables,
        scratch / "half2",
        lambda name, rows: rows[1::2] if name == "messages" else rows if name == "sessions" else [],
    )
    compare("two batches", document(scratch / "w3", one, two))
    compare(
        "as JSON lines", document(scratch / "w4", rewritten(tables, scratch / "jsonl", lambda _, rows: rows, "jsonl"))
    )
    compare("ingested twice", document(scratch / "w1", shuffled))
    people = sorted({row["account_id"] for row in tables["accounts"]})
    guilty = [
        who.partition(":")[2]
        for f in first["findings"]
        if f["kind"] in ("hub", "ambush", "shell")
        for who in f["members"]
    ]
    order = [*dict.fromkeys([*guilty, *people])]
    other = {who: HOSTILE[k] if k < len(HOSTILE) else who for k, who in enumerate(order)}

    def hostile(_: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        keys = ("account_id", "sender_id", "recipient_id")
        return [
            {
                **row,
                **{key: other.get(row[key], row[key]) for key in keys if key in row},
                **({"pseudonym": HOSTILE[k % len(HOSTILE)] if k % 3 else ""} if "pseudonym" in row else {}),
            }
            for k, row in enumerate(rows)
        ]

    odd = rewritten(tables, scratch / "hostile", hostile, "jsonl")
    found = document(scratch / "w5", odd)
    for line in [
        *shape(found, {f"{CASE}:{other.get(k.partition(':')[2], k.partition(':')[2])}" for k in ids_of(tables)}),
        *closed(found, scratch / "w5"),
    ]:
        print(f"hostile ids: {line}")
    compare("hostile ids and names", found, {f"{CASE}:{new}": f"{CASE}:{old}" for old, new in other.items()})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        main(Path(place))

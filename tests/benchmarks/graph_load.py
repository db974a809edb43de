"""How long does the graph load take, against a bare UNWIND loop (Neo4j) and a bare GraphBatch (embedded engine)?

    python -m tests.benchmarks.graph_load [--accounts N] [--contacts N] [--engine embedded|neo4j] [--rounds N]

The load is ``graph.load.project`` from evidence: aggregation in DuckDB, rows, graph, indexes, commit mark.  The bare
loops get the very rows it projected, ready in memory, and write nothing else; each in a process of its own, on an
empty database, in the same run.  Exits 1 if the load takes more than 1.3 times the UNWIND loop or 1.5 times GraphBatch.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from neo4j import GraphDatabase

from graph.embedded import EmbeddedEngine
from graph.load import LoadReport, project
from graph.load.files import ProjectedFiles, read_rows, write_files
from graph.project import Projection
from graph.store import Address, Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.neo4j.server import Neo4jServer

MOST_UNWIND, MOST_GRAPHBATCH = 1.3, 1.5
CASE = "bench"

_GRAPHBATCH = """
import sys, time
from pathlib import Path
import pandas as pd
import arcadedb_embedded as arcade
from arcadedb_embedded.jvm import start_jvm
from graph.dialect import arcadedb_types
start_jvm(heap_size="4g")
folder = Path(sys.argv[1])

def rows(path):
    frame = pd.read_parquet(path)
    for name in frame.columns:
        if str(frame[name].dtype).startswith("datetime"):
            frame[name] = frame[name].astype("datetime64[ms]").astype("int64")
    return [{k: v for k, v in row.items() if v is not None and v == v} for row in frame.to_dict("records")]

nodes = {path.stem: rows(path) for path in sorted(folder.glob("*.parquet")) if "-" not in path.stem}
edges = {}
for path in sorted(folder.glob("*-*.parquet")):
    found = rows(path)
    edges[path.stem] = ([r.pop("source") for r in found], [r.pop("target") for r in found], found)
with arcade.create_database(sys.argv[2]) as database:
    database.command("sql", "ALTER DATABASE `arcadedb.dateTimeImplementation` `java.time.ZonedDateTime`")
    for statement in arcadedb_types():
        database.command("sql", statement)
    began = time.perf_counter()
    with database.graph_batch(expected_edge_count=max(1, sum(len(e[0]) for e in edges.values())), use_wal=False) as b:
        rids = {}
        for label, found in nodes.items():
            for start in range(0, len(found), 50_000):
                part = found[start : start + 50_000]
                rids.update(zip(((label, row["id"]) for row in part), b.create_vertices(label, part)))
        for name, (sources, targets, properties) in edges.items():
            one, type_, other = name.split("-")
            for start in range(0, len(sources), 50_000):
                b.new_edges(
                    [rids[one, s] for s in sources[start : start + 50_000]], type_,
                    [rids[other, t] for t in targets[start : start + 50_000]], properties[start : start + 50_000],
                )
    print(time.perf_counter() - began)
"""


def generate(folder: Path, accounts: int, contacts: int) -> None:
    """An evidence folder: that many accounts and distinct directed contacts, one message and a half each."""
    random = np.random.default_rng(1)
    folder.mkdir()
    numbers = np.arange(accounts)
    pd.DataFrame(
        {
            "account_id": [f"u{n}" for n in numbers], "pseudonym": [f"name{n} of {n % 997}" for n in numbers],
            "declared_age": random.integers(13, 60, accounts), "role": "member",
            "created_at": pd.Timestamp("2023-01-01", tz="UTC") + pd.to_timedelta(numbers, unit="min"),
        }
    ).to_parquet(folder / "accounts.parquet")
    pairs = np.empty(0, dtype=np.int64)
    while len(pairs) < contacts:  # squares give some people far more contacts than others
        source = (accounts * random.random(contacts) ** 2).astype(np.int64)
        target = random.integers(0, accounts, contacts)
        pairs = np.unique(np.concatenate((pairs, (source * accounts + target)[source != target])))
    pairs = random.permutation(pairs)[:contacts]
    pairs = np.concatenate((pairs, pairs[: contacts // 2]))
    at = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(random.integers(0, 300 * 86_400, len(pairs)), unit="s")
    pd.DataFrame(
        {
            "message_id": [f"m{n}" for n in range(len(pairs))], "sent_at": at,
            "sender_id": [f"u{n}" for n in pairs // accounts], "recipient_id": [f"u{n}" for n in pairs % accounts],
        }
    ).to_parquet(folder / "messages.parquet")


def embedded(case: CaseFolder, work: Path) -> LoadReport:
    engine = EmbeddedEngine(work / "embedded")
    with engine.lease(CASE) as lease, Store.connect(lease.writer) as store, Lake(case) as lake:
        return project(lake, store, case=CASE, engine=engine)


def server(case: CaseFolder, address: Address) -> LoadReport:
    with Store.connect(address) as store, Lake(case) as lake:
        return project(lake, store, case=CASE)


def graphbatch(files: Path, work: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _GRAPHBATCH, str(files), str(work / "bare")], check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1])


def unwind(files: ProjectedFiles, address: Address) -> float:
    """UNWIND, MATCH by key and CREATE of rows in memory, 10,000 a transaction, on an empty database."""
    with Store.connect(address) as store:
        store.wipe()
    nodes = {item.label: [row for part in read_rows(item.path, chunk=10_000) for row in part] for item in files.nodes}
    edges = [
        (edge, [row for part in read_rows(edge.path, chunk=10_000) for row in part]) for edge in files.edges
    ]
    with GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver:
        began = time.perf_counter()
        for label, rows in nodes.items():
            made = _made(rows, {"id"} | set(rows[0]))
            for start in range(0, len(rows), 10_000):
                driver.execute_query(
                    f"UNWIND $rows AS row CREATE (:{label} {made})", rows=rows[start : start + 10_000]
                )
        for edge, rows in edges:
            made = _made(rows, set(rows[0]) - {"source", "target"})
            for start in range(0, len(rows), 10_000):
                driver.execute_query(
                    f"UNWIND $rows AS row MATCH (a:{edge.source_label} {{id: row.source}}) "
                    f"MATCH (b:{edge.target_label} {{id: row.target}}) CREATE (a)-[:{edge.type} {made}]->(b)",
                    rows=rows[start : start + 10_000],
                )
        return time.perf_counter() - began


def _made(rows: list[dict[str, object]], names: set[str]) -> str:
    values = (f"`{n}`: " + (f"datetime(row.`{n}`)" if n.endswith("_at") else f"row.`{n}`") for n in sorted(names))
    return "{" + ", ".join(values) + "}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default=None)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="graph-load-") as root:
        work = Path(root)
        generate(work / "in", options.accounts, options.contacts)
        case = CaseFolder(work / "workspace", CASE).create()
        ingest([work / "in"], case=case)
        (work / "rows").mkdir()
        began = time.perf_counter()
        with Lake(case) as lake, Projection(lake) as projection:
            files = write_files(projection, work / "rows")
        print(f"projected {files.rows:,} rows in {time.perf_counter() - began:.1f} s (part of the load)", flush=True)
        for number in range(options.rounds):
            if options.engine != "neo4j":
                place = work / f"embedded{number}"
                place.mkdir()
                ours, bare = embedded(case, place), graphbatch(work / "rows", place)
                failed |= not _told("embedded", ours, "GraphBatch", bare, MOST_GRAPHBATCH)
            if options.engine != "embedded":
                running = Neo4jServer(work / f"neo4j{number}")
                running.start()
                try:
                    address = Address(running.url, running.user, running.password)
                    ours = server(case, address)
                    failed |= not _told("neo4j", ours, "UNWIND", unwind(files, address), MOST_UNWIND)
                finally:
                    running.stop()
    return int(failed)


def _told(engine: str, ours: LoadReport, what: str, bare: float, most: float) -> bool:
    times = ours.seconds / bare
    print(
        f"{engine}: {ours.nodes:,} nodes, {ours.relationships:,} relationships: load {ours.seconds:.1f} s, "
        f"bare {what} {bare:.1f} s, {times:.2f} times (at most {most})",
        flush=True,
    )
    return times <= most


if __name__ == "__main__":
    sys.exit(main())

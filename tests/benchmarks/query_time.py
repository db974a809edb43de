"""What does a saved query cost beside the bare driver's call?  The same statement on both engines, 1 to 10,000 rows.

    python -m tests.benchmarks.query_time [--accounts N] [--engine embedded|neo4j] [--rounds N]

The saved query goes its whole way: values bound, text and plan guarded, a read transaction with its watchdog, values
made plain, the subgraph of what it draws.  The bare call is the driver's ``execute_read`` of the same text with the
same values, every record's values taken.  Both on one open connection, in turns; the medians of all rounds are
compared.
A statement of plain columns, and one that draws an account, a contact and another account in every row.  Exits 1 where
a saved query takes more than 1.1 times the bare call and 20 ms.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from neo4j import GraphDatabase

from graph.detect.finding import FindingsDocument
from graph.embedded import EmbeddedEngine
from graph.load import project, write_findings
from graph.store import Address, Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.runner import run
from queries.saved_query import Parameter, SavedQuery
from tests.benchmarks.graph_load import CASE, generate
from tests.neo4j.server import Neo4jServer

TIMES, MORE_S = 1.1, 0.020
ROWS = (1, 1_000, 10_000)
_LIMIT = (Parameter("rows", "integer"),)
QUERIES = (
    SavedQuery(
        "columns", "Columns", "", "MATCH (a:Account) RETURN a.id AS account, a.pseudonym AS pseudonym, "
        "a.declared_age AS age, a.contacts AS contacts ORDER BY account LIMIT $rows", _LIMIT,
    ),
    SavedQuery(
        "drawn", "Drawn", "", "MATCH (a:Account)-[c:CONTACTED]->(b:Account) WITH a, c, b LIMIT $rows "
        "RETURN a.id AS account, b.id AS contact, c.messages AS messages, [a, c, b] AS graph", _LIMIT,
    ),
)


@contextmanager
def embedded(case: CaseFolder, work: Path, document: FindingsDocument | None = None) -> Iterator[Address]:
    """The embedded engine with the case's graph, and leads if there are any; its reader's address."""
    engine = EmbeddedEngine(work / "embedded")
    with engine.lease(CASE) as lease:
        with Store.connect(lease.writer) as store, Lake(case) as lake:
            project(lake, store, case=CASE, engine=engine)
            if document is not None:
                write_findings(store, document)
        yield lease.reader


@contextmanager
def server(case: CaseFolder, work: Path, document: FindingsDocument | None = None) -> Iterator[Address]:
    """A Neo4j server with the same."""
    running = Neo4jServer(work / "neo4j")
    running.start()
    try:
        address = Address(running.url, running.user, running.password)
        with Store.connect(address) as store, Lake(case) as lake:
            project(lake, store, case=CASE)
            if document is not None:
                write_findings(store, document)
        yield address
    finally:
        running.stop()


def medians(one: Callable[[], int], other: Callable[[], int], rounds: int) -> tuple[float, float]:
    """Seconds of each, in turns, after both have run three times; both must give the same number of rows."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 3):
        rows = []
        for call, times in zip((one, other), taken, strict=True):
            began = time.perf_counter()
            rows.append(call())
            if number >= 3:
                times.append(time.perf_counter() - began)
        assert rows[0] == rows[1] > 0, rows
    return median(taken[0]), median(taken[1])


def measured(engine: str, address: Address, rounds: int) -> bool:
    """Prints a line for each query and number of rows; is each within its bound?"""
    within = True
    with (
        Store.connect(address, read_only=True) as store,
        GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        for query in QUERIES:
            for rows in ROWS:
                given = {"rows": rows}

                def saved(query: SavedQuery = query, given: dict[str, int] = given) -> int:
                    return len(run(store, query, given).rows)

                def bare(text: str = query.cypher, given: dict[str, int] = given) -> int:
                    return len(session.execute_read(lambda work: [one.values() for one in work.run(text, given)]))

                ours, theirs = medians(saved, bare, rounds)
                most = TIMES * theirs + MORE_S
                within &= ours <= most
                print(
                    f"{engine} {query.id} {rows:,} rows: saved query {ours * 1000:.1f} ms, bare {theirs * 1000:.1f} ms "
                    f"(at most {most * 1000:.1f}){'' if ours <= most else '  MISSED'}", flush=True,
                )
    return within


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=20_000)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default=None)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    within = True
    with tempfile.TemporaryDirectory(prefix="query-time-") as root:
        work = Path(root)
        generate(work / "in", options.accounts, 2 * options.accounts)
        case = CaseFolder(work / "workspace", CASE).create()
        ingest([work / "in"], case=case)
        for name, opened in (("embedded", embedded), ("neo4j", server)):
            if options.engine in (None, name):
                with opened(case, work) as address:
                    within &= measured(name, address, options.rounds)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())

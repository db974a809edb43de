"""How fast is a large table of a PostgreSQL server read, in how much memory, beside the driver's own copy of it?

    python -m tests.benchmarks.postgres_table [--rows 20000000] [--rounds 1]

The server runs here, on the same processors.  Each runs in a process of its own, taking turns: the driver's
``COPY … TO STDOUT`` into a file that keeps nothing, the snapshot of the table, and the snapshot with its ingest.
Exits 1 if the snapshot reaches less than 40 % of the driver's speed, or anything takes 2 GB.
"""

import argparse
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.benchmarks.ingest_5m import Run, measure
from tests.postgres import _programs, _serving

LEAST_SHARE, MOST_BYTES = 0.4, 2 << 30
_FILL = """
CREATE TABLE messages AS SELECT n AS id, 'person' || mod(n, 50000) AS sender, 'room' || mod(n, 900) AS room,
  NULL::text AS recipient, timestamptz '2024-01-01' + n * interval '1 second' AS sent_at,
  'words of the ' || n || 'th message, ' || md5(n::text) AS text
FROM generate_series(1, CAST(:rows AS bigint)) AS n
"""
_KEY = "ALTER TABLE messages ADD PRIMARY KEY (id)"
_ASKED = "SELECT id, sender, room, recipient, sent_at, text FROM messages"
_COPY = """
import sys
from ingest.snapshots.address import connected, parsed
class Nothing:
    def write(self, data):
        return len(data)
with connected(parsed(sys.argv[1])) as connection:
    cursor = connection.cursor()
    cursor.execute(f"COPY ({sys.argv[2]}) TO STDOUT WITH (FORMAT csv)", stream=Nothing())
"""
_SNAPSHOT = """
import sys
from pathlib import Path
from ingest.snapshots.taking import take_snapshot
taken = take_snapshot(sys.argv[1], "messages", Path(sys.argv[2], "snapshots"))
assert taken.rows == (int(sys.argv[3]),), taken.rows
"""
_INGEST = _SNAPSHOT + """
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
counts = ingest([taken.path], case=CaseFolder(Path(sys.argv[2]), "bench")).tables["messages"]
assert counts.accepted == int(sys.argv[3]), counts
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    programs = _programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not on this machine: Debian's package postgresql brings it")
    runs: dict[str, list[Run]] = {"copy": [], "snapshot": [], "ingest": []}
    with _serving(programs) as server, tempfile.TemporaryDirectory(prefix="filature-postgres-") as scratch:
        address = server.database()
        engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"), poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text(_FILL), {"rows": options.rows})
            connection.execute(text(_KEY))  # as any platform's table of messages has one
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE messages"))
        for turn in range(options.rounds):
            for name, code, more in (
                ("copy", _COPY, (_ASKED,)), ("snapshot", _SNAPSHOT, (f"{scratch}/s{turn}", str(options.rows))),
                ("ingest", _INGEST, (f"{scratch}/i{turn}", str(options.rows))),
            ):
                for argument in more[:1] if name != "copy" else ():
                    Path(argument).mkdir()
                run = measure(code, address, *more)
                runs[name].append(run)
                figures = f"{run.wall:6.1f} s  {run.cpu:6.1f} s of processor  {run.peak / 1e6:6.0f} MB"
                print(f"{name:8} {figures}", flush=True)
    best = {name: min(listed, key=lambda run: run.wall) for name, listed in runs.items()}
    share = best["copy"].wall / best["snapshot"].wall
    peak = max(run.peak for listed in runs.values() for run in listed)
    print(f"{options.rows:,} rows: the snapshot at {share:.0%} of the driver's speed, "
          f"with its ingest {best['copy'].wall / best['ingest'].wall:.0%}; peak {peak / 1e6:.0f} MB")
    return 0 if share >= LEAST_SHARE and peak < MOST_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())

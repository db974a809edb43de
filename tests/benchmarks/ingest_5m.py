"""How long does a 5-million-message evidence folder take into evidence, against DuckDB's plain CSV→Parquet copy?

    python -m tests.benchmarks.ingest_5m [--messages 5000000] [--rounds 3] [--folder DIR]

Both run on the same files in the same run, each time in a process of its own, taking turns; the best round of each
counts.  Exits 1 if ingest takes more than 3 times the copy, or 2 GB.
"""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

MOST_TIMES, MOST_BYTES = 3.0, 2 << 30

_WORDS = (
    "hello", "there", "all", "good", "what", "about", "tomorrow", "match", "music", "homework", "weather", "lunch",
    "game", "bus", "late", "early", "see", "you",
)

_COPY = """
import sys, duckdb
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.csv")):
    duckdb.execute(f"COPY (SELECT * FROM read_csv('{path}')) TO '{sys.argv[2]}/{path.stem}.parquet'")
"""
_INGEST = """
import sys
from pathlib import Path
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
report = ingest([Path(sys.argv[1])], case=CaseFolder(Path(sys.argv[2]), "bench"))
assert report.tables["messages"].accepted == int(sys.argv[3]), report.tables
"""


@dataclass(frozen=True)
class Run:
    """Wall and processor seconds and peak resident bytes of one process."""

    wall: float
    cpu: float
    peak: int


def generate(folder: Path, messages: int) -> None:
    """An evidence folder of that many messages and what belongs to them, in CSV, by one seeded statement a table."""
    accounts, rooms = max(10, messages // 50), max(2, messages // 10_000)
    words = "[" + ", ".join(f"'{word}'" for word in _WORDS) + "]"
    sentence = " || ' ' || ".join(f"{words}[1 + (hash(i, {place}) % {len(_WORDS)})::BIGINT]" for place in range(8))
    at = "strftime(TIMESTAMP '2024-01-01' + to_milliseconds(i * 3100), '%Y-%m-%dT%H:%M:%S.%g+00:00')"
    account, other = f"'u' || hash(i, 'from') % {accounts}", f"'u' || hash(i, 'to') % {accounts}"
    tables = {
        "messages": f"""SELECT 'm' || lpad(i::VARCHAR, 8, '0') AS message_id, {at} AS sent_at, {account} AS sender_id,
            CASE WHEN i % 3 > 0 THEN 'r' || hash(i, 'room') % {rooms} END AS room_id,
            CASE WHEN i % 3 = 0 THEN {other} END AS recipient_id, {sentence} AS text FROM range({messages}) AS t(i)""",
        "accounts": f"""SELECT 'u' || i AS account_id, {words}[1 + i % {len(_WORDS)}] || i AS pseudonym,
            {at} AS created_at, 12 + hash(i) % 40 AS declared_age, 'member' AS role FROM range({accounts}) AS t(i)""",
        "rooms": f"SELECT 'r' || i AS room_id, 'Room ' || i AS name, 'public' AS kind FROM range({rooms}) AS t(i)",
        "sessions": f"""SELECT {account} AS account_id, {at} AS started_at, '10.' || i % 250 || '.0.' || i % 240 AS ip,
            'd' || hash(i, 'from') % {accounts} AS device_id, 'client 1.0' AS user_agent
            FROM range({messages // 10}) AS t(i)""",
        "identifiers": f"""SELECT 'u' || i AS account_id, 'email' AS kind, 'u' || i || '@mail.example' AS value
            FROM range({accounts}) AS t(i)""",
    }
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for name, sql in tables.items():
            connection.execute(f"COPY ({sql}) TO '{folder}/{name}.csv' (HEADER)")


def measure(code: str, *arguments: str) -> Run:
    """Runs Python code in a process of its own."""
    start = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", code, *arguments], os.environ)
    _, status, used = os.wait4(process, 0)
    if status != 0:
        raise SystemExit("the measured process failed")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the generated files here and use them again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filature-ingest-") as scratch:
        folder = options.folder or Path(scratch, "evidence")
        if not (folder / "messages.csv").is_file():
            generate(folder, options.messages)
        size = sum(path.stat().st_size for path in folder.glob("*.csv"))
        copies, ingests = [], []
        for turn in range(options.rounds):
            target = Path(scratch, f"copy-{turn}")
            target.mkdir()
            copies.append(measure(_COPY, str(folder), str(target)))
            ingests.append(measure(_INGEST, str(folder), str(Path(scratch, f"case-{turn}")), str(options.messages)))
            for name, run in (("copy", copies[-1]), ("ingest", ingests[-1])):
                figures = f"{run.wall:6.2f} s  {run.cpu:6.2f} s of processor  {run.peak / 1e6:6.0f} MB"
                print(f"{name:7} {figures}", flush=True)
    copy, taken = min(copies, key=lambda run: run.wall), min(ingests, key=lambda run: run.wall)
    times, peak = taken.wall / copy.wall, max(run.peak for run in ingests)
    print(f"{options.messages:,} messages, {size / 1e6:.0f} MB: {times:.2f} times the copy, peak {peak / 1e6:.0f} MB")
    return 0 if times <= MOST_TIMES and peak < MOST_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())

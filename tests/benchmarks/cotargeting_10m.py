"""How fast are co-targeting pairs found in ten million events, beside coordination-network-toolkit 1.5.2?

    python -m tests.benchmarks.cotargeting_10m [--events 10000000] [--rounds 1] [--folder DIR] [--toolkit PYTHON]

Both get the same CSV in the same run, each time in a process of its own, taking turns: one reads it into SQLite and
computes its co-retweet network, the other reads it into the engine and groups ``co_hits`` by pair.  Both leave a
table of edges; its size and a checksum over all edges must agree.  The toolkit is installed into an environment of its
own unless ``--toolkit`` names the interpreter of one.  Exits 1 where edges differ, where the ratio is below 5, or where
Filature takes 4 GB or more.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

LEAST_TIMES, MOST_BYTES, WINDOW_S = 5.0, 4 << 30, 60
TOOLKIT = "coordination-network-toolkit==1.5.2"

_CHECKED = """
def checked(edges):
    import zlib
    number, sum_ = 0, 0
    for a, b in edges:
        number, sum_ = number + 1, (sum_ + zlib.crc32(f"{a} {b}".encode())) % (1 << 61)
    return f"{number} {sum_}"
"""
_OURS = _CHECKED + """
import sys, time, resource
from pathlib import Path
import ibis
from graph.detect.ambush.cotargeting import co_hits, crowds
from ingest.lake.engine import Engine
started = time.perf_counter()
with Engine(Path(sys.argv[2]), memory_limit="3GB", threads=int(sys.argv[4])) as engine:
    lake = ibis.duckdb.from_connection(engine.connection)
    read = lake.read_csv(sys.argv[1], all_varchar=True)
    events = lake.create_table("events", read.select(
        actor=read.user_id, target=read.repost_id,
        at=ibis.literal("1970-01-01").cast("timestamp") + read.timestamp.cast("int64").as_interval("s"),
        stratum=ibis.literal(0),
    ), temp=True)
    loaded = time.perf_counter()
    window = int(sys.argv[3])
    placed = crowds(events, [window]).rename(crowd=f"crowd_{window}")
    hits = co_hits(placed, window, max_crowd=1 << 40)
    edges = lake.create_table("edges", hits.group_by(["a", "b"]).agg(weight=hits.target.nunique()), temp=True)
    done, peak = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    batches = engine.connection.execute("SELECT a, b FROM edges").fetchall()
    print("result", loaded - started, done - loaded, peak, checked(batches))
"""
_TOOLKIT = _CHECKED + """
import sys, time, resource, sqlite3
from coordination_network_toolkit.compute_networks import compute_co_retweet_parallel
from coordination_network_toolkit.preprocess import preprocess_csv_files
if __name__ == "__main__":
    database = sys.argv[2] + "/network.db"
    started = time.perf_counter()
    preprocess_csv_files(database, [sys.argv[1]])
    loaded = time.perf_counter()
    compute_co_retweet_parallel(database, int(sys.argv[3]), n_threads=int(sys.argv[4]))
    done = time.perf_counter()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
    edges = sqlite3.connect(database).execute(
        "SELECT user_1, user_2 FROM co_retweet_network WHERE user_1 < user_2"
    )
    print("result", loaded - started, done - loaded, peak, checked(edges))
"""


@dataclass(frozen=True)
class Run:
    """Seconds to read the events and to compute the edges, peak resident bytes of the largest process, the edges."""

    read: float
    compute: float
    peak: int
    edges: str

    @property
    def whole(self) -> float:
        return self.read + self.compute


def generate(file: Path, events: int) -> None:
    """The toolkit's CSV of that many events by a fortieth as many actors on a twelfth as many targets.

    Activity is heavy-tailed (Pareto 1.3), popularity log-normal (sigma 1.6); a target is met from its birth on, half of
    the events within two hours (log-normal, sigma 2).
    """
    random = np.random.default_rng(7)
    actors, targets = max(100, events // 40), max(50, events // 12)
    activity, popularity = random.pareto(1.3, actors) + 1.0, random.lognormal(0.0, 1.6, targets)
    actor = random.choice(actors, events, p=activity / activity.sum())
    target = random.choice(targets, events, p=popularity / popularity.sum())
    born = random.uniform(0.0, 6.0 * events, targets)
    second = (1_704_067_200 + born[target] + random.lognormal(np.log(7_200.0), 2.0, events)).astype(np.int64)
    nothing = pa.array([""] * events)
    columns = {
        "message_id": pa.array([f"m{i}" for i in range(events)]),
        "user_id": pa.array([f"u{i}" for i in actor.tolist()]), "username": nothing,
        "repost_id": pa.array([f"t{i}" for i in target.tolist()]), "reply_id": nothing, "message": nothing,
        "timestamp": second, "urls": nothing,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.csv.write_csv(pa.table(columns), file, pyarrow.csv.WriteOptions(quoting_style="none"))


def measure(python: str, code: str, file: Path, window_s: int) -> Run:
    """One run of the code under that interpreter, on a scratch folder of its own."""
    with tempfile.TemporaryDirectory(prefix="filature-cotargeting-") as scratch:
        script = Path(scratch, "measured.py")
        script.write_text(code, encoding="utf-8")
        arguments = [python, str(script), str(file), scratch, str(window_s), str(os.cpu_count() or 1)]
        root = str(Path(__file__).resolve().parents[2])
        done = subprocess.run(
            arguments, env={**os.environ, "PYTHONPATH": root if code is _OURS else ""}, check=True,
            capture_output=True, text=True,
        )
    told = re.search(r"^result (\S+) (\S+) (\d+) (.+)$", done.stdout, re.MULTILINE)
    if told is None:
        raise SystemExit(f"no result: {done.stdout}{done.stderr}")
    return Run(float(told[1]), float(told[2]), int(told[3]), told[4])


def installed(folder: Path) -> str:
    """The interpreter of a new environment that holds the toolkit."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", TOOLKIT], check=True)
    return python


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the generated events here and use them again")
    parser.add_argument("--toolkit", help="an interpreter that can import the toolkit")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filature-cotargeting-") as scratch:
        toolkit = options.toolkit or installed(Path(scratch, "toolkit"))
        file = (options.folder or Path(scratch)) / f"events-{options.events}.csv"
        if not file.is_file():
            generate(file, options.events)
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(measure(sys.executable, _OURS, file, WINDOW_S))
            theirs.append(measure(toolkit, _TOOLKIT, file, WINDOW_S))
            for name, run in (("filature", ours[-1]), ("toolkit", theirs[-1])):
                print(
                    f"{name:9} read {run.read:7.1f} s  compute {run.compute:7.1f} s  {run.peak / 1e9:5.2f} GB  "
                    f"edges and checksum {run.edges}", flush=True,
                )
    own, other = min(ours, key=lambda run: run.whole), min(theirs, key=lambda run: run.whole)
    peak = max(run.peak for run in ours)
    whole, compute = other.whole / own.whole, other.compute / own.compute
    alike = len({run.edges for run in (*ours, *theirs)}) == 1
    print(
        f"{options.events:,} events, {WINDOW_S} s: {whole:.1f} times faster from CSV to edges, {compute:.1f} times "
        f"without the reading, peak {peak / 1e9:.2f} GB, edges {'alike' if alike else 'DIFFER'}"
    )
    return 0 if alike and min(whole, compute) >= LEAST_TIMES and peak < MOST_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""How long does ``detect all`` take over 5 million messages, and how does its cost grow from half a million?

    python -m tests.benchmarks.detect_5m [--folder DIR] [--kinds all] [--engine duckdb] [--platforms 1,10]

Sample platforms of half a million messages stand side by side in one case: one of them, then ten.  Each case is run in
a process of its own; the time of a detection includes the shared tables it is the first to need.  Exits 1 if the whole
takes 90 s or 4 GB, or grows more than 12 times.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from workbench.sample.generate import generate
from workbench.sample.world import World

MOST_SECONDS, MOST_BYTES, MOST_GROWTH = 90.0, 4 << 30, 12.0
_ACCOUNTS = 16_000

# ids and marks that platforms made alike have in common; in one case each platform has its own
_IDS = {
    "accounts": ("account_id",), "rooms": ("room_id",), "sessions": ("account_id",),
    "messages": ("message_id", "sender_id", "room_id", "recipient_id"), "identifiers": ("account_id", "value"),
    "reports": ("report_id", "reported_id", "reporter_id"), "companies": ("company_id",), "persons": ("person_id",),
    "ownerships": ("owner_id", "owned_id"), "operators": ("company_id",),
}

_DETECT = """
import json, sys, time
from pathlib import Path
from graph.detect.run import detect
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
marks = []
with Lake(CaseFolder(Path(sys.argv[1]), "scale"), engine=sys.argv[4]) as lake:
    messages = lake.counts()["messages"]
    start = time.perf_counter()
    found = detect(lake, sys.argv[3].split(","), progress=lambda stage, *_: marks.append((stage, time.perf_counter())))
counts = {}
for finding in found.findings:
    counts[finding.kind] = counts.get(finding.kind, 0) + 1
steps = {stage.removeprefix("detect "): after[1] - at for (stage, at), after in zip(marks, marks[1:])}
Path(sys.argv[2]).write_text(
    json.dumps({"messages": messages, "seconds": steps, "whole": time.perf_counter() - start, "findings": counts})
)
"""


@dataclass(frozen=True)
class Run:
    """One ``detect``: wall seconds by detection and in all, findings by kind, peak resident bytes."""

    messages: int
    seconds: dict[str, float]
    whole: float
    findings: dict[str, int]
    peak: int


def world(platform: str) -> World:
    """A platform of about half a million messages with as many planted parts an account as the sample's."""
    share = _ACCOUNTS / 2_000

    def scaled(number: float) -> tuple[int, int]:
        return round(number * share), round(number * share)

    return World(
        platform=platform, accounts=(_ACCOUNTS, _ACCOUNTS), days=(75, 75), room_count=(16, 16), hubs=scaled(10),
        crews=scaled(4), convergences=scaled(1.5), recruiters=scaled(1), extorters=scaled(1.5), rings=scaled(7.5),
    )


def made(folder: Path, platforms: int) -> CaseFolder:
    """The case of that many platforms below ``folder``, generated and ingested at the first call."""
    case = CaseFolder(folder / f"{platforms}-platforms" / "workspace", "scale")
    if not case.exists():
        ingest(sources(folder, platforms), case=case.create(), timezone="UTC")
    return case


def sources(folder: Path, platforms: int) -> list[Path]:
    """The evidence folders of that many platforms below ``folder``, generated at the first call."""
    made = []
    for number in range(1, platforms + 1):
        source = folder / f"platform-{number}" / "src"
        if not source.exists():
            generate(source, seed=number, world=world(f"marelle{number}"), case="scale")
            for name, columns in _IDS.items():
                _prefix(source / f"{name}.csv", columns, f"p{number}-")
        made.append(source)
    return made


def _prefix(path: Path, columns: tuple[str, ...], prefix: str) -> None:
    replaced = ", ".join(f"'{prefix}' || nullif({column}, '') AS {column}" for column in columns)
    target = path.with_suffix(".new")
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * REPLACE ({replaced}) FROM read_csv('{path}', all_varchar = true)) TO '{target}' (HEADER)"
        )
    target.replace(path)


def measure(case: CaseFolder, kinds: str, engine: str) -> Run:
    """``detect`` in a process of its own."""
    with tempfile.NamedTemporaryFile(prefix="filature-detect-", suffix=".json") as answer:
        arguments = [sys.executable, "-c", _DETECT, str(case.workspace), answer.name, kinds, engine]
        process = os.posix_spawn(sys.executable, arguments, os.environ)
        _, status, used = os.wait4(process, 0)
        if status != 0:
            raise SystemExit("the measured process failed")
        return Run(**json.loads(Path(answer.name).read_text(encoding="utf-8")), peak=used.ru_maxrss * 1024)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the generated platforms and cases here and use them again")
    parser.add_argument("--kinds", default="all", help="comma-separated")
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--platforms", default="1,10", help="numbers of platforms, comma-separated")
    options = parser.parse_args()
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="filature-detect-") as scratch:
        for platforms in options.platforms.split(","):
            case = made(options.folder or Path(scratch), int(platforms))
            started = time.perf_counter()
            run = measure(case, options.kinds, options.engine)
            print(f"{run.messages:,} messages: {time.perf_counter() - started:.1f} s with start", flush=True)
            runs.append(run)
    _table(runs)
    small, large = runs[0], runs[-1]
    growth = large.whole / small.whole / (large.messages / small.messages) * 10.0
    print(f"growth for 10 times the messages: {growth:.1f}; peak {large.peak / 1e9:.2f} GB")
    kept = large.whole < MOST_SECONDS and large.peak < MOST_BYTES and growth <= MOST_GROWTH
    return 0 if kept else 1


def _table(runs: list[Run]) -> None:
    print("| detection | " + " | ".join(f"{run.messages:,} messages" for run in runs) + " | times | findings |")
    print("|---" * (len(runs) + 3) + "|")
    last = runs[-1]
    for kind in [*last.seconds, "all"]:
        taken = [run.whole if kind == "all" else run.seconds[kind] for run in runs]
        found = sum(last.findings.values()) if kind == "all" else last.findings.get(kind, 0)
        cells = " | ".join(f"{seconds:.1f} s" for seconds in taken)
        print(f"| {kind} | {cells} | {taken[-1] / max(taken[0], 1e-9):.1f} | {found:,} |")
    print("| peak memory | " + " | ".join(f"{run.peak / 1e9:.2f} GB" for run in runs) + " | | |")


if __name__ == "__main__":
    raise SystemExit(main())

"""How long does each query of the library take on 200,000 accounts?  Both engines, values that bring rows.

    python -m tests.benchmarks.library_200k [--accounts N] [--engine embedded|neo4j] [--rounds N] [--folder DIR]

One platform of the contract's tables: four contacts, three rooms and five identifiers an account, some accounts and
rooms far beyond that (squares), a carrier's addresses, reports, companies in chains and circles, and 200 leads.
Accounts that queries ask about are the busiest.  A query runs as a person runs it, with its defaults; the best
of the rounds is shown, and beside it the processor seconds of engine and reader, as other work on the machine makes a
query wait.  Exits 1 where a query takes more than 5 s by both, or is ended, and its risk does not say "high".
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import psutil

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import AS_WRITTEN, Reason, as_written
from graph.errors import GraphError
from graph.store import Address, Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from queries.catalog import library
from queries.runner import run
from queries.saved_query import SavedQuery
from tests.benchmarks.query_time import CASE, embedded, server

MOST_S = 5.0
_BEGIN = pd.Timestamp("2024-01-01", tz="UTC")
_SECONDS = 300 * 86_400


def generate(folder: Path, accounts: int) -> None:
    """Write the evidence folder."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(12)
    numbers = np.arange(accounts)
    ids = np.char.add("u", numbers.astype(str))
    created = pd.Timestamp("2023-06-01", tz="UTC") + pd.to_timedelta(rng.integers(0, 400 * 86_400, accounts), unit="s")
    ages = np.where(rng.random(accounts) < 0.3, rng.integers(11, 18, accounts), rng.integers(18, 60, accounts))
    pd.DataFrame({
        "account_id": ids, "pseudonym": [f"name{n % (accounts // 2)}" for n in numbers],
        "declared_age": pd.Series(ages).where(rng.random(accounts) < 0.9).astype("Int64"),
        "role": np.where(numbers % 2_000 == 1, "moderator", "member"),
        "status": np.where(numbers % 500 == 3, "banned", "active"), "created_at": created,
    }).to_parquet(folder / "accounts.parquet")
    rooms = max(50, accounts // 400)
    pd.DataFrame({"room_id": [f"r{n}" for n in range(rooms)], "name": [f"Room {n}" for n in range(rooms)]}).to_parquet(
        folder / "rooms.parquet"
    )
    _messages(folder, accounts, rooms, rng)
    _identifiers(folder, ids, rng)
    _reports(folder, accounts, rng)
    _companies(folder, rng)


def _squared(rng: np.random.Generator, most: int, size: int) -> Any:
    """Numbers below ``most``, the small ones far more often."""
    return (most * rng.random(size) ** 2).astype(np.int64)


def _named(letter: str, numbers: Any) -> pd.Series:
    return letter + pd.Series(numbers).astype(str)


def _messages(folder: Path, accounts: int, rooms: int, rng: np.random.Generator) -> None:
    sender, other = _squared(rng, accounts, 4 * accounts), rng.integers(0, accounts, 4 * accounts)
    sender, other = sender[sender != other], other[sender != other]
    answered = rng.random(len(sender)) < 0.5
    begun = rng.integers(0, _SECONDS, len(sender))
    private = pd.DataFrame({
        "sender_id": _named("u", np.concatenate((sender, other[answered]))),
        "recipient_id": _named("u", np.concatenate((other, sender[answered]))),
        "seconds": np.concatenate((begun, begun[answered] + rng.integers(60, 5 * 86_400, answered.sum()))),
    })
    public = pd.DataFrame({
        "sender_id": _named("u", rng.integers(0, accounts, 3 * accounts)),
        "room_id": _named("r", _squared(rng, rooms, 3 * accounts)),
        "seconds": rng.integers(0, _SECONDS, 3 * accounts),
    })
    frame = pd.concat([private, public], ignore_index=True)
    frame["sent_at"] = _BEGIN + pd.to_timedelta(frame.pop("seconds"), unit="s")
    frame["message_id"] = [f"m{n}" for n in range(len(frame))]
    frame.to_parquet(folder / "messages.parquet")


def _identifiers(folder: Path, ids: Any, rng: np.random.Generator) -> None:
    accounts = len(ids)
    carriers = rng.integers(0, 50, accounts)  # addresses that thousands share
    kinds = {
        "email": np.char.add(ids, "@mail.example"),
        "device": [f"d{n}" for n in rng.integers(0, int(accounts * 0.9), accounts)],
        "ip": [f"10.{n // 65_536}.{n // 256 % 256}.{n % 256}" for n in rng.integers(0, accounts, accounts)],
        "cookie": [f"c{n}" for n in rng.integers(0, accounts * 5, accounts)],
    }
    parts = [pd.DataFrame({"account_id": ids, "kind": kind, "value": values}) for kind, values in kinds.items()]
    parts.append(pd.DataFrame({"account_id": ids, "kind": "ip", "value": [f"192.0.2.{n}" for n in carriers]}))
    frame = pd.concat(parts, ignore_index=True)
    seen = _BEGIN + pd.to_timedelta(rng.integers(0, _SECONDS, len(frame)), unit="s")
    frame["first_seen_at"] = seen
    frame["last_seen_at"] = seen + pd.to_timedelta(rng.integers(0, 60 * 86_400, len(frame)), unit="s")
    frame.to_parquet(folder / "identifiers.parquet")


def _reports(folder: Path, accounts: int, rng: np.random.Generator) -> None:
    count = accounts // 20
    pd.DataFrame({
        "report_id": [f"p{n}" for n in range(count)],
        "reported_id": [f"u{n}" for n in _squared(rng, accounts // 10, count)],
        "reporter_id": [f"u{n}" for n in rng.integers(0, accounts, count)],
        "made_at": _BEGIN + pd.to_timedelta(rng.integers(0, _SECONDS, count), unit="s"), "reason": "spam",
    }).to_parquet(folder / "reports.parquet")


def _companies(folder: Path, rng: np.random.Generator) -> None:
    """A thousand companies: each held by one or two of those below it in number or by persons, three in a circle."""
    pd.DataFrame({"company_id": [f"c{n}" for n in range(1_000)], "name": [f"Company {n}" for n in range(1_000)]}
                 ).to_parquet(folder / "companies.parquet")
    pd.DataFrame({"person_id": [f"h{n}" for n in range(300)], "name": [f"Person {n}" for n in range(300)]}).to_parquet(
        folder / "persons.parquet"
    )
    rows = [(f"h{rng.integers(300)}" if n < 300 else f"c{rng.integers(n)}", f"c{n}", 0.6) for n in range(990)]
    rows += [(f"h{rng.integers(300)}", f"c{n}", 0.3) for n in range(990)]
    rows += [("c990", "c991", 0.5), ("c991", "c992", 0.5), ("c992", "c990", 0.5)]
    frame = pd.DataFrame(rows, columns=["owner_id", "owned_id", "share"])
    frame["from"] = pd.Timestamp("2023-01-01", tz="UTC") + pd.to_timedelta(rng.integers(0, 600, len(frame)), unit="D")
    frame["to"] = frame["from"].where(rng.random(len(frame)) < 0.2) + pd.Timedelta(days=200)
    frame.to_parquet(folder / "ownerships.parquet")
    pd.DataFrame({"company_id": ["c989", "c500"], "platform": [CASE, CASE]}).to_parquet(folder / "operators.parquet")


def leads() -> FindingsDocument:
    """Two hundred leads, each on one account and its ten neighbours in number."""
    why = (Reason(AS_WRITTEN, as_written("example", "an example")),)
    found = tuple(
        Finding("hub", (f"{CASE}:u{n}",), "weak", 0.1 + n / 1_000, why,
                targets=tuple(f"{CASE}:u{n + other}" for other in range(1, 11)))
        for n in range(0, 600, 3)
    )
    return FindingsDocument(CASE, "bench", "sha256:0", {}, found)


def values(query: SavedQuery, lead: str) -> dict[str, Any]:
    """What a person would ask of this case: its busiest accounts, rooms and companies, which have the least numbers."""
    one = {
        "account": f"{CASE}:u0", "entity": f"{CASE}:u3", "room": f"{CASE}:r0", "platform": CASE, "lead": lead,
        "company": f"{CASE}:c989", "owner": f"{CASE}:h5", "period": "2024-02", "identifier": "ip:192.0.2.7",
        "account[]": [f"{CASE}:u{n}" for n in range(3)], "choice": "hub",
    }
    second = {
        "account": f"{CASE}:u1", "room": f"{CASE}:r1", "company": f"{CASE}:c988",
        "account[]": [f"{CASE}:u{n}" for n in range(3, 6)],
    }
    instants = {"since": "2024-03-01", "until": "2024-03-02", "at": "2024-06-01"}
    given: dict[str, Any] = {}
    for parameter in query.parameters:
        if parameter.default is None:
            known = {**one, **second} if parameter.name == "second" else one
            given[parameter.name] = instants.get(parameter.name, known.get(parameter.type))
    return given


def slow(engine: str, address: Address, rounds: int) -> list[str]:
    """Prints a line a query; returns what is wrong with some."""
    wrong: list[str] = []
    lead = leads().findings[-1].finding_id
    processes = (serving(address), psutil.Process())
    with Store.connect(address, read_only=True) as store:
        for query in library():
            given = values(query, lead)
            best, processor, rows, ended = float("inf"), float("inf"), 0, ""
            for _ in range(rounds):
                began, used = time.perf_counter(), _processor(processes)
                try:
                    rows = len(run(store, query, given).rows)
                except GraphError as error:
                    ended = type(error).__name__
                best = min(best, time.perf_counter() - began)
                processor = min(processor, _processor(processes) - used)
                if ended or best < MOST_S / 2:
                    break
            late = best > MOST_S and processor > MOST_S
            fault = f"{processor:.1f} s {ended}" if (late or ended) and query.risk != "high" else ""
            wrong += [f"{engine} {query.id}: {fault}"] if fault else []
            taken = f"{best:.2f} s, {processor:.2f} s of processor"
            print(f"{engine} {query.id} ({query.risk}): {taken}, {rows:,} rows {ended}", flush=True)
    return wrong


def serving(address: Address) -> psutil.Process:
    """The process that answers there."""
    port = urlsplit(address.url).port
    listening = (one for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN)
    return psutil.Process(next(one.pid for one in listening if one.laddr.port == port))


def _processor(processes: Iterable[psutil.Process]) -> float:
    return sum(times.user + times.system for process in processes for times in (process.cpu_times(),))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default=None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where evidence is kept from one call to the next")
    options = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="library-") as root:
        kept = options.folder or Path(root)
        case = CaseFolder(kept / "workspace", CASE)
        if not case.exists():
            generate(kept / "in", options.accounts)
            ingest([kept / "in"], case=case.create())
        for name, opened in (("embedded", embedded), ("neo4j", server)):
            if options.engine in (None, name):
                began = time.perf_counter()
                with opened(case, Path(root), leads()) as address:
                    print(f"{name}: loaded in {time.perf_counter() - began:.0f} s", flush=True)
                    wrong += slow(name, address, options.rounds)
    print("\n".join(wrong) or "every query answers in time, or its risk says so")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

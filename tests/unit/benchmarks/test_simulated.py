"""Simulated platforms: the same bytes for a seed, a log that hangs together, a truth that the log bears out."""

import csv
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.benchmarks.simulated import EMPTY, SETTINGS, Told, make

Rows = list[dict[str, str]]
SMALL = replace(
    SETTINGS["village"], accounts=700, days=42,
    plants={"hub": 4, "crew": 2, "gathering": 2, "recruiter": 1, "extortion": 1, "ring": 4, "ground": 1},
)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    folder = tmp_path_factory.mktemp("simulated") / "one"
    return folder, make(SMALL, 1, folder)


def _rows(folder: Path, table: str) -> Rows:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _native(ids: tuple[str, ...]) -> set[str]:
    return {each.partition(":")[2] for each in ids}


def _busy(told: Told) -> dict[str, str]:
    """The look-alikes, apart from people who only live there."""
    plain = ("adult", "minor", "household", "guest of a café")
    return {who.partition(":")[2]: part for who, part in told.benign.items() if part not in plain}


def test_a_seed_gives_the_same_bytes(platform: tuple[Path, Told], tmp_path: Path) -> None:
    folder, told = platform
    again = make(SMALL, 1, tmp_path)
    assert again == told == Told.read(folder / "truth.json")
    for table in folder.glob("*.csv"):
        assert table.read_bytes() == (tmp_path / table.name).read_bytes(), table.name


def test_no_row_is_rejected(platform: tuple[Path, Told], tmp_path: Path) -> None:
    report = ingest([platform[0]], case=CaseFolder(tmp_path, "village").create(), timezone=None)
    assert report.rejected == 0


def test_whoever_writes_is_there(platform: tuple[Path, Told]) -> None:
    """Every message lies within a visit of its sender (second by second, as logged)."""
    visits: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in _rows(platform[0], "sessions"):
        times = datetime.fromisoformat(row["started_at"]), datetime.fromisoformat(row["ended_at"])
        visits[row["account_id"]].append(times)
    astray = 0
    messages = _rows(platform[0], "messages")
    for row in messages:
        at, mine = datetime.fromisoformat(row["sent_at"]), visits[row["sender_id"]]
        n = bisect_right(mine, at, key=lambda times: times[0]) - 1
        astray += n < 0 or at > mine[n][1]
    assert astray <= len(messages) // 500


def test_the_truth_names_who_exists(platform: tuple[Path, Told]) -> None:
    folder, told = platform
    accounts = {row["account_id"] for row in _rows(folder, "accounts")}
    rooms = {row["room_id"] for row in _rows(folder, "rooms")}
    for case in told.cases:
        assert _native(case.members) | _native(case.targets) <= accounts
    for group in told.households:
        assert len(group) > 1
        assert _native(group) <= accounts
    assert _native(told.minors) | _native(tuple(told.benign)) <= accounts
    assert {each.room.partition(":")[2] for each in told.rooms} <= rooms
    for kind, who in told.neutral.items():
        assert _native(who) <= (rooms if kind == "room" else accounts)


def test_planted_cases_are_real_in_the_log(platform: tuple[Path, Told]) -> None:
    folder, told = platform
    minors, wrote = _native(told.minors), defaultdict(set)
    for row in _rows(folder, "messages"):
        if row["recipient_id"]:
            wrote[row["sender_id"]].add(row["recipient_id"])
    assert {case.kind for case in told.cases} >= {"hub", "ambush", "convergence", "shell"}
    for case in told.cases:
        members, targets = _native(case.members), _native(case.targets)
        if case.kind == "hub":
            assert len(wrote[members.pop()] & minors) >= 8
        elif case.kind == "ambush":
            assert sum(sum(target in wrote[who] for who in members) >= 3 for target in targets) >= 3
        elif case.kind == "convergence":
            assert targets <= minors
            assert sum(targets <= wrote[who] for who in members - minors) >= 5


def test_nothing_is_planted_in_the_empty_twin_and_the_others_live_there_too(
    platform: tuple[Path, Told], tmp_path: Path
) -> None:
    told = make(replace(SMALL, name="village-empty", planted=False), 1, tmp_path)
    assert not told.cases
    assert not told.owners
    assert not told.rooms
    assert _busy(told) == _busy(platform[1])
    assert set(EMPTY) == {f"{name}-empty" for name in SETTINGS}

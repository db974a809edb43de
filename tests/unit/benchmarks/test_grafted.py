"""Grafted platforms: the same bytes for a seed, a truth that the folder bears out, and nothing planted when asked."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.grafted import Truth, make
from tests.benchmarks.grafted.backbone import Backbone
from tests.benchmarks.grafted.owners import register
from tests.benchmarks.grafted.stage import DAY, Stage
from tests.benchmarks.grafted.traits import SETTINGS, traits
from tests.benchmarks.grafted.words import pseudonyms, variants
from tests.real_data import real_data

Rows = list[dict[str, str]]


def _rows(folder: Path, table: str) -> Rows:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    real_data("CollegeMsg.txt")
    folder = tmp_path_factory.mktemp("grafted") / "one"
    return folder, make("college", 1, folder)


@pytest.fixture(scope="module")
def first(platform: tuple[Path, Truth]) -> dict[tuple[str, str], str]:
    """When an account wrote first to another, of whom it had nothing before."""
    said = sorted(
        (row["sent_at"], int(row["message_id"][1:]), row["sender_id"], row["recipient_id"])
        for row in _rows(platform[0], "messages") if row["recipient_id"]
    )
    met: dict[tuple[str, str], str] = {}
    for at, _, a, b in said:
        if (b, a) not in met:
            met.setdefault((a, b), at)
    return {(f"college:{a}", f"college:{b}"): at for (a, b), at in met.items()}


def test_a_seed_gives_the_same_bytes(platform: tuple[Path, Truth], tmp_path: Path) -> None:
    make("college", 1, tmp_path)
    names = sorted(path.name for path in platform[0].iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    for name in names:
        assert (tmp_path / name).read_bytes() == (platform[0] / name).read_bytes(), name


def test_the_truth_reads_back_as_it_was_given(platform: tuple[Path, Truth]) -> None:
    folder, truth = platform
    assert Truth.read(folder / "truth.json") == truth


def test_everybody_in_the_truth_stands_in_the_folder(platform: tuple[Path, Truth]) -> None:
    folder, truth = platform
    accounts = {f"college:{row['account_id']}" for row in _rows(folder, "accounts")}
    named = {who for case in truth.cases for who in (*case.members, *case.targets)} | set(truth.benign)
    named |= set(truth.minors) | {who for group in truth.households for who in group}
    named |= {who for people in truth.neutral.values() for who in people}
    assert named <= accounts
    register_ids = {f"college:{row['company_id']}" for row in _rows(folder, "companies")}
    register_ids |= {f"college:{row['person_id']}" for row in _rows(folder, "persons")}
    assert {o.owner for o in truth.owners} | {o.company for o in truth.owners} <= register_ids
    assert not {who for case in truth.cases for who in case.members} & set(truth.benign)


def test_each_hub_met_his_minors(platform: tuple[Path, Truth], first: dict[tuple[str, str], str]) -> None:
    truth = platform[1]
    hubs = truth.of("hub")
    assert 5 <= len(hubs) <= 12
    for hub in hubs:
        assert len(hub.targets) >= 8
        assert set(hub.targets) <= set(truth.minors)
        assert hub.members[0] not in truth.minors
        assert all((hub.members[0], kid) in first or (kid, hub.members[0]) in first for kid in hub.targets)


def test_crews_and_convergences_wrote_first(
    platform: tuple[Path, Truth], first: dict[tuple[str, str], str]
) -> None:
    truth = platform[1]
    assert truth.of("ambush")
    assert truth.of("convergence")
    for crew in truth.of("ambush"):
        for target in crew.targets:
            assert sum((who, target) in first for who in crew.members) >= 3, crew.style
    for meeting in truth.of("convergence"):
        assert meeting.targets[0] in truth.minors
        assert all((who, meeting.targets[0]) in first for who in meeting.members)


def test_accounts_of_a_ring_never_write_to_each_other(
    platform: tuple[Path, Truth], first: dict[tuple[str, str], str]
) -> None:
    for ring in platform[1].of("shell"):
        assert not [(a, b) for a in ring.members for b in ring.members if (a, b) in first]


def test_nothing_planted_leaves_the_look_alikes(tmp_path: Path) -> None:
    real_data("CollegeMsg.txt")
    truth = make("college-empty", 1, tmp_path)
    assert not truth.planted
    assert truth.cases == ()
    assert truth.owners == ()
    assert {"greeter", "idol", "friends who go together", "school class"} <= set(truth.benign.values())
    assert not (tmp_path / "operators.csv").exists()
    assert (tmp_path / "companies.csv").exists()


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no setting 'village': choose from college, irc, mixed"):
        make("village", 1, tmp_path)


@pytest.mark.parametrize("seed", range(12))
def test_told_shares_are_the_sum_over_all_chains(seed: int) -> None:
    made = register(np.random.default_rng(seed), "p", planted=True)
    for owned in made.owners:
        edges: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for row in made.tables["ownerships"]:
            begin, end = str(row["from"]) or "0000", str(row["to"]) or "9999"
            if begin <= (owned.at or "2024-01-01") < end and row["kind"] != "nominee":
                edges[str(row["owner_id"])][str(row["owned_id"])] = float(str(row["share"]))
        total, held = 0.0, {owned.owner.removeprefix("p:"): 1.0}
        for _ in range(60):
            step: defaultdict[str, float] = defaultdict(float)
            for owner, part in held.items():
                for below, share in edges[owner].items():
                    step[below] += part * share
            held = dict(step)
            total += held.get(owned.company.removeprefix("p:"), 0.0)
        assert owned.share == pytest.approx(total, abs=1e-9), owned.style


def test_nobody_operates_where_nothing_is_planted() -> None:
    made = register(np.random.default_rng(1), "p", planted=False)
    assert made.tables["operators"] == []
    assert 30 <= len(made.tables["companies"]) <= 150


def _stage() -> Stage:
    """0 and 1 talk, 0 writes to 2 who does not answer; 3 is in the room."""
    stage = Stage(
        "college", 1, traits("college", 1), 10 * DAY, [30, 14, 40, 15], [30, 14, None, 15], [0, 0, 0, 0],
        [10.0, 40.0, 50.0, 60.0, 100.0, 200.0], [0, 1, 0, 1, 0, 3], [1, 0, 1, 0, 2, -1], [-1] * 5 + [0], [None] * 6,
    )
    stage.index()
    return stage


def test_a_graft_tells_a_real_chat_again() -> None:
    stage = _stage()
    assert stage.shapes == [((0.0, True), (30.0, False), (40.0, True), (50.0, False)), ((0.0, True),)]
    stage.graft(stage.rng("test"), 2, 3, 1000.0, answers=1.0)
    assert list(zip(stage.at[6:], stage.sender[6:], stage.recipient[6:], strict=True)) == [
        (1000.0, 2, 3), (1030.0, 3, 2), (1040.0, 2, 3), (1050.0, 3, 2),
    ]
    assert stage.know(3, 2)
    assert stage.begun[2] == [(3, 6)]


def test_nothing_is_written_after_the_end() -> None:
    stage = _stage()
    stage.graft(stage.rng("test"), 2, 3, 10 * DAY - 35.0, answers=1.0)
    assert len(stage.at) == 8


def test_chats_taken_out_are_gone_for_both() -> None:
    stage = _stage()
    stage.take_out(stage.rng("test"), 0, 1.0, spared=[2])
    assert stage.gone == {0, 1, 2, 3}
    assert stage.friends == [{2}, set(), {0}, set()]
    assert [b for b, _ in stage.begun[0]] == [2]


def test_whom_one_meets_was_there_and_was_not_known() -> None:
    stage = _stage()
    assert [who for who, _ in stage.met_at(stage.rng("test"), 0, 5)] == [3]
    assert stage.met_at(stage.rng("test"), 0, 5, minor=False) == []


def test_a_part_of_a_backbone_is_renumbered_and_begins_with_its_week() -> None:
    whole = Backbone(
        np.array([0.0, 8 * DAY, 9 * DAY]), np.array([0, 2, 3]), np.array([1, 3, -1]), np.zeros(3, dtype=bool), 4,
        frozenset({3}),
    )
    part = whole.only(np.array([False, True, True]))
    assert part.at.tolist() == [DAY, 2 * DAY]
    assert part.sender.tolist() == [0, 1]
    assert part.recipient.tolist() == [1, -1]
    assert (part.count, part.bot) == (2, frozenset({1}))


def test_names_differ_and_traits_lie_in_their_bounds() -> None:
    names = pseudonyms(np.random.default_rng(1), 4000)
    assert len(set(names)) == 4000
    assert len(set(variants(np.random.default_rng(1), 6))) == 6
    for setting in SETTINGS:
        for seed in range(30):
            rules = traits(setting, seed)
            assert 0.08 <= rules.minors <= 0.35
            assert 0.5 <= rules.declared <= 1.0

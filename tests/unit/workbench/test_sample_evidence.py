"""The synthetic platform and the hand-made scenarios are evidence the contract accepts whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests import scenarios
from workbench.sample import World, generate

SCENARIOS = (
    scenarios.one_private_chat, scenarios.hub_in_a_mixed_room, scenarios.crew_of_three, scenarios.single_convergence,
    scenarios.shell_pair_and_household, scenarios.owner_behind_a_circle, scenarios.every_table,
)


def test_no_row_of_a_generated_platform_is_rejected_or_a_duplicate(tmp_path: Path) -> None:
    world = World(accounts=(500, 500), days=(30, 30), look_alikes=0.6)
    truth = generate(tmp_path / "sample", seed=4, world=world)
    case = CaseFolder(tmp_path / "ws", "sample")
    report = ingest([tmp_path / "sample"], case=case)
    for table, rows in truth.sizes.items():
        counts = report.tables[table]
        assert (counts.read, counts.accepted) == (rows, rows), table
    with Lake(case) as lake:
        accounts = set(lake.table("accounts").account.to_pyarrow().to_pylist())
        parties = set(lake.table("companies").company.to_pyarrow().to_pylist())
        parties |= set(lake.table("persons").person.to_pyarrow().to_pylist())
    for group in truth.groups:
        assert set(group.members) | set(group.targets) <= accounts | parties, group.kind


@pytest.mark.parametrize("plant", SCENARIOS, ids=lambda plant: plant.__name__)
def test_a_scenario_is_accepted_and_holds_whom_it_names(
    plant: Callable[[Path], scenarios.Planted], tmp_path: Path
) -> None:
    planted = plant(tmp_path / "evidence")
    case = CaseFolder(tmp_path / "ws", "town")
    report = ingest([planted.folder], case=case)
    assert report.rejected == 0
    with Lake(case) as lake:
        messages = lake.table("messages")
        named = set(lake.table("accounts").account.to_pyarrow().to_pylist())
        named |= set(messages.sender.to_pyarrow().to_pylist())
        parties = set(lake.table("persons").person_id.to_pyarrow().to_pylist())
        parties |= set(lake.table("companies").company_id.to_pyarrow().to_pylist())
    assert {*planted.members, *planted.targets, *planted.bystanders} <= named | parties

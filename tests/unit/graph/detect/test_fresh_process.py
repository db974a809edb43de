"""Same evidence, other parameters, same process: the same findings as in a process in which nothing has run."""

import json
from functools import partial

import pytest

from graph.detect.context import DetectionContext
from graph.detect.finding import best_first
from graph.detect.registry import BY_KIND, DETECTIONS, KINDS
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.benchmarks.outside.cases import plant
from tests.benchmarks.outside.setting import Setting
from tests.forked import forking

SETTING = Setting(accounts=300, days=40, rooms=4, contacts=5.0, platforms=())
OTHER = {
    "hub": {"min_minors": 5},
    "ambush": {"min_crew": 4, "arrival_s": 60},
    "convergence": {"min_members": 7},
    "recruitment": {"min_recipients": 40},
    "extortion": {"press_days": 1, "dispersion": 0.2},
    "shell": {"coincidence": 0.4, "most_names": 3, "handover_s": 20, "private_holders": 3},
    "owner": {"control_share": 0.4},
    "room": {"seeker_minors": 2, "weak_q": 0.9, "moderate_q": 0.8, "min_adults": 1, "min_minors": 2},
}

FRESH = """
from pathlib import Path
from graph.detect.run import detect
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

def main(workspace, name, kind):
    with Lake(CaseFolder(Path(workspace), name)) as lake:
        print(detect(lake, [kind]).to_json())
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh")
    plant("c", 3, folder / "source", setting=SETTING)
    made = CaseFolder(folder / "workspace", "c").create()
    assert ingest([folder / "source"], case=made).rejected == 0
    return made


@pytest.fixture(scope="module")
def run(case):
    """One context as a run of all kinds has it: what a detection keeps there, or in its lake, others may take."""
    with Lake(case) as lake:
        finders = {}
        context = DetectionContext(lake, finders=finders)
        finders.update((item.kind, partial(item.find, context, item.parameters())) for item in DETECTIONS)
        yield context
        context.close()


@pytest.fixture(scope="module")
def fresh(case):
    """By kind the document of a process that has read the code and run nothing."""
    with forking(FRESH) as processes:
        found = {kind: processes.run(str(case.workspace), case.name, kind) for kind in KINDS}
    assert {code for code, _ in found.values()} == {0}
    return {kind: document for kind, (_, document) in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_run_with_other_parameters_the_defaults_give_what_a_fresh_process_gives(run, fresh, kind):
    row = BY_KIND[kind]
    others = best_first(row.find(run, row.parameters(**OTHER[kind])))
    again = best_first(row.find(run, row.parameters()))
    assert [finding.to_dict() for finding in again] == json.loads(fresh[kind])["findings"]
    assert others != again or kind == "room"  # the platform has no room to find

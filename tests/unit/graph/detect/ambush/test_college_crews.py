"""Real private messages of students: nobody accused in them, and crews planted into them found."""

from random import Random

import pytest

from graph.detect.ambush import AmbushParameters, find_ambush
from graph.detect.context import DetectionContext
from graph.detect.run import detect
from tests.college_crews import College
from tests.real_data import real_data


@pytest.fixture(scope="module")
def college():
    return College(real_data("CollegeMsg.txt"))


def test_nobody_is_strongly_accused_in_the_data_as_they_are(college, tmp_path):
    with college.lake(tmp_path / "case") as lake:
        findings = detect(lake, ["ambush", "convergence"]).findings
    crews, rushes = ([f for f in findings if f.kind == kind] for kind in ("ambush", "convergence"))
    assert [crew.members for crew in crews if crew.tier == "strong"] == []
    assert [rush.targets for rush in rushes if rush.tier == "strong"] == []
    assert sum(finding.tier != "weak" for finding in findings) <= 3  # two a thousand of 1,899 accounts
    assert len(rushes) >= 5  # bursts there are: the tier, not blindness, keeps them out


def test_planted_crews_of_five_are_found_and_nobody_beside_them(college, tmp_path):
    found, false = [], []
    for seed in (1, 2):
        random = Random(seed)
        crews = [college.crew(random) for _ in range(4)]
        with college.lake(tmp_path / str(seed), crews) as lake:
            findings = find_ambush(DetectionContext(lake), AmbushParameters())
        held = [crew.held_by(findings) for crew in crews]
        found += [finding is not None and finding.tier != "weak" for finding in held]
        false += [f.members for f in findings if f.tier == "strong" and f not in held]
    assert sum(found) >= 0.85 * len(found), found
    assert false == []

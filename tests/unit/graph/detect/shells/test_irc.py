"""Does the strong tier hold on a real channel, where nick changes say who is one person?"""

import tarfile
from pathlib import Path

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters, find_shells
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.benchmarks.shells_irc import judged, persons
from tests.real_data import real_data


def test_nicks_of_one_person_are_joined_and_others_are_not(tmp_path: Path) -> None:
    with tarfile.open(real_data("ubuntu-irc.tar.gz")) as archive:
        archive.extractall(tmp_path / "logs", filter="data")
    case = CaseFolder(tmp_path / "workspace", "irc").create()
    ingest([tmp_path / "logs"], case=case, timezone="UTC")
    with Lake(case) as lake:
        context = DetectionContext(lake)
        findings = find_shells(context, ShellParameters(left_out="alias"))
        context.close()
        strong = judged(findings, persons(lake), ("strong",))
    assert strong["precision"] >= 0.8
    assert strong["pairs judged"] >= 10
    assert 0.0 < strong["recall"] < 0.05, "few of these nicks ever show a host, and a name alone never links"

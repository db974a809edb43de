"""The composition root: cases by name, and an engine that was killed comes back."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from graph.detect.values import count
from graph.errors import GraphError
from graph.load import alone, write_findings
from tests.scenarios import one_private_chat
from workbench.bootstrap import Workbench, open_workbench
from workbench.errors import UnknownCase
from workbench.runs.findings_file import store_findings
from workbench.settings import Settings


def workbench(folder: Path) -> Workbench:
    return Workbench(Settings(workspace=folder, user="ada"))


def test_the_only_case_needs_no_name_and_several_are_listed(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        with pytest.raises(UnknownCase, match="no case was named"):
            bench.case(None)
        bench.case("one", create=True)
        assert bench.case(None).name == "one"
        bench.case("two", create=True)
        with pytest.raises(UnknownCase, match="one, two"):
            bench.case(None)
        with pytest.raises(UnknownCase, match="there is one, two"):
            bench.case("three")


@pytest.mark.embedded
def test_a_killed_engine_is_started_again_under_a_held_lease(tmp_path: Path) -> None:
    planted = one_private_chat(tmp_path / "evidence")
    with workbench(tmp_path / "w") as bench:
        case = bench.case("c", create=True)
        bench.ingest(case, [planted.folder])
        count = "MATCH (a:Account) RETURN count(a)"
        with bench.reader(case) as store:
            before = store.read(count).rows
        victims = [
            process
            for process in psutil.process_iter(["cmdline"])
            if str(tmp_path) in " ".join(process.info["cmdline"] or ()) and process.pid != os.getpid()
        ]
        assert victims
        for process in victims:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs(victims, timeout=10)
        with bench.reader(case) as store:
            assert store.read(count).rows == before


@pytest.mark.embedded
def test_a_graph_of_an_earlier_form_is_made_anew_with_the_findings_in_it(tmp_path: Path) -> None:
    planted = one_private_chat(tmp_path / "evidence")
    with workbench(tmp_path / "w") as bench:
        case = bench.case("c", create=True)
        bench.ingest(case, [planted.folder])
        reason = Reason("reports_by_targets", {"reports": count(2)})
        lead = Finding("hub", planted.members, "weak", 0.1, (reason,), targets=planted.targets)
        store_findings(case, FindingsDocument(case.name, "run", "digest", {"kinds": ["hub"]}, (lead,)))
        with bench.writer(case) as store:
            store.write("MATCH (c:Case) SET c.schema_version = 1")
        assert [bench.project(case).mode for _again in range(2)] == ["full", "unchanged"]
        with bench.reader(case) as store:
            assert store.read("MATCH (f:Finding) RETURN f.id").rows == [(lead.finding_id,)]


@pytest.mark.embedded
def test_findings_are_kept_and_written_by_one_process_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def held_while(work: Callable[..., object]) -> Callable[..., object]:
        def worked(*given: object) -> object:
            with pytest.raises(GraphError, match="another process is writing"), alone(case.path, wait_s=0):
                pass
            held.append(work.__name__)
            return work(*given)

        return worked

    for work in (write_findings, store_findings):
        monkeypatch.setattr(f"workbench.bootstrap.{work.__name__}", held_while(work))
    planted = one_private_chat(tmp_path / "evidence")
    with workbench(tmp_path / "w") as bench:
        case = bench.case("c", create=True)
        bench.ingest(case, [planted.folder])
        bench.detect(case, ["owner"])
        bench.rebuild(case)
    assert held == ["store_findings", "write_findings", "write_findings"]


def test_unknown_options_are_refused() -> None:
    with pytest.raises(Exception, match="unknown options"):
        open_workbench(colour="blue")


def test_where_a_team_works_nobody_outside_a_case_hears_that_the_workspace_is_empty(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        bench.case("one", create=True)
        roster = bench.casebook.roster
        roster.give_role("lea", "administrator", by="ada")
        roster.give_role("ada", "analyst", by="lea")
        with pytest.raises(UnknownCase, match="no case 'one' that ada is a member of") as refused:
            bench.case("one")
        assert "ask who leads the case" in str(refused.value)

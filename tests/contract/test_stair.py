"""From real files to leads on both engines, by the command line alone: counts reconcile, same bytes each time."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import fetch
from graph.detect.finding import Finding
from graph.embedded import EmbeddedEngine
from graph.store import Address, Store
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.contract.notebooks import FOLDER, run_notebook
from tests.real_data import real_data
from workbench.bootstrap import Workbench
from workbench.cli.entry import run
from workbench.lead_graphs import drawing_of
from workbench.runs.findings_file import load_findings
from workbench.settings import Settings

NOTEBOOKS: dict[str, dict[str, object]] = {  # what each leaves behind
    "ask-a-case": {"account": "soleil_lilou51"},
    "a-group-as-a-graph": {"written_to_by_all": 9},
    "cypher-of-one-s-own": {"warned": ["the answer has more than 500 rows: open the case with a larger max_rows"]},
}
CONTACTS = "MATCH (:Account)-[c:CONTACTED]->(:Account) RETURN count(c)"


class Shell:
    """Runs commands in one workspace against one engine."""

    def __init__(self, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.workspace, self._capsys = workspace, capsys

    def __call__(self, *arguments: str) -> str:
        code = run(["--workspace", str(self.workspace), *arguments])
        captured = self._capsys.readouterr()
        assert code == 0, captured.err
        return captured.out

    def report(self, *arguments: str) -> dict[str, dict[str, int]]:
        path = self.workspace.parent / f"{self.workspace.name}-report.json"
        self("ingest", *arguments, "--json", str(path))
        tables: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))["tables"]
        for counts in tables.values():
            assert counts["read"] == counts["accepted"] + counts["rejected"] + counts["duplicate"]
        return tables

    def findings(self, case: str) -> bytes:
        path = self.workspace.parent / f"{self.workspace.name}-{case}.json"
        self("detect", "all", "--case", case, "--json", str(path))
        return path.read_bytes()

    def kept(self, case: str) -> bytes:
        """The findings that the case holds."""
        found = load_findings(CaseFolder(self.workspace, case))
        assert found is not None
        return found.to_json().encode()


@pytest.fixture
def embedded_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    yield Shell(tmp_path / "embedded", capsys)
    assert EmbeddedEngine(tmp_path / "embedded").stop_if_idle(timeout_s=20.0)


@pytest.fixture
def neo4j_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], neo4j_address: Address, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    monkeypatch.setenv("FILATURE_GRAPH", neo4j_address.url)
    monkeypatch.setenv("FILATURE_GRAPH_USER", neo4j_address.user)
    monkeypatch.setenv("FILATURE_GRAPH_PASSWORD", neo4j_address.password)
    with Store.connect(neo4j_address) as store:
        store.wipe()
    yield Shell(tmp_path / "server", capsys)
    with Store.connect(neo4j_address) as store:
        store.wipe()


@pytest.fixture(
    params=[pytest.param("embedded", marks=pytest.mark.embedded), pytest.param("neo4j", marks=pytest.mark.neo4j)]
)
def shell(request: pytest.FixtureRequest) -> Shell:
    chosen: Shell = request.getfixturevalue(f"{request.param}_shell")
    return chosen


def opens_every_record(workspace: Path, case: str, document: bytes) -> int:
    """Open every record that a finding cites; returns how many, fails on one without file and row."""
    findings = json.loads(document)["findings"]
    cited = sorted({ref for item in findings for reason in item["reasons"] for ref in reason["records"]})
    with Lake(CaseFolder(workspace, case)) as lake:
        opened = {record.ref: record.location for record in lake.records(cited)}
    assert sorted(opened) == cited
    for location in opened.values():
        file, _, row = location.rpartition(":")
        assert Path(file).name
        assert int(row) >= 1
    return len(cited)


def draws_every_record(workspace: Path, case: str, document: bytes) -> set[str]:
    """Draw the best lead of each kind; what its links and nodes show are the records that it cites.  Returns kinds."""
    leads = [Finding.from_dict(item) for item in json.loads(document)["findings"]]
    best = {lead.kind: lead for lead in reversed(leads)}
    with Workbench(Settings(workspace=workspace, user="ann")) as workbench:
        folder = workbench.case(case)
        with workbench.lake(folder) as lake, workbench.reader(folder) as store:
            for lead in best.values():
                drawing = drawing_of(lake, lambda keys: fetch.nodes(store, keys).subgraph, lead)
                links = {(edge.source, edge.target, edge.type) for edge in drawing.subgraph.edges}
                nodes = {node.key for node in drawing.subgraph.nodes}
                assert {one for one in drawing.shows if not isinstance(one, str)} <= links
                assert {one for one in drawing.shows if isinstance(one, str)} <= nodes
                shown = {ref for refs in drawing.shows.values() for ref in refs}
                assert shown == {ref for reason in lead.reasons for ref in reason.records}, lead.finding_id
                assert nodes == set(drawing.places)
                assert len(set(drawing.places.values())) == len(nodes), "two stand at one place"
    return set(best)


def test_college_messages(shell: Shell) -> None:
    source = str(real_data("CollegeMsg.txt"))
    arguments = (source, "--case", "college", "--mapping", "collegemsg")
    first, second = shell.report(*arguments), shell.report(*arguments)
    assert first["messages"] == {"read": 59_835, "accepted": 59_835, "rejected": 0, "duplicate": 0}
    assert second["messages"] == {"read": 59_835, "accepted": 0, "rejected": 0, "duplicate": 59_835}
    assert shell("cypher", CONTACTS, "--case", "college", "--format", "csv").split()[-1] == "20296"
    document = shell.findings("college")
    assert document == shell.findings("college")
    opens_every_record(shell.workspace, "college", document)


@pytest.mark.embedded
@pytest.mark.timeout(900)
def test_irc_logs(embedded_shell: Shell, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    with tarfile.open(real_data("ubuntu-irc.tar.gz")) as archive:
        archive.extractall(logs, filter="data")
    arguments = (str(logs), "--format", "irc", "--timezone", "UTC", "--case", "irc")
    first, second = embedded_shell.report(*arguments), embedded_shell.report(*arguments)
    assert first["messages"]["accepted"] > 30_000
    assert {name: counts["accepted"] for name, counts in second.items()} == dict.fromkeys(second, 0)
    assert {name: counts["read"] for name, counts in second.items()} == {
        name: counts["read"] for name, counts in first.items()
    }
    assert opens_every_record(embedded_shell.workspace, "irc", embedded_shell.findings("irc")) > 0


@pytest.mark.embedded
@pytest.mark.neo4j
@pytest.mark.timeout(900)
def test_the_sample_case_gives_the_same_findings_on_both_engines_and_in_another_workspace(
    embedded_shell: Shell, neo4j_shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Against what was planted" in neo4j_shell("demo", "--no-ui")
    on_server = neo4j_shell.kept("sample")
    in_graph = neo4j_shell(
        "cypher", "MATCH (f:Finding) RETURN f.id AS id ORDER BY id", "--case", "sample", "--format", "csv"
    )
    monkeypatch.delenv("FILATURE_GRAPH")
    embedded_shell("demo", "--no-ui")
    assert embedded_shell.kept("sample") == on_server
    statement = "MATCH (f:Finding) RETURN f.id AS id ORDER BY id"
    assert embedded_shell("cypher", statement, "--case", "sample", "--format", "csv") == in_graph
    assert opens_every_record(embedded_shell.workspace, "sample", on_server) > 100
    assert draws_every_record(embedded_shell.workspace, "sample", on_server) == {
        "hub", "ambush", "convergence", "recruitment", "extortion", "shell", "owner",
    }
    monkeypatch.setenv("FILATURE_WORKSPACE", str(embedded_shell.workspace))
    assert set(NOTEBOOKS) == {path.stem for path in FOLDER.glob("*.ipynb")}
    for name, expected in NOTEBOOKS.items():
        left = run_notebook(name)
        assert {result: left[result] for result in expected} == expected, name

"""From real files to leads on both engines, by the command line alone: counts reconcile, same bytes each time."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from graph import fetch
from graph.detect.finding import Finding
from graph.store import Address, Store
from tests.contract.notebooks import FOLDER, run_notebook
from tests.contract.shell import Shell, opens_every_record
from tests.real_data import real_data
from workbench.bootstrap import Workbench
from workbench.cli.commands import demo
from workbench.lead_graphs import drawing_of
from workbench.sample import World, generate
from workbench.settings import Settings

SMALL, SEED = World(accounts=(510, 560), days=(14, 20)), "6"
"""A smaller sample than the usual one, with leads of every kind and all that the notebooks ask for."""
NOTEBOOKS: dict[str, dict[str, object]] = {  # what each leaves behind
    "ask-a-case": {"account": "zouyuki"},
    "a-group-as-a-graph": {"written_to_by_all": 6},
    "cypher-of-one-s-own": {"warned": ["the answer has more than 500 rows: open the case with a larger max_rows"]},
}


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


@pytest.mark.embedded
def test_college_messages(embedded_shell: Shell) -> None:
    shell = embedded_shell  # the same on Neo4j: test_load.py; the leads of such messages: test_stair_logs.py
    source = str(real_data("CollegeMsg.txt"))
    arguments = (source, "--case", "college", "--mapping", "collegemsg")
    first, second = shell.report(*arguments), shell.report(*arguments)
    assert first["messages"] == {"read": 59_835, "accepted": 59_835, "rejected": 0, "duplicate": 0}
    assert second["messages"] == {"read": 59_835, "accepted": 0, "rejected": 0, "duplicate": 59_835}
    counted = {
        "MATCH (a:Account)-[c:CONTACTED]->(:Account) RETURN count(c) AS contacts, sum(c.messages) AS messages":
            "20296,59835",
        "MATCH (a:Account) RETURN count(a) AS accounts": "1899",
    }
    for statement, numbers in counted.items():
        assert shell("cypher", statement, "--case", "college", "--format", "csv").split()[-1] == numbers


@pytest.mark.embedded
@pytest.mark.neo4j
@pytest.mark.timeout(900)
def test_the_sample_case_gives_the_same_findings_on_both_engines_and_in_another_workspace(
    embedded_shell: Shell, neo4j_shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "generate", partial(generate, world=SMALL))
    assert "Against what was planted" in neo4j_shell("demo", "--no-ui", "--seed", SEED)
    on_server = neo4j_shell.kept("sample")
    in_graph = neo4j_shell(
        "cypher", "MATCH (f:Finding) RETURN f.id AS id ORDER BY id", "--case", "sample", "--format", "csv"
    )
    monkeypatch.delenv("FILATURE_GRAPH")
    shutil.copytree(neo4j_shell.workspace / "sample", embedded_shell.workspace / "sample")  # demo reads it as it stands
    embedded_shell("demo", "--no-ui", "--seed", SEED)
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

"""Is the search one with the graph, and the same on both engines?  Every node of a searched label, and no other hit."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import UnknownEntity
from graph.fetch import entity
from graph.search import SEARCHED, find, open_index
from graph.store import Store
from ingest.case_folder import CaseFolder
from tests.contract.batches import Load, three_batches
from workbench.cli.entry import run

ASKED = ("a", "ann", "Lobby", "192.0.2.1", "A@courriel.example", "someone", "one", "d1", "new", "contract:c", "nobody")


def nodes(store: Store) -> set[str]:
    found = [store.read(f"MATCH (n:{label}) RETURN n.id").rows for label in SEARCHED]
    return {f"{label}/{row[0]}" for label, rows in zip(SEARCHED, found, strict=True) for row in rows}


def entries(case: CaseFolder) -> set[str]:
    with open_index(case) as index:
        rows = index.base.execute("SELECT label, id FROM entity").fetchall()
    return {f"{SEARCHED[label]}/{identity}" for label, identity in rows}


def test_the_index_holds_the_nodes_of_the_graph_after_every_batch(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    following: Callable[[], bool] = three_batches(case, tmp_path / "evidence")
    batches = 0
    while following():
        load()
        batches += 1
        assert entries(case) == nodes(store) != set()
        with open_index(case) as index:
            for text in ASKED:
                for hit in find(index, text).hits:
                    assert entity(store, hit.id, label=hit.label).node.key == hit.key
            for key in sorted(nodes(store)):
                label, _, identity = key.partition("/")
                best = find(index, identity, labels=[label]).hits[0]
                assert (best.key, best.match) == (key, "exact")
            with pytest.raises(UnknownEntity):
                entity(store, "contract:nobody")
            assert find(index, "contract:nobody").total == 0
    assert batches == 3


@pytest.mark.embedded
@pytest.mark.neo4j
def test_the_command_answers_alike_on_both_engines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, neo4j_writer: Store
) -> None:
    neo4j_writer.wipe()
    answers = {}
    for engine in ("embedded", "neo4j"):
        if engine == "neo4j":
            monkeypatch.setenv("FILATURE_GRAPH", neo4j_writer.address.url)
            monkeypatch.setenv("FILATURE_GRAPH_USER", neo4j_writer.address.user)
            monkeypatch.setenv("FILATURE_GRAPH_PASSWORD", neo4j_writer.address.password)
        folder = tmp_path / engine / "evidence"
        case = CaseFolder(tmp_path / engine / "workspace", "contract").create()
        following = three_batches(case, folder)
        while following():
            pass
        common = ("--workspace", str(case.workspace), "--case", case.name)
        assert run(["rebuild", *common]) == 0
        capsys.readouterr()
        for text in ASKED:
            assert run(["search", text, *common, "--format", "json"]) == 0
            answers.setdefault(text, []).append(capsys.readouterr())
    for text, (embedded, server) in answers.items():
        assert embedded == server, text
    assert [hit["id"] for hit in json.loads(answers["192.0.2.1"][0].out)] == [
        "ip:192.0.2.1", "contract:a", "contract:b",
    ]
    neo4j_writer.wipe()

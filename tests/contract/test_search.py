"""Does the command find the same on both engines?"""

import json
from pathlib import Path

import pytest

from graph.store import Store
from ingest.case_folder import CaseFolder
from tests.contract.batches import three_batches
from workbench.cli.entry import run

ASKED = ("ann", "192.0.2.1", "A@courriel.example", "nobody")  # what the index says to more of them: searched.py


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

"""The files for neo4j-admin load into a real Neo4j, with the same counts and values."""

from datetime import UTC, datetime
from pathlib import Path

import neo4j
import pytest

from graph.subgraph import Edge, Node, Subgraph
from tests.engines import missing
from tests.neo4j.server import SHORT_LIVED, Neo4jServer, Unavailable
from workbench.exports import write

GRAPH = Subgraph.of(
    [
        Node("p:1", "Account", {"pseudonym": 'a "quoted", name\nin two lines', "declared_age": 34, "stub": False,
                                "created_at": datetime(2024, 3, 1, tzinfo=UTC), "nothing": None, "empty": ""}),
        Node("p:2", "Account", {"pseudonym": "=1+1;x", "share": 0.5}), Node("p:r", "Room", {"name": "Lobby"}),
    ],
    [
        Edge("Account/p:1", "Account/p:2", "CONTACTED", {"messages": 3}),
        Edge("Account/p:1", "Account/p:2", "CONTACTED", {"messages": 4}),
        Edge("Account/p:2", "Room/p:r", "POSTED_IN", {"messages": 1}),
    ],
)


@pytest.mark.timeout(600)
def test_a_real_neo4j_imports_the_same_graph(tmp_path: Path) -> None:
    out = tmp_path / "import files"
    write(GRAPH, "neo4j", out, provenance={})
    options = (out / "import.txt").read_text().replace(" \\\n", " ").split()
    assert options[:5] == ["neo4j-admin", "database", "import", "full", "neo4j"]
    placed = [
        f"{name}={out / value}" if name in ("--nodes", "--relationships") else option
        for option in options[1:] for name, _, value in [option.partition("=")]
    ]
    try:
        server = Neo4jServer(tmp_path / "home", SHORT_LIVED)
        server.prepare()
        server.admin(*placed)
        server.start()
    except Unavailable as reason:
        missing(str(reason))
    try:
        with neo4j.GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
            ask = lambda text: [record.data() for record in driver.execute_query(text).records]  # noqa: E731
            nodes = ask("MATCH (n) RETURN labels(n)[0] AS label, n.key AS key, properties(n) AS has ORDER BY key")
            links = ask("MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS a, b.id AS b, r.messages AS m ORDER BY m")
    finally:
        server.stop()
    assert [(node["label"], node["key"]) for node in nodes] == [
        ("Account", "Account/p:1"), ("Account", "Account/p:2"), ("Room", "Room/p:r"),
    ]
    first = nodes[0]["has"]
    assert first["pseudonym"] == 'a "quoted", name\nin two lines'
    assert (first["declared_age"], first["stub"], first["empty"]) == (34, False, "")
    assert first["created_at"].to_native() == datetime(2024, 3, 1, tzinfo=UTC)
    assert "nothing" not in first
    assert [(link["type"], link["a"], link["b"], link["m"]) for link in links] == [
        ("POSTED_IN", "p:2", "p:r", 1), ("CONTACTED", "p:1", "p:2", 3), ("CONTACTED", "p:1", "p:2", 4),
    ]

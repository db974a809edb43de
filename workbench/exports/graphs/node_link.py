"""A subgraph as node-link JSON, as NetworkX and d3 read it; properties are nested, so no name can collide."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.values import from_json, to_json


def write_json(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the file, one node or edge a line, in ASCII: no control character reaches a terminal."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        head = json.dumps(to_json(dict(provenance)), sort_keys=True)
        out.write('{"directed": true, "multigraph": true, "graph": ' + head + ',\n"nodes": [')
        for number, node in enumerate(subgraph.nodes):
            item = {"id": node.key, "entity_id": node.id, "label": node.label, "properties": to_json(node.properties)}
            out.write((",\n" if number else "\n") + json.dumps(item))
        out.write('\n],\n"edges": [')
        for number, edge in enumerate(subgraph.edges):
            item = {
                "source": edge.source, "target": edge.target, "key": number, "type": edge.type,
                "properties": to_json(edge.properties),
            }
            out.write((",\n" if number else "\n") + json.dumps(item))
        out.write("\n]}\n")


def read_json(path: Path) -> Subgraph:
    """The subgraph that was written."""
    data = json.loads(path.read_text(encoding="ascii"))
    nodes = (Node(item["entity_id"], item["label"], from_json(item["properties"])) for item in data["nodes"])
    edges = (
        Edge(item["source"], item["target"], item["type"], from_json(item["properties"])) for item in data["edges"]
    )
    return Subgraph.of(nodes, edges)

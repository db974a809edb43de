"""A subgraph as Cytoscape JSON, as Cytoscape, Cytoscape.js and NetworkX read it; properties are nested."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.values import display_name, from_json, to_json


def write_cytoscape(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the file, one element a line, in ASCII.  ``name`` is what a reader shows."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        head = json.dumps(to_json(dict(provenance)), sort_keys=True)
        out.write('{"directed": true, "multigraph": true, "data": ' + head + ',\n"elements": {"nodes": [')
        for number, node in enumerate(subgraph.nodes):
            # NetworkX wants a value of each
            told = {"id": node.key, "value": node.key, "name": display_name(node), "entity_id": node.id,
                    "label": node.label, "properties": to_json(node.properties)}
            out.write((",\n" if number else "\n") + json.dumps({"data": told}))
        out.write('\n],\n"edges": [')
        for number, edge in enumerate(subgraph.edges):
            link = {"id": f"e{number}", "key": number, "source": edge.source, "target": edge.target, "name": edge.type,
                    "type": edge.type, "properties": to_json(edge.properties)}
            out.write((",\n" if number else "\n") + json.dumps({"data": link}))
        out.write("\n]}}\n")


def read_cytoscape(path: Path) -> Subgraph:
    """The subgraph that was written."""
    elements = json.loads(path.read_text(encoding="ascii"))["elements"]
    nodes = (entry["data"] for entry in elements["nodes"])
    edges = (entry["data"] for entry in elements["edges"])
    return Subgraph.of(
        (Node(told["entity_id"], told["label"], from_json(told["properties"])) for told in nodes),
        (Edge(told["source"], told["target"], told["type"], from_json(told["properties"])) for told in edges),
    )

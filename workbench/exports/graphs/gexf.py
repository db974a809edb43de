"""A subgraph as GEXF 1.2, as Gephi reads it: nodes are labelled by pseudonym or name, edges by their type."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.values import Columns, columns_of, display_name, edge_values, encode, escape, node_values

_TYPES = {"text": "string", "integer": "long", "number": "double", "boolean": "boolean"}


def write_gexf(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the file; the provenance stands in the manifest."""
    del provenance
    with path.open("w", encoding="utf-8", newline="\n") as out:
        _write(subgraph, out)


def _write(subgraph: Subgraph, out: IO[str]) -> None:
    nodes, edges = columns_of(subgraph)
    node_columns: Columns = {"entity_id": "text", "entity_label": "text", **nodes}
    edge_columns: Columns = dict(edges)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write('<graph defaultedgetype="directed" mode="static">\n')
    for domain, columns in (("node", node_columns), ("edge", edge_columns)):
        out.write(f'<attributes class="{domain}" mode="static">\n')
        for number, (name, column) in enumerate(columns.items()):
            kind = _TYPES.get(column, "string")
            out.write(f'<attribute id="{number}" title={_attribute(name)} type="{kind}"/>\n')
        out.write("</attributes>\n")
    out.write("<nodes>\n")
    for node in subgraph.nodes:
        out.write(_node(node, node_columns))
    out.write("</nodes>\n<edges>\n")
    for number, edge in enumerate(subgraph.edges):
        out.write(_edge(number, edge, edge_columns))
    out.write("</edges>\n</graph>\n</gexf>\n")


def _node(node: Node, columns: Columns) -> str:
    values = {**node_values(node), "entity_id": node.id, "entity_label": node.label}
    return (
        f"<node id={_attribute(node.key)} label={_attribute(display_name(node))}>"
        f"{_values(values, columns)}</node>\n"
    )


def _edge(number: int, edge: Edge, columns: Columns) -> str:
    return (
        f'<edge id="{number}" source={_attribute(edge.source)} target={_attribute(edge.target)} '
        f"label={_attribute(edge.type)}>{_values(edge_values(edge), columns)}</edge>\n"
    )


def _values(values: Mapping[str, Any], columns: Columns) -> str:
    cells = [
        f'<attvalue for="{number}" value={_attribute(_cell(encode(values[name], columns[name])))}/>'
        for number, name in enumerate(columns)
        if name in values
    ]
    return f"<attvalues>{''.join(cells)}</attvalues>" if cells else ""


def _cell(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def _attribute(text: str) -> str:
    return quoteattr(escape(text))

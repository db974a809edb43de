"""A subgraph as GraphML, as yEd, Gephi, Cytoscape and NetworkX read it.

Node names are keys (``Label/id``); attributes are ``id``, ``label``, ``type`` and the properties, as in
``Subgraph.to_networkx``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape as xml_text
from xml.sax.saxutils import quoteattr

from graph.subgraph import Subgraph
from workbench.exports.values import Columns, columns_of, edge_values, encode, escape, node_values

_TYPES = {"text": "string", "integer": "long", "number": "double", "boolean": "boolean"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write_graphml(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the file; the provenance stands in the manifest."""
    del provenance
    with path.open("w", encoding="utf-8", newline="\n") as out:
        _write(subgraph, out)


def _write(subgraph: Subgraph, out: IO[str]) -> None:
    nodes, edges = columns_of(subgraph)
    node_columns: Columns = {"id": "text", "label": "text", **nodes}
    edge_columns: Columns = {"type": "text", **edges}
    keys = {("node", name): f"n{number}" for number, name in enumerate(node_columns)}
    keys |= {("edge", name): f"e{number}" for number, name in enumerate(edge_columns)}
    out.write(_HEAD)
    for domain, columns in (("node", node_columns), ("edge", edge_columns)):
        for name, column in columns.items():
            out.write(
                f'<key id="{keys[domain, name]}" for="{domain}" attr.name={_attribute(name)} '
                f'attr.type="{_TYPES.get(column, "string")}"/>\n'
            )
    out.write('<graph edgedefault="directed">\n')
    for node in subgraph.nodes:
        values = {"id": node.id, "label": node.label, **node_values(node)}
        out.write(f"<node id={_attribute(node.key)}>{''.join(_data('node', values, node_columns, keys))}</node>\n")
    for edge in subgraph.edges:
        values = {"type": edge.type, **edge_values(edge)}
        data = "".join(_data("edge", values, edge_columns, keys))
        out.write(f"<edge source={_attribute(edge.source)} target={_attribute(edge.target)}>{data}</edge>\n")
    out.write("</graph>\n</graphml>\n")


def _data(
    domain: str, values: Mapping[str, Any], columns: Columns, keys: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    for name in columns:
        if name in values:
            yield f'<data key="{keys[domain, name]}">{cell(encode(values[name], columns[name]))}</data>'


def cell(value: str | int | float | bool) -> str:
    """A value as XML text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return xml_text(escape(value)) if isinstance(value, str) else repr(value)


def _attribute(text: str) -> str:
    return quoteattr(escape(text))

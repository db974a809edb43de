"""A subgraph as an Analyst's Notebook chart (ANX, XML of i2 Analyst's Notebook 8.5 and later).

Source of the format: the chart schema as Lumify's exporter and SnagL's importer have it.  Positions are those of our
own layout; nothing in the chart refers to a picture or an address outside of it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from graph.layout import positions
from graph.subgraph import Subgraph
from workbench.exports.exchange.statements import about, first_and_last, sentence, text_of
from workbench.exports.values import Columns, columns_of, display_name, edge_values, encode, node_values

_ICONS = {"Account": "Person", "Room": "Meeting", "Identifier": "Phone", "Company": "Office", "Person": "Person",
          "Platform": "Internet", "Finding": "Flag", "Report": "Document"}
_SPREAD = 1200


def write_anx(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the chart; properties are attributes of their items."""
    nodes, edges = columns_of(subgraph)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<Chart IdReferenceLinking="false" '
                  f"Description={_quoted(about(provenance))}>\n")
        _types(subgraph, {**nodes, **edges, "key": "text"}, out)
        out.write("<ChartItemCollection>\n")
        _entities(subgraph, nodes, out)
        _links(subgraph, edges, out)
        out.write("</ChartItemCollection>\n</Chart>\n")


def _quoted(text: Any) -> str:
    return quoteattr(text_of(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _types(subgraph: Subgraph, columns: Columns, out: IO[str]) -> None:
    out.write("<AttributeClassCollection>\n")
    for name in columns:
        out.write(f'<AttributeClass Name={_quoted(name)} Type="AttText" Visible="false" ShowValue="true"/>\n')
    out.write("</AttributeClassCollection>\n<StrengthCollection>\n")
    out.write('<Strength Name="Default" DotStyle="DotStyleSolid"/>\n</StrengthCollection>\n<EntityTypeCollection>\n')
    for label in sorted({node.label for node in subgraph.nodes}):
        icon = _ICONS.get(label, "Anonymous")
        out.write(f"<EntityType Name={_quoted(label)} IconFile={_quoted(icon)} "
                  'PreferredRepresentation="RepresentAsIcon"/>\n')
    out.write("</EntityTypeCollection>\n<LinkTypeCollection>\n")
    for kind in sorted({edge.type for edge in subgraph.edges}):
        out.write(f"<LinkType Name={_quoted(kind)}/>\n")
    out.write("</LinkTypeCollection>\n")


def _entities(subgraph: Subgraph, columns: Columns, out: IO[str]) -> None:
    placed = positions(subgraph)
    for number, node in enumerate(subgraph.nodes):
        x, y = placed[node.key]
        label = _quoted(display_name(node) or node.label)
        out.write(
            f'<ChartItem Label={label} XPosition="{round(x * _SPREAD)}" YPosition="{round(y * _SPREAD)}">'
            f'<End X="{round(x * _SPREAD)}" Y="{round(y * _SPREAD)}" Z="0"><Entity EntityId="n{number}" '
            f'Identity={_quoted(node.key)} LabelIsIdentity="false"><Icon><IconStyle Type={_quoted(node.label)}/></Icon>'
            f"</Entity></End>{_attributes({**node_values(node), 'key': node.key}, {**columns, 'key': 'text'})}"
            "</ChartItem>\n"
        )


def _links(subgraph: Subgraph, columns: Columns, out: IO[str]) -> None:
    numbers = {node.key: number for number, node in enumerate(subgraph.nodes)}
    for edge in subgraph.edges:
        first, _ = first_and_last(edge)
        at = "" if first is None else first.replace(tzinfo=None).isoformat(timespec="seconds")
        when = f' DateTime="{at}" DateSet="true" TimeSet="true"' if at else ""
        said = ", ".join(filter(None, (edge.type.lower().replace("_", " "), sentence(edge))))
        out.write(
            f'<ChartItem Label={_quoted(said)}{when}><Link End1Id="n{numbers[edge.source]}" '
            f'End2Id="n{numbers[edge.target]}"><LinkStyle Type={_quoted(edge.type)} ArrowStyle="ArrowOnHead" '
            f'Strength="Default"/></Link>{_attributes(edge_values(edge), columns)}</ChartItem>\n'
        )


def _attributes(values: Mapping[str, Any], columns: Columns) -> str:
    cells = (
        f"<Attribute AttributeClass={_quoted(name)} Value={_quoted(encode(values[name], columns[name]))}/>"
        for name in columns if values.get(name) is not None
    )
    inside = "".join(cells)
    return f"<AttributeCollection>{inside}</AttributeCollection>" if inside else ""

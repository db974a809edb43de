"""Of which style is a saved view, and which values does it ask for?  What would name somebody is no style."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from graph.measures import MEASURES, measures
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.case_measures import measured
from workbench.looks import PROPERTIES, Looks, Style
from workbench.masking.telling import HIDDEN
from workbench.report.people import People

Values = Mapping[str, Mapping[str, Any]]


def style_of(body: Mapping[str, Any]) -> Style:
    """The kept style as far as screens offer it: a picture from elsewhere may ask for the names of minors."""
    style = Style.kept(body)
    offered = {*MEASURES, *PROPERTIES}
    usual: dict[str, Any] = {name: "" for name in ("size", "color") if getattr(style, name) not in offered}
    return replace(style, rules=tuple(rule for rule in style.rules if rule.name in offered), **usual)


def values_of(case: CaseFolder, lake: Lake, style: Style, drawn: Subgraph) -> Values:
    """Of each measure that the style asks for its values on what is drawn, or of it in the whole case."""
    wanted = [name for name in style.measured if name in MEASURES]
    if not wanted or not drawn.nodes:
        return {}
    if style.scope != "case":
        frame = measures(drawn, wanted)
        return {name: {str(key): value for key, value in frame[name].items()} for name in wanted}
    there = {node.key for node in drawn.nodes}
    found = measured(case, lambda: nullcontext(lake), wanted)
    return {
        name: {key: value for key, value in found[name].values.items() if key in there} for name in wanted
    }


def legend_masked(looks: Looks, people: People) -> Looks:
    """The legend with no word that tells a minor: it holds values of the data."""
    return replace(looks, legend=tuple(
        replace(entry, name=HIDDEN if people.names_a_minor(entry.name) else people.value(entry.name))
        for entry in looks.legend
    ))

"""A subgraph as one HTML page that opens anywhere: drawn by vis-network out of pyvis, and it asks nobody for anything.

Positions are given and physics is off.  pyvis's own page template loads scripts from elsewhere and turns tooltips
into markup, so only its network data and its copy of vis-network are used.  The page's policy
(``Content-Security-Policy``) allows exactly its two scripts, by hash, and no connection at all.  Minors are shown
without name and id unless ``reveal_minors`` is asked for.
"""

import base64
import hashlib
import html
import json
import math
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyvis.network import Network

from graph.layout import Position
from graph.subgraph import Subgraph
from workbench.canvas.palette import LIT_COLOR
from workbench.explore.board import GROUP
from workbench.exports.pictures.link_labels import link_labels
from workbench.exports.pictures.outlines import OUTLINES
from workbench.exports.pictures.scene import Scene, scene_of
from workbench.exports.pictures.visible import visible
from workbench.exports.values import to_json
from workbench.lead_graphs.drawing import NAME
from workbench.masking.telling import native
from workbench.views.models.words.contract import property_value, property_word

_NAMING = frozenset(("pseudonym", "id", "name", "value", "bearers", "written"))
_WORDS = frozenset(("label", "kind", "role", "status", "platform", "minor_basis", "tier", "part", "batch_id", "run_id"))
"""Texts that name nobody: words of the schema, and numbers of batches and runs."""
_PIXELS = 190.0  # the side of the square that a node has for itself
_LIT = {"color": {"color": LIT_COLOR, "highlight": LIT_COLOR}, "width": 3}
_OPTIONS = {
    "physics": {"enabled": False}, "layout": {"improvedLayout": False}, "configure": {"enabled": False},
    "interaction": {"keyboard": True, "navigationButtons": False, "tooltipDelay": 1_000_000},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}, "smooth": False,
        "color": {"color": "#8c959f"},
    },
    "nodes": {"borderWidth": 1, "size": 9},
}


def write_html(
    subgraph: Subgraph, path: Path, provenance: Mapping[str, Any], *, reveal_minors: bool = False,
    scene: Scene | None = None,
) -> None:
    """Write the page; ``provenance`` gives its heading."""
    text = page(subgraph, provenance, reveal_minors=reveal_minors, scene=scene)
    path.write_text(text, encoding="utf-8", newline="\n")


def page(
    subgraph: Subgraph, provenance: Mapping[str, Any], *, reveal_minors: bool = False, scene: Scene | None = None
) -> str:
    """The page's text; ``scene`` is the canvas as it stands, with its masks: without one the graph is laid out."""
    shown_as = scene or scene_of(subgraph, reveal_minors=reveal_minors)
    vis = _pyvis("vis-network.min.js")
    script = _resource("page.js")
    policy = (
        f"default-src 'none'; script-src {_allowed(vis)} {_allowed(script)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    shown, total = provenance.get("shown", len(subgraph.nodes)), provenance.get("total", len(subgraph.nodes))
    words = shown_as.words
    title = shown_as.title or words.gettext(
        "Case {case}: {shown} of {total} nodes", case=provenance.get("case", "–"), shown=shown, total=total
    )
    made = "".join(
        f"<dt>{html.escape(visible(name))}</dt><dd>{html.escape(_line(value))}</dd>"
        for name, value in sorted(shown_as.cleared(provenance).items()) if name not in ("shown", "total")
    )
    data = _data(subgraph, shown_as)
    texts = _written_by_reporters(subgraph, shown_as)
    left_out = (words.ngettext(
        "{number} of the reports' own texts left out: it may name somebody.",
        "{number} of the reports' own texts left out: they may name somebody.", texts,
    ),) if texts else ()
    lines = "".join(f"<p>{html.escape(visible(line))}</p>" for line in (*shown_as.lines, *left_out))
    never, asked, source = (
        words.gettext("Leads, never verdicts"), words.gettext("Select a node or a relationship"),
        words.gettext("From which evidence it was made"),
    )
    roomless = words.gettext("Names without room are left out: come nearer, or select a node.")
    return "\n".join(
        (
            "<!DOCTYPE html>", f'<html lang="{words.language}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">',
            '<meta name="referrer" content="no-referrer">', '<link rel="icon" href="data:,">',
            f"<title>{html.escape(visible(title))}</title>",
            f"<style>{_pyvis('vis-network.css')}</style>", f"<style>{_resource('page.css')}</style>", "</head><body>",
            f"<header><h1>{html.escape(visible(title))}</h1>",
            f"<p>{html.escape(never)}.</p>{lines}</header>",
            '<main id="picture"></main>',
            f'<aside><h2 id="chosen">{html.escape(asked)}</h2><dl id="details"></dl>',
            f'<ul id="legend">{_legend(shown_as)}</ul>', f'<p id="unnamed" hidden>{html.escape(roomless)}</p>',
            _told(shown_as),
            f'<details id="made"><summary>{html.escape(source)}</summary><dl>{made}</dl></details></aside>',
            f'<script type="application/json" id="data">{data}</script>',
            f"<script>{vis}</script>", f"<script>{script}</script>", "</body></html>", "",
        )
    )


def _details(
    values: Mapping[str, Any], scene: Scene, *, label: str = "", masked: bool = False, reported: bool = False
) -> list[list[str]]:
    """What a click shows.  Of whom is ``masked`` no text that may name; what a reporter wrote is free text, which
    leaves where everybody may be named alone; around whom leaves hang is drawn.  Said as the screens say it.
    """
    shown = {}
    for name, value in values.items():
        if name == "around" or (name == "id" and label == GROUP) or (name == "reason" and reported and not scene.open):
            continue
        if name in _NAMING:
            text = native(value) if name == "id" else str(value)
            hidden = masked or scene.telling.hides("Account" if label == NAME else label, text)
        else:
            hidden = not scene.named and isinstance(value, str) and name not in _WORDS
        if not hidden:
            shown[name] = value if name in _WORDS or name in _NAMING else scene.telling.cleared(value)
    return [
        [visible(_property_name(name, scene)), _property_text(name, value, scene)]
        for name, value in sorted(shown.items()) if value is not None
    ]


def _property_name(name: str, scene: Scene) -> str:
    return scene.words.gettext("Node") if name == "label" else property_word(name, scene.words)


def _property_text(name: str, value: Any, scene: Scene) -> str:
    if name == "label":
        return visible(scene.words.gettext(str(value))) if value else ""
    told = property_value(name, value, scene.words)
    return _line(value) if told is None else visible(told)


def _written_by_reporters(subgraph: Subgraph, scene: Scene) -> int:
    """How many texts of reports the page leaves out: one may stand at a node and at the link of its reporter."""
    if scene.open:
        return 0
    nodes = Counter(_report(node.properties) for node in subgraph.nodes if node.label == "Report")
    links = Counter(_report(edge.properties) for edge in subgraph.edges if edge.type == "REPORTED")
    return sum(number for (_made_at, text), number in (nodes | links).items() if text)


def _report(properties: Mapping[str, Any]) -> tuple[str, str]:
    """What a node and a link of one report have in common, which know nothing else of each other."""
    return str(properties.get("made_at")), str(properties.get("reason") or "")


def _data(subgraph: Subgraph, scene: Scene) -> str:
    places = _spread(scene.places)
    network = Network(directed=True, cdn_resources="in_line")
    numbers: dict[str, int] = {}
    node_details: dict[str, Any] = {}
    for number, node in enumerate(subgraph.nodes):
        masked, look, name = node.key in scene.masked, scene.looks.nodes[node.key], scene.labels[node.key]
        numbers[node.key] = number
        x, y = places[node.key]
        network.add_node(
            number, label=name or " ", color=look.color, shape="custom", outline=look.shape, size=look.size, x=x, y=y,
            mark=scene.marks.get(node.key, ""),
        )
        values = {
            "label": node.label, **node.properties,
            "id": scene.telling.lead(node.id) if node.label == "Finding" else node.id,
        }
        told = _details(values, scene, label=node.label, masked=masked, reported=node.label == "Report")
        node_details[str(number)] = [name, told]
    edge_details: dict[str, Any] = {}
    for number, edge in enumerate(subgraph.edges):
        lit = _LIT if scene.lit(edge) else {}
        network.add_edge(numbers[edge.source], numbers[edge.target], id=f"e{number}", **lit)
        tie = visible(scene.words.gettext(edge.type))
        heading = f"{scene.labels[edge.source]} {tie} {scene.labels[edge.target]}"
        caption = scene.caption(edge)
        caption_told = [[scene.words.gettext("Says"), visible(caption)]] if caption else []
        held = _details(edge.properties, scene, reported=edge.type == "REPORTED")
        edge_details[f"e{number}"] = [heading, [*caption_told, *held]]
    scale = _scale(scene.places)
    body = {
        "slips": [
            {"text": "\n".join(map(visible, slip.text.splitlines())), "color": slip.color,
             "x": round(slip.place[0] * scale, 1), "y": round(-slip.place[1] * scale, 1),
             "about": numbers.get(slip.about)} for slip in scene.slips
        ],
        "axis": [
            {"x": round(tick.x * scale, 1), "text": visible(tick.text), "whole": visible(tick.whole), "day": tick.day}
            for tick in scene.axis
        ],
        "hulls": [
            {"title": visible(hull.title), "color": hull.color,
             "members": [numbers[key] for key in hull.members if key in numbers]} for hull in scene.hulls
        ],
        "nodes": network.nodes, "edges": network.edges, "options": _OPTIONS, "outlines": OUTLINES,
        "details": {"nodes": node_details, "edges": edge_details}, "said": link_labels(subgraph, scene),
    }
    text = json.dumps(body, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _spread(places: Mapping[str, Position]) -> dict[str, Position]:
    """Positions in pixels, y downwards, wide enough for labels to be read when the whole picture is in view."""
    scale = _scale(places)
    return {key: (round(x * scale, 1), round(-y * scale, 1)) for key, (x, y) in places.items()}


def _scale(places: Mapping[str, Position]) -> float:
    extent = max((max(abs(x), abs(y)) for x, y in places.values()), default=0.0) or 1.0
    return _PIXELS * math.sqrt(len(places)) / (2.0 * extent)


def _told(scene: Scene) -> str:
    """Why, why not and what would clear it, each under its heading."""
    parts = "".join(
        f"<section><h2>{html.escape(visible(part.heading))}</h2><ul>"
        + "".join(f"<li>{html.escape(visible(line))}</li>" for line in part.lines) + "</ul></section>"
        for part in scene.told
    )
    return f'<div id="told">{parts}</div>' if parts else ""


def _legend(scene: Scene) -> str:
    """What is there, each in its colour and shape, with its count."""
    return "".join(
        f'<li><svg viewBox="0 0 16 16" aria-hidden="true"><path fill="{entry.color}" fill-rule="evenodd" '
        f'd="{OUTLINES[entry.shape]}"/></svg>{html.escape(visible(entry.name))} '
        f"({scene.words.number(entry.count)})</li>"
        for entry in scene.looks.legend
    )


def _line(value: Any) -> str:
    plain = to_json(value)
    if isinstance(plain, dict) and plain.keys() == {"$instant"}:
        return str(plain["$instant"])
    return visible(plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, sort_keys=True))


def _allowed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _resource(name: str) -> str:
    return (files("workbench.exports.pictures") / "page" / name).read_text(encoding="utf-8")


def _pyvis(name: str) -> str:
    return (files("pyvis") / "templates" / "lib" / "vis-9.1.2" / name).read_text(encoding="utf-8")

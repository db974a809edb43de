"""What does the screen say of a drawn graph?  Names, tables, properties; minors masked, everything plain text."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from graph.subgraph import Edge, Node
from workbench.cited import hidden_text
from workbench.explore.board import GROUP, OWN, Board
from workbench.explore.filters import within_period
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.lead_graphs.drawing import BYSTANDER, NAME
from workbench.lead_graphs.names_alike import bearers, read_alike, written
from workbench.looks import roles
from workbench.masking.graphs import OF_BIRTH
from workbench.masking.nodes import is_likely, is_minor
from workbench.masking.telling import HIDDEN
from workbench.plain_text import plain_text
from workbench.views.models.explore import View
from workbench.views.models.names import NAMING, Names
from workbench.views.models.words.contract import property_value, property_word

_FIRST = ("messages", "replies", "initiated", "days", "first_at", "last_at")


def label_of(node: Node, names: Names, words: Words, *, board: Board | None = None) -> str:
    """What a node is called; ``board`` knows the titles of a person's own groups."""
    if node.key.startswith(OWN):
        group = board.groups.get(node.key.removeprefix(OWN)) if board else None
        title = plain_text(group.title, limit=60) if group and group.title else words.gettext("Group")
        return f"{title} ({words.number(node.properties['members'])})"
    if node.label == GROUP:
        return words.gettext(
            "{label}: {number} nodes", label=words.gettext(node.properties["label"]), number=node.properties["members"]
        )
    if node.label == "Finding":
        kind = kind_label(str(node.properties.get("kind") or words.gettext("Lead")), words)
        return plain_text(f"{kind} ({words.gettext(str(node.properties.get('tier', '')))})")
    if node.label == NAME:
        return HIDDEN if hides(node, names) else plain_text(read_alike(node, words), limit=48)
    name = names.apart(node.id)
    return name if names.masked(node.id) else roles.beside(name, node, words)


def shown(view: View, words: Words, *, total: int) -> str:
    """How much of the case is on the canvas, and what is not."""
    nodes, folded = len(view.shown.subgraph.nodes), view.shown.folded
    if folded:
        return words.gettext(
            "Showing {shown} of {total} nodes, {folded} of them folded into groups.",
            shown=nodes, total=total, folded=folded,
        )
    return words.gettext("Showing {shown} of {total} nodes.", shown=nodes, total=total)


def node_rows(view: View, names: Names, words: Words) -> pd.DataFrame:
    """The table twin of the picture: one row a drawn node, the most linked first; ``key`` is the last column.

    Where a period is shown, its links are those that are drawn, but the messages of a node are of all time.
    """
    _ = words.gettext
    links: dict[str, int] = {}
    for edge in view.drawn.edges:
        for end in {edge.source, edge.target}:
            links[end] = links.get(end, 0) + 1
    ordered = sorted(view.drawn.nodes, key=lambda node: (-links.get(node.key, 0), node.key))
    rows = [
        (
            label_of(node, names, words, board=view.board), _("Minor") if is_minor(node) else _(node.label),
            "" if node.label in (GROUP, NAME) else names.identity(node.id), links.get(node.key, 0),
            node.properties.get("messages"), node.key,
        )
        for node in ordered
    ]
    counts = (_("Links"), _("Messages"))
    if view.weights is not None:
        counts = (_("Links in the period"), _("Messages of all time"))
    return pd.DataFrame(rows, columns=[_("Name"), _("Kind"), _("Id"), *counts, "key"])


def edge_rows(view: View, names: Names, words: Words) -> pd.DataFrame:
    """One row a drawn link, the weightiest first; where a period is shown, how much of what it counts lies in it."""
    _ = words.gettext
    labels = {node.key: label_of(node, names, words, board=view.board) for node in view.drawn.nodes}
    rows = [
        (
            labels[edge.source], _(edge.type), labels[edge.target],
            within_period(edge, view.weights), *(edge.properties.get(name) for name in _FIRST),
        )
        for edge in sorted(view.drawn.edges, key=lambda edge: -float(edge.properties.get("messages") or 0))
    ]
    frame = pd.DataFrame(rows, columns=[
        _("From"), _("Relationship"), _("To"), _("In the period"), *(_(name) for name in _FIRST)
    ])
    return frame.dropna(axis="columns", how="all")


def properties(item: Node | Edge, names: Names, words: Words) -> dict[str, Any]:
    """Properties for the details panel; what would name a masked minor is masked, a role is said in words."""
    if isinstance(item, Node) and item.label == NAME and written(item):
        return _alike(item, names, words)
    shown_values: dict[str, Any] = {}
    if isinstance(item, Node) and item.label != GROUP:
        shown_values["id"] = names.identity(item.id)
    for name, value in sorted(item.properties.items()):
        if name in ("id", "batch_id", "around") or value is None:  # around whom leaves hang is drawn
            continue
        naming = isinstance(item, Node) and name in NAMING and (names.masked(item.id) or names.unsaid(item.id))
        told = property_value(name, value, words)
        shown = plain_text(str(value), limit=400) if told is None else told
        if name in OF_BIRTH and isinstance(item, Node) and names.masked(item.id):
            shown = HIDDEN
        if name == "reason" and _reported(item):  # text: read where its reporter's mask is lifted
            shown = hidden_text(str(value), words)
        shown_values[name] = shown_values["id"] if naming else shown
    if "batch_id" in item.properties:
        shown_values["batch_id"] = item.properties["batch_id"]
    return {property_word(name, words): value for name, value in shown_values.items()}


def _alike(node: Node, names: Names, words: Words) -> dict[str, Any]:
    """Names that read alike: as what they are compared, and by account how each is written."""
    return {
        words.gettext("Compared as"): HIDDEN if hides(node, names) else plain_text(node.id, limit=120),
        words.gettext("Accounts"): words.number(int(node.properties.get("accounts") or 0)),
        **{names.identity(one): names.of(one) for one in bearers(node)},
    }


def likely_elsewhere(node: Node, parts: Mapping[str, str], words: Words) -> str:
    """That another lead than those drawn calls a bystander a likely minor, by which it is masked here; else empty.

    ``parts``: of the leads that are drawn, by key.
    """
    if not is_likely(node) or parts.get(node.key) != BYSTANDER:
        return ""
    return words.gettext(
        "A likely minor by another lead alone: the lead that is drawn does not count it among its likely minors, and "
        "it is drawn as a bystander."
    )


def hides(node: Node, names: Names) -> bool:
    """Does a masked minor bear the name, or would one be known by it?"""
    return any(names.masked(one) for one in bearers(node)) or (node.label == NAME and node.id in names.covered)


def _reported(item: Node | Edge) -> bool:
    return item.label == "Report" if isinstance(item, Node) else item.type == "REPORTED"


def measure_rows(frame: pd.DataFrame, view: View, names: Names, words: Words) -> pd.DataFrame:
    """The measures with names in place of keys."""
    nodes = {node.key: node for node in view.drawn.nodes}
    table = frame.copy()
    table.insert(0, "name", [label_of(nodes[str(key)], names, words, board=view.board) for key in frame.index])
    table = table.reset_index(drop=True)  # the index holds keys
    return table.rename(columns=lambda column: words.gettext(str(column)))

"""The export of what is shown: a format, a download, and the manifest in the same archive."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from graph import fetch
from graph.fetch import Fetched
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder, label_key
from workbench.casebook.audit import MOST_REASON
from workbench.export_subgraph import export_archive, masking_of
from workbench.exports import FORMATS, PICTURES, Scene, ending
from workbench.language import Words
from workbench.lead_picture import lead_picture
from workbench.masking.leads import lead_called
from workbench.views.access.rights import barred
from workbench.views.language import _, words_here
from workbench.views.navigation import address
from workbench.views.session import handed, opened_minors, reading, server
from workbench.views.widgets.fields import counts_while_typed, too_long


def say(message: str) -> str:
    return message


ABOUT: Mapping[str, str] = {
    "anx": say("A chart for i2 Analyst’s Notebook (8.5 and later)."),
    "case-uco": say("A CASE/UCO bundle (JSON-LD): for exchange between forensic tools and units."),
    "csv": say("Two tables, nodes and relationships, for a spreadsheet or a database."),
    "cytoscape": say("A graph for Cytoscape."),
    "ftm": say("FollowTheMoney entities, for Aleph and OpenAleph."),
    "gexf": say("A graph for Gephi."),
    "graphml": say("A graph for yEd, Gephi, Cytoscape and NetworkX."),
    "html": say("A page that opens in any browser, without a network: pick a node to see what is known of it."),
    "json": say("A graph for programs (node-link JSON): every property with its type."),
    "neo4j": say("Files for the bulk import of a Neo4j database."),
    "parquet": say("Two tables with typed columns, for programs that analyse data."),
    "png": say("A picture for print or for a written report."),
    "stix": say("A STIX 2.1 bundle: for exchange with platforms of threat intelligence."),
    "svg": say("A picture for print that stays sharp at any size."),
    "xlsx": say("An Excel workbook: nodes, relationships, and where they come from."),
}
MASKED = "html"  # what is offered at first: a page of its own, in which minors are masked


def export_part(
    case: CaseFolder,
    *,
    key: str,
    called: str = "",
    finding: str | None = None,
    subgraph: Subgraph | None = None,
    selection: Mapping[str, Any] | None = None,
    total: int | None = None,
    picture: Callable[[], tuple[Subgraph, Scene]] | None = None,
) -> None:
    """Offer a finding or a subgraph in every format; it is written when the download is asked for, not before.

    ``called``: how the file is named after the case's name, else by ``key``.

    ``picture``: what is drawn of the subgraph and how it stands on the canvas, for pictures; asked for where one is
    chosen.
    """
    to = st.selectbox(_("Format"), sorted(FORMATS), index=sorted(FORMATS).index(MASKED), key=f"{key}_format")
    st.caption(_(ABOUT[str(to)]))
    reason = None
    if to not in PICTURES:
        reason = why_minors_by_name(case, key=key)
    elif picture is None:
        st.caption(_("Minors are masked, by name and id."))
    else:
        st.caption(_("Minors are masked as on the screen; those whose mask you lifted stand by name."))
    if finding:
        st.caption(
            _("It holds what the lead’s picture shows: its people, and those around them.") if to in PICTURES
            else _("It holds the lead, its members and targets, and what lies between them; bystanders of its picture "
                   "stand in the pictures alone.")
        )
    st.caption(_("A ZIP with the file and its manifest: hashes, counts, case, evidence digest."))
    name = file_name(case, lead_called(finding, label_key(case)) if finding else called or key, reason)
    drawn = picture() if picture is not None and to in PICTURES else None
    words, opened = words_here(), opened_minors()  # a download is made outside of the session
    st.download_button(
        _("Download"),
        data=handed(lambda: _archive(
            case, str(to), name, finding, subgraph, selection, total, drawn, words, opened, reason=reason
        ), case),
        disabled=reason == "",
        file_name=f"{name}-{to}.zip",
        mime="application/zip",
        on_click="ignore",
        type="primary",
        key=f"{key}_download",
    )
    told, report = _("Report of this lead, as a page or a PDF"), f"{key}_report"
    if finding and st.button(told, key=report, icon=":material/description:"):
        address.to("Case", {"case_tab": "report", "lead": finding})


def file_name(case: CaseFolder, called: str, reason: str | None) -> str:
    """A file with minors in it by name (``reason``: see ``why_minors_by_name``) says so in its own name."""
    return f"{case.name}-{called}" if reason is None else f"{case.name}-{called}-with-minors"


def why_minors_by_name(case: CaseFolder, *, key: str) -> str | None:
    """Why minors are to stand in it by name and id, empty until that is written; None where they are masked."""
    named = st.toggle(_("With minors by name and id"), key=f"{key}_minors", **barred("unmask", case))
    if not named:
        st.caption(_("Minors are masked: a token stands for each, the same in every export; texts that tell one are "
                     "left out. Those whose mask you lifted stand by name."))
        return None
    st.warning(_("Nothing is masked: names and ids, minors’ too."))
    reason = st.text_input(_("Why the names are needed"), key=f"{key}_reason").strip()
    counts_while_typed(f"{key}_reason")  # else the first click on the dimmed download is lost
    st.caption(_("It is written into the audit log with the export."))
    return "" if too_long((_("Why the names are needed"), reason, MOST_REASON)) else reason


def _archive(
    case: CaseFolder,
    to: str,
    name: str,
    finding: str | None,
    subgraph: Subgraph | None,
    selection: Mapping[str, Any] | None,
    total: int | None,
    drawn: tuple[Subgraph, Scene] | None,
    words: Words,
    opened: frozenset[str],
    *,
    reason: str | None,
) -> bytes:
    scene: Scene | None = None
    if subgraph is None:
        with reading(case) as store:
            picture = None
            if to in PICTURES:
                picture = lead_picture(server().workbench, case, store, str(finding), words=words)
            fetched, scene = picture or (fetch.finding(store, str(finding)), None)
    else:
        if drawn is not None:
            subgraph, scene = drawn
        fetched = Fetched(subgraph, len(subgraph.nodes), total if total is not None else len(subgraph.nodes))
    chosen = {"finding": finding} if finding else dict(selection or {})
    masking = None if reason or to in PICTURES else masking_of(server().workbench, case, opened=opened)
    return export_archive(
        server().workbench, case, fetched, to=to, name=f"{name}{ending(to)}", file=f"{name}-{to}.zip",
        selection=chosen, scene=scene, masking=masking, reason=reason or "", words=words,
    )

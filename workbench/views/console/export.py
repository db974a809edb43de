"""The export of an answer: its rows as a table, whatever they are, or its graph."""

import json
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.runner import QueryResult
from workbench import __version__
from workbench.custody.handed_over import handed_over
from workbench.export_subgraph import masking_of
from workbench.exports.tables.answer import TABLE_FORMATS, answer_archive
from workbench.masking.graphs import OF_BIRTH
from workbench.views.language import _
from workbench.views.models import explore as explore_model
from workbench.views.session import handed, opened_minors, record, server
from workbench.views.widgets.export import export_part, why_minors_by_name


def export_answer(
    case: CaseFolder, what: str, text: str, given: Mapping[str, str], result: QueryResult,
    view: explore_model.View | None,
) -> None:
    """Offer the rows, and the graph where there is one; written when the download is asked for, not before."""
    part = "rows"
    if view is not None:
        part = st.segmented_control(
            _("What to export"), ["rows", "graph"], default="rows", key="answer_export", required=True,
            format_func={"rows": _("Rows"), "graph": _("Graph")}.__getitem__, label_visibility="collapsed",
        )
    if part == "graph" and view is not None:
        export_part(case, key="query", subgraph=view.subgraph, selection={"query": what})
        return
    to = str(st.selectbox(_("Format"), sorted(TABLE_FORMATS), key="answer_format"))
    reason = why_minors_by_name(case, key="answer")
    st.caption(_("A ZIP with the file and its manifest: hashes, counts, case, evidence digest."))
    name, opened = f"{case.name}-answer", opened_minors()  # a download is made outside of the session
    st.download_button(
        _("Download"), data=handed(lambda: _archive(case, to, name, what, text, given, result, reason, opened), case),
        file_name=f"{name}-{to}.zip", disabled=reason == "",
        mime="application/zip", on_click="ignore", type="primary", key="answer_download",
    )


def _archive(
    case: CaseFolder, to: str, name: str, what: str, text: str, given: Mapping[str, str], result: QueryResult,
    reason: str | None, opened: frozenset[str],
) -> bytes:
    server().workbench.casebook.allow("export", case.name)
    with Lake(case) as lake:
        provenance = {
            "case": case.name, "evidence_digest": lake.digest(), "batch_ids": sorted(lake.batch_ids),
            "query": what, "statement": text, "parameters": dict(given), "filature": __version__,
        }
    provenance["minors"] = "shown" if reason else "masked"
    if not reason:
        masking = masking_of(server().workbench, case, opened=opened)
        result = replace(result, rows=[tuple(map(masking.value, row)) for row in result.rows])
        provenance |= {
            "statement": masking.telling.cleared(text), "parameters": masking.value(dict(given)),
            "left_out_of_minors_nodes": list(OF_BIRTH),
        }
    body = answer_archive(result, to, name=name, provenance=provenance)
    detail = {"to": to, **handed_over(f"{name}-{to}.zip", body), "minors": provenance["minors"],
              "selection": {"query": what, "rows": len(result.rows)}, **({"reason": reason} if reason else {})}
    record(case, "export", json.dumps(detail, sort_keys=True))
    return body

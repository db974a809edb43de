"""The export of an answer: its rows as a table, whatever they are, or its graph."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.runner import QueryResult
from workbench import __version__
from workbench.custody.handed_over import handed_over
from workbench.export_subgraph import logged_selection, masking_of
from workbench.exports.tables.answer import TABLE_FORMATS, answer_archive
from workbench.masking.graphs import OF_BIRTH
from workbench.masking.telling import telling_of
from workbench.views.language import _, ngettext
from workbench.views.models import explore as explore_model
from workbench.views.models.queries.masked_rows import masked_rows, masked_values
from workbench.views.session import handed, opened_minors, record, server
from workbench.views.widgets.export import export_part, file_name, why_minors_by_name

_COUNTED = "answer_masked_values"
_UNFIT = re.compile(r"[^a-zA-Z0-9_-]+")


def export_answer(
    case: CaseFolder, selection: Mapping[str, Any], result: QueryResult, view: explore_model.View | None
) -> None:
    """Offer the rows, and the graph where there is one; written when the download is asked for, not before.

    ``selection``: see ``selected_by``.
    """
    part = "rows"
    if view is not None:
        part = st.segmented_control(
            _("What to export"), ["rows", "graph"], default="rows", key="answer_export", required=True,
            format_func={"rows": _("Rows"), "graph": _("Graph")}.__getitem__, label_visibility="collapsed",
        )
    opened = opened_minors()  # a download is made outside of the session
    called = _called(case, selection, opened)
    if part == "graph" and view is not None:
        export_part(case, key="query", called=f"{called}-graph", subgraph=view.subgraph, selection=selection)
        return
    to = str(st.selectbox(_("Format"), sorted(TABLE_FORMATS), key="answer_format"))
    reason = why_minors_by_name(case, key="answer")
    if reason is None:
        number = _masked(case, result, opened)
        st.caption(ngettext(
            "{number} value of these rows is masked.", "{number} values of these rows are masked.", number
        ))
    if result.truncated and result.limit is None:
        st.warning(ngettext(
            "The file is cut as the answer is: it holds its first {number} row.",
            "The file is cut as the answer is: it holds its first {number} rows.", len(result.rows),
        ))
    st.caption(_("A ZIP with the file and its manifest: hashes, counts, case, evidence digest."))
    name = file_name(case, called, reason)
    st.download_button(
        _("Download"), data=handed(lambda: _archive(case, to, name, selection, result, reason, opened), case),
        file_name=f"{name}-{to}.zip", disabled=reason == "",
        mime="application/zip", on_click="ignore", type="primary", key="answer_download",
    )


def _called(case: CaseFolder, selection: Mapping[str, Any], opened: frozenset[str]) -> str:
    """What a file calls the query: by its id, unless that tells a minor; what the console asked, an answer."""
    if "revision" not in selection:
        return "answer"
    identity = str(selection["query"]).partition("@")[0]
    if telling_of(case, opened=opened).tells(identity.replace("-", " ")):
        return "query"
    return _UNFIT.sub("-", identity).strip("-") or "query"


def _masked(case: CaseFolder, result: QueryResult, opened: frozenset[str]) -> int:
    """How many values a masked file of these rows would not have; counted once for an answer and what is lifted."""
    kept = st.session_state.get(_COUNTED)
    if kept is None or kept[0] is not result.rows or kept[1] != opened:
        masking = masking_of(server().workbench, case, opened=opened)
        number = masked_values(result.rows, masked_rows(case, masking, result.rows))
        kept = st.session_state[_COUNTED] = (result.rows, opened, number)
    return int(kept[2])


def _archive(
    case: CaseFolder, to: str, name: str, selection: Mapping[str, Any], result: QueryResult, reason: str | None,
    opened: frozenset[str],
) -> bytes:
    server().workbench.casebook.allow("export", case.name)
    with Lake(case) as lake:
        provenance: dict[str, Any] = {
            "case": case.name, "evidence_digest": lake.digest(), "batch_ids": sorted(lake.batch_ids),
            **selection, "filature": __version__,
        }
    provenance["minors"] = "shown" if reason else "masked"
    if not reason:
        masking = masking_of(server().workbench, case, opened=opened)
        rows = masked_rows(case, masking, result.rows)
        provenance |= {
            "masked_values": masked_values(result.rows, rows),
            **{name: masking.value(selection[name]) for name in ("query", "statement", "parameters")},
            "left_out_of_minors_nodes": list(OF_BIRTH),
        }
        result = replace(result, rows=rows)
    body = answer_archive(result, to, name=name, provenance=provenance)
    said = {**logged_selection(selection), "rows": len(result.rows)}
    detail = {"to": to, **handed_over(f"{name}-{to}.zip", body), "minors": provenance["minors"], "selection": said,
              **({"reason": reason} if reason else {})}
    record(case, "export", json.dumps(detail, sort_keys=True))
    return body

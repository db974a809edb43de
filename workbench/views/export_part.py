"""The export of what is shown: a format, a download, and the manifest in the same archive."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from graph import fetch
from graph.fetch import Fetched
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from workbench.export_subgraph import export_subgraph
from workbench.exports import FORMATS
from workbench.views.language import _
from workbench.views.session import reading, server

_ENDING = {"csv": "", "cytoscape": ".cyjs", "neo4j": "", "parquet": ""}  # else a dot and the format


def export_part(
    case: CaseFolder,
    *,
    key: str,
    finding: str | None = None,
    subgraph: Subgraph | None = None,
    selection: Mapping[str, Any] | None = None,
    total: int | None = None,
) -> None:
    """Offer a finding or a subgraph in every format; it is written when the download is asked for, not before."""
    to = st.selectbox(_("Format"), sorted(FORMATS), index=sorted(FORMATS).index("graphml"), key=f"{key}_format")
    st.caption(
        _("A ZIP with the file and its manifest: hashes, counts, case, evidence digest. Ids are not masked in it.")
    )
    name = f"{case.name}-{finding or key}"
    st.download_button(
        _("Download"),
        data=lambda: _archive(case, str(to), name, finding, subgraph, selection, total),
        file_name=f"{name}-{to}.zip",
        mime="application/zip",
        on_click="ignore",
        type="primary",
        key=f"{key}_download",
    )


def _archive(
    case: CaseFolder,
    to: str,
    name: str,
    finding: str | None,
    subgraph: Subgraph | None,
    selection: Mapping[str, Any] | None,
    total: int | None,
) -> bytes:
    if subgraph is None:
        with reading(case) as store:
            fetched = fetch.finding(store, str(finding))
    else:
        fetched = Fetched(subgraph, len(subgraph.nodes), total if total is not None else len(subgraph.nodes))
    chosen = {"finding": finding} if finding else dict(selection or {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{_ENDING.get(to, '.' + to)}"
        export_subgraph(server().workbench, case, fetched, to=to, path=path, selection=chosen)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).rglob("*")):
                if file.is_file():
                    archive.write(file, file.relative_to(folder))
        return packed.getvalue()

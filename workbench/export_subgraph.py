"""Exports a fetched subgraph with where it comes from; the command line and the screens share it."""

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict, Unpack

from graph.fetch import Fetched
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from workbench import __version__
from workbench.bootstrap import Workbench
from workbench.casebook.statements import statement_mark
from workbench.custody.handed_over import handed_over
from workbench.exports import PICTURES, Manifest, Scene, scene_of, write
from workbench.exports.manifest import cleared_provenance
from workbench.language import Words
from workbench.language import words as words_of
from workbench.masking.borne import borne_in
from workbench.masking.graphs import Masking
from workbench.masking.nodes import with_minors
from workbench.masking.people import masked_in
from workbench.masking.telling import telling_of

_ENGLISH = words_of("en")
EXPORT_LIMIT = 1_000_000
"""Nodes of one export at most; a larger graph is named as cut in the manifest and on the screen."""


class _Given(TypedDict, total=False):
    scene: Scene | None
    masking: Masking | None
    words: Words


def export_subgraph(
    workbench: Workbench, case: CaseFolder, fetched: Fetched, *, to: str, path: Path, selection: Mapping[str, Any],
    reason: str = "", **given: Unpack[_Given],
) -> Manifest:
    """Write ``path`` and its manifest; ``selection`` says what was asked for (finding, query, accounts, all).

    Pictures mask minors; the other formats hold the graph as it is without ``masking``.  ``reason``: why, for the log.
    ``words``: the language of a picture that has no ``scene`` yet.
    """
    manifest = _written(workbench, case, fetched, to, path, selection, **given)
    place = {"file": path.name, "path": str(path.absolute()), "sha256": manifest.sha256}
    _record(workbench, case, manifest, place, selection, reason)
    return manifest


def export_archive(
    workbench: Workbench, case: CaseFolder, fetched: Fetched, *, to: str, name: str, file: str,
    selection: Mapping[str, Any], reason: str = "", **given: Unpack[_Given],
) -> bytes:
    """The same as a ZIP that is handed to the browser as ``file``; ``name``: of what is in it, beside the manifest."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = _written(workbench, case, fetched, to, Path(folder) / name, selection, **given)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).rglob("*")):
                if part.is_file():
                    archive.write(part, part.relative_to(folder))
    body = packed.getvalue()
    _record(workbench, case, manifest, handed_over(file, body), selection, reason)
    return body


def _written(
    workbench: Workbench, case: CaseFolder, fetched: Fetched, to: str, path: Path, selection: Mapping[str, Any], *,
    scene: Scene | None = None, masking: Masking | None = None, words: Words = _ENGLISH,
) -> Manifest:
    workbench.casebook.allow("export", case.name)
    subgraph = with_minors(case, fetched.subgraph) if to in PICTURES else fetched.subgraph
    if to in PICTURES and scene is None:
        scene = scene_of(subgraph, telling=telling_of(case), words=words)
    with workbench.lake(case) as lake:
        provenance = {
            "case": case.name,
            "evidence_digest": lake.digest(),
            "batch_ids": sorted(lake.batch_ids),
            "sources": _sources(case, subgraph),
            "selection": dict(selection),
            "shown": fetched.shown,
            "total": fetched.total,
            "filature": __version__,
        }
    if masking is not None and to not in PICTURES:
        subgraph = masking.subgraph(subgraph)
        provenance = cleared_provenance(provenance, masking.value)
    return write(subgraph, to, path, provenance=provenance, scene=scene, masked=masking is not None)


def _record(
    workbench: Workbench, case: CaseFolder, manifest: Manifest, place: Mapping[str, str], selection: Mapping[str, Any],
    reason: str,
) -> None:
    detail = {**place, "to": manifest.format, "selection": logged_selection(selection), "minors": manifest.minors}
    detail |= {"reason": reason} if reason else {}
    workbench.casebook.record(workbench.person, case.name, "export", json.dumps(detail, sort_keys=True))


def selected_by(query: str, statement: str, parameters: Mapping[str, Any], *, revision: int | None) -> dict[str, Any]:
    """The selection of what a query answered, with all that it takes to ask it again; no ``revision`` was saved where
    it was written in the console."""
    asked = {"query": query, "statement": statement, "parameters": dict(parameters)}
    return asked if revision is None else {**asked, "revision": revision}


def logged_selection(selection: Mapping[str, Any]) -> dict[str, Any]:
    """The selection as the audit log has it: of what was written in the console a mark of the statement, as where it
    ran; others read the log, and the text and its values may name somebody."""
    if "statement" not in selection:
        return dict(selection)
    left_out = {"statement"} if "revision" in selection else {"statement", "parameters"}
    said = {name: value for name, value in selection.items() if name not in left_out}
    return said if "revision" in selection else {**said, "statement": statement_mark(selection["statement"])}


def masking_of(workbench: Workbench, case: CaseFolder, *, opened: frozenset[str] = frozenset()) -> Masking:
    """What hides every minor of the case but those whose mask somebody lifted."""
    with workbench.lake(case) as lake:
        return Masking(masked_in(lake) - opened, telling_of(case, opened=opened), borne_in(case))


def _sources(case: CaseFolder, subgraph: Subgraph) -> list[dict[str, Any]]:
    """The files, by name alone, that the batches of what is exported were read from."""
    told = [node.properties for node in subgraph.nodes] + [edge.properties for edge in subgraph.edges]
    named = {properties.get("batch_id") for properties in told}
    return [
        {"name": source.path.rsplit("/", 1)[-1], "sha256": source.sha256, "bytes": source.bytes,
         "batch_id": batch.batch_id}
        for batch in manifests(case) if batch.batch_id in named for source in batch.sources
    ]

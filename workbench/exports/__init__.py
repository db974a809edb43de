"""How does a subgraph leave the workbench?  One format a file, each with a manifest that says where it comes from."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.subgraph import Subgraph
from workbench.errors import ExportError
from workbench.exports.exchange.anx import write_anx
from workbench.exports.exchange.case_uco import write_case
from workbench.exports.exchange.ftm import write_ftm
from workbench.exports.exchange.stix import write_stix
from workbench.exports.graphs.cytoscape import write_cytoscape
from workbench.exports.graphs.gexf import write_gexf
from workbench.exports.graphs.graphml import write_graphml
from workbench.exports.graphs.node_link import write_json
from workbench.exports.manifest import Manifest, hashes, joint_hash, manifest_path, write_whole
from workbench.exports.pictures.drawn import write_png, write_svg
from workbench.exports.pictures.scene import Scene, scene_of
from workbench.exports.pictures.standalone import write_html
from workbench.exports.tables.csv_files import write_csv
from workbench.exports.tables.neo4j_import import write_neo4j
from workbench.exports.tables.parquet_files import write_parquet
from workbench.exports.tables.workbook import write_xlsx
from workbench.exports.values import columns_of

__all__ = ["FOLDERS", "FORMATS", "PICTURES", "Manifest", "Scene", "Writer", "manifest_path", "scene_of", "write"]

Writer = Callable[[Subgraph, Path, Mapping[str, Any]], None]
FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "anx": write_anx, "case-uco": write_case, "csv": write_csv, "cytoscape": write_cytoscape, "ftm": write_ftm,
        "gexf": write_gexf, "graphml": write_graphml, "html": write_html, "json": write_json, "neo4j": write_neo4j,
        "parquet": write_parquet, "png": write_png, "stix": write_stix, "svg": write_svg, "xlsx": write_xlsx,
    }
)
_DRAWN: Mapping[str, Callable[..., None]] = MappingProxyType({"html": write_html, "png": write_png, "svg": write_svg})
PICTURES = tuple(_DRAWN)
"""Formats that show a picture, in which minors are masked."""
FOLDERS = ("csv", "neo4j", "parquet")
"""Formats of several files, in a folder."""


def write(
    subgraph: Subgraph, to: str, path: Path, *, provenance: Mapping[str, Any], reveal_minors: bool = False,
    scene: Scene | None = None, masked: bool = False,
) -> Manifest:
    """Write the subgraph to ``path`` in a format of FORMATS, and ``OUT.manifest.json`` beside it.

    ``provenance`` holds what the caller knows (case, evidence_digest, batch_ids, selection, filature, shown, total
    …); no clock is read.  ``reveal_minors`` concerns pictures (``PICTURES``), which mask them; the other formats carry
    every property; ``masked`` says of these that the subgraph names no minor.  ``scene``: the canvas as it stands, for
    pictures; it has its own masks.
    Raises ExportError for an unknown format or a place that cannot be written; then nothing is left.
    """
    if to not in FORMATS:
        raise ExportError(f"no export format {to!r}", where=str(path), fix=f"use one of {', '.join(FORMATS)}")
    writer: Writer = FORMATS[to]
    if to in PICTURES:
        scene = scene or scene_of(subgraph, reveal_minors=reveal_minors)
        provenance = scene.cleared(provenance)
        masked = bool(scene.masked) or not reveal_minors
        writer = partial(_DRAWN[to], scene=scene)
    write_whole(path, lambda draft: writer(subgraph, draft, provenance))
    files = hashes(path)
    nodes, edges = columns_of(subgraph)
    shown = int(provenance.get("shown", len(subgraph.nodes)))
    total = int(provenance.get("total", shown))
    manifest = Manifest(
        format=to,
        sha256=joint_hash(files),
        files=files,
        nodes=len(subgraph.nodes),
        edges=len(subgraph.edges),
        shown=shown,
        total=total,
        truncated=total > shown,
        minors="masked" if masked else "shown",
        columns={"nodes": nodes, "edges": edges},
        provenance=provenance,
    )
    text = manifest.to_json()
    write_whole(manifest_path(path), lambda draft: _write_text(draft, text))
    return manifest


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

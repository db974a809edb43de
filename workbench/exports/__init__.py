"""How does a subgraph leave the workbench?  One format a file, each with a manifest that says where it comes from."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from graph.subgraph import Subgraph
from workbench.errors import ExportError
from workbench.exports.manifest import Manifest, hashes, joint_hash, manifest_path, write_whole
from workbench.exports.pictures.scene import Scene, scene_of
from workbench.exports.values import columns_of
from workbench.masking.graphs import OF_BIRTH, without_births

__all__ = [
    "FOLDERS", "FORMATS", "PICTURES", "Manifest", "Scene", "Writer", "ending", "manifest_path", "scene_of", "write",
]

Writer = Callable[..., None]
# Loaded on demand: a command that exports nothing must not wait for what draws and packs.
_WRITERS = {
    "anx": "exchange.anx.write_anx", "case-uco": "exchange.case_uco.write_case", "csv": "tables.csv_files.write_csv",
    "cytoscape": "graphs.cytoscape.write_cytoscape", "ftm": "exchange.ftm.write_ftm", "gexf": "graphs.gexf.write_gexf",
    "graphml": "graphs.graphml.write_graphml", "html": "pictures.standalone.write_html",
    "json": "graphs.node_link.write_json", "neo4j": "tables.neo4j_import.write_neo4j",
    "parquet": "tables.parquet_files.write_parquet", "png": "pictures.drawn.write_png",
    "stix": "exchange.stix.write_stix", "svg": "pictures.drawn.write_svg", "xlsx": "tables.workbook.write_xlsx",
}
FORMATS = tuple(_WRITERS)
PICTURES = ("html", "png", "svg")
"""Formats that show a picture, in which minors are masked."""
FOLDERS = ("csv", "neo4j", "parquet")
"""Formats of several files, in a folder."""
_ENDINGS = {"case-uco": ".jsonld", "cytoscape": ".cyjs", "ftm": ".ftm.json", "stix": ".stix.json"}


def ending(to: str) -> str:
    """What the name of a file of that format ends in, as the programs that open it look for; of a folder nothing."""
    return "" if to in FOLDERS else _ENDINGS.get(to, f".{to}")


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
    writer = _writer(to)
    if to in PICTURES:
        scene = scene or scene_of(subgraph, reveal_minors=reveal_minors)
        provenance = scene.cleared(provenance)
        masked = bool(scene.masked) or not reveal_minors
        writer, subgraph = partial(writer, scene=scene), without_births(subgraph, scene.masked)
    if masked:
        provenance = {**provenance, "left_out_of_minors": list(OF_BIRTH)}
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


def _writer(to: str) -> Writer:
    module, _, name = _WRITERS[to].rpartition(".")
    writer: Writer = getattr(import_module(f"workbench.exports.{module}"), name)
    return writer


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

"""By which mappings were earlier files of a case read, and which of them fit a table that comes now?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import in_order, manifests
from ingest.errors import FilatureError
from ingest.mapping import Mapping, parse_mapping
from ingest.mapping.shape import Shape
from workbench.views.models.faults.sources import own_path

_LARGEST = 1 << 20
"""Bytes of a mapping at most; one of a wide table has some thousand."""


@dataclass(frozen=True)
class KeptMapping:
    """``text``: the file as it is kept, by whose hash it is known again; ``file``: what was read by it last."""

    sha256: str
    text: str
    mapping: Mapping
    file: str
    read_at: str


def kept_mappings(case: CaseFolder) -> tuple[KeptMapping, ...]:
    """Mappings that were made or given on the screen, the one that was used last first."""
    found: dict[str, KeptMapping] = {}
    for batch in reversed(in_order(manifests(case))):
        sha256 = batch.mapping_sha256
        if sha256 is None or sha256 in found or not batch.sources:
            continue
        mapping = mapping_in(path := case.sources / "mappings" / f"{sha256}.toml")
        if mapping is not None:
            name = PurePath(own_path(batch.sources[0].path)).name
            found[sha256] = KeptMapping(sha256, path.read_text(encoding="utf-8"), mapping, name, batch.created_at)
    return tuple(found.values())


def fitting(kept: Sequence[KeptMapping], shape: Shape, form: str) -> list[KeptMapping]:
    """Those whose columns are all there, in a table of that form that is cut as theirs was."""
    return [one for one in kept if _fits(one.mapping, shape, form)]


def _fits(mapping: Mapping, shape: Shape, form: str) -> bool:
    if mapping.form != form or not set(mapping.used) <= set(shape.columns):
        return False
    if form != "delimited":
        return True
    named = (mapping.header == "yes") == shape.header and (not mapping.columns or mapping.columns == shape.columns)
    return named and mapping.delimiter == shape.delimiter


def mapping_in(path: Path) -> Mapping | None:
    """The mapping in a file; None where it is none."""
    try:
        if path.suffix.lower() != ".toml" or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        return parse_mapping(path.read_bytes(), name=path.stem, where=path.name)
    except (FilatureError, OSError):
        return None

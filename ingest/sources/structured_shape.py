"""Which columns do a workbook, a Parquet file or JSON lines have?  Names and first values, to propose a mapping."""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.mapping import Mapping as Columns
from ingest.mapping.propose import Proposal, propose
from ingest.mapping.shape import ROWS, Shape, unique_names
from ingest.sources.structured import ENDINGS, sheet_rows
from ingest.sources.text_lines import head_of

_DEEPEST, _MOST_PATHS = 4, 60
_HEAD_BYTES = 256 << 10


@dataclass(frozen=True)
class StructuredShape:
    """``form`` as in a mapping; ``paths`` gives the columns of JSON their paths."""

    form: str
    shape: Shape
    paths: Mapping[str, str]


def structured_shape(path: Path) -> StructuredShape | None:
    """What the file's beginning shows; None if it is of none of these forms.  SourceUnreadable of a torn workbook."""
    name = path.name.lower()
    if not path.is_file():
        return None
    if name.endswith(ENDINGS["sheet"]):
        rows = [cells for _, cells in itertools.islice(sheet_rows(path), ROWS + 1)]
        return _of("sheet", unique_names([cell or "" for cell in rows[0]]), rows[1:]) if rows else None
    if name.endswith(ENDINGS["parquet"]):
        return _parquet(path)
    return _json(path) if name.endswith(ENDINGS["json"]) else None


def proposed(found: StructuredShape, *, name: str = "mapping", table: str | None = None) -> Proposal:
    """The likeliest mapping of these columns, in the form of their source."""
    proposal = propose(found.shape, name=name, table=table)
    return replace(proposal, mapping=formed(proposal.mapping, found))


def formed(mapping: Columns, found: StructuredShape) -> Columns:
    """A mapping of these columns in the form of their source: of JSON it names the paths of those that are used."""
    used = set(mapping.used)
    paths = {column: path for column, path in found.paths.items() if column in used}
    return replace(mapping, form=found.form, paths=paths, quote="", header="yes", columns=tuple(paths))


def _of(
    form: str, columns: tuple[str, ...], rows: list[Any], paths: Mapping[str, str] | None = None
) -> StructuredShape:
    fitted = tuple(
        tuple("" if cell is None else str(cell) for cell in (*row, *(None,) * len(columns))[: len(columns)])
        for row in rows
    )
    return StructuredShape(form, Shape(",", '"', "", True, columns, fitted), paths or {})


def _parquet(path: Path) -> StructuredShape | None:
    try:
        file = pq.ParquetFile(path)
        batch = next(file.iter_batches(batch_size=ROWS), None)
    except (OSError, ValueError):
        return None
    columns = tuple(file.schema_arrow.names)
    rows = [] if batch is None else [list(row.values()) for row in pa.Table.from_batches([batch]).to_pylist()]
    return _of("parquet", columns, rows)


def _json(path: Path) -> StructuredShape | None:
    told = []
    for line in head_of(path, size=_HEAD_BYTES)[:ROWS]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue  # the last is cut
        if isinstance(value, dict):
            told.append(dict(itertools.islice(_leaves(value, "$", ""), _MOST_PATHS)))
    names = list(dict.fromkeys(key for one in told for key in one))[:_MOST_PATHS]
    if not names:
        return None
    columns = unique_names([name for name, _ in names])
    rows = [[one.get(key) for key in names] for one in told]
    return _of("json", columns, rows, {column: key[1] for column, key in zip(columns, names, strict=True)})


def _leaves(value: Mapping[str, Any], path: str, name: str, depth: int = 1) -> Iterator[tuple[tuple[str, str], Any]]:
    """((name, path), value) of every text, number or truth below an object; lists are left out."""
    for key, inner in value.items():
        plain = key.isascii() and key.replace("_", "").isalnum()
        below = f"{path}.{key}" if plain else f"{path}.{json.dumps(key, ensure_ascii=False)}"
        called = key.lstrip("$_") if not name else f"{name}_{key.lstrip('$_')}"
        if isinstance(inner, Mapping):
            if depth < _DEEPEST:
                yield from _leaves(inner, below, called, depth + 1)
        elif inner is not None and not isinstance(inner, list):
            yield (called, below), inner

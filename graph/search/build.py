"""How does evidence become a search index?  Streamed from the lake into a file of its own, then renamed into place."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from graph.detect.minors import INTERVALS, minority
from graph.detect.minors.ages import ages
from graph.opaque import token
from graph.project.observed import Observed
from graph.search.entries import NAME_KINDS, Entries
from graph.search.forms import NAME, PLACE, SKELETON, VALUE, WRITTEN, cleaned, folded, skeleton, written
from graph.search.hit import SEARCHED, SearchUnavailable
from graph.search.tables import FINISH, FORMAT, RULING, SCHEMA, STAGED, mark_of_labels, text_of
from ingest.case_folder import label_key
from ingest.lake import Lake
from ingest.runtime.progress import Progress, silent

_ROWS = 10_000
_FILE = "index.sqlite"
_LIKENESS_KINDS = ("email", *NAME_KINDS)  # identifiers that people write by hand, so that likeness means something
Form = tuple[int, str, int, int]


def write_index(lake: Lake, path: Path, *, progress: Progress = silent) -> int:
    """Write the index of the lake's evidence to ``path``; returns the number of entries.

    What a killed process left of an earlier attempt goes first.  ``path`` is replaced at the very end and in one step,
    so a reader sees the old index or the new one.  Memory does not grow with the case.
    """
    scratch = path.with_name(path.name + ".new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        count = _write(lake, scratch, progress)
        with (scratch / _FILE).open("rb") as file:
            os.fsync(file.fileno())
        (scratch / _FILE).replace(path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return count


def _write(lake: Lake, scratch: Path, progress: Progress) -> int:
    observed = Observed(lake)
    try:
        told = minority(lake.table("accounts"), lake.table("messages"), lake.table("reports"))
        entries = Entries(observed, case=lake.case.name, ages=ages(lake.table("accounts"), told))
        progress("index names", 0, None)
        ranked = entries.ranked
        heads = _heads(ranked)
        rows_file, rulings_file = scratch / "entries.parquet", scratch / "rulings.parquet"
        _to_parquet(entries.rows, rows_file)
        _to_parquet(told.order_by("account", "from_at"), rulings_file)
        total = pq.read_metadata(rows_file).num_rows
        with closing(sqlite3.connect(scratch / _FILE, isolation_level=None)) as base:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            base.execute("PRAGMA cache_size = -65536")
            base.execute("ATTACH ? AS staged", (str(scratch / "staged.sqlite"),))
            base.execute("PRAGMA staged.journal_mode = OFF")
            base.execute("PRAGMA staged.synchronous = OFF")
            _create(base)
            base.execute("BEGIN")
            base.executemany("INSERT INTO head VALUES (?, ?)", ((number, text) for text, number in heads.items()))
            done = 0
            _insert_rulings(base, rulings_file)
            key = label_key(lake.case)
            for rows in _batches(rows_file):
                _insert(base, rows, heads, key)
                done += len(rows)
                progress("index names", done, total)
            for statement in FINISH:
                base.execute(statement)
            about = {
                "format": FORMAT, "digest": lake.digest(), "entries": str(done), "labels": mark_of_labels(key),
            }
            base.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
            base.execute("COMMIT")
        return done
    finally:
        observed.close()


def _create(base: sqlite3.Connection) -> None:
    try:
        for statement in (*SCHEMA, STAGED):
            base.execute(statement)
    except sqlite3.OperationalError as error:
        raise SearchUnavailable(
            f"this Python's SQLite {sqlite3.sqlite_version} cannot hold the search index ({error})",
            where="sqlite3", fix="use a Python whose SQLite is 3.34 or later and has FTS5",
        ) from error


def _heads(ranked: Any) -> dict[str, int]:
    texts = ranked.select("head").distinct().to_pyarrow().column("head").to_pylist()
    return {text: number for number, text in enumerate(sorted({text or "" for text in texts}))}


def _to_parquet(rows: Any, path: Path) -> None:
    if "'" in str(path):  # Ibis writes the path into the engine's COPY unescaped
        pq.write_table(rows.to_pyarrow(), path)
    else:
        rows.to_parquet(path)


def _batches(path: Path) -> Iterator[list[dict[str, Any]]]:
    """Rows as dictionaries, ``accounts`` as the bytes of 32-bit numbers."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS):
            plain = batch.drop_columns(["accounts"]).to_pylist()
            lists = batch.column("accounts")
            ends = (4 * np.asarray(lists.offsets)).tolist()
            numbers = np.asarray(lists.values.cast("int64"), dtype="<u4").tobytes()
            for row, begin, end in zip(plain, ends, ends[1:], strict=False):
                row["accounts"] = numbers[begin:end] or None
            yield plain


def _insert(base: sqlite3.Connection, rows: list[dict[str, Any]], heads: dict[str, int], key: bytes) -> None:
    forms: list[Form] = []
    entities, texts, minors = [], [], []
    for row in rows:
        label, head = SEARCHED.index(row["label"]), heads[row["head"] or ""]
        entity, native = row["rank"], row["id"][len(row["head"] or "") + 1 :]
        others = [other for other in row["others"] or () if other != row["name"]]
        names = [name for name in (row["name"], *others) if name is not None and name != native]
        folds = tuple(folded(name) for name in names)
        low = folded(native)
        forms += _forms(entity, row, names, folds, native, low)
        entities.append((
            entity, label, row["id"], head, row["platform"] or "", row["name"],
            json.dumps(others, ensure_ascii=False) if others else None, row["kind"], row["declared_age"],
            row["age"], row["basis"], int(row["minor_basis"] is not None), row["messages"], row["links"],
            row["first_day"], row["last_day"], row["accounts"],
        ))
        if row["minor_basis"] is not None:
            minors.append((row["id"], token(row["id"], key), row["minor_basis"]))
        texts.append((entity, text_of(label, head, low, folds)))
    base.executemany(f"INSERT INTO entity VALUES ({', '.join('?' * 17)})", entities)
    base.executemany("INSERT INTO minor VALUES (?, ?, ?)", minors)
    base.executemany("INSERT INTO staged.form VALUES (?, ?, ?, ?)", forms)
    base.executemany("INSERT INTO within (rowid, text) VALUES (?, ?)", texts)


def _insert_rulings(base: sqlite3.Connection, rows: Path) -> None:
    with pq.ParquetFile(rows) as file:
        for batch in file.iter_batches(_ROWS):
            table = pa.Table.from_batches([batch]).select(RULING.names).cast(INTERVALS).cast(RULING)
            values = zip(*(column.to_pylist() for column in table.columns), strict=True)
            base.executemany(f"INSERT INTO ruling VALUES ({', '.join('?' for _ in RULING)})", values)


def _forms(
    entity: int, row: dict[str, Any], names: list[str], folds: tuple[str, ...], native: str, low: str
) -> Iterator[Form]:
    """``cased``: is the name written otherwise than its folded form?"""
    kind = (row["kind"] or "").lower() if row["label"] == "Identifier" else None
    space = NAME if kind is None else VALUE
    yield space, low, int(cleaned(native) != low), entity
    for name, fold in zip(names, folds, strict=True):
        yield space, fold, int(cleaned(name) != fold), entity
    if kind is None or kind in _LIKENESS_KINDS:
        for name in names or [native]:
            letters = skeleton(name)
            if letters is not None:
                yield SKELETON, letters, 0, entity
    if kind is not None:
        known = written(row["name"] or native, kind=kind or "other")
        for key in known.keys:
            if key[1:] != low:  # else it is met as it is written
                yield WRITTEN, key, 0, entity
        if known.place is not None:
            yield PLACE, known.place, 0, entity

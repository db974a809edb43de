"""How do queries travel?  As packs: a folder or a zip of ``.cypher`` files, one a query, or BloodHound's files.

A pack from somebody else is untrusted: what is read is marked as not reviewed, and nothing of that runs
(``queries.runner``) before somebody said that they have read it.  A pack that is written says nothing of reviews, so
that a pack which was read and is written again is the same bytes.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from queries.errors import PackInvalid, QueryError
from queries.files.bloodhound import ENDINGS, FORMS, RECORD, YAML, bloodhound_files, from_bloodhound, to_bloodhound
from queries.files.cypher_file import parse, render
from queries.saved_query import SavedQuery
from queries.statement.guard import check_text

LARGEST_FILE = 1_000_000
"""Bytes of one file of a pack that is read."""
MOST_FILES = 5_000
CYPHER = "cypher"
PACK_FORMS = (CYPHER, *FORMS)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever a zip is written


def read_pack(path: Path) -> tuple[SavedQuery, ...]:
    """The queries of a folder, a zip or one file, by id, none of them reviewed.

    Files are ``.cypher``, and ``.json``, ``.yml`` and ``.yaml`` as BloodHound writes them
    (``queries.files.bloodhound``).  Raises PackInvalid with every file that cannot be read, whose statement does more
    than read, or whose id another has.
    """
    found: dict[str, SavedQuery] = {}
    faults: list[str] = []
    for name, content in _files(path):
        for make in _makers(name, content):
            try:
                query = make()
                check_text(query.cypher)
            except QueryError as error:
                faults.append(f"{name}: {error.what}")
            else:
                faults += [f"{name}: two queries have the id {query.id}"] if query.id in found else []
                found[query.id] = replace(query, reviewed=False)
    if faults or not found:
        more = f"; and {len(faults) - 20} more" if len(faults) > 20 else ""
        nothing = "there is no .cypher, .json or .yml file in it"
        raise PackInvalid(
            "; ".join(faults[:20]) + more if faults else nothing, where=str(path),
            fix="docs/queries.md shows how a file looks",
        )
    return tuple(found[name] for name in sorted(found))


def as_packed(query: SavedQuery) -> str:
    """The query's text in a pack."""
    return render(replace(query, reviewed=True))


def write_pack(path: Path, queries: Iterable[SavedQuery], form: str = CYPHER) -> int:
    """Write the queries in that form (``cypher``, or one of BloodHound's); returns how many.

    Where each query has a file, ``path`` is a zip (``.zip``), a folder, which is made, or the file of the only query;
    else it is the one file of all.  Raises PackInvalid for a form that there is not.
    """
    chosen = tuple(queries)
    if form not in PACK_FORMS:
        raise PackInvalid(f"no form {form!r}", where=str(path), fix=f"use one of {', '.join(PACK_FORMS)}")
    if form not in (CYPHER, RECORD, YAML):
        path.write_text(to_bloodhound(chosen, form), encoding="utf-8")
        return len(chosen)
    if form == CYPHER:
        files = {f"{query.id}.cypher": as_packed(query) for query in chosen}
    else:
        files = bloodhound_files(chosen, form)
    if path.suffix.lower() == ".zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
            for name in sorted(files):
                pack.writestr(zipfile.ZipInfo(name, _LONG_AGO), files[name], zipfile.ZIP_DEFLATED)
        path.write_bytes(packed.getvalue())
    elif len(files) == 1 and _wanted(path.name):
        path.write_bytes(next(iter(files.values())).encode())
    else:
        path.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (path / name).write_bytes(text.encode())
    return len(chosen)


def _makers(name: str, content: bytes) -> Iterator[Callable[[], SavedQuery]]:
    """What makes each query of a file, apart, so that one that is at fault does not hide the others."""
    def text() -> str:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            raise PackInvalid("it is not UTF-8 text") from None

    if name.lower().endswith(".cypher"):
        yield lambda: parse(text(), source=name)
        return
    try:
        yield from from_bloodhound(text(), name=name)
    except QueryError as error:
        yield _raising(error)


def _raising(error: QueryError) -> Callable[[], SavedQuery]:
    def fail() -> SavedQuery:
        raise error

    return fail


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents in order; nothing is unpacked to disk, and no file is read whole that is too large."""
    try:
        if path.is_dir():
            names = sorted(one for one in path.iterdir() if one.is_file() and _wanted(one.name))
            for one in names[: MOST_FILES + 1]:
                with one.open("rb") as stream:
                    yield one.name, _content(one.name, stream.read(LARGEST_FILE + 1))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as pack:
                wanted = (one for one in pack.infolist() if _wanted(one.filename))
                entries = sorted(wanted, key=lambda one: one.filename)
                if len(entries) > MOST_FILES:
                    raise PackInvalid(f"more than {MOST_FILES:,} files", where=str(path))
                for entry in entries:
                    with pack.open(entry) as stream:
                        yield entry.filename, _content(entry.filename, stream.read(LARGEST_FILE + 1))
        else:
            with path.open("rb") as stream:
                yield path.name, _content(path.name, stream.read(LARGEST_FILE + 1))
    except (OSError, RuntimeError, zipfile.BadZipFile, NotImplementedError) as error:
        raise PackInvalid(f"cannot be read ({error})", where=str(path), fix="give a folder, a zip or a file") from None


def _wanted(name: str) -> bool:
    return name.lower().endswith((".cypher", *ENDINGS)) and not name.startswith("__MACOSX")


def _content(name: str, content: bytes) -> bytes:
    if len(content) > LARGEST_FILE:
        raise PackInvalid(f"{name} is larger than {LARGEST_FILE:,} bytes", fix="split it")
    return content

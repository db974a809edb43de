"""Is there a search index of this evidence?  Opened where it is, made where it is missing, old or damaged."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import GraphError
from graph.search.build import write_index
from graph.search.hit import SearchUnavailable
from graph.search.tables import FORMAT, mark_of_labels
from ingest.case_folder import CaseFolder, label_key
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from ingest.runtime.file_lock import locked
from ingest.runtime.progress import Progress, silent

WAIT_S = 600.0
_MAPPED = 1 << 30


class Busy(GraphError):
    """Another process makes the index just now."""


@dataclass(frozen=True)
class SearchIndex:
    """An open index; ``digest`` is that of the evidence it was made of, ``heads`` what ids may begin with."""

    base: sqlite3.Connection
    digest: str
    heads: dict[str, int]
    current: bool = True


def index_path(case: CaseFolder) -> Path:
    """The file of a case's search index."""
    return case.path / "search.sqlite"


def make_index(lake: Lake, *, anew: bool = False, progress: Progress = silent, wait_s: float = WAIT_S) -> bool:
    """See that the case has an index of the lake's evidence; returns whether one was made.

    ``anew``: also where there is one.  One process at a time makes it; raises Busy if its turn does not come within
    ``wait_s``.
    """
    path = index_path(lake.case)
    busy = Busy("another process is indexing the case's names", where=str(path), fix="wait for it to finish")
    with locked(path.with_name("search.lock"), wait_s=wait_s, busy=busy):
        if not anew and _digest(lake.case) == lake.digest():
            return False
        write_index(lake, path, progress=progress)
        return True


@contextmanager
def open_index(case: CaseFolder, *, lake: Callable[[], Lake] | None = None) -> Iterator[SearchIndex]:
    """The index of a case for reading, made first where it is missing, damaged or of other evidence.

    ``lake`` opens the evidence for that.  While another process makes a new index the old one serves (``current`` is
    false then); without one its end is waited for.  Usable in the thread that opened it.
    """
    path = index_path(case)
    wanted = case_digest(case)
    found = _digest(case)
    if found != wanted:
        if not case.exists():
            raise IngestError("no such case", where=f"case {case.name!r}", fix="ingest a source into it first")
        with (lake() if lake is not None else Lake(case)) as opened:
            try:
                make_index(opened, wait_s=WAIT_S if found is None else 0.0)
            except Busy:
                if found is None:
                    raise
    with closing(_connected(path)) as base:
        try:
            digest = _about(base)["digest"]
            heads = {str(text): int(number) for number, text in base.execute("SELECT number, text FROM head")}
        except sqlite3.Error as error:
            raise _damaged(path, error) from error
        yield SearchIndex(base, digest, heads, current=digest == wanted)


def _connected(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise SearchUnavailable("the case has no search index", where=str(path), fix="run filature rebuild")
    # immutable: the file is replaced, never changed
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    base.execute(f"PRAGMA mmap_size = {_MAPPED}")
    base.execute("PRAGMA temp_store = MEMORY")
    return base


def _digest(case: CaseFolder) -> str | None:
    """The evidence digest of a whole index of today's format and the case's own labels, None where there is none."""
    path = index_path(case)
    if not path.is_file():
        return None
    try:
        with closing(_connected(path)) as base:
            about = _about(base)
    except sqlite3.Error:
        return None
    whole = about.get("format") == FORMAT and about.get("labels") == mark_of_labels(label_key(case))
    return about.get("digest") if whole else None


def _about(base: sqlite3.Connection) -> dict[str, str]:
    return dict(base.execute("SELECT name, value FROM about"))


def _damaged(path: Path, error: sqlite3.Error) -> SearchUnavailable:
    return SearchUnavailable(f"the search index cannot be read ({error})", where=str(path), fix="run filature rebuild")

"""What do the tests of the search look in?  A case made by the real ingest, and its index."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.search import Hits, SearchIndex, find, open_index
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.labels import known_key
from tests.unit.graph.detect.small_platform import moment, write_folder

CASE = "town"
Tables = Mapping[str, Iterable[Mapping[str, Any]]]


def case_of(folder: Path, *batches: Tables) -> CaseFolder:
    """A case of these tables, a batch each."""
    case = known_key(CaseFolder(folder / "workspace", CASE).create())
    for number, tables in enumerate(batches):
        report = ingest([write_folder(folder / f"evidence{number}", tables)], case=case)
        assert report.rejected == 0
    return case


@contextmanager
def index_of(folder: Path, *batches: Tables) -> Iterator[SearchIndex]:
    with open_index(case_of(folder, *batches)) as index:
        yield index


def named(*names: str, **columns: Any) -> list[dict[str, Any]]:
    """Accounts a0, a1 … with these pseudonyms."""
    return [{"account_id": f"a{number}", "pseudonym": name, **columns} for number, name in enumerate(names)]


def lines(**counts: int) -> list[dict[str, Any]]:
    """That many messages of each account in the hall, an hour apart."""
    return [
        {"message_id": f"{account}-{number}", "sender_id": account, "room_id": "hall", "sent_at": moment(number)}
        for account, count in counts.items()
        for number in range(count)
    ]


def told(found: Hits) -> list[tuple[str, str]]:
    return [(hit.match, hit.id) for hit in found.hits]


def all_of(index: SearchIndex, text: str, **options: Any) -> list[tuple[str, str]]:
    """All hits, read in pages of seven that must fit the total."""
    hits: list[tuple[str, str]] = []
    while True:
        page = find(index, text, limit=7, offset=len(hits), **options)
        hits += told(page)
        if not page.hits:
            break
    assert len(hits) == page.total, "every hit that the total counts is on a page"
    assert len({identity for _, identity in hits}) == len(hits), "a hit came twice"
    return hits

"""Companies, persons and ownerships of a register, written row by row; no platform is theirs."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, StagedTable


class RegisterRows:
    """Rows of one reading; each party stands once."""

    def __init__(self, desk: Desk) -> None:
        self._rows = ChatRows(desk, "")
        self._known: set[tuple[str, str]] = set()

    def company(self, source: int, row: int, identity: str, attributes: dict[str, object] | None = None,
                **values: str | None) -> None:
        self._party("companies", source, row, identity, attributes, company_id=identity, **values)

    def person(self, source: int, row: int, identity: str, attributes: dict[str, object] | None = None,
               **values: str | None) -> None:
        self._party("persons", source, row, identity, attributes, person_id=identity, **values)

    def ownership(self, source: int, row: int, attributes: dict[str, object] | None = None,
                  **values: str | None) -> None:
        self._rows.add("ownerships", source, row, attributes, platform=None, **values)

    def reject(self, source: int, row: int, *, table: str, reason: str, hint: str, raw: str) -> None:
        self._rows.reject(table, source, row, reason=reason, hint=hint, raw=raw)

    def tables(self) -> Iterator[StagedTable]:
        for table in self._rows.tables():
            yield replace(table, platform=None)

    def _party(self, table: str, source: int, row: int, identity: str, attributes: dict[str, object] | None,
               **values: str | None) -> None:
        if (table, identity) not in self._known or values.get("name"):
            self._known.add((table, identity))
            self._rows.add(table, source, row, attributes, platform=None, **values)

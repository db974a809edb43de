"""Who is the other of a private chat in which only one wrote?  Whoever writes there in another file, else by its name.

DiscordChatExporter names a private chat for the other of its two people (Channel.cs: its recipients' names, in later
versions as they are displayed).  The name counts where one account alone bears it in the files that are read together,
as name or nickname.  If that is the writer, the chat is named for who wrote, and the export's owner never answered.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.engine import literal, parquet_scan
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, StagedTable

_NOBODY = "Deleted User"  # the name of every account that is gone


@dataclass(frozen=True)
class _Chat:
    source: int
    row: int
    stub: str
    writer: str | None
    name: str | None


class DiscordRows(ChatRows):
    """Rows of Discord's channels; stubs of those who never answered are resolved once every file is read."""

    def __init__(self, desk: Desk, platform: str) -> None:
        super().__init__(desk, platform)
        self._named: dict[str, set[str]] = defaultdict(set)
        self._writers: dict[str, set[str]] = defaultdict(set)
        self._listed: set[str] = set()
        self._waiting: list[_Chat] = []

    def shown(self, identity: str, *names: str | None, listed: bool = True) -> None:
        """The export shows that account under these names; ``listed``: it has a row of accounts."""
        for name in names:
            if name and name != _NOBODY:
                self._named[name].add(identity)
        if listed:
            self._listed.add(identity)

    def wrote(self, stub: str, sender: str | None) -> None:
        """The account wrote in the private chat whose other would be ``stub``."""
        if sender is not None:
            self._writers[stub].add(sender)

    def unanswered(self, source: int, row: int, stub: str, writer: str | None, name: str | None) -> None:
        """A private chat of that name in which only ``writer`` wrote, from that row on, to ``stub``."""
        self._waiting.append(_Chat(source, row, stub, writer, None if name == _NOBODY else name))

    def tables(self) -> Iterator[StagedTable]:
        found = []
        for chat in self._waiting:
            others = self._writers[chat.stub] - {chat.writer}
            bearers = self._named.get(chat.name or "", set())
            by_name = not others and len(bearers) == 1 and chat.writer not in bearers
            other = next(iter(bearers)) if by_name else next(iter(others)) if len(others) == 1 else None
            if other is not None:
                found.append((chat.source, chat.stub, other, by_name))
            if chat.name and chat.writer not in bearers and (other or chat.stub) not in self._listed:
                weak: dict[str, object] = {"weak_identity": None if other else True}
                self.once("accounts", chat.source, chat.row, weak, account_id=other or chat.stub, pseudonym=chat.name)
        for staged in super().tables():
            if staged.table == "accounts" and self._waiting:
                yield self._written(staged, f"SELECT * FROM {staged.relation}")
            elif staged.table == "messages" and found:
                yield self._written(staged, self._resolved(staged, found))
            else:
                yield staged

    def _resolved(self, staged: StagedTable, found: list[tuple[int, str, str, bool]]) -> str:
        names = ("of_source", "stub", "other", "by_name")
        path = self._desk.parquet("others")
        pq.write_table(pa.table(dict(zip(names, map(list, zip(*found, strict=True)), strict=True))), path)
        told = literal('{"recipient_from": "the name of the chat"}')
        return f"""SELECT told.* REPLACE (coalesce(other, recipient_id) AS recipient_id, CASE WHEN by_name
            THEN json_merge_patch(coalesce(attributes, '{{}}')::JSON, {told}::JSON)::VARCHAR ELSE attributes END
            AS attributes) FROM {staged.relation} AS told
            LEFT JOIN {parquet_scan([path])} AS others ON of_source = source AND stub = recipient_id"""

    def _written(self, staged: StagedTable, sql: str) -> StagedTable:
        path = self._desk.parquet(f"settled-{staged.table}")
        self._desk.engine.run(
            f"COPY ({sql} ORDER BY source, row) TO {literal(str(path))} (FORMAT parquet, COMPRESSION lz4)",
            stage="resolving private chats", progress=self._desk.progress,
        )
        return replace(staged, relation=parquet_scan([path]))

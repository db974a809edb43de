"""On which platform did a row happen?  Its own column, else its account's or room's, else the only one known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.lake.columns import REGISTER
from ingest.lake.engine import Engine, literal, quoted
from ingest.sources.databases.mapped_database import Database
from ingest.sources.delimited import Delimited
from ingest.sources.evidence.folder import EvidenceFolder
from ingest.sources.reader import StagedTable
from ingest.sources.structured import Structured

# id columns that tell a row's platform, in this order, and the table that knows the id
_OWNERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "accounts": (),
    "rooms": (),
    "messages": (("sender_id", "accounts"), ("recipient_id", "accounts"), ("room_id", "rooms")),
    "sessions": (("account_id", "accounts"),),
    "identifiers": (("account_id", "accounts"),),
    "reports": (("reported_id", "accounts"), ("reporter_id", "accounts")),
}
_IDS = {"accounts": "account_id", "rooms": "room_id"}
NAMING = frozenset({EvidenceFolder.NAME, Delimited.NAME, Structured.NAME, Database.NAME})
"""Formats that imply no platform: their tables name it, or nothing does."""


@dataclass(frozen=True)
class PlatformRule:
    """``sql``: a staged row's platform, the row aliased ``s``; ``joins`` it needs; ``only``: if there is one."""

    sql: str
    joins: str = ""
    only: str | None = None


class Platforms:
    """What an ingest knows of platforms, once all its tables are staged.

    An id belongs to a platform if exactly one is given for it among the accounts (or rooms) of this ingest and of the
    evidence already there.  Rows of an evidence folder are of no platform that another format implied, whose people
    may have the same ids: where no table names one, they are of the case's name.

    ``assumed``: where nothing of this ingest names a platform, the one that its rows are taken to be of, if that is
    the only one of the case and not called like it, or called like the case, which has another; else empty.
    """

    def __init__(
        self,
        staged: Sequence[StagedTable],
        *,
        engine: Engine,
        known: Sequence[str],
        named: Sequence[str],
        stored: Mapping[str, str],
        case: str,
    ) -> None:
        """``known``: platforms of the case so far, ``named``: those that its tables named.

        ``stored``: relations of its accounts and rooms, by table.
        """
        self._engine = engine
        tables = [table for table in staged if table.table not in REGISTER]
        written = {True: set[str](), False: set[str]()}  # by whether the table is native
        for table in tables:
            if "platform" in table.columns:
                rows = engine.run(f"SELECT DISTINCT platform FROM {table.relation} WHERE platform IS NOT NULL")
                written[table.native] |= {str(row[0]) for row in rows}
        found = written[True] | written[False] | {table.platform for table in tables if table.platform}
        self._fallback = _only(found, known) or case
        self._native = _only(written[True], named) or case
        self._unnamed = not written[True] and not named
        self._several = len(found | set(known)) > 1
        self.assumed = ""
        if tables and not found and case not in known:
            taken = {self._native if table.native else self._fallback for table in tables}
            self.assumed = next((one for one in sorted(taken) if known and (len(known) == 1 or one == case)), "")
        if self._several:
            for table_name, id_name in _IDS.items():
                self._know(table_name, id_name, staged, stored)

    def _know(self, table: str, id_name: str, staged: Sequence[StagedTable], stored: Mapping[str, str]) -> None:
        parts = [f"SELECT {id_name} AS id, platform FROM {stored[table]}"] if table in stored else []
        parts += [
            f"SELECT {id_name} AS id, {_own(part)} AS platform FROM {part.relation}"
            for part in staged
            if part.table == table
        ]
        union = " UNION ALL ".join(parts) if parts else "SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS platform"
        self._engine.run(
            f"CREATE OR REPLACE TEMP TABLE {quoted('platform of ' + table)} AS SELECT id, min(platform) AS platform "
            f"FROM ({union}) WHERE id IS NOT NULL AND platform IS NOT NULL "
            "GROUP BY id HAVING count(DISTINCT platform) = 1"
        )

    def rule(self, staged: StagedTable) -> PlatformRule:
        """How the platform of this staged table's rows is found."""
        own, fallback = _own(staged, alias="s."), self._native if staged.native else self._fallback
        if not self._several or staged.table in REGISTER or (staged.native and self._unnamed):
            only = fallback if "platform" not in staged.columns and staged.platform is None else None
            return PlatformRule(f"coalesce({own}, {literal(fallback)})", only=only)
        candidates, joins = [own], []
        for place, (column, table) in enumerate(_OWNERS[staged.table]):
            if column in staged.columns:
                alias = f"owner{place}"
                candidates.append(f"{alias}.platform")
                joins.append(
                    f"LEFT JOIN {quoted('platform of ' + table)} AS {alias} ON {alias}.id = s.{quoted(column)}"
                )
        return PlatformRule(f"coalesce({', '.join(candidates)}, {literal(fallback)})", " ".join(joins))


def _only(*groups: Collection[str]) -> str:
    """The name of the first group that holds one alone; empty if none does."""
    return next((name for group in groups if len(group) == 1 for name in group), "")


def _own(staged: StagedTable, alias: str = "") -> str:
    implied = "NULL::VARCHAR" if staged.platform is None else literal(staged.platform)
    return f"coalesce({alias}platform, {implied})" if "platform" in staged.columns else implied

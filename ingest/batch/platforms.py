"""On which platform did a row happen?  Its own column, else its account's or room's, else the only one known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.lake.columns import REGISTER
from ingest.lake.engine import Engine, literal, quoted
from ingest.sources.reader import StagedTable

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


@dataclass(frozen=True)
class PlatformRule:
    """``sql``: a staged row's platform, the row aliased ``s``; ``joins`` it needs; ``only``: if there is one."""

    sql: str
    joins: str = ""
    only: str | None = None


class Platforms:
    """What an ingest knows of platforms, once all its tables are staged.

    An id belongs to a platform if exactly one is given for it among the accounts (or rooms) of this ingest and of the
    evidence already there.  ``assumed``: the only platform of the case, where that has another name than the case,
    nothing of this ingest names one and its rows are taken to be of it; else empty.
    """

    def __init__(
        self,
        staged: Sequence[StagedTable],
        *,
        engine: Engine,
        known: Sequence[str],
        stored: Mapping[str, str],
        case: str,
    ) -> None:
        """``known``: platforms of the case so far; ``stored``: relations of its accounts and rooms, by table."""
        self._engine = engine
        found = {table.platform for table in staged if table.platform and table.table not in REGISTER}
        for table in staged:
            if "platform" in table.columns and table.table not in REGISTER:
                rows = engine.run(f"SELECT DISTINCT platform FROM {table.relation} WHERE platform IS NOT NULL")
                found |= {str(row[0]) for row in rows}
        self._fallback = next((names[0] for names in (sorted(found), sorted(known)) if len(names) == 1), case)
        self._several = len(found | set(known)) > 1
        self.assumed = self._fallback if not found and len(known) == 1 and known[0] != case and any(
            table.table not in REGISTER for table in staged
        ) else ""
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
        own = _own(staged, alias="s.")
        if not self._several or staged.table in REGISTER:
            only = self._fallback if "platform" not in staged.columns and staged.platform is None else None
            return PlatformRule(f"coalesce({own}, {literal(self._fallback)})", only=only)
        candidates, joins = [own], []
        for place, (column, table) in enumerate(_OWNERS[staged.table]):
            if column in staged.columns:
                alias = f"owner{place}"
                candidates.append(f"{alias}.platform")
                joins.append(
                    f"LEFT JOIN {quoted('platform of ' + table)} AS {alias} ON {alias}.id = s.{quoted(column)}"
                )
        return PlatformRule(f"coalesce({', '.join(candidates)}, {literal(self._fallback)})", " ".join(joins))


def _own(staged: StagedTable, alias: str = "") -> str:
    implied = "NULL::VARCHAR" if staged.platform is None else literal(staged.platform)
    return f"coalesce({alias}platform, {implied})" if "platform" in staged.columns else implied

"""Which rows of evidence name a medium of a known list?  Hashes in attributes and identifiers, joined to the lists.

A hash is looked for by its shape (32, 40 or 64 hex digits that stand alone), whatever a reader calls the attribute, in
messages, accounts and identifiers.  Texts of messages are not searched: to write a hash is not to send a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.lake.engine import Engine, literal, parquet_scan

_SHAPE = r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b"


@dataclass(frozen=True)
class KnownMedium:
    """A row that names a known medium.  ``account``: who sent it or bears it; ``room`` or ``recipient`` of a message.

    ``lists``: SHA-256 of each list that has the hash, with its category there.
    """

    record: str
    account: str
    recipient: str | None
    room: str | None
    at: datetime | None
    hash: str
    lists: tuple[tuple[str, str], ...]


def known_media(
    engine: Engine, tables: Mapping[str, str], lists: Sequence[Path], *, account: str | None = None,
    room: str | None = None,
) -> list[KnownMedium]:
    """In order of time, then by record and hash; of one account or one room if asked.

    ``tables``: SQL of the contract's tables.  ``lists``: files of hashes, each named by the SHA-256 of its list.
    """
    if not lists:
        return []
    known = " UNION ALL ".join(
        f"SELECT hash, category, {literal(path.stem)} AS list_sha256 FROM {parquet_scan([path])}" for path in lists
    )
    asked = [(column, value) for column, value in (("account", account), ("room", room)) if value is not None]
    chosen = " AND ".join(f"{column} = ?" for column, _ in asked) or "true"
    sql = f"""
        WITH said AS (
          SELECT 'messages:' || record_id AS record, sender AS account, recipient, room, sent_at AS moment,
                 lower(attributes) AS body FROM ({tables["messages"]}) WHERE attributes IS NOT NULL
          UNION ALL
          SELECT 'accounts:' || record_id, account, NULL, NULL, created_at, lower(attributes)
          FROM ({tables["accounts"]}) WHERE attributes IS NOT NULL
          UNION ALL
          SELECT 'identifiers:' || record_id, account, NULL, NULL, first_seen_at,
                 concat_ws(' ', lower("value"), lower(attributes)) FROM ({tables["identifiers"]})
        ), named AS (
          SELECT * EXCLUDE (body), unnest(list_distinct(regexp_extract_all(body, {literal(_SHAPE)}))) AS hash
          FROM said WHERE {chosen}
        ), met AS (
          SELECT DISTINCT named.*, known.list_sha256, known.category FROM named JOIN ({known}) known USING (hash)
        )
        SELECT record, account, recipient, room, moment, hash, list(list_sha256 ORDER BY list_sha256, category),
               list(category ORDER BY list_sha256, category)
        FROM met GROUP BY ALL ORDER BY moment NULLS LAST, record, hash"""
    return [
        KnownMedium(record, sender, recipient, where, at, value, tuple(zip(listed, categories, strict=True)))
        for record, sender, recipient, where, at, value, listed, categories in engine.run(sql, [v for _, v in asked])
    ]

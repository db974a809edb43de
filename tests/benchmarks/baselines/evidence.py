"""The tables that baselines count in: accounts, first contacts and who held which device, read from a folder."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

_FIRST = """
    WITH said AS (
        SELECT sender, recipient, "at", least(sender, recipient) AS low, greatest(sender, recipient) AS high,
               row_number() OVER (
                   PARTITION BY least(sender, recipient), greatest(sender, recipient) ORDER BY "at", sender
               ) AS place
        FROM private WHERE sender <> recipient
    )
    SELECT sender AS initiator, recipient AS target, "at" FROM said WHERE place = 1 ORDER BY "at", initiator, target
"""


@dataclass(frozen=True)
class Evidence:
    """``accounts``: id, name, minor, official (has a role that is not member); ``contacts``: initiator, target, at
    (epoch seconds), one row a pair of accounts, by who wrote first; ``devices``: id, device, one row a pair."""

    accounts: pd.DataFrame
    contacts: pd.DataFrame
    devices: pd.DataFrame

    @classmethod
    def read(cls, folder: Path, *, platform: str) -> "Evidence":
        """Reads CSV, JSON lines or Parquet tables; ``platform`` names rows without one.

        Times without a zone are taken as UTC and epochs in seconds or milliseconds: order is all that counts here,
        and durations.
        """
        with duckdb.connect() as db:
            _load(db, folder, platform)
            private = _times(db.sql('SELECT sender, recipient, "at" FROM messages WHERE recipient IS NOT NULL').df())
            db.register("private", private)
            contacts = db.sql(_FIRST).df()
            people = db.sql("""
                SELECT id, any_value(name) AS name, coalesce(max(age) < 18, false) AS minor,
                       coalesce(max(role) NOT IN ('member', ''), false) AS official
                FROM (
                    SELECT id, name, age, role FROM accounts
                    UNION ALL SELECT sender, NULL, NULL, NULL FROM messages
                    UNION ALL SELECT recipient, NULL, NULL, NULL FROM messages WHERE recipient IS NOT NULL
                ) GROUP BY id ORDER BY id
            """).df()
            devices = db.sql("SELECT DISTINCT id, device FROM devices WHERE device <> '' ORDER BY id, device").df()
        return cls(people, contacts, devices)

    @property
    def minors(self) -> frozenset[str]:
        return frozenset(self.accounts["id"][self.accounts["minor"]])

    def judged(self) -> pd.DataFrame:
        """First contacts with ``to_minor`` and ``from_minor``."""
        minors = self.minors
        return self.contacts.assign(
            to_minor=self.contacts["target"].isin(minors), from_minor=self.contacts["initiator"].isin(minors)
        )


def _load(db: duckdb.DuckDBPyConnection, folder: Path, platform: str) -> None:
    """Views ``accounts``, ``messages`` and ``devices`` with full ids, empty where the folder has no such table."""
    db.execute("SET TimeZone = 'UTC'")
    names = _columns(db, folder, "accounts")

    def full(column: str, has: frozenset[str]) -> str:
        home = f"coalesce(nullif(platform, ''), '{platform}')" if "platform" in has else f"'{platform}'"
        return f"{home} || ':' || {column}"

    def maybe(column: str, has: frozenset[str], kind: str = "VARCHAR") -> str:
        return f"TRY_CAST({column} AS {kind})" if column in has else f"CAST(NULL AS {kind})"

    db.execute(f"""
        CREATE TABLE accounts AS SELECT {full('account_id', names) if names else "''"} AS id,
            {maybe('pseudonym', names)} AS name, {maybe('declared_age', names, 'DOUBLE')} AS age,
            {maybe('role', names)} AS role
        FROM {"raw_accounts" if names else "(SELECT 1) WHERE false"}
    """)
    has = _columns(db, folder, "messages")
    to = f"coalesce({maybe('recipient_id', has)}, '')"
    db.execute(f"""
        CREATE TABLE messages AS SELECT {full('sender_id', has)} AS sender,
            CASE WHEN {to} <> '' THEN {full('recipient_id', has)} END AS recipient,
            CAST(sent_at AS VARCHAR) AS "at"
        FROM raw_messages
    """)
    db.execute("CREATE TABLE devices (id VARCHAR, device VARCHAR)")
    has = _columns(db, folder, "sessions")
    if "device_id" in has:
        db.execute(f"INSERT INTO devices SELECT {full('account_id', has)}, device_id FROM raw_sessions")
    has = _columns(db, folder, "identifiers")
    if has:
        db.execute(f"""
            INSERT INTO devices SELECT {full('account_id', has)}, value FROM raw_identifiers WHERE kind = 'device'
        """)


def _columns(db: duckdb.DuckDBPyConnection, folder: Path, table: str) -> frozenset[str]:
    """Makes the view ``raw_TABLE`` of a file and gives its columns; none without such a file."""
    for form, read in (
        ("csv", "read_csv('{}', all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"),
        ("jsonl", "read_json_auto('{}', format = 'newline_delimited')"),
        ("parquet", "read_parquet('{}')"),
    ):
        path = folder / f"{table}.{form}"
        if path.exists() and path.stat().st_size:
            source = read.format(str(path).replace("'", "''"))
            db.execute(f"CREATE TABLE raw_{table} AS SELECT * FROM {source}")
            found = db.execute(f"DESCRIBE raw_{table}").fetchall()
            for name, kind, *_ in found:
                if kind != "VARCHAR":
                    db.execute(f'ALTER TABLE raw_{table} ALTER "{name}" TYPE VARCHAR')
            return frozenset(str(row[0]) for row in found)
    return frozenset()


def _times(frame: pd.DataFrame) -> pd.DataFrame:
    """``at`` as epoch seconds."""
    text = frame["at"]
    number = pd.to_numeric(text, errors="coerce")
    stamp = pd.to_datetime(text.where(number.isna()), format="ISO8601", utc=True, errors="coerce")
    seconds = (stamp - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    number = number.where(number < 1e11, number / 1000)
    return frame.assign(at=seconds.where(number.isna(), number))

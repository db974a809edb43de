"""How are IRC logs read?  Ubuntu's archive, irssi, WeeChat, ZNC and near kin, file by file or a folder of them.

A nick (in IRC's lower case) is the account, though whoever takes it may bear it: accounts are marked ``weak_identity``.
Joins give a ``host`` identifier, and an ``ip`` where the host is an address; nick changes an ``alias`` shared by the
old and the new nick, a join followed by the leave of the same nick a session.  Each of these tables counts its own
lines; a line that is nothing of the kind is a reject of ``messages``; topics, modes, day lines and blank lines belong
to no table.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.lake.engine import literal, parquet_scan
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.irc.dialects import dialect_of
from ingest.sources.irc.events import write_events
from ingest.sources.irc.names import LogName, log_name
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey, fault_value
from ingest.sources.text_lines import head_of, write_lines

_LOOKED_AT = 40
_NO_DATE = fault_value("sent_at", "has no date", "put the date into the file's name, as in 2024-05-01.log")


class IrcLogs:
    """Reader of IRC logs.  Times are local to whoever kept the log: ``--timezone`` says where."""

    NAME = "irc"
    VERSION = "3"

    def recognises(self, path: Path) -> bool:
        if path.is_dir():
            return any(_dialect(entry) is not None for entry in files_below(path, limit=_LOOKED_AT))
        return _dialect(path) is not None

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable("an IRC log takes no mapping", where=printable(path), fix="leave --mapping out")
        files, ignored = [], []
        for entry in files_below(path) if path.is_dir() else [regular_file(path)]:
            dialect = _dialect(entry)
            if dialect is None:
                ignored.append(printable(entry))
            else:
                files.append(SourceFile(entry, self.NAME, context=log_name(entry, path, dialect).context()))
        if not files:
            raise SourceUnreadable(
                "holds no IRC log", where=printable(path), fix="see docs/formats.md for the forms that are read"
            )
        return Survey(tuple(files), tuple(ignored))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        names = [LogName.from_context(source.context) for source in sources]
        events = write_events(write_lines(sources, desk), names, desk)
        for table, sql in _TABLES.items():
            path = desk.parquet(table)
            rows = sql.replace("EVENTS", events)
            desk.engine.run(
                f"COPY ({rows}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION uncompressed)",
                stage=f"reading IRC {table}", progress=desk.progress,
            )
            scan = parquet_scan([path])
            columns = {name for name, _ in desk.engine.columns(scan)} - {"source", "row"}
            yield StagedTable(table, scan, frozenset(columns), _rejects(events) if table == "messages" else None)


def _dialect(path: Path) -> str | None:
    return dialect_of(head_of(path)) if path.is_file() else None


def _rejects(events: str) -> str:
    hint = "say the format with --format, or take the line out if it is no part of the log"
    return (
        f"(SELECT source, row, '' AS \"column\", 'is no line of this IRC log' AS reason, {literal(hint)} AS hint, raw "
        f"FROM {events} WHERE event IS NULL)"
    )


_SEEN = """
    SELECT source, row, platform, nick, written FROM EVENTS WHERE nick IS NOT NULL
    UNION ALL SELECT source, row, platform, "new", new_written FROM EVENTS WHERE "new" IS NOT NULL
    UNION ALL SELECT source, row, platform, recipient, recipient FROM EVENTS WHERE recipient IS NOT NULL
"""
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_IPV4 = rf"{_BYTE}(?:\.{_BYTE}){{3}}"
_GROUP = "[0-9a-fA-F]{1,4}"
_GROUPS = f"(?:{_GROUP}(?::{_GROUP})*)?"
_AT = "regexp_extract(host, '@([^@]*)$', 1)"
# eight groups, or fewer around one gap; a cloak in groups of letters and digits has neither
_ADDRESS = f"""CASE
    WHEN regexp_full_match({_AT}, '{_IPV4}|(?:{_GROUP}:){{7}}{_GROUP}|::(?:[fF]{{4}}:)?{_IPV4}') THEN {_AT}
    WHEN regexp_full_match({_AT}, '{_GROUPS}::{_GROUPS}')
        AND length({_AT}) - length(replace({_AT}, ':', '')) <= 7 THEN {_AT} END"""
_TABLES = {
    "accounts": f"""
        SELECT first.source, first.row, platform, nick AS account_id, first.written AS pseudonym,
            '{{"weak_identity": true}}' AS attributes
        FROM (SELECT platform, nick, min({{'source': source, 'row': row, 'written': written}}) AS first
            FROM ({_SEEN}) GROUP BY ALL) ORDER BY first.source, first.row, nick""",
    "rooms": """
        SELECT first.source, first.row, platform, room AS room_id, room AS name, 'channel' AS kind
        FROM (SELECT platform, room, min({'source': source, 'row': row}) AS first FROM EVENTS
            WHERE room IS NOT NULL AND event IN ('message', 'action', 'notice', 'join') GROUP BY ALL)
        ORDER BY first.source, first.row""",
    "messages": f"""
        SELECT source, row, platform, stamp AS sent_at, nick AS sender_id, room AS room_id, recipient AS recipient_id,
            text, raw, CASE WHEN stamp IS NULL THEN {_NO_DATE} END AS fault,
            CASE WHEN event <> 'message' OR nick <> written OR basis IS NOT NULL OR bytes IS NOT NULL THEN
                json_merge_patch('{{}}', json_object(
                    'form', CASE WHEN event <> 'message' THEN event END,
                    'nick', CASE WHEN nick <> written THEN written END, 'time_from', basis, 'bytes', bytes
                ))::VARCHAR END AS attributes
        FROM EVENTS WHERE event IN ('message', 'action', 'notice') ORDER BY source, row""",
    "identifiers": f"""
        SELECT source, row, platform, nick AS account_id, 'host' AS kind, host AS value, stamp AS first_seen_at,
            stamp AS last_seen_at, raw, NULL::VARCHAR AS attributes
        FROM EVENTS WHERE event = 'join' AND host IS NOT NULL
        UNION ALL
        SELECT source, row, platform, nick, 'ip', {_ADDRESS}, stamp, stamp, raw, NULL
        FROM EVENTS WHERE event = 'join' AND {_ADDRESS} IS NOT NULL
        UNION ALL
        SELECT source, row, platform, unnest([nick, "new"]), 'alias', "new", stamp, stamp, raw,
            json_object('changed_from', written, 'changed_to', new_written)::VARCHAR
        FROM EVENTS WHERE event = 'nick' AND nick <> "new" ORDER BY source, row""",
    "sessions": f"""
        SELECT source, row, platform, nick AS account_id, stamp AS started_at, until AS ended_at,
            {_ADDRESS} AS ip, raw,
            json_object('ended_row', until_row)::VARCHAR AS attributes
        FROM (
            SELECT *, lead(event) OVER turn AS next_event, lead(stamp) OVER turn AS until,
                lead(row) OVER turn AS until_row
            FROM EVENTS WHERE event IN ('join', 'leave', 'nick')
            WINDOW turn AS (PARTITION BY source, nick ORDER BY row)
        )
        WHERE event = 'join' AND next_event = 'leave' AND stamp IS NOT NULL AND until >= stamp ORDER BY source, row""",
}

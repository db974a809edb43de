"""What happened on each line of an IRC log, when, and in which window?  SQL from lines to one table of events."""

from collections.abc import Sequence
from pathlib import Path

from ingest.lake.engine import literal, parquet_scan, quoted
from ingest.sources.irc.dialects import DIALECTS, GROUPS, Dialect
from ingest.sources.irc.names import CHANNEL_MARKS, LogName
from ingest.sources.reader import Desk

UNNAMED = "unnamed"
_HALF_DAY = 12 * 3600
_ELEVEN_HOURS = 11 * 3600
_ELSEWHERE = "event IN ('message', 'notice') AND channel IS NOT NULL"  # a message that names another room itself


def folded(nick: str) -> str:
    """SQL of a nick or channel in IRC's lower case (RFC 1459: ``{}|^`` are the lower case of ``[]\\~``)."""
    return rf"lower(translate({nick}, '[]\~', '{{}}|^'))"


def write_events(lines: Path, names: Sequence[LogName], desk: Desk) -> str:
    """SQL after FROM, one row a line that is not blank:

    source, row, raw, bytes, event (NULL: no line of this log), nick, new, host, text, channel, platform, room,
    recipient, stamp (local ISO text, NULL where unknown), basis (how ``stamp`` was found if not by the line alone).
    """
    sorted_out = _written(_sorted_out(parquet_scan([lines]), names), "sorted", desk)
    placed = _written(_placed(_extracted(sorted_out), names), "placed", desk)
    return _written(_with_windows(placed, names), "events", desk)


def _written(sql: str, name: str, desk: Desk) -> str:
    path = desk.parquet(name)
    desk.engine.run(
        f"COPY ({sql}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION uncompressed)",
        stage="reading IRC lines", progress=desk.progress,
    )
    return parquet_scan([path])


def _of(names: Sequence[LogName], dialect: Dialect) -> str:
    return ", ".join(str(source) for source, name in enumerate(names) if name.dialect == dialect.name) or "NULL"


def _sorted_out(lines: str, names: Sequence[LogName]) -> str:
    """Which pattern of its file's dialect does each line fit first?"""
    parts = []
    for dialect in DIALECTS:
        tests = " ".join(
            f"WHEN regexp_full_match(line, {literal(pattern.regex)}) THEN {number}"
            for number, pattern in enumerate(dialect.patterns)
        )
        parts.append(
            f"SELECT source, row, line, bytes, {literal(dialect.name)} AS dialect, CASE {tests} ELSE -1 END AS form "
            f"FROM {lines} WHERE line IS NOT NULL AND source IN ({_of(names, dialect)})"
        )
    return " UNION ALL ".join(parts)


def _extracted(lines: str) -> str:
    """The event of every line and its groups, in one scan; a form without some group has NULL there."""
    kind = f"STRUCT({', '.join(f'{group} VARCHAR' for group in map(quoted, GROUPS))})"
    events, found = [], []
    for dialect in DIALECTS:
        for number, pattern in enumerate(dialect.patterns):
            test = f"WHEN dialect = {literal(dialect.name)} AND form = {number} THEN"
            events.append(f"{test} {literal(pattern.event)}")
            if pattern.groups:
                listed = ", ".join(literal(group) for group in pattern.groups)
                regex = literal(f"^(?:{pattern.regex})$")
                found.append(f"{test} regexp_extract(line, {regex}, [{listed}])::{kind}")
    columns = "".join(f", nullif({_unspaced(group)}, '') AS {quoted(group)}" for group in GROUPS)
    return (
        f"SELECT source, row, line, bytes, event{columns} FROM (SELECT *, CASE {' '.join(events)} END AS event, "
        f"CASE {' '.join(found)} END AS found FROM {lines})"
    )


def _unspaced(group: str) -> str:
    """A group of ``found``; names hold no spaces but those that a client put behind a bracket."""
    found = f"found.{quoted(group)}"
    return f"replace({found}, ' ', '')" if group in ("nick", "new", "host") else found


def _placed(events: str, names: Sequence[LogName]) -> str:
    """Every event with its local time: date from the line, the last day line, or the file's name; clock from the line.

    Where only the name dates the file, a clock that falls back by more than half a day has passed midnight.  A file
    whose hours are all 1 to 12 and which falls back from twelve to one was written with a 12-hour clock.
    """
    dates = ", ".join(f"({source}, {literal(name.date)})" for source, name in enumerate(names))
    over = "OVER (PARTITION BY source ORDER BY row)"
    return f"""
        WITH events AS ({events}),
        dated AS (
            SELECT events.*, TRY_CAST(nullif(name_date, '') AS DATE) AS name_date,
                CASE WHEN event = 'day' THEN coalesce(strftime(
                    try_strptime(regexp_replace("date", ' +', ' ') || ' ' || "year", '%b %d %Y'), '%Y-%m-%d'
                ), '?') END AS day_line,
                TRY_CAST(clock || CASE WHEN contains(substr(clock, 4), ':') THEN '' ELSE ':00' END AS TIME) AS hms
            FROM events JOIN (VALUES {dates}) AS names (source, name_date) USING (source)
        ),
        clocked AS (
            SELECT *, epoch(hms)::BIGINT AS seconds,
                last_value(day_line IGNORE NULLS) {over} AS last_day,
                max(hour(hms)) OVER (PARTITION BY source) <= 12 AND min(hour(hms)) OVER (PARTITION BY source) >= 1
                    AS maybe_twelve
            FROM dated
        ),
        stepped AS (
            SELECT *, seconds - last_value(seconds IGNORE NULLS) OVER (
                PARTITION BY source ORDER BY row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS step FROM clocked
        ),
        shifted AS (
            SELECT *, coalesce(TRY_CAST("day" AS DATE), CASE WHEN "day" IS NULL THEN CASE
                    WHEN last_day IS NULL THEN name_date WHEN last_day <> '?' THEN last_day::DATE END END) AS base,
                CASE WHEN "day" IS NULL AND last_day IS NULL THEN sum(CASE
                    WHEN step < -{_HALF_DAY} THEN 86400 WHEN maybe_twelve AND step < -{_ELEVEN_HOURS} THEN {_HALF_DAY}
                    ELSE 0 END) {over} ELSE 0 END AS shift
            FROM stepped
        ),
        stamped AS (
            SELECT *, strftime(
                base + to_seconds(seconds) + to_seconds(shift::BIGINT), '%Y-%m-%dT%H:%M:%S'
            ) AS own FROM shifted
        )
        SELECT source, row, line, bytes, event, nick, "new", host, text, channel,
            CASE WHEN clock IS NOT NULL THEN own ELSE coalesce(
                last_value(own IGNORE NULLS) {over},
                first_value(own IGNORE NULLS) OVER (PARTITION BY source ORDER BY row
                    ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
            ) END AS stamp,
            CASE WHEN clock IS NULL THEN 'the line beside it' WHEN shift > 0 AND maybe_twelve THEN '12-hour clock'
                WHEN shift > 0 THEN 'after midnight' END AS basis
        FROM stamped"""


def _with_windows(events: str, names: Sequence[LogName]) -> str:
    """Every event with its room, or the recipient if its window is a chat of two."""
    rows = ", ".join(
        f"({source}, {literal(name.window)}, {literal(name.network or 'irc')}, {literal(name.owner)})"
        for source, name in enumerate(names)
    )
    marks = "".join(CHANNEL_MARKS)
    return f"""
        WITH files AS (
            SELECT source, {folded('"window"')} AS "window", platform, {folded("owner")} AS owner,
                "window" <> '' AND contains({literal(marks)}, left("window", 1)) AS is_channel
            FROM (VALUES {rows}) AS files (source, "window", platform, owner)
        ),
        seen AS (
            SELECT source, {folded("channel")} AS channel, count(*) AS times FROM {events}
            WHERE channel IS NOT NULL GROUP BY ALL
        ),
        own_channel AS (SELECT source, arg_max(channel, (times, channel)) AS channel FROM seen GROUP BY source),
        main_channel AS (
            SELECT platform, arg_max(channel, (times, channel)) AS channel FROM (
                SELECT platform, channel, sum(times) AS times FROM seen JOIN files USING (source) GROUP BY ALL
            ) GROUP BY platform
        ),
        speakers AS (
            SELECT platform, "window", list(DISTINCT {folded("nick")}) AS nicks FROM {events} JOIN files USING (source)
            WHERE NOT is_channel AND "window" <> '' AND event IN ('message', 'action') GROUP BY ALL
        ),
        private AS (
            SELECT platform, "window", list_filter(nicks, lambda n: n <> "window")[1] AS other FROM speakers
            WHERE len(nicks) <= 2 AND list_contains(nicks, "window")
        ),
        placed AS (
            SELECT files.*, private."window" IS NOT NULL AS is_private,
                coalesce(private.other, nullif(owner, '')) AS counterpart,
                CASE WHEN is_channel THEN files."window" ELSE
                    coalesce(own_channel.channel, main_channel.channel, {literal(UNNAMED)}) END AS room
            FROM files LEFT JOIN own_channel USING (source) LEFT JOIN main_channel USING (platform)
            LEFT JOIN private ON files.platform = private.platform AND files."window" = private."window"
        )
        SELECT source, row, coalesce(bytes, line) AS raw, bytes, event, {folded("nick")} AS nick, nick AS written,
            {folded('"new"')} AS "new", "new" AS new_written, host, {_plain_text("text")} AS text, stamp, basis,
            platform, CASE WHEN {_ELSEWHERE} THEN {folded("channel")} WHEN NOT is_private THEN room END AS room,
            CASE WHEN is_private AND NOT ({_ELSEWHERE}) THEN
                CASE WHEN {folded("nick")} = "window" THEN counterpart ELSE "window" END END AS recipient
        FROM {events} JOIN placed USING (source)"""


def _plain_text(text: str) -> str:
    """Without mIRC's marks for colour, bold, italics, underline, strike, monospace, reverse and plain."""
    codes = r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9A-Fa-f]{6})?|[\x02\x0f\x11\x16\x1d\x1e\x1f]"
    return f"regexp_replace({text}, {literal(codes)}, '', 'g')"

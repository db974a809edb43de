"""Which moment does a time text mean?  SQL expressions that parse instants, vectorised, and say on which basis.

A basis is ``explicit-offset``, ``epoch``, ``date`` (a day without time, where a day is enough: midnight UTC),
``assumed:ZONE`` (a local time read in the zone the user gave), or ``assumed:ZONE;ambiguous`` (the clocks showed it
twice: the first of the two moments).  Formats: ISO 8601 (RFC 3339 and its common relaxations).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.errors import IngestError
from ingest.lake.engine import Engine, literal

# columns that may be a day without a time
DATE_ENOUGH = frozenset({"created_at", "incorporated_at", "from", "to"})
# columns that come from registers: a company may be centuries old, an open end is often written as the year 9999
_REGISTER = frozenset({"incorporated_at", "from", "to"})

NO_ZONE = "is a time without a zone"  # the reason of a reject that a zone would mend

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LOCAL = _DAY + r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_OFFSET = r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
_EPOCH = r"-?[0-9]{1,14}(?:\.[0-9]{1,9})?"
# a year, a month or a day without dashes: as seconds it would be a moment of 1970
_BARE = r"(?:1[6-9]|[2-9][0-9])[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)?"
# below: seconds; from here on: milliseconds (as seconds they would be the year 5138, as milliseconds it is 1973)
_MILLISECONDS_FROM = 100_000_000_000
_SHIFTS = (30, 60, 90, 120, 180, 1440)  # minutes by which clocks were ever set back
_FIXED_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")


@dataclass(frozen=True)
class InstantSql:
    """``moment`` and ``basis``: SQL of type TIMESTAMP (UTC) and VARCHAR, both NULL for what is no instant."""

    moment: str
    basis: str


def usual_sql(text: str, ids: Sequence[str]) -> str:
    """Is ``text`` ISO 8601 with an offset, and no control character in any of the ``ids``?  One search tells both."""
    pattern = f"^{_LOCAL.replace('[.,]', '[.]')}{_OFFSET}\x1F[^\x00-\x1F\x7F]*$"
    return f"regexp_matches(concat({', '.join([text, 'chr(31)', *ids])}), {literal(pattern)})"


def instant_sql(text: str, column: str, timezone: str | None, *, usual: str | None = None) -> InstantSql:
    """Expressions over the SQL expression ``text`` (VARCHAR) for the contract column of that name.

    ``usual`` is SQL that is true of most rows, and only where ``usual_sql`` is: it spares them the other patterns.
    """
    # searched with anchors a pattern is a quarter faster than as a full match
    with_offset = f"regexp_matches({text}, {literal(f'^{_LOCAL}{_OFFSET}$')})"
    epoch = f"regexp_full_match({text}, {literal(_EPOCH)})"
    if column in _REGISTER:  # elsewhere no moment of 1970 is plausible
        epoch = f"({epoch} AND NOT regexp_full_match({text}, {literal(_BARE)}))"
    local = f"regexp_full_match({text}, {literal(_LOCAL)})"
    comma = f"CASE WHEN contains({text}, ',') THEN replace({text}, ',', '.') ELSE {text} END"
    moments = [
        # through epoch_us: a cast from TIMESTAMPTZ to TIMESTAMP asks the calendar of the session's zone, row by row
        f"WHEN {with_offset} THEN make_timestamp(epoch_us(TRY_CAST({comma} AS TIMESTAMPTZ)))",
        f"WHEN {epoch} THEN {_epoch(text)}",
    ]
    bases = [f"WHEN {with_offset} THEN 'explicit-offset'", f"WHEN {epoch} THEN 'epoch'"]
    if usual is not None:
        moments.insert(0, f"WHEN {usual} THEN make_timestamp(epoch_us(TRY_CAST({text} AS TIMESTAMPTZ)))")
        bases.insert(0, f"WHEN {usual} THEN 'explicit-offset'")
    if timezone is not None:
        naive = f"TRY_CAST({comma} AS TIMESTAMP)"
        moments.append(f"WHEN {local} THEN {_in_zone(naive, timezone)}")
        bases.append(f"WHEN {local} THEN {_zone_basis(naive, timezone)}")
    if column in DATE_ENOUGH:
        day = f"regexp_full_match({text}, {literal(_DAY)})"
        moments.append(f"WHEN {day} THEN TRY_CAST({text} AS TIMESTAMP)")
        bases.append(f"WHEN {day} THEN 'date'")
    return InstantSql(f"CASE {' '.join(moments)} END", f"CASE {' '.join(bases)} END")


def bases(timezone: str | None) -> tuple[str, ...]:
    """Every basis there can be with this zone."""
    assumed = () if timezone is None else (f"assumed:{timezone}", f"assumed:{timezone};ambiguous")
    return ("explicit-offset", "epoch", "date", *assumed)


def _epoch(text: str) -> str:
    number = f"TRY_CAST({text} AS DECIMAL(24, 6))"
    scaled = f"CASE WHEN abs({number}) < {_MILLISECONDS_FROM} THEN {number} * 1000000 ELSE {number} * 1000 END"
    return f"make_timestamp(({scaled})::BIGINT)"


def _in_zone(naive: str, timezone: str) -> str:
    if timezone == "UTC":
        return naive
    zone = literal(timezone)
    if _FIXED_OFFSET.fullmatch(timezone):
        return f"({naive} - INTERVAL {literal(_minutes(timezone))} MINUTE)"
    first = f"timezone({zone}, {naive})"
    # a local time that comes back changed never was: the clocks jumped over it
    exists = f"timezone({zone}, {first}) = {naive}"
    earlier = ", ".join(_earlier(first, zone, naive, minutes) for minutes in _SHIFTS)
    return f"make_timestamp(epoch_us(CASE WHEN {exists} THEN least({first}, {earlier}) END))"


def _earlier(first: str, zone: str, naive: str, minutes: int) -> str:
    other = f"({first} - INTERVAL {minutes} MINUTE)"
    return f"CASE WHEN timezone({zone}, {other}) = {naive} THEN {other} END"


def _zone_basis(naive: str, timezone: str) -> str:
    basis = f"assumed:{timezone}"
    if timezone == "UTC" or _FIXED_OFFSET.fullmatch(timezone):
        return literal(basis)
    zone = literal(timezone)
    first = f"timezone({zone}, {naive})"
    twice = " OR ".join(
        f"timezone({zone}, {first} {sign} INTERVAL {minutes} MINUTE) = {naive}"
        for minutes in _SHIFTS
        for sign in "+-"
    )
    return f"CASE WHEN {twice} THEN {literal(basis + ';ambiguous')} ELSE {literal(basis)} END"


def _minutes(offset: str) -> str:
    value = int(offset[1:3]) * 60 + int(offset[4:6])
    return str(-value if offset[0] == "-" else value)


def sane_sql(moment: str, column: str) -> str:
    """Is a parsed moment plausible for this column?  Activity: 1980 to 2099; registers: 1600 to 9999."""
    low, high = ("1600-01-01", "9999-12-31 23:59:59.999999") if column in _REGISTER else ("1980-01-01", "2100-01-01")
    return f"({moment} >= TIMESTAMP '{low}' AND {moment} <= TIMESTAMP '{high}')"


def fault_sql(text: str, moment: str, timezone: str | None) -> tuple[str, str]:
    """(SQL of the reason, SQL of the hint) for a text that is no instant or no plausible one."""
    local = f"regexp_full_match({text}, {literal(_LOCAL)})"
    dated = f"regexp_full_match({text}, {literal(_LOCAL + _OFFSET)}) OR {local} OR regexp_full_match({text}, '{_DAY}')"
    day = f"regexp_full_match({text}, '{_DAY}')"
    no_day = f"TRY_CAST(left({text}, 10) AS DATE) IS NULL"
    exchanged = f"TRY_CAST(left({text}, 5) || substr({text}, 9, 2) || '-' || substr({text}, 6, 2) AS DATE) IS NOT NULL"
    bare = f"regexp_full_match({text}, {literal(_BARE)})"
    zone = "" if timezone is None else timezone
    reason = f"""CASE
        WHEN {moment} IS NOT NULL THEN 'is far outside of any plausible time'
        WHEN ({dated}) AND {no_day} THEN 'is a date that does not exist'
        WHEN {local} AND {literal(zone)} = '' THEN {literal(NO_ZONE)}
        WHEN {local} THEN {literal(f'is a local time that never was in {zone}')}
        WHEN {day} THEN 'is a date without a time'
        WHEN {bare} THEN 'may be a date, or seconds since 1970'
        ELSE 'is no time' END"""
    hint = f"""CASE
        WHEN {moment} IS NOT NULL THEN 'epoch times are seconds or milliseconds since 1970'
        WHEN ({dated}) AND {no_day} AND {exchanged} THEN 'check day and month'
        WHEN ({dated}) AND {no_day} THEN 'check it at its source: no calendar has that day'
        WHEN {local} AND {literal(zone)} = '' THEN 'say in which zone with --timezone, as in --timezone Europe/Paris'
        WHEN {local} THEN 'the clocks were set forward over it: check the zone'
        WHEN {bare} THEN 'write a date with its dashes, as in 1999-01-31'
        ELSE 'write ISO 8601 with an offset, as in 2024-05-01T18:03:04+02:00, or epoch seconds' END"""
    return reason, hint


def check_timezone(timezone: str | None, engine: Engine) -> None:
    """IngestError unless the zone is an IANA name that the engine knows, UTC, or a fixed offset ``+02:00``."""
    if timezone is None or _FIXED_OFFSET.fullmatch(timezone):
        return
    if not engine.run("SELECT 1 FROM pg_timezone_names() WHERE name = ?", [timezone]):
        raise IngestError(
            f"there is no time zone {timezone!r}", where="--timezone",
            fix="write an IANA name as Europe/Paris, UTC, or an offset as +02:00",
        )

"""Was an account's owner a minor at a moment, and on what basis?

Evidence in order of preference: the latest age stated in the account's own messages up to the moment, else the age
the account declares, else a report made before the moment that says so.  Nothing later than the moment counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import ibis
import pyarrow as pa

from graph.detect.minors.reported import reported_minor
from graph.detect.minors.stated import CANDIDATE, read_statement
from graph.detect.parameters import Parameters, setting

MINORS_VERSION = 3
YEAR_SECONDS = 31_556_952  # the mean Gregorian year
BANDS = ((13, "under 13"), (16, "13-15"), (18, "16-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"))
OLDEST_BAND = "55 and over"
_AMENDED_WITHIN = timedelta(minutes=15)  # "en fait 15" after "j'ai 14 ans"; later it may be any number


@dataclass(frozen=True)
class MinorParameters(Parameters):
    """From which age on somebody is an adult."""

    adult_age: int = setting(
        18, label="Age of majority", unit="years", why="the age of majority in France and most of Europe", at_least=1,
        at_most=30, source="Convention on the Rights of the Child, article 1",
    )


def minority(accounts: Any, messages: Any, reports: Any) -> Any:
    """Minority evidence as intervals: for each account, which evidence rules from when until when.

    Columns: account, from_at and until_at (instants, ``from_at <= t < until_at``; null: open), age (years, null when
    a report says minor without an age), dated_at (when that age held; null: taken as constant), basis (stated, declared
    or report), record (``table:record_id`` of the evidence).  Intervals of one account do not overlap; accounts without
    evidence have no row.  Every text is read for it.  Read it through ``with_minority``.

    A declared age is taken as of the account's creation (constant where that is unknown); of several declarations
    the youngest counts.
    """
    declared = accounts.filter(accounts.declared_age.notnull()).select(
        "account", "created_at", "record_id", age=accounts.declared_age.cast("int32")
    )
    first = ibis.row_number().over(ibis.window(group_by="account", order_by=["age", "created_at", "record_id"]))
    declared = declared.mutate(nth=first).filter(lambda t: t.nth == 0).drop("nth")
    never = ibis.null().cast("timestamp")
    plain = declared.select(
        "account", from_at=never, until_at=never, age=declared.age, dated_at=declared.created_at,
        basis=ibis.literal("declared"), record=ibis.literal("accounts:") + declared.record_id,
    )
    spoken = _spoken(messages, reports)
    if not spoken:
        return plain
    names = ibis.memtable(pa.table({"account": sorted(spoken)}))
    own = {
        account: _Evidence(None, created, age, "declared", f"accounts:{record}")
        for account, created, record, age in _rows(declared.semi_join(names, "account"))
    }
    intervals = [
        row for account in sorted(spoken) for row in _intervals(account, own.get(account), spoken[account])
    ]
    values = zip(*intervals, strict=True)
    columns = [pa.array(column, kind) for column, kind in zip(values, INTERVALS.types, strict=True)]
    told = ibis.memtable(pa.Table.from_arrays(columns, schema=INTERVALS)).cast(_TYPES)
    return ibis.union(plain.anti_join(names, "account").cast(_TYPES), told)


def _spoken(messages: Any, reports: Any) -> dict[str, list["_Evidence"]]:
    """Statements and reports by account; the engine finds candidates, Python reads each text once."""
    found: dict[str, list[_Evidence]] = {}
    candidates = messages.filter(messages.text.notnull(), messages.text.re_search(CANDIDATE))
    columns: pa.Table = candidates.select("sender", "sent_at", "record_id", "text").to_pyarrow()
    texts = columns.column("text").to_pylist()
    read = {text: read_statement(text) for text in set(texts)}
    telling = [row for row, text in enumerate(texts) if read[text].age is not None or read[text].born is not None]
    said = columns.take(pa.array(telling, pa.int64()))
    for account, sent_at, record, text in zip(*(column.to_pylist() for column in said.columns), strict=True):
        age = read[text].on(sent_at)
        if age is not None:
            piece = _Evidence(sent_at, sent_at, age, "stated", f"messages:{record}", read[text].amends)
            found.setdefault(account, []).append(piece)
    made = reports.filter(reports.reason.notnull(), reports.made_at.notnull())
    for account, made_at, record, reason in _rows(made.select("reported", "made_at", "record_id", "reason")):
        reported = reported_minor(reason)
        if reported:
            piece = _Evidence(made_at, made_at, reported.age, "report", f"reports:{record}")
            found.setdefault(account, []).append(piece)
    return {account: pieces for account, pieces in found.items() if not all(piece.amends for piece in pieces)}


class _Evidence(NamedTuple):
    """One piece: holds from ``at`` (None: always) with ``age`` as of ``dated_at``."""

    at: datetime | None
    dated_at: datetime | None
    age: int | None
    basis: str
    record: str
    amends: bool = False

    def age_at(self, moment: datetime) -> int | None:
        if self.age is None or self.dated_at is None:
            return self.age
        return self.age + int(max((moment - self.dated_at).total_seconds(), 0) // YEAR_SECONDS)


def _intervals(account: str, declared: _Evidence | None, spoken: list[_Evidence]) -> list[tuple[Any, ...]]:
    """Rows of ``INTERVALS``.

    Who rules when: a statement until the next that differs; before any, the declaration, else the first report.
    What only takes back a number counts soon after a statement.
    """
    ruling = [] if declared is None else [declared]
    spoke_at: datetime | None = None  # the latest age stated
    for piece in sorted(spoken, key=lambda e: (e.at, e.record)):
        last = ruling[-1] if ruling else None
        if piece.basis == "report":
            if last is None:
                ruling.append(piece)
            continue
        if piece.amends and (spoke_at is None or piece.dated_at is None or piece.dated_at - spoke_at > _AMENDED_WITHIN):
            continue
        spoke_at = piece.dated_at
        if last is None or last.basis != "stated" or spoke_at is None or last.age_at(spoke_at) != piece.age:
            ruling.append(piece)
    starts = [piece.at for piece in ruling[1:]]
    return [
        (account, piece.at, until, piece.age, piece.dated_at, piece.basis, piece.record)
        for piece, until in zip(ruling, [*starts, None], strict=True)
    ]


INTERVALS = pa.schema(
    [
        ("account", pa.string()), ("from_at", pa.timestamp("us")), ("until_at", pa.timestamp("us")),
        ("age", pa.int32()), ("dated_at", pa.timestamp("us")), ("basis", pa.string()),
        ("record", pa.string()),
    ]
)
"""Columns of ``minority``."""
_TYPES = {"from_at": "timestamp", "until_at": "timestamp", "dated_at": "timestamp"}  # engines differ in precision


def _rows(expression: Any) -> list[tuple[Any, ...]]:
    """Rows in no order: whatever reads them sorts."""
    columns = expression.to_pyarrow()
    return list(zip(*(column.to_pylist() for column in columns.columns), strict=True))


def with_minority(
    events: Any, minors: Any, *, account: str, at: str, parameters: MinorParameters, prefix: str = "",
    record: bool = False,
) -> Any:
    """``events`` with what is known at instant ``at`` of the person behind column ``account``.

    Adds, each with ``prefix``: age (years at that instant, null: unknown), minor (bool; false when unknown), band
    (name of the age band, null: unknown) and basis (null: no evidence); with ``record`` that of the evidence too.
     One row an event, as before.
    """
    known = minors.rename({f"_{name}": name for name in minors.columns}).view()  # joined twice, it stays apart
    joined = events.left_join(
        known,
        [
            events[account] == known._account,
            known._from_at.isnull() | (known._from_at <= events[at]),
            known._until_at.isnull() | (events[at] < known._until_at),
        ],
    )
    elapsed = joined[at].truncate("s").epoch_seconds() - joined._dated_at.truncate("s").epoch_seconds()
    years = ibis.coalesce(ibis.greatest(elapsed, 0) // YEAR_SECONDS, 0)
    age = (joined._age + years).cast("int32")
    band = ibis.cases(*((age < bound, name) for bound, name in BANDS), (age.notnull(), OLDEST_BAND))
    return joined.select(
        *events.columns,
        **{
            f"{prefix}age": age,
            f"{prefix}minor": ibis.coalesce(age < parameters.adult_age, joined._basis.notnull()),
            f"{prefix}band": band,
            f"{prefix}basis": joined._basis,
            **({f"{prefix}record": joined._record} if record else {}),
        },
    )

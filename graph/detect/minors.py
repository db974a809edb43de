"""Was an account's owner a minor at a moment, on what basis and how surely?

Evidence in order of preference: the latest age stated in the account's own messages up to the moment, else the age
the account declares, else a report made before the moment that says so.  Nothing later than the moment counts.
"""

from dataclasses import dataclass
from typing import Any

import ibis

MINORS_VERSION = 1
YEAR_SECONDS = 31_556_952  # the mean Gregorian year
BANDS = ((13, "under 13"), (16, "13-15"), (18, "16-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"))
OLDEST_BAND = "55 and over"
BASES = ("stated", "declared", "report")


@dataclass(frozen=True)
class MinorParameters:
    """``adult_age`` in years; certainties in (0, 1] by basis."""

    adult_age: int = 18
    certainty_stated: float = 0.8
    certainty_contradicted: float = 0.5
    certainty_declared: float = 0.6
    certainty_report: float = 0.4

    def __post_init__(self) -> None:
        if not 1 <= self.adult_age <= 30:
            raise ValueError(f"adult_age is between 1 and 30, not {self.adult_age}")


def minority(accounts: Any, messages: Any, reports: Any, parameters: MinorParameters) -> Any:
    """Minority evidence as intervals: for each account, which evidence rules from when until when.

    Columns: account, from_at and until_at (instants, ``from_at <= t < until_at``; null: open), age (years, null when
    a report says minor without an age), dated_at (when that age held; null: taken as constant), basis (one of
    ``BASES``), certainty.  Intervals of one account do not overlap; accounts without evidence have no row.
    Read it through ``with_minority``.
    """
    declared = accounts.filter(accounts.declared_age.notnull())
    declared = declared.group_by("account").agg(
        age=declared.declared_age.min().cast("int32"), dated_at=declared.created_at.max()
    )
    never = ibis.null().cast("timestamp")
    return declared.select(
        "account", from_at=never, until_at=never, age=declared.age, dated_at=declared.dated_at,
        basis=ibis.literal("declared"), certainty=ibis.literal(parameters.certainty_declared),
    )


def with_minority(
    events: Any, minors: Any, *, account: str, at: str, parameters: MinorParameters, prefix: str = ""
) -> Any:
    """``events`` with what is known at instant ``at`` of the person behind column ``account``.

    Adds, each with ``prefix``: age (years at that instant, null: unknown), minor (bool; false when unknown), band
    (name of the age band, null: unknown), basis and certainty (null: no evidence).  One row an event, as before.
    """
    known = minors.rename({f"_{name}": name for name in minors.columns})
    joined = events.left_join(
        known,
        [
            events[account] == known._account,
            known._from_at.isnull() | (known._from_at <= events[at]),
            known._until_at.isnull() | (events[at] < known._until_at),
        ],
    )
    elapsed = joined[at].epoch_seconds() - joined._dated_at.epoch_seconds()
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
            f"{prefix}certainty": joined._certainty,
        },
    )

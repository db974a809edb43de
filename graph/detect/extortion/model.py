"""Do the chats of one account run as extortion does?  Demand, insistence, silence, and minors."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import ibis

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.extortion.demands import demands, flagged
from graph.detect.extortion.null import Presser
from graph.detect.extortion.parameters import ExtortionParameters


class Chats(NamedTuple):
    """The chats in which an account asked, counted: by the people ``asked``, or by the minors ``pressed`` among them.

    Of the people asked: known (of known age), minors, ageless (of unknown age, pressed alike), sought (they wrote
    first), returned (they asked in turn), mutual (a trade or a sale: they asked in turn, or wrote first and answer on).
    Of the minors pressed: silent; ``began`` and ``ended``.
    """

    asked: int
    known: int
    minors: int
    ageless: int
    sought: int
    returned: int
    mutual: int
    pressed: int
    silent: int
    began: datetime
    ended: datetime


class Exchanges(NamedTuple):
    """What ``presser`` did: its chats, the minors it pressed, the messages by which it pressed them (``_telling``).

    ``unanswered``: the last message that asked or pressed, to each minor who was silent then; ``reports``: one of each
    person asked who reported it.
    """

    presser: Presser
    chats: Chats
    targets: tuple[str, ...]
    records: tuple[str, ...]
    unanswered: tuple[str, ...]
    reports: tuple[str, ...]


def exchanges(context: DetectionContext, found: Sequence[Presser], parameters: ExtortionParameters) -> list[Exchanges]:
    """The exchanges of each presser, in the order given."""
    names = listed(account=[item.account for item in found])
    asked = demands(context, parameters).semi_join(names, "account")
    pressed = asked.filter(asked.minor & asked.pressed)
    chats = {account: Chats(*counts) for account, *counts in context.rows(_counted(asked))}
    targets = _by_account(context.rows(pressed.select("account", "other")))
    silent = _by_account(context.rows(pressed.filter(pressed.silent).select("account", "other")))
    said = flagged(context, parameters).semi_join(asked, ["account", "other"])
    messages = _by_account(context.rows(said.select("account", "other", "sent_at", "record_id", "asks", "presses")))
    reports = context.table("reports").select("record_id", account="reported", other="reporter")
    reported = reports.semi_join(asked, ["account", "other"]).group_by(["account", "other"])
    reporters = _by_account(context.rows(reported.agg(record=reports.record_id.min())))
    results = []
    for item in found:
        minors = tuple(other for other, in targets[item.account])
        mute = {other for other, in silent.get(item.account, ())}
        by_other = _by_account(sorted(messages[item.account]))
        records = tuple(record for other in minors for record in _telling(by_other[other], parameters.press_days))
        last = {other: by_other[other][-1][1] for other in mute}
        unanswered = tuple(record for _, record in sorted(last.items()))
        told = tuple(record for _, record in reporters.get(item.account, ()))
        results.append(Exchanges(item, chats[item.account], minors, records, unanswered, told))
    return results


def _telling(said: Sequence[tuple[datetime, str, bool, bool]], press_days: int) -> list[str]:
    """Of the messages to one minor (at, record, asks, presses), in order of time, those that show it pressed.

    Each that names a consequence, and the last demand before it; where none does, every demand.  Small talk that holds
    words of a demand is left out so, where anything stronger is there.
    """
    began = next(at for at, _, asks, _ in said if asks)
    within = [row for row in said if began <= row[0] <= began + timedelta(days=press_days)]
    told: dict[str, None] = {}
    demand = ""
    for _, record, asks, presses in within:
        demand = record if asks else demand
        if presses:
            told |= dict.fromkeys((demand or record, record))
    return list(told) or [record for _, record, asks, _ in within if asks]


def _counted(asked: Any) -> Any:
    """account and the fields of ``Chats``."""
    young = asked.minor & asked.pressed
    counts = {
        "asked": asked.account.notnull(), "known": asked.known, "minors": asked.minor,
        "ageless": asked.pressed & ~asked.known, "sought": asked.sought, "returned": asked.returned,
        "mutual": asked.returned | (asked.sought & ~asked.silent), "pressed": young, "silent": young & asked.silent,
    }
    flags = {name: flag.cast("int64") for name, flag in counts.items()}
    times = {name: young.ifelse(asked[name], ibis.null(asked[name].type())) for name in ("began", "ended")}
    marked = asked.select("account", **flags, **times)
    sums = {name: marked[name].sum().cast("int64") for name in counts}
    return marked.group_by("account").agg(**sums, began=marked.began.min(), ended=marked.ended.max())


def _by_account(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for account, *rest in rows:
        grouped.setdefault(account, []).append(tuple(rest))
    return grouped

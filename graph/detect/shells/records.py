"""Which records show what two accounts have in common?  Read once for the pairs that stand in findings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.shells.accounts import Numbers, contacts_of
from graph.detect.shells.conduct import turns
from graph.detect.shells.evidence import Evidence
from graph.detect.shells.logins import day_of, seconds_of
from graph.detect.shells.names_worn import NAME_KINDS
from graph.detect.shells.values import NO_DAY, SharedValue
from graph.detect.shells.weight import PairWeights, Weight
from graph.detect.shells.written import identifier

Held = tuple[int, str, str, int]  # account, kind, value, day


class Records:
    """The records behind the weights of some pairs."""

    def __init__(self, context: DetectionContext, evidence: Evidence, weighed: Mapping[Numbers, PairWeights]) -> None:
        self._evidence, pairs = evidence, weighed.keys()
        members = sorted({who for pair in pairs for who in pair})
        listed = _table(who=members)
        sessions = context.kept("shells.shown", lambda: _sessions(context, evidence, listed))
        self._held = _shown(context, evidence, listed, sessions, weighed)
        self._named = _first(
            (who, f"accounts:{record}") for who, record in context.rows(
                context.table("accounts").join(evidence.logins.accounts.semi_join(listed, "who"), "account")
                .select("who", "record_id")
            )
        )
        self._contacts: dict[int, dict[str, str]] = {}
        for who, target, record in contacts_of(context, evidence.logins, listed):
            self._contacts.setdefault(who, {}).setdefault(target, record)
        self._turns = _turned(context, evidence, sessions, pairs)

    def of(self, pair: Numbers, weight: Weight) -> tuple[str, ...]:
        """The records of one weight of one pair, sorted."""
        found: Iterable[str | None]
        if weight.measure == "hand-overs":
            found = self._turns.get(pair, ())
        elif weight.measure == "common targets":
            one, other = (self._contacts.get(who, {}) for who in pair)
            found = [records[target] for target in one.keys() & other.keys() for records in (one, other)]
        elif isinstance(weight.facts, SharedValue):
            value = weight.facts
            found = [self._held.get((who, value.kind, value.value, value.day)) for who in pair]
        else:
            found = [self._named.get(who) for who in pair]
        return tuple(sorted({record for record in found if record is not None}))

    def common_targets(self, members: Sequence[int]) -> tuple[str, ...]:
        """Accounts outside the group to which two members or more wrote first."""
        names, times = {self._evidence.logins.names[who] for who in members}, dict[str, int]()
        for who in members:
            for target in self._contacts.get(who, ()):
                times[target] = times.get(target, 0) + 1
        return tuple(sorted(target for target, n in times.items() if n >= 2 and target not in names))


def _table(**columns: Sequence[Any]) -> Any:
    return ibis.memtable(pa.table({
        name: pa.array(list(values), pa.string() if values and isinstance(values[0], str) else pa.int64())
        for name, values in columns.items()
    }))


def _first(rows: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for key, record in rows:
        found.setdefault(key, record)
    return found


def _sessions(context: DetectionContext, evidence: Evidence, listed: Any) -> Any:
    """who, used (device), place (address), user_agent, begun, ended, record_id: sessions of ``listed``, read once."""
    sessions = context.table("sessions")
    rows = sessions.join(evidence.logins.accounts.semi_join(listed, "who"), "account")
    begun = seconds_of(rows.started_at)
    ended = ibis.coalesce(ibis.greatest(begun, seconds_of(rows.ended_at)), begun)
    rows = rows.mutate(begun=begun, ended=ended)
    rows = rows.left_join(evidence.logins.devices.select("device_id", used="value"), "device_id")
    rows = rows.left_join(evidence.logins.addresses.select("ip", place="value"), "ip")
    return rows.select("who", "used", "place", "user_agent", "record_id", "begun", "ended")


def _shown(
    context: DetectionContext, evidence: Evidence, listed: Any, sessions: Any, weighed: Mapping[Numbers, PairWeights]
) -> dict[Held, str]:
    """By account, kind, value and day the first record that shows what the pairs share."""
    held = sorted({
        (who, weight.facts.kind, weight.facts.value, weight.facts.day)
        for pair, found in weighed.items() for weight in found.weights if isinstance(weight.facts, SharedValue)
        for who in pair
    })
    who, kinds, values, days = zip(*held, strict=True) if held else ((), (), (), ())
    wanted = ibis.memtable(pa.table({
        "who": pa.array(who, pa.int64()), "kind": pa.array(kinds, pa.string()), "value": pa.array(values, pa.string()),
        "day": pa.array(days, pa.int64()),
    }))
    accounts = evidence.logins.accounts.semi_join(listed, "who")
    identifiers = context.table("identifiers").join(accounts, "account")
    never = ibis.literal(NO_DAY, "int64")
    kind = identifiers.kind.lower()
    parts = [
        sessions.select("who", kind=ibis.literal(name), value=column, day=day, table=ibis.literal("sessions"),
                        record="record_id")
        for name, column, day in (
            ("device", "used", never), ("address", "place", day_of(sessions.begun)),
            ("agent", "user_agent", never),
        )
    ]
    parts.append(identifiers.filter(~kind.isin(NAME_KINDS)).select(
        "who", value=identifier(kind, identifiers.value), day=never,
        kind=ibis.ifelse(kind.startswith("avatar"), "avatar", kind),
        table=ibis.literal("identifiers"), record="record_id",
    ).select("who", "kind", "value", "day", "table", "record"))
    whole = ibis.union(*parts).semi_join(wanted, ["who", "kind", "value", "day"])
    first = whole.group_by(["who", "kind", "value", "day", "table"]).agg(record=whole.record.min())
    return _first(
        ((who, kind, value, day), f"{table}:{record}") for who, kind, value, day, table, record in context.rows(first)
    )


def _turned(
    context: DetectionContext, evidence: Evidence, sessions: Any, pairs: Collection[Numbers]
) -> dict[Numbers, tuple[str, ...]]:
    """By pair the sessions (or messages) at which one left and the other came."""
    ordered = sorted(pairs)
    chosen = _table(a=[a for a, _ in ordered], b=[b for _, b in ordered])
    periods = evidence.periods.semi_join(chosen, ["a", "b"])
    visits = evidence.visits.semi_join(_table(who=sorted({who for pair in ordered for who in pair})), "who")
    met = turns(periods, visits, evidence.parameters.loose_handover_s)
    left = met.select("a", "b", who=ibis.ifelse(met.y == met.a, met.b, met.a), at=met.ended, came=ibis.literal(False))
    moments = ibis.union(left, met.select("a", "b", who="y", at="begun", came=ibis.literal(True)))
    accounts = evidence.logins.accounts.semi_join(_table(who=sorted({who for pair in ordered for who in pair})), "who")
    silent = accounts.anti_join(sessions, "who").select("who", sender="account")
    messages = context.table("messages").join(silent, "sender")
    told, written = ibis.literal("sessions:") + sessions.record_id, ibis.literal("messages:") + messages.record_id
    sent = context.kept("shells.sent", lambda: messages.select("who", at=seconds_of(messages.sent_at), record=written))
    shown = ibis.union(
        sessions.select("who", at="begun", came=ibis.literal(True), record=told),
        sessions.select("who", at="ended", came=ibis.literal(False), record=told),
        *(sent.select("who", "at", came=ibis.literal(came), record="record") for came in (True, False)),
    )
    found: dict[Numbers, list[str]] = {}
    for a, b, record in context.rows(
        moments.join(shown, ["who", "at", "came"]).select("a", "b", "record").distinct()
    ):
        found.setdefault((a, b), []).append(record)
    return {pair: tuple(records) for pair, records in found.items()}

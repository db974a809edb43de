"""Which records show what accounts have in common, and what have they not?  Read once for the pairs in findings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import ibis
import numpy as np

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.instants import seconds_of
from graph.detect.shells.conduct import turns
from graph.detect.shells.contacts import Numbers
from graph.detect.shells.evidence import Evidence
from graph.detect.shells.logins import day_of, span_of
from graph.detect.shells.marks import NO_DAY, SharedMark, read_identifiers
from graph.detect.shells.model import PairWeights, Weight

There = dict[int, tuple[SharedMark, dict[int, str]]]  # by day: the address in it, and a session of each account
Held = tuple[int, str, str, int]  # account, kind, value, day


class Records:
    """The records behind the weights of some pairs."""

    def __init__(self, context: DetectionContext, evidence: Evidence, weighed: Mapping[Numbers, PairWeights]) -> None:
        self._evidence, pairs = evidence, weighed.keys()
        these = listed(who=np.array(sorted({who for pair in pairs for who in pair}), dtype=np.int64))
        accounts = evidence.logins.accounts.semi_join(these, "who")
        sessions = context.kept("shells.shown", lambda: _sessions(context, evidence, accounts), by=evidence.parameters)
        self._held = _shown(context, accounts, sessions, weighed)
        stays = _stays(sessions)
        self._there = _there(context, evidence, stays, weighed)
        self._devices = _sets(context, evidence.marks.devices.semi_join(accounts, "who").select("who", "value"))
        self._places = _sets(context, stays.select("who", "value", "day").distinct())
        self._written: dict[tuple[int, str], set[str]] = {}
        mail = read_identifiers(context).join(accounts, "account").filter(lambda t: t.kind == "email")
        for who, value, written in context.rows(mail.filter(mail.value.notnull()).select("who", "value", "written")):
            self._written.setdefault((who, value), set()).add(written.strip().lower())
        self._contacts: dict[int, dict[str, str]] = {}
        firsts = context.pairs.select(account="initiator", other="target", record="first_record")
        for who, target, record in context.rows(firsts.join(accounts, "account").select("who", "other", "record")):
            self._contacts.setdefault(who, {}).setdefault(target, f"messages:{record}")
        self._turns = _turned(context, evidence, accounts, sessions, pairs)

    def of(self, pair: Numbers, weight: Weight) -> tuple[str, ...]:
        """The records of one weight of one pair, sorted."""
        found: Iterable[str | None]
        if weight.code == "hand_overs":
            found = self._turns.get(pair, ())
        elif weight.code == "common_targets":
            one, other = (self._contacts.get(who, {}) for who in pair)
            found = [records[target] for target in one.keys() & other.keys() for records in (one, other)]
        elif isinstance(weight.facts, SharedMark):
            mark = weight.facts
            found = [self._held.get((who, mark.kind, mark.value, mark.day)) for who in pair]
        else:
            found = [self._evidence.profiles.get(who) for who in pair]
        return tuple(sorted({record for record in found if record is not None}))

    def together(self, members: Collection[int], address: str) -> tuple[SharedMark, Mapping[int, str]]:
        """The address on the day on which most members were there (of several the rarest), and a session of each."""
        days = [
            (mark, {who: record for who, record in found.items() if who in members})
            for mark, found in self._there[address].values()
        ]
        return min(days, key=lambda item: (-len(item[1]), item[0].u, item[0].day))

    def apart(self, pair: Numbers, kind: str) -> bool:
        """Whether devices (or addresses on one day) of both are known, and no two of them are the same: not even one
        that too many have to link anybody."""
        evidence = self._evidence
        if kind == "device":
            sets = [self._devices.get(who, set()) for who in pair]
            return all(sets) and sets[0].isdisjoint(sets[1]) and len({evidence.platforms[who] for who in pair}) == 1
        one, other = (self._places.get(who, set()) for who in pair)
        return pair in evidence.placed and "line" not in evidence.shared.get(pair, {}) and one.isdisjoint(other)

    def spellings(self, members: Collection[int], value: str) -> tuple[str, ...]:
        """The ways in which members write one mailbox, apart from capitals, sorted."""
        return tuple(sorted({written for who in members for written in self._written.get((who, value), ())}))

    def common_targets(self, members: Sequence[int], pairs: Iterable[Numbers]) -> tuple[str, ...]:
        """Accounts outside the group to which both of one of the pairs wrote first."""
        names = {self._evidence.logins.names[who] for who in members}
        found = set[str]()
        for one, other in pairs:
            found |= self._contacts.get(one, {}).keys() & self._contacts.get(other, {}).keys()
        return tuple(sorted(found - names))


def _sessions(context: DetectionContext, evidence: Evidence, accounts: Any) -> Any:
    """who, used (device), place (address), begun, ended, record_id: sessions of ``accounts``, read once."""
    rows = context.table("sessions").join(accounts, "account")
    rows = rows.mutate(**span_of(rows))
    rows = rows.left_join(evidence.logins.devices.select("device_id", used="value"), "device_id")
    rows = rows.left_join(evidence.logins.addresses.select("ip", place="value"), "ip")
    return rows.select("who", "used", "place", "record_id", "begun", "ended")


def _stays(sessions: Any) -> Any:
    """who, value (of an address), day, record_id: a session over midnight is there on both days."""
    known = sessions.filter(sessions.place.notnull())
    return ibis.union(*(
        known.select("who", "record_id", value="place", day=day_of(known[end])) for end in ("begun", "ended")
    ))


def _there(
    context: DetectionContext, evidence: Evidence, stays: Any, weighed: Mapping[Numbers, PairWeights]
) -> dict[str, There]:
    """By address that pairs share on one day, and by day: who of the accounts was there."""
    marks = [weight.facts for found in weighed.values() for weight in found.weights]
    values = sorted({mark.value for mark in marks if isinstance(mark, SharedMark) and mark.kind == "address"})
    if not values:
        return {}
    days = evidence.marks.by_day.semi_join(listed(value=values), "value").drop("who").distinct()
    first = stays.group_by(["who", "value", "day"]).agg(record=stays.record_id.min())
    found: dict[str, There] = {}
    for who, value, day, holders, ever, u, record in context.rows(
        first.join(days, ["value", "day"]).select("who", "value", "day", "holders", "ever", "u", "record")
    ):
        mark = SharedMark("address", value, day, holders, ever, u)
        found.setdefault(value, {}).setdefault(day, (mark, {}))[1][who] = f"sessions:{record}"
    return found


def _sets(context: DetectionContext, table: Any) -> dict[int, set[Any]]:
    """By account (the first column) all that stands beside it."""
    found: dict[int, set[Any]] = {}
    for who, *rest in context.rows(table):
        found.setdefault(who, set()).add(tuple(rest))
    return found


def _shown(
    context: DetectionContext, accounts: Any, sessions: Any, weighed: Mapping[Numbers, PairWeights]
) -> dict[Held, str]:
    """By account, kind, value and day the first record that shows what the pairs share."""
    held = sorted({
        (who, weight.facts.kind, weight.facts.value, weight.facts.day)
        for pair, found in weighed.items() for weight in found.weights if isinstance(weight.facts, SharedMark)
        for who in pair
    })
    who, kinds, values, days = zip(*held, strict=True) if held else ((), (), (), ())
    wanted = listed(
        who=np.array(who, dtype=np.int64), kind=kinds, value=values, day=np.array(days, dtype=np.int64)
    )
    never = ibis.literal(NO_DAY, "int64")
    parts = [
        sessions.select("who", kind=ibis.literal(name), value=column, day=day, table=ibis.literal("sessions"),
                        record="record_id")
        for name, column, day in (
            ("device", "used", never), ("address", "place", day_of(sessions.begun)), ("line", "place", never),
        )
    ]
    identifiers = read_identifiers(context).join(accounts, "account")
    parts.append(identifiers.select(
        "who", "kind", "value", day=never, table=ibis.literal("identifiers"), record="record_id"
    ))
    whole = ibis.union(*parts).semi_join(wanted, ["who", "kind", "value", "day"])
    first = whole.group_by(["who", "kind", "value", "day", "table"]).agg(record=whole.record.min())
    found: dict[Held, str] = {}
    for who_, kind, value, day, table, record in context.rows(first):
        found.setdefault((who_, kind, value, day), f"{table}:{record}")
    return found


def _turned(
    context: DetectionContext, evidence: Evidence, accounts: Any, sessions: Any, pairs: Collection[Numbers]
) -> dict[Numbers, tuple[str, ...]]:
    """By pair the sessions (or messages) at which one left and the other came."""
    a, b = np.array(sorted(pairs), dtype=np.int64).T
    periods = evidence.periods.semi_join(listed(a=a, b=b), ["a", "b"])
    met = turns(periods, evidence.visits.semi_join(accounts, "who"), evidence.parameters.loose_handover_s)
    left = met.select("a", "b", who=ibis.ifelse(met.y == met.a, met.b, met.a), at=met.ended, came=ibis.literal(False))
    moments = ibis.union(left, met.select("a", "b", who="y", at="begun", came=ibis.literal(True)))
    silent = accounts.anti_join(sessions, "who").select("who", sender="account")
    messages = context.table("messages").join(silent, "sender")
    logged, written = ibis.literal("sessions:") + sessions.record_id, ibis.literal("messages:") + messages.record_id
    sent = messages.select("who", at=seconds_of(messages.sent_at), record=written)
    shown = ibis.union(
        sessions.select("who", at="begun", came=ibis.literal(True), record=logged),
        sessions.select("who", at="ended", came=ibis.literal(False), record=logged),
        *(sent.select("who", "at", came=ibis.literal(came), record="record") for came in (True, False)),
    )
    found: dict[Numbers, list[str]] = {}
    for a, b, record in context.rows(
        moments.join(shown, ["who", "at", "came"]).select("a", "b", "record").distinct()
    ):
        found.setdefault((a, b), []).append(record)
    return {pair: tuple(records) for pair, records in found.items()}

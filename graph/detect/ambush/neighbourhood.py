"""What does the evidence hold about all candidate members and their targets?  Read once for all crews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from graph.detect.ambush.chance import Ints
from graph.detect.ambush.contacts import FirstContacts, numbers_of
from graph.detect.ambush.crews import Crew
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.visits import Visits
from graph.detect.context import DetectionContext
from graph.detect.openings import Block, opening_blocks

HOUR_US = 3_600_000_000  # instants are whole microseconds since 1970 here


@dataclass(frozen=True)
class Rooms:
    """Where candidates, their targets and those who had just arrived posted; a place is a room and an hour, numbered.

    ``rooms``: of a member or victim by hour; ``places``: where a candidate posted.  ``arrivals``: those who posted in a
    candidate's place while they were new, in every such place; sorted by ``arrival_places``.
    """

    rooms: Mapping[tuple[str, int], frozenset[int]]
    places: Mapping[str, Ints]
    arrival_places: Ints
    arrivals: Ints
    names: Sequence[str]

    def beside(self, members: Sequence[str]) -> frozenset[str]:
        """Arrivals that shared a room and hour with a member."""
        found: set[int] = set()
        for name in members:
            own = self.places.get(name)
            if own is not None:
                first, last = (np.searchsorted(self.arrival_places, own, side) for side in ("left", "right"))
                spans = last - first
                rows = np.arange(spans.sum()) + np.repeat(first - (np.cumsum(spans) - spans), spans)
                found.update(np.unique(self.arrivals[rows]).tolist())
        return frozenset(self.names[number] for number in found) - frozenset(members)


@dataclass(frozen=True)
class Neighbourhood:
    """Evidence about all candidate members and their targets."""

    on_victims: Mapping[str, Sequence[tuple[datetime, str, bool]]]  # target: (at, actor, the target was an arrival)
    visits: Visits
    rooms: Rooms | None  # None: no candidate posted in any
    private: Mapping[str, Sequence[tuple[datetime, str, str]]]  # among candidates, by sender: at, recipient, record
    active: Mapping[str, Ints]  # hours in which a candidate wrote anything
    minors: frozenset[str]  # targets that were minors when first contacted
    minor_members: frozenset[str]  # candidates of whom the evidence says minor
    ages_known: int
    minor_share: Mapping[str, float]  # of an account's age band: share of minors among first-contact targets
    replied: frozenset[tuple[str, str]]  # (actor, target): the target answered
    reported: Mapping[tuple[str, str], str]  # (member, target): the target's first report of the member after contact
    arrival_share: float  # of all first contacts, those to a target that had just arrived
    texts: Mapping[str, Block]  # by member: its commonest opening on the victims


def read_neighbourhood(
    context: DetectionContext, parameters: AmbushParameters, contacts: FirstContacts, visits: Visits,
    crews: Sequence[Crew],
) -> Neighbourhood:
    """Everything the crews' surroundings are computed from; sizes follow the candidates, not the platform."""
    rows = context.rows
    names = sorted({name for crew in crews for name in crew.members})
    victims = sorted({name for crew in crews for name in crew.victims})
    on_victims: dict[str, list[tuple[datetime, str, bool]]] = {}
    touched = contacts.of(victims, "target").select("target", "at", "actor", "arrival")
    for target, at, actor, arrival in rows(touched):
        on_victims.setdefault(contacts.names[target], []).append((at, contacts.names[actor], bool(arrival)))
    written = context.private.semi_join(_listed(names, "sender"), "sender")
    posted = context.presence.semi_join(_listed(names, "account"), "account").select("account", "hour")
    wrote = written.select(account="sender", hour=written.sent_at.truncate("h"))
    talk: dict[str, list[tuple[datetime, str, str]]] = {}
    among = written.semi_join(_listed(names, "recipient"), "recipient")
    for at, sender, recipient, record in rows(among.select("sent_at", "sender", "recipient", "record_id")):
        talk.setdefault(sender, []).append((at, recipient, record))
    pairs = context.pairs
    answered = pairs.semi_join(_listed(names, "initiator"), "initiator").filter(lambda t: t.replies > 0)
    aged = context.kept("ambush.aged", lambda: _aged(context, contacts))
    by_band = {
        band: minors / known
        for band, minors, known in rows(
            aged.filter(aged.target_basis.notnull()).group_by("band").agg(
                minors=lambda t: t.target_minor.sum(), known=lambda t: t.count()
            )
        )
    }
    of_candidates = aged.semi_join(_listed(names, "actor"), "actor")
    minors, minor_members, known, share = set(), set(), 0, {}
    columns = ("actor", "target", "band", "target_minor", "target_basis", "actor_minor")
    for actor, target, band, target_minor, basis, actor_minor in rows(of_candidates.select(*columns)):
        known += basis is not None
        share[actor] = by_band.get(band, 0.0)
        if target_minor:
            minors.add(target)
        if actor_minor:
            minor_members.add(actor)
    return Neighbourhood(
        on_victims, visits, _rooms(context, parameters, names, victims), talk,
        _hours(posted, wrote),
        frozenset(minors), frozenset(minor_members), known, share,
        frozenset((actor, target) for actor, target in rows(answered.select("initiator", "target"))),
        _reported(context, names, victims), contacts.arrival_share, _texts(context, crews),
    )


def _texts(context: DetectionContext, crews: Sequence[Crew]) -> dict[str, Block]:
    """What each member opened with at the meetings."""
    hits = {(hit.actor, hit.record) for crew in crews for meeting in crew.convergences for hit in meeting.hits}
    return opening_blocks(context, sorted(hits))


def _rooms(
    context: DetectionContext, parameters: AmbushParameters, names: Sequence[str], victims: Sequence[str]
) -> Rooms | None:
    """Who was in a room in an hour in which a candidate posted there."""
    presence = context.presence
    shared = presence.semi_join(_listed(names, "account"), "account").select("room", "hour").distinct()
    around = presence.semi_join(shared, ["room", "hour"]).left_join(
        context.appearances.select(account="account", seen_at="first_at"), "account"
    )
    table = around.select(
        "account", "room", "hour",
        new=(around.hour <= around.seen_at + ibis.interval(seconds=parameters.arrival_s)).fill_null(False),
    ).to_pyarrow()
    if table.num_rows == 0:
        return None
    account, accounts = _coded(table["account"])
    room, room_names = _coded(table["room"])
    hour = numbers_of(table["hour"])
    place = hour // HOUR_US * len(room_names) + room
    new = np.zeros(len(accounts), dtype=bool)
    new[account[table["new"].to_numpy()]] = True
    candidate, looked_at = (np.isin(account, _places_of(accounts, some)) for some in (names, [*names, *victims]))
    rooms: dict[tuple[str, int], set[int]] = {}
    columns = (account[looked_at].tolist(), hour[looked_at].tolist(), room[looked_at].tolist())
    for number, moment, where in zip(*columns, strict=True):
        rooms.setdefault((accounts[number], moment), set()).add(where)
    arriving = np.flatnonzero(new[account])
    arriving = arriving[np.lexsort((account[arriving], place[arriving]))]
    return Rooms(
        {key: frozenset(value) for key, value in rooms.items()},
        _split(account[candidate], place[candidate], accounts), place[arriving], account[arriving], accounts,
    )


def _reported(
    context: DetectionContext, names: Sequence[str], victims: Sequence[str]
) -> dict[tuple[str, str], str]:
    """By member and target the report the target made of the member after the first message; the first by its id."""
    reports = context.table("reports").select("reported", "reporter", "made_at", "record_id")
    wanted = reports.semi_join(_listed(names, "reported"), "reported").semi_join(
        _listed(victims, "reporter"), "reporter"
    )
    pairs = context.pairs.select(reported="initiator", reporter="target", first_at="first_at")
    met = wanted.join(pairs, ["reported", "reporter"])
    after = met.filter(met.made_at.isnull() | (met.made_at >= met.first_at))
    first = after.group_by(["reported", "reporter"]).agg(record=lambda t: t.record_id.min())
    return {(member, target): record for member, target, record in context.rows(
        first.select("reported", "reporter", "record")
    )}


def _aged(context: DetectionContext, contacts: FirstContacts) -> Any:
    """The first contacts with the ages of both sides at that moment, and the actor's age band."""
    plain = contacts.dated.select("actor", "target", "at")
    targets = context.kept(
        "ambush.target_ages", lambda: context.with_minority(plain, account="target", at="at", prefix="target_")
    )
    aged = context.with_minority(targets, account="actor", at="at", prefix="actor_")
    return aged.mutate(band=aged.actor_band.fill_null("unknown"))


def _listed(names: Sequence[str], column: str) -> Any:
    """A table of one column of names, to join with."""
    return ibis.memtable(pa.table({column: pa.array(list(names), pa.string())}))


def _coded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """A column of text as places in a list of its values."""
    coded = column.cast(pa.string()).combine_chunks().dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist()


def _places_of(names: Sequence[str], some: Sequence[str]) -> list[int]:
    """The places of some names in a list."""
    wanted = set(some)
    return [place for place, name in enumerate(names) if name in wanted]


def _hours(*wrote: Any) -> dict[str, Ints]:
    """By account the hours in which it wrote, from tables of account and hour; the same hour may come twice."""
    tables = [table.distinct().to_pyarrow() for table in wrote]
    accounts, names = _coded(pa.chunked_array([chunk for table in tables for chunk in table["account"].chunks]))
    return _split(accounts, np.concatenate([numbers_of(table["hour"]) for table in tables]), names)


def _split(codes: Ints, values: Ints, names: Sequence[str]) -> dict[str, Ints]:
    """By name, in the order of ``codes`` (places in ``names``), its values, sorted."""
    order = np.lexsort((values, codes))
    codes, values = codes[order], values[order]
    held, starts = np.unique(codes, return_index=True)
    return {names[code]: part for code, part in zip(held.tolist(), np.split(values, starts[1:]), strict=True)}

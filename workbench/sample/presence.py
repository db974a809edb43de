"""Who is online, where, at a moment?  Sessions in rooms, and look-ups over them."""

from dataclasses import dataclass

import numpy as np

from workbench.sample.clock import HOUR, Clock, Floats, Ints
from workbench.sample.people import People

_LONGEST = 5 * HOUR


@dataclass(frozen=True)
class Sessions:
    """Log-ins as arrays, sorted by account and start: account, ``[start, end)`` in milliseconds, room."""

    who: Ints
    start: Ints
    end: Ints
    room: Ints

    @property
    def size(self) -> int:
        return len(self.who)


def ordinary_sessions(people: People, clock: Clock, rng: np.random.Generator) -> Sessions:
    """Poisson sessions per account by its band's rhythm; the first one is the arrival."""
    low = np.maximum(people.arrive, clock.start)
    stay = np.maximum(people.depart - low, HOUR)
    count = rng.poisson(people.rate * stay / (24.0 * HOUR))
    count = np.maximum(count, (people.arrive >= clock.start) & (people.rate > 0))
    who = np.repeat(np.arange(people.size, dtype=np.int64), count)
    start = np.empty(len(who), dtype=np.int64)
    for band in np.unique(people.band):
        mine = people.band[who] == band
        start[mine] = clock.draw(str(band), low[who[mine]], low[who[mine]] + stay[who[mine]], rng)
    order = np.lexsort((start, who))
    who, start = who[order], start[order]
    first = np.concatenate([[True], who[1:] != who[:-1]]) & (people.arrive[who] >= clock.start)
    start[first] = people.arrive[who[first]] + rng.integers(5_000, 120_000, int(first.sum()))
    length = np.clip(rng.lognormal(np.log(36.0), 0.9, len(who)), 1.5, 290.0) * 60_000
    room = _choose_rooms(people, who, first, rng)
    return tidy(Sessions(who, start, start + length.astype(np.int64), room))


def extra_sessions(base: Sessions, extra: Sessions) -> Sessions:
    """``base`` with ``extra`` laid over it: the ordinary sessions of an account give way where they overlap."""
    if extra.size == 0:
        return base
    fresh = tidy(extra)
    keep = np.ones(base.size, dtype=np.bool_)
    key = fresh.who * (1 << 44) + fresh.start
    for shift in (-1, 0, 1):  # neighbours in time of the same account
        place = np.searchsorted(key, base.who * (1 << 44) + base.start) + shift
        inside = (place >= 0) & (place < fresh.size)
        spot = np.clip(place, 0, fresh.size - 1)
        keep &= ~(
            inside & (fresh.who[spot] == base.who) & (fresh.start[spot] < base.end) & (base.start < fresh.end[spot])
        )
    parts = (Sessions(base.who[keep], base.start[keep], base.end[keep], base.room[keep]), fresh)
    return tidy(
        Sessions(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("who", "start", "end", "room")))
    )


def tidy(sessions: Sessions) -> Sessions:
    """Sorted by account and start; a session that begins inside an earlier one of its account is dropped."""
    order = np.lexsort((sessions.start, sessions.who))
    who, start, end, room = (getattr(sessions, name)[order] for name in ("who", "start", "end", "room"))
    base = who * (1 << 44)  # one running maximum serves all accounts
    reach = np.maximum.accumulate(base + end)
    keep = np.concatenate([[True], base[1:] + start[1:] >= reach[:-1]]) if len(who) else np.zeros(0, dtype=np.bool_)
    return Sessions(who[keep], start[keep], end[keep], room[keep])


def _choose_rooms(people: People, who: Ints, first: np.ndarray, rng: np.random.Generator) -> Ints:
    taste: Floats = np.log(people.taste[who] + 1e-12)
    taste[first, 0] += 2.0  # newcomers land in the lobby, mostly
    return np.asarray(np.argmax(taste + rng.gumbel(size=taste.shape), axis=1), dtype=np.int64)


class Presence:
    """Look-ups over sessions: who shares a room at a moment, and when an account is next online."""

    def __init__(self, sessions: Sessions, rooms: int) -> None:
        self.sessions = sessions
        self._by_room = []
        for room in range(rooms):
            rows = np.flatnonzero(sessions.room == room)
            rows = rows[np.argsort(sessions.start[rows], kind="stable")]
            self._by_room.append((sessions.start[rows], sessions.end[rows], sessions.who[rows]))
        self._key = sessions.who * (1 << 44) + sessions.start

    def present(self, room: int, at: int) -> Ints:
        """Accounts with a session in ``room`` at ``at``, sorted by arrival there."""
        start, end, who = self._by_room[room]
        low, high = np.searchsorted(start, at - _LONGEST), np.searchsorted(start, at, side="right")
        return np.asarray(who[low:high][end[low:high] > at], dtype=np.int64)

    def of(self, account: int) -> Ints:
        """Row numbers of an account's sessions, by start."""
        low, high = np.searchsorted(self._key, [account << 44, (account + 1) << 44])
        return np.arange(low, high, dtype=np.int64)

    def some_after(self, accounts: Ints, at: Ints, rng: np.random.Generator) -> Ints:
        """For each account an instant inside a random session of its that begins after ``at``; -1 if there is none."""
        low = np.searchsorted(self._key, accounts * (1 << 44) + at, side="right")
        high = np.searchsorted(self._key, (accounts + 1) * (1 << 44))
        found = high > low
        row = np.minimum(low + (rng.random(len(low)) * (high - low)).astype(np.int64), len(self._key) - 1)
        inside = self.sessions.start[row] + (
            rng.random(len(row)) * 0.8 * (self.sessions.end[row] - self.sessions.start[row])
        ).astype(np.int64)
        return np.where(found, inside, -1)

    def moments(self, account: int, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """``count`` instants inside an account's sessions, longer ones more often, and the rooms it sits in."""
        rows = self.of(account)
        if not len(rows) or count <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        length = (self.sessions.end[rows] - self.sessions.start[rows]).astype(np.float64)
        level = np.cumsum(length)
        pick = rows[np.minimum(np.searchsorted(level, rng.random(count) * level[-1]), len(rows) - 1)]
        at = self.sessions.start[pick] + (
            rng.random(count) * 0.9 * (self.sessions.end[pick] - self.sessions.start[pick])
        ).astype(np.int64)
        return at, self.sessions.room[pick]

"""How do private chats begin and go on?  Openings born of co-presence, replies, friendships."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from workbench.sample.clock import DAY, Clock, Floats, Ints
from workbench.sample.people import People
from workbench.sample.presence import Presence

_ORDINARY, _MINORS, _ANYBODY = 0, 1, 2


@dataclass
class Openings:
    """First private messages from ``a`` to ``b``; a pair opens once.

    ``reply`` is the chance of an answer, ``turns`` the typical number of messages after it, ``bond`` the chance that
    the two become friends who talk on other days, ``lines`` an own vocabulary for each side (None: small talk).
    """

    a: list[int] = field(default_factory=list)
    b: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    reply: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    bond: list[float] = field(default_factory=list)
    lines: list[tuple[Sequence[str] | None, Sequence[str] | None]] = field(default_factory=list)
    pairs: set[tuple[int, int]] = field(default_factory=set)

    def add(
        self,
        a: int,
        b: int,
        at: int,
        *,
        reply: float,
        turns: float = 3.0,
        bond: float = 0.0,
        lines: tuple[Sequence[str] | None, Sequence[str] | None] = (None, None),
    ) -> bool:
        """Record an opening; False if the two have met before or are one."""
        pair = (a, b) if a < b else (b, a)
        if a == b or pair in self.pairs:
            return False
        self.pairs.add(pair)
        self.a.append(a)
        self.b.append(b)
        self.at.append(at)
        self.reply.append(reply)
        self.turns.append(turns)
        self.bond.append(bond)
        self.lines.append(lines)
        return True


def homophily() -> Floats:
    """Liking between two ages 0 to 100: narrow among the young, wider later, never nothing."""
    ages = np.arange(101, dtype=np.float64)
    scale = np.where(ages < 18, 1.8, 1.8 + (ages - 17) * 0.28)
    gap = np.abs(ages[:, None] - ages[None, :])
    liking: Floats = np.exp(-gap / np.minimum(scale[:, None], scale[None, :] * 1.6)) + 0.025
    return liking


def mingle(people: People, presence: Presence, openings: Openings, rng: np.random.Generator) -> None:
    """Everybody opens private chats with people who share the room at that moment."""
    liking = homophily()
    sessions = presence.sessions
    online = np.bincount(sessions.who, weights=(sessions.end - sessions.start) / DAY, minlength=people.size)
    span = np.bincount(sessions.who, minlength=people.size)
    # openings grow with the days somebody is around, and cannot come without being online
    count = rng.poisson(people.opens * np.sqrt(span) * 3.0 + online * people.opens)
    for account in np.flatnonzero(count):
        approach(people, presence, openings, int(account), int(count[account]), int(people.seeks[account]), liking, rng)


def approach(
    people: People,
    presence: Presence,
    openings: Openings,
    account: int,
    count: int,
    seeks: int,
    liking: Floats,
    rng: np.random.Generator,
    *,
    ages: tuple[int, int] = (0, 99),
    reply: float | None = None,
    turns: float = 5.0,
    bond: float | None = None,
    lines: tuple[Sequence[str] | None, Sequence[str] | None] = (None, None),
    slip: float = 0.03,
    elsewhere: Ints | None = None,
) -> Ints:
    """``account`` opens up to ``count`` chats with strangers around it; returns whom it reached.

    ``seeks`` 0 weighs by age, 1 wants ``ages`` (and ``slip`` of others), 2 takes anybody; in the rooms
    ``elsewhere`` it approaches nobody.
    """
    times, rooms = presence.moments(account, count, rng)
    reached = []
    for at, room in sorted(zip(times.tolist(), rooms.tolist(), strict=True)):
        if elsewhere is not None and room in elsewhere:
            continue
        near = presence.present(room, at)
        near = near[near != account]
        if not len(near):
            continue
        like = liking[people.age[account], people.age[near]]
        if seeks == _MINORS:
            fits = (people.age[near] >= ages[0]) & (people.age[near] <= ages[1])
            if not fits.any() and rng.random() > slip:
                continue
            weight = np.where(fits, 1.0, slip + 1e-9)
        elif seeks == _ANYBODY:
            weight = np.ones(len(near))
        else:
            weight = like * people.popularity[near]
        level = np.cumsum(weight)
        place = int(np.searchsorted(level, rng.random() * level[-1]))
        other = int(near[min(place, len(near) - 1)])
        answer = reply if reply is not None else float(0.22 + 0.5 * like[min(place, len(near) - 1)])
        friend = bond if bond is not None else float(0.04 + 0.3 * like[min(place, len(near) - 1)])
        if openings.add(account, other, at, reply=answer, turns=turns, bond=friend, lines=lines):
            reached.append(other)
    return np.array(reached, dtype=np.int64)


@dataclass(frozen=True)
class Talk:
    """Private messages as arrays; ``opening`` points at the opening they belong to, ``turn`` counts from 0."""

    at: Ints
    sender: Ints
    recipient: Ints
    opening: Ints
    turn: Ints


def converse(openings: Openings, presence: Presence, clock: Clock, rng: np.random.Generator) -> Talk:
    """All messages of all chats: the first exchange of each opening, then the friends' later ones."""
    a, b, at = (np.array(column, dtype=np.int64) for column in (openings.a, openings.b, openings.at))
    reply, turns, bond = (
        np.array(column, dtype=np.float64) for column in (openings.reply, openings.turns, openings.bond)
    )
    answered = rng.random(len(a)) < reply
    size = np.where(answered, 2 + rng.poisson(turns * rng.lognormal(-0.3, 0.8, len(a))), 1 + rng.poisson(0.25, len(a)))
    parts = [_exchange(np.arange(len(a)), a, b, at, size, answered, rng)]
    friends = answered & (rng.random(len(a)) < bond)
    again = np.repeat(np.flatnonzero(friends), rng.geometric(0.12, int(friends.sum())).clip(1, 60))
    starter_first = rng.random(len(again)) < 0.5
    x, y = np.where(starter_first, a[again], b[again]), np.where(starter_first, b[again], a[again])
    when = presence.some_after(x, at[again] + 6 * 3_600_000, rng)
    fine = when > 0
    again, x, y, when = again[fine], x[fine], y[fine], when[fine]
    size = 2 + rng.poisson(3.0 * rng.lognormal(0, 0.7, len(again)))
    parts.append(_exchange(again, x, y, when, size, rng.random(len(again)) < 0.9, rng))
    talk = Talk(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("at", "sender", "recipient", "opening", "turn")
        )
    )
    keep = talk.at < clock.end
    return Talk(talk.at[keep], talk.sender[keep], talk.recipient[keep], talk.opening[keep], talk.turn[keep])


def _exchange(
    opening: Ints, a: Ints, b: Ints, at: Ints, size: Ints, answered: np.ndarray, rng: np.random.Generator
) -> Talk:
    owner = np.repeat(np.arange(len(a), dtype=np.int64), size)
    first = np.concatenate([[0], np.cumsum(size)[:-1]]) if len(a) else np.zeros(0, dtype=np.int64)
    turn = np.arange(len(owner), dtype=np.int64) - first[owner]
    swapped = (turn % 2 == 1) ^ ((turn > 1) & (rng.random(len(owner)) < 0.18))
    swapped &= answered[owner]
    delay = np.clip(rng.lognormal(np.log(38.0), 1.1, len(owner)), 2.0, 3_600.0) * 1_000
    delay[turn == 0] = 0
    total = np.cumsum(delay)
    moment = at[owner] + (total - total[first[owner]]).astype(np.int64)
    return Talk(
        moment,
        np.where(swapped, b[owner], a[owner]),
        np.where(swapped, a[owner], b[owner]),
        opening[owner].astype(np.int64),
        turn,
    )

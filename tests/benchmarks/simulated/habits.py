"""How do people ordinarily behave?  They talk in rooms, look up friends, look around, wander, and answer or do not."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from tests.benchmarks.simulated.drive import known, present
from tests.benchmarks.simulated.person import Person, Place

if TYPE_CHECKING:
    from tests.benchmarks.simulated.world import World

_GREETINGS = ("greet", "greet", "greet", "chat", "ask")


def choose_place(me: Person, rng: random.Random) -> Place | None:
    """One of its places, by liking; friends who are online draw it."""
    if not me.places:
        return None
    if me.friends and rng.random() < 0.3:
        friend = rng.choice(me.friends)
        there = friend.session.place if friend.session else None
        if there is not None and there in me.places:
            return there
    return rng.choices(me.places, weights=me.liking)[0]


def act(world: World, me: Person, t: float) -> None:
    """One step of an ordinary visit."""
    rng, session = world.rng, me.session
    if session is None:
        return
    r = rng.random() - me.talk
    if r < 0:
        if session.place is not None and len(session.place.present) > 1:
            _talk(world, me, t)
        return
    r -= me.social
    if r < 0:
        _seek_friend(world, me, t)
        return
    r -= me.look
    if r < 0:
        _look(world, me, t)
    elif r < 0.1:
        world.move(me, choose_place(me, rng))


def fit(world: World, me: Person, other: Person, place: Place | None = None) -> float:
    """How readily it would talk to the other, in [0, 1]: by their ages, on a dating site by gender as well."""
    mine, theirs = me.age, other.seems
    gap = abs(mine - theirs)
    if (mine < 18) == (theirs < 18) or gap <= 2:
        scale = 3.5 if mine < 20 else 13.0
        liking = math.exp(-gap / scale)
    else:
        mixing = max(world.setting.crossing, place.mixing if place is not None else 0.0)
        liking = mixing * math.exp(-max(0, gap - 4) / 14.0)
    if world.setting.dating:
        same = me.gender == other.gender
        liking *= 0.06 if same != (me.number % 13 == 0) else 1.0
    return liking


def chemistry(me: Person, other: Person) -> float:
    """Do the two get on?  The same for both, in [0, 1]."""
    low, high = sorted((me.number, other.number))
    return ((low * 2_654_435_761 + high * 40_503 + low * high) % 9973) / 9973


def willing(world: World, me: Person, sender: Person, kind: str) -> float:
    """The chance that it answers a message."""
    mine, theirs = me.sent.get(sender.number, 0), sender.sent.get(me.number, 0)
    if kind in ("demand", "press"):
        return 0.35
    if kind in ("ad", "welcome", "warn"):
        return 0.12
    if world.setting.dating and sender.told_age and sender.says < 18 <= me.age and not me.prey:
        return 0.1
    if mine == 0:
        liking = min(1.0, fit(world, me, sender) * sender.charm)
        return me.welcome * (0.25 + 0.75 * liking) * (0.4 if theirs > 2 else 1.0)
    if sender in me.friends:
        return 0.74
    return min(0.85, (0.5 + 0.26 * chemistry(me, sender)) * sender.charm)


def befriend(me: Person, other: Person) -> None:
    """A long talk between two who get on makes friends."""
    if other not in me.friends and len(me.friends) < 60 and chemistry(me, other) > 0.6:
        me.friends.append(other)
        other.friends.append(me)


def open_talk(world: World, me: Person, other: Person, t: float, kind: str = "") -> None:
    """A first contact, at times followed by a second line when no answer comes."""
    world.write(me, other, t, kind or world.rng.choice(_GREETINGS))
    if world.rng.random() < 0.18:
        world.at(t + world.rng.uniform(60, 400), _nudge, world, me, other)


def _nudge(t: float, world: World, me: Person, other: Person) -> None:
    if me.session is not None and me.number not in other.sent:
        world.write(me, other, t, "nudge")


def _talk(world: World, me: Person, t: float) -> None:
    if world.rng.random() < (0.02 if me.age < 20 else 0.004):
        world.tell_age(me, t)
        return
    world.post(me, t)
    if world.rng.random() < 0.25:
        world.at(t + world.rng.uniform(10, 120), _again, world, me)


def _again(t: float, world: World, me: Person) -> None:
    if me.session is not None:
        world.post(me, t)


def _seek_friend(world: World, me: Person, t: float) -> None:
    if not me.friends:
        return
    for _ in range(4):
        friend = world.rng.choice(me.friends)
        if friend.session is not None and t < friend.left:
            world.write(me, friend, t, "greet" if world.rng.random() < 0.3 else "chat")
            return
    if world.rng.random() < 0.3:
        friend = world.rng.choice(me.friends)
        if t >= friend.created:
            world.write(me, friend, t, "chat")


def _look(world: World, me: Person, t: float) -> None:
    rng, session = world.rng, me.session
    if session is None:
        return
    if me.friends and rng.random() < 0.2:
        friend = rng.choice(me.friends)
        other = rng.choice(friend.friends) if friend.friends else None
        if other is not None and other is not me and other.session is not None and not known(me, other):
            if rng.random() < fit(world, me, other):
                open_talk(world, me, other, t)
            return
    best, most = None, 0.0
    for other in present(world, me, t):
        drawn = fit(world, me, other, session.place) * other.fame
        drawn *= 1.7 if t - other.last_seen < 900 else 0.8
        drawn *= 1.25 if other.visits <= 2 else 1.0
        if drawn > most:
            best, most = other, drawn
    if best is not None and rng.random() < most:
        open_talk(world, me, best, t)

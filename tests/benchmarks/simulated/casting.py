"""Where do those who prey come from?  Adults like others, who chose where to be and who to seem."""

from __future__ import annotations

import random

from tests.benchmarks.simulated.map import join
from tests.benchmarks.simulated.person import Home, Person
from tests.benchmarks.simulated.setting import DAY
from tests.benchmarks.simulated.society import Society, acquaint


def cast(
    society: Society, rng: random.Random, low: int = 22, high: int = 58, *, home: Home | None = None,
    created: float | None = None, name: str = "",
) -> Person:
    """One adult, with some acquaintances of its own."""
    if created is None:
        created = 0.0 if rng.random() < 0.6 else rng.uniform(0, 0.45) * society.setting.days * DAY
    me = society.person(rng.randrange(low, high), home or society.home(), created=created, name=name)
    me.prey = True
    for _ in range(rng.randrange(0, 5)):
        if society.circles:
            acquaint(me, rng.choice(rng.choice(society.circles)))
    if rng.random() < 0.12:
        me.left, me.status = rng.uniform(0.55, 1.0) * society.setting.days * DAY, "banned"
    return me


def among_minors(society: Society, me: Person, rng: random.Random) -> None:
    """It goes where minors are."""
    setting = society.setting
    if setting.closed:
        for _ in range(rng.randrange(3, 8)):
            new = [place for place in join(society.places, 15, rng) if place not in me.places]
            me.places += new
            me.liking += [2.5] * len(new)
    elif setting.dating:
        cities = [place for place in society.places if place.kind == "city" and place not in me.places]
        me.places += rng.sample(cities, 5)
        me.liking += [3.0] * 5
    else:
        rooms = [place for place in society.places if place.kind in ("young", "game", "hobby", "general", "help")]
        weights = [4.0 if place.kind == "young" else 1.0 for place in rooms]
        for place in dict.fromkeys(rng.choices(rooms, weights=weights, k=5)):
            if place not in me.places:
                me.places.append(place)
                me.liking.append(4.0 if place.kind == "young" else 2.0)


def seem(society: Society, me: Person, age: int) -> None:
    """It gives itself out to be of that age, in its profile (where profiles tell ages) and in what it says."""
    me.says = max(age, 18) if society.setting.dating else age
    if me.stated is not None or society.rng.random() < society.setting.age_stated:
        me.stated = me.says
    me.talk *= 1.2

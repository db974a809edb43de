"""Which places does the platform have, and whom do they suit?"""

import random

from tests.benchmarks.simulated.naming import TOPICS, code
from tests.benchmarks.simulated.person import Place
from tests.benchmarks.simulated.setting import Setting

GUILD_ROOMS = ("welcome", "general", "off-topic", "media", "voice-text", "help")


def create_rooms(setting: Setting, rng: random.Random) -> list[Place]:
    """All places of a platform, numbered in order."""
    found: list[Place] = []

    def add(name: str, kind: str, *, posts: bool = True, mixing: float = 0.0, guild: int = -1) -> None:
        found.append(Place(len(found), code(rng, "r", 8), name, kind, posts, mixing, guild))

    if setting.closed:
        for guild in range(46):
            topic = TOPICS[guild % len(TOPICS)]
            kind = "adult" if guild % 9 == 8 else "class" if guild % 9 == 4 else "hobby"
            for name in GUILD_ROOMS[: rng.randrange(4, 7)]:
                mixing = 0.2 if kind == "hobby" and name != "welcome" else 0.0
                add(f"{topic}-{guild}/{name}", "newcomers" if name == "welcome" else kind, mixing=mixing, guild=guild)
                found[-1].recent = found[-2].recent if name != "welcome" else found[-1].recent
        return found
    if setting.dating:
        for city in range(12):
            add(f"city {city}", "city", posts=False)
        for name in ("lobby", "over 30", "students", "music", "travel", "introductions"):
            add(name, "newcomers" if name == "introductions" else "adult", mixing=0.3)
        return found
    for name in ("lobby", "evening", "plaza"):
        add(name, "general", mixing=0.05)
    add("newcomers", "newcomers", mixing=0.1)
    for name in ("teens", "teens 2", "15 to 17", "college", "after school", "ados"):
        add(name, "young")
    for name in ("homework help", "maths help"):
        add(name, "help", mixing=0.3)
    for name in ("over 30", "over 50", "parents", "single", "night owls", "politics"):
        add(name, "adult")
    for topic in TOPICS:
        add(topic, "hobby", mixing=rng.choice((0.05, 0.12, 0.25)))
    for n in range(10):
        add(f"game {n + 1}", "game", mixing=0.25)
    return found


def suits(place: Place, age: int) -> float:
    """How much a place is liked at an age."""
    young = age < 18
    if place.kind == "young":
        return 6.0 if young else 2.0 if age < 20 else 0.02
    if place.kind == "adult":
        return 0.05 if young else 3.0
    if place.kind == "help":
        return 3.0 if young else 0.25
    if place.kind == "newcomers":
        return 0.4
    if place.kind == "game":
        return 2.0 if age < 30 else 0.4
    if place.kind == "general":
        return 4.0
    return 1.0


def favourites(
    setting: Setting, all_places: list[Place], age: int, rng: random.Random
) -> tuple[list[Place], list[float]]:
    """Some places of one person's (or one circle's) taste, and how much it likes each."""
    if setting.dating:
        cities = [place for place in all_places if place.kind == "city"]
        weights = [max(0.4, 6 - n * 0.6) for n in range(len(cities))]
        home = rng.choices(cities, weights=weights)[0]
        rooms = [place for place in all_places if place.kind != "city"]
        young = [place for place in rooms if place.name in ("students", "music")]
        room = rng.choice(young if age < 20 and rng.random() < 0.7 else rooms)
        return [home, rng.choice(cities), room], [8.0, 0.8, 3.0 if age < 20 else 1.0]
    if setting.closed:
        found: list[Place] = []
        for _ in range(rng.choice((1, 1, 2, 2, 3))):
            found += join(all_places, age, rng)
        found = list(dict.fromkeys(found))
        return found, [0.5 if place.kind == "newcomers" else rng.uniform(0.5, 3) for place in found]
    weights = [suits(place, age) for place in all_places]
    found = list(dict.fromkeys(rng.choices(all_places, weights=weights, k=rng.randrange(3, 8))))
    return found, [rng.uniform(0.3, 3) for _ in found]


def join(all_places: list[Place], age: int, rng: random.Random) -> list[Place]:
    """The rooms of a closed community that suits the age."""
    guilds = max(place.guild for place in all_places) + 1
    while True:
        large = rng.random() < 0.4
        guild = min(int(rng.paretovariate(0.9)) - 1, guilds * 3) % guilds if large else rng.randrange(guilds)
        rooms = [place for place in all_places if place.guild == guild]
        kind = rooms[-1].kind
        if kind == "hobby" or (kind == "adult") == (age >= 20) or rng.random() < 0.03:
            return rooms

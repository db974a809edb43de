"""Ages laid over communities, and what of them the platform knows: declared, told, by birth date, or not at all."""

from collections.abc import Sequence
from random import Random

from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.real import DAY
from tests.benchmarks.schooling.world import World

UNKNOWN = {"school": 0.33, "campus": 0.30, "club": 0.62}
"""Share of accounts that declare no age."""
PROFILES = {
    "minors": ((14, 15, 16, 17, 18, 19, 24), (10, 22, 30, 24, 8, 3, 3)),
    "young": ((16, 17, 18, 19, 20, 22, 26, 31), (8, 16, 24, 20, 14, 8, 6, 4)),
    "adults": ((16, 17, 19, 21, 24, 28, 33, 41, 52), (2, 3, 12, 18, 20, 18, 13, 9, 5)),
}


def drawn(rng: Random, profile: str) -> int:
    """An age of a community of that profile."""
    ages, weights = PROFILES[profile]
    age = rng.choices(ages, weights)[0]
    return age if age < 20 else age + rng.randint(-1, 3)


def profiles(rng: Random, communities: Sequence[Sequence[str]]) -> dict[str, str]:
    """Each person's profile: whole communities of minors until 28 % of all, young ones until 55 %, then adults."""
    order = list(communities)
    rng.shuffle(order)
    total, done, of = sum(map(len, order)), 0, {}
    for community in order:
        profile = "minors" if done < 0.28 * total else "young" if done < 0.55 * total else "adults"
        of.update(dict.fromkeys(community, profile))
        done += len(community)
    return of


def declare(world: World) -> None:
    """What everybody states: some nothing, some something false; planted people may state otherwise afterwards."""
    rng = world.stream("declared ages")
    for person in world.people.values():
        false = rng.random() < (0.06 if person.minor else 0.025)
        said = person.age
        if false:
            said = rng.choice((18, 18, 19, 20)) if person.minor else rng.choice((15, 16, 17))
        elif rng.random() < 0.05:
            said += 1 if said not in (17,) else -1
        if rng.random() >= UNKNOWN[world.kind]:
            person.declared = said
        if rng.random() < 0.14:
            year = 2024 - (person.declared or person.age)
            person.born = f"{year}-{rng.randint(1, 8):02d}-{rng.randint(1, 28):02d}"
        if rng.random() < (0.08 if person.declared else 0.30):
            person.tells_age = person.age if not false or rng.random() < 0.4 else said


def tell(world: World) -> None:
    """Those who tell their age write it in one to three of their ordinary messages, mostly early ones."""
    rng = world.stream("told ages")
    sent: dict[str, list[int]] = {}
    for i, (_, _, who, room, _, _) in enumerate(world.said):
        if not room and world.people[who].tells_age:
            sent.setdefault(who, []).append(i)
    for who, places in sent.items():
        told = world.people[who].tells_age
        for place in rng.sample(places[: max(1, len(places) // 3)], 1) + rng.sample(places, rng.randint(0, 1)):
            at, i, sender, room, to, _ = world.said[place]
            world.said[place] = (at, i, sender, room, to, words.of(rng, words.AGE, a=str(told)))


def begin(world: World) -> None:
    """When each account was made: before its first message, often long before."""
    rng = world.stream("created")
    first: dict[str, int] = {}
    for at, _, sender, _, to, _ in world.said:
        for who in (sender, to):
            if who:
                first[who] = min(at, first.get(who, at))
    for person in world.people.values():
        if person.created is None:
            long = rng.random() < 0.6
            ahead = rng.uniform(5, 400) * DAY if long else rng.uniform(60, 2 * DAY)
            person.created = int(first.get(person.id, world.start) - ahead)
        else:
            person.created = min(person.created, first.get(person.id, person.created) - 30)

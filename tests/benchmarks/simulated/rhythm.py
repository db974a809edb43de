"""When is somebody there?  Weekly rhythms of pupils, workers, students and night owls, with holidays and moods."""

import random
from itertools import accumulate

from tests.benchmarks.simulated.person import Person
from tests.benchmarks.simulated.setting import DAY, HOUR

_DAY = {
    "pupil": (1, 0, 0, 0, 0, 0, 1, 4, 3, 1, 2, 2, 5, 3, 2, 3, 8, 12, 13, 13, 15, 14, 7, 3),
    "free": (4, 2, 1, 0, 0, 0, 0, 1, 2, 5, 8, 9, 9, 9, 10, 10, 10, 10, 10, 11, 13, 13, 10, 7),
    "worker": (2, 1, 0, 0, 0, 1, 3, 5, 3, 2, 3, 3, 6, 4, 2, 2, 3, 5, 8, 10, 14, 15, 11, 5),
    "student": (6, 4, 2, 1, 0, 0, 0, 1, 2, 4, 5, 5, 6, 6, 5, 5, 6, 7, 8, 9, 11, 12, 11, 9),
    "owl": (14, 12, 9, 6, 3, 1, 1, 1, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 9, 11, 13, 15),
    "retired": (0, 0, 0, 0, 0, 1, 3, 6, 9, 11, 11, 9, 6, 5, 8, 9, 9, 8, 7, 8, 9, 7, 3, 1),
}
_DAYS = {
    "pupil": (8, 8, 10, 8, 10, 13, 12), "worker": (9, 9, 9, 9, 8, 10, 11), "student": (10, 10, 10, 10, 8, 8, 10),
    "owl": (9, 9, 9, 9, 11, 12, 11), "retired": (10, 10, 10, 10, 10, 9, 9),
}
_HOURS = {name: tuple(accumulate(hours)) for name, hours in _DAY.items()}


def instants(person: Person, days: int, rng: random.Random) -> list[float]:
    """The starts of its visits, in seconds from the first midnight; interest comes and goes by weeks."""
    week = _DAYS[person.rhythm]
    mean = sum(week) / 7.0
    daily = person.sessions / 30.0
    begins: list[float] = []
    mood = 1.0
    for day in range(days):
        if day % 7 == 0:
            mood = rng.choice((0.0, 0.5, 0.8, 1.0, 1.0, 1.3, 1.9))
        if (day + 1) * DAY <= person.created or day * DAY >= person.left:
            continue
        fresh = 1.8 if day * DAY - person.created < 10 * DAY and person.created > 0 else 1.0
        wanted = daily * mood * fresh * week[day % 7] / mean
        for _ in range(_poisson(wanted, rng)):
            shape = "free" if person.rhythm == "pupil" and day % 7 >= 5 else person.rhythm
            hour = rng.choices(range(24), cum_weights=_HOURS[shape])[0]
            begins.append(day * DAY + (hour + rng.random() + person.shift) * HOUR)
    if person.created > 0:
        begins.append(person.created + rng.uniform(5, 40))
    return sorted(t for t in begins if person.created <= t < min(person.left, days * DAY - HOUR))


def _poisson(mean: float, rng: random.Random) -> int:
    if mean <= 0:
        return 0
    n, t = 0, rng.expovariate(mean)
    while t < 1.0:
        n += 1
        t += rng.expovariate(mean)
    return n

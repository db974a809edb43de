"""Addresses, devices and identifiers: what sessions and marks show of who is behind an account."""

from bisect import bisect_right
from random import Random

from tests.benchmarks.schooling.real import DAY
from tests.benchmarks.schooling.world import Person, World

LOGGED = {"school": 0.7, "campus": 0.5, "club": 0.0}
"""Share of sessions that the platform kept; the club has no log of sessions."""
SHARES = {
    "school": {"email": 0.55, "phone": 0.2, "cookie": 0.45, "payment": 0.07},
    "campus": {"email": 0.6, "phone": 0.12, "cookie": 0.4, "payment": 0.05},
    "club": {"email": 0.05, "phone": 0.03, "cookie": 0.06, "payment": 0.01},
}
AGENTS = ("Mozilla/5.0 (Android 14; Mobile)", "Mozilla/5.0 (iPhone; CPU OS 17)", "Mozilla/5.0 (Windows NT 10.0)",
          "Mozilla/5.0 (iPad; CPU OS 16)", "Mozilla/5.0 (X11; Linux)", "Mozilla/5.0 (Macintosh)")


def token(rng: Random, size: int = 16) -> str:
    """A hash-like value."""
    return f"{rng.randrange(16**size):0{size}x}"


def mark(w: World, who: Person, kind: str, value: str, first: int | None = None, last: int | None = None) -> None:
    """An identifier of an account."""
    w.tables["identifiers"].append({
        "account_id": who.id, "kind": kind, "value": value, "first_seen_at": first or w.start + DAY,
        "last_seen_at": last or w.end - DAY,
    })


def device(rng: Random) -> str:
    return "d-" + token(rng, 10)


def share(w: World, rng: Random, people: list[Person], weight: float) -> str:
    """They all use one device, for that share of their sessions beside their own."""
    shared = device(rng)
    for person in people:
        own(w, rng, person)
        person.devices.append((shared, w.start, w.end, weight))
        if w.kind == "club":
            mark(w, person, "device", shared)
    return shared


def own(w: World, rng: Random, person: Person) -> None:
    """A phone, and for some a computer, of nobody else."""
    if not person.devices:
        person.devices.append((device(rng), w.start, w.end, 1.0))
        if rng.random() < 0.3:
            person.devices.append((device(rng), w.start, w.end, 0.5))


class Addresses:
    """Homes with an address that may change, dormitories with one for all, the school's, and carriers'."""

    def __init__(self, w: World, rng: Random) -> None:
        self.w, self.rng = w, rng
        self.school = [f"198.51.100.{n}" for n in (10, 11, 12)]
        self.carrier = [f"203.0.113.{n}" for n in range(1, 25)]
        self.homes: dict[str, tuple[list[int], list[str]]] = {}
        self.given: set[str] = set()

    def fresh(self) -> str:
        while True:
            address = f"10.{self.rng.randint(1, 250)}.{self.rng.randint(0, 255)}.{self.rng.randint(1, 254)}"
            if address not in self.given:
                self.given.add(address)
                return address

    def home(self, name: str, at: int) -> str:
        if name not in self.homes:
            since, address = [0], [self.fresh()]
            if self.rng.random() < 0.4:
                change = self.w.start
                while (change := change + self.rng.randint(8, 60) * DAY) < self.w.end:
                    since.append(change)
                    address.append(self.fresh())
            self.homes[name] = since, address
        since, address = self.homes[name]
        return address[bisect_right(since, at) - 1]

    def of(self, person: Person, at: int) -> str:
        hour, weekday = at % DAY / 3600, (at - self.w.start) // DAY % 7 < 5
        pupil = self.w.kind == "school" and person.circle.startswith("year")
        if pupil and weekday and 8 <= hour < 16 and self.rng.random() < 0.5:
            return self.rng.choice(self.school)
        return self.home(person.home, at) if self.rng.random() < 0.68 else self.rng.choice(self.carrier)


def dress(w: World) -> None:
    """Sessions around what people wrote and read, and the ordinary identifiers of everybody."""
    rng = w.stream("marks")
    spare = w.stream("devices")
    active: dict[str, list[int]] = {}
    for at, _, who, _, to, _ in w.said:
        active.setdefault(who, []).append(at)
        if to and rng.random() < 0.3:
            active.setdefault(to, []).append(at + rng.randint(60, 20_000))
    where = Addresses(w, spare)
    agent: dict[str, str] = {}
    for person in w.people.values():
        own(w, spare, person)
        dorm = w.kind == "campus" and person.age < 24 and spare.random() < 0.35
        person.home = person.home or (f"dorm {spare.randint(1, 12)}" if dorm else f"home of {person.id}")
        for kind, among in SHARES[w.kind].items():
            if rng.random() < among:
                first = (person.created or w.start) + rng.randint(0, 5 * DAY)
                mark(w, person, kind, token(rng), first, max(first, w.end - rng.randint(0, 20 * DAY)))
        if not LOGGED[w.kind]:
            continue
        for begin, end in spans(sorted(active.get(person.id, ()))):
            if not person.always and rng.random() > LOGGED[w.kind]:
                continue
            usable = [(d, weight) for d, since, until, weight in person.devices if since <= begin < until]
            if not usable:
                continue
            used = rng.choices([d for d, _ in usable], [weight for _, weight in usable])[0]
            early = begin - rng.randint(5, 240)
            if used.startswith("school") and not 8 <= early % DAY / 3600 < 17:
                used = usable[0][0]
            w.tables["sessions"].append({
                "account_id": person.id, "started_at": early, "ended_at": end + rng.randint(10, 400),
                "ip": where.of(person, early), "device_id": used,
                "user_agent": agent.setdefault(used, rng.choice(AGENTS)),
            })
    w.tables["sessions"].sort(key=lambda row: (int(str(row["started_at"])), str(row["account_id"])))


def spans(times: list[int]) -> list[tuple[int, int]]:
    """Times of activity as sittings: a new one after 40 minutes without any."""
    sittings: list[tuple[int, int]] = []
    for at in times:
        if sittings and at - sittings[-1][1] < 2400:
            sittings[-1] = sittings[-1][0], at
        else:
            sittings.append((at, at))
    return sittings

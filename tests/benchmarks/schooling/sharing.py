"""Different people who share marks: families, couples, school computers, phones that change hands."""

from tests.benchmarks.schooling.innocent import grown
from tests.benchmarks.schooling.marks import device, mark, own, share, token
from tests.benchmarks.schooling.parts import Cast
from tests.benchmarks.schooling.real import DAY


def families(cast: Cast) -> None:
    """Parents and one to three minors: one address, for half of them a tablet, for some the parent's card."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(8, 15)):
        parent = grown(cast, "parent", 34, 55)
        children = rng.sample([p for p in cast.minors() if not p.home and not p.part], rng.randint(1, 3))
        home = [parent, *children]
        for person in home:
            person.home = f"house {parent.id}"
            person.part = person.part or "family"
        if rng.random() < 0.5:
            share(w, rng, home, rng.uniform(0.15, 0.6))
        if rng.random() < 0.3:
            card = token(rng)
            for person in home:
                mark(w, person, "payment", card)
        for child in children:
            for _ in range(rng.randint(0, 3)):
                w.chat(parent.id, child.id, cast.moment(), cast.lib.chat(rng, least=3), w.small_talk(rng))
        w.households.append([p.id for p in home])


def couples(cast: Cast) -> None:
    """Two grown-ups: one address, a device they both use, at times one card."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(3, 6)):
        two = [cast.adult(20, 55, part="couple") for _ in range(2)]
        for person in two:
            person.home = f"flat {two[0].id}"
        share(w, rng, two, rng.uniform(0.2, 0.6))
        if rng.random() < 0.4:
            card = token(rng)
            for person in two:
                mark(w, person, "payment", card)
        w.chat(two[0].id, two[1].id, cast.moment(), cast.lib.chat(rng, least=8), w.small_talk(rng))
        w.households.append([p.id for p in two])


def computers(cast: Cast) -> None:
    """Computers of a school or library that dozens of people use."""
    rng, w = cast.rng, cast.w
    among = [p for p in w.people.values() if p.id in cast.sent and (p.minor or p.age < 25)]
    everybody = rng.sample(among, min(len(among), {"school": 100, "campus": 60, "club": 30}[w.kind]))
    for n in range(1 if w.kind == "club" else 3):
        users = everybody if n == 0 else rng.sample(everybody, len(everybody) // 2)
        value = f"school-{token(rng, 8)}"
        for person in users:
            own(w, rng, person)
            if w.kind == "club":
                mark(w, person, "device", value)
            else:
                person.devices.append((value, w.start, w.end, 0.25))
    w.households.append([p.id for p in everybody])


def sold(cast: Cast) -> None:
    """A phone changes hands: until a day one person's, from then on another's."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(3, 5)):
        seller, buyer = rng.sample([p for p in w.those() if p.id in cast.sent and not p.devices], 2)
        day, phone = w.start + int(rng.uniform(0.3, 0.7) * w.days) * DAY, device(rng)
        seller.part = buyer.part = "used phone"
        seller.devices = [(phone, w.start, day, 1.0), (device(rng), day, w.end, 1.0)]
        buyer.devices = [(device(rng), w.start, day + DAY, 1.0), (phone, day + DAY, w.end, 1.0)]
        if w.kind == "club":
            mark(w, seller, "device", phone, w.start, day)
            mark(w, buyer, "device", phone, day + DAY, w.end)
        w.chat(buyer.id, seller.id, day - 2 * DAY, cast.lib.chat(rng, least=4, most=20), w.small_talk(rng))
        w.households.append([seller.id, buyer.id])


ALL = (families, couples, computers, sold)

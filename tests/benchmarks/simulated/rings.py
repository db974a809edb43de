"""How does one person keep several accounts?  Never two at once; and each way of keeping them leaves other marks."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.benchmarks.simulated.casting import among_minors, cast, seem
from tests.benchmarks.simulated.hunters import MANNERS, Hunter
from tests.benchmarks.simulated.naming import alike, code
from tests.benchmarks.simulated.person import Home, Human, Person
from tests.benchmarks.simulated.setting import DAY
from tests.benchmarks.simulated.society import Society

STYLES = (
    "same device", "same address, like names", "payment only", "same device, one after another", "cookie only",
    "same device, other addresses", "same address, like names, two accounts", "payment and cookie",
)


@dataclass(frozen=True)
class Ring:
    style: str
    accounts: tuple[Person, ...]


def ring(society: Society, style: str, rng: random.Random, *, hunts: bool) -> Ring:
    """The accounts of one person, in that style; they hunt, or live ordinary lives that others take for several."""
    days, human = society.setting.days, Human()
    home = society.home()
    size = 2 if "two accounts" in style else rng.choice((2, 3, 3, 4, 5, 6))
    serial = "one after another" in style
    devices = [society.net.device(mobile=rng.random() < 0.6) for _ in range(rng.choice((1, 1, 2)))]
    payment, cookie = code(rng, "card-", 10), code(rng, "ck", 12)
    age = rng.randrange(24, 55)
    accounts: list[Person] = []
    name = ""
    for n in range(size):
        part = (0.85 * days / size) * DAY
        created = n * part if serial else rng.choice((0.0, rng.uniform(0, 0.4) * days * DAY))
        own: Home = home if "address" in style or style.startswith("same device") else Home(society.net.line())
        if "other addresses" in style:
            own = Home(society.net.line())
        me = cast(society, rng, age, age + 1, home=own, created=created, name=name)
        if not name and "like names" in style:
            first = me.name
        name = alike(first, rng, society.taken) if "like names" in style else ""
        me.human, me.left, me.status = human, float("inf"), "active"
        me.rhythm, me.shift = accounts[0].rhythm if accounts else me.rhythm, accounts[0].shift if accounts else me.shift
        me.sessions = rng.uniform(10, 32)
        if style.startswith("same device"):
            me.devices = list(devices)
        elif not me.devices:
            me.devices = [society.net.device(mobile=True)]
        if serial and n < size - 1:
            me.left, me.status = created + part * rng.uniform(0.85, 0.98), "banned"
        if "payment" in style:
            me.marks.append(("payment", payment))
        if "cookie" in style:
            me.marks.append(("cookie", cookie))
        if hunts:
            among_minors(society, me, rng)
            if rng.random() < 0.4:
                seem(society, me, rng.choice((15, 16, 17, 19)))
            me.drive = Hunter(rng.choice(MANNERS[:4]))
        else:
            me.prey = False
        accounts.append(me)
    human.accounts = accounts
    return Ring(style, tuple(accounts))

"""Which marks beside sessions does the platform keep?  E-mail, phone, cookies of browsers, cards that paid."""

import random
from collections.abc import Iterator
from itertools import count

from tests.benchmarks.simulated.naming import code
from tests.benchmarks.simulated.person import Person

Mark = tuple[Person, str, str]


def marks(people: list[Person], rng: random.Random) -> list[Mark]:
    """Everybody's marks; a parent's card pays for the children, a browser's cookie is that of all who use it."""
    found: list[Mark] = []
    cards: dict[int, str] = {}
    taken: set[str] = set()  # addresses: a provider gives one to one person
    for person in people:
        if rng.random() < 0.55:
            domain = rng.choice(("post.example", "mail.example", "inbox.example"))
            local = f"{person.name.lower()}{rng.choice(('', '', rng.randrange(9)))}"
            address = next(free for free in _numbered(local, domain) if free not in taken)
            taken.add(address)
            found.append((person, "email", address))
        if rng.random() < 0.18:
            found.append((person, "phone", f"+999{rng.randrange(10**8, 10**9)}"))
        own = any(kind == "cookie" for kind, _ in person.marks)
        for device in () if own else person.devices[:3]:
            if rng.random() < 0.3:
                found.append((person, "cookie", device.cookie))
        if rng.random() < 0.06 and not any(kind == "payment" for kind, _ in person.marks):
            card = cards.setdefault(id(person.home), code(rng, "card-", 10))
            found.append((person, "payment", card))
            for other in person.home.members:
                if other is not person and rng.random() < 0.5:
                    found.append((other, "payment", card))
        found += [(person, kind, value) for kind, value in person.marks]
    return list(dict.fromkeys(found))


def _numbered(local: str, domain: str) -> Iterator[str]:
    """The address asked for, then those a mail provider proposes when it is taken."""
    yield f"{local}@{domain}"
    yield from (f"{local}.{number}@{domain}" for number in count(2))

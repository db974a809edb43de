"""People who look like somebody with a purpose, and have none: those who are many contacts of many minors."""

from collections.abc import Callable
from itertools import pairwise

from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.marks import token
from tests.benchmarks.schooling.parts import Cast
from tests.benchmarks.schooling.real import DAY
from tests.benchmarks.schooling.schemes import report
from tests.benchmarks.schooling.world import Person


def classes(cast: Cast) -> list[list[Person]]:
    """Circles with at least fifteen minors."""
    by_circle: dict[str, list[Person]] = {}
    for person in cast.minors():
        by_circle.setdefault(person.circle, []).append(person)
    return [people for _, people in sorted(by_circle.items()) if len(people) >= 15]


def grown(cast: Cast, part: str, low: int = 22, high: int = 58) -> Person:
    """A grown-up for that part; at school the teachers and parents of the backbone come first."""
    free = [p for p in cast.w.those(minor=False) if p.circle == part and p.id in cast.sent]
    if not free:
        return cast.adult(low, high, part=part)
    free[0].part = part
    return free[0]


def teachers(cast: Cast) -> None:
    """A teacher or trainer tells a whole class something within a day or two, and talks with some of it all along."""
    rng, w = cast.rng, cast.w
    for n in range(rng.randint(4, 7)):
        who, pupils = grown(cast, "teacher"), rng.choice(classes(cast))
        some = rng.sample(pupils, min(len(pupils), rng.randint(12, 30)))
        cast.visits(who, cast.rooms_of(pupils, 5)[:2], rng.randint(15, 50))
        at = cast.moment(0.05, 0.4)
        for pupil in some:
            at += int(rng.expovariate(1 / (240 if n % 2 else 4000)))
            w.chat(who.id, pupil.id, at, cast.lib.chat(rng), cast.opening(words.TEACH, words.TEACH))
        for pupil in rng.sample(some, len(some) // 2):
            chat = cast.lib.chat(rng, least=2)
            w.chat(pupil.id, who.id, cast.moment(), chat, cast.opening(words.TALK, words.TEACH))


def youth_workers(cast: Cast) -> None:
    """Minors of many circles write to them; one in three they write to themselves.  One of them is the helpline."""
    rng, w = cast.rng, cast.w
    for n in range(rng.randint(2, 3)):
        who = cast.adult(24, 50, part="youth worker")
        who.role = "helpline" if n == 0 else who.role
        pool = cast.pool([who.id], circles=6)
        for chat in cast.lib.rhythm(rng.randint(10, 28), w.days, rng, written_to=True):
            if not pool:
                break
            minor = cast.about(pool, w.start + chat.at)
            a, b = (minor, who) if rng.random() < 0.67 else (who, minor)
            w.chat(a.id, b.id, w.start + chat.at, chat, w.small_talk(rng))


def siblings(cast: Cast) -> None:
    """A brother, sister or cousin of 18 to 25 talks with one minor often, and with some friends of that minor."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(5, 9)):
        who, minor = cast.adult(18, 25, part="sibling"), rng.choice(cast.minors())
        if rng.random() < 0.5:
            who.home = minor.home = minor.home or f"house {minor.id}"
            w.households.append([who.id, minor.id])
        for _ in range(rng.randint(1, 4)):
            w.chat(who.id, minor.id, cast.moment(), cast.lib.chat(rng, least=6), w.small_talk(rng))
        friends = sorted(o for o in w.met[minor.id] if w.people[o].minor and o not in w.met[who.id])
        for friend in rng.sample(friends, min(len(friends), rng.randint(3, 7))):
            a, b = (who.id, friend) if rng.random() < 0.5 else (friend, who.id)
            w.chat(a, b, cast.moment(), cast.lib.chat(rng), w.small_talk(rng))


def cheered(cast: Cast) -> None:
    """A team, its parents and trainers congratulate one minor on an evening; or a birthday, friends and relatives."""
    rng, w = cast.rng, cast.w
    for n in range(rng.randint(4, 6)):
        phrases = words.CHEER if n % 2 == 0 else words.BIRTHDAY
        minor = rng.choice(cast.minors())
        minor.part = "congratulated"
        mates = [p for p in cast.minors() if p.circle == minor.circle and p is not minor]
        relatives = [cast.adult(20, 60, part="team" if n % 2 == 0 else "relative") for _ in range(rng.randint(3, 7))]
        start = cast.evening()
        for who in [*relatives, *rng.sample(mates, min(len(mates), rng.randint(4, 14)))]:
            at = start + int(rng.random() * 4 * 3600)
            w.chat(who.id, minor.id, at, cast.lib.chat(rng, most=8), cast.opening(phrases))
        for one, two in pairwise(relatives):
            w.chat(one.id, two.id, cast.moment(), cast.lib.chat(rng, least=3), w.small_talk(rng))
        cast.visits(relatives[0], cast.rooms_of([minor]), 6)


def greeters(cast: Cast) -> None:
    """The same four regulars greet who is new within an hour."""
    rng, w = cast.rng, cast.w
    four = [cast.adult(18, 45, part="greeter") for _ in range(4)]
    late = [p for p in w.those() if p.id in cast.sent and cast.sent[p.id][0] > w.start + 6 * DAY and p not in four]
    for newcomer in rng.sample(late, min(len(late), rng.randint(10, 18))):
        newcomer.part = "newcomer"
        newcomer.created = cast.sent[newcomer.id][0] - rng.randint(120, 1200)
        for who in four:
            if rng.random() < 0.85 and newcomer.id not in w.met[who.id]:
                at = newcomer.created + rng.randint(60, 3500)
                w.chat(who.id, newcomer.id, at, cast.lib.chat(rng, most=6), cast.opening(words.WELCOME))
    for who in four:
        cast.visits(who, list(w.rooms)[-8:], rng.randint(20, 60))


def guilds(cast: Cast) -> None:
    """Mates of a game join the same host on many evenings, and now and then a new one."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(1, 3)):
        mates = [cast.adult(18, 32, part="guild") for _ in range(rng.randint(3, 5))]
        mates += rng.sample([p for p in w.those(minor=True) if p.id in cast.sent], 2)
        hosts = rng.sample([p for p in cast.minors() if p not in mates], 2) + mates[:1]
        for host in hosts:
            for _ in range(rng.randint(3, 8)):
                raid = cast.evening() + rng.randint(0, 3 * 3600)
                for mate in mates:
                    if mate is not host and rng.random() < 0.7:
                        at = raid + rng.randint(0, 1200)
                        w.chat(mate.id, host.id, at, cast.lib.chat(rng, most=10), w.small_talk(rng))


def sought(cast: Cast) -> None:
    """Sellers whom many write to, and popular pupils of 16 to 19."""
    rng, w = cast.rng, cast.w
    for n in range(rng.randint(5, 7)):
        shop = n % 2 == 0
        if shop:
            who = cast.adult(20, 50, part="shop")
        else:
            who = rng.choice([p for p in w.those() if 16 <= p.age <= 19 and p.id in cast.sent])
            who.part = "popular"
        pool = [p for p in w.people.values() if p.id in cast.sent and p.id not in w.met[who.id] and p is not who]
        pool = [p for p in pool if p.minor or rng.random() < 0.5]
        for chat in cast.lib.rhythm(rng.randint(15, 45), w.days, rng, written_to=True):
            buyer = cast.about(pool, w.start + chat.at)
            text = cast.opening(words.SHOP, answers=words.SELLER) if shop else w.small_talk(rng)
            w.chat(buyer.id, who.id, w.start + chat.at, chat, text, 40)


def group_work(cast: Cast) -> None:
    """Four of a class write to the same person within the hour, several times, each time somebody else."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(3, 5)):
        four = rng.sample(rng.choice(classes(cast)), 4)
        for _ in range(rng.randint(2, 4)):
            asked, at = rng.choice(w.those(idle=False)), cast.moment()
            for who in four:
                if who is not asked and rng.random() < 0.8:
                    w.chat(who.id, asked.id, at + rng.randint(0, 3400), cast.lib.chat(rng, most=8), w.small_talk(rng))


def inviters(cast: Cast) -> None:
    """A speaker of the class sends everybody its group's link; friends threaten each other in fun."""
    rng, w = cast.rng, cast.w
    for _ in range(rng.randint(1, 3)):
        pupils = rng.choice(classes(cast))
        who, link, at = rng.choice(pupils), f"https://class-{token(rng, 4)}.example", cast.moment()
        who.part = "speaker"
        for pupil in rng.sample(pupils, min(len(pupils), rng.randint(12, 28))):
            if pupil is not who:
                at += rng.randint(5, 900)
                w.write(at, who.id, pupil.id, words.of(rng, words.CLASS_LINK, link=link))
    for _ in range(rng.randint(3, 6)):
        who = rng.choice([p for p in cast.minors() if len(w.met[p.id]) > 2])
        friend = rng.choice(sorted(w.met[who.id]))
        w.chat(who.id, friend, cast.moment(), cast.lib.chat(rng, least=6), cast.opening(words.TALK, words.JOKE, 0.3))
        who.part = who.part or "joker"


def returned(cast: Cast) -> None:
    """Some go on with a new account and say so: everything after a day is the new account's."""
    rng, w = cast.rng, cast.w
    busy = [p for p in w.those(least=4) if len(cast.sent.get(p.id, ())) > 20]
    renamed: dict[str, tuple[int, str]] = {}
    for old in rng.sample(busy, rng.randint(3, 5)):
        times = cast.sent[old.id]
        new = w.person(old.age, old.circle, words.alike(rng, old.name))
        at = times[len(times) // 2]
        new.declared, new.created, new.home = old.declared, at - 600, f"home of {old.id}"
        old.part = new.part = "returned"
        renamed[old.id] = at, new.id
    for i, (at, n, who, room, to, text) in enumerate(w.said):
        who, to = (renamed[x][1] if x in renamed and at > renamed[x][0] else x for x in (who, to))
        w.said[i] = at, n, who, room, to, text
    w.met.clear()
    w.members.clear()
    for _, _, who, room, to, _ in w.said:
        if room:
            w.members[room][who] = w.members[room].get(who, 0) + 1
        else:
            w.met[who][to] = w.met[who].get(to, 0) + 1
            w.met[to].setdefault(who, 0)
    for before, (at, native) in renamed.items():
        for other in sorted(w.met[before])[:6]:
            w.write(at + rng.randint(60, DAY), native, other, words.of(rng, words.BACK))


def reports(cast: Cast) -> None:
    """Reports of all sorts, most of them about nothing much."""
    rng, w = cast.rng, cast.w
    writers = [p for p in w.people.values() if w.met[p.id]]
    for _ in range(len(w.people) // 30):
        by = rng.choice(writers)
        on = w.people[rng.choice(sorted(w.met[by.id]))]
        w.tables["reports"].append(report(w.end, rng, on, by, cast.moment(0.1, 0.95)))


ALL: tuple[Callable[[Cast], None], ...] = (
    teachers, youth_workers, siblings, cheered, greeters, guilds, sought, group_work, inviters,
)

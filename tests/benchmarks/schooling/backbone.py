"""The three platforms before anybody has a purpose: real streams relabelled, resampled, stretched and merged."""

from collections.abc import Iterator
from math import log
from random import Random

import networkx as nx

from tests.benchmarks.schooling import ages, words
from tests.benchmarks.schooling.real import DAY, Contacts, Library, Run, contacts
from tests.benchmarks.schooling.world import Person, World

Copy = dict[str, Person]
OPEN = ("lobby", "music", "games tonight", "second hand", "films et séries", "questions", "sport", "dessin")

BUSY = 40
"""Who opens more chats than this at the college is a student of 22 at most: nobody older writes to everybody there."""


def school_clock(share: float, day: int) -> int:
    """The second of a chat day for a share of the real day: breaks, then the evening; weekends the whole day."""
    if day % 7 >= 5:
        return int(10.5 * 3600 + share * 12 * 3600)
    for until, begin, end in ((0.12, 10.0, 10.4), (0.3, 12.0, 13.5), (1.01, 16.4, 22.6)):
        if share < until:
            low = {0.12: 0.0, 0.3: 0.12, 1.01: 0.3}[until]
            return int((begin + (share - low) / (until - low) * (end - begin)) * 3600)
    return 22 * 3600


def shares(runs: tuple[Run, ...]) -> tuple[int, int]:
    """First and last second of a real day."""
    return runs[0].at, max(runs[-1].at - runs[0].at, 1)


def thinned(runs: tuple[Run, ...], share: float, rng: Random) -> Iterator[Run]:
    """That share of the runs, by chance, in order."""
    i, scale = -1, log(1 - share)
    while (i := i + 1 + int(log(1 - rng.random()) / scale)) < len(runs):
        yield runs[i]


def texts(w: World, rng: Random, run: Run, first: str, second: str, at: int) -> None:
    """A contact becomes one or several private messages, to and fro at the contact's own length."""
    beats = 1
    while beats < 12 and rng.random() < min(0.82, 0.3 + 0.07 * run.length):
        beats += 1
    for i in range(beats):
        mine = i % 2 == 0 or rng.random() < 0.2
        who, to = (first, second) if mine else (second, first)
        w.write(at, who, to, words.of(rng, words.TALK))
        at += int(rng.lognormvariate(3.3, 0.9))


def pupils(w: World, stream: Contacts, copies: list[Copy], rooms: dict[str, str], keep: float) -> None:
    """School years side by side: pairs dropped, swapped within the class or across years, days drawn anew."""
    rng = w.rng
    for y, copy in enumerate(copies):
        by_role: dict[str, list[str]] = {}
        for real in copy:
            by_role.setdefault(stream.role[real], []).append(real)
        zeal = {real: rng.betavariate(1.4, 2.0) for real in copy}
        swapped: dict[tuple[str, str], tuple[str, str] | None] = {}
        for day in range(w.days):
            runs = rng.choice(stream.days)
            low, length = shares(runs)
            strength = keep * (0.35 if day % 7 >= 5 else 1.0)
            online = {real for real in copy if rng.random() < 0.2 + 0.8 * zeal[real]}
            late = rng.randint(-1500, 1500)
            for run in thinned(runs, strength, rng):
                if run.a not in online or run.b not in online:
                    continue
                pair = run.a, run.b
                if pair not in swapped:
                    a, b = copy[run.a].id, copy[run.b].id
                    fate = rng.random()
                    if fate < 0.10:
                        b = copy[rng.choice(by_role[stream.role[run.b]])].id
                    elif fate < 0.17 and len(copies) > 1:
                        beside = [i for i in (y - 1, y + 1) if 0 <= i < len(copies)]
                        b = copies[rng.choice(beside)][run.b].id
                    swapped[pair] = None if a == b or fate > 0.82 else (a, b)
                kept = swapped[pair]
                if not kept:
                    continue
                at = w.start + day * DAY + school_clock((run.at - low) / length, day) + late + rng.randint(0, 240)
                a, b = kept if rng.random() < 0.5 else kept[::-1]
                if rng.random() < 0.14:
                    w.post(at, a, rooms[w.people[a].circle], words.of(rng, words.ROOM))
                else:
                    texts(w, rng, run, a, b, at)


def staff(w: World, stream: Contacts, copy: Copy, keep: float) -> None:
    """Grown-ups among themselves, on the hospital's stream."""
    rng = w.rng
    for day in range(w.days):
        for run in thinned(rng.choice(stream.days), keep, rng):
            if run.a in copy and run.b in copy:
                at = w.start + day * DAY + 7 * 3600 + int(run.at * 0.66) + rng.randint(0, 600)
                a, b = (run.a, run.b) if rng.random() < 0.5 else (run.b, run.a)
                texts(w, rng, run, copy[a].id, copy[b].id, at)


def hospital(w: World, parts: dict[str, str]) -> tuple[Contacts, Copy]:
    """The hospital's people as teachers, parents and others."""
    stream = contacts("Contacts_Hospital.csv")
    copy: Copy = {}
    for real, role in sorted(stream.role.items()):
        part = parts[role]
        low, high = {"teacher": (25, 60), "parent": (34, 55), "outsider": (19, 34)}[part]
        copy[real] = w.person(w.rng.randint(low, high), part)
    return stream, copy


def communities(lib: Library, seed: int) -> list[list[str]]:
    """Communities of the college's people."""
    graph: nx.Graph[int] = nx.Graph()
    for chat in lib.chats:
        graph.add_edge(int(chat.opener), int(chat.other), weight=len(chat.beats))
    found = nx.community.louvain_communities(graph, seed=seed, resolution=1.2)
    return sorted((sorted(map(str, c), key=int) for c in found), key=lambda c: (len(c), c))


def college_people(w: World, lib: Library, count: int, merged: list[Person], talk: list[str], posting: float) -> Copy:
    """So many people of the college with all they wrote among themselves; ``merged``: some of them are these."""
    rng = w.rng
    groups = communities(lib, rng.randrange(10**6))
    rng.shuffle(groups)
    taken: list[list[str]] = []
    for group in groups:
        left = count - sum(map(len, taken))
        if left > 20 or count >= 1_800:
            taken.append(group if len(group) <= left else sorted(rng.sample(group, left), key=int))
    profile = ages.profiles(rng, taken)
    copy: Copy = {}
    own: dict[str, list[str]] = {}
    for i, group in enumerate(taken):
        rooms = [w.room(f"{rng.choice(words.FIRST)} {rng.choice(words.SECOND)}") for _ in range(1 + (len(group) > 60))]
        for real in group:
            age = ages.drawn(rng, profile[real])
            if len(lib.opened[real]) >= BUSY and age > 22:
                age = rng.randint(18, 22)
            copy[real] = w.person(age, f"c{i}")
            own[real] = [*rooms, *rng.sample(talk, 2)]
    free = dict(copy)
    for person in merged:
        young = [real for real, other in free.items() if abs(other.age - person.age) <= 2]
        if young:
            real = rng.choice(young)
            del free[real]
            del w.people[copy[real].id]
            copy[real] = person
    for chat in lib.chats:
        if chat.opener in copy and chat.other in copy:
            a, b = copy[chat.opener].id, copy[chat.other].id
            if a == b:
                continue
            for offset, mine in chat.beats:
                at, who = w.start + chat.at + offset, chat.opener if mine else chat.other
                w.write(at, *((a, b) if mine else (b, a)), words.of(rng, words.TALK))
                if rng.random() < posting:
                    w.post(at + rng.randint(20, 600), copy[who].id, rng.choice(own[who]), words.of(rng, words.ROOM))
    return copy


def school(w: World, lib: Library) -> None:
    """Three or four school years, their teachers and parents, and outsiders of the college."""
    rng, stream = w.rng, contacts("thiers_2012.csv")
    years = rng.choice((3, 4, 4))
    copies: list[Copy] = []
    rooms: dict[str, str] = {}
    for y in range(years):
        age = 18 - years + y
        copies.append({})
        for real, role in sorted(stream.role.items()):
            grown = rng.choices((-1, 0, 1, 2), (6, 60, 29, 5))[0]
            circle = f"year {y + 1} {role.replace('*', ' star')}"
            copies[y][real] = w.person(age + grown, circle)
            rooms.setdefault(circle, w.room(circle, "group") if circle not in rooms else "")
    talk = [w.room(name) for name in OPEN]
    pupils(w, stream, copies, rooms, 0.42)
    ward, copy = hospital(w, {"MED": "teacher", "ADM": "teacher", "NUR": "parent", "PAT": "outsider"})
    staff(w, ward, copy, 0.08)
    bridging = [p for c in copies for p in rng.sample(list(c.values()), 14)]
    college_people(w, lib, rng.randint(330, 520), bridging, talk, 0.08)
    for c in copies:
        for person in c.values():
            for _ in range(int(rng.expovariate(0.5))):
                w.post(w.start + int(rng.uniform(0, w.days)) * DAY + int(school_clock(rng.random(), 0)), person.id,
                       rng.choice(talk), words.of(rng, words.ROOM))


def campus(w: World, lib: Library) -> None:
    """The college as it is, with ages laid over its communities, and public rooms."""
    college_people(w, lib, 1_899, [], [w.room(name) for name in OPEN], 0.13)


def club(w: World, lib: Library) -> None:
    """Pupils present in club rooms at the times of their real contacts; private chats on the college's rhythm."""
    rng = w.rng
    primary, thiers = contacts("Primary_School.csv"), contacts("thiers_2012.csv")
    talk = [w.room(name) for name in OPEN]
    young: list[Person] = []
    for stream, copies, low in ((primary, 3, 10), (thiers, rng.choice((3, 4)), 14)):
        for n in range(copies):
            rooms: dict[str, str] = {}
            copy: Copy = {}
            for real, role in sorted(stream.role.items()):
                circle = f"{rng.choice(words.FIRST)} team {role.replace('*', '+')}{n}" if role not in rooms else ""
                if role not in rooms:
                    rooms[role] = w.room(circle)
                grade = int(role[0]) - 1 if role[0].isdigit() and stream is primary else rng.randint(0, 4)
                age = rng.randint(24, 55) if role == "Teachers" else low + int(grade * 0.8) + rng.randint(0, 1)
                copy[real] = w.person(age, w.rooms[rooms[role]][0])
            young += copy.values()
            presence(w, lib, stream, copy, rooms, talk)
    for n in range(2):
        ward, copy = hospital(w, {"MED": "teacher", "ADM": "parent", "NUR": "parent", "PAT": "outsider"})
        staff(w, ward, copy, 0.04 + 0.01 * n)
    college_people(w, lib, rng.randint(950, 1_150), rng.sample(young, 150), talk, 0.2)


def presence(w: World, lib: Library, stream: Contacts, copy: Copy, rooms: dict[str, str], talk: list[str]) -> None:
    """Room talk of those who stand together, and a private chat of some pairs after they met in a room."""
    rng = w.rng
    zeal = {real: rng.betavariate(1.2, 2.4) for real in copy}
    together: dict[tuple[str, str], int] = {}
    for day in range(w.days):
        if day % 7 in (0, 3):
            continue
        runs = rng.choice(stream.days)
        low, length = shares(runs)
        online = {real for real in copy if rng.random() < 0.5 * zeal[real] + 0.05}
        for run in thinned(runs, 0.12, rng):
            if run.a not in online or run.b not in online:
                continue
            at = w.start + day * DAY + int(15 * 3600 + (run.at - low) / length * 6.5 * 3600) + rng.randint(0, 120)
            room = rooms[stream.role[run.a]] if rng.random() < 0.85 else rng.choice(talk)
            for who in (run.a, run.b)[: 1 + (rng.random() < 0.6)]:
                w.post(at, copy[who].id, room, words.of(rng, words.ROOM))
                at += rng.randint(4, 90)
            met = together[run.a, run.b] = together.get((run.a, run.b), 0) + 1
            if met == 2 and rng.random() < 0.35:
                a, b = (run.a, run.b) if rng.random() < 0.5 else (run.b, run.a)
                w.chat(copy[a].id, copy[b].id, at + rng.randint(60, 90_000), lib.chat(rng), w.small_talk(rng), 60)

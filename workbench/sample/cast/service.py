"""Which accounts write to many for good reasons?  Moderators, bots, helplines, teachers, families, hosts."""

from dataclasses import dataclass

import numpy as np

from workbench.sample import words
from workbench.sample.clock import DAY, HOUR
from workbench.sample.contacts import approach, homophily
from workbench.sample.presence import Presence, Sessions
from workbench.sample.scene import MINUTE, Part, Scene


@dataclass(frozen=True)
class Service:
    """Accounts with a benign reason for many contacts, by number."""

    moderators: tuple[int, ...]
    bots: tuple[int, ...]
    hidden_bots: tuple[int, ...]
    helplines: tuple[int, ...]
    advertisers: tuple[int, ...]
    hosts: tuple[int, ...]
    classes: tuple[tuple[int, tuple[int, ...]], ...]
    families: tuple[tuple[int, tuple[int, ...]], ...]


def cast_service(scene: Scene) -> Service:
    """Give roles, machine rhythms, classes and children."""
    people, rng = scene.people, scene.rng
    moderators = people.pick(scene.benign(3, 6), scene.adults(20, 60), rng).tolist()
    bots = people.pick(scene.benign(1, 2), scene.adults(), rng).tolist()
    hidden = people.pick(scene.benign(1, 2), scene.adults(), rng).tolist()
    helplines = people.pick(scene.benign(1, 2), scene.adults(), rng).tolist()
    adverts = people.pick(scene.benign(1, 3), scene.adults(20, 60), rng).tolist()
    hosts = people.pick(scene.benign(2, 4), scene.adults(19, 55), rng).tolist()
    classes = tuple(
        (
            int(teacher),
            tuple(people.pick(int(rng.integers(9, 22)), people.age == int(rng.integers(12, 17)), rng).tolist()),
        )
        for teacher in people.pick(scene.benign(2, 4), scene.adults(26, 60), rng)
    )
    families = tuple(
        (int(adult), tuple(people.pick(int(rng.integers(2, 5)), people.minor, rng).tolist()))
        for adult in people.pick(scene.benign(8, 16), scene.adults(32, 70), rng)
    )
    for group, role in ((moderators, "moderator"), (bots, "bot"), (helplines, "helpline")):
        for account in group:
            people.role[account] = role
    scene.stay(moderators, rate=2.0, young=False)
    scene.stay([*adverts, *hosts], rate=1.0)
    for account in hosts:  # they lead games in a room of the young, and write to whoever plays
        people.opens[account], people.talk[account] = 0.01, people.talk[account] + 4.0
        people.favour(np.array([account]), rng.permutation(scene.youth_rooms())[:1], 60.0)
    machines = [*bots, *hidden]
    for account in machines:
        people.rate[account] = 0.0
        people.pseudonym[account] = scene.one(("Accueil", "Hôtesse", "welcome", "Guide", "bonjour")) + str(account % 89)
        people.declared[account] = -1 if account in bots or rng.random() < 0.5 else int(rng.integers(18, 35))
    for account in [*machines, *helplines, *moderators]:
        people.says_age[account] = -1
        people.opens[account] = 0.0
        people.arrive[account] = scene.clock.start - int(rng.integers(100, 900)) * DAY
        people.depart[account] = scene.clock.end
    for account in helplines:
        people.rate[account], people.band[account] = 0.0, "office"
        people.pseudonym[account] = f"EcouteJeunes{account % 7}"
    for teacher, pupils in classes:
        scene.stay([teacher, *pupils], rate=0.5, young=False)
        people.band[teacher], people.opens[teacher] = "office", 0.01
        scene.schools.append((teacher, *pupils))
    for adult, children in families:
        scene.stay([adult, *children], rate=0.3, young=False)
        people.opens[adult] = min(people.opens[adult], 0.02)
        scene.homes.append(((adult, *children[: int(rng.integers(1, 3))]), bool(rng.random() < 0.6)))
    return Service(
        moderators=tuple(moderators), bots=tuple(bots), hidden_bots=tuple(hidden), helplines=tuple(helplines),
        advertisers=tuple(adverts), hosts=tuple(hosts), classes=classes, families=families,
    )


def plan_service(scene: Scene, service: Service) -> None:
    """Machines are always on; the helpline keeps hours."""
    clock = scene.clock
    for day in range(clock.days):
        left = clock.start + day * DAY
        for account in (*service.bots, *service.hidden_bots):
            scene.book(account, left + 60_000, left + DAY - 60_000, 0)
        for account in service.helplines:
            if scene.rng.random() < 0.93:
                scene.book(account, left + 14 * HOUR - int(scene.rng.integers(0, 15)) * MINUTE, left + 21 * HOUR, 0)


def act_service(scene: Scene, presence: Presence, service: Service, arrivals: Sessions) -> None:
    """Everybody in service does the work."""
    liking, rng = homophily(), scene.rng
    for account in service.moderators:
        approach(
            scene.people,
            presence,
            scene.openings,
            account,
            int(rng.integers(40, 160)),
            2,
            liking,
            rng,
            reply=0.5,
            turns=2.0,
            bond=0.03,
            lines=(words.WARDEN, None),
        )
        scene.parts.append(Part("moderator", (account,)))
    for kind, machines in (("bot", service.bots), ("undeclared bot", service.hidden_bots)):
        for account in machines:
            text = tuple(line.format(p=scene.world.platform) for line in words.WELCOME)
            faith, brisk = float(rng.uniform(0.6, 1.0)), float(rng.uniform(2, 40))
            for who, at in zip(arrivals.who.tolist(), arrivals.start.tolist(), strict=True):
                if rng.random() < faith:
                    scene.openings.add(
                        account, who, at + int(rng.uniform(1, brisk) * 1_000), reply=0.12, turns=0.3, lines=(text, None)
                    )
            scene.parts.append(Part(kind, (account,)))
    for account in service.helplines:
        _call_helpline(scene, presence, account)
        scene.parts.append(Part("helpline", (account,)))
    for account in service.advertisers:
        approach(
            scene.people,
            presence,
            scene.openings,
            account,
            int(rng.integers(40, 130)),
            2,
            liking,
            rng,
            reply=0.12,
            turns=1.0,
            bond=0.0,
            lines=((scene.one(words.ADVERT),), None),
        )
        scene.parts.append(Part("advertiser", (account,)))
    for account in service.hosts:
        approach(
            scene.people, presence, scene.openings, account, int(rng.integers(30, 90)), 2, liking, rng,
            reply=0.6, turns=2.0, bond=0.15, lines=(words.HOST, None),
        )
        _ask_host(scene, presence, account)
        scene.parts.append(Part("host", (account,)))
    for teacher, pupils in service.classes:
        _hold_class(scene, presence, teacher, pupils)
    for adult, children in service.families:
        for child in children:
            x, y = (adult, child) if rng.random() < 0.6 else (child, adult)
            at = scene.meet(x, y, presence)
            if at > 0:
                scene.openings.add(x, y, at, reply=0.98, turns=5.0, bond=0.95, lines=(words.FAMILY, words.FAMILY))
        scene.parts.append(Part("family adult", (adult,), children))


def _ask_host(scene: Scene, presence: Presence, account: int) -> None:
    """Players who share the room write to the host first."""
    times, rooms = presence.moments(account, int(scene.rng.integers(15, 60)), scene.rng)
    for at, room in zip(times.tolist(), rooms.tolist(), strict=True):
        near = presence.present(room, at)
        near = near[near != account]
        if len(near):
            player = int(near[int(scene.rng.integers(0, len(near)))])
            scene.openings.add(player, account, at, reply=0.9, turns=2.5, bond=0.15, lines=(words.FAN, words.HOST))


def _call_helpline(scene: Scene, presence: Presence, account: int) -> None:
    """Minors write first, at a moment when they are online; the helpline answers, and sometimes asks again later."""
    young = np.flatnonzero(scene.people.minor)
    for caller in scene.rng.permutation(young)[: int(scene.rng.integers(40, 110))].tolist():
        times, _ = presence.moments(caller, 1, scene.rng)
        if len(times):
            scene.openings.add(
                caller,
                account,
                int(times[0]),
                reply=0.93,
                turns=7.0,
                bond=0.2,
                lines=(words.HELP_ASK, words.HELP_ANSWER),
            )


def _hold_class(scene: Scene, presence: Presence, teacher: int, pupils: tuple[int, ...]) -> None:
    begins = float(scene.rng.uniform(0.25, 0.75))
    for pupil in pupils:
        x, y = (teacher, pupil) if scene.rng.random() < begins else (pupil, teacher)
        at = scene.meet(x, y, presence)
        if at > 0:
            scene.openings.add(x, y, at, reply=0.85, turns=3.0, bond=0.6, lines=(words.CLASS, words.CLASS))
    scene.befriend(pupils, presence, share=0.25)
    scene.parts.append(Part("teacher", (teacher,), pupils))

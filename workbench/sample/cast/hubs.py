"""How do adults who seek out many minors behave here?  Fast, slow, behind adult contacts, behind a teen age."""

from dataclasses import dataclass

import numpy as np

from workbench.sample import words
from workbench.sample.clock import Floats
from workbench.sample.contacts import approach, homophily
from workbench.sample.presence import Presence
from workbench.sample.scene import MINUTE, Part, Scene

_STYLES = ("fast", "slow", "camouflage", "declares-teen", "steady")


@dataclass(frozen=True)
class Hub:
    """One planted hub: how many minors it approaches, of which ages, and how many adults beside them."""

    account: int
    style: str
    wanted: int
    ages: tuple[int, int]
    slip: float
    cover: int
    reply: float
    turns: float


def cast_hubs(scene: Scene) -> list[Hub]:
    """Adults given the part of a hub, every style at least once where there are enough of them."""
    count = scene.between(scene.world.hubs)
    chosen = scene.people.pick(count, scene.adults(21, 62), scene.rng)
    hubs = []
    for place, account in enumerate(int(a) for a in chosen):
        style = _STYLES[place] if place < len(_STYLES) else scene.one(_STYLES)
        hubs.append(_cast_one(scene, account, style))
    return hubs


def _cast_one(scene: Scene, account: int, style: str) -> Hub:
    rng, people = scene.rng, scene.people
    wanted = {
        "fast": rng.integers(45, 110),
        "slow": rng.integers(10, 15),
        "camouflage": rng.integers(18, 40),
        "declares-teen": rng.integers(18, 55),
        "steady": rng.integers(20, 45),
    }[style]
    scene.stay([account], rate={"fast": 2.0, "slow": 0.6}.get(style, 1.0))
    if style == "fast" and rng.random() < 0.5:  # comes late and is quick
        people.arrive[account] = scene.clock.start + int(rng.uniform(0.1, 0.5) * scene.clock.days) * 86_400_000
    if rng.random() < 0.6:  # online when the young are
        people.band[account] = "teen"
    people.opens[account] = min(people.opens[account], 0.03)
    people.favour(np.array([account]), scene.youth_rooms(), float(rng.uniform(2.0, 12.0)))
    if style == "camouflage":
        people.favour(np.array([account]), np.array([scene.room_of(float(people.age[account]))]), 8.0)
    if style == "declares-teen":
        people.declared[account] = int(rng.integers(13, 18))
        people.says_age[account] = people.declared[account] if rng.random() < 0.7 else -1
    elif rng.random() < 0.3:
        people.declared[account] = -1
    else:
        people.says_age[account] = -1 if rng.random() < 0.6 else people.age[account]
    low = int(rng.integers(10, 14))
    cover = int(wanted * rng.uniform(1.2, 3.0)) if style == "camouflage" else int(rng.integers(0, 6))
    return Hub(
        account,
        style,
        int(wanted),
        (low, low + int(rng.integers(2, 5)) if low < 13 else 17),
        float(rng.uniform(0.01, 0.12)),
        cover,
        float(rng.uniform(0.25, 0.6)),
        float(rng.uniform(2.5, 9.0)),
    )


def act_hubs(scene: Scene, presence: Presence, hubs: list[Hub]) -> None:
    """Hubs approach minors who share a room with them; some of the approached report it."""
    liking = homophily()
    for hub in hubs:
        if hub.cover:
            _cover(scene, presence, hub, liking)
        reached: list[int] = []
        for turn in range(30):
            missing = hub.wanted - sum(scene.people.age[other] < 18 for other in reached)
            if missing <= 0:
                break
            found = approach(
                scene.people,
                presence,
                scene.openings,
                hub.account,
                missing,
                1,
                liking,
                scene.rng,
                ages=hub.ages if turn < 8 else (10, 17),  # less choosy in the end
                reply=hub.reply,
                turns=hub.turns,
                bond=0.12,
                slip=hub.slip / 10,
            )
            reached.extend(found.tolist())
        targets = [other for other in reached if scene.people.age[other] < 18]
        for other in targets:
            if scene.rng.random() < 0.04:
                at = scene.clock.end - int(scene.rng.integers(1, 20 * 24 * 60)) * MINUTE
                scene.reports.append(
                    (hub.account, other, at, scene.one(("écrit trop", "âge étrange", "insiste", "asks my school")))
                )
        scene.parts.append(Part("hub", (hub.account,), tuple(targets), hub.style, {"cover": hub.cover}))


def _cover(scene: Scene, presence: Presence, hub: Hub, liking: Floats) -> None:
    """An adult life beside: most of it where adults are, some in the rooms of the young as well."""
    apart = round(hub.cover * float(scene.rng.uniform(0.5, 1.0)))
    done = 0
    for _ in range(12):
        if done >= apart:
            break
        done += len(
            approach(
                scene.people, presence, scene.openings, hub.account, apart - done, 0, liking, scene.rng,
                elsewhere=scene.youth_rooms(),
            )
        )
    approach(scene.people, presence, scene.openings, hub.account, hub.cover - apart, 0, liking, scene.rng)


def cast_callers(scene: Scene) -> tuple[list[int], list[int]]:
    """Recruiters and extorters: adults who will be online enough for it."""
    recruiters = scene.people.pick(scene.between(scene.world.recruiters), scene.adults(22, 60), scene.rng).tolist()
    extorters = scene.people.pick(scene.between(scene.world.extorters), scene.adults(19, 50), scene.rng).tolist()
    scene.stay([*recruiters, *extorters], rate=1.1)
    if extorters:
        scene.people.favour(np.array(extorters), scene.youth_rooms(), 6.0)
    return recruiters, extorters


def act_recruiters(scene: Scene, presence: Presence, recruiters: list[int]) -> None:
    """A recruiter calls adults to one person in one room, with nearly the same words each time."""
    liking = homophily()
    for account in recruiters:
        # who is named stands on the site when the first message names him
        there = np.flatnonzero(scene.people.arrive <= max(scene.people.arrive[account], scene.clock.start))
        person = scene.people.pseudonym[int(there[scene.rng.integers(0, there.size)])]
        room = scene.rooms.names[int(scene.rng.integers(0, scene.rooms.size))]
        reached: list[int] = []
        for _ in range(int(scene.rng.integers(28, 60))):
            text = scene.one(words.CALL).format(w=person, r=room) + scene.one(("", "", " !", " :)", " stp"))
            found = approach(
                scene.people,
                presence,
                scene.openings,
                account,
                1,
                1,
                liking,
                scene.rng,
                ages=(18, 99),
                reply=0.3,
                turns=1.5,
                bond=0.02,
                lines=((text,), None),
                slip=0.01,
            )
            reached.extend(found.tolist())
        scene.parts.append(Part("recruitment", (account,), tuple(reached), "calls", {"person": person, "room": room}))


def act_extorters(scene: Scene, presence: Presence, extorters: list[int]) -> None:
    """An extorter chats with minors, asks each for a gift-card code, then insists with a consequence."""
    liking = homophily()
    for account in extorters:
        reached: list[int] = []
        for _ in range(5):
            reached.extend(
                approach(
                    scene.people,
                    presence,
                    scene.openings,
                    account,
                    int(scene.rng.integers(5, 12)),
                    1,
                    liking,
                    scene.rng,
                    ages=(10, 17),
                    reply=0.6,
                    turns=6.0,
                    bond=0.1,
                    slip=0.0,
                ).tolist()
            )
        for other in reached:
            opened = scene.openings.at[-1 - scene.openings.b[::-1].index(other)]
            asked = opened + int(scene.rng.integers(20, 48 * 60)) * MINUTE
            scene.say(asked, account, other, -1, scene.one(words.ASK))
            for turn in range(int(scene.rng.integers(0, 4))):
                scene.say(
                    asked + (turn + 1) * int(scene.rng.integers(30, 900)) * MINUTE,
                    account,
                    other,
                    -1,
                    scene.one(words.INSIST),
                )
            if scene.rng.random() < 0.15:
                scene.reports.append((account, other, asked + 60 * MINUTE, "veut un code"))
        scene.parts.append(Part("extortion", (account,), tuple(reached), "gift codes"))

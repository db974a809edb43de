"""Crews who converge again and again, one-time convergences, and what looks like them."""

from tests.benchmarks.outside.stage import DAY, HOUR, Stage
from tests.benchmarks.outside.truth import Plant, Truth


def plant_crews(stage: Stage, truth: Truth) -> None:
    rng = stage.rng
    if stage.setting.accounts < 300:
        _crew(stage, truth, "ten minutes", 600.0, members=4, victims=5)
    else:
        for name, window in (("ten minutes", 600.0), ("an hour", HOUR), ("six hours", 6 * HOUR)):
            _crew(stage, truth, name, window, members=int(rng.integers(4, 7)), victims=int(rng.integers(5, 11)))
        _crew(stage, truth, "three on three", HOUR, members=3, victims=3, misses=0.0)
    if stage.setting.accounts >= 500:
        _crew(stage, truth, "an hour, no chatter", HOUR, members=5, victims=8, chatter=False)
    _regulars(stage, truth)
    _friends(stage, truth)
    _raid(stage, truth)


def plant_convergence(stage: Stage, truth: Truth) -> None:
    """A dozen or more strangers on one account within an hour, once: with and without somebody who called them."""
    for name in ("adults on a minor", "called", "nothing else"):
        (target,) = stage.pick(1, minor=name == "adults on a minor")
        site = stage.site[target]
        who = [
            m for m in stage.pick(int(stage.rng.integers(12, 21)), minor=False, site=site) if not stage.know(m, target)
        ]
        if len(who) < 8:
            continue
        at = stage.moment(target, 0.3 * stage.length, 0.9 * stage.length)
        if name == "called":
            (caller,) = stage.pick(1, minor=False, site=site)
            for member in who:
                stage.write(at - stage.rng.uniform(HOUR, 10 * HOUR), caller, member)
        for member in who:
            stage.talk(member, target, at + float(stage.rng.uniform(0, HOUR)), answers=0.15)
        truth.guilty.append(Plant("convergence", name, tuple(who), (target,)))
    (star,) = stage.pick(1, minor=False)
    fans = [fan for fan in stage.strangers(star, 40, minor=None) if stage.joined[fan] <= 0][:25]
    for evening in range(1, 6):
        at = (stage.setting.days * evening // 6) * DAY + 20 * HOUR
        for fan in fans[(evening - 1) * 5 : evening * 5 + 3]:
            if not stage.know(fan, star):
                stage.talk(fan, star, at + float(stage.rng.uniform(0, HOUR)), answers=0.8)
    truth.benign.append(Plant("convergence", "a host's evenings", tuple(fans), (star,)))


def _crew(
    stage: Stage,
    truth: Truth,
    name: str,
    window: float,
    *,
    members: int,
    victims: int,
    misses: float = 0.2,
    chatter: bool = True,
) -> None:
    """Members write to each victim within the window, one of them (the lure) a day earlier at every other victim."""
    (first,) = stage.pick(1, minor=False)
    crew = [first, *stage.pick(members - 1, minor=False, site=stage.site[first])]
    if len(crew) < 3:
        return
    hit: list[int] = []
    for victim in stage.pick(victims, minor=True, site=stage.site[first]):
        at = stage.moment(victim, 0.05 * stage.length, 0.95 * stage.length)
        coming = [m for m in crew if stage.rng.random() >= misses and not stage.know(m, victim)]
        if len(coming) < 2:
            coming = [m for m in crew if not stage.know(m, victim)]
        for place, member in enumerate(coming):
            early = place == 0 and len(hit) % 2 == 1 and len(coming) > 2
            lead = -stage.rng.uniform(18, 28) * HOUR if early else stage.rng.uniform(0, window)
            stage.talk(member, victim, max(at + float(lead), 0.0), answers=0.3)
        if chatter:
            for member in coming[1:]:
                stage.write(max(at - float(stage.rng.uniform(60, 3 * HOUR)), 0.0), coming[0], member)
        hit.append(victim)
    truth.guilty.append(Plant("ambush", name, tuple(crew), tuple(hit)))


def _regulars(stage: Stage, truth: Truth) -> None:
    """Six who greet most newcomers of their site within the first quarter of an hour, each for themselves."""
    (first,) = stage.pick(1, minor=False)
    crew = [first, *stage.pick(5, minor=None, site=stage.site[first])]
    for other in range(len(stage.age)):
        if (
            stage.joined[other] <= 0
            or stage.site[other] != stage.site[first]
            or not stage.visits[other]
            or other in crew
        ):
            continue
        for member in crew:
            if stage.rng.random() < 0.35 and not stage.know(member, other):
                stage.talk(member, other, stage.visits[other][0].start + float(stage.rng.uniform(20, 900)), answers=0.7)
    truth.benign.append(Plant("ambush", "regulars who greet", tuple(crew)))


def _friends(stage: Stage, truth: Truth) -> None:
    """Five friends meet the same six people of their age, each time together on one evening; all answer."""
    (first,) = stage.pick(1, minor=True)
    crew = [first, *stage.pick(4, minor=True, site=stage.site[first])]
    for place, one in enumerate(crew):
        for other in crew[place + 1 :]:
            for _ in range(6):
                stage.talk(one, other, stage.moment(one), answers=0.95)
    for other in stage.pick(6, minor=True, site=stage.site[first]):
        at = stage.moment(other)
        for member in crew:
            if not stage.know(member, other):
                stage.talk(member, other, at + float(stage.rng.uniform(0, 3 * HOUR)), answers=0.95)
    truth.benign.append(Plant("ambush", "friends who make friends", tuple(crew)))


def _raid(stage: Stage, truth: Truth) -> None:
    """Thirty of all kinds write to the same two hosts within half an hour, on two days."""
    for day in (0.4, 0.7):
        hosts = stage.pick(2, minor=False)
        crowd = stage.pick(30, minor=None, site=stage.site[hosts[0]])
        at = day * stage.length
        for host in hosts:
            for member in crowd:
                if stage.site[host] == stage.site[member] and not stage.know(member, host) and stage.rng.random() < 0.8:
                    stage.talk(member, host, at + float(stage.rng.uniform(0, 1800)), answers=0.2)
        stage.used.difference_update(crowd)
        truth.benign.append(Plant("ambush", "raid", tuple(crowd)))

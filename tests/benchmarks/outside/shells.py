"""Accounts of one operator, and people who share an address, a tablet or a sold phone."""

from dataclasses import replace
from itertools import combinations

from tests.benchmarks.outside.stage import DAY, Stage, Visit, start_of_visit
from tests.benchmarks.outside.truth import Plant, Truth


def plant_shells(stage: Stage, truth: Truth) -> None:
    """Before ordinary life: the visits of the people concerned are laid anew."""
    small = stage.setting.accounts < 300
    for round_ in range(1 if small else 2):
        for name in ("one device", "cookie and home", "two phones, one payment", "same home and mail, own devices"):
            _ring(stage, truth, name, members=int(stage.rng.integers(2, 7)), number=round_)
    for number in range(4 if small else 12):
        _household(stage, truth, number)
    _school(stage, truth, pupils=25 if small else 60)
    _tablet(stage, truth)
    _sold(stage, truth)
    for who in range(len(stage.age)):
        if who not in stage.used and stage.rng.random() < 0.6:
            stage.identifiers.append((who, "cookie", f"ck-{who:06d}", float(stage.joined[who])))
        if who not in stage.used and stage.rng.random() < 0.5:
            stage.identifiers.append(
                (who, "email", f"{stage.names[who].lower()}@mail.example", float(stage.joined[who]))
            )


def _ring(stage: Stage, truth: Truth, name: str, *, members: int, number: int) -> None:
    (first,) = stage.pick(1, minor=False)
    ring = [first, *stage.pick(members - 1, minor=False, site=stage.site[first])]
    if len(ring) < 2:
        return
    rng = stage.rng
    tag = f"{name[:3]}{number}"
    laid: dict[int, list[Visit]] = {who: [] for who in ring}
    for day in range(int(max(stage.joined[who] for who in ring) // DAY), stage.setting.days):
        if rng.random() > 0.7:
            continue
        now = start_of_visit(rng, stage.setting.rhythm, day)
        for who in rng.permutation(ring)[: rng.integers(2, len(ring) + 1)]:
            end = now + float(rng.lognormal(6.6, 0.6))
            device = f"ring-{tag}" if name == "one device" else f"own-{tag}-{who}"
            if name == "two phones, one payment":
                device = f"ring-{tag}-{ring.index(who) % 2}"
            ip = f"10.200.{number}.{len(name)}" if rng.random() < 0.85 else f"100.64.0.{rng.integers(1, 4)}"
            laid[int(who)].append(Visit(now, min(end, stage.length - 1), ip, device))
            now = end + float(rng.uniform(4, 50))
            if now > stage.length - DAY / 10:
                break
    for who in ring:
        stage.visits[who] = sorted(laid[who], key=lambda visit: visit.start)
        since = float(stage.joined[who])
        if name == "cookie and home":
            stage.identifiers.append((who, "cookie", f"ck-ring-{tag}", since))
        if name == "two phones, one payment":
            stage.identifiers.append((who, "payment", f"pay-ring-{tag}", since))
        if name == "same home and mail, own devices":
            stage.identifiers.append((who, "email", f"box-{tag}@mail.example", since))
    stage.met.update((min(pair), max(pair)) for pair in combinations(ring, 2))  # nobody writes to themselves
    truth.guilty.append(Plant("shell", name, tuple(ring)))


def _at(visit: Visit, *, ip: str | None = None, device: str | None = None) -> Visit:
    return replace(visit, ip=ip or visit.ip, device=device or visit.device)


def _household(stage: Stage, truth: Truth, number: int) -> None:
    """Two to four people at one address with their own phones; half of the homes use a family tablet at times."""
    (first,) = stage.pick(1, minor=None)
    family = [first, *stage.pick(int(stage.rng.integers(1, 4)), minor=None, site=stage.site[first])]
    for who in family:
        stage.visits[who] = [
            _at(
                visit,
                ip=visit.ip if visit.ip.startswith("100.") else f"10.201.{number}.1",
                device=f"tablet-{number}" if number % 2 and stage.rng.random() < 0.25 else None,
            )
            for visit in stage.visits[who]
        ]
        stage.identifiers.append(
            (who, "email", f"{stage.names[who].lower()}@family{number}.example", float(stage.joined[who]))
        )
    truth.benign.append(Plant("shell", "household with tablet" if number % 2 else "household", tuple(family)))


def _school(stage: Stage, truth: Truth, *, pupils: int) -> None:
    """One address and ten computers for all pupils, in some of their visits."""
    crowd = stage.pick(pupils, minor=True)
    for who in crowd:
        stage.visits[who] = [
            _at(visit, ip="10.202.0.1", device=f"lab-{stage.rng.integers(10)}") if stage.rng.random() < 0.4 else visit
            for visit in stage.visits[who]
        ]
    stage.used.difference_update(crowd)
    truth.benign.append(Plant("shell", "school", tuple(crowd)))


def _tablet(stage: Stage, truth: Truth) -> None:
    """Two friends who use one tablet in turns, beside their own phones and homes."""
    (first,) = stage.pick(1, minor=True)
    pair = [first, *stage.pick(1, minor=True, site=stage.site[first])]
    for who in pair:
        stage.visits[who] = [
            _at(v, device="tablet-of-two") if stage.rng.random() < 0.5 else v for v in stage.visits[who]
        ]
    truth.benign.append(Plant("shell", "shared tablet", tuple(pair)))


def _sold(stage: Stage, truth: Truth) -> None:
    """A phone that one person has until a day and another from a week later on."""
    for number in range(3):
        pair = stage.pick(2, minor=False)
        day = 0.5 * stage.length
        for place, who in enumerate(pair):
            mine = [(v.start < day) if place == 0 else (v.start > day + 7 * DAY) for v in stage.visits[who]]
            stage.visits[who] = [
                _at(v, device=f"sold-{number}") if m else v for v, m in zip(stage.visits[who], mine, strict=True)
            ]
        truth.benign.append(Plant("shell", "sold phone", tuple(pair)))

"""Who seeks minors out?  Adults grafted onto real accounts, each in one of five styles; none of them writes strangely.

Each takes over a real account: its hours, its rooms and a part of its own chats stay, victims are minors who were there
at his moments, some of them friends of an earlier victim; what is said after is a real chat told again.
"""

import numpy as np
from scipy.stats import binom

from tests.benchmarks.grafted.stage import DAY, Note, Stage

STYLES = ("fast", "slow", "waiting", "camouflage", "declares-teen")
_REASONS = ("bothers me", "asks for my age", "asks for photos", "will not stop writing", "weird", "")

_CHANCE = 3e-4  # how rare his minors are among his contacts at least, by declared ages


def plant_hubs(stage: Stage) -> None:
    """Five to twelve, the fewer the fewer minors there are."""
    rng = stage.rng("hubs")
    minors = sum(stage.minor(w) for w in range(stage.count))
    count = int(rng.integers(5, max(6, min(13, 6 + minors // 60))))
    styles = [STYLES[k] for k in rng.permutation(5)] + [STYLES[k] for k in rng.integers(4, size=count)]
    for style in styles[:count]:
        _plant(stage, rng, style)


def _plant(stage: Stage, rng: np.random.Generator, style: str) -> None:
    who = _adopt(stage, rng, style)
    if who is None:
        return
    stage.used.add(who)
    own = stage.moments[who]
    if stage.age[who] < 22:  # younger ones are told from their friends' friends by nobody
        stage.age[who] = int(rng.integers(22, 56))
        stage.declared[who] = None if stage.declared[who] is None else stage.age[who]
    stage.take_out(rng, who, {"fast": 0.6, "slow": 0.7, "camouflage": 0.3}.get(style, 0.55))
    wanted = {
        "fast": (18, 42), "slow": (10, 16), "waiting": (18, 40), "camouflage": (20, 34), "declares-teen": (12, 30),
    }[style]
    count = int(rng.integers(*wanted))
    begin, end = 0.0, stage.span
    if style == "fast":
        long = float(rng.uniform(14, 28)) * DAY
        begin = float(rng.choice(own[own <= max(own[0], own[-1] - long)]))
        end = begin + long
    teens = _kindred(stage, rng, who) if style in ("waiting", "declares-teen") else None
    loners = int(rng.integers(1, 5))
    victims = stage.met_at(rng, who, count, begin=begin, end=end, among=teens, loners=loners)
    if len(victims) < 10:  # too little was going on in that time
        begin, end = 0.0, stage.span
        victims = stage.met_at(rng, who, count, among=teens, loners=loners)
    drawn = float(rng.uniform(0.4, 0.6)) if style == "waiting" else float(rng.uniform(0.0, 0.2))
    long_talk = float(rng.uniform(0.45, 0.8))
    targets: dict[int, float] = {}
    for victim, at in victims:
        if targets and rng.random() < 0.12:
            near = sorted(
                f for f in stage.friends[list(targets)[int(rng.integers(len(targets)))]]
                if stage.minor(f) and f != who and not stage.know(who, f) and f not in stage.role
            )
            victim = near[int(rng.integers(len(near)))] if near else victim
        if stage.know(who, victim):
            continue
        one, other = (victim, who) if rng.random() < drawn else (who, victim)
        stage.graft(rng, one, other, at, answers=long_talk)
        targets[victim] = at
    if style in ("waiting", "declares-teen"):
        _sit(stage, rng, who, teens or set(), [at for _, at in victims])
    if style == "camouflage":
        own_adults = sum(not stage.minor(b) for b, _ in stage.begun[who])
        for adult, at in stage.met_at(rng, who, max(4, len(targets) - own_adults), minor=False):
            one, other = (adult, who) if rng.random() < 0.25 else (who, adult)
            stage.graft(rng, one, other, at)
    _beyond_chance(stage, rng, who, style, targets, begin, end)
    if style != "declares-teen" and (stage.declared[who] or 18) < 18:
        stage.declared[who] = stage.age[who]
    if style == "declares-teen":
        stage.declared[who] = int(rng.integers(13, 18))
        if rng.random() < 0.5 and targets:
            victim, at = list(targets.items())[int(rng.integers(len(targets)))]
            stage.write(at + float(rng.exponential(600)), who, victim, f"i'm {stage.declared[who]}")
    told = int(rng.integers(0, 6)) if rng.random() < 0.6 else 0
    for victim in rng.permutation(list(targets))[:told].tolist():
        at = min(stage.span - 1, targets[victim] + float(rng.exponential(4 * DAY)))
        stage.reports.append((who, victim, at, _REASONS[int(rng.integers(len(_REASONS)))]))
    if len(targets) < 8:
        stage.spare("hub", [who])
        return
    stage.notes.append(Note("hub", style, (who,), tuple(targets)))


def _beyond_chance(
    stage: Stage, rng: np.random.Generator, who: int, style: str, targets: dict[int, float], begin: float, end: float
) -> None:
    """Goes on until minors are more among his contacts than chance brings: without that nobody could tell him."""
    share = stage.share_of_minors()
    for _ in range(6):
        met = stage.friends[who]
        young = sum(stage.known_minor(o) for o in met)
        if float(binom.sf(young - 1, len(met), share)) < _CHANCE:
            return
        if style == "slow":  # few remain few: his other chats become fewer instead
            stage.take_out(rng, who, 0.3, spared=targets)
        for victim, at in stage.met_at(rng, who, 2 if style == "slow" else 5, begin=begin, end=end, loners=4):
            if not stage.know(who, victim):
                stage.graft(rng, who, victim, at, answers=0.6)
                targets[victim] = at


def _adopt(stage: Stage, rng: np.random.Generator, style: str) -> int | None:
    """A real account that is lively enough for the style; the longest lived where none is."""
    days = {"fast": 3.0, "slow": 0.45 * min(stage.span / DAY, 70)}.get(style, 8.0)
    for ease in (1.0, 0.6, 0.3, 0.0):
        fits = stage.adults(least=int(12 + 18 * ease), days=days * ease, most=900)
        fits = [w for w in fits if len(stage.friends[w]) <= 40]
        if fits:
            return fits[int(rng.integers(len(fits)))]
    return None


def _kindred(stage: Stage, rng: np.random.Generator, who: int) -> set[int]:
    """The minors of one community that is young: where he sits."""
    young: dict[int, int] = {}
    for w in range(stage.count):
        if stage.minor(w) and len(stage.moments[w]):
            young[stage.community[w]] = young.get(stage.community[w], 0) + 1
    most = sorted(young, key=lambda c: (-young[c], c))[:5]
    chosen = {most[k] for k in rng.permutation(len(most))[:2].tolist()}
    return {w for w in range(stage.count) if stage.minor(w) and stage.community[w] in chosen}


def _sit(stage: Stage, rng: np.random.Generator, who: int, teens: set[int], moments: list[float]) -> None:
    """He is seen in their rooms, before most of his chats and at other times; so are they."""
    rooms = sorted({stage.room_of[stage.community[t]] for t in teens if stage.community[t] in stage.room_of})
    if not rooms:
        return
    own = stage.moments[who]
    for at in [*moments, *rng.choice(own, size=min(len(own), 2 * len(moments))).tolist()]:
        if rng.random() < 0.7:
            stage.post(max(0.0, at - float(rng.uniform(20, 1500))), who, rooms[int(rng.integers(len(rooms)))])

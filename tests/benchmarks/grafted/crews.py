"""Who goes for the same people together?  Crews of three to eight who write to a target within minutes or a day."""

import numpy as np

from tests.benchmarks.grafted.stage import DAY, HOUR, Note, Stage

WINDOWS = {"15 min": 900.0, "1 h": HOUR, "6 h": 6 * HOUR, "a day": DAY}


def plant_crews(stage: Stage) -> None:
    """Three to six crews, at least one a window in most platforms."""
    rng = stage.rng("crews")
    styles = [list(WINDOWS)[k] for k in rng.permutation(4).tolist()] + ["1 h", "15 min"]
    for style in styles[: int(rng.integers(3, 7))]:
        _plant(stage, rng, style)


def together(
    stage: Stage, rng: np.random.Generator, lead: int, count: int, *, minor: bool | None = False
) -> list[int]:
    """Unused people who were there on most of the lead's days, the likeliest companions of that account."""
    days = {int(t // DAY) for t in stage.moments[lead]}
    best: list[tuple[float, int]] = []
    for w in range(stage.count):
        if w == lead or w in stage.used or w in stage.role or (minor is not None and stage.minor(w) != minor):
            continue
        own = stage.moments[w]
        if len(own) >= 4:
            best.append((len(days & {int(t // DAY) for t in own}) * float(rng.uniform(0.5, 1.0)), w))
    best.sort(key=lambda item: (-item[0], item[1]))
    return [w for _, w in best[:count]]


def near(stage: Stage, rng: np.random.Generator, who: int, at: float, window: float) -> float:
    """A moment of that account's own within the window from ``at`` on, or any moment in it."""
    own = stage.moments[who]
    fits = own[(own >= at) & (own <= at + window)]
    return float(fits[rng.integers(len(fits))] if len(fits) else at + rng.uniform(0.02, 0.98) * window)


def _plant(stage: Stage, rng: np.random.Generator, style: str) -> None:
    leads = stage.adults(least=30, days=6.0, most=900) or stage.adults(least=12, days=1.0)
    if not leads:
        return
    lead = leads[int(rng.integers(len(leads)))]
    members = [lead, *together(stage, rng, lead, int(rng.integers(2, 8)))]
    on_minors = bool(rng.random() < 0.5)
    taken = set(members)
    size, window = int(rng.integers(3, 9)), WINDOWS[style]
    size = max(size, {3: 6, 4: 4}.get(len(members), 3), 4 if style in ("6 h", "a day") else 3)
    stage.used.update(members)
    targets: list[int] = []
    for target, at in stage.met_at(rng, lead, 3 * size, minor=on_minors):
        strangers = [m for m in members if not stage.know(m, target)]
        if len(targets) == size or target in taken or target in stage.used or len(strangers) < 3:
            continue
        for k in rng.permutation(len(strangers))[: max(3, round(len(strangers) * rng.uniform(0.6, 1.0)))].tolist():
            moment = near(stage, rng, strangers[k], at, window)
            stage.graft(rng, strangers[k], target, moment, answers=float(rng.uniform(0.0, 0.6)))
        targets.append(target)
    talk = bool(rng.random() < 0.5)
    for one in members if talk else []:
        for other in members:
            if one < other and not stage.know(one, other) and rng.random() < 0.6:
                stage.graft(rng, one, other, near(stage, rng, one, 0.0, stage.span), answers=0.9)
    stage.spare("hub", members)
    stage.spare("convergence", [*members, *targets])
    if len(targets) < 3:
        stage.spare("ambush", members)
        return
    name = f"{style}, {'minors' if on_minors else 'adults'}, {'talk' if talk else 'silent'}"
    stage.notes.append(Note("ambush", name, tuple(members), tuple(targets)))


def plant_companions(stage: Stage) -> None:
    """Harmless people who come to the same others at the same time: friends who go together, a class, regulars."""
    rng = stage.rng("companions")
    for _ in range(int(rng.integers(3, 7))):
        _friends(stage, rng)
    for _ in range(int(rng.integers(1, 3))):
        _class(stage, rng)
    _regulars(stage, rng, custom=stage.traits.rush)


def _friends(stage: Stage, rng: np.random.Generator) -> None:
    """Three to five who have long talked with each other get to know friends of one of them on the same evening."""
    fits = [w for w in stage.adults(least=20) + stage.teens(least=20) if len(stage.friends[w]) >= 4]
    if not fits:
        return
    head = fits[int(rng.integers(len(fits)))]
    mates = [f for f in sorted(stage.friends[head]) if f not in stage.used and len(stage.moments[f]) >= 4]
    mates = [mates[k] for k in rng.permutation(len(mates))[: int(rng.integers(2, 5))].tolist()]
    if len(mates) < 2:
        return
    circle = [head, *mates]
    for k, one in enumerate(circle):
        stage.label(one, "friends who go together")
        for other in circle[k + 1:]:
            for _ in range(int(rng.integers(1, 4))):
                stage.graft(rng, one, other, near(stage, rng, one, 0.0, stage.span / 2), answers=0.95)
    known = [f for f in sorted(stage.friends[head]) if f not in circle and len(stage.moments[f])]
    for k in rng.permutation(len(known))[: int(rng.integers(2, 5))].tolist():
        at = near(stage, rng, known[k], 0.1 * stage.span, 0.8 * stage.span)
        for mate in mates:
            if not stage.know(mate, known[k]) and rng.random() < 0.8:
                one, other = (mate, known[k]) if rng.random() < 0.6 else (known[k], mate)
                stage.graft(rng, one, other, at + float(rng.uniform(0, 2 * HOUR)), answers=0.85)


def _class(stage: Stage, rng: np.random.Generator) -> None:
    """Ten to twenty-two of one community who are there each evening and get to know each other then."""
    groups: dict[int, list[int]] = {}
    for w in stage.teens(least=3):
        groups.setdefault(stage.community[w], []).append(w)
    large = sorted(groups, key=lambda c: (-len(groups[c]), c))[:6]
    if not large:
        return
    pupils = groups[large[int(rng.integers(len(large)))]]
    pupils = [pupils[k] for k in rng.permutation(len(pupils))[: int(rng.integers(10, 23))].tolist()]
    first = int(rng.uniform(0.05, 0.6) * stage.span / DAY)
    for one in pupils:
        stage.label(one, "school class")
    for day in range(first, first + int(rng.integers(5, 15))):
        evening = day * DAY + 18.5 * HOUR
        for one in pupils:
            for _ in range(int(rng.poisson(0.5))):
                other = pupils[int(rng.integers(len(pupils)))]
                if one != other:
                    stage.graft(rng, one, other, evening + float(rng.uniform(0, 2.5 * HOUR)), answers=0.8, at_most=12)


def _regulars(stage: Stage, rng: np.random.Generator, *, custom: bool) -> None:
    """Some who are there often write to whoever appears; where it is a custom, many do, to many."""
    often = sorted(stage.adults(least=60) + stage.teens(least=60), key=lambda w: (-len(stage.moments[w]), w))
    regulars = [often[k] for k in rng.permutation(min(len(often), 60))[: 24 if custom else 5].tolist()]
    for one in regulars:
        stage.label(one, "regular")
    known = set(regulars)
    for who in range(stage.count):
        if who in known or not len(stage.moments[who]) or rng.random() > (0.3 if custom else 0.02):
            continue
        came = float(stage.moments[who][0])
        there = [int(o) for o in stage.present(came, HOUR) if int(o) in known and not stage.know(int(o), who)]
        for k in rng.permutation(len(there))[: int(rng.integers(2, 7 if custom else 4))].tolist():
            stage.graft(rng, there[k], who, came + float(rng.exponential(900.0)), answers=0.1, at_most=8)

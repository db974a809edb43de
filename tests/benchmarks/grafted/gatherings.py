"""On whom do many adults converge?  One minor and five to eleven adults, over an evening or over weeks and months."""

import numpy as np

from tests.benchmarks.grafted.stage import DAY, HOUR, Note, Stage

STYLES = ("hours", "months")


def plant_convergence(stage: Stage) -> None:
    """Two to four, both styles at least once."""
    rng = stage.rng("convergence")
    styles = ["hours", "months", *(STYLES[k] for k in rng.integers(2, size=2).tolist())]
    for style in styles[: int(rng.integers(2, 5))]:
        _plant(stage, rng, style)


def _plant(stage: Stage, rng: np.random.Generator, style: str) -> None:
    count = int(rng.integers(5, 12))
    long = float(rng.uniform(2, 6)) * HOUR if style == "hours" else float(rng.uniform(21, 120)) * DAY
    long = min(long, 0.8 * stage.span)
    kids = stage.teens(least=20, days=15.0 if style == "months" else 0.0, most=400) or stage.teens(
        least=8, days=2.0 if style == "months" else 0.0
    )
    kids = [k for k in kids if len(stage.friends[k]) <= 25]
    if not kids:
        return
    kid = kids[int(rng.integers(len(kids)))]
    own = stage.moments[kid]
    start = float(rng.choice(own[own <= max(own[0], own[-1] - (long if style == "months" else 0.0))]))
    members: list[int] = []
    comers = _hours(stage, rng, kid, start, long) if style == "hours" else _months(stage, rng, kid, start, long)
    stage.used.add(kid)
    for who, at in comers:
        if len(members) < count:
            stage.graft(rng, who, kid, at, answers=0.5)
            members.append(who)
    if len(members) < 4:
        return
    stage.used.update(members)
    for who in members:
        if rng.random() < 0.5:
            for other, at in stage.met_at(rng, who, int(rng.integers(1, 4))):
                stage.graft(rng, who, other, at)
    stage.notes.append(Note("convergence", style, tuple(members), (kid,)))
    stage.spare("hub", members)
    stage.spare("ambush", members)


def _free(stage: Stage, kid: int, people: list[int]) -> list[int]:
    return [
        w for w in people
        if not stage.minor(w) and w not in stage.used and w not in stage.role and not stage.know(w, kid)
        and len(stage.moments[w]) >= 2
    ]


def _hours(stage: Stage, rng: np.random.Generator, kid: int, start: float, long: float) -> list[tuple[int, float]]:
    """Adults who were there in those hours, each at a moment of his own."""
    free = _free(stage, kid, stage.present(start + long / 2, long / 2).tolist())
    if len(free) < 11:
        free += [w for w in _free(stage, kid, stage.present(start, DAY).tolist()) if w not in free]
    found = []
    for k in rng.permutation(len(free)).tolist():
        own = stage.moments[free[k]]
        own = own[(own >= start) & (own <= start + long)]
        at = float(rng.choice(own)) if len(own) else start + float(rng.uniform(0, long))
        found.append((free[k], at + float(rng.uniform(0, 60))))
    return found


def _months(stage: Stage, rng: np.random.Generator, kid: int, start: float, long: float) -> list[tuple[int, float]]:
    """One after another, days apart, each when the minor was there too if he ever was."""
    found: list[tuple[int, float]] = []
    own = stage.moments[kid]
    for step in range(24):
        when = start + long * (step + float(rng.uniform(0, 1))) / 14
        at = float(own[np.argmin(np.abs(own - when))]) if len(own) else when
        free = [
            w for w in _free(stage, kid, stage.present(at, 2 * HOUR).tolist()) if w not in {f for f, _ in found}
        ]
        if free and at <= start + long + DAY:
            found.append((free[int(rng.integers(len(free)))], at + float(rng.uniform(0, 1800))))
    return found


def plant_popular(stage: Stage) -> None:
    """Harmless: minors whom many write to over time, and birthdays, when everybody they know does."""
    rng = stage.rng("popular")
    for _ in range(max(2, round(stage.count / 900))):
        kids = stage.teens(least=15, days=2.0) or stage.teens(least=6)
        if not kids:
            return
        kid = kids[int(rng.integers(len(kids)))]
        stage.label(kid, "popular minor")
        for other, at in stage.met_at(rng, kid, int(rng.integers(10, 26)), minor=None):
            one, two = (other, kid) if rng.random() < 0.75 else (kid, other)
            stage.graft(rng, one, two, at)
    for _ in range(max(1, round(stage.count / 1500))):
        kids = [k for k in stage.teens(least=6) if len(stage.friends[k]) >= 6]
        if not kids:
            return
        kid = kids[int(rng.integers(len(kids)))]
        stage.label(kid, "birthday")
        own = stage.moments[kid]
        day = float(own[rng.integers(len(own))] // DAY * DAY)
        friends = sorted(stage.friends[kid])
        beyond = sorted({f for friend in friends for f in stage.friends[friend]} - set(friends) - {kid})
        beyond = [beyond[k] for k in rng.permutation(len(beyond))[: int(rng.integers(2, 6))].tolist()]
        for friend in [*friends[:12], *beyond]:
            at = day + float(rng.uniform(8, 22)) * HOUR
            stage.write(at, friend, kid, "happy birthday")
            if rng.random() < 0.8:
                stage.write(at + float(rng.exponential(600)), kid, friend, "thanks :)")

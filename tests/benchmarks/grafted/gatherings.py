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
    count = int(rng.integers(5 if style == "hours" else 6, 12))
    long = float(rng.uniform(2, 6)) * HOUR if style == "hours" else float(rng.uniform(21, 120)) * DAY
    long = min(long, 0.8 * stage.span)
    chosen = _whom(stage, rng, count, style, long)
    if chosen is None:
        return
    kid, start = chosen
    members: list[int] = []
    comers = _hours(stage, rng, kid, start, long) if style == "hours" else _months(stage, rng, kid, start, long)
    stage.used.add(kid)
    for who, at in comers:
        if len(members) < count:
            stage.graft(rng, who, kid, at, answers=0.5)
            members.append(who)
    stage.used.update(members)
    if len(members) < 5:
        stage.spare("convergence", [kid])
        return
    for who in members:
        if rng.random() < 0.5:
            for other, at in stage.met_at(rng, who, int(rng.integers(1, 4))):
                stage.graft(rng, who, other, at)
    stage.notes.append(Note("convergence", style, tuple(members), (kid,)))
    stage.spare("hub", members)
    stage.spare("ambush", members)


def _whom(stage: Stage, rng: np.random.Generator, count: int, style: str, long: float) -> tuple[int, float] | None:
    """A minor whom few adults wrote to, not on the day of arrival, and a time when few are written to anew."""
    months = style == "months"
    kids = stage.teens(least=15, days=15.0, most=400) if months else stage.teens(least=15, days=2.0, most=400)
    kids = kids or stage.teens(least=6, days=2.0)
    kids = [k for k in kids if (stage.declared[k] or 99) < 18]  # of whom nobody knows the age, nobody asks for
    most = count // 3 if months else count // 2
    quiet = [k for k in kids if len(stage.friends[k]) <= 20 and _adult_comers(stage, k) <= most]
    kids = quiet or sorted(kids, key=lambda k: (_adult_comers(stage, k), k))[:8]
    choices: list[tuple[float, int, float]] = []
    for _ in range(30 if kids else 0):
        kid = kids[int(rng.integers(len(kids)))]
        own = stage.moments[kid]
        late = own[own >= own[0] + 1.5 * DAY]
        latest = stage.span - long - DAY if months else stage.span
        start = float(rng.choice(late[late <= latest])) if (late <= latest).any() else float(own[0]) + 1.5 * DAY
        choices.append((stage.inflow(start, start + long), kid, start))
    if not choices:
        return None
    choices.sort()
    fair = [c for c in choices if c[0] <= 2.0] or choices[:5]
    _, kid, start = fair[int(rng.integers(len(fair)))]
    return kid, start


def _adult_comers(stage: Stage, kid: int) -> int:
    """How many adults wrote to that minor first, as things are."""
    return sum(
        not stage.minor(o) and any(b == kid for b, _ in stage.begun[o]) for o in stage.friends[kid]
    )


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
    """One after another, days apart, each at a moment of his own; the minor was there too if it was in those days."""
    found: dict[int, float] = {}
    own = stage.moments[kid]
    for step in rng.permutation(24).tolist():
        at = start + long * (step + float(rng.uniform(0, 1))) / 24
        near = own[np.abs(own - at) < 2 * DAY]
        if len(near):
            at = float(near[rng.integers(len(near))])
        for window in (HOUR, 6 * HOUR, 2 * DAY):
            free = [w for w in _free(stage, kid, stage.present(at, window).tolist()) if w not in found]
            if free:
                who = free[int(rng.integers(len(free)))]
                times = stage.moments[who]
                found[who] = float(times[np.argmin(np.abs(times - at))]) + float(rng.uniform(0, 900))
                break
    return list(found.items())


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

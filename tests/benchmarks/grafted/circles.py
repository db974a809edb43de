"""Which harmless people are near minors?  Adults whose young contacts form a circle, and people everybody writes to.

Tutors, coaches and older siblings: their minors know each other, answer, share a room and often write first.
Hosts and greeters write to whoever appears, idols are written to, some teenagers write to many teenagers.
"""

import numpy as np

from tests.benchmarks.grafted.stage import DAY, HOUR, Stage


def plant_circles(stage: Stage) -> None:
    """Each label a few times; the platform's size asks how often."""
    rng = stage.rng("circles")
    many = max(1, round(stage.count / 2200))
    for label, count in (
        ("tutor", 2 * many), ("coach", 2 * many), ("older sibling", 2 * many), ("young adult", 3 * many),
        ("host", 1 + many), ("greeter", 1 + many), ("idol", many), ("social teenager", 2 * many),
    ):
        for _ in range(count):
            _PLANT[label](stage, rng, label)


def _adult(
    stage: Stage, rng: np.random.Generator, *, least: int = 15, days: float = 5.0, oldest: int = 99
) -> int | None:
    fits = stage.adults(least=least, days=days, oldest=oldest) or stage.adults(least=6, oldest=oldest)
    return fits[int(rng.integers(len(fits)))] if fits else None


def _group(stage: Stage, rng: np.random.Generator, size: int, *, youngest: int = 0) -> list[int]:
    """Minors of one community, a lively one and those nearest to it, who know each other already in part."""
    heads = [w for w in stage.teens(least=8, youngest=youngest) if stage.friends[w]]
    if not heads:
        return []
    head = heads[int(rng.integers(len(heads)))]
    near = [w for w in sorted(stage.friends[head]) if youngest <= stage.age[w] < 18]
    rest = [
        w for w in range(stage.count)
        if stage.community[w] == stage.community[head] and youngest <= stage.age[w] < 18
        and w not in near and w != head and len(stage.moments[w])
    ]
    return [head, *near, *(rest[k] for k in rng.permutation(len(rest)).tolist())][:size]


def _when(stage: Stage, rng: np.random.Generator, one: int, other: int) -> float:
    """A moment of one of them, near one of the other's where there is such."""
    a, b = stage.moments[one], stage.moments[other]
    if not len(a) or not len(b):
        return float(rng.uniform(0, stage.span))
    at = b[rng.integers(len(b))]
    near = a[np.abs(a - at) < 2 * HOUR]
    return float((near[rng.integers(len(near))] if len(near) else at) + rng.uniform(0, 300))


def _acquaint(stage: Stage, rng: np.random.Generator, group: list[int], share: float) -> None:
    """Members of a group who did not know each other come to do so."""
    for k, one in enumerate(group):
        for other in group[k + 1:]:
            if not stage.know(one, other) and rng.random() < share:
                a, b = (one, other) if rng.random() < 0.5 else (other, one)
                stage.graft(rng, a, b, _when(stage, rng, a, b), answers=0.7)


def _circle(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """An adult with a group of minors who know each other; regular, answered, and some parents beside."""
    who = _adult(stage, rng, oldest=99)
    group = _group(stage, rng, int(rng.integers(8, 21)))
    if who is None or len(group) < 5:
        return
    stage.label(who, label)
    _acquaint(stage, rng, group, float(rng.uniform(0.15, 0.4)))
    own = float(rng.uniform(0.4, 0.8))
    room = stage.room_of.get(stage.community[group[0]])
    for kid in group:
        if not stage.know(who, kid):
            one, other = (who, kid) if rng.random() < own else (kid, who)
            at = _when(stage, rng, who, kid)
            stage.graft(rng, one, other, at, answers=0.9)
            if room is not None and rng.random() < 0.6:
                stage.post(max(0.0, at - float(rng.uniform(0, DAY))), who, room)
    for adult, at in stage.met_at(rng, who, int(rng.integers(2, 7)), minor=False):
        stage.graft(rng, adult, who, at, answers=0.9)


def _sibling(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """Somebody of 18 to 22 who writes to the friends of one minor: the younger brother or sister."""
    who = _adult(stage, rng, oldest=22, days=1.0)
    younger = [w for w in stage.teens(least=6) if len(stage.friends[w]) >= 4]
    if who is None or not younger:
        return
    kid = younger[int(rng.integers(len(younger)))]
    stage.label(who, label)
    friends = [kid, *sorted(f for f in stage.friends[kid] if stage.minor(f))]
    for friend in friends[: int(rng.integers(5, 12))]:
        if not stage.know(who, friend):
            one, other = (who, friend) if rng.random() < 0.6 else (friend, who)
            stage.graft(rng, one, other, _when(stage, rng, who, friend), answers=0.85)


def _young_adult(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """Somebody of 18 or 19 whose old schoolmates are 15 to 17, and as many adults."""
    who = _adult(stage, rng, oldest=19, days=2.0)
    group = _group(stage, rng, int(rng.integers(6, 15)), youngest=15)
    if who is None or not group:
        return
    stage.label(who, label)
    _acquaint(stage, rng, group, 0.15)
    for kid in group:
        if not stage.know(who, kid):
            one, other = (who, kid) if rng.random() < 0.5 else (kid, who)
            stage.graft(rng, one, other, _when(stage, rng, who, kid), answers=0.7)
    for adult, at in stage.met_at(rng, who, len(group) // 2, minor=False):
        stage.graft(rng, who, adult, at)


def _host(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """Looks after a young room: says good evening there, has a word with whoever comes, whatever the age."""
    who = _adult(stage, rng, least=30, days=6.0)
    if who is None or not stage.room_of:
        return
    young = sorted(
        stage.room_of,
        key=lambda c: (-np.mean([stage.minor(w) for w in range(stage.count) if stage.community[w] == c]), c),
    )
    home = young[int(rng.integers(min(4, len(young))))]
    people = {w for w in range(stage.count) if stage.community[w] == home}
    stage.label(who, label)
    if rng.random() < 0.3:
        stage.role[who] = "moderator"
    for at in rng.choice(stage.moments[who], size=min(80, len(stage.moments[who]))).tolist():
        stage.post(at + float(rng.uniform(5, 600)), who, stage.room_of[home])
    for other, at in stage.met_at(rng, who, int(rng.integers(20, 41)), minor=None, among=people):
        one, two = (who, other) if rng.random() < 0.65 else (other, who)
        stage.graft(rng, one, two, at, answers=0.3, at_most=6)


def _greeter(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """Writes to anybody who appears while he is there."""
    who = _adult(stage, rng, least=40, days=8.0)
    if who is None:
        return
    stage.label(who, label)
    for other, at in stage.met_at(rng, who, int(rng.integers(40, 101)), minor=None):
        stage.graft(rng, who, other, at, answers=0.1, at_most=8)


def _idol(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """A minor whom people of any age write to, and who seldom writes first."""
    fits = stage.teens(least=20, days=3.0) or stage.teens(least=8)
    if not fits:
        return
    who = fits[int(rng.integers(len(fits)))]
    stage.label(who, label)
    for other, at in stage.met_at(rng, who, int(rng.integers(25, 61)), minor=None):
        stage.graft(rng, other, who, at, answers=0.2)


def _social(stage: Stage, rng: np.random.Generator, label: str) -> None:
    """A teenager who writes to many teenagers, most of them near in age and friends of his friends."""
    fits = stage.teens(least=15, days=2.0) or stage.teens(least=6)
    if not fits:
        return
    who = fits[int(rng.integers(len(fits)))]
    stage.label(who, label)
    near = {f for friend in stage.friends[who] for f in stage.friends[friend]}
    near |= {w for w in range(stage.count) if stage.community[w] == stage.community[who]}
    near = {w for w in near if abs(stage.age[w] - stage.age[who]) <= 2}
    met = stage.met_at(rng, who, int(rng.integers(18, 36)), minor=None, among=near)
    _acquaint(stage, rng, [o for o, _ in met], float(rng.uniform(0.03, 0.12)))
    for other, at in met:
        one, two = (who, other) if rng.random() < 0.6 else (other, who)
        stage.graft(rng, one, two, at)


_PLANT = {
    "tutor": _circle, "coach": _circle, "older sibling": _sibling, "young adult": _young_adult, "host": _host,
    "greeter": _greeter, "idol": _idol, "social teenager": _social,
}

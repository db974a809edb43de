"""Adults who write first to many minors, and the people who look like them and are not."""

from tests.benchmarks.outside.stage import DAY, Stage
from tests.benchmarks.outside.truth import Plant, Truth


def plant_hubs(stage: Stage, truth: Truth) -> None:
    """Two of each hard case (one on small platforms), after ordinary life, so that they have that too."""
    number = 1 if stage.setting.accounts < 300 else 2
    for _ in range(number):
        _hub(stage, truth, "fast", targets=int(stage.rng.integers(20, 40)), days=14)
        _hub(stage, truth, "steady", targets=int(stage.rng.integers(15, 30)), days=40)
        _hub(stage, truth, "slow", targets=10, days=stage.setting.days)
        _hub(stage, truth, "camouflage, adults of its age", targets=16, days=40, adults=40, near=True)
        _hub(stage, truth, "camouflage, any adults", targets=16, days=40, adults=40)
        _hub(stage, truth, "declared teen", targets=int(stage.rng.integers(18, 35)), days=30, declares=True)
        _hub(stage, truth, "age untold", targets=int(stage.rng.integers(18, 35)), days=30, silent=True)
    if stage.setting.accounts >= 2000:
        _hub(stage, truth, "many", targets=60, days=30)
    _moderator(stage, truth)
    _welcome(stage, truth)
    _helpline(stage, truth)
    _clique(stage, truth)
    _teacher(stage, truth)
    _streamer(stage, truth)
    for who in stage.pick(6, minor=False):
        for kid in stage.strangers(who, 2 + int(stage.rng.integers(2)), minor=True):
            stage.talk(who, kid, stage.moment(who, float(stage.joined[kid])))
        truth.benign.append(Plant("hub", "a couple of minors", (who,)))


def _hub(
    stage: Stage,
    truth: Truth,
    name: str,
    *,
    targets: int,
    days: float,
    adults: int = 0,
    near: bool = False,
    declares: bool = False,
    silent: bool = False,
) -> None:
    grown = [who for who in stage.pick(8, minor=False) if stage.age[who] >= 24 and len(stage.visits[who]) >= 8]
    if not grown:
        return
    who = grown[0]
    stage.used.difference_update(grown[1:])
    if declares or (not silent and stage.declared[who] is None and stage.setting.known > 0.5):
        stage.declared[who] = int(stage.rng.integers(14, 17)) if declares else int(stage.age[who])
    if silent:
        stage.declared[who] = None
    if declares or silent:
        stage.messages = [m for m in stage.messages if m.sender != who or str(stage.age[who]) not in m.text]
    begin = float(stage.rng.uniform(0, max(stage.length - days * DAY, 1.0)))
    if declares and not stage.setting.account_table:
        stage.write(begin, who, stage.strangers(who, 1, minor=True)[0], f"im {stage.rng.integers(14, 17)} btw")
    kids = stage.strangers(who, targets, minor=True)
    others = stage.strangers(who, 10_000 if near else adults, minor=False)
    if near:
        others = sorted(others, key=lambda other: abs(int(stage.age[other]) - int(stage.age[who])))[:adults]
    for other in [*kids, *others]:
        came = float(stage.joined[other])
        at = stage.moment(who, max(begin, came), max(begin + days * DAY, came + 2 * DAY))
        stage.talk(who, other, at, answers=0.45 if stage.minor(other) else 0.7)
    truth.guilty.append(Plant("hub", name, (who,), tuple(kids)))


def _moderator(stage: Stage, truth: Truth) -> None:
    for who in stage.pick(2, minor=False):
        if stage.setting.roles:
            stage.role[who] = "moderator"
        for other in stage.strangers(who, 50, minor=None):
            stage.talk(
                who,
                other,
                stage.moment(who, float(stage.joined[other])),
                answers=0.5,
                text="hello, please read the rules of the room before you post",
            )
        truth.benign.append(Plant("hub", "moderator", (who,)))


def _welcome(stage: Stage, truth: Truth) -> None:
    """A bot that says nothing of being one writes to everybody who arrives, within minutes of the first visit."""
    (who,) = stage.pick(1, minor=False)
    stage.declared[who] = None
    for other in range(len(stage.age)):
        if other != who and stage.site[other] == stage.site[who] and stage.visits[other] and stage.joined[other] > 0:
            at = stage.visits[other][0].start + stage.rng.uniform(5, 200)
            stage.write(at, who, other, "Welcome aboard! Type /help for the commands and have fun here.")
    truth.benign.append(Plant("hub", "welcome bot", (who,)))


def _helpline(stage: Stage, truth: Truth) -> None:
    (who,) = stage.pick(1, minor=False)
    if stage.setting.roles:
        stage.role[who] = "helpline"
    for kid in stage.strangers(who, 40, minor=True):
        stage.talk(kid, who, stage.moment(kid), answers=1.0)
    truth.benign.append(Plant("hub", "helpline", (who,)))


def _clique(stage: Stage, truth: Truth) -> None:
    """Fourteen teenagers of one class who all write to each other."""
    (first,) = stage.pick(1, minor=True)
    near = [
        k
        for k in stage.pick(60, minor=True)
        if stage.site[k] == stage.site[first] and abs(stage.age[k] - stage.age[first]) <= 2
    ]
    crowd = [first, *near[:13]]
    stage.used.difference_update(near[13:])
    for place, one in enumerate(crowd):
        for other in crowd[place + 1 :]:
            pair = (one, other) if stage.rng.random() < 0.5 else (other, one)
            if not stage.know(*pair):
                stage.talk(*pair, stage.moment(pair[0]), answers=0.9)
    truth.benign.extend(Plant("hub", "teenager of a clique", (who,)) for who in crowd)


def _teacher(stage: Stage, truth: Truth) -> None:
    """An adult with a class of twenty who know each other; half of them wrote first, all answer."""
    (who,) = stage.pick(1, minor=False)
    age = int(stage.rng.integers(12, 17))
    pupils = sorted(stage.strangers(who, 400, minor=True), key=lambda kid: abs(int(stage.age[kid]) - age))[:20]
    for place, one in enumerate(pupils):
        for other in pupils[place + 1 :]:
            if stage.rng.random() < 0.4 and not stage.know(one, other):
                stage.talk(one, other, stage.moment(one, float(max(stage.joined[[one, other]]))), answers=0.9)
    for kid in pupils:
        pair = (kid, who) if stage.rng.random() < 0.5 else (who, kid)
        stage.talk(*pair, stage.moment(pair[0], float(stage.joined[kid])), answers=0.95)
    truth.benign.append(Plant("hub", "teacher", (who,)))


def _streamer(stage: Stage, truth: Truth) -> None:
    (who,) = stage.pick(1, minor=False)
    for fan in stage.strangers(who, min(150, len(stage.age) // 4), minor=None):
        stage.talk(fan, who, stage.moment(fan), answers=0.3)
    for other in stage.strangers(who, 15, minor=None):
        stage.talk(who, other, stage.moment(who, float(stage.joined[other])), answers=0.9)
    truth.benign.append(Plant("hub", "streamer", (who,)))

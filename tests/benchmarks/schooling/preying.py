"""Hubs, crews and convergences: planted people on the rhythm of real chats."""

from tests.benchmarks.grafted.truth import Planted
from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.parts import Cast
from tests.benchmarks.schooling.real import DAY, Chat
from tests.benchmarks.schooling.world import Person, Words

STYLES = ("fast", "slow", "waiting", "mixed", "teen", "fast", "slow", "waiting", "teen", "mixed")
WINDOWS = ((600, "10 min"), (3600, "1 h"), (8 * 3600, "8 h"), (DAY, "a day"))


def prey(cast: Cast, target: Person, age: int | None = None) -> Words:
    """The talk of who has a purpose; ``age``: the one pretended, told sooner or later; the target may tell its own."""
    ordinary = cast.opening(words.OPENING, words.PROBE, 0.22)
    said: list[str] = []

    def text(mine: bool) -> str:
        if mine and age and len(said) > 1 and cast.rng.random() < 0.15:
            said.append(words.of(cast.rng, words.AGE, a=str(age)))
        elif not mine and said and said[-1] in words.PROBE[:2] and cast.rng.random() < 0.6:
            said.append(words.of(cast.rng, words.AGE, a=str(target.age)))
        else:
            said.append(ordinary(mine))
        return said[-1]

    return text


def turned(text: Words) -> Words:
    """The same talk where the other opens the chat."""
    return lambda mine: text(not mine)


def size(cast: Cast) -> int:
    """How many minors: mostly some twenty, seldom forty."""
    return min(45, max(10, int(cast.rng.lognormvariate(2.9, 0.5))))


def hubs(cast: Cast) -> list[Planted]:
    """Six to ten grown-ups who contact many minors whom they do not know; two or three of them pass minors on."""
    rng, w = cast.rng, cast.w
    count, circle = rng.randint(6, 10), rng.choice((0, 2, 3, 3))
    cases, ring = [], []
    styles = [*STYLES[: count - circle], *["circle"] * circle]
    for style in styles:
        who = cast.adult(19, 30 if style == "teen" else 58, purpose="hub")
        pretended = rng.randint(14, 17) if style == "teen" else None
        if pretended:
            who.declared, who.tells_age, who.born = pretended, None, ""
        if style == "circle":
            ring.append(who)
            continue
        targets = hub(cast, who, style, size(cast), pretended)
        cases.append(Planted("hub", style, w.full([who.id]), w.full(targets)))
    return cases + (passing_on(cast, ring) if ring else [])


def hub(cast: Cast, who: Person, style: str, count: int, pretended: int | None) -> list[str]:
    """One hub's chats; targets are those who were really written with before the platform's end."""
    rng, w = cast.rng, cast.w
    waits = style == "waiting"
    chats = cast.lib.rhythm(count, w.days, rng, fast=style == "fast" or rng.random() < 0.25, written_to=waits)
    pool = cast.pool([who.id], circles=rng.randint(1, 4))
    rooms = cast.rooms_of(rng.sample(pool, min(12, len(pool))), 2)
    own = rng.sample(rooms, min(len(rooms), rng.randint(1, 3)))
    cast.visits(who, own, rng.randint(40, 90) if waits else rng.randint(2, 20))
    targets = []
    for i, chat in enumerate(chats):
        if chat.at >= w.days * DAY - 3600:
            break
        if not pool:
            pool = cast.pool([who.id], circles=4)
        target = cast.about(pool, w.start + chat.at)
        opens = i % 4 == 0 if waits else i % 9 != 8
        a, b = (who, target) if opens else (target, who)
        text = prey(cast, target, pretended)
        body = chat if opens or chat.answered else cast.lib.chat(rng, answered=True)
        w.chat(a.id, b.id, w.start + chat.at, body, text if opens else turned(text))
        targets.append(target.id)
    if style == "mixed":
        cast.busy(who, len(targets))
    return targets


def passing_on(cast: Cast, ring: list[Person]) -> list[Planted]:
    """They talk with one another; whom one knows another writes to some days later."""
    rng, w = cast.rng, cast.w
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        if a is not b:
            for _ in range(3):
                w.chat(a.id, b.id, cast.moment(), cast.lib.chat(rng, least=4), w.small_talk(rng))
    pool = cast.pool([p.id for p in ring], circles=2)
    common: list[tuple[Person, int]] = []
    met: dict[str, list[str]] = {p.id: [] for p in ring}
    first = ring[0]
    for chat in cast.lib.rhythm(rng.randint(14, 26), int(w.days * 0.8), rng):
        if not pool:
            break
        target = cast.about(pool, w.start + chat.at)
        w.chat(first.id, target.id, w.start + chat.at, chat, prey(cast, target))
        common.append((target, w.start + chat.at))
        met[first.id].append(target.id)
    for other in ring[1:]:
        for target, at in common:
            if rng.random() < 0.62:
                later = at + int(rng.expovariate(1 / 5) * DAY) + 1800
                passed(cast, other, target, later, met)
        for chat in cast.lib.rhythm(max(3, 12 - len(met[other.id])), w.days, rng):
            if pool:
                passed(cast, other, cast.about(pool, w.start + chat.at), w.start + chat.at, met)
    return [Planted("hub", "circle", w.full([p.id]), w.full(met[p.id])) for p in ring]


def passed(cast: Cast, who: Person, target: Person, at: int, met: dict[str, list[str]]) -> None:
    """The other of the circle writes to that minor, if time is left."""
    if at < cast.w.end - 3600:
        cast.w.chat(who.id, target.id, at, cast.lib.chat(cast.rng), prey(cast, target))
        met[who.id].append(target.id)


def crews(cast: Cast) -> list[Planted]:
    """Four to six crews that write first to the same targets within ten minutes to a day of each other."""
    rng, w = cast.rng, cast.w
    cases = []
    for n in range(rng.randint(4, 6)):
        window, style = WINDOWS[n % 4]
        crew = [cast.adult(purpose="crew") for _ in range(rng.randint(3, 7))]
        pool = cast.pool([p.id for p in crew], circles=2)
        targets: list[str] = []
        times = sorted(cast.moment() for _ in range(rng.randint(3, 8)))
        there = [[p for p in crew if rng.random() < 0.78] for _ in times]
        for member in crew:  # nobody of a crew comes less than twice, and nobody comes alone
            missing = [some for some in there if member not in some]
            for some in rng.sample(missing, max(0, min(len(missing), 2 - len(times) + len(missing)))):
                some.append(member)
        for at, some in zip(times, there, strict=True):
            target = cast.about(pool, at)
            if len(some) < 2:
                some += rng.sample([p for p in crew if p not in some], 2 - len(some))
            for i, member in enumerate(rng.sample(some, len(some))):
                begin = at + (0 if i == 0 else int(rng.random() * window * 0.97))
                w.chat(member.id, target.id, begin, cast.lib.chat(rng), prey(cast, target))
            targets.append(target.id)
        if rng.random() < 0.5:
            a, b = rng.sample(crew, 2)
            w.chat(a.id, b.id, cast.moment(), cast.lib.chat(rng, least=5), w.small_talk(rng))
        cases.append(Planted("ambush", style, w.full(p.id for p in crew), w.full(targets)))
    return cases


def convergences(cast: Cast) -> list[Planted]:
    """Three to five times 5 to 12 grown-ups, strangers to each other, write to one minor: an evening, or weeks."""
    rng, w = cast.rng, cast.w
    cases = []
    for n in range(rng.randint(3, 5)):
        calm = [p for p in cast.minors() if sum(not w.people[o].minor for o in w.met[p.id]) <= 6]
        target = rng.choice(calm)
        target.part = target.part or "sought"
        number = rng.randint(5, 12)
        if n % 2 == 0:
            style, at = "evening", cast.evening()
            times = sorted(at + int(rng.random() * 4.5 * 3600) for _ in range(number))
        else:
            style = "weeks" if rng.random() < 0.5 else "months"
            span = int((rng.uniform(0.15, 0.3) if style == "weeks" else rng.uniform(0.4, 0.75)) * w.days)
            begin = rng.randint(3, w.days - span - 4)
            rhythm: list[Chat] = cast.lib.rhythm(number, span, rng, written_to=True)
            times = [w.start + begin * DAY + min(chat.at, span * DAY) for chat in rhythm]
        members: list[str] = []
        for at in times:
            who = cast.adult(purpose="converge")
            while target.id in w.met[who.id] or any(m in w.met[who.id] for m in members):
                who.purpose = ""
                who = cast.adult(purpose="converge")
            w.chat(who.id, target.id, at, cast.lib.chat(rng), prey(cast, target))
            members.append(who.id)
        cases.append(Planted("convergence", style, w.full(members), w.full([target.id])))
    return cases

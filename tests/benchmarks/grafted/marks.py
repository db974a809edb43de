"""What do accounts leave beside messages?  Devices, addresses and identifiers, and the sessions made of them.

A session is a real account's block of messages (no pause of half an hour), a little longer on both sides.  Everybody
has a phone, some a computer; a home address, a carrier's, some a school's or a café's.
"""

from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.grafted.stage import DAY, Stage

PAUSE = 1800.0
_AGENTS = ("app 4.1 phone", "app 4.2 phone", "app 3.9 tablet", "browser a, desktop", "browser b, desktop", "browser c")


@dataclass(frozen=True)
class Use:
    """A mark an account may show: how often (``weight``), and from when to when (seconds)."""

    value: str
    weight: float = 1.0
    begin: float = -1.0
    end: float = 1e18


@dataclass
class Marks:
    """``devices`` and ``addresses`` by account; ``alone``: devices that one account at a time can hold;
    ``operator``: whose accounts one person uses in turns; ``identifiers``: (account, kind, value)."""

    devices: dict[int, list[Use]] = field(default_factory=dict)
    addresses: dict[int, list[Use]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    operator: dict[int, int] = field(default_factory=dict)
    identifiers: list[tuple[int, str, str]] = field(default_factory=list)
    made: int = 0

    def new(self, rng: np.random.Generator, kind: str) -> str:
        """A value of that kind that nobody has."""
        self.made += 1
        tail = bytes(rng.integers(0, 256, size=3, dtype=np.uint8)).hex()
        if kind == "ip":
            return f"10.{self.made // 250 % 250}.{self.made % 250}.{int(rng.integers(2, 250))}"
        if kind == "phone":
            return f"+3361{self.made:07d}"
        if kind == "email":
            return f"box{self.made}{tail[:2]}@mail.example"
        return f"{kind[:3]}-{tail}{self.made:05x}"


def ordinary(stage: Stage, marks: Marks, rng: np.random.Generator) -> None:
    """Marks of people by themselves, where nothing else was decided for them."""
    carriers = [f"100.64.{k}.1" for k in range(int(rng.integers(6, 15)))]
    schools = {c: f"192.0.2.{c % 200 + 1}" for c in sorted(set(stage.community)) if rng.random() < 0.3}
    cafes = [f"198.51.100.{k}" for k in range(1, 6)]
    lab, pupils = marks.new(rng, "device"), min(schools, default=-1)
    for who in range(stage.count):
        if who not in marks.devices:
            marks.devices[who] = [Use(marks.new(rng, "device"))]
            if rng.random() < 0.35:
                marks.devices[who].append(Use(marks.new(rng, "device"), float(rng.uniform(0.1, 0.8))))
            if rng.random() < 0.15:  # a new phone
                old, new = marks.devices[who][0], marks.new(rng, "device")
                at = float(rng.uniform(0, stage.span))
                marks.devices[who][0] = Use(old.value, old.weight, old.begin, at)
                marks.devices[who].append(Use(new, 1.0, at))
            if stage.minor(who) and stage.community[who] == pupils and rng.random() < 0.5:
                marks.devices[who].append(Use(lab, 0.3))
        if who not in marks.addresses:
            home = Use(marks.new(rng, "ip"))
            marks.addresses[who] = [home]
            if rng.random() < 0.2:  # the line is given another address
                at = float(rng.uniform(0, stage.span))
                marks.addresses[who] = [Use(home.value, 1.0, -1.0, at), Use(marks.new(rng, "ip"), 1.0, at)]
            if rng.random() < 0.6:
                marks.addresses[who].append(Use(carriers[int(rng.integers(len(carriers)))], 0.35))
            if stage.minor(who) and stage.community[who] in schools:
                marks.addresses[who].append(Use(schools[stage.community[who]], 0.4))
            if rng.random() < 0.04:
                marks.addresses[who].append(Use(cafes[int(rng.integers(5))], 0.3))
        for kind, share in (("email", 0.75), ("phone", 0.35), ("payment", 0.12), ("cookie", 0.6)):
            if rng.random() < share:
                marks.identifiers.append((who, kind, marks.new(rng, kind)))
        if rng.random() < 0.3:
            popular = rng.random() < 0.4
            picture = f"ava-common{int(rng.integers(25))}" if popular else marks.new(rng, "avatar")
            marks.identifiers.append((who, "avatar_sha256", picture))


@dataclass
class Session:
    who: int
    start: float
    end: float
    ip: str
    device: str


def sessions(stage: Stage, marks: Marks, rng: np.random.Generator) -> list[Session]:
    """The sessions of everybody, by account and time."""
    times: dict[int, list[float]] = {}
    for row, (at, who) in enumerate(zip(stage.at, stage.sender, strict=True)):
        if row not in stage.gone:
            times.setdefault(who, []).append(at)
    groups: dict[int, list[tuple[float, int]]] = {}
    for who, group in marks.operator.items():
        groups.setdefault(group, []).extend((at, who) for at in times.get(who, []))
    made: list[Session] = []
    for who in sorted(times):
        if who not in marks.operator:
            for start, end in _blocks(sorted(times[who])):
                early, late = float(rng.uniform(5, 600)), float(rng.exponential(400))
                made.append(_session(marks, rng, who, max(0.0, start - early), end + late))
            for _ in range(int(rng.poisson(1.0))):  # reads only
                at = times[who][int(rng.integers(len(times[who])))] + float(rng.normal(0, DAY))
                if 0 < at < stage.span:
                    made.append(_session(marks, rng, who, at, at + float(rng.exponential(900)) + 20))
    for _, spoken in sorted(groups.items()):
        made += _turns(marks, rng, sorted(spoken))
    made.sort(key=lambda s: (s.who, s.start))
    _one_at_a_time(marks, made)
    return made


def _blocks(times: list[float]) -> list[tuple[float, float]]:
    blocks: list[tuple[float, float]] = []
    for at in times:
        if blocks and at - blocks[-1][1] <= PAUSE:
            blocks[-1] = (blocks[-1][0], at)
        else:
            blocks.append((at, at))
    return blocks


def _turns(marks: Marks, rng: np.random.Generator, spoken: list[tuple[float, int]]) -> list[Session]:
    """Sessions of one person's accounts: he leaves one before he enters the other."""
    runs: list[tuple[float, float, int]] = []
    for at, who in spoken:
        if runs and runs[-1][2] == who and at - runs[-1][1] <= PAUSE:
            runs[-1] = (runs[-1][0], at, who)
        else:
            runs.append((at, at, who))
    made = []
    for k, (start, end, who) in enumerate(runs):
        before = (start - runs[k - 1][1]) / 2 if k else 600.0
        after = (runs[k + 1][0] - end) / 2 if k + 1 < len(runs) else 600.0
        start = max(0.0, start - min(before, float(rng.uniform(5, 300))))
        made.append(_session(marks, rng, who, start, end + min(after, float(rng.uniform(5, 300)))))
    return made


def _session(marks: Marks, rng: np.random.Generator, who: int, start: float, end: float) -> Session:
    return Session(who, start, end, _pick(marks.addresses[who], rng, start), _pick(marks.devices[who], rng, start))


def _pick(uses: list[Use], rng: np.random.Generator, at: float) -> str:
    fits = [u for u in uses if u.begin <= at < u.end] or uses
    lot = float(rng.random()) * sum(u.weight for u in fits)
    for use in fits:
        lot -= use.weight
        if lot <= 0:
            return use.value
    return fits[-1].value


def _one_at_a_time(marks: Marks, made: list[Session]) -> None:
    """Of two who would hold one thing at once, the later comer takes a thing of his own."""
    held: dict[str, Session] = {}
    for session in sorted(made, key=lambda s: (s.start, s.who)):
        if session.device not in marks.alone:
            continue
        before = held.get(session.device)
        if before is not None and before.who != session.who and before.end > session.start:
            own = [u.value for u in marks.devices[session.who] if u.value not in marks.alone]
            if own:
                session.device = own[0]
                continue
        held[session.device] = session


def agent(device: str) -> str:
    """The program a device shows, the same each time."""
    return _AGENTS[sum(device.encode()) % len(_AGENTS)]

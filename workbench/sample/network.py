"""From which devices and addresses do people log in?  Homes, carriers, schools, cafés, shared tablets, proxies."""

from dataclasses import dataclass, field

import numpy as np

from workbench.sample.cast.rings import Ring
from workbench.sample.clock import DAY
from workbench.sample.presence import Sessions
from workbench.sample.scene import Part, Scene

_AGENTS = (
    "Mozilla/5.0 (Linux; Android 13; SM-A536B) Chrome/122.0 Mobile",
    "Mozilla/5.0 (Linux; Android 12; M2101K6G) Chrome/121.0 Mobile",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X) Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/122.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/123.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1",
    "Mozilla/5.0 (X11; Linux x86_64) Firefox/122.0",
)
_TABLET = "Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) Safari/604.1"


@dataclass
class Network:
    """Per session: address, device, browser; ``devices`` lists each account's devices."""

    ip: list[str]
    device: list[str]
    agent: list[str]
    devices: dict[int, set[str]] = field(default_factory=dict)


class _Equipment:
    """Homes, phones and pools, made once from the scene."""

    def __init__(self, scene: Scene, rings: list[Ring]) -> None:
        people, rng = scene.people, scene.rng
        n = people.size
        self.home = people.operator.copy()
        self.tablet = np.full(n, -1, dtype=np.int64)
        self.school = np.full(n, -1, dtype=np.int64)
        for place, (members, tablet) in enumerate(scene.homes):
            self.home[list(members)] = members[0]
            if tablet:
                self.tablet[list(members)] = place
        for place, members in enumerate(scene.schools):
            self.school[list(members)] = place
        self.keyboard = people.operator.copy()  # whose device: the operator's, unless a ring keeps them apart
        self.careful = np.zeros(n, dtype=np.bool_)
        for ring in rings:
            if ring.style != "one-device":
                self.keyboard[list(ring.members)] = ring.members
            self.careful[list(ring.members)] = ring.style == "careful"
        self.mobile_share = rng.beta(1.6, 2.2, n)[people.operator]
        self.carrier = rng.integers(0, 3, n)[people.operator]
        self.pools = [int(rng.integers(8, 30)) for _ in range(3)]
        self.proxy = rng.random(n) < 0.03
        self.proxy |= self.careful & (rng.random(n) < 0.5)[people.operator]
        self.lease = rng.choice([400, 30, 12, 5], size=n, p=[0.4, 0.3, 0.2, 0.1])  # days a home address lasts
        self.replaced = np.where(rng.random(n) < 0.12, rng.integers(5, max(scene.clock.days, 6), n), 9_999)
        self.salt = int(rng.integers(0, 1 << 30))


def connect(scene: Scene, sessions: Sessions, rings: list[Ring]) -> Network:
    """Choose place, address and device of every session."""
    rng, clock = scene.rng, scene.clock
    kit = _Equipment(scene, rings)
    who, day = sessions.who, (sessions.start - clock.start) // DAY
    hour, weekday = clock.hour(sessions.start), clock.weekday(sessions.start)
    at_school = (kit.school[who] >= 0) & (hour >= 8) & (hour < 17) & (weekday < 5) & (rng.random(len(who)) < 0.65)
    cafe = ~at_school & (rng.random(len(who)) < 0.015)
    proxied = ~at_school & ~cafe & kit.proxy[who] & (rng.random(len(who)) < 0.6)
    mobile = ~at_school & ~cafe & ~proxied & (rng.random(len(who)) < kit.mobile_share[who])
    home = kit.home[who]
    lease = day // kit.lease[home]
    pool_pick = rng.integers(0, 10_000, len(who))
    ip, device, agent = [], [], []
    devices: dict[int, set[str]] = {}
    on_tablet = (kit.tablet[who] >= 0) & ~mobile & ~at_school & ~cafe & (rng.random(len(who)) < 0.35)
    school_pc = at_school & (rng.random(len(who)) < 0.5)
    laptop = ~mobile & ~on_tablet & ~at_school & (rng.random(len(who)) < 0.4)
    for row, account in enumerate(who.tolist()):
        if at_school[row]:
            address = f"192.0.2.{10 + int(kit.school[account]) * 8 + pool_pick[row] % 2}"
        elif cafe[row]:
            address = f"192.0.2.{200 + pool_pick[row] % 5}"
        elif proxied[row]:
            address = f"203.0.113.{1 + pool_pick[row] % 9}"
        elif mobile[row]:
            carrier = int(kit.carrier[account])
            address = f"100.{64 + carrier}.0.{1 + pool_pick[row] % kit.pools[carrier]}"
        else:
            address = _home_address(int(home[row]), int(lease[row]), kit.salt)
        if on_tablet[row]:
            name, browser = f"t{_digest(int(kit.tablet[account]), 7, kit.salt)}", _TABLET
        elif school_pc[row]:
            desk = int(kit.school[account]) * 16 + int(pool_pick[row]) % 12
            name, browser = f"s{_digest(desk, 3, kit.salt)}", _AGENTS[5]
        else:
            key = int(kit.keyboard[account])
            kind = 2 if laptop[row] and key % 3 else 1
            fresh = 5 if day[row] >= kit.replaced[key] else 0
            name, browser = (
                f"d{_digest(key, kind + fresh, kit.salt)}",
                _AGENTS[(key * 7 + (4 if kind == 2 else 0)) % 4 + (4 if kind == 2 else 0)],
            )
        ip.append(address)
        device.append(name)
        agent.append(browser)
        devices.setdefault(account, set()).add(name)
    _tell(scene, kit, rings)
    return Network(ip, device, agent, devices)


def house(scene: Scene) -> None:
    """Brothers, sisters and parents who share a home, and in part a tablet."""
    people, rng = scene.people, scene.rng
    for _ in range(
        max(1, round(people.size * rng.uniform(0.015, 0.03) * scene.world.look_alikes))
        if scene.world.look_alikes
        else 0
    ):
        size = int(rng.choice([2, 3, 4], p=[0.6, 0.3, 0.1]))
        members = people.pick(
            size, people.minor if rng.random() < 0.4 else np.ones(people.size, dtype=np.bool_), rng
        ).tolist()
        if len(members) > 1:
            scene.homes.append((tuple(members), bool(rng.random() < 0.5)))


def _tell(scene: Scene, kit: _Equipment, rings: list[Ring]) -> None:
    for members, tablet in scene.homes:
        scene.parts.append(Part("household", members, (), "shared tablet" if tablet else "own devices"))
    for members in scene.schools:
        scene.parts.append(Part("school", members))
    ringed = {member for ring in rings for member in ring.members}
    for carrier in range(3):
        users = [
            int(a) for a in np.flatnonzero((kit.carrier == carrier) & (kit.mobile_share > 0.3)) if int(a) not in ringed
        ]
        scene.parts.append(Part("carrier", tuple(users), (), f"{kit.pools[carrier]} addresses"))


def _home_address(home: int, lease: int, salt: int) -> str:
    mixed = (home * 2_654_435_761 + lease * 40_503 + salt) % (1 << 32)
    return f"{80 + mixed % 12}.{mixed // 16 % 256}.{mixed // 4_096 % 256}.{1 + mixed // 1_048_576 % 254}"


def _digest(key: int, kind: int, salt: int) -> str:
    mixed = ((key * 31 + kind) * 0x9E3779B97F4A7C15 + salt * 0xBF58476D1CE4E5B9) & ((1 << 64) - 1)
    mixed ^= mixed >> 29
    return f"{mixed * 0x94D049BB133111EB & ((1 << 64) - 1):016x}"


def identifiers(scene: Scene, network: Network, rings: list[Ring]) -> list[tuple[int, str, str, int, int]]:
    """E-mail, phone, payment, avatar, cookie: rows of account, kind, value, first and last seen."""
    people, rng, clock = scene.people, scene.rng, scene.clock
    rows: list[tuple[int, str, str, int, int]] = []
    first = np.maximum(people.arrive, clock.start - 900 * DAY)
    last = people.depart
    for account in range(people.size):
        span = (int(first[account]), int(last[account]))
        if rng.random() < 0.6:
            rows.append((account, "email", f"{_digest(account, 11, 1)[:9]}@courriel.example", *span))
        if rng.random() < 0.15:
            rows.append((account, "phone", f"+33700{_number(account)}", *span))
        if rng.random() < 0.45:
            stock = rng.random() < 0.75
            rows.append(
                (
                    account,
                    "avatar_sha256",
                    _digest(int(rng.zipf(1.6)) % 60 if stock else account + 1_000, 13, 9) * 4,
                    *span,
                )
            )
        if rng.random() < 0.05:
            rows.append((account, "payment", f"card-{_digest(account, 17, 3)[:10]}", *span))
    for members, _ in scene.homes:  # a parent pays for the family
        if rng.random() < 0.25:
            value = f"card-{_digest(members[0], 17, 3)[:10]}"
            rows.extend((member, "payment", value, int(first[member]), int(last[member])) for member in members)
    for ring in rings:
        owner = ring.members[0]
        shared = {"one-device": 0.35, "one-home": 0.45, "careful": 0.55}[ring.style]
        for kind, value in (
            ("phone", f"+33700{_number(owner)}"),
            ("avatar_sha256", _digest(owner + 5_000, 13, 9) * 4),
            ("cookie", f"ck-{_digest(owner, 19, 4)}"),
        ):
            if rng.random() < shared:
                rows.extend((m, kind, value, int(first[m]), int(last[m])) for m in ring.members if rng.random() < 0.8)
    for account in sorted(network.devices):
        for device in sorted(network.devices[account]):
            if rng.random() < 0.3:
                rows.append((account, "cookie", f"ck-{device[1:]}", int(first[account]), int(last[account])))
    return sorted({(a, k, v, f, t) for a, k, v, f, t in rows})


def _number(account: int) -> str:
    return f"{account * 7_919 % 1_000_000:06d}"

"""From where does a visit come?  Homes, schools, carriers and cafés give out addresses; people pick up a device."""

import random
from dataclasses import dataclass, field

from tests.benchmarks.simulated.naming import code
from tests.benchmarks.simulated.person import Device, Line, Person
from tests.benchmarks.simulated.setting import DAY, HOUR

_AGENTS = (
    "Mozilla/5.0 (Android 13; Mobile) Filin/118", "Mozilla/5.0 (iPhone; iOS 16) Perch/16", "App/4.2 Android 12",
    "App/4.3 iOS 17", "Mozilla/5.0 (Windows NT 10) Filin/119", "Mozilla/5.0 (Macintosh) Perch/17",
    "Mozilla/5.0 (X11; Linux) Filin/115", "App/4.1 Android 11",
)
_MOBILE = (0, 1, 2, 3, 7)


@dataclass
class Net:
    """The platform's part of the net.  An address that one home gives up may return in another."""

    rng: random.Random
    pool: int
    carriers: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.carriers = [[self.address(100 + n) for _ in range(size)] for n, size in enumerate((40, 24, 10))]

    def address(self, block: int | None = None) -> str:
        """An address; all lie in the range that is set aside for tests of networks."""
        if block is not None:
            return f"198.19.{block}.{self.rng.randrange(1, 255)}"
        n = self.rng.randrange(self.pool)
        return f"198.18.{n // 250}.{n % 250 + 2}"

    def line(self, *, fixed: bool = False) -> Line:
        """A new connection; half of the homes keep their address, the others change it every few weeks."""
        lease = 0.0 if fixed or self.rng.random() < 0.5 else self.rng.uniform(7, 60) * DAY
        first = self.rng.random() * lease if lease else float("inf")
        return Line(self.address(self.rng.randrange(120, 240) if fixed else None), lease, first)

    def device(self, *, mobile: bool) -> Device:
        rng = self.rng
        agent = _AGENTS[rng.choice(_MOBILE) if mobile else rng.choice((4, 5, 6))]
        return Device(code(rng, "dv-", 10), agent, code(rng, "ck", 12), mobile)

    def connect(self, me: Person, t: float, rng: random.Random) -> tuple[str, Device | None]:
        """The address and the device of a visit that begins now."""
        day, hour = int(t / DAY), (t % DAY) / HOUR
        if me.school is not None and day % 7 < 5 and 8 <= hour < 16 and rng.random() < 0.6:
            if me.school.desks and rng.random() < 0.2:
                desk = min(me.school.desks, key=lambda each: each.busy)
                if desk.busy <= t:
                    return self._ip(me.school.line, t), desk
            return self._ip(me.school.line, t), self._own(me, t, rng, mobile=True)
        if me.lines and rng.random() < (0.35 if day % 7 < 5 and 9 <= hour < 18 else 0.18):
            return self._ip(rng.choice(me.lines), t), self._own(me, t, rng, mobile=True)
        if rng.random() < 0.24:
            pool = self.carriers[me.carrier]
            return pool[(me.number * 31 + day * 17) % len(pool)], self._own(me, t, rng, mobile=True)
        return self._ip(me.home.line, t), self._own(me, t, rng, mobile=False)

    def _ip(self, line: Line, t: float) -> str:
        if t > line.until:
            line.ip = self.address()
            line.until = t + line.lease * self.rng.uniform(0.5, 1.5)
        return line.ip

    @staticmethod
    def _own(me: Person, t: float, rng: random.Random, *, mobile: bool) -> Device | None:
        devices = me.devices
        if not devices:
            return None
        wanted = [each for each in devices if each.mobile] if mobile else devices
        free = [each for each in wanted or devices if each.busy <= t or each.user == me.number]
        return rng.choice(free) if free else devices[0]

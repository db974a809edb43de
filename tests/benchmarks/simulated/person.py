"""Who and what there is: people, their homes and devices, their schools, the places where they meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.simulated.drive import Drive


@dataclass(eq=False)
class Device:
    """One machine; whoever uses it last keeps it till ``busy``.  ``cookie``: what its browser shows."""

    id: str
    agent: str
    cookie: str
    mobile: bool
    busy: float = 0.0
    user: int = -1


@dataclass(eq=False)
class Line:
    """A connection to the net: a home's, a school's, a café's.  A home's address changes after ``lease`` seconds."""

    ip: str
    lease: float = 0.0
    until: float = 0.0


@dataclass(eq=False)
class Home:
    line: Line
    members: list[Person] = field(default_factory=list)
    shared: Device | None = None


@dataclass(eq=False)
class School:
    line: Line
    pupils: list[Person] = field(default_factory=list)
    desks: list[Device] = field(default_factory=list)


@dataclass(eq=False)
class Place:
    """Where people see each other.  Not ``posts``: people only browse there, and the log does not know of it.

    ``mixing``: how readily strangers of different ages speak there; ``guild``: the closed community it belongs to.
    """

    number: int
    id: str
    name: str
    kind: str
    posts: bool = True
    mixing: float = 0.0
    guild: int = -1
    present: list[Person] = field(default_factory=list)
    recent: list[Person] = field(default_factory=list)
    """Who left a trace of late (a post; on a browsing page, a visit); one list for all rooms of a community."""


@dataclass(eq=False)
class Human:
    """The one behind several accounts: only one of them is used at a time."""

    accounts: list[Person] = field(default_factory=list)
    online: Person | None = None


@dataclass(eq=False)
class Session:
    """A visit under way."""

    started: float
    end: float
    place: Place | None
    ip: str
    device: Device | None
    tasks: list[Callable[[float], None]] = field(default_factory=list)


@dataclass(eq=False)
class Person:
    """One account and the life behind it.  ``age`` is real; ``stated`` is in the profile, ``says`` in messages."""

    number: int
    id: str
    name: str
    age: int
    gender: str
    french: bool
    home: Home
    created: float
    stated: int | None = None
    says: int = 0
    role: str = "member"
    status: str = "active"
    rhythm: str = "worker"
    shift: float = 0.0
    sessions: float = 5.0
    minutes: float = 17.0
    talk: float = 0.2
    social: float = 0.2
    look: float = 0.1
    welcome: float = 0.5
    fame: float = 1.0
    charm: float = 1.0
    left: float = float("inf")
    school: School | None = None
    city: int = 0
    places: list[Place] = field(default_factory=list)
    liking: list[float] = field(default_factory=list)
    guilds: list[int] = field(default_factory=list)
    friends: list[Person] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    """Other connections used now and then: a café, a place of work, a proxy."""
    carrier: int = 0
    sent: dict[int, int] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    inbox: list[tuple[Person, str]] = field(default_factory=list)
    told_age: bool = False
    last_seen: float = -1e9
    visits: int = 0
    human: Human | None = None
    drive: Drive | None = None
    prey: bool = False
    marks: list[tuple[str, str]] = field(default_factory=list)
    session: Session | None = None

    @property
    def minor(self) -> bool:
        return self.age < 18

    @property
    def seems(self) -> int:
        """The age that a stranger takes it for: by the profile, else by how it writes."""
        return self.stated if self.stated is not None else self.says

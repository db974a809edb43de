"""The simulation: who is online where, what is written to whom, what comes of it.  Times are seconds from day 0."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.benchmarks.simulated import habits, reporting, words
from tests.benchmarks.simulated.net import Net
from tests.benchmarks.simulated.person import Person, Place, Session
from tests.benchmarks.simulated.rhythm import instants
from tests.benchmarks.simulated.setting import DAY, HOUR, Setting


class Message(NamedTuple):
    at: float
    sender: Person
    place: Place | None
    recipient: Person | None
    text: str


class First(NamedTuple):
    """Somebody wrote to somebody for the first time between the two; ``place``: where both were, if in one place."""

    at: float
    sender: Person
    recipient: Person
    place: Place | None


class Visit(NamedTuple):
    person: Person
    started: float
    ended: float
    ip: str
    device: str
    agent: str


class Complaint(NamedTuple):
    at: float
    by: Person
    about: Person
    reason: str


class World:
    """Everything that happens.  ``newcomers``: who came for the first time, the last of them last."""

    def __init__(self, setting: Setting, people: list[Person], places: list[Place], net: Net, seed: str) -> None:
        self.setting, self.people, self.places, self.net = setting, people, places, net
        self.rng = random.Random(seed)
        self.end = setting.days * DAY
        self.messages: list[Message] = []
        self.firsts: list[First] = []
        self.visits: list[Visit] = []
        self.complaints: list[Complaint] = []
        self.newcomers: list[Person] = []
        self._events: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0

    # -- time

    def at(self, t: float, act: Callable[..., None], *what: Any) -> None:
        """Something will happen then."""
        if t < self.end:
            self._count += 1
            heapq.heappush(self._events, (t, self._count, act, what))

    def run(self) -> None:
        for person in self.people:
            for t in instants(person, self.setting.days, self.rng):
                self.at(t, self._start, person, None, None, 0.0)
        while self._events:
            t, _, act, what = heapq.heappop(self._events)
            act(t, *what)
        for person in self.people:
            if person.session is not None:
                self._leave(person, min(person.session.end, self.end))
        self.messages.sort(key=lambda message: message.at)

    # -- visits

    def visit(
        self, person: Person, t: float, task: Callable[[float], None] | None = None, place: Place | None = None,
        minutes: float = 12.0,
    ) -> None:
        """A visit for a purpose, beside those of the weekly rhythm; who is there already stays a little longer."""
        self.at(t, self._start, person, task, place, minutes)

    def _start(
        self, t: float, me: Person, task: Callable[[float], None] | None, place: Place | None, minutes: float
    ) -> None:
        if t >= me.left or t < me.created:
            return
        if me.session is not None:
            if task is not None:
                me.session.end = max(me.session.end, t + minutes * 60)
                self.at(t + self.rng.uniform(5, 60), self._task, me, task)
            return
        human = me.human
        if human is not None and human.online is not None:
            busy = human.online.session
            if task is not None and busy is not None:
                busy.end = min(busy.end, t + 120)
                self.at(busy.end, self._over, human.online, human.online.visits)
                self.at(t + self.rng.uniform(150, 400), self._start, me, task, place, minutes)
            return
        rng = self.rng
        lasts = max(120.0, rng.lognormvariate(0.0, 0.7) * (minutes or me.minutes) * 60)
        ip, device = self.net.connect(me, t, rng)
        me.session = Session(t, t + lasts, None, ip, device)
        if device is not None:
            device.busy, device.user = t + lasts, me.number
        if human is not None:
            human.online = me
        if me.visits == 0 and me.created > 0:
            self.newcomers.append(me)
        me.visits += 1
        if place is None and me.drive is not None:
            place = me.drive.room(self, me)
        self.move(me, place or habits.choose_place(me, rng))
        if me.drive is not None:
            me.drive.begin(self, me, t)
        if task is not None:
            self.at(t + rng.uniform(10, 90), self._task, me, task)
        for other, kind in me.inbox[-12:]:
            if rng.random() < 0.9:
                self.at(t + rng.uniform(15, 240), self._answer, me, other, kind)
        me.inbox.clear()
        self.at(t + rng.expovariate(1 / 120), self._step, me, me.visits)
        self.at(me.session.end, self._over, me, me.visits)

    def _task(self, t: float, me: Person, task: Callable[[float], None]) -> None:
        if me.session is not None:
            task(t)

    def _over(self, t: float, me: Person, visit: int) -> None:
        if me.session is None or me.visits != visit:
            return
        if me.session.end > t + 1:
            self.at(me.session.end, self._over, me, visit)
        else:
            self._leave(me, t)

    def _leave(self, me: Person, t: float) -> None:
        session = me.session
        if session is None:
            return
        self.move(me, None)
        me.session = None
        device = session.device
        if device is not None:
            device.busy = min(device.busy, t)
        if me.human is not None:
            me.human.online = None
        self.visits.append(Visit(
            me, session.started, t, session.ip, device.id if device else "", device.agent if device else ""
        ))

    def move(self, me: Person, place: Place | None) -> None:
        """It goes to another place (None: nowhere)."""
        session = me.session
        if session is None or session.place is place:
            return
        if session.place is not None:
            session.place.present.remove(me)
            if not session.place.posts:
                self._trace(me, session.place, session.started)
        session.place = place
        if place is not None:
            place.present.append(me)

    def _step(self, t: float, me: Person, visit: int) -> None:
        if me.session is None or me.visits != visit:
            return
        if me.drive is None or not me.drive.step(self, me, t):
            habits.act(self, me, t)
        t += 20 + self.rng.expovariate(1 / 200)
        if t < me.session.end:
            self.at(t, self._step, me, visit)

    # -- words

    def post(self, me: Person, t: float, kind: str = "room", text: str = "") -> None:
        """A message to all who are in its place."""
        place = me.session.place if me.session else None
        if place is None or not place.posts:
            return
        self.messages.append(Message(t, me, place, None, text or words.line(kind, me.french, self.rng)))
        self._trace(me, place, t)

    @staticmethod
    def _trace(me: Person, place: Place, t: float) -> None:
        """Others see for a while that it was there."""
        me.last_seen = t
        if me in place.recent:
            place.recent.remove(me)
        place.recent.append(me)
        del place.recent[:-24]

    def write(
        self, me: Person, other: Person, t: float, kind: str = "chat", *, text: str = "", name: str = "", link: str = ""
    ) -> None:
        """A message to one person, who may answer now, later or never."""
        if t >= self.end or (me.number in other.blocked and self.rng.random() < 0.8):
            return
        if other.number not in me.sent and me.number not in other.sent:
            here = me.session.place if me.session else None
            there = other.session.place if other.session else None
            met = here is there or (here is not None and other in here.recent)
            self.firsts.append(First(t, me, other, here if met else None))
        me.sent[other.number] = me.sent.get(other.number, 0) + 1
        said = text or words.line(kind, me.french, self.rng, name, link)
        self.messages.append(Message(t, me, None, other, said))
        if kind == "ask":
            other.asked.add(me.number)
        if t < other.left:
            self._receive(other, me, t, kind)

    def _receive(self, me: Person, sender: Person, t: float, kind: str) -> None:
        if sender.number in me.blocked:
            return
        reporting.consider(self, me, sender, t, kind)
        if me.drive is not None and me.drive.heard(self, me, sender, t, kind):
            return
        if self.rng.random() > habits.willing(self, me, sender, kind):
            return
        if me.session is not None:
            self.at(t + 5 + self.rng.expovariate(1 / 45), self._answer, me, sender, kind)
        else:
            me.inbox.append((sender, kind))

    def _answer(self, t: float, me: Person, other: Person, kind: str) -> None:
        if me.session is None:
            me.inbox.append((other, kind))
            return
        if me.session.end < t + 60 and self.rng.random() < 0.6:
            me.session.end = t + 150
        if other.number in me.asked:
            me.asked.discard(other.number)
            self.tell_age(me, t, other)
            return
        total = me.sent.get(other.number, 0) + other.sent.get(me.number, 0)
        if total <= 6 and self.rng.random() < 0.17:
            answer = "ask"
        elif kind in ("demand", "press"):
            answer = "plead"
        else:
            answer = me.drive.voice(self, me, other) if me.drive is not None else "chat"
        self.write(me, other, t, answer)
        if total > 9:
            habits.befriend(me, other)

    def tell_age(self, me: Person, t: float, other: Person | None = None) -> None:
        """It says its age (or what it gives out as such), to one person or to a room."""
        text = words.age(me.says, me.french, self.rng, room=other is None)
        me.told_age = me.told_age or me.says < 18
        if other is None:
            self.post(me, t, text=text)
        else:
            self.write(me, other, t, "age", text=text)

    def complain(self, by: Person, about: Person, t: float, reason: str) -> None:
        """A report to the platform."""
        self.complaints.append(Complaint(t + self.rng.uniform(60, 30 * HOUR), by, about, reason))

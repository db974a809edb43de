"""What all who have a part need: people to cast, strangers who are about, and talk that fits."""

from bisect import bisect_left
from collections.abc import Iterable

from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.real import DAY, Library
from tests.benchmarks.schooling.world import Person, Words, World


class Cast:
    """The backbone's people by what they did; parts are given to those who have none."""

    def __init__(self, w: World, lib: Library, part: str) -> None:
        self.w, self.lib, self.rng = w, lib, w.stream(part)
        self.sent: dict[str, list[int]] = {}
        for at, _, who, _, _, _ in w.said:
            self.sent.setdefault(who, []).append(at)
        for times in self.sent.values():
            times.sort()

    def minors(self) -> list[Person]:
        """Minors who wrote something and may be anybody's target."""
        return [
            p for p in self.w.people.values()
            if p.minor and p.id in self.sent and not p.purpose
            and p.part not in ("returned", "newcomer", "congratulated", "sought")
        ]

    def near(self, who: str, at: int) -> int:
        """Seconds between that moment and the nearest one at which somebody wrote."""
        times = self.sent[who]
        i = bisect_left(times, at)
        return min((abs(times[j] - at) for j in (i - 1, i) if 0 <= j < len(times)), default=10**9)

    def pool(self, who: Iterable[str], *, circles: int = 3, elsewhere: float = 0.2) -> list[Person]:
        """Minors unknown to all of these, of a few circles of their rooms or of chance, and some from elsewhere."""
        known = {other for native in who for other in self.w.met[native]} | set(who)
        strangers = [p for p in self.minors() if p.id not in known]
        by_circle: dict[str, list[Person]] = {}
        for person in strangers:
            by_circle.setdefault(person.circle, []).append(person)
        names = sorted(by_circle)
        weights = [len(by_circle[name]) for name in names]
        chosen = set(self.rng.choices(names, weights, k=circles))
        return [p for p in strangers if p.circle in chosen or self.rng.random() < elsewhere]

    def about(self, pool: list[Person], at: int, sample: int = 12) -> Person:
        """One of the pool, taken out of it: of a few drawn the one who was about at that time."""
        few = self.rng.sample(pool, min(sample, len(pool)))
        who = min(few, key=lambda p: (self.near(p.id, at), p.id))
        pool.remove(who)
        return who

    def adult(self, low: int = 19, high: int = 58, most: int = 25, purpose: str = "", part: str = "") -> Person:
        """A grown-up of the backbone who is not too busy, or (one time in three) an account of its own."""
        free = [
            p for p in self.w.those(minor=False)
            if low <= p.age <= high and len(self.w.met[p.id]) <= most and p.id in self.sent
        ]
        known = bool(free) and self.rng.random() < 0.66
        person = self.rng.choice(free) if known else self.made(self.rng.randint(low, high))
        person.purpose, person.part = purpose, part
        return person

    def made(self, age: int, chats: int | None = None, name: str = "") -> Person:
        """A new account with some chats with grown-ups of its own."""
        person = self.w.person(age, "single", name)
        person.declared = None if self.rng.random() < (0.5 if self.w.kind == "club" else 0.25) else age
        self.busy(person, self.rng.randint(3, 12) if chats is None else chats)
        return person

    def busy(self, person: Person, chats: int) -> None:
        """So many chats with grown-ups more, on the rhythm of one real person."""
        if not chats:
            return
        others = [p for p in self.w.those(minor=False, idle=False) if p.id != person.id and not p.purpose
                  and p.id in self.sent and person.id not in self.w.met[p.id]]
        for chat in self.lib.rhythm(min(chats, 60), self.w.days, self.rng):
            if not others:
                return
            other = self.about(others, self.w.start + chat.at, 4)
            self.w.chat(person.id, other.id, self.w.start + chat.at, chat, self.w.small_talk(self.rng), 30)

    def visits(self, person: Person, rooms: list[str], count: int) -> None:
        """Posts in rooms at the hours of people there."""
        for _ in range(count):
            at = self.w.start + self.rng.randint(1, self.w.days - 2) * DAY + self.hour()
            self.w.post(at, person.id, self.rng.choice(rooms), words.of(self.rng, words.ROOM))

    def hour(self) -> int:
        """A second of the day at which a real message was sent."""
        chat = self.rng.choice(self.lib.chats)
        return (chat.at + self.rng.choice(chat.beats)[0]) % DAY

    def moment(self, first: float = 0.06, last: float = 0.9) -> int:
        """A moment of the platform's time at a real hour."""
        return self.w.start + int(self.rng.uniform(first, last) * self.w.days) * DAY + self.hour()

    def evening(self) -> int:
        """About half past five on some day."""
        return self.w.start + self.rng.randint(6, self.w.days - 8) * DAY + int(self.rng.uniform(16.5, 18.5) * 3600)

    def rooms_of(self, people: Iterable[Person], least: int = 1) -> list[str]:
        """Rooms where several of these write, or any."""
        ids = [p.id for p in people]
        rooms = [r for r in self.w.rooms if sum(i in self.w.members[r] for i in ids) >= least]
        return rooms or list(self.w.rooms)[:3]

    def opening(
        self, opener: tuple[str, ...], then: tuple[str, ...] = words.TALK, share: float = 0.25,
        answers: tuple[str, ...] = words.TALK,
    ) -> Words:
        """The opener's first words, then talk with a share of others; the other answers or just talks."""
        begun: list[bool] = []

        def text(mine: bool) -> str:
            if mine and not begun:
                begun.append(True)
                return words.of(self.rng, opener)
            return words.of(self.rng, words.TALK if self.rng.random() > share else then if mine else answers)

        return text

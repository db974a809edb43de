"""Recruiters, extortioners, and persons behind several accounts."""

from itertools import pairwise
from random import Random

from tests.benchmarks.grafted.truth import Planted
from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.marks import device, mark, own, token
from tests.benchmarks.schooling.parts import Cast
from tests.benchmarks.schooling.preying import prey
from tests.benchmarks.schooling.real import DAY, Chat
from tests.benchmarks.schooling.world import Person, Words

TIES = ("device", "cookie", "payment", "phone", "address", "chain", "bans", "cookie", "device")


def recruiters(cast: Cast) -> list[Planted]:
    """One to three persons who send many others to a link, an account or a room, in words that vary."""
    rng, w = cast.rng, cast.w
    styles = rng.sample(("link", "account", "room"), rng.randint(1, 3))
    cases = []
    for style in styles:
        who = cast.adult(18, 40, purpose="recruiter")
        receiver = cast.made(rng.randint(20, 45), 4) if style == "account" else None
        room = w.room(f"{rng.choice(words.SECOND)} stars", "private") if style == "room" else ""
        if receiver:
            receiver.purpose = "receiver"
        link = f"https://{token(rng, 5)}.example/{token(rng, 4)}"
        note = receiver.name if receiver else w.rooms[room][0] if room else link
        place = f"@{note}" if receiver else f"#{note}" if room else note
        everybody = [p for p in w.people.values() if p.id in cast.sent and not p.purpose and p.id not in w.met[who.id]]
        pool = [p for p in everybody if p.minor or rng.random() < 0.35]
        sent = []
        for chat in cast.lib.rhythm(rng.randint(15, 60), w.days, rng, fast=rng.random() < 0.5):
            if chat.at >= w.days * DAY - 3600:
                break
            target = cast.about(pool, w.start + chat.at)
            own_beats = sum(mine for offset, mine in chat.beats[:40] if chat.at + offset < w.days * DAY)
            text = invites(cast, place, min(rng.choice((0, 0, 1, 2)), own_beats - 1))
            w.chat(who.id, target.id, w.start + chat.at, chat, text, 40)
            sent.append(target.id)
            later = w.start + chat.at + int(rng.expovariate(1 / DAY)) + 300
            if rng.random() < 0.3 and receiver:
                w.chat(target.id, receiver.id, later, cast.lib.chat(rng), w.small_talk(rng))
            elif rng.random() < 0.3 and room:
                w.post(later, target.id, room, words.of(rng, words.ROOM))
        cases.append(Planted("recruitment", style, w.full([who.id]), w.full(sent), note))
    return cases


def invites(cast: Cast, place: str, after: int) -> Words:
    """Talk in which the recruiter's message after so many others is the invitation."""
    mine_said: list[int] = []

    def text(mine: bool) -> str:
        if mine:
            mine_said.append(1)
            if len(mine_said) == after + 1 or (len(mine_said) == 1 and after and cast.rng.random() < 0.1):
                return words.invitation(cast.rng, place)
            if len(mine_said) == 1:
                return words.of(cast.rng, words.OPENING)
        return words.of(cast.rng, words.TALK)

    return text


def extortions(cast: Cast) -> list[Planted]:
    """One to three persons who ask minors for a picture and then demand something for it."""
    rng, w = cast.rng, cast.w
    fit = [
        c for c in cast.lib.chats if 16 <= len(c.beats) <= 70 and c.beats[-1][0] < 25 * DAY and bears(c)
    ]
    cases = []
    for _ in range(rng.randint(1, 3)):
        who = cast.adult(18, 50, purpose="extortion")
        pool, targets = cast.pool([who.id]), []
        for _ in range(rng.randint(1, 5)):
            at = cast.moment(0.05, 0.7)
            target = cast.about(pool, at)
            chat = rng.choice(fit)
            w.chat(who.id, target.id, at, chat, extorts(cast, chat, target))
            targets.append(target.id)
        cases.append(Planted("extortion", "several" if len(targets) > 2 else "few", w.full([who.id]), w.full(targets)))
    return cases


def bears(chat: Chat) -> bool:
    """Does its second half hold a question, an answer and two demands after it?"""
    late = [mine for _, mine in chat.beats[(len(chat.beats) + 1) // 2:]]
    asked = late.index(True) if True in late else len(late)
    answers = [i for i, mine in enumerate(late) if i > asked and not mine]
    return bool(answers) and sum(late[answers[0]:]) >= 2


def extorts(cast: Cast, chat: Chat, target: Person) -> Words:
    """Talk, a picture asked for and given, then demands with a threat, and pleading."""
    rng, ordinary = cast.rng, prey(cast, target)
    ask = int(len(chat.beats) * rng.uniform(0.3, 0.5))
    beat, stage = [-1], ["talk"]

    def text(mine: bool) -> str:
        beat[0] += 1
        if stage[0] == "talk" and mine and beat[0] >= ask:
            stage[0] = "asked"
            return words.of(rng, words.ASK)
        if stage[0] == "asked" and not mine:
            stage[0] = "given"
            return words.of(rng, words.GIVEN)
        if stage[0] in ("given", "threat") and mine and (stage[0] == "given" or rng.random() < 0.45):
            stage[0] = "threat"
            return words.of(rng, words.THREAT)
        if stage[0] == "threat" and not mine and rng.random() < 0.6:
            return words.of(rng, words.PLEAD)
        return ordinary(mine)

    return text


def shells(cast: Cast) -> list[Planted]:
    """Six to nine persons behind two to five accounts each, tied by one kind of mark or by a chain of them."""
    rng, w = cast.rng, cast.w
    preying = [p for p in w.people.values() if p.purpose in ("hub", "extortion", "crew")]
    cases = []
    for n in range(rng.randint(6, 9)):
        tie = TIES[n]
        if w.kind == "club" and tie == "address":
            tie = "email"
        if tie == "bans":
            group = banned(cast)
        else:
            base = rng.choice(preying) if n % 3 == 1 else cast.adult()
            more = min(4, rng.choice((1, 1, 2, 2, 3, 4)) + (tie == "chain"))
            group = [base] + [another(cast, base, tie) for _ in range(more)]
            for person in group:
                person.purpose = person.purpose or "shell"
            knot(cast, group, tie)
        cases.append(Planted("shell", tie, w.full(p.id for p in group)))
    return cases


def another(cast: Cast, base: Person, tie: str) -> Person:
    """One more account of the same person, with chats of its own; that of a hub writes to some minors too."""
    rng, w = cast.rng, cast.w
    name = words.alike(rng, base.name) if tie == "address" or rng.random() < 0.15 else ""
    new = cast.made(base.age, rng.randint(3, 14), name)
    if base.purpose == "hub":
        pool = cast.pool([new.id, base.id])
        for chat in cast.lib.rhythm(rng.randint(4, 8), w.days, rng):
            target = cast.about(pool, w.start + chat.at)
            w.chat(new.id, target.id, w.start + chat.at, chat, prey(cast, target))
    return new


def knot(cast: Cast, group: list[Person], tie: str) -> None:
    """The marks that tie a group; a chain takes another kind for each link."""
    rng, w = cast.rng, cast.w
    kinds = ("device", "cookie", "phone", "payment", "device") if tie == "chain" else (tie,)
    links = list(pairwise(group)) if tie == "chain" else [tuple(group)]
    careless = rng.random() < 0.55  # from one home; others hide where they are
    for kind, people in zip(kinds, links, strict=False):
        value = device(rng) if kind == "device" else token(rng)
        for person in people:
            own(w, rng, person)
            person.always = True
            if kind == "address" or careless:
                person.home = f"den of {group[0].id}"
            if kind == "address":
                continue
            if kind == "device" and w.kind != "club":
                person.devices.append((value, w.start, w.end, 1.5))
            else:
                mark(w, person, kind, value)


def banned(cast: Cast) -> list[Person]:
    """One account after another: each is banned, the next is made hours or days later and finds some of the same."""
    rng, w = cast.rng, cast.w
    number, age = rng.randint(3, 5), rng.randint(17, 45)
    cuts = sorted(rng.uniform(0.1, 0.9) for _ in range(number - 1))
    bounds = [0.03, *cuts, 0.97]
    tie, value = rng.choice(("device", "cookie")), token(rng)
    group: list[Person] = []
    known: list[Person] = []
    for begin, end in pairwise(bounds):
        person = cast.made(age, 0)
        person.purpose, person.always = "shell", True
        since = w.start + int(begin * w.days * DAY) + rng.randint(3, 60) * 3600
        until = max(w.start + int(end * w.days * DAY), since + 2 * DAY)
        person.created, person.status = since, "banned" if end < 0.97 or rng.random() < 0.5 else "active"
        fresh = [p for p in w.those(idle=False) if p.id in cast.sent and not p.purpose]
        for _ in range(rng.randint(5, 14)):
            other = rng.choice(known) if known and rng.random() < 0.4 else rng.choice(fresh)
            known.append(other)
            life(cast, person, other, rng.randint(since, max(since + 60, until - DAY)), until, rng)
        if tie == "device" and w.kind != "club":
            person.devices.append((f"d-{value}", w.start, w.end, 1.0))
        else:
            mark(w, person, tie, value, since, until)
        w.tables["reports"].append(report(w.end, rng, person, rng.choice(known), until))
        group.append(person)
    return group


def life(cast: Cast, person: Person, other: Person, at: int, until: int, rng: Random) -> None:
    """A chat that ends with the account."""
    chat = cast.lib.chat(rng)
    kept = Chat(chat.at, chat.opener, chat.other, tuple(b for b in chat.beats if at + b[0] < until))
    cast.w.chat(person.id, other.id, at, kept, cast.opening(words.OPENING))


def report(end: int, rng: Random, on: Person, by: Person, at: int) -> dict[str, object]:
    """A report, at times with an age in its reason."""
    reason = words.of(rng, words.REASONS)
    if by.minor and rng.random() < 0.15:
        reason = f"{reason}, i am {by.age}".strip(", ")
    return {
        "report_id": f"rep{token(rng, 8)}", "reported_id": on.id, "reporter_id": by.id, "made_at": min(at, end),
        "reason": reason,
    }

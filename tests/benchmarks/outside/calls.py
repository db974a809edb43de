"""Recruiters and extorters, told by their words, and people who say such things harmlessly."""

from tests.benchmarks.outside.phrases import say
from tests.benchmarks.outside.stage import DAY, HOUR, Stage
from tests.benchmarks.outside.truth import Plant, Truth

_ASK = (
    "can i have a photo of you",
    "tu m'envoies une photo ?",
    "could you share a picture with me",
    "give me your phone number",
)
_DEMAND = (
    "now send me 50 euros in gift cards",
    "send the voucher code",
    "envoie moi un code de carte cadeau",
    "you will pay me 40 dollars",
)
_THREAT = (
    "or else i show it to your whole class",
    "sinon je le montre à tes parents",
    "if you refuse everybody will see it",
    "last chance or i tell your parents",
    "dernière chance, je vais le dire à tout le monde",
)


def plant_recruitment(stage: Stage, truth: Truth) -> None:
    """One names a person, one a link, in nearly the same words to strangers; a host invites people he knows."""
    for name in ("a person", "a link"):
        (who,) = stage.pick(1, minor=False)
        (guru,) = stage.pick(1, minor=False, site=stage.site[who])
        called = [
            a
            for a in stage.pick(int(stage.rng.integers(15, 41)), minor=False, site=stage.site[who])
            if not stage.know(who, a)
        ]
        named = stage.names[guru] if name == "a person" else "https://gold-circle.example/join"
        if name == "a person" and not stage.setting.names:
            named = stage.native[guru]
        begin = float(stage.rng.uniform(0, 0.6)) * stage.length
        for other in called:
            at = stage.moment(who, begin, begin + 0.3 * stage.length)
            opener = ("hey", "hello", "salut", "hi friend")[stage.rng.integers(4)]
            tail = ("", " believe me", " it changed my life", ":)")[stage.rng.integers(4)]
            stage.talk(
                who,
                other,
                at,
                answers=0.4,
                text=f"{opener} you should talk to {named} who pays well for small jobs{tail}",
            )
            if name == "a person" and stage.rng.random() < 0.4 and not stage.know(other, guru):
                stage.talk(other, guru, at + float(stage.rng.uniform(HOUR, 2 * DAY)), answers=0.9)
        also = named.removeprefix("https://")
        truth.guilty.append(Plant("recruitment", name, (who,), tuple(called), also))
    (host,) = stage.pick(1, minor=False)
    friends = sorted(
        {
            m.recipient if m.sender == host else m.sender
            for m in stage.messages
            if m.recipient is not None and host in (m.sender, m.recipient) and m.at < 0.8 * stage.length
        }
    )
    for friend in friends[:25]:
        stage.write(
            stage.moment(host, 0.85 * stage.length),
            host,
            friend,
            f"my birthday is on saturday, come along, {stage.names[friends[0]]} cooks",
        )
    truth.benign.append(Plant("recruitment", "invites friends", (host,)))
    (seller,) = stage.pick(1, minor=False)
    for other in stage.strangers(seller, 30, minor=None):
        stage.write(
            stage.moment(seller, float(stage.joined[other])),
            seller,
            other,
            "cheap phones on https://phones.example today only",
        )
    truth.benign.append(Plant("recruitment", "advertises to all", (seller,)))


def plant_extortion(stage: Stage, truth: Truth) -> None:
    """Contact, request, demand and threat to eight minors or more; a trader of game items and friends who tease."""
    for _ in range(2):
        (who,) = stage.pick(1, minor=False)
        kids = [
            k
            for k in stage.pick(int(stage.rng.integers(8, 21)), minor=True, site=stage.site[who])
            if not stage.know(who, k)
        ]
        demand = _DEMAND[stage.rng.integers(len(_DEMAND))]
        for kid in kids:
            at = stage.moment(who, 0.0, 0.8 * stage.length)
            stage.talk(who, kid, at, answers=0.9)
            later = at + float(stage.rng.uniform(0.5, 3.0)) * DAY
            stage.write(later, who, kid, _ASK[stage.rng.integers(len(_ASK))])
            stage.write(later + 300, kid, who, "ok")
            later += float(stage.rng.uniform(0.1, 2.0)) * DAY
            stage.write(later, who, kid, demand)
            if stage.rng.random() < 0.5:
                stage.write(later + 200, kid, who, say(stage.rng))
            stage.write(
                later + float(stage.rng.uniform(60, 5 * HOUR)), who, kid, _THREAT[stage.rng.integers(len(_THREAT))]
            )
            if stage.rng.random() < 0.4:
                stage.write(
                    later + float(stage.rng.uniform(6, 40)) * HOUR,
                    who,
                    kid,
                    f"{demand} {_THREAT[stage.rng.integers(len(_THREAT))]}",
                )
        truth.guilty.append(Plant("extortion", "photo and money", (who,), tuple(kids)))
    (trader,) = stage.pick(1, minor=True)
    for kid in stage.strangers(trader, 15, minor=True):
        at = stage.moment(trader, float(stage.joined[kid]))
        stage.talk(trader, kid, at, answers=0.9, text="hi want to trade skins")
        stage.write(at + 4000, trader, kid, "send me the skin first")
        stage.write(at + 4100, kid, trader, "no you give me the coins first, otherwise no deal")
        stage.write(at + 4200, trader, kid, "ok coins sent, show me the item")
    truth.benign.append(Plant("extortion", "trades items", (trader,)))
    (tease,) = stage.pick(1, minor=True)
    friends = sorted(b if a == tease else a for a, b in stage.met if tease in (a, b))
    for friend in friends[:8]:
        at = stage.moment(tease)
        stage.write(at, tease, friend, "give me your fries or else haha")
        stage.write(at + 60, friend, tease, "never lol")
    truth.benign.append(Plant("extortion", "teases friends", (tease,)))

"""Who sends others to one person or place, who demands?  Recruiters and extorters by neutral words, and look-alikes."""

import numpy as np

from tests.benchmarks.grafted.stage import DAY, HOUR, Note, Stage

_CALLS = (
    "you should write to {}, easy money for small jobs", "talk to {} and say that i sent you",
    "look at {} , they search people like you", "ask {} about the work, it pays well",
    "écris à {} , il cherche du monde",
    "just contact {} tonight", "{} has places left, go there", "va voir {} et dis mon nom",
)
_DEMANDS = (
    "pay 50 by tonight or i send it to your friends", "you have until tomorrow, 40 in gift cards or everybody sees it",
    "send the code now or your parents get it", "paie 30 ce soir sinon je l'envoie à ta classe",
    "another 20 or i show it to the whole room", "no money, then i post it tomorrow",
)
_BEFORE = ("send me a photo", "do you have a picture of you", "envoie une photo")


def plant_calls(stage: Stage) -> None:
    """Up to two recruiters, up to two extorters."""
    rng = stage.rng("calls")
    for k in range(int(rng.integers(0, 3))):
        _recruiter(stage, rng, by_link=bool((k + stage.seed) % 2))
    for _ in range(int(rng.integers(0, 3))):
        _extorter(stage, rng)


def _lively(stage: Stage, rng: np.random.Generator) -> int | None:
    fits = stage.adults(least=25, days=3.0, most=900) or stage.adults(least=12)
    return fits[int(rng.integers(len(fits)))] if fits else None


def _recruiter(stage: Stage, rng: np.random.Generator, *, by_link: bool) -> None:
    """Gets to know people, and some way into the chat names the person or link; a third of them go there."""
    who = _lively(stage, rng)
    if who is None:
        return
    stage.used.add(who)
    guru = _lively(stage, rng)
    if guru is None:
        return
    stage.used.add(guru)
    stage.names.setdefault(guru, f"contact_{guru}" if rng.random() < 0.2 else f"morel{guru}")
    named = "https://bright-jobs.example/join" if by_link else f"@{stage.names[guru]}"
    called: list[int] = []
    for other, at in stage.met_at(rng, who, int(rng.integers(12, 26)), minor=None):
        stage.graft(rng, who, other, at, answers=0.7, at_most=20)
        later = at + float(rng.choice([rng.uniform(60, 1200), rng.uniform(HOUR, 3 * DAY)]))
        if later >= stage.span:
            continue
        stage.write(later, who, other, _CALLS[int(rng.integers(len(_CALLS)))].format(named))
        called.append(other)
        if not by_link and rng.random() < 0.35 and not stage.know(other, guru):
            stage.graft(rng, other, guru, later + float(rng.exponential(6 * HOUR)), answers=0.8)
    if called:
        stage.notes.append(Note("recruitment", "a link" if by_link else "a person", (who,), tuple(called), named))
        stage.spare("hub", (who, guru))


def _extorter(stage: Stage, rng: np.random.Generator) -> None:
    """A chat with a minor, a request, and after it the demand, once or again."""
    who = _lively(stage, rng)
    if who is None:
        return
    stage.used.add(who)
    targets: list[int] = []
    for kid, at in stage.met_at(rng, who, int(rng.integers(4, 10))):
        stage.graft(rng, who, kid, at, answers=0.95, at_most=25)
        ask = at + float(rng.uniform(0.2, 3.0)) * DAY
        demand = ask + float(rng.uniform(0.1, 4.0)) * DAY
        if demand >= stage.span:
            continue
        stage.write(ask, who, kid, _BEFORE[int(rng.integers(len(_BEFORE)))])
        stage.write(ask + float(rng.exponential(900)), kid, who)
        for again in range(int(rng.integers(1, 4))):
            when = demand + again * float(rng.uniform(2 * HOUR, 2 * DAY))
            stage.write(when, who, kid, _DEMANDS[int(rng.integers(len(_DEMANDS)))])
            if rng.random() < 0.5:
                stage.write(when + float(rng.exponential(1200)), kid, who, "please don't")
        targets.append(kid)
        if rng.random() < 0.25:
            stage.reports.append((who, kid, min(stage.span - 1, demand + float(rng.exponential(DAY))), "threatens me"))
    if targets:
        stage.notes.append(Note("extortion", "photo, then money", (who,), tuple(targets)))
        stage.spare("hub", (who,))


def plant_sayings(stage: Stage) -> None:
    """Harmless people with such words: who sells, who lends, who quotes what was done to him, who invites."""
    rng = stage.rng("sayings")
    for label, words in (
        ("seller", ("pay 50 by tonight and it's yours", "send the code when you paid", "40 and i keep it for you")),
        ("lender", ("you still owe me 20, pay or i tell mom", "give it back by tomorrow or no football")),
        ("quotes a demand", ("he wrote: pay 50 by tonight or i send it to your friends", "he said he shows it to all")),
    ):
        fits = stage.teens(least=10) + stage.adults(least=20)
        if not fits:
            continue
        who = fits[int(rng.integers(len(fits)))]
        stage.label(who, label)
        people = sorted(stage.friends[who])[:6] if label != "seller" else []
        people = people or [o for o, _ in stage.met_at(rng, who, int(rng.integers(5, 12)), minor=None)]
        for other in people:
            at = float(rng.choice(stage.moments[who])) + float(rng.uniform(0, 600))
            if label == "seller":
                stage.graft(rng, who, other, at, answers=0.7, at_most=8)
            stage.write(at + HOUR, who, other, words[int(rng.integers(len(words)))])
    fits = [w for w in stage.adults(least=15) if len(stage.friends[w]) >= 8]
    if fits:
        who = fits[int(rng.integers(len(fits)))]
        stage.label(who, "inviter")
        friends = sorted(stage.friends[who])
        stage.names.setdefault(friends[0], f"cook{friends[0]}")
        at = float(rng.choice(stage.moments[who]))
        for friend in friends[1:20]:
            text = f"party on friday, @{stage.names[friends[0]]} cooks"
            stage.write(at + float(rng.uniform(0, DAY)), who, friend, text)

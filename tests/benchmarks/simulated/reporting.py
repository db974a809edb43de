"""Who is reported?  Some who prey, and many who do not: quarrels, spam, grudges against moderators, mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.simulated.person import Person

if TYPE_CHECKING:
    from tests.benchmarks.simulated.world import World


_OTHERWISE = ("rude", "insult", "cheated me", "annoying", "spam", "fake")


def consider(world: World, me: Person, sender: Person, t: float, kind: str) -> None:
    """Having got a message, does it report the sender?"""
    rate, rng = world.setting.report_rate, world.rng
    theirs = sender.sent.get(me.number, 0)
    if kind == "sweet" and me.minor and theirs >= 2 and rng.random() < rate * 0.25:
        said = ("strange questions", f"i am {me.says} and he wants to meet", "creepy")
        world.complain(me, sender, t, rng.choice(said))
        me.blocked.add(sender.number)
    elif kind in ("ad", "invite", "place") and rng.random() < rate * 0.3:
        world.complain(me, sender, t, "spam")
    elif kind == "warn" and rng.random() < rate * 0.5:
        world.complain(me, sender, t, rng.choice(("unfair moderator", "abuse of power")))
    elif kind == "lure" and rng.random() < rate * 0.4:
        world.complain(me, sender, t, rng.choice(("fake profile", "they waited for me there")))
    elif theirs == 1 and rng.random() < world.setting.false_reports:
        if me.minor != sender.minor and rng.random() < 0.4:
            world.complain(me, sender, t, rng.choice(("too old for me", "unknown adult", "wrong age in the profile")))
        else:
            world.complain(me, sender, t, rng.choice(_OTHERWISE))

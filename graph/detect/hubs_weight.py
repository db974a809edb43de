"""How much likelier is what an account did if its holder is an adult who seeks minors than if it lives as others do?

A likelihood ratio over signals that do not need each other: the share of minors among those of known age it wrote to
and their ages, given who was present; who writes to it and when it writes, which tell its own age; circles that know
each other.  Own age is a hidden variable on both sides: a stated age is believed, not taken for certain.  People of
unknown age tell nothing, on either side.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.detect.hubs_ages import AgeGroups, Ints
from graph.detect.hubs_counted import Contacts
from graph.detect.hubs_model import MANY, Model, WeightParameters
from graph.detect.hubs_seen import Seen
from graph.detect.statistics import Floats


@dataclass(frozen=True)
class Weight:
    """``ratio``: log likelihood ratio (nats) of seeker against others, before tempering.

    ``adult``: probability that the holder is an adult, from its stated age and who writes to it; ``stated``: the same
    before anybody writes; ``from_minors`` of ``from_known`` people of known age who wrote to it first are minors;
    ``reach``: share of ordinary accounts of its sort, among those that reach ``MANY`` strangers who are minors, that
    reach as many as it does; ``begun``: log likelihood ratio (nats) of who begins its chats; ``mailed``: probability
    that the chats one text opened are a mailing to anybody, were seeker and others alike likely (0 before texts are
    read).
    """

    ratio: float
    adult: float
    stated: float
    from_minors: int
    from_known: int
    reach: float
    begun: float = 0.0
    mailed: float = 0.0

    def total(self, *, temper: float) -> float:
        """The weight of evidence in nats: the tempered ratio, who begins its chats, how rare it is to reach so many."""
        return temper * self.ratio + self.begun - math.log(self.reach)


class Weights:
    """A Weight for each tested account (``items``, in their order), and what its texts change (``apart``)."""

    def __init__(self, model: Model, ordinary: Floats, sides: tuple[Floats, Floats]) -> None:
        self.model, self.sides, self.tails = model, sides, model.tails(ordinary)
        ratio, (adult, stated) = sides[0] - sides[1], model.adult()
        reach = self._reach(model.seen)
        begun = model.begun(ordinary)
        minors, known = model.incoming[:, : model.groups.minors].sum(axis=1), model.incoming.sum(axis=1)
        self.items = [
            Weight(
                float(ratio[i]), float(adult[i]), float(stated[i]), int(minors[i]), int(known[i]),
                math.exp(float(reach[i])), float(begun[i]),
            )
            for i in range(len(ratio))
        ]

    def apart(
        self, tested: Sequence[int], one_text: NDArray[np.bool_], *, ordinary: Sequence[float] | None = None
    ) -> list[Weight]:
        """The Weights of some of the tested (their places), told which contacts (all, in order) their one text opened.

        Whoever lives or seeks may also send one text to anybody, the likelier the more of its chats the text opens,
        and the less where a greeting opens as many with anybody (``ordinary``, by ``tested``: ``hubs_texts.Block``).
        Such a mailing says nothing of whom its sender seeks; whether it is one, its own mix of ages tells.
        """
        model, places = self.model, np.array(tested, dtype=np.int64)
        chosen = np.isin(model.seen.owner, places)
        inside = one_text[model.seen.rows]
        block, rest = (model.seen.part(model.contacts, chosen & which) for which in (inside, ~inside))
        count = np.bincount(model.seen.owner, minlength=len(self.items))
        text = np.bincount(block.owner, minlength=len(self.items))
        likely = np.clip(model.parameters.advertising * text / np.maximum(count, 1), 1e-12, 1.0 - 1e-12)
        if ordinary is not None:
            against = np.ones(len(self.items))
            against[places] = np.maximum(1.0, ordinary)
            likely = likely / (likely + (1.0 - likely) * against)
        mailing = np.log(likely) + model.anybody_logs(block)
        parted = [mailing + side for side in model.sides(rest)]
        seeking, others = (
            np.logaddexp(np.log1p(-likely) + side, apart) for side, apart in zip(self.sides, parted, strict=True)
        )
        mailed = np.exp(np.logaddexp(*parted) - np.logaddexp(seeking, others))
        reach = mailed * self._reach(rest) + (1.0 - mailed) * self._reach(model.seen)
        return [
            replace(
                self.items[i], ratio=float(seeking[i] - others[i]), reach=math.exp(float(reach[i])),
                mailed=float(mailed[i]),
            )
            for i in tested
        ]

    def _reach(self, seen: Seen) -> Floats:
        """log of the Pareto tail of the strangers who are minors."""
        return np.asarray(-self.tails * np.log(np.maximum(seen.strangers, MANY) / MANY), dtype=np.float64)


def weigh(contacts: Contacts, tested: Ints, groups: AgeGroups, parameters: WeightParameters) -> Weights:
    """The Weights of the accounts of ``tested`` (places, ascending).

    Fitted twice: the second time each tested account tells of ordinary life by the probability that it lives so.
    """
    model = Model(contacts, tested, groups, parameters)
    ordinary = np.ones(len(contacts.own))
    for _ in range(2):
        model.fit(ordinary)
        seeking, others = model.sides(model.seen)
        odds = parameters.first_guess / (1.0 - parameters.first_guess) * np.exp(np.clip(seeking - others, -40.0, 40.0))
        ordinary[tested] = 1.0 / (1.0 + odds)
    return Weights(model, ordinary, (seeking, others))

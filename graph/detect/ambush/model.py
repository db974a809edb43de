"""How much speaks for a crew in all?  One figure of evidence: chance and custom against a group that acts together."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from scipy.special import betaln

from graph.detect.ambush.meetings import Crew
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.surroundings import Surroundings

_TASTES = 6.0  # first contacts that a group's own tastes weigh as much as


@dataclass(frozen=True)
class Evidence:
    """In nats.  ``meetings``: -ln of how many such groups chance, custom and what the null does not know give;
    ``signals``: ln of a likelihood ratio each, crew over look-alike."""

    meetings: float
    signals: Mapping[str, float]

    @property
    def total(self) -> float:
        return self.meetings + sum(self.signals.values())

    @property
    def q_value(self) -> float:
        """How many such groups are expected by chance, at most 1: the bound divided by the likelihood ratios, each an
        e-value (Vovk and Wang 2021)."""
        return min(1.0, exp(-self.total))


def evidence_of(crew: Crew, around: Surroundings, parameters: AmbushParameters) -> Evidence:
    """The evidence for one crew, without the signals that are switched off."""
    cap, contacts, places = parameters.signal_cap, around.hits, crew.possible_arrivals
    new = min(0.95, max(0.05, around.usual_newcomers))
    every = {
        "attendance": against(places - contacts, places, crew=(2, 6), other=(12, 15)),
        # whom a crew writes to may answer or not: of that nothing is assumed
        "answers": against(around.answered, contacts, crew=(1, 1), other=(27, 3)),
        "company": against(around.outsiders, around.outsiders + contacts, crew=(1, 12), other=(3, 2)),
        "young": against(around.young, len(crew.numbers), crew=(0.4, 8), other=(3, 1)),
        "minors": for_minors(around),
        # whom the platform brings anew everybody meets anew: only beyond that does it look like a welcome
        "newcomers": min(0.0, against(len(around.arrivals), contacts, crew=(6 * new, 6 * (1 - new)), other=(4, 1.5))),
    }
    return Evidence(
        -log(exp(min(crew.log_q, 700.0)) + parameters.unmodelled),
        {name: max(-cap, min(cap, every[name])) for name in parameters.parts},
    )


def against(seen: int, of: int, *, crew: tuple[float, float], other: tuple[float, float]) -> float:
    """ln likelihood ratio of ``seen`` of ``of``: a crew, over one chance in two that it is a look-alike.

    Both shares are beta, so counts are beta-binomial.  A look-alike of one kind need not be of another: what does not
    look like this one says little for a crew (at most ln 2).
    """
    ratio = _beta_binomial(seen, of, other) - _beta_binomial(seen, of, crew)
    return -log(0.5 + 0.5 * exp(min(ratio, 700.0)))


def for_minors(around: Surroundings) -> float:
    """ln likelihood ratio of the minors among targets: one crew in two is after minors, others meet those who are usual
    for people of their age, as a group of friends with tastes of its own does."""
    if around.minors_expected is None:
        return 0.0
    usual = min(0.95, max(0.02, around.minors_expected / around.aged))
    friends = (_TASTES * usual, _TASTES * (1.0 - usual))
    return -against(around.minors, around.aged, crew=friends, other=(4, 1))  # the same, the sides exchanged


def _beta_binomial(seen: int, of: int, shape: tuple[float, float]) -> float:
    return float(betaln(seen + shape[0], of - seen + shape[1]) - betaln(*shape))


"""Who presses more minors than others do?  Every account against how all others write to the minors they know."""

from typing import Any, NamedTuple

import ibis

from graph.detect.context import DetectionContext, once
from graph.detect.extortion.demands import demands
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.statistics import benjamini_hochberg, beta_binomial_tail


class Presser(NamedTuple):
    """``account`` pressed ``pressed`` of the ``minors`` it knows in private; ``expected`` by others' custom."""

    account: str
    pressed: int
    minors: int
    expected: float
    q_value: float


def pressers(context: DetectionContext, parameters: ExtortionParameters) -> list[Presser]:
    """Accounts that press ``min_pressed`` minors or more beyond chance, q at most ``weak_q``; by account.

    Null: an account presses each minor it is in contact with at the rate at which all other accounts press theirs
    (+ 1/2), beta-binomial.  Every account in contact with ``min_minors`` minors is a test.
    """
    contacts = _minor_contacts(context)
    pressed = demands(context, parameters).filter(lambda t: t.minor & t.pressed).group_by("account")
    counts = context.rows(pressed.agg(pressed=lambda t: t.count()).join(contacts, "account"))
    met, tests = context.rows(
        contacts.agg(met=contacts.minors.sum(), tests=(contacts.minors >= parameters.min_minors).sum())
    )[0]
    total = sum(count for _, count, _ in counts)
    found, p_values = [], []
    for account, count, minors in counts:
        trials = max(minors, count)  # a minor may have come of age, or be known as one only later
        if count >= parameters.min_pressed and trials >= parameters.min_minors:
            rate = (total - count + 0.5) / (max(int(met) - trials, total - count) + 1.0)
            p_values.append(beta_binomial_tail(count, trials, rate, parameters.dispersion))
            found.append((account, count, trials, trials * rate))
    if not tests and not found:
        few = f"nobody is in private contact with {parameters.min_minors} people known to be minors"
        context.note("extortion", f"{few}: nothing to test")
    adjusted = benjamini_hochberg(p_values, max(int(tests or 0), len(found)))
    return [Presser(*row, q) for row, q in zip(found, adjusted, strict=True) if q <= parameters.weak_q]


@once
def _minor_contacts(context: DetectionContext) -> Any:
    """account, minors: with how many minors an account is in private contact, whoever wrote first."""
    contacts = context.first_contacts
    met = ibis.union(
        contacts.filter(contacts.target_minor).select(account="initiator"),
        contacts.filter(contacts.initiator_minor & (contacts.replies > 0)).select(account="target"),
    )
    return met.group_by("account").agg(minors=lambda t: t.count())

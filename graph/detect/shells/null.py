"""What does conduct say beside what chance gives?  Likelihood ratios with caps, over strangers and over a home."""

from collections import Counter
from math import comb, log, log1p, log2
from typing import NamedTuple

import numpy as np
from scipy.special import betainc, betaln

from graph.detect.shells.conduct import Conduct, Uses
from graph.detect.shells.contacts import Contacts, Numbers
from graph.detect.shells.marks import SharedMark
from graph.detect.shells.model import Weight, among_many
from graph.detect.shells.names import Names
from graph.detect.shells.parameters import ShellParameters


class DeviceUse(NamedTuple):
    """Of all sessions of those who hold a device (``of``), how many run on those ``devices`` that several of them hold
    and all together use most, and how many accounts these are."""

    on: int
    of: int
    accounts: int
    devices: int


def surprise_bits(tail: float, *, most: float) -> float:
    """log2(0.5 / tail), between 0 and ``most``: one operator shows as much every other time."""
    return most if tail <= 0.0 else max(0.0, min(most, log2(0.5 / tail)))


def company_tail(observed: int, expected: float) -> float:
    """The same for a count whose mean itself varies from pair to pair as an exponential: (μ / (1 + μ))ⁿ."""
    return (expected / (1.0 + expected)) ** observed


def turn_tail(observed: int, expected: float, shape: float) -> float:
    """P(N >= observed) where the mean varies from pair to pair as a gamma of that shape: people have common hours
    that their habits by hour do not show."""
    return float(betainc(observed, shape, expected / (expected + shape))) if observed else 1.0


def overlap_bits(overlaps: int, expected: float, parameters: ShellParameters, *, careless: float = 0.0) -> float:
    """log2 of Poisson likelihoods: most operators are there at once seldom (``slips``), a part of them, ``careless``,
    as often as two people; the means have a floor for slips."""
    if expected <= 0.0 and overlaps == 0:
        return 0.0
    other = max(expected, parameters.least_overlaps)
    same = parameters.slips * (other + 1.0)
    bits = log1p(-careless) + other - same + overlaps * (log(same) - log(other))
    if careless:
        bits = float(np.logaddexp(bits, log(careless)))
    return max(parameters.least_overlap_bits, min(parameters.most_behaviour_bits, bits / log(2.0)))


def turn_weights(
    seen: Conduct, parameters: ShellParameters, *, device: bool, place: bool, crowd: bool, talking: bool = False,
    tied: bool = False,
) -> list[Weight]:
    """Hand-overs, and visits at once that are not known to be on one device.

    ``device``, ``place``, ``tied``: the two share one, or any mark: a chain of marks may lead over two people;
    ``crowd``: one of more people than a home, where lessons and shifts begin and end together; ``talking``: with each
    other, so that where messages are all that shows a visit, one ends where the other answers.
    """
    found = []
    careless = parameters.careless if tied else 0.0
    apart = overlap_bits(seen.overlaps, seen.expected_overlaps, parameters, careless=careless)
    most = parameters.most_turn_bits if device or place else parameters.most_behaviour_bits
    shape = parameters.turn_shape
    bits = surprise_bits(turn_tail(seen.handovers, seen.expected_handovers, shape), most=most)
    # machines that are always there end and begin beside each other all day, and are there at once as often
    answers = talking and seen.window == parameters.loose_handover_s
    if parameters.uses("turns") and bits > 0 and seen.handovers > seen.overlaps and not answers:
        usual = seen.expected_handovers + parameters.home_turns * seen.visits
        at_home = 0.0 if crowd else surprise_bits(turn_tail(seen.handovers, usual, shape), most=most)
        found.append(Weight("hand_overs", "turns", bits, at_home, seen.handovers, seen.expected_handovers, seen))
    if parameters.uses("overlaps") and apart:
        code = "never_at_once" if seen.overlaps == 0 else "at_once"
        found.append(Weight(code, "turns", apart, apart, seen.overlaps, seen.expected_overlaps, seen))
    return found


def device_weights(pair: Numbers, mark: SharedMark, uses: Uses, parameters: ShellParameters) -> list[Weight]:
    """Who shares a tablet with others, or finds a public computer, has devices of one's own as well, and a phone that
    is sold is used by one after the other; an operator's accounts need no other device, and take turns on it.

    All who hold the device are heard, beside the two, with the ``operator_devices`` that they use most of those that
    several of them hold: guests of a café spread over as many machines as there are guests.  Of those who are
    ``listed`` nothing tells what else they use.
    """
    most, found, holders = parameters.exclusive_bits, list[Weight](), uses.holders.get(mark.value, ())
    heard = [who for who in holders if who not in uses.listed]
    if not heard:
        return []
    often, sessions = Counter[str](), Counter[str]()
    for who in holders:
        often.update(uses.by[who].keys())
        sessions.update({device: use.sessions for device, use in uses.by[who].items()})
    several = sorted(device for device, number in often.items() if number > 1)
    common = {*sorted(several, key=sessions.__getitem__, reverse=True)[:parameters.operator_devices]}
    on = [(sum(use.sessions for device, use in uses.by[who].items() if device in common), uses.of[who])
          for who in heard]
    operator, home, strength = parameters.operator_use, parameters.home_use, parameters.use_strength
    bits = sum(_beta_binomial(k, n, operator, strength) - _beta_binomial(k, n, home, strength) for k, n in on)
    bits = max(-most, min(most, bits))
    code = "few_other_devices" if bits > 0 else "devices_of_their_own"
    facts = DeviceUse(sum(k for k, _ in on), sum(n for _, n in on), len(on), len(common))
    found.append(Weight(code, "use", min(bits, parameters.use_bits), bits, facts.on / facts.of, None, facts))
    both = uses.common(*pair)
    if both and not uses.follow(*pair) and all(a.last < b.first or b.last < a.first for a, b in both):
        # the chance that the sessions of two who take turns lie on two sides
        numbers = [sum(use.sessions for use in side) for side in zip(*both, strict=True)]
        apart = max(parameters.least_overlap_bits, 1.0 - log2(comb(sum(numbers), numbers[0])))
        if apart < 0:
            found.append(Weight("device_changed_hands", "use", apart, apart, None, None, facts))
    return found


def succession_weights(pair: Numbers, uses: Uses, parameters: ShellParameters, *, device: bool) -> list[Weight]:
    """The one of two who share something private came when the other was gone for good, as whoever is banned does;
    beside how often any two accounts of the platform follow each other so.  Against one operator it speaks of a
    ``device`` alone, which is handed on."""
    if not uses.follow(*pair):
        return []
    bits = min(parameters.most_behaviour_bits, log2(parameters.succession / max(uses.following, 1e-3)))
    return [Weight("one_after_the_other", "use", bits, bits, None, None)] if device or bits > 0.0 else []


def _beta_binomial(k: int, n: int, mean: float, strength: float) -> float:
    """log2 of the chance of just these k of n (their order given), their rate drawn from a Beta distribution."""
    a, b = mean * strength, (1.0 - mean) * strength
    return float(betaln(a + k, b + n - k) - betaln(a, b)) / log(2.0)


def target_weights(pair: Numbers, contacts: Contacts, parameters: ShellParameters) -> list[Weight]:
    """People to whom both wrote first, the rarest counting most; people of one home have acquaintances in common."""
    company = contacts.company.get(pair)
    if company is None:
        return []
    numbers, circles = [contacts.counts.get(who, 0) for who in pair], len(company.circles)
    expected = [numbers[0] * numbers[1] * contacts.popularity.chance(size) for size in company.circles]
    most = [parameters.most_behaviour_bits * min(2, n) for n in range(1, circles + 1)]
    tails = [company_tail(n, chance) for n, chance in enumerate(expected, start=1)]
    bits = max(map(lambda tail, cap: surprise_bits(tail, most=cap), tails, most))
    if bits <= 0:
        return []
    acquainted = expected[-1] + parameters.acquainted * min(numbers)
    at_home = surprise_bits(company_tail(circles, acquainted), most=most[-1])
    return [Weight("common_targets", "targets", bits, at_home, company.targets, expected[-1], company)]


def talk_weights(messages: int, parameters: ShellParameters) -> list[Weight]:
    """Two people converse."""
    if messages < parameters.talk_messages:
        return []
    bits = parameters.talk_bits
    return [Weight("talk_with_each_other", "talk", bits, bits, messages, None, messages)]


def name_weights(
    pair: Numbers, names: Names, parameters: ShellParameters, *, private: bool, alike: int, at_home: float
) -> list[Weight]:
    """The rarest common name, with its number or without, and whether the one is the other dressed up.

    ``alike``: see ``among_many``; ``at_home``: how often names are alike at home, where a family has one name.
    """
    found, m = names.likeness(*pair), parameters.agreement
    if found is not None:
        dressed = log2(0.5 / names.dressing) if found.dressed else log2(0.5 / (1.0 - names.dressing))
        bits = min(parameters.most_name_bits, log2(m / found.u)) + dressed - among_many(alike, found.u)
        if bits <= 0:
            return []
        home = min(bits, log2(max(1.0, m / at_home)))
        return [Weight("same_name", "name", bits, home, None, found.u * len(names.worn), found)]
    if not private and pair[0] in names.worn and pair[1] in names.worn:
        bits = log2(1.0 - m)
        return [Weight("different_name", "name", bits, bits, None, None)]
    return []

"""What does conduct say?  Hand-overs, visits at once, devices of one's own, birth, common targets, talk, profile."""

from math import log2

import numpy as np

from graph.detect.shells.accounts import Known, Numbers, Profile
from graph.detect.shells.conduct import Common, Conduct
from graph.detect.shells.parameters import ShellParameters
from graph.detect.shells.rooms import Rooms
from graph.detect.shells.surprise import company_bits, overlap_bits, surprise_bits
from graph.detect.shells.weight import Weight


def turn_weights(seen: Conduct, common: Common | None, parameters: ShellParameters, *, crowd: bool) -> list[Weight]:
    """Hand-overs, and visits at once that are not known to be on one device.

    ``crowd``: the two share a place of more than ``home_size`` accounts, where lessons and shifts begin and end
    together: only hand-overs on one private device or address tell one operator from two people there.
    """
    found = []
    most = parameters.most_turn_bits
    bits = surprise_bits(seen.handovers, seen.expected_handovers, most=most)
    apart = overlap_bits(
        seen.overlaps, seen.expected_overlaps, least=parameters.least_overlap_bits, most=parameters.most_behaviour_bits
    )
    if bits > 0 and apart > parameters.least_overlap_bits:
        share = parameters.turn_share if common is None else parameters.device_turn_share
        counted = seen.private if crowd else seen.handovers
        at_place = surprise_bits(counted, seen.expected_handovers + share * seen.visits, most=most)
        found.append(Weight("turns", "hand-overs", bits, at_place, seen.handovers, seen.expected_handovers, seen))
    if apart:
        what = "never online together" if seen.overlaps == 0 else "online together"
        found.append(Weight("turns", what, apart, apart, seen.overlaps, seen.expected_overlaps, seen))
    return found


def device_weights(common: Common, parameters: ShellParameters) -> list[Weight]:
    """Two people of one home who share a tablet also have devices of their own; one operator need not."""
    all_of_it, several, mostly_own = parameters.own_device_bits
    bits = mostly_own if common.least_share < 0.5 else 0.0
    if common.least_share >= parameters.all_share:
        bits = all_of_it + (several if common.devices > 1 else 0.0)
    if not bits:
        return []
    what = "devices of their own" if bits < 0 else "no device of their own"
    return [Weight("devices", what, 0.0, bits, common.least_share, None, common)]


def birth_weights(
    one: Profile, other: Profile, known: Known, parameters: ShellParameters, *, crowd: bool
) -> list[Weight]:
    """Created within an hour; a class does that too, and often brothers and sisters."""
    if one.created is None or other.created is None:
        return []
    gap, births = abs(one.created - other.created), known.births
    if gap > parameters.burst_s:
        return []
    middle = (one.created + other.created) / 2
    near = int(
        np.searchsorted(births, middle + parameters.burst_s, side="right")
        - np.searchsorted(births, middle - parameters.burst_s, side="left")
    )
    u = min(1.0, near / len(births))
    bits = min(parameters.most_behaviour_bits, log2(parameters.m("other") / u))
    if bits <= 0:
        return []
    at_place = 0.0 if crowd else min(bits, parameters.home_birth_bits)
    return [Weight("birth", "registered together", bits, at_place, gap, u, near)]


def target_weights(pair: Numbers, known: Known, parameters: ShellParameters) -> list[Weight]:
    """People to whom both wrote first, the rarest counting most; who share a place have acquaintances in common."""
    company = known.company.get(pair)
    if company is None:
        return []
    numbers, circles = [known.first_contacts.get(who, 0) for who in pair], len(company.circles)
    expected = [numbers[0] * numbers[1] * known.popularity.chance(size) for size in company.circles]
    most = [parameters.target_bits * min(2, n) for n in range(1, circles + 1)]
    bits = max(company_bits(n, chance, most=most[n - 1]) for n, chance in enumerate(expected, start=1))
    if bits <= 0:
        return []
    acquainted = expected[-1] + parameters.acquainted_share * min(numbers)
    at_place = company_bits(circles, acquainted, most=most[-1])
    return [Weight("targets", "common targets", bits, at_place, company.targets, expected[-1], company)]


def room_weights(pair: Numbers, rooms: Rooms, parameters: ShellParameters, *, crowd: bool) -> list[Weight]:
    """Whether both write in the rooms of one habit; who share a home may have it in common, and a class does."""
    found, m = rooms.likeness(*pair), parameters.same_rooms
    if found is None:
        return []
    most = parameters.most_room_bits
    bits = min(most, log2(m * 2.0 ** min(most + 1.0, found.bits) + 1.0 - m))
    at_place = min(bits, 0.0 if crowd else parameters.home_birth_bits)
    what = "same rooms" if bits > 0 else "different rooms"
    return [Weight("rooms", what, bits, at_place, found.alike, None, found)]


def talk_weights(pair: Numbers, known: Known, parameters: ShellParameters) -> list[Weight]:
    """Two people converse."""
    messages, bits = known.talk.get(pair, 0), parameters.talk_bits
    if messages < parameters.talk_messages:
        return []
    return [Weight("talk", "conversation with each other", bits, bits, messages, None, messages)]


def profile_weights(one: Profile, other: Profile, parameters: ShellParameters) -> list[Weight]:
    """Declared gender and ages that differ; little, because shells lie."""
    found = []
    if one.gender and other.gender and one.gender != other.gender:
        bits = parameters.gender_bits
        found.append(Weight("profile", "different declared gender", bits, bits, None, None, (one.gender, other.gender)))
    if one.age is not None and other.age is not None and abs(one.age - other.age) > parameters.age_years:
        bits, gap = parameters.age_bits, abs(one.age - other.age)
        found.append(Weight("profile", "different declared ages", bits, bits, gap, None, (one.age, other.age)))
    return found

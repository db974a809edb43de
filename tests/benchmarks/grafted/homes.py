"""Who shares marks without being one person?  Households, siblings on a tablet, couples, sold phones, libraries."""

import numpy as np

from tests.benchmarks.grafted.marks import Marks, Use
from tests.benchmarks.grafted.stage import DAY, HOUR, Stage
from tests.benchmarks.grafted.words import FAMILIES, GIVEN, STEMS


def settle(stage: Stage, marks: Marks) -> list[tuple[int, ...]]:
    """Lets real people live together; gives the groups that must not be joined.  Called when all chats are grafted."""
    rng = stage.rng("homes")
    free = [w for w in range(stage.count) if w not in marks.devices and w not in stage.role and len(stage.moments[w])]
    free = [free[k] for k in rng.permutation(len(free)).tolist()]
    groups: list[tuple[int, ...]] = []

    def take(count: int, *, minor: bool | None = None, least: int = 1) -> list[int]:
        chosen = [
            w for w in free if (minor is None or stage.minor(w) == minor) and len(stage.moments[w]) >= least
        ][:count]
        for w in chosen:
            free.remove(w)
        return chosen

    many = min(max(1.0, stage.count / 2000), 1.5)
    for _ in range(round(float(rng.uniform(22, 40)) * many)):
        _household(stage, marks, rng, take(int(rng.integers(2, 6))), groups)
    for _ in range(round(float(rng.uniform(5, 9)) * many)):
        _siblings(stage, marks, rng, take(int(rng.choice([2, 2, 3])), minor=True, least=3), groups)
    for _ in range(round(float(rng.uniform(3, 7)) * many)):
        _couple(stage, marks, rng, take(2, minor=False, least=3), groups)
    for _ in range(round(float(rng.uniform(3, 6)) * many)):
        _sold(stage, marks, rng, take(2, least=6), groups)
    for size in (int(rng.integers(3, 5)), int(rng.integers(12, 21))):
        _public(stage, marks, rng, take(size), groups)
    for who in take(int(rng.integers(6, 20))):  # one stem, nothing else
        stage.names[who] = f"{STEMS[0]}{who}"
    return groups


def _home(marks: Marks, rng: np.random.Generator, people: list[int]) -> None:
    address, carrier = marks.new(rng, "ip"), f"100.64.{int(rng.integers(6))}.1"
    for who in people:
        marks.addresses[who] = [Use(address)]
        if rng.random() < 0.6:
            marks.addresses[who].append(Use(carrier, 0.35))


def _talk(stage: Stage, rng: np.random.Generator, people: list[int], share: float) -> None:
    """People of one home write to each other now and then."""
    for k, one in enumerate(people):
        for other in people[k + 1:]:
            if rng.random() < share:
                at = float(rng.choice(stage.moments[one])) + float(rng.uniform(0, HOUR))
                stage.graft(rng, one, other, at, answers=0.95)


def _named(stage: Stage, rng: np.random.Generator, people: list[int]) -> None:
    family = FAMILIES[int(rng.integers(len(FAMILIES)))]
    for k, who in zip(rng.permutation(len(GIVEN)).tolist(), people, strict=False):
        stage.names[who] = f"{GIVEN[k]}_{family}{'' if rng.random() < 0.3 else who}"


def _household(
    stage: Stage, marks: Marks, rng: np.random.Generator, people: list[int], groups: list[tuple[int, ...]]
) -> None:
    """One address, each a device of one's own; some bear one name."""
    if len(people) < 2:
        return
    _home(marks, rng, people)
    for who in people:
        marks.devices[who] = [Use(marks.new(rng, "device"))]
    _talk(stage, rng, people, 0.35)
    if rng.random() < 0.35:
        _named(stage, rng, people)
    groups.append(tuple(people))


def _siblings(
    stage: Stage, marks: Marks, rng: np.random.Generator, people: list[int], groups: list[tuple[int, ...]]
) -> None:
    """One tablet for two or three, each a phone too, which the youngest hardly have."""
    if len(people) < 2:
        return
    _home(marks, rng, people)
    tablet = marks.new(rng, "device")
    marks.alone.add(tablet)
    for who in people:
        marks.devices[who] = [Use(tablet), Use(marks.new(rng, "device"), float(rng.uniform(0.15, 1.2)))]
    _talk(stage, rng, people, 0.6)
    if rng.random() < 0.4:
        _named(stage, rng, people)
    groups.append(tuple(people))


def _couple(
    stage: Stage, marks: Marks, rng: np.random.Generator, people: list[int], groups: list[tuple[int, ...]]
) -> None:
    """A laptop of both, a phone of each; some pay with one card."""
    if len(people) < 2:
        return
    _home(marks, rng, people)
    laptop = marks.new(rng, "device")
    marks.alone.add(laptop)
    for who in people:
        marks.devices[who] = [Use(laptop, float(rng.uniform(0.3, 0.7))), Use(marks.new(rng, "device"), 0.6)]
    _talk(stage, rng, people, 0.8)
    if rng.random() < 0.25:
        card = marks.new(rng, "payment")
        marks.identifiers += [(who, "payment", card) for who in people]
    groups.append(tuple(people))


def _sold(
    stage: Stage, marks: Marks, rng: np.random.Generator, people: list[int], groups: list[tuple[int, ...]]
) -> None:
    """A phone that one had until a day and the other from some days after."""
    if len(people) < 2:
        return
    first, second = sorted(people, key=lambda w: float(np.median(stage.moments[w])))
    at = float((np.median(stage.moments[first]) + np.median(stage.moments[second])) / 2)
    phone = marks.new(rng, "device")
    marks.devices[first] = [Use(phone, 1.0, -1.0, at), Use(marks.new(rng, "device"), 1.0, at)]
    later = at + float(rng.uniform(0.2, 4)) * DAY
    marks.devices[second] = [Use(marks.new(rng, "device"), 1.0, -1.0, later), Use(phone, 1.0, later)]
    groups.append((first, second))


def _public(
    stage: Stage, marks: Marks, rng: np.random.Generator, people: list[int], groups: list[tuple[int, ...]]
) -> None:
    """A computer in a library or café, strangers one after another."""
    if len(people) < 2:
        return
    computer, address = marks.new(rng, "device"), marks.new(rng, "ip")
    for who in people:
        marks.devices[who] = [Use(marks.new(rng, "device")), Use(computer, float(rng.uniform(0.1, 0.5)))]
        marks.addresses[who] = [Use(marks.new(rng, "ip")), Use(address, 0.3)]
    groups.append(tuple(people))

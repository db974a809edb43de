"""A fifth maker: chat platforms of schools, on the contacts and messages of real people.

The backbone is real.  Who stood face to face with whom, second by second, in a high school, a primary school and a
hospital (SocioPatterns) becomes who writes to whom, or who is present in a room with whom; CollegeMsg gives private
messages.  Copies of a stream are relabelled and resampled (days drawn anew, pairs dropped, swapped within a class or
across years), stretched over weeks and merged, so that nearly all minors know each other, densely and in bursts.
``school``: three or four years of pupils with teachers, parents and outsiders.  ``campus``: CollegeMsg as it is, with
ages laid over its communities and public rooms.  ``club``: room talk by who was present when, private chats on the
college's rhythm, no log of sessions, few identifiers, most ages unknown.  ``…-empty``: the same with nothing planted.

Planted people take over the rhythm of real chats: a hub has the openings of one real person who opened as many, with
the real answers and silences.  Beside them stand people who look like them and are harmless.  Truth tells both.
What a fair detection can know: some three in four of a hub's minors have declared their age or told it, one in two
at the club; a few declare 18 and more.  Greeters, guild mates and congratulations differ from crews and convergences
in what is said, in acquaintance, in rooms and in repetition alone.  The college's busiest openers are 18 to 22 and
write to minors in the proportion in which they write to anybody; truth has them as the real people they are.

Written from the contract and the format of the truth; its author had read neither the detections nor another
maker's code (a few figures in the benchmarks' README were seen), and nothing was set by what the detections find.
FILATURE_CONTACT_DATA names the folder of the contact streams (thiers_2012.csv, Primary_School.csv,
Contacts_Hospital.csv: time, both persons, both classes), FILATURE_TEST_DATA that of CollegeMsg.txt.
"""

from pathlib import Path

from tests.benchmarks.grafted.truth import Planted, Truth
from tests.benchmarks.schooling import ages, backbone, companies, innocent, marks, preying, schemes, sharing
from tests.benchmarks.schooling.parts import Cast
from tests.benchmarks.schooling.real import DAY, college
from tests.benchmarks.schooling.world import World

__all__ = ["EMPTY", "SETTINGS", "Truth", "make"]

DAYS = {"school": 91, "campus": 193, "club": 112}
SETTINGS = tuple(DAYS)
EMPTY = tuple(f"{name}-empty" for name in SETTINGS)
BEGIN = 1_704_672_000  # a Monday


def make(setting: str, seed: int, folder: Path, planted: bool = True) -> Truth:
    """Writes the evidence folder of a setting and seed, with ``truth.json``; the same arguments, the same bytes."""
    if setting not in SETTINGS + EMPTY:
        raise ValueError(f"setting is {setting!r}: choose from {', '.join(SETTINGS + EMPTY)}")
    planted = planted and setting in SETTINGS
    lib = college()
    w = World(setting, seed, BEGIN, DAYS[setting.removesuffix("-empty")])
    getattr(backbone, w.kind)(w, lib)
    ages.declare(w)
    innocent.returned(Cast(w, lib, "returned"))
    cast = Cast(w, lib, "innocent")
    for part in (*sharing.ALL, *innocent.ALL):
        part(cast)
    ages.tell(w)
    cases = plant(w) if planted else []
    innocent.reports(Cast(w, lib, "reports"))
    denounced(w, cases)
    owners, never = companies.owners(w, planted)
    ages.begin(w)
    marks.dress(w)
    w.save(folder)
    truth = Truth(
        setting=setting, seed=seed, planted=planted, platform=setting, cases=tuple(cases), neutral=neutral(w, cases),
        households=tuple(w.full(group) for group in w.households),
        benign={w.full([p.id])[0]: p.part for p in w.people.values() if p.part not in ("", "sought") and not p.purpose},
        owners=tuple(owners), not_owners=w.full(never), minors=w.full(p.id for p in w.people.values() if p.minor),
        traits={"days": str(w.days), "accounts": str(len(w.people)), "messages": str(len(w.said))},
    )
    truth.write(folder / "truth.json")
    return truth


def plant(w: World) -> list[Planted]:
    """Everything that is planted; each part with chance of its own."""
    lib, cases = college(), []
    for part in (preying.hubs, preying.crews, preying.convergences, schemes.recruiters, schemes.extortions,
                 schemes.shells):
        cases += part(Cast(w, lib, part.__name__))
    return cases


def denounced(w: World, cases: list[Planted]) -> None:
    """One in four of those who prey is reported by a target."""
    rng = w.stream("denounced")
    for case in cases:
        if case.kind in ("hub", "extortion", "convergence") and case.targets and rng.random() < 0.25:
            on, by = (w.people[full.partition(":")[2]] for full in (rng.choice(case.members), rng.choice(case.targets)))
            at = w.start + int(rng.uniform(0.5, 0.98) * w.days * DAY)
            w.tables["reports"].append(schemes.report(w.end, rng, on, by, at))


def neutral(w: World, cases: list[Planted]) -> dict[str, tuple[str, ...]]:
    """Who counts neither way: those who prey in one way and are named for another; who came back openly."""
    preys = [p.id for p in w.people.values() if p.purpose]
    ring = [case for case in cases if case.kind == "hub" and case.style == "circle"]
    touched = {target for case in cases if case.kind == "ambush" or case in ring for target in case.targets}
    return {
        "hub": w.full(preys), "ambush": w.full(preys), "convergence": tuple(sorted(touched)),
        "recruitment": w.full(p.id for p in w.people.values() if p.purpose in ("hub", "receiver", "extortion")),
        "extortion": w.full(p.id for p in w.people.values() if p.purpose == "shell"),
        "shell": w.full(p.id for p in w.people.values() if p.part == "returned"),
        "room": w.full(r for r in w.rooms if any(n > 14 and w.people[i].purpose for i, n in w.members[r].items())),
    }

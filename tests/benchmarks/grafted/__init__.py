"""Platforms whose people are real: planted cases grafted onto the behaviour of CollegeMsg and Ubuntu IRC.

``make(setting, seed, folder)`` writes a native evidence folder and ``truth.json``; the same arguments give the same
bytes.  Settings: ``college`` (private messages of 1,899 students), ``irc`` (some 4,500 nicks of 40 logged days in a
row; most pairs who address each other do it in private), ``mixed`` (parts of both with cross traffic, some 5,000
accounts); each also with nothing planted (``planted=False`` or ``college-empty``): look-alikes alone.

Real are: who wrote when, with whom, how soon answered and whether at all.  Laid over them are ages (by community, with
homophily), declarations, public rooms, marks.  A graft is a real chat told again between two others at a moment when
both were there.  Words are neutral; only a call or a demand has words of its own.

What is planted, and what a fair detection could know of it:

- hub, ``fast``: 18 to 42 minors in two to four weeks; many of his first contacts are minors, who are not one circle.
- hub, ``slow``: 10 to 15 minors over months; the share of minors, not the count.
- hub, ``waiting``: sits in teenagers' rooms; half of his chats the minors begin.  That he is there explains who is
  there, not that hardly any adult of those rooms is among his contacts.
- hub, ``camouflage``: as many new adults as minors, beside the chats of the real account; what is left is that minors
  are more than his rooms and hours bring, and that they do not know each other.
- hub, ``declares-teen``: an adult who states a teenage age; minors only, unlike a teenager's friends no circle; some
  report him.
- ambush: three to eight adults write first to each of three to eight targets (all minors or all adults) within 15
  minutes, 1 h, 6 h or a day; half of the crews also talk among themselves.
- convergence, ``hours`` / ``months``: five to eleven adults write first to one minor in an evening, or one after
  another over weeks and months; half of them to one to three other minors as well.
- ``neutral`` for convergence are crews' and hubs' minors met by three planted accounts or more.
- recruitment: one person sends a dozen or two to an @account or a link, each in some words of his own; extortion: a
  chat with a minor, a request, then a demand.
- shell: a real account's chats divided over two to six accounts, tied by ``device``, ``address and name``,
  ``payment`` (or also cookie), ``cookie``, ``most sessions`` on a device that they alone hold, or a ``chain`` of
  three kinds of mark.  They never write to each other and (nearly always) are never there at once.
- owner: one to three operators, owned by a chain, two ways, a circle, through a nominee, or by successive owners.

Harmless, labelled in ``benign`` or ``households``: tutors, coaches, older siblings, young adults, hosts, greeters,
idols, teenagers who know many, advertisers, moderators, a helpline, friends who go together, a class, regulars (in a
third of the platforms a rush on arrivals is custom), popular minors, birthdays, sellers, lenders, who quotes a demand,
inviters; households, siblings on a tablet, couples with a laptop, sold phones, public computers, schools, carriers,
popular names.  Nobody else is labelled: they are simply real people.
"""

from collections import Counter
from pathlib import Path

from tests.benchmarks.grafted.calls import plant_calls, plant_sayings
from tests.benchmarks.grafted.circles import plant_circles
from tests.benchmarks.grafted.crews import plant_companions, plant_crews
from tests.benchmarks.grafted.gatherings import plant_convergence, plant_popular
from tests.benchmarks.grafted.homes import settle
from tests.benchmarks.grafted.hubs import plant_hubs
from tests.benchmarks.grafted.marks import Marks, ordinary
from tests.benchmarks.grafted.officials import false_reports, plant_officials
from tests.benchmarks.grafted.opening import opened
from tests.benchmarks.grafted.owners import register
from tests.benchmarks.grafted.rings import plant_rings
from tests.benchmarks.grafted.stage import Stage
from tests.benchmarks.grafted.traits import EMPTY, SETTINGS
from tests.benchmarks.grafted.truth import Owned, Planted, Truth
from tests.benchmarks.grafted.write_out import write_out

__all__ = ["EMPTY", "SETTINGS", "Owned", "Planted", "Truth", "make"]


def make(setting: str, seed: int, folder: Path, *, planted: bool = True) -> Truth:
    """Writes the platform of that setting and seed into ``folder`` and gives its truth; the platform is called by the
    setting's name.  Errors: ``ValueError`` for a setting that does not exist."""
    name = setting.removesuffix("-empty")
    if name not in SETTINGS:
        raise ValueError(f"no setting {setting!r}: choose from {', '.join([*SETTINGS, *EMPTY])}")
    planted = planted and name == setting
    marks = Marks()
    stage = opened(name, seed)
    if planted:
        plant_rings(stage, marks)
    stage.index()
    plant_companions(stage)
    if planted:
        plant_hubs(stage)
        plant_crews(stage)
        plant_convergence(stage)
        plant_calls(stage)
    _spare_the_often_met(stage)
    plant_circles(stage)
    plant_popular(stage)
    plant_officials(stage)
    plant_sayings(stage)
    false_reports(stage)
    groups = settle(stage, marks)
    ordinary(stage, marks, stage.rng("marks"))
    owners = register(stage.rng("owners"), name, planted=planted)
    return write_out(stage, marks, owners, groups, folder, planted=planted)


def _spare_the_often_met(stage: Stage) -> None:
    """A minor whom three planted accounts or more seek out is no false convergence, though none was planted on it."""
    met = Counter(
        target for note in stage.notes if note.kind in ("hub", "ambush", "extortion", "convergence")
        for target in note.targets for _ in note.members
    )
    central = {note.targets[0] for note in stage.notes if note.kind == "convergence"}
    stage.spare("convergence", sorted(w for w, times in met.items() if times >= 3 and w not in central))

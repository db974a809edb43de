"""Simulated platforms: nothing is drawn from wanted statistics, everything comes of what people there do.

People have a week, an age, places they like, friends, a home, a school, devices.  In a visit they see who else is
there, talk, write to whom they know or would like to know, and answer or do not.  Those who prey are people with a
purpose beside that; others are busy for harmless reasons.  The truth is told from what happened.
"""

import random
from pathlib import Path

from tests.benchmarks.simulated.folder import Folder
from tests.benchmarks.simulated.lookalikes import harmless
from tests.benchmarks.simulated.marks import marks
from tests.benchmarks.simulated.owners import register
from tests.benchmarks.simulated.plants import Plants, plant
from tests.benchmarks.simulated.setting import EMPTY, SETTINGS, Setting
from tests.benchmarks.simulated.society import settle
from tests.benchmarks.simulated.telling import Ground, Told, tell
from tests.benchmarks.simulated.world import World

__all__ = ["EMPTY", "SETTINGS", "Ground", "Setting", "Told", "make"]


def make(setting: str | Setting, seed: int, folder: Path) -> Told:
    """Simulates the platform and writes its evidence folder with ``truth.json``; the same bytes for the same seed."""
    chosen = {**SETTINGS, **EMPTY}[setting] if isinstance(setting, str) else setting
    word = f"{chosen.seed_word}/{seed}"
    society = settle(chosen, random.Random(f"{word}/society"))
    parts = harmless(society, random.Random(f"{word}/harmless"))
    plants = plant(society, parts.labels, random.Random(f"{word}/plants")) if chosen.planted else Plants()
    world = World(chosen, society.people, society.places, society.net, f"{word}/world")
    parts.plan(world)
    plants.plan(world)
    world.run()
    traces = marks(society.people, random.Random(f"{word}/marks"))
    companies = register(chosen.seed_word, chosen.planted, random.Random(f"{word}/owners"))
    kept = Folder(folder, chosen, random.Random(f"{word}/folder")).write(world, traces, companies)
    truth = tell(world, society, parts, plants, traces, kept, companies, seed)
    truth.write(folder / "truth.json")
    return truth

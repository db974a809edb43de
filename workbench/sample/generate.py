"""How is a synthetic platform made from a seed?  People, parts, presence, chats, network, files: one after another."""

import shutil
from datetime import datetime, time
from pathlib import Path

import numpy as np

from workbench.sample.cast.crews import act_convergences, act_crews, cast_crews, plan_convergences, plan_crews
from workbench.sample.cast.crowds import act_crowds, cast_crowds, plan_crowds
from workbench.sample.cast.hubs import act_extorters, act_hubs, act_recruiters, cast_callers, cast_hubs
from workbench.sample.cast.rings import act_rings, cast_rings, hand_over
from workbench.sample.cast.service import act_service, cast_service, plan_service
from workbench.sample.cast.side_rooms import act_visitors, cast_visitors, plan_side_rooms, with_side_rooms
from workbench.sample.clock import Clock
from workbench.sample.contacts import converse, mingle
from workbench.sample.messages import room_talk, write_texts
from workbench.sample.network import connect, house, identifiers
from workbench.sample.owners import register
from workbench.sample.people import make_rooms, populate
from workbench.sample.presence import Presence, Sessions, extra_sessions, ordinary_sessions
from workbench.sample.scene import Scene
from workbench.sample.truth import Truth
from workbench.sample.world import World
from workbench.sample.write import write_folder


def generate(folder: Path, *, seed: int = 1, world: World | None = None, case: str = "sample") -> Truth:
    """Write a synthetic platform as a native evidence folder, and ``truth.json`` beside the folder.

    Everything is drawn from ``seed``: the same seed and world give the same bytes.  ``case`` is the case the folder
    will be ingested into; companies and persons carry it in the truth.  An existing folder is replaced.
    """
    world = world if world is not None else World()
    rng, aside = np.random.default_rng([seed, 0x5EED]), np.random.default_rng([seed, 0xA51DE])
    days = int(rng.integers(world.days[0], world.days[1] + 1))
    clock = Clock(datetime.combine(world.start, time()), days, world.zone, world.rhythm)
    side = plan_side_rooms(world, aside)
    rooms = with_side_rooms(make_rooms(world, rng), side)
    scene = Scene(world, clock, rooms, populate(world, clock, rooms, rng), rng)

    hubs, crews, rings = cast_hubs(scene), cast_crews(scene), cast_rings(scene)
    recruiters, extorters = cast_callers(scene)
    service, crowds = cast_service(scene), cast_crowds(scene)
    visitors = cast_visitors(scene, side, aside)
    house(scene)

    base = ordinary_sessions(scene.people, clock, rng)
    base = hand_over(scene, base, rings)
    plans = plan_crews(scene, base, crews)
    single = plan_convergences(scene, base)
    plan_service(scene, service)
    plan_crowds(scene, crowds)
    sessions = extra_sessions(base, scene.bookings())
    presence = Presence(sessions, rooms.size)
    arrivals = _arrivals(sessions, scene)

    act_crews(scene, presence, crews, plans)
    act_convergences(scene, single)
    act_hubs(scene, presence, hubs)
    act_recruiters(scene, presence, recruiters)
    act_extorters(scene, presence, extorters)
    act_service(scene, presence, service, arrivals)
    act_crowds(scene, presence, crowds, arrivals)
    act_rings(scene, presence, rings)
    act_visitors(scene, presence, visitors, aside)
    mingle(scene.people, presence, scene.openings, rng)

    talk = converse(scene.openings, presence, clock, rng)
    messages = write_texts(scene, talk, room_talk(scene, sessions))
    network = connect(scene, sessions, rings)
    marks = identifiers(scene, network, rings)
    book = register(scene, case)

    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    truth = write_folder(folder, scene, sessions, messages, network, marks, book, seed=seed, case=case)
    (folder.parent / "truth.json").write_text(truth.to_json(), encoding="utf-8")
    return truth


def _arrivals(sessions: Sessions, scene: Scene) -> Sessions:
    """First sessions of those who arrive inside the window, by time."""
    first = np.concatenate([[True], sessions.who[1:] != sessions.who[:-1]])
    new = np.flatnonzero(first & (scene.people.arrive[sessions.who] >= scene.clock.start))
    new = new[np.argsort(sessions.start[new], kind="stable")]
    return Sessions(sessions.who[new], sessions.start[new], sessions.end[new], sessions.room[new])

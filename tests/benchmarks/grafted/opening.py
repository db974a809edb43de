"""Who is on the platform before anything is planted?  People and messages of a setting, with rooms and ages."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.grafted.ages import ages, communities, declared
from tests.benchmarks.grafted.backbone import DAY, Backbone, college, irc
from tests.benchmarks.grafted.stage import Stage
from tests.benchmarks.grafted.traits import traits

_PRIVATE = 0.75  # of the pairs of an IRC channel who address each other, so many do it in private


def opened(setting: str, seed: int) -> Stage:
    """The stage of that platform, not yet indexed, so that accounts may still be split."""
    rules = traits(setting, seed)
    rng = np.random.default_rng([seed, len(setting), 2])
    backbone = people(setting, rng)
    group = communities(backbone, rng)
    real = ages(backbone, group, rules, rng)
    private = _private(backbone, rng)
    written = np.bincount(backbone.sender, minlength=backbone.count)
    stage = Stage(
        setting, seed, rules, backbone.span, real, declared(real, written, rules, rng), group,
        backbone.at.tolist(), backbone.sender.tolist(), np.where(private, backbone.recipient, -1).tolist(),
        np.where(private, -1, 0).tolist(), [None] * len(backbone.at),
        role=dict.fromkeys(sorted(backbone.bot), "bot"),
    )
    for bot in backbone.bot:
        stage.age[bot], stage.declared[bot] = 30, None
    _furnish(stage, rng)
    return stage


def people(setting: str, rng: np.random.Generator) -> Backbone:
    """The real messages of a setting: all of CollegeMsg, some 40 days of IRC in a row, or a part of both."""
    if setting == "college":
        return college()
    if setting == "irc":
        return _days(rng, irc(), int(rng.integers(36, 46)))
    students = _some(rng, college(), 0.85)
    channel = _some(rng, _days(rng, irc(), int(rng.integers(40, 50))), 0.72)
    return _side_by_side(rng, students, channel)


def _days(rng: np.random.Generator, whole: Backbone, days: int) -> Backbone:
    day = (whole.at // DAY).astype(int)
    first = int(rng.integers(0, day.max() + 2 - days))
    return whole.only((day >= first) & (day < first + days))


def _some(rng: np.random.Generator, whole: Backbone, share: float) -> Backbone:
    """Those people, and what they wrote to each other or to nobody in particular."""
    kept = np.append(rng.random(whole.count) < share, True)
    return whole.only(kept[whole.sender] & kept[whole.recipient])


def _side_by_side(rng: np.random.Generator, one: Backbone, two: Backbone) -> Backbone:
    """Both on one platform, the second beginning in the first's third week; some write across, as they do at home."""
    shifted = two.at + 14 * DAY
    at = np.concatenate([one.at, shifted])
    sender = np.concatenate([one.sender, two.sender + one.count])
    recipient = np.concatenate([one.recipient, np.where(two.recipient >= 0, two.recipient + one.count, -1)])
    channel = np.concatenate([one.channel, two.channel])
    # One chat in twenty-five has its other side changed for somebody of the other half who was there in that hour.
    order = np.argsort(at, kind="stable")
    at, sender, recipient, channel = at[order], sender[order], recipient[order], channel[order]
    half = sender >= one.count
    pairs: dict[tuple[int, int], list[int]] = {}
    for row in np.flatnonzero(recipient >= 0).tolist():
        a, b = int(sender[row]), int(recipient[row])
        pairs.setdefault((min(a, b), max(a, b)), []).append(row)
    for rows in pairs.values():
        first = rows[0]
        if rng.random() > 0.06:
            continue
        low, high = np.searchsorted(at, [at[first] - 3600, at[first] + 3600])
        there = np.unique(sender[low:high][half[low:high] != half[first]])
        if len(there):
            left, new = int(recipient[first]), int(there[rng.integers(len(there))])
            for row in rows:
                if recipient[row] == left:
                    recipient[row] = new
                else:
                    sender[row] = new
    return Backbone(at, sender, recipient, channel, one.count + two.count, frozenset(b + one.count for b in two.bot))


def _private(backbone: Backbone, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which messages are private: all that never were public, and the talk of most pairs who address each other."""
    low = np.minimum(backbone.sender, backbone.recipient)
    high = np.maximum(backbone.sender, backbone.recipient)
    _, pair = np.unique(low * (backbone.count + 1) + high, return_inverse=True)
    apart = rng.random(pair.max() + 1) < _PRIVATE
    private: NDArray[np.bool_] = (backbone.recipient >= 0) & (~backbone.channel | apart[pair])
    return private


def _furnish(stage: Stage, rng: np.random.Generator) -> None:
    """A lobby and a room a community; what was public is spread over them, and private writers are seen there too."""
    size = Counter(stage.community)
    large = [c for c, n in sorted(size.items()) if n >= 20][:20]
    many = stage.traits.rooms == "many"
    stage.rooms = ["lobby"]
    if many:
        for c in large:
            stage.room_of[c] = len(stage.rooms)
            stage.rooms.append(f"room {len(stage.rooms)}")
    else:
        stage.rooms.append("news")
    rate = float(rng.uniform(0.12, 0.35)) if many else float(rng.uniform(0.005, 0.03))
    own = float(rng.uniform(0.35, 0.7))
    lot = rng.random((len(stage.at), 3))
    for row in range(len(stage.at)):
        home = stage.room_of.get(stage.community[stage.sender[row]], 0)
        place = home if lot[row, 0] < own else 0 if lot[row, 0] < 0.95 else int(lot[row, 2] * len(stage.rooms))
        if stage.recipient[row] < 0:
            stage.room[row] = place
        elif lot[row, 1] < rate and stage.sender[row] not in stage.role:
            stage.post(max(0.0, stage.at[row] + 600 * (lot[row, 2] - 0.5)), stage.sender[row], place)

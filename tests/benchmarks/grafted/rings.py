"""Which accounts are one person's?  A real account's chats divided over two to six accounts.

So the accounts have one rhythm, never write in the same second and do not write to each other; what ties them is the
style: a device; an address and names; a payment mark or a cookie only; a device for most sessions; a chain of marks.
"""

from itertools import pairwise

import numpy as np

from tests.benchmarks.grafted.marks import Marks, Use
from tests.benchmarks.grafted.stage import Note, Stage
from tests.benchmarks.grafted.words import variants

STYLES = ("device", "address and name", "payment", "cookie", "most sessions", "chain")
_PAUSE = 1800.0


def plant_rings(stage: Stage, marks: Marks) -> None:
    """Seven to ten rings, each style at least once; called before the stage is indexed."""
    rng = stage.rng("rings")
    styles = [*STYLES, *(("device", "most sessions", *STYLES)[k] for k in rng.integers(8, size=4).tolist())]
    for style in styles[: int(rng.integers(7, 11))]:
        low = 3 if style in ("device", "most sessions") else 2
        members = _split(stage, rng, int(rng.integers(low, low + 4)))
        if not members:
            continue
        group = len(stage.notes)
        for who in members:
            stage.used.add(who)
            if rng.random() < 0.9:
                marks.operator[who] = group
        _tie(stage, marks, rng, style, members)
        stage.notes.append(Note("shell", style, tuple(members)))


def _split(stage: Stage, rng: np.random.Generator, count: int) -> list[int]:
    """Divides an account that is large enough; the accounts' own numbers, none where nobody is large enough."""
    rows: dict[int, list[int]] = {}
    partners: dict[int, set[int]] = {}
    for row, (a, b) in enumerate(zip(stage.sender, stage.recipient, strict=True)):
        rows.setdefault(a, []).append(row)
        if b >= 0:
            rows.setdefault(b, []).append(row)
            partners.setdefault(a, set()).add(b)
            partners.setdefault(b, set()).add(a)
    for need in (5, 3, 2):
        fits = sorted(
            w for w, met in partners.items()
            if need * count <= len(met) <= 20 * count and w not in stage.used and w not in stage.role
        )
        if fits:
            break
    else:
        return []
    who = fits[int(rng.integers(len(fits)))]
    adult = bool(rng.random() < 0.8)
    members = [who]
    for _ in range(count - 1):
        members.append(stage.count)
        stage.age.append(max(stage.age[who], 18) if adult else stage.age[who])
        stage.community.append(stage.community[who])
        said = int(np.clip(stage.age[-1] + rng.integers(-6, 12), 14, 60))
        stage.declared.append(None if rng.random() > stage.traits.declared else said)
    if adult:
        stage.age[who] = max(stage.age[who], 18)
        if (stage.declared[who] or 18) < 18:
            stage.declared[who] = stage.age[who]
    share = rng.dirichlet(np.full(count, 3.0))
    of: dict[int, int] = {}
    for k, other in enumerate(rng.permutation(sorted(partners[who])).tolist()):
        of[other] = members[k % count] if k < 2 * count else members[int(rng.choice(count, p=share))]
    now, last = who, -1e9
    for row in sorted(rows[who], key=lambda r: stage.at[r]):
        if stage.recipient[row] == who:
            stage.recipient[row] = of[stage.sender[row]]
        elif stage.recipient[row] >= 0:
            stage.sender[row] = now = of[stage.recipient[row]]
        else:
            if stage.at[row] - last > _PAUSE:
                now = members[int(rng.choice(count, p=share))]
            stage.sender[row] = now
        last = stage.at[row]
    return members


def _tie(stage: Stage, marks: Marks, rng: np.random.Generator, style: str, members: list[int]) -> None:
    """The marks of that style; what the style does not share, each account has of its own."""
    home, device = marks.new(rng, "ip"), marks.new(rng, "device")
    marks.alone.add(device)
    carrier = f"100.64.{int(rng.integers(6))}.1"
    with_home = style == "address and name" or (style in ("device", "most sessions") and rng.random() < 0.7)
    own_share = float(rng.uniform(0.2, 0.6))
    for who in members:
        own = Use(marks.new(rng, "device"), own_share)
        marks.devices[who] = {"device": [Use(device)], "most sessions": [Use(device), own]}.get(style, [own])
        marks.addresses[who] = [Use(home if with_home else marks.new(rng, "ip"))]
        if rng.random() < 0.6:
            marks.addresses[who].append(Use(carrier, 0.3))
    if style == "address and name" or (style != "chain" and rng.random() < 0.2):
        for who, name in zip(members, variants(rng, len(members)), strict=True):
            stage.names[who] = name
    if style in ("payment", "cookie"):
        shared = {style: marks.new(rng, style)}
        if rng.random() < 0.4:
            shared |= {kind: marks.new(rng, kind) for kind in ("payment", "cookie") if kind != style}
        marks.identifiers += [(who, kind, value) for kind, value in shared.items() for who in members]
    if style == "chain":
        kinds = [("device", "payment", "phone", "cookie", "email")[k] for k in rng.permutation(5).tolist()]
        for k, (one, other) in enumerate(pairwise(members)):
            kind = kinds[k % 3]
            value = marks.new(rng, kind)
            for who in (one, other):
                if kind == "device":
                    marks.devices[who].append(Use(value, 1.0))
                else:
                    marks.identifiers.append((who, kind, value))

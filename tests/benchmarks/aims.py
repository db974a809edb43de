"""What is aimed at, in every setting and on every maker?"""

from collections.abc import Iterator, Sequence

from tests.benchmarks.measured import Measured
from tests.benchmarks.tables import by_setting, counted, mean

CHANCE = 0.02
STRONG_RIGHT, MODERATE_RIGHT = 0.95, 0.60
BUDGET = 2.0
"""Moderate or better leads per 1,000 accounts where nothing is planted."""


def missed(measured: Sequence[Measured]) -> Iterator[str]:
    """A line for every aim that is missed."""
    planted = [item for item in measured if item.planted]
    for (maker, setting), items in by_setting(planted).items():
        for kind, figure in (("hub", "average precision"), ("shell", "pair F1")):
            own = mean(items, kind, figure)
            names = {name for item in items for name in item.figures.get(kind, {}) if name.startswith("baseline")}
            best = max((mean(items, kind, name) or 0.0 for name in names), default=None)
            if own is not None and best is not None and own < best - CHANCE:
                yield f"{kind}, {maker} {setting}: {figure} {own:.2f}, the best baseline has {best:.2f}"
    for maker in dict.fromkeys(item.maker for item in planted):
        yield from _maker(maker, [item for item in planted if item.maker == maker])
    yield from _nothing_planted([item for item in measured if not item.planted])


def _maker(maker: str, items: Sequence[Measured]) -> Iterator[str]:
    for kind, figure, least in (("hub", "average precision", 0.90), ("shell", "pair F1", 0.88)):
        own = mean(items, kind, figure)
        if own is not None and own < least:
            yield f"{kind}, {maker}: {figure} {own:.3f}, aim {least:.2f}"
    for kind, share, strong, moderate in (("ambush", 0.85, 0.5, 2.0), ("convergence", 0.80, 1.0, 1.0)):
        count, platforms = counted(items, kind), len(items)
        if count["planted"] and count["found"] < share * count["planted"]:
            yield f"{kind}, {maker}: found {count['found']} of {count['planted']}, aim {share:.0%}"
        wrong = count["wrong moderate"] + (count["wrong strong"] if kind == "convergence" else 0)
        if wrong > moderate * platforms:
            yield f"{kind}, {maker}: {wrong} wrong moderate leads on {platforms} platforms, aim {moderate:g} a platform"
        if count["wrong strong"] > strong * platforms:
            yield f"{kind}, {maker}: {count['wrong strong']} wrong strong leads on {platforms} platforms"
    joined = sum(item.counts["shell"]["households in strong"][0] for item in items if item.counts.get("shell"))
    if joined:
        yield f"shell, {maker}: {joined} households in strong leads, aim none"
    for name, aim in (("exact", 1.0), ("never owners named", 0.0)):
        parts = [item.counts["owner"][name] for item in items if name in item.counts.get("owner", {})]
        if whole := sum(total for _, total in parts):
            found = sum(part for part, _ in parts) / whole
            if found != aim:
                yield f"owner, {maker}: {name} {found:.3f}, aim {aim:g}"
    for kind in dict.fromkeys(lead.kind for item in items for lead in item.leads):
        count = counted(items, kind)
        for tier, least in (("strong", STRONG_RIGHT), ("moderate", MODERATE_RIGHT)):
            judged = count[f"right {tier}"] + count[f"wrong {tier}"]
            if judged and count[f"right {tier}"] < least * judged:
                yield f"{kind}, {maker}: {tier} right in {count[f'right {tier}']} of {judged}, aim {least:.0%}"
    for lead in (lead for item in items for lead in item.leads):
        if lead.q_value is not None and lead.q_value > 0.2 and lead.tier != "weak":
            yield f"{lead.kind}, {maker}: a {lead.tier} lead with q {lead.q_value:.2g}"


def _nothing_planted(empty: Sequence[Measured]) -> Iterator[str]:
    if not empty:
        return
    strong = sum(lead.tier == "strong" for item in empty for lead in item.leads)
    if strong:
        yield f"nothing planted: {strong} strong leads on {len(empty)} platforms, aim none"
    for (maker, setting), items in by_setting(empty).items():
        accounts = sum(item.accounts for item in items)
        upper = sum(lead.tier != "weak" for item in items for lead in item.leads)
        if upper > BUDGET * accounts / 1000:
            yield f"nothing planted, {maker} {setting}: {1000 * upper / max(accounts, 1):.2f} per 1,000, aim {BUDGET:g}"

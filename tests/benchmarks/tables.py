"""The figures of many platforms as Markdown: by kind, a row a maker and setting, the baselines in the same table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from tests.benchmarks.calibration import as_they_are, left_out
from tests.benchmarks.measured import UPPER, Measured

KINDS = ("hub", "ambush", "convergence", "shell", "recruitment", "extortion", "owner", "room")


def tables(measured: Sequence[Measured]) -> str:
    """All tables of these platforms."""
    planted = [item for item in measured if item.planted]
    parts = [_kind(kind, planted) for kind in KINDS if any(kind in item.figures for item in planted)]
    parts += [_promises(planted), _styles(planted), _wrong(planted)]
    empty = [item for item in measured if not item.planted]
    if empty:
        parts.append(_budget(empty))
    return "\n".join(part for part in parts if part)


def by_setting(measured: Iterable[Measured]) -> dict[tuple[str, str], list[Measured]]:
    """Platforms by maker and setting, in the order measured."""
    groups: dict[tuple[str, str], list[Measured]] = {}
    for item in measured:
        groups.setdefault((item.maker, item.setting), []).append(item)
    return groups


def mean(items: Iterable[Measured], kind: str, figure: str) -> float | None:
    """The mean of a figure over the platforms that have it."""
    values = [item.figures[kind][figure] for item in items if figure in item.figures.get(kind, {})]
    return fmean(values) if values else None


def counted(items: Sequence[Measured], kind: str) -> dict[str, int]:
    """Planted cases, those found moderate or better and strong, and wrong leads by tier."""
    sought = [case for item in items for case in item.sought if case.kind == kind]
    wrong = Counter(lead.tier for item in items for lead in item.leads if lead.kind == kind and lead.right is False)
    right = Counter(lead.tier for item in items for lead in item.leads if lead.kind == kind and lead.right)
    return {
        "planted": len(sought), "found": sum(case.tier in UPPER for case in sought),
        "strong": sum(case.tier == "strong" for case in sought),
        "wrong strong": wrong["strong"], "wrong moderate": wrong["moderate"],
        "right strong": right["strong"], "right moderate": right["moderate"],
    }


def _kind(kind: str, planted: Sequence[Measured]) -> str:
    names = list(dict.fromkeys(name for item in planted for name in item.figures.get(kind, {})))
    shares = list(dict.fromkeys(name for item in planted for name in item.counts.get(kind, {})))
    heads = ["maker, setting", "platforms", *names, "found", "strong", "wrong strong", "wrong moderate", *shares]
    lines = [f"## {kind}", "", "| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    groups = by_setting(item for item in planted if kind in item.figures)
    rows = [(f"{maker}, {setting}", items) for (maker, setting), items in groups.items()]
    for maker in dict.fromkeys(maker for maker, _ in groups):
        rows.append((f"**{maker}**", [item for (name, _), items in groups.items() for item in items if name == maker]))
    for label, items in rows:
        count = counted(items, kind)
        cells = [label, str(len(items))]
        for name in names:
            value = mean(items, kind, name)
            cells.append("" if value is None else f"{value:.2f}")
        cells += [f"{count['found']} of {count['planted']}", str(count["strong"]), str(count["wrong strong"]),
                  str(count["wrong moderate"])]
        for name in shares:
            parts = [item.counts[kind][name] for item in items if name in item.counts.get(kind, {})]
            cells.append(f"{sum(part for part, _ in parts)} of {sum(whole for _, whole in parts)}")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _promises(planted: Sequence[Measured]) -> str:
    """Right leads by tier as they are, and with bounds chosen on the other makers."""
    makers = list(dict.fromkeys(item.maker for item in planted))
    heads = ("kind, maker", "strong right", "moderate right", "found", "bounds of the others: strong", "moderate",
             "found")
    lines = ["## Tiers as promises", "", "| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for kind in KINDS:
        for maker in makers:
            own = [item for item in planted if item.maker == maker]
            if not any(case.kind == kind for item in own for case in item.sought):
                continue
            others = [item for item in planted if item.maker != maker]
            now = as_they_are(kind, own)
            cells = [f"{kind}, {maker}", _of(now.strong), _of(now.moderate), _of(now.found)]
            if others:
                then = left_out(kind, own, others)
                cells += [_of(then.strong), _of(then.moderate), _of(then.found)]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _styles(planted: Sequence[Measured]) -> str:
    """Found of planted, by kind, maker and hard case."""
    lines = ["## Hard cases", "", "| kind, maker, case | moderate or better | strong |", "|---|---|---|"]
    tally: dict[tuple[str, str, str], list[str | None]] = {}
    for item in planted:
        for case in item.sought:
            tally.setdefault((case.kind, item.maker, case.style), []).append(case.tier)
    for (kind, maker, style), tiers in sorted(tally.items()):
        upper = sum(tier in UPPER for tier in tiers)
        strong = sum(tier == "strong" for tier in tiers)
        lines.append(f"| {kind}, {maker}, {style} | {upper} of {len(tiers)} | {strong} |")
    return "\n".join(lines) + "\n"


def _wrong(planted: Sequence[Measured]) -> str:
    """Who is accused wrongly, by the part they play."""
    tally = Counter(
        (lead.kind, item.maker, lead.part, lead.tier) for item in planted for lead in item.leads
        if lead.right is False and lead.tier in UPPER
    )
    lines = ["## Wrong leads", "", "| kind, maker, part | strong | moderate |", "|---|---|---|"]
    for kind, maker, part in sorted({key[:3] for key in tally}):
        strong, moderate = (tally[kind, maker, part, tier] for tier in UPPER)
        lines.append(f"| {kind}, {maker}, {part} | {strong} | {moderate} |")
    return "\n".join(lines) + "\n"


def _budget(empty: Sequence[Measured]) -> str:
    """Leads where nothing is planted: none should be strong, two moderate ones a thousand accounts at most."""
    heads = ("maker, setting", "platforms", "accounts", "strong", "moderate", "upper tiers per 1,000", "of which")
    lines = ["## Nothing planted", "", "| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for (maker, setting), items in by_setting(empty).items():
        accounts = sum(item.accounts for item in items)
        tiers = Counter(lead.tier for item in items for lead in item.leads)
        upper = tiers["strong"] + tiers["moderate"]
        kinds = Counter(lead.kind for item in items for lead in item.leads if lead.tier in UPPER)
        said = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
        lines.append(
            f"| {maker}, {setting} | {len(items)} | {accounts} | {tiers['strong']} | {tiers['moderate']} | "
            f"{1000 * upper / max(accounts, 1):.2f} | {said} |"
        )
    return "\n".join(lines) + "\n"


def _of(pair: tuple[int, int]) -> str:
    return f"{pair[0]} of {pair[1]}"

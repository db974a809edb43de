"""What was found of what was planted, and what is strong and wrong."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from graph.detect.finding import Finding
from tests.benchmarks.outside.cases import Answers, Told

Line = tuple[str, str]
LEVELS = ("strong", "moderate", "weak")


def score(
    answers: Answers, findings: list[Finding], kinds: Sequence[str] = ("all",)
) -> tuple[Counter[tuple[str, str, str]], list[str]]:
    """Counts by (kind, case, what) and a line for each miss and each lead on somebody innocent, for the kinds run."""
    count: Counter[tuple[str, str, str]] = Counter()
    told: list[str] = []
    for plant in answers.guilty:
        if "all" not in kinds and plant.kind not in kinds:
            continue
        best = min((LEVELS.index(f.tier) for f in findings if _finds(plant, f)), default=3)
        count[plant.kind, plant.name, "planted"] += 1
        count[plant.kind, plant.name, "moderate"] += best <= 1
        count[plant.kind, plant.name, "strong"] += best == 0
        count[plant.kind, plant.name, "any"] += best <= 2
        if best > 1:
            told.append(
                f"missed {plant.kind} / {plant.name}: {sorted(plant.members)[:3]} {'weak' if best == 2 else 'nothing'}"
            )
        if plant.kind in ("recruitment", "extortion", "hub"):
            for finding in findings:
                if _finds(plant, finding):
                    count[plant.kind, "targets", "right"] += len(plant.targets & set(finding.targets))
                    count[plant.kind, "targets", "planted"] += len(plant.targets)
        if plant.kind == "recruitment" and best <= 1:
            named = (f.reasons[0].values["names"].value for f in findings if _finds(plant, f))
            said = " ".join(name for names in named for name in names)
            count["recruitment", "named", "right"] += plant.also.casefold() in said.casefold()
            count["recruitment", "named", "planted"] += 1
    for finding in findings:
        if finding.tier == "weak" or finding.kind in ("owner", "room"):
            continue
        count[finding.kind, "leads", finding.tier] += 1
        if not _right(answers, finding):
            who = _innocent(answers, finding)
            count[finding.kind, f"wrong: {who}", finding.tier] += 1
            told.append(f"wrong {finding.tier} {finding.kind} {finding.finding_id} {list(finding.members)[:4]}: {who}")
    _pairs(answers, findings, count)
    _owners(answers, findings, count, told)
    return count, told


def _finds(plant: Told, finding: Finding) -> bool:
    if finding.kind != plant.kind:
        return False
    members = set(finding.members)
    if plant.kind == "convergence":
        return set(finding.targets) == plant.targets and 2 * len(members & plant.members) >= len(plant.members)
    if plant.kind in ("ambush", "shell"):
        return 3 * len(members & plant.members) >= 2 * len(plant.members)
    return members == plant.members


def _right(answers: Answers, finding: Finding) -> bool:
    """Most of a group's members are one planted group; seekers of minors of any kind count neither way as hubs."""
    members = set(finding.members)
    if finding.kind == "hub":
        return any(
            members <= plant.members
            for plant in answers.guilty
            if plant.kind in ("hub", "ambush", "extortion", "convergence")
        )
    if finding.kind == "convergence":
        return any(
            set(finding.targets) <= plant.targets for plant in answers.guilty if plant.kind in ("convergence", "ambush")
        )
    if finding.kind == "shell":
        return any(members <= plant.members for plant in answers.guilty if plant.kind == "shell")
    return any(
        2 * len(members & plant.members) > len(members)
        for plant in answers.guilty
        if plant.kind == finding.kind or (finding.kind == "ambush" and plant.kind == "convergence")
    )


def _innocent(answers: Answers, finding: Finding) -> str:
    people = set(finding.members)
    hit = [
        p.name
        for p in answers.benign
        if 2 * len(people & p.members) >= len(people)
        or (finding.kind == "convergence" and set(finding.targets) <= p.targets)
    ]
    other = [f"planted {p.kind}" for p in answers.guilty if 2 * len(people & p.members) >= len(people)]
    return " + ".join(dict.fromkeys([*hit, *other])) or "nobody planted"


def _pairs(answers: Answers, findings: list[Finding], count: Counter[tuple[str, str, str]]) -> None:
    true = {frozenset(pair) for p in answers.guilty if p.kind == "shell" for pair in combinations(p.members, 2)}
    if not true:
        return
    for tiers in (("strong",), ("strong", "moderate")):
        found = {
            frozenset(pair)
            for f in findings
            if f.kind == "shell" and f.tier in tiers
            for pair in combinations(f.members, 2)
        }
        count["shell", "pairs", f"right {tiers[-1]}"] += len(found & true)
        count["shell", "pairs", f"found {tiers[-1]}"] += len(found)
    count["shell", "pairs", "true"] += len(true)


def _owners(answers: Answers, findings: list[Finding], count: Counter[tuple[str, str, str]], told: list[str]) -> None:
    owners = {(f.members, f.targets): f for f in findings if f.kind == "owner"}
    for owned in answers.owners:
        finding = owners.get(((owned.owner,), (owned.company,)))
        observed = [r.observed for r in finding.reasons if r.observed is not None] if finding else []
        exact = any(abs(float(value) - owned.share) <= 1e-6 for value in observed)
        count["owner", owned.name, "planted"] += 1
        count["owner", owned.name, "exact"] += exact
        if not exact:
            told.append(
                f"owner {owned.name} {owned.owner} of {owned.company}: {owned.share:.6f} expected, {observed} told"
            )
    for (members, _), finding in owners.items():
        if members[0] in answers.never_owner:
            count["owner", "wrong: no longer or never an owner", finding.tier] += 1
            told.append(f"wrong owner {members[0]} {finding.tier}")

"""What did the detections, and plain baselines beside them, find on one platform?  Figures that can be added up."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.detect.finding import Finding
from graph.detect.run import detect
from ingest.lake import Lake
from tests.benchmarks.baselines import CONVERGENCE, CREWS, HUBS, SHELLS, Evidence, average_precision, pair_f1
from tests.benchmarks.makers import MAKERS, Answers, Platform, verdict

UPPER = ("strong", "moderate")
EXACT = 1e-6


@dataclass(frozen=True)
class Lead:
    """One finding, judged: ``right`` is None where it counts neither way; ``part``: what its people are, if wrong."""

    kind: str
    tier: str
    score: float
    right: bool | None
    q_value: float | None = None
    part: str = ""


@dataclass(frozen=True)
class Sought:
    """One planted case: the best score and tier of a lead that finds it (None: none does)."""

    kind: str
    style: str
    score: float | None
    tier: str | None


@dataclass(frozen=True)
class Measured:
    """One platform.  ``figures``: by kind and name, values in [0, 1]; ``counts``: by kind and name, (part, whole)."""

    maker: str
    setting: str
    seed: int
    accounts: int
    planted: bool
    seconds: float
    leads: tuple[Lead, ...]
    sought: tuple[Sought, ...]
    figures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, body: Mapping[str, Any]) -> "Measured":
        leads = tuple(Lead(**lead) for lead in body["leads"])
        sought = tuple(Sought(**case) for case in body["sought"])
        counts = {kind: {name: (part, whole) for name, (part, whole) in named.items()}
                  for kind, named in body["counts"].items()}
        return cls(**{**body, "leads": leads, "sought": sought, "counts": counts})


def measure(
    maker: str, setting: str, seed: int, *, folder: Path, kinds: Sequence[str] = ("all",), baselines: bool = True,
    parameters: Mapping[str, Any] | None = None,
) -> Measured:
    """Makes the platform (or takes the one kept under ``folder``), runs the detections and judges every lead."""
    platform = MAKERS[maker].make(setting, seed, folder)
    with Lake(platform.case) as lake:
        started = time.perf_counter()
        findings = detect(lake, kinds, parameters=parameters).findings
        seconds = time.perf_counter() - started
        accounts = int(lake.table("accounts").account.nunique().execute())
    evidence = Evidence.read(platform.source, platform=platform.platform) if baselines else None
    return judged(
        maker, setting, seed, platform, findings, kinds=kinds, evidence=evidence, seconds=seconds, accounts=accounts
    )


def judged(
    maker: str, setting: str, seed: int, platform: Platform, findings: Sequence[Finding], *, kinds: Sequence[str],
    evidence: Evidence | None = None, seconds: float = 0.0, accounts: int = 0,
) -> Measured:
    """What a run's findings are worth; ``evidence``: what the plain baselines read (None: without them)."""
    answers = platform.answers
    ran = {finding.kind for finding in findings} | {case.kind for case in answers.cases}
    ran = ran if "all" in kinds else ran & set(kinds)
    return Measured(
        maker, setting, seed, accounts or (len(evidence.accounts) if evidence else 0), bool(answers.cases), seconds,
        tuple(_judged(answers, finding) for finding in findings),
        tuple(_sought(case, findings) for case in answers.cases if case.kind in ran),
        {kind: _figures(kind, answers, findings, evidence) for kind in sorted(ran)},
        {kind: _counts(kind, platform, findings) for kind in sorted(ran)},
    )


def _judged(answers: Answers, finding: Finding) -> Lead:
    right = verdict(answers, finding)
    part = ""
    if right is False:
        people = finding.targets if finding.kind == "convergence" else finding.members
        parts = sorted({answers.benign.get(who, "") for who in people} - {""})
        part = " + ".join(parts[:2]) or "nobody labelled"
    return Lead(finding.kind, finding.tier, finding.score, right, finding.q_value, part)


def _sought(case: Any, findings: Iterable[Finding]) -> Sought:
    best = max((f for f in findings if case.found_by(f)), key=lambda f: f.score, default=None)
    return Sought(case.kind, case.style, best.score if best else None, best.tier if best else None)


def _figures(
    kind: str, answers: Answers, findings: Iterable[Finding], evidence: Evidence | None
) -> dict[str, float]:
    """Average precision, or pair F1, of the detection and of each baseline; empty where nothing of it is planted."""
    cases, mine = answers.of(kind), sorted((f for f in findings if f.kind == kind), key=lambda f: -f.score)
    if not cases:
        return {}
    found: dict[str, float] = {}
    if kind in ("hub", "recruitment", "extortion", "room"):
        right = {who for case in cases for who in case.members}
        neutral = answers.neutral.get(kind, frozenset())
        found["average precision"] = average_precision([f.members[0] for f in mine], right, neutral)
        if kind == "hub" and evidence is not None:
            for name, rank in HUBS.items():
                found[f"baseline {name}"] = average_precision([who for who, _ in rank(evidence)], right, neutral)
    elif kind == "convergence":
        right = {who for case in cases for who in case.targets}
        neutral = {who for case in answers.of("ambush") for who in case.targets}
        neutral |= answers.neutral.get(kind, frozenset())
        found["average precision"] = average_precision([f.targets[0] for f in mine], right, neutral - right)
        if evidence is not None:
            for name, rank in CONVERGENCE.items():
                found[f"baseline {name}"] = average_precision(
                    [who for who, _ in rank(evidence)], right, neutral - right
                )
    elif kind in ("shell", "ambush"):
        wanted = _pairs(case.members for case in cases)
        said = _pairs(f.members for f in mine if f.tier in UPPER)
        found["pair F1"] = pair_f1(said, wanted)
        if kind == "shell" and evidence is not None:
            for name, pairs in SHELLS.items():
                found[f"baseline {name}"] = pair_f1({pair for pair, _ in pairs(evidence)}, wanted)
        if kind == "ambush":
            order = [pair for f in mine for pair in sorted(_pairs([f.members]))]
            found["pair average precision"] = average_precision(list(dict.fromkeys(order)), wanted)
            if evidence is not None:
                for name, rank in CREWS.items():
                    found[f"baseline {name}"] = average_precision([pair for pair, _ in rank(evidence)], wanted)
    return found


def _counts(kind: str, platform: Platform, findings: Iterable[Finding]) -> dict[str, tuple[int, int]]:
    answers, mine = platform.answers, [f for f in findings if f.kind == kind]
    if kind == "shell":
        counted = {}
        for name, tiers in (("households in strong", ("strong",)), ("households in moderate", UPPER)):
            joined = [
                home for home in answers.households
                if any(f.tier in tiers and len(home & set(f.members)) >= 2 for f in mine)
            ]
            counted[name] = (len(joined), len(answers.households))
        return counted
    if kind == "owner":
        exact = 0
        for (owner, company), share in answers.shares.items():
            observed = [
                float(reason.observed) for f in mine if f.members == (owner,) and f.targets == (company,)
                for reason in f.reasons if reason.observed is not None
            ]
            exact += any(abs(value - share) <= EXACT for value in observed)
        named = {who for f in mine for who in f.members} & answers.never_owners
        return {"exact": (exact, len(answers.shares)), "never owners named": (len(named), len(answers.never_owners))}
    if kind == "recruitment":
        caught = [
            (case, f) for case in answers.of(kind) for f in mine
            if case.note and case.found_by(f) and f.tier in UPPER
        ]
        named = sum(_names(f, case.note) for case, f in caught)
        return {"person or place named": (named, len(caught))}
    return {}


def _names(finding: Finding, note: str) -> bool:
    """Does the lead name it: by a value of its reasons, in any case, disarmed or not?"""
    said = " ".join(
        str(value.value) for reason in finding.reasons for value in reason.values.values()
    ).casefold().replace("hxxp", "http")
    return note.removeprefix("@").casefold().replace("hxxp", "http") in said


def _pairs(groups: Iterable[Collection[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))

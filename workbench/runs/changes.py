"""What did a run change?  Leads that are new, gone or moved since the document before, and what is behind it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.registry import BY_KIND

MINORS = "minors"
_NO_PARAMETERS = ("version", "notes")


@dataclass(frozen=True)
class Move:
    """Tier and place among the leads of its kind (1: the best), before and now."""

    tiers: tuple[str, str]
    places: tuple[int, int]


@dataclass(frozen=True)
class Why:
    """What differs between two runs of one kind.

    ``evidence``: other evidence.  ``methods``: versions by part (a kind, or ``minors``).  ``parameters``: values by
    ``part.name``.  ``first``: the kind was not run before; ``not_run``: it has not been run on the evidence as it is.
    """

    evidence: bool = False
    methods: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    parameters: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    first: bool = False
    not_run: bool = False


@dataclass(frozen=True)
class Changes:
    """Ids of new leads, the leads that are gone as they were, and moves by id; ``why`` by kind."""

    former_run: str
    new: frozenset[str]
    gone: tuple[Finding, ...]
    moved: Mapping[str, Move]
    why: Mapping[str, Why]


def compare(former: FindingsDocument, latest: FindingsDocument) -> Changes:
    """What ``latest`` changed.  A lead moved where its tier did, or its place in the order of its kind.

    Of the order, as few leads as can be are said to have moved: whom others merely passed by stands where it stood.
    """
    before = {finding.finding_id: finding for finding in former.findings}
    now = {finding.finding_id: finding for finding in latest.findings}
    kinds = sorted({finding.kind for finding in (*former.findings, *latest.findings)})
    moved: dict[str, Move] = {}
    for kind in kinds:
        moved.update(_moved(_of_kind(former, kind), _of_kind(latest, kind)))
    return Changes(
        former.run_id,
        frozenset(now.keys() - before.keys()),
        tuple(finding for finding in former.findings if finding.finding_id not in now),
        moved,
        {kind: _why(kind, former, latest) for kind in kinds},
    )


def _of_kind(document: FindingsDocument, kind: str) -> list[Finding]:
    return [finding for finding in document.findings if finding.kind == kind]


def _moved(before: Sequence[Finding], now: Sequence[Finding]) -> dict[str, Move]:
    places = [{finding.finding_id: place for place, finding in enumerate(listed, 1)} for listed in (before, now)]
    tiers = [{finding.finding_id: finding.tier for finding in listed} for listed in (before, now)]
    both = [finding.finding_id for finding in now if finding.finding_id in places[0]]
    standing = _longest_rise([places[0][identity] for identity in both])
    return {
        identity: Move((tiers[0][identity], tiers[1][identity]), (places[0][identity], places[1][identity]))
        for identity in both
        if places[0][identity] not in standing or tiers[0][identity] != tiers[1][identity]
    }


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The longest rising run of different numbers, not necessarily neighbours (Fredman 1975)."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found, last = set(), ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return frozenset(found)


def _why(kind: str, former: FindingsDocument, latest: FindingsDocument) -> Why:
    if kind in BY_KIND and kind not in latest.parameters:
        return Why(evidence=former.evidence_digest != latest.evidence_digest, not_run=True)
    parts = [kind, *_used(kind), MINORS]
    old, new = ({part: dict(given.parameters.get(part) or {}) for part in parts} for given in (former, latest))
    versions = {
        part: (old[part].get("version"), new[part].get("version"))
        for part in parts
        if old[part] and old[part].get("version") != new[part].get("version")
    }
    parameters = {
        f"{part}.{name}": (old[part].get(name), new[part].get(name))
        for part in parts
        if old[part]
        for name in sorted({*old[part], *new[part]} - {*_NO_PARAMETERS})
        if old[part].get(name) != new[part].get(name)
    }
    return Why(
        former.evidence_digest != latest.evidence_digest, versions, parameters,
        first=kind in BY_KIND and kind not in former.parameters,
    )


def _used(kind: str) -> tuple[str, ...]:
    """The kinds whose findings it reads, and theirs."""
    found: list[str] = []
    waiting = [kind]
    while waiting:
        item = BY_KIND.get(waiting.pop())
        fresh = [used for used in (item.uses if item else ()) if used not in found]
        found += fresh
        waiting += fresh
    return tuple(found)

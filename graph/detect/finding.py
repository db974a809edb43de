"""What is a finding?  A lead with its reasons, its counter-evidence and an identity that survives re-runs."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

FindingKind = Literal[
    "hub", "ambush", "convergence", "recruitment", "extortion", "shell", "owner", "room"
]
Tier = Literal["strong", "moderate", "weak"]
Language = Literal["en", "fr"]
KINDS: tuple[str, ...] = get_args(FindingKind)
TIERS: tuple[str, ...] = get_args(Tier)

Number = float | int | None


@dataclass(frozen=True)
class Reason:
    """Why an account is looked at: observed beside expected, in words, with the very records.

    ``records`` are ``table:record_id`` references that ``Lake.records`` opens; ``detail_fr`` says ``detail`` in French.
    """

    measure: str
    observed: Number
    expected: Number
    detail: str
    records: tuple[str, ...] = ()
    detail_fr: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "records", tuple(sorted(set(self.records))))


@dataclass(frozen=True)
class CounterEvidence:
    """What speaks against the finding, or would clear it; ``detail_fr`` says ``detail`` in French."""

    measure: str
    observed: Number
    expected: Number
    detail: str
    detail_fr: str = ""


@dataclass(frozen=True)
class Finding:
    """A lead about people: never a verdict.

    ``score`` in [0, 1] orders findings within a kind; ``q_value`` is a Benjamini-Hochberg adjusted p (None where
    the method has no null); instants are ISO 8601 UTC strings.  ``qualifier`` tells apart findings of one kind on
    the same members (an owner's companies, a convergence's target) and is part of the identity: ``finding_id`` is
    given only when a stored finding is read back.
    """

    kind: FindingKind
    members: tuple[str, ...]
    tier: Tier
    score: float
    reasons: tuple[Reason, ...]
    counter_evidence: tuple[CounterEvidence, ...] = ()
    targets: tuple[str, ...] = ()
    q_value: float | None = None
    first_at: str | None = None
    last_at: str | None = None
    qualifier: str = ""
    finding_id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", tuple(sorted(set(self.members))))
        object.__setattr__(self, "targets", tuple(sorted(set(self.targets))))
        if self.kind not in KINDS or self.tier not in TIERS:
            raise ValueError(f"unknown kind or tier: {self.kind}, {self.tier}")
        if not self.members or not self.reasons:
            raise ValueError("a finding has members and reasons")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score outside [0, 1]: {self.score}")
        if not self.finding_id:
            object.__setattr__(self, "finding_id", _identity(self.kind, self.members, self.qualifier))

    def to_dict(self, *, language: Language | None = "en") -> dict[str, Any]:
        """The contract's JSON object in ``language``; None keeps both, as ``detail`` and ``detail_fr``."""
        return {
            "finding_id": self.finding_id, "kind": self.kind, "tier": self.tier,
            "score": _canonical(self.score), "q_value": _canonical(self.q_value),
            "members": list(self.members), "targets": list(self.targets),
            "first_at": self.first_at, "last_at": self.last_at,
            "reasons": [{**_said(reason, language), "records": list(reason.records)} for reason in self.reasons],
            "counter_evidence": [_said(item, language) for item in self.counter_evidence],
        }


@dataclass(frozen=True)
class FindingsDocument:
    """One run's findings in the order of ``best_first``."""

    case: str
    run_id: str
    evidence_digest: str
    parameters: Mapping[str, Any]
    findings: tuple[Finding, ...]

    def to_json(self, *, language: Language | None = "en") -> str:
        """The contract's document in ``language`` (None: both, to be read back); same evidence, same bytes."""
        body = {
            "case": self.case, "run_id": self.run_id, "evidence_digest": self.evidence_digest,
            "parameters": dict(self.parameters),
            "findings": [finding.to_dict(language=language) for finding in self.findings],
        }
        return json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def instant(at: datetime) -> str:
    """A naive UTC instant as a finding tells it: ISO 8601 with milliseconds and Z."""
    return at.isoformat(timespec="milliseconds") + "Z"


def best_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Tier, then score descending, then kind and id: a total order."""
    return tuple(
        sorted(findings, key=lambda f: (TIERS.index(f.tier), -f.score, KINDS.index(f.kind), f.finding_id))
    )


def _identity(kind: str, members: tuple[str, ...], qualifier: str) -> str:
    """``kind-`` and 16 hex digits of a SHA-256 over kind, sorted members and qualifier; never order or time."""
    identity = json.dumps([kind, list(members), qualifier], ensure_ascii=False)
    return f"{kind}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"


def _said(item: Reason | CounterEvidence, language: Language | None) -> dict[str, Any]:
    french = item.detail_fr or item.detail
    said = {
        "measure": item.measure, "observed": _canonical(item.observed), "expected": _canonical(item.expected),
        "detail": french if language == "fr" else item.detail,
    }
    return said if language is not None else {**said, "detail_fr": item.detail_fr}


def _canonical(value: Number) -> Number:
    """Twelve significant digits: below that, engines and summation order differ."""
    return float(f"{value:.12g}") if isinstance(value, float) else value

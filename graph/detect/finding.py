"""What is a finding?  A lead with its reasons, its counter-evidence and an identity that survives re-runs."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from graph.detect.reason import AS_WRITTEN, CounterEvidence, Number, Reason, as_written
from graph.detect.tiers import Tier
from graph.detect.values import Value
from graph.detect.wordings import Language, knows, render

__all__ = ["TIERS", "Finding", "FindingsDocument", "Tier", "best_first", "instant"]

TIERS: tuple[str, ...] = get_args(Tier)


@dataclass(frozen=True)
class Finding:
    """A lead about people: never a verdict.

    ``score`` in [0, 1] orders findings within a kind, and tier and score are one order; ``q_value`` is a
    Benjamini-Hochberg adjusted p (None where the method has no null); instants are ISO 8601 UTC strings.
    ``qualifier`` tells apart findings of one kind on the same members (an owner's companies, a convergence's target)
    and is part of the identity: ``finding_id`` is given only when a stored finding is read back.
    """

    kind: str
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
        if not self.kind.isidentifier() or self.tier not in TIERS:
            raise ValueError(f"no kind or tier: {self.kind}, {self.tier}")
        if not self.members or not self.reasons:
            raise ValueError("a finding has members and reasons")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score outside [0, 1]: {self.score}")
        if not self.finding_id:
            object.__setattr__(self, "finding_id", _identity(self.kind, self.members, self.qualifier))

    @property
    def supporting(self) -> tuple[str, ...]:
        """Every record that a reason rests on, each once."""
        return tuple(dict.fromkeys(ref for reason in self.reasons for ref in reason.records))

    @property
    def cited(self) -> tuple[str, ...]:
        """Every record that a reason, or what speaks against the finding, rests on; in that order, each once."""
        return tuple(dict.fromkeys(ref for part in self.parts for ref in part.records))

    @property
    def parts(self) -> tuple[Reason | CounterEvidence, ...]:
        """The reasons, then what speaks against."""
        return (*self.reasons, *self.counter_evidence)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """The contract's JSON object with its sentences in ``language``; ``measure`` is English in both."""
        return {
            "finding_id": self.finding_id, "kind": self.kind, "tier": self.tier,
            "score": _canonical(self.score), "q_value": _canonical(self.q_value),
            "members": list(self.members), "targets": list(self.targets),
            "first_at": self.first_at, "last_at": self.last_at,
            "reasons": [
                {**_body(self.kind, reason, language), "records": list(reason.records)} for reason in self.reasons
            ],
            "counter_evidence": [
                _body(self.kind, item, language) | ({"records": list(item.records)} if item.records else {})
                for item in self.counter_evidence
            ],
        }

    @classmethod
    def from_dict(cls, body: Mapping[str, Any]) -> "Finding":
        """The inverse of ``to_dict`` in any language; a qualifier lives on in the id.

        What has no code, or one that this version has no words for, is read as it was written.
        """
        return cls(
            kind=body["kind"], members=tuple(body["members"]), tier=body["tier"], score=body["score"],
            reasons=tuple(Reason(*_read(body["kind"], item)) for item in body["reasons"]),
            counter_evidence=tuple(CounterEvidence(*_read(body["kind"], item)) for item in body["counter_evidence"]),
            targets=tuple(body["targets"]), q_value=body["q_value"], first_at=body["first_at"],
            last_at=body["last_at"], finding_id=body["finding_id"],
        )


@dataclass(frozen=True)
class FindingsDocument:
    """One run's findings in the order of ``best_first``."""

    case: str
    run_id: str
    evidence_digest: str
    parameters: Mapping[str, Any]
    findings: tuple[Finding, ...]

    def of(self, finding_id: str) -> Finding | None:
        """The finding of that id; None where the run has none."""
        return next((finding for finding in self.findings if finding.finding_id == finding_id), None)

    def to_json(self, *, language: Language = "en") -> str:
        """The contract's document; same evidence and parameters, same bytes.  Nothing is lost in either language."""
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
    return tuple(sorted(findings, key=lambda f: (TIERS.index(f.tier), -f.score, f.kind, f.finding_id)))


def _identity(kind: str, members: tuple[str, ...], qualifier: str) -> str:
    """``kind-`` and 16 hex digits of a SHA-256 over kind, sorted members and qualifier; never order or time."""
    identity = json.dumps([kind, list(members), qualifier], ensure_ascii=False)
    return f"{kind}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"


def _body(kind: str, item: Reason | CounterEvidence, language: Language) -> dict[str, Any]:
    said = render(kind, item, language)
    measure = said.measure if language == "en" else render(kind, item, "en").measure
    return {
        "measure": measure, "observed": _canonical(item.observed), "expected": _canonical(item.expected),
        "unit": item.unit, "detail": said.detail, "code": item.code,
        "values": {name: value.to_dict() for name, value in sorted(item.values.items())},
    }


def _read(kind: str, item: Mapping[str, Any]) -> tuple[str, dict[str, Value], Number, Number, str, tuple[str, ...]]:
    """The fields of a reason or counter-evidence."""
    if "code" not in item or not knows(kind, item["code"], item["values"]):
        code, values = AS_WRITTEN, as_written(item["measure"], item["detail"], item.get("detail_fr", ""))
    else:
        code, values = item["code"], {name: Value.from_dict(value) for name, value in item["values"].items()}
    return code, values, item["observed"], item["expected"], item.get("unit", ""), tuple(item.get("records", ()))


def _canonical(value: Number) -> Number:
    """Twelve significant digits: below that, engines and summation order differ."""
    return float(f"{value:.12g}") if isinstance(value, float) else value

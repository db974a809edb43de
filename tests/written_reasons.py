"""Reasons whose words stand in a test: what a person wrote, or what an older document holds."""

from graph.detect.reason import AS_WRITTEN, CounterEvidence, Number, Reason, as_written


def reason(
    measure: str, observed: Number, expected: Number, detail: str, records: tuple[str, ...] = (), detail_fr: str = ""
) -> Reason:
    return Reason(AS_WRITTEN, as_written(measure, detail, detail_fr), observed, expected, "", records)


def counter(measure: str, observed: Number, expected: Number, detail: str, detail_fr: str = "") -> CounterEvidence:
    return CounterEvidence(AS_WRITTEN, as_written(measure, detail, detail_fr), observed, expected)

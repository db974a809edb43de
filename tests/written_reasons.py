"""Reasons whose words or values stand in a test: what a person wrote, what an older document holds, chains."""

from graph.detect.reason import AS_WRITTEN, CounterEvidence, Number, Reason, as_written
from graph.detect.values import count, number, quote, word


def reason(
    measure: str, observed: Number, expected: Number, detail: str, records: tuple[str, ...] = (), detail_fr: str = ""
) -> Reason:
    return Reason(AS_WRITTEN, as_written(measure, detail, detail_fr), observed, expected, "", records)


def counter(measure: str, observed: Number, expected: Number, detail: str, detail_fr: str = "") -> CounterEvidence:
    return CounterEvidence(AS_WRITTEN, as_written(measure, detail, detail_fr), observed, expected)


def chains(*largest: str, shallowest: int, deepest: int, whole: float, paths: int = 1) -> Reason:
    """So many chains of ownership, the largest as texts of ids; no circle adds to ``whole`` per cent, and no
    jurisdiction is told of.
    """
    return Reason("ownership_paths", {
        "paths": count(paths), "counted": word("all"), "shallowest": count(shallowest),
        "deepest": count(deepest), "lengths": word("one" if shallowest == deepest else "several"),
        "largest": quote(largest), "circles": word("none"), "jurisdictions": word("none"), "turning": word("none"),
        "turns": number(0), "whole": number(whole), "crossed": word("none"),
    })

"""What does a finding say?  Its reasons and counter-evidence by code, and their sentences in either language."""

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.wordings import LANGUAGES, Language, render


def items(finding: Finding) -> dict[str, Reason | CounterEvidence]:
    """By code, in order; the first of each."""
    found: dict[str, Reason | CounterEvidence] = {}
    for item in (*finding.reasons, *finding.counter_evidence):
        found.setdefault(item.code, item)
    return found


def sentence(finding: Finding, code: str, language: Language = "en") -> str:
    return render(finding.kind, items(finding)[code], language).detail


def sentences(finding: Finding) -> list[str]:
    """Every sentence in every language: renders all of them, so that a gap in a catalogue is an error."""
    return [
        render(finding.kind, item, language).detail
        for language in LANGUAGES for item in (*finding.reasons, *finding.counter_evidence)
    ]

"""What does one lead say?  A sentence to read out, reasons beside what was expected, what speaks against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log10

import pandas as pd

from graph.detect.chains import chained_ids
from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Number, Reason
from graph.detect.values import number
from graph.detect.wordings import Language, Said, catalogue, naming, render, written
from graph.detect.wordings.catalogue import has_catalogue
from workbench.language import Words
from workbench.language.units import duration_word, measured, unit_word
from workbench.masking.sentences import each_text
from workbench.plain_text import plain_text
from workbench.views.models.leads import replay
from workbench.views.models.names import Names

_KINDS = {"address": "ip", "avatar": "avatar_sha256"}
"""What identifiers call the kinds of marks that have another name in sentences."""
CLEAR = "what_would_clear_it"
_CHANCE_TOLD = 0.05  # one of 20 such leads
_RARE, _MOST_DIGITS = 0.001, 9
_LEAST_WRITTEN = 1e-6  # a sentence writes 0 below it
_ANY_KIND = "hub"  # numbers are written alike in the sentences of all
_OLDER: Mapping[Language, str] = {
    "en": "Written by an earlier version, with names in it that cannot be masked one by one. Run the detections again.",
    "fr": "Écrit par une version antérieure, avec des noms que l’on ne peut masquer un à un. Relancez les détections.",
}


@dataclass(frozen=True)
class Line:
    """One reason or counter-evidence in words; ``observed`` and ``expected`` where both are figures of one unit.

    ``ids``: whose they are, a line each, where the sentence has names without them.
    """

    measure: str
    sentence: str
    observed: float | None = None
    expected: float | None = None
    ids: str = ""

    @property
    def shares(self) -> tuple[float, float] | None:
        """Observed and expected as parts of the larger one, for two bars; None where there are not both."""
        if self.observed is None or self.expected is None or self.observed < 0 or self.expected < 0:
            return None
        most = max(self.observed, self.expected)
        return (self.observed / most, self.expected / most) if most > 0 else None


def rendered(finding: Finding, item: Reason | CounterEvidence, names: Names, language: Language) -> Said:
    """A reason or counter-evidence of the lead in words, whoever is named by id written or masked by that id.

    Prose of an older document, in which names are no values, is not shown while a minor is masked.  A mark that a
    sentence quotes may be any member's, beside whom it names.
    """
    kind = finding.kind
    if item.code == AS_WRITTEN and names.minors - names.opened:  # prose may name anybody
        return Said(_measure(kind, item, language), _OLDER[language])
    if item.code != AS_WRITTEN:
        about = item.ids  # a quoted name that is one of their masked minors' is masked as the minor is
        values = {name: each_text(value, lambda text: names.quoted(text, about)) for name, value in item.values.items()}
        mark = _mark_of(item)
        if mark and names.withholds(mark, (*about, *finding.members)):
            values["value"] = each_text(item.values["value"], names.shortened)
        item = replace(item, values=values)
    called, chained = (partial(say, language=language) for say in (names.called, names.chained))
    told = render(kind, item, language, naming(called, chained))
    return Said(_measure(kind, item, language), plain_text(told.detail, limit=4_000))


def _mark_of(item: Reason | CounterEvidence) -> str:
    """The kind of the mark whose value stands in the sentence; empty where none does."""
    if not item.code.startswith("same_") or "value" not in item.values:
        return ""
    of = str(item.values["kind"].value) if "kind" in item.values else item.code.removeprefix("same_")
    return _KINDS.get(of, of)


def sentence(finding: Finding, names: Names, language: Language) -> str:
    """The lead in one sentence that can be read out: its first reason."""
    return rendered(finding, finding.reasons[0], names, language).detail


def reasons(finding: Finding, names: Names, language: Language) -> list[Line]:
    """Why: every reason; what a replay tells of one target after the other stands in its table (``models.replay``)."""
    return [_line(finding, item, names, language) for item in finding.reasons if not replay.is_scene(item)]


def against(finding: Finding, names: Names, language: Language) -> list[Line]:
    """Why not: what speaks against the finding; without what would clear it."""
    return [_line(finding, item, names, language) for item in finding.counter_evidence if not is_clear(item)]


def clears(finding: Finding, names: Names, language: Language) -> str:
    """What would clear the finding: its own sentence, else its kind's."""
    own = [rendered(finding, item, names, language).detail for item in finding.counter_evidence if is_clear(item)]
    return " ".join(own) if own else usually_clears(finding.kind, language)


def usually_clears(kind: str, language: Language) -> str:
    """What would clear a finding of the kind; empty where nothing is known of it."""
    return catalogue(kind, language).described["clears"] if has_catalogue(kind, language) else ""


def chance(finding: Finding, words: Words) -> str | None:
    """How many leads as rare as this are chance, where that is worth saying: what looks striking may be weak by it."""
    if finding.q_value is None or finding.q_value < _CHANCE_TOLD:
        return None
    return words.gettext(
        "Of leads as rare as this one, about {number} in 100 are expected to be chance.",
        number=round(100 * min(finding.q_value, 1.0)),
    )


def q_value(finding: Finding, words: Words) -> str:
    """The q-value to be read: small ones as one in how many, at most a thousand million; a dash where there is none."""
    value = finding.q_value
    if value is None or value >= _RARE:
        return figure(value, words)
    digits = min(int(-log10(value)), _MOST_DIGITS) if value > 0 else _MOST_DIGITS
    return words.gettext("at most 1 in {number}", number=10 ** digits)


def figures(finding: Finding, words: Words) -> pd.DataFrame:
    """The figures behind the sentences: measure, observed, expected, unit, number of records."""
    _ = words.gettext
    heads = [_("Measure"), _("Observed"), _("Expected"), _("Unit"), _("Records")]
    rows = [
        (
            _measure(finding.kind, item, words.language),
            *(_cell(item, value, words) for value in (item.observed, item.expected)),
            unit_word(item.unit, words), len(item.records) if isinstance(item, Reason) or item.records else None,
        )
        for item in finding.parts
        if item.observed is not None or item.expected is not None
    ]
    return pd.DataFrame(rows, columns=heads)


def citing(finding: Finding, words: Words) -> dict[int, str]:
    """The reasons that cite records, then what speaks against, by number in ``parts``: measure and how many."""
    found = {}
    for place, item in enumerate(finding.parts):
        if item.records:
            told = words.ngettext(
                "{measure}: {number} record", "{measure}: {number} records", len(item.records),
                measure=_measure(finding.kind, item, words.language),
            )
            found[place] = told if isinstance(item, Reason) else words.pair(words.gettext("Speaks against it"), told)
    return found


def uncited(finding: Finding, words: Words) -> list[str]:
    """The reasons that cite no record, and what speaks against and cites none: a line each, by their measures."""
    def measures(items: Sequence[Reason | CounterEvidence]) -> list[str]:
        return [_measure(finding.kind, item, words.language) for item in items if not item.records]

    return uncited_told(measures(finding.reasons), measures([
        item for item in finding.counter_evidence if not is_clear(item)
    ]), words)


def uncited_told(reasons: Sequence[str], against: Sequence[str], words: Words) -> list[str]:
    """Which of them have no record, as they are called where it is said; no line where there is none."""
    said = (
        (words.gettext("Reasons with no record of their own"), reasons),
        (words.gettext("What speaks against it with no record of its own"), against),
    )
    return [words.pair(head, ", ".join(called)) for head, called in said if called]


def figure(value: Number, words: Words) -> str:
    """A number with as many digits as a sentence writes it with; a dash where there is none."""
    if value is None:
        return "–"
    if 0 < abs(value) < _LEAST_WRITTEN:
        return f"{value:.1g}".replace(".", "," if words.language == "fr" else ".")
    return written(number(value), catalogue(_ANY_KIND, words.language))


def _cell(item: Reason | CounterEvidence, value: Number, words: Words) -> str:
    """The figure beside its unit, a duration as its sentence tells it."""
    told = duration_word(value, item.unit, words) if value is not None else None
    return told or figure(as_said(item, value), words)


def as_said(item: Reason | CounterEvidence, value: Number) -> Number:
    """A figure of the item as its sentence rounds it, where it has it: one figure does not stand there in two ways."""
    said = {one.value for one in item.values.values() if one.type == "number"}
    return next((one for one in (value, round(value, 1)) if one in said), value) if value is not None else None


def told_figure(value: Number, unit: str, words: Words) -> str:
    """The figure with what it counts; a dash where there is none."""
    return "–" if value is None else measured(value, figure(value, words), unit, words)


def _line(finding: Finding, item: Reason | CounterEvidence, names: Names, language: Language) -> Line:
    told = rendered(finding, item, names, language)
    both = item.observed is not None and item.expected is not None
    observed, expected = (as_said(item, item.observed), as_said(item, item.expected)) if both else (None, None)
    chained = dict.fromkeys(chained_ids(item.code, item.values))
    return Line(told.measure, told.detail, observed, expected, "\n".join(names.full(one) for one in chained))


def _measure(kind: str, item: Reason | CounterEvidence, language: Language) -> str:
    """The short name of what was measured; of an older document its own, as it was written."""
    return plain_text(render(kind, item, language).measure.replace("_", " "), limit=80)


def is_clear(item: CounterEvidence) -> bool:
    """Is it what would clear the finding?"""
    return item.code == CLEAR or (
        item.code == AS_WRITTEN and str(item.values["measure"].value).replace(" ", "_") == CLEAR
    )

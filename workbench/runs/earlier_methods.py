"""Which methods were others when a case's leads were found?  The screens and the report say it."""

from graph.detect.finding import FindingsDocument
from graph.detect.minors import MINORS_VERSION
from graph.detect.registry import BY_KIND, KINDS
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.runs.parameters import MINORS

PARTS = (*KINDS, MINORS)


def of_before(document: FindingsDocument | None) -> tuple[str, ...]:
    """The parts whose findings another version of their method made."""
    taken = document.parameters if document is not None else {}
    told = {part: (taken.get(part) or {}).get("version") for part in PARTS}
    return tuple(part for part, version in told.items() if version is not None and version != _version(part))


def part_label(part: str, words: Words) -> str:
    """What a part is called: a kind of lead, or the ages that all of them draw on."""
    return words.gettext("Ages") if part == MINORS else kind_label(part, words)


def _version(part: str) -> int:
    return MINORS_VERSION if part == MINORS else BY_KIND[part].version

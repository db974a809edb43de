"""How are reasons and notes said where they leave the workbench?  Ids and texts of the data are hidden at the values.

A sentence is made of a code and typed values (``graph.detect.values``): who stands in it is known before it is written,
so that no name is looked for in prose.  What a person wrote has no values: it is given whole or not at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Reason
from graph.detect.values import Value, quote
from graph.detect.wordings import Said, naming, render
from workbench.casebook.mentions import told as with_names
from workbench.language import Words
from workbench.language.kinds import MANUAL
from workbench.masking.telling import HIDDEN
from workbench.plain_text import plain_text


@dataclass(frozen=True)
class Hiding:
    """``called``: what an id is called, ``chained``: and in a chain of many; ``masked``: is it a masked person's?
    ``tells``: does a text of the data tell one, ``noted``: and what a person wrote?  ``leads``: a text with leads as
    they are called here.

    Without ``texts`` neither those of the data leave nor what a person wrote: they cannot be known to be free of names.
    """

    words: Words
    called: Callable[[str], str]
    chained: Callable[[str], str]
    masked: Callable[[str], bool]
    tells: Callable[[str], bool]
    noted: Callable[[str], bool]
    texts: bool = True
    leads: Callable[[str], str] = str

    def rendered(self, finding: Finding, item: Reason | CounterEvidence) -> Said:
        """A reason or counter-evidence in words.

        A text of the data is hidden where it tells, and wherever the sentence or its lead is about somebody masked.
        """
        about = any(map(self.masked, (*finding.members, *item.ids)))
        values = {name: self._shown(value, about) for name, value in item.values.items()}
        shown = item if item.code == AS_WRITTEN else replace(item, values=values)
        told = render(finding.kind, shown, self.words.language, naming(self.called, self.chained))
        if item.code != AS_WRITTEN:
            return Said(plain_text(told.measure, limit=80), plain_text(told.detail, limit=4_000))
        measure = told.measure.replace("_", " ")
        measure = HIDDEN if self.tells(measure) or not self.texts else plain_text(measure, limit=80)
        return Said(measure, self._prose(finding, told.detail))

    def note(self, text: str) -> str:
        """What a person wrote, whoever was picked into it as ``called``; withheld as a whole where it tells."""
        if not self.texts:
            return left_out(self.words)
        text = with_names(text, self.called)
        return withheld(self.words) if self.noted(text) else self.leads(text)

    def _shown(self, value: Value, about: bool) -> Value:
        return each_text(value, lambda text: HIDDEN if about or not self.texts or self.tells(text) else text)

    def _prose(self, finding: Finding, detail: str) -> str:
        """Prose of a detection of an older version may name anybody; a person's own is a note."""
        if finding.kind == MANUAL or not self.texts:
            return plain_text(self.note(detail), limit=4_000)
        if any(map(self.masked, (*finding.members, *finding.targets))) or self.tells(detail):
            return self.words.gettext(
                "Withheld: the sentence is prose of an earlier version that may name a minor; run the detections again."
            )
        return plain_text(detail, limit=4_000)


def each_text(value: Value, say: Callable[[str], str]) -> Value:
    """A value whose quoted texts of the data, one or several, are said otherwise; any other value as it is."""
    if value.type != "quote":
        return value
    return quote(map(say, value.value) if isinstance(value.value, tuple) else say(str(value.value)))


def withheld(words: Words) -> str:
    """What stands in place of words that name a minor."""
    return words.gettext("(text withheld: it has a minor's name or number)")


def left_out(words: Words) -> str:
    """What stands in place of words that a person wrote, where nobody is to be named."""
    return words.gettext("(left out: written by a person)")


def lacking(texts: Iterable[str], words: Words) -> tuple[int, int]:
    """How many of what people wrote is withheld in these texts, and how many is left out."""
    held, out = withheld(words), left_out(words)
    listed = tuple(texts)
    return sum(text.count(held) for text in listed), sum(text.count(out) for text in listed)

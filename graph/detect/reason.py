"""What speaks for a lead, and what against it?  A code, typed values, observed beside expected, and the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.detect.chains import chained_ids
from graph.detect.values import Value, quote

Number = float | int | None
AS_WRITTEN = "as_written"
"""The code of what a person wrote, or an older document holds: measure and sentence stand in the values."""


@dataclass(frozen=True)
class _Part:
    """``code`` names the sentence in the catalogues of ``graph.detect.wordings``; ``values`` stand in it.

    ``unit`` says what observed and expected count.  ``records`` are ``table:record_id`` references that
    ``Lake.records`` opens.
    """

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    observed: Number = None
    expected: Number = None
    unit: str = ""
    records: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.code.isidentifier() or self.code != self.code.lower():
            raise ValueError(f"a code is snake_case, not {self.code!r}")
        wrong = sorted(name for name, value in self.values.items() if not isinstance(value, Value))
        if wrong:
            raise ValueError(f"{self.code}: {', '.join(wrong)} must be typed values (graph.detect.values)")
        object.__setattr__(self, "values", dict(self.values))
        object.__setattr__(self, "records", tuple(sorted(set(self.records))))

    def __hash__(self) -> int:
        return hash((self.code, self.records))

    @property
    def ids(self) -> tuple[str, ...]:
        """The graph ids that stand in the sentence."""
        named = {identity for value in self.values.values() for identity in value.ids}
        return tuple(sorted(named.union(chained_ids(self.code, self.values))))


class Reason(_Part):
    """Why an account is looked at: observed beside expected, with the very records."""


class CounterEvidence(_Part):
    """What speaks against the finding, or would clear it."""


def as_written(measure: str, detail: str, detail_fr: str = "") -> dict[str, Value]:
    """The values of a reason whose words were written by hand; ``detail_fr`` where they exist in French too."""
    return {"measure": quote(measure), "detail": quote(detail), "detail_fr": quote(detail_fr)}

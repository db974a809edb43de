"""Whom did a hub write to first, when, and how old were they known to be?  A dot a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from ingest.lake import Lake
from workbench.dossier.first_written import first_written
from workbench.language import Words
from workbench.views.models.names import Names
from workbench.views.models.pictures.picture import Picture

MOST_DOTS = 2_000
MINOR, ADULT, UNKNOWN = "minor", "adult", "unknown"
_BELOW = 4  # years below the youngest: where those of unknown age stand
_YOUNGEST = 10


@dataclass(frozen=True)
class Met:
    """One person whom the account wrote to before they wrote to it; ``age`` in years at ``at``, None: unknown.

    ``cited``: the lead cites this very message.
    """

    other: str
    at: datetime
    group: str
    age: int | None
    record: str
    cited: bool


def first_written_to(lake: Lake, account: str, cited: Collection[str]) -> tuple[Met, ...]:
    """In order of time; ages as they were known at that moment."""
    met = [
        Met(one.other, one.at, MINOR if one.minor else UNKNOWN if one.basis is None else ADULT, one.age,
            f"messages:{one.record}", f"messages:{one.record}" in cited)
        for one in first_written(lake, account)
    ]
    return tuple(sorted(met, key=lambda one: (one.at, one.other)))


def picture(met: Collection[Met], names: Names, words: Words) -> Picture:
    """Time across, age upwards; whoever's age nobody knows stands in a row below all ages."""
    shown = sorted(met, key=lambda one: (not one.cited, one.at, one.other))[:MOST_DOTS]
    below = min((one.age for one in shown if one.age is not None), default=_YOUNGEST) - _BELOW
    groups = _groups(words)
    cited = {True: words.gettext("cited by the lead"), False: words.gettext("not cited")}
    frame = pd.DataFrame(
        [
            (one.at, below if one.age is None else one.age, groups[one.group], cited[one.cited],
             names.of(one.other), _age(one, words), one.age is None, f"{one.at:%Y-%m-%d %H:%M}", one.record)
            for one in shown
        ],
        columns=["at", "height", "group", "cited", "who", "age", "unknown", "told", "record"],
    )
    _ = words.gettext
    heads = [_("When (UTC)"), _("Who"), _("Age then"), _("Group"), _("Cited")]
    table = pd.DataFrame(
        [
            (row.told, row.who, row.age, row.group, row.cited)
            for row in frame.sort_values(["at", "record"]).itertuples()
        ],
        columns=heads,
    )
    return Picture("ages", frame, table, _caption(met, len(shown), words))


def _caption(met: Collection[Met], shown: int, words: Words) -> str:
    counts = {group: sum(one.group == group for one in met) for group in (MINOR, ADULT, UNKNOWN)}
    told = words.gettext(
        "Everybody whom the account wrote to in private before they wrote to it, by the age known then, whatever "
        "their role: minors {minors}, adults {adults}, age unknown {unknown}. Filled: the {cited} that the lead cites.",
        minors=counts[MINOR], adults=counts[ADULT], unknown=counts[UNKNOWN], cited=sum(one.cited for one in met),
    )
    if shown < len(met):
        told += " " + words.gettext("Drawn: {shown} of {total}, the cited ones first.", shown=shown, total=len(met))
    return told


def _groups(words: Words) -> dict[str, str]:
    return {MINOR: words.gettext("minors"), ADULT: words.gettext("adults"), UNKNOWN: words.gettext("age unknown")}


def _age(one: Met, words: Words) -> str:
    if one.age is not None:
        return words.number(one.age)
    return words.gettext("a minor, age unknown") if one.group == MINOR else words.gettext("age unknown")

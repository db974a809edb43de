"""Who or what is meant?  The hits of a typed text, as every place that takes an entity shows them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.search import Hit, Hits, find
from ingest.case_folder import CaseFolder
from workbench.bootstrap import Workbench
from workbench.plain_text import plain_text
from workbench.views.models.names import ADULT, Names

PAGE = 10
_WORDS = {"exact": "exact", "prefix": "begins so", "lookalike": "looks alike", "within": "contains it"}


@dataclass(frozen=True)
class Choice:
    """One hit as it is shown: ``title`` on the button, ``line`` beside it; a masked minor's names are in neither."""

    hit: Hit
    title: str
    line: str


def resolve(
    workbench: Workbench, case: CaseFolder, text: str, *, labels: Sequence[str] = (), limit: int = PAGE, offset: int = 0
) -> Hits:
    """What ``text`` may mean in the case, best first, of these labels (none: all); raises as ``graph.search.find``."""
    with workbench.searching(case) as index:
        return find(index, text, labels=labels, limit=limit, offset=offset)


def choices(
    hits: Hits, *, opened: Collection[str] = frozenset(), leads: Mapping[str, int] | None = None
) -> tuple[Choice, ...]:
    """The hits as they may be shown; ``opened``: minors whose names may, ``leads``: how many leads name an id."""
    names = names_of_hits(hits, opened=opened)
    counted = leads or {}
    return tuple(
        Choice(hit, f"{hit.label}: {names.of(hit.id)}", _line(hit, names, counted.get(hit.id, 0))) for hit in hits.hits
    )


def names_of_hits(hits: Hits, *, opened: Collection[str] = frozenset()) -> Names:
    minors = frozenset(hit.id for hit in hits.hits if hit.declared_age is not None and hit.declared_age < ADULT)
    return Names({hit.id: hit.name for hit in hits.hits}, minors, frozenset(opened))


def counted(hits: Hits) -> str:
    """How many of how many hits are shown, and what was not looked for."""
    shown = f"{hits.offset + len(hits.hits):,} of {hits.total:,} found"
    return f"{shown}; {hits.note}" if hits.note else shown


def _line(hit: Hit, names: Names, leads: int) -> str:
    parts = [_WORDS[hit.match]]
    if names.masked(hit.id):
        parts.append(hit.told(via=False))
    else:
        if hit.name != hit.id:
            parts.append(hit.id)
        parts.append(hit.about)
    if leads:
        parts.append(f"{leads:,} lead{'' if leads == 1 else 's'}")
    return plain_text(" · ".join(filter(None, parts)), limit=300)

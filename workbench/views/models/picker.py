"""Who or what is meant?  The hits of a typed text, as every place that takes an entity shows them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.opaque import NOBODYS_KEY
from graph.search import Hit, Hits, SearchIndex, find
from ingest.case_folder import CaseFolder
from workbench.bootstrap import Workbench
from workbench.language import Words
from workbench.masking.people import LIKELY, all_masked_behind, masked_among
from workbench.plain_text import plain_text
from workbench.views.models.names import Names, held_in

PAGE = 10
MOST_AT_ONCE = 100
_LABEL = re.compile(r"(.*[▪~]\s*)?([0-9a-f]{4,16})", re.DOTALL | re.IGNORECASE)
"""The digits of a masked minor's label, as a screen, a report or an export has them, with what stands before them or
without; four are enough."""


@dataclass(frozen=True)
class Choice:
    """One hit as it is shown: ``title`` on the button, ``line`` beside it; a masked minor's names are in neither."""

    hit: Hit
    title: str
    line: str
    withheld: bool = False


def resolve(
    workbench: Workbench, case: CaseFolder, text: str, *, labels: Sequence[str] = (), limit: int = PAGE, offset: int = 0
) -> Hits:
    """What ``text`` may mean in the case, best first, of these labels (none: all); raises as ``graph.search.find``.

    Masked minors are found by their labels: these come first, and are alone where the text can be nothing else.
    """
    with workbench.searching(case) as index:
        labelled, alone = ((), False) if labels and "Account" not in labels else _labelled(index, case, text)
        if labelled and alone:
            found = Hits(labelled[offset : offset + limit], len(labelled), offset, ())
        else:
            found = find(index, text, labels=labels, limit=limit, offset=offset)
            more = tuple(hit for hit in labelled if hit.id not in {one.id for one in found.hits}) if not offset else ()
            found = replace(found, hits=(*more, *found.hits)[:max(limit, 0)], total=found.total + len(more))
    minors = masked_among(case, [hit.id for hit in found.hits if hit.label == "Account"])  # of the newest evidence
    return replace(found, hits=tuple(
        replace(hit, minor=True, basis=LIKELY if minors[hit.id] == LIKELY else hit.basis) if hit.id in minors else hit
        for hit in found.hits
    ))


def _labelled(index: SearchIndex, case: CaseFolder, text: str) -> tuple[tuple[Hit, ...], bool]:
    """Masked accounts whose labels begin so; and whether the text says that it is a label."""
    written = _LABEL.fullmatch(text.strip())
    if written is None:
        return (), False
    behind = all_masked_behind(case, written[2].lower())[:MOST_AT_ONCE]
    met = (find(index, identity, labels=("Account",), limit=1).hits for identity in behind)
    hits = (hit for identity, found in zip(behind, met, strict=True) for hit in found if hit.id == identity)
    return tuple(replace(hit, match="prefix", via=None) for hit in hits), bool(written[1])


def choices(
    hits: Hits, words: Words, *, opened: Collection[str] = frozenset(), leads: Mapping[str, int] | None = None,
    held: Mapping[str, frozenset[str]] | None = None, key: bytes = NOBODYS_KEY, text: str = "",
) -> tuple[Choice, ...]:
    """The hits as they may be shown; ``opened``: minors whose names may, ``leads``: how many leads name an id,
    ``held``: of whom of the masked a mark among them is (``held_by_masked``), ``key``: the case's, for masks,
    ``text``: what was typed.

    Who is masked stands last, the more active first, unless found by the label: a place among the others would confirm
    a name that was guessed, and puzzle whoever sees it above those that match exactly.
    """
    names = replace(names_of_hits(hits, key=key, opened=opened), held=held or {})
    counted = leads or {}
    found = [
        Choice(
            hit, words.pair(words.gettext(hit.label), names.of(hit.id)),
            _line(hit, names, counted.get(hit.id, 0), words), withheld=_withheld(hit, names),
        ) for hit in hits.hits
    ]
    written = _LABEL.fullmatch(text.strip())
    last = [choice for choice in found if choice.withheld and not (written and _called(choice, written[2]))]
    first = [choice for choice in found if choice not in last]
    return *first, *sorted(last, key=lambda choice: (-choice.hit.messages, choice.title))


def masked_last(listed: Sequence[Choice], words: Words) -> str:
    """Why those who are masked stand last, where others stand there too; else empty."""
    if len({choice.withheld for choice in listed}) < len((True, False)):
        return ""
    return words.gettext("masked people stand last: their place does not tell how well their names match")


def _withheld(hit: Hit, names: Names) -> bool:
    """May neither its name nor how well that matches be said?"""
    return names.masked(hit.id) or names.unsaid(hit.id)


def _called(choice: Choice, digits: str) -> bool:
    return choice.hit.label == "Account" and f" {digits.lower()}" in choice.title.lower()


def names_of_hits(hits: Hits, *, key: bytes = NOBODYS_KEY, opened: Collection[str] = frozenset()) -> Names:
    minors = frozenset(hit.id for hit in hits.hits if hit.minor)
    likely = frozenset(hit.id for hit in hits.hits if hit.minor and hit.basis == LIKELY)
    return Names({hit.id: hit.name for hit in hits.hits}, minors, frozenset(opened), likely=likely, key=key)


def held_by_masked(case: CaseFolder, hits: Hits) -> dict[str, frozenset[str]]:
    """The e-mails, telephones and the like among the hits that masked people have, by id."""
    return held_in(case, [hit.id for hit in hits.hits if hit.label == "Identifier"])


def counted(hits: Hits, words: Words) -> str:
    """How many of how many hits are shown, and what was not looked for."""
    shown = words.ngettext(
        "{shown} of {total} found", "{shown} of {total} found", hits.total, shown=hits.offset + len(hits.hits),
        total=hits.total,
    )
    return words.joined((shown, *left_out(hits, words)))


def left_out(hits: Hits, words: Words) -> tuple[str, ...]:
    """What was not looked for."""
    return tuple(words.gettext(note) for note in hits.notes)


def _line(hit: Hit, names: Names, leads: int, words: Words) -> str:
    _ = words.gettext
    matches = {
        "exact": _("exact"), "prefix": _("begins so"), "lookalike": _("looks alike"), "within": _("contains it")
    }
    # how well it matches would confirm a name that was guessed
    parts = [] if _withheld(hit, names) else [matches[hit.match]]
    if names.masked(hit.id):
        parts.append(_told(hit, words, via=False))
    else:
        if hit.name != hit.id:
            parts.append(names.identity(hit.id) if names.unsaid(hit.id) else hit.id)
        parts.append(_told(hit, words, via=True))
    if leads:
        parts.append(words.ngettext("{number} lead", "{number} leads", leads))
    return plain_text(" · ".join(filter(None, parts)), limit=300)


def _told(hit: Hit, words: Words, *, via: bool) -> str:
    """What tells it apart: role or kind, age and its basis, messages or uses, first and last day."""
    _, ngettext = words.gettext, words.ngettext
    ours = hit.label in ("Account", "Identifier")  # a room's kind and a company's jurisdiction are data
    parts = [_(hit.kind) if hit.kind and ours else hit.kind if hit.label != "Account" or hit.kind != "member" else None]
    if hit.label == "Account":
        parts.append(_age(hit, words))
    if hit.label == "Account":
        parts.append(ngettext("{number} message sent", "{number} messages sent", hit.messages))
    elif hit.label == "Room":
        parts.append(ngettext("{number} message", "{number} messages", hit.messages))
    elif hit.label == "Identifier":
        parts.append(ngettext("used by {number} account", "used by {number} accounts", hit.links))
    else:
        parts.append(ngettext("{number} holding", "{number} holdings", hit.links))
    if hit.first_day and hit.first_day == hit.last_day:
        parts.append(_day(hit.first_day, words))
    elif hit.first_day:
        parts.append(_("{first} to {last}", first=_day(hit.first_day, words), last=_day(hit.last_day, words)))
    if via and hit.via:
        parts.append(_("found by {name}", name=hit.via))
    return " · ".join(part for part in parts if part)


def _day(told: str | None, words: Words) -> str:
    return words.short_day(date.fromisoformat(told)) if told else ""


def _age(hit: Hit, words: Words) -> str:
    """What the evidence tells of the age of an account's holder, and on which basis."""
    _ = words.gettext
    told = [] if hit.declared_age is None else [_("declared age {age}", age=hit.declared_age)]
    if hit.basis == "stated":
        told.append(_("states age {age}", age=hit.age))
    elif hit.basis == "report":
        told.append(_("a minor by a report") if hit.age is None else _("age {age} by a report", age=hit.age))
    elif hit.basis == LIKELY:
        told.append(_("likely minor (a lead)"))
    return ", ".join(told) or _("age unknown")

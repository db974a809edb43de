"""What has the last run changed of a lead, and why?  In a mark for the list and in sentences for the open lead."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.detect.finding import TIERS, Finding
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.runs.changes import Changes, Why
from workbench.runs.earlier_methods import part_label
from workbench.views.models.leads.parameters_form import named

NEW, MOVED, GONE = "new", "moved", "gone"
CHANGES = (NEW, MOVED, GONE)
_MOST_NAMED = 4


def changed(finding: Finding, changes: Changes) -> str:
    """``new``, ``moved``, ``gone``, or nothing."""
    if finding.finding_id in changes.new:
        return NEW
    if finding.finding_id in changes.moved:
        return MOVED
    return GONE if any(finding.finding_id == one.finding_id for one in changes.gone) else ""


def counted(changes: Changes, words: Words) -> str:
    """How many of each, since which run."""
    return words.gettext(
        "Since the run before ({run}): {new} new, {moved} moved, {gone} gone.",
        run=plain_text(changes.former_run, limit=40), new=len(changes.new), moved=len(changes.moved),
        gone=len(changes.gone),
    )


def listed(findings: Sequence[Finding], changes: Changes, asked: str | None) -> tuple[Finding, ...]:
    """The findings that changed in the way asked for, in the order given; all of them where nothing is asked."""
    if asked == GONE:
        return changes.gone
    wanted = {NEW: changes.new, MOVED: frozenset(changes.moved)}.get(asked or "")
    return tuple(one for one in findings if wanted is None or one.finding_id in wanted)


def marks(findings: Sequence[Finding], changes: Changes, words: Words) -> dict[str, str]:
    """The mark of each, by id."""
    return {finding.finding_id: mark(finding, changes, words) for finding in findings}


def mark(finding: Finding, changes: Changes, words: Words) -> str:
    """For the list: new, gone, a tier up or down, places up or down."""
    kind = changed(finding, changes)
    if kind != MOVED:
        return words.gettext(kind) if kind else ""
    move = changes.moved[finding.finding_id]
    if move.tiers[0] != move.tiers[1]:
        return "▲▲" if _up(move.tiers) else "▼▼"
    return f"{'▲' if move.places[1] < move.places[0] else '▼'} {abs(move.places[1] - move.places[0])}"


def moves(marks: Iterable[str]) -> bool:
    """Does one of them say that a lead moved, by a sign that the legend explains?"""
    return any(mark[:1] in "▲▼" for mark in marks if mark)


def legend(words: Words) -> str:
    return words.gettext("▲▲ ▼▼: another tier. ▲ ▼: how many places up or down among the leads of its kind.")


def told(finding: Finding, changes: Changes, words: Words) -> list[str]:
    """What changed of this lead, then why; nothing where it stands as it stood."""
    _, kind = words.gettext, changed(finding, changes)
    if not kind:
        return []
    if kind == NEW:
        lines = [_("New since the run before.")]
    elif kind == GONE:
        lines = [_("Gone: the last run does not find it any more. It stands here as it was.")]
    else:
        move = changes.moved[finding.finding_id]
        if move.tiers[0] != move.tiers[1]:
            lines = [_("The evidence was {before}, it is {now} since the last run.", before=_(move.tiers[0]),
                       now=_(move.tiers[1]))]
        else:
            lines = [_("Was number {before} of its kind, is number {now} since the last run.", before=move.places[0],
                       now=move.places[1])]
    return [*lines, *_reasons(changes.why[finding.kind], words)]


def _reasons(why: Why, words: Words) -> list[str]:
    _ = words.gettext
    lines = []
    if why.first:
        return [_("This kind was not run before.")]
    if why.evidence:
        lines.append(_("The evidence has changed between the two runs."))
    if why.not_run:
        lines.append(_("This kind has not been run on the evidence as it is now."))
    if why.parameters:
        named = list(why.parameters.items())
        listed = [_change(name, values, words) for name, values in named[:_MOST_NAMED]]
        more = ["…"] if len(named) > _MOST_NAMED else []
        lines.append(_("Parameters have changed: {changes}.", changes=words.joined([*listed, *more])))
    lines += [
        _("The method has changed: {part}, version {before} to {now}.", part=part_label(part, words),
          before=str(before), now=str(now))
        for part, (before, now) in sorted(why.methods.items())
    ]
    return lines or [_("A person added or withdrew it.")]


def _change(name: str, values: tuple[Any, Any], words: Words) -> str:
    part, _, own = name.partition(".")
    label = named(part, own, words)
    if any(isinstance(value, list | Mapping) for value in values):
        return words.pair(label, words.gettext("(a list)"))
    return words.pair(label, f"{_value(values[0], words)} → {_value(values[1], words)}")


def _value(value: Any, words: Words) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "–" if value is None else plain_text(str(value), limit=40)
    text = f"{value:g}"
    return text.replace(".", ",") if words.language == "fr" else text


def _up(tiers: tuple[str, str]) -> bool:
    return TIERS.index(tiers[1]) < TIERS.index(tiers[0])

"""What are the canvas's steps called, and what does it say of what it hides?"""

from collections.abc import Mapping, Sequence

from workbench.explore.filters import Filters
from workbench.explore.history import Step
from workbench.explore.shown import Shown
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.views.models.explore import View
from workbench.views.models.names import Names

KINDS_APART = ","
"""Between kinds of leads, in the name of a step and in the title of a tab."""
_LEADS = "leads:"


def leads_step(kinds: Sequence[str]) -> str:
    """The name of the step that draws the strongest leads of these kinds."""
    return _LEADS + KINDS_APART.join(kinds)


def kinds_named(kinds: str, words: Words) -> str:
    """Kinds that were joined, as they are called."""
    return ", ".join(kind_label(kind, words) for kind in kinds.split(KINDS_APART) if kind)


def step_name(step: Step, words: Words) -> str:
    """A step in a few words: what was done, to how many."""
    _ = words.gettext
    if step.name.startswith(_LEADS):
        return _("draw the strongest leads: {kinds}", kinds=kinds_named(step.name.removeprefix(_LEADS), words))
    named: Mapping[str, str] = {
        "begin": _("draw"), "lead": _("draw a lead"), "search": _("add what was found"), "expand": _("expand"),
        "common": _("draw what they share"), "hide": _("hide"), "keep": _("hide all others"),
        "show": _("show what was hidden"), "remove": _("take off the picture"), "pin": _("pin"), "unpin": _("let go"),
        "move": _("move"), "layout": _("lay out"), "arrange": _("arrange anew"), "mark": _("mark"),
        "group": _("group"), "ungroup": _("dissolve a group"), "regroup": _("change a group"),
        "open group": _("open a group"), "fold": _("fold leaves"), "note": _("write a note"),
        "renote": _("change a note"), "unnote": _("take a note away"), "move note": _("move a note"),
        "filter": _("filter"), "path": _("find a path"), "light": _("light a path"),
        "style": _("change the style"), "clear": _("clear"),
        "open view": _("open a picture"), "query": _("draw an answer"),
    }
    name = named.get(step.name, step.name)
    return f"{name} ({words.number(step.count)})" if step.count > 1 else name


def undo_and_redo(view: View, words: Words) -> tuple[str, str]:
    """What undo and redo would do, with their keys; empty where nothing."""
    history = view.history
    undo = words.gettext("Undo: {step} (Ctrl+Z)", step=step_name(history.done[-1], words)) if history.done else ""
    redo = words.gettext("Redo: {step} (Ctrl+Y)", step=step_name(history.undone[-1], words)) if history.undone else ""
    return undo, redo


def hidden(shown: Shown, words: Words) -> str:
    """How much is on the picture and not seen, by what hides it; empty where all is seen."""
    if not shown.hides_some:
        return ""
    _ = words.gettext
    why: Mapping[str, str] = {
        "hand": _("by hand"), "labels": _("by kind"), "ages": _("by age"), "degree": _("with few links"),
        "component": _("in small parts"), "types": _("by relationship"), "weight": _("weak"), "days": _("on few days"),
        "initiated": _("not begun"), "period": _("outside the period"), "measure": _("below the measure"),
    }
    parts = [
        f"{words.number(count)} {why[reason]}" for reason, count in shown.hidden.items()
    ]
    told = []
    if parts:
        nodes = sum(shown.hidden.values())
        told.append(words.ngettext("{number} node is hidden: {why}", "{number} nodes are hidden: {why}", nodes,
                                   why=", ".join(parts)))
    if shown.links:
        links = ", ".join(f"{words.number(count)} {why[reason]}" for reason, count in shown.links.items())
        told.append(words.ngettext("{number} link is hidden: {why}", "{number} links are hidden: {why}",
                                   sum(shown.links.values()), why=links))
    return words.joined(told) + "."


def members_hidden(members: Sequence[str], names: Names | None, words: Words) -> str:
    """That those whom a lead is about are hidden; empty where none is.  Nobody is named without ``names``."""
    if not members:
        return ""
    if names is None:
        return words.gettext("Whom a lead is about is hidden.")
    who = names.joined(members, more=words.gettext("and {number} more"))
    return words.gettext("Whom a lead is about is hidden: {who}.", who=who)


def period_told(filters: Filters, words: Words) -> str:
    """The period that is filtered by, as a sentence; empty where none is."""
    if not filters.since and not filters.until:
        return ""
    since, until = (words.instant(end) if end else "" for end in (filters.since, filters.until))
    if since and until:
        return words.gettext("Period: {since} to {until}", since=since, until=until)
    if since:
        return words.gettext("Period: from {since} on", since=since)
    return words.gettext("Period: until {until}", until=until)

"""What left the case by an export or a report that the audit log tells of?  In words, without naming anybody."""

from collections.abc import Mapping
from typing import Any

from workbench.language import Words
from workbench.report.kept import PACKAGE
from workbench.report.recheck import ACTION as REPORT

BUNDLE = "case bundle"
ITSELF = (PACKAGE, BUNDLE)
"""Formats that are what left: nothing is in them but of one kind."""
ACTIONS = ("export", REPORT)


def _(message: str) -> str:
    return message


_TABLES = {
    "leads": _("list of leads"), "leads-gone": _("list of leads that are gone"), "contacts": _("list of contacts"),
    "marks": _("list of who used marks"), "rejects": _("rejected rows"), "audit-log": _("the audit log"),
}


def leads_in(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the leads that an entry is about, in its order."""
    chosen = _chosen(facts)
    kind, _colon, on = str(facts.get("on") or "").partition(":")
    several = (facts.get("findings"), chosen.get("findings"))
    found = [facts.get("finding"), facts.get("lead"), on if kind == "finding" else None, chosen.get("finding")]
    found += [one for some in several if isinstance(some, list) for one in some]
    return tuple(dict.fromkeys(str(one) for one in found if one))


def handed_on(action: str, facts: Mapping[str, Any], words: Words) -> list[str]:
    """What it was, how much of it, and whether minors or message texts stand in it as they are; nothing where the
    entry tells of no export."""
    if action not in ACTIONS or not facts.get("to"):
        return []
    parts = [_what(action, facts, words)]
    if facts.get("minors") == "shown":
        parts.append(words.gettext("minors unmasked"))
    if facts.get("texts") is True:
        parts.append(words.gettext("with message texts"))
    return parts


def query_of(facts: Mapping[str, Any]) -> str:
    """The query whose answer left; empty where it was none's."""
    return str(_chosen(facts).get("query") or "")


def _what(action: str, facts: Mapping[str, Any], words: Words) -> str:
    gettext, ngettext, chosen, number = words.gettext, words.ngettext, _chosen(facts), len(leads_in(facts))
    if action == REPORT:
        return ngettext("report on {number} lead", "report on {number} leads", number)
    if facts["to"] == PACKAGE:
        return ngettext("disclosure package on {number} lead", "disclosure package on {number} leads", number)
    if facts["to"] == BUNDLE:
        return gettext("the whole case in one file")
    if name := chosen.get("table"):
        told = gettext(_TABLES[name]) if name in _TABLES else str(name)
        if isinstance(chosen.get("rows"), int) and isinstance(chosen.get("of"), int):
            told = gettext("{what}, {shown} of {total} rows", what=told, shown=chosen["rows"], total=chosen["of"])
        return told
    if number:
        return gettext("evidence of a lead")
    if chosen.get("query"):
        return gettext("rows of an answer") if "rows" in chosen else gettext("graph of an answer")
    if isinstance(chosen.get("accounts"), list):
        return ngettext("{number} account with its links", "{number} accounts with their links",
                        len(chosen["accounts"]))
    return gettext("the whole graph") if chosen.get("all") else gettext("a picture of Explore")


def _chosen(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    selection = facts.get("selection")
    return selection if isinstance(selection, dict) else {}

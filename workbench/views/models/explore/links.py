"""How many links of each kind does a node have?  Each direction by a name of its own: who reports is not reported."""

from collections.abc import Mapping

from graph.fetch.results import Entity
from workbench.language import Words


def _(message: str) -> str:
    return message


_OUT: Mapping[str, str] = {
    "CONTACTED": _("Accounts it wrote to"), "POSTED_IN": _("Rooms it wrote in"), "USED": _("Identifiers it used"),
    "REPORTED": _("Reports by it"), "OWNS": _("What it owns"), "OPERATES": _("Platforms it operates"),
    "INVOLVES": _("Whom it names"),
}
_IN: Mapping[str, str] = {
    "CONTACTED": _("Accounts that wrote to it"), "POSTED_IN": _("Who wrote there"),
    "USED": _("Accounts that used it"), "REPORTED": _("Reports about it"), "OWNS": _("Its owners"),
    "OPERATES": _("Who operates it"), "INVOLVES": _("Leads about it"),
}


def links_counted(entity: Entity, words: Words) -> dict[str, str]:
    """Name to number, in the order of the relationships; what there is none of is left out."""
    found: dict[str, str] = {}
    for type_ in entity.counts:
        for names, counts in ((_OUT, entity.outgoing), (_IN, entity.incoming)):
            if counts.get(type_):
                found[words.gettext(names.get(type_, type_))] = words.number(counts[type_])
    return found

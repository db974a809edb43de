"""What do the figures of a reason count?  Each unit in the singular and the plural, as the language counts."""

from types import MappingProxyType

from graph.detect.values import seconds
from graph.detect.wordings import catalogue, written
from workbench.language import Words

_ANY_KIND = "hub"  # durations are written alike in the sentences of all


def _(word: str) -> str:
    return word


UNITS = MappingProxyType({
    "accounts": (_("account"), _("accounts")),
    "accounts written to": (_("account written to"), _("accounts written to")),
    "addresses": (_("address"), _("addresses")),
    "adults": (_("adult"), _("adults")),
    "arrivals where another member already was": (
        _("arrival where another member already was"), _("arrivals where another member already was")
    ),
    "chats": (_("chat"), _("chats")),
    "companies": (_("company"), _("companies")),
    "devices": (_("device"), _("devices")),
    "first contacts": (_("first contact"), _("first contacts")),
    "hand-overs": (_("hand-over"), _("hand-overs")),
    "likely minors": (_("likely minor"), _("likely minors")),
    "members": (_("member"), _("members")),
    "members at a target": (_("member at a target"), _("members at a target")),
    "messages": (_("message"), _("messages")),
    "minors": (_("minor"), _("minors")),
    "names": (_("name"), _("names")),
    "nominees": (_("nominee"), _("nominees")),
    "pairs": (_("pair"), _("pairs")),
    "paths": (_("path"), _("paths")),
    "people": (_("person"), _("people")),
    "periods": (_("period"), _("periods")),
    "platforms": (_("platform"), _("platforms")),
    "probability": (_("probability"), _("probability")),
    "reports": (_("report"), _("reports")),
    "seconds between two members": (_("time between two members"), _("time between two members")),
    "share": (_("share"), _("share")),
    "share of companies": (_("share of companies"), _("share of companies")),
    "share of sessions": (_("share of sessions"), _("share of sessions")),
    "signs": (_("sign"), _("signs")),
    "stakes": (_("stake"), _("stakes")),
    "statements": (_("statement"), _("statements")),
    "targets": (_("target"), _("targets")),
    "values": (_("value"), _("values")),
    "visits at once": (_("visit at once"), _("visits at once")),
    "years": (_("year"), _("years")),
})
_SHARES = MappingProxyType({
    "share": _("{percent}%"), "probability": _("{percent}%"),
    "share of companies": _("{percent}% of companies"), "share of sessions": _("{percent}% of sessions"),
})
_DURATIONS = MappingProxyType({"seconds between two members": _("{duration} between two members")})


def unit_word(unit: str, words: Words) -> str:
    """The unit alone, as at the head of a column; one that nobody foresaw stands as it was written."""
    return words.gettext(UNITS[unit][1] if unit in UNITS else unit) if unit else ""


def duration_word(value: float, unit: str, words: Words) -> str | None:
    """``63 minutes``, as a sentence tells it; None where the unit is no duration."""
    return written(seconds(value), catalogue(_ANY_KIND, words.language)) if unit in _DURATIONS else None


def measured(value: float, figure: str, unit: str, words: Words) -> str:
    """``1 path``, ``64 pairs``; a part of a whole in per cent.  ``figure``: the value as it is written."""
    if duration := duration_word(value, unit, words):
        return words.gettext(_DURATIONS[unit], duration=duration)
    if unit in _SHARES:
        return words.gettext(_SHARES[unit], percent=words.figure(value * 100))
    if unit not in UNITS:
        return f"{figure} {unit_word(unit, words)}".rstrip()
    shown = round(value, 2)  # what is read: 0.999 is written 1
    one, several = UNITS[unit]
    single = words.locale.plural_form(int(shown) if float(shown).is_integer() else shown) == "one"
    return f"{figure} {words.gettext(one if single else several)}"

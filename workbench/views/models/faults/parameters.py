"""How does a screen say that a query's values do not fit?  All faults of one error, by their texts."""

import re

from queries.values import EXPECTED
from workbench.language import Words
from workbench.views.models.faults.known import Values, said
from workbench.views.models.queries.listing import type_name


def _(message: str) -> str:
    return message


_FAULTS = {
    r"unknown parameter (?P<name>\S+)": _("it has no parameter {name}"),
    r"parameter (?P<name>\S+) is missing \((?P<wanted>.*)\)": _("{name} is missing: {wanted}"),
    r"parameter (?P<name>\S+): (?P<value>.*) ends before it begins": _("{name}: {value} ends before it begins"),
    r"(?P<value>.*) ends before it begins": _("{value} ends before it begins"),
    r"parameter (?P<name>\S+): (?P<value>.*) is not (?P<wanted>.*)": _("{name}: {value} is not {wanted}"),
    r"(?P<value>.*) is not (?P<wanted>.*)": _("{value} is not {wanted}"),
}
_FIX = {
    r"its parameters are: none": _("it takes no values"),
    r"its parameters are: (?P<names>.*)": _("it takes: {names}"),
    r"give the earlier day first": _("give the earlier day first"),
    r"give (?P<wanted>.*)": _("give {wanted}"),
}
_WANTED = {
    r"a text": _("a text"), r"a whole number": _("a whole number"), r"a number": _("a number"),
    r"true or false": _("true or false"),
    re.escape(EXPECTED["instant"]): _(
        "a day (2024-01-31) or a time with offset (2024-01-31T12:00:00Z)"),
    re.escape(EXPECTED["day"]): _("a day, such as 2024-01-31"),
    re.escape(EXPECTED["period"]): _(
        "a period, such as 2024, 2024-01, 2024-01-31 or 2024-01-01/2024-01-31 (both days are in it)"),
    r"one of the choices": _("one of the choices"),
    r"an id or a name": _("an id or a name"),
    r"(?P<least>\S+) or more": _("{least} or more"),
    r"(?P<most>\S+) or less": _("{most} or less"),
    r"one of (?P<values>.*)": _("one of: {values}"),
}
_TYPE = re.compile(r"\(([a-z]+(?:\[\])?)\)")
_SEVERAL = ", or several separated by commas"


def what_text(what: str, words: Words) -> str | None:
    """The faults in the person's language; None unless all of them are known."""
    faults = [said(one, _FAULTS, words, values=_value(words)) for one in what.split("; ")]
    return None if None in faults else words.joined(fault for fault in faults if fault)


def fix_text(fix: str, words: Words) -> str | None:
    """What the query takes, or what is to be given."""
    return said(fix, _FIX, words, values=_value(words))


def _value(words: Words) -> Values:
    def filled(name: str, text: str) -> str:
        if name == "names":
            return _TYPE.sub(lambda found: f"({type_name(found[1], words)})", text)
        if name != "wanted":
            return text
        each = text.removesuffix(_SEVERAL)
        known = said(each, _WANTED, words) or each
        return words.gettext("{each}, or several separated by commas", each=known) if each != text else known

    return filled

"""What do the units of parameters mean that not everybody knows?  One line each, by the unit's English name."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from workbench.language import Words


def _(message: str) -> str:
    return message


_MEANING: Mapping[str, str] = MappingProxyType({
    "nats": _(
        "natural logarithm of how many times likelier what is seen is of such a lead than of ordinary accounts or by "
        "chance: 1 is 2.7 times, 3.5 is 33 times, 6 is 400 times"
    ),
    "bits": _(
        "logarithm to base 2 of how many times likelier what is seen is of such a lead than without one: each one "
        "more is twice as much, 10 is a thousand times; below 0 it speaks against"
    ),
    "q-value": _("share of false leads to be expected among all that are as rare"),
    "odds ratio": _("how many times higher the odds are than is usual; 1 is no difference"),
    "likelihood ratio": _("how many times likelier what is seen is of such a lead than of ordinary accounts"),
    "power": _(
        "to which a likelihood ratio is raised: 1 counts it in full, 0.5 is its square root, near 0 hardly at all"
    ),
    "intra-class correlation": _(
        "how much of the differences is between accounts, from 0 (all are alike) to 1 (each is quite its own)"
    ),
    "coefficient of variation": _("standard deviation as a part of the mean; 0 is perfectly even"),
    "shape of a gamma distribution": _("how much rates differ from one to another: the smaller, the more"),
    "prior sessions": _("so many sessions weighs what is usual beside those that were seen"),
})


def meanings(units: Iterable[tuple[str, str]], words: Words) -> tuple[str, ...]:
    """A line each of the units (English name, and as the language says it) that are explained, in order, once."""
    return tuple(
        words.pair(shown, words.gettext(_MEANING[unit])) for unit, shown in dict.fromkeys(units) if unit in _MEANING
    )

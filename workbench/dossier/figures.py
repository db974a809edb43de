"""How many contacts, how many begun, how many with minors?  Every such figure of the screens is counted here."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.dossier.account import Contact


@dataclass(frozen=True)
class Figures:
    """Counts of counterparts in private, each once.

    ``begun``: this account wrote first; ``begun_known``: of them, somebody whose age was known at that moment;
    ``begun_minors``: of those, minors then (the figure of a hub's lead); ``begun_then_alone``: of these, no minors by
    what is known now.  ``begun_later``: no minors by what was known then, if anything was, and minors by what is known
    now.  ``minors``: minors by what is known now, whoever began; ``written_by_minors``: of them, those who wrote first.
    So ``minors`` is ``begun_minors - begun_then_alone + begun_later + written_by_minors``.
    """

    contacts: int
    begun: int
    begun_known: int
    begun_minors: int
    begun_then_alone: int
    begun_later: int
    minors: int
    written_by_minors: int


def figures(contacts: Iterable[Contact]) -> Figures:
    """Of one account's contacts."""
    listed = list(contacts)
    begun = [item for item in listed if item.initiator]
    return Figures(
        contacts=len(listed), begun=len(begun), begun_known=sum(item.known_then for item in begun),
        begun_minors=sum(item.minor_then for item in begun),
        begun_then_alone=sum(item.minor_then and not item.minor for item in begun),
        begun_later=sum(item.minor and not item.minor_then for item in begun),
        minors=sum(item.minor for item in listed),
        written_by_minors=sum(item.minor and not item.initiator for item in listed),
    )

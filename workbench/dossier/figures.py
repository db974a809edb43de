"""How many contacts, how many begun, how many with minors?  Every such figure of the screens is counted here."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.dossier.account import Contact


@dataclass(frozen=True)
class Figures:
    """Counts of counterparts in private, each once.

    ``begun``: this account wrote first; ``begun_known``: of them, somebody whose age was known at that moment;
    ``begun_minors``: of those, minors then (the figure of a hub's lead); ``begun_later``: nothing was known of them
    then, and they are minors by what is known now.  ``minors``: minors by what is known now, whoever began;
    ``written_by_minors``: of them, those who wrote first.
    """

    contacts: int
    begun: int
    begun_known: int
    begun_minors: int
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
        begun_later=sum(item.minor and not item.known_then for item in begun),
        minors=sum(item.minor for item in listed),
        written_by_minors=sum(item.minor and not item.initiator for item in listed),
    )

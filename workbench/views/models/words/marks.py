"""What is said of how many accounts use a device, an address or another mark?"""

from workbench.dossier import CROWD
from workbench.language import Words

LINES = ("ip", "host")


def holders_told(kind: str, holders: int, words: Words) -> str:
    """``used by 150 accounts: a shared line tells little``; of few the number alone."""
    if holders <= CROWD:
        return words.ngettext("used by {number} account", "used by {number} accounts", holders)
    if kind in LINES:
        return words.gettext("used by {number} accounts: a shared line tells little", number=holders)
    return words.gettext("used by {number} accounts: what so many use tells little", number=holders)


def crowd_told(words: Words) -> str:
    """What the numbers behind the marks of a table say, once for the whole of it."""
    return words.gettext(
        "Behind a mark stands how many accounts of the case use it; what more than {number} use tells little.",
        number=CROWD,
    )

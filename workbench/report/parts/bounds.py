"""How does a report say that a list is not whole?  At the head of the list: how many there are, and how many lack."""

from workbench.language import Words
from workbench.report.content import Text


def shown_of(shown: int, total: int, words: Words, *, where: str = "") -> tuple[Text, ...]:
    """What stands before a list that is not whole, ``where`` the others are found with it; nothing else."""
    if shown >= total:
        return ()
    told = words.gettext(
        "Showing {shown} of {total}: {left} are left out.", shown=shown, total=total, left=total - shown
    )
    return (Text(f"{told} {where}".strip()),)

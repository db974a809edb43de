"""What do several nodes have in common?  Which of it is to be drawn, what is selected then, and how much it is."""

from collections.abc import Sequence

from workbench.explore.board import OWN
from workbench.language import Words
from workbench.views.models.explore.view import View


def to_draw(view: View, keys: Sequence[str]) -> list[str]:
    """Those that are not on the picture, hidden by hand, or folded among leaves."""
    board, marks = view.board, view.shown.marks
    return [
        key for key in keys
        if key not in board.nodes or key in board.hidden or (key in marks and not marks[key].startswith(OWN))
    ]


def to_select(view: View, keys: Sequence[str]) -> list[str]:
    """What is drawn of them; of a folded group of one's own its mark."""
    found = (view.shown.marks.get(key, key) for key in keys)
    return [key for key in dict.fromkeys(found) if view.node(key) is not None]


def summary(
    before: View, after: View, keys: Sequence[str], total: int, words: Words, *, chosen: bool = False
) -> str:
    """How many they have in common, and what of it is drawn: ``keys`` of ``total``, in the view before and after.

    ``chosen``: along chosen relationships alone.
    """
    if not total and chosen:
        return words.gettext("They have nothing in common along the chosen relationships.")
    if not total:
        return words.gettext("They have nothing in common.")
    drawn = [key for key in keys if to_select(after, [key])]
    there = [key for key in drawn if to_select(before, [key]) and key not in to_draw(before, [key])]
    if len(there) == total:
        return words.ngettext(
            "{number} in common: drawn already, now selected.", "{number} in common: all drawn already, now selected.",
            total,
        )
    _ = words.gettext
    counts = {
        _("drawn just now"): len(drawn) - len(there), _("drawn already"): len(there),
        _("hidden by filters"): len(keys) - len(drawn), _("not drawn"): total - len(keys),
    }
    parts = ", ".join(words.pair(name, words.number(number)) for name, number in counts.items() if number)
    return words.gettext("{number} in common, what is drawn of them is selected ({parts}).", number=total, parts=parts)

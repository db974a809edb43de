"""What somebody wrote when reporting an account: the words of a masked minor are not shown, like any other text."""

from workbench.cited import hidden_text
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.names import Names


def reason_told(reason: str, reporter: str, names: Names, words: Words, *, limit: int = 400) -> str:
    """The reason of a report as a screen may show it; ``reporter`` is an account's id, empty for nobody."""
    if not reason:
        return ""
    return hidden_text(reason, words) if names.masked(reporter) else plain_text(reason, limit=limit)

"""What is a kind of finding called?"""

from graph.detect.wordings import catalogue
from graph.detect.wordings.catalogue import has_catalogue
from workbench.language import Words
from workbench.plain_text import plain_text

MANUAL = "manual"
"""The kind of a person's own finding."""


def kind_label(kind: str, words: Words) -> str:
    """By the wordings of its detection; a person's own finding by ours; its own name where nobody knows it."""
    if kind == MANUAL:
        return words.gettext("lead by a person")
    return catalogue(kind, words.language).label if has_catalogue(kind, words.language) else plain_text(kind)

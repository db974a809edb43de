"""How is a finding said?  Catalogues of sentences by code, English and French, rendered by one function."""

from graph.detect.wordings.catalogue import LANGUAGES, Catalogue, Entry, Language, catalogue
from graph.detect.wordings.days import day_told, moment_told
from graph.detect.wordings.rendering import Names, Said, as_ids, knows, naming, quoted, render, written

__all__ = [
    "LANGUAGES", "Catalogue", "Entry", "Language", "Names", "Said", "as_ids", "catalogue", "day_told", "knows",
    "moment_told", "naming", "quoted", "render", "written",
]

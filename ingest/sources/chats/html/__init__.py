"""Pages of exports and returns: as tags and texts, as elements, as labels with values."""

from ingest.sources.chats.html.labelled import Labelled, labelled
from ingest.sources.chats.html.stream import Element, Mark, elements, marks, text_of_html

__all__ = ["Element", "Labelled", "Mark", "elements", "labelled", "marks", "text_of_html"]

"""Are two values one, however they are written, and does a value name anybody at all?  The forms all share."""

from graph.text_forms.written import identifier, named, place_of, places

__all__ = ["identifier", "named", "place_of", "places"]

"""What is left of a name when it is dressed up?  The skeletons that every comparison of names shares."""

from graph.text_forms.names import number_of, skeletons, undressed, whole_skeleton

__all__ = ["number_of", "skeletons", "undressed", "whole_skeleton"]

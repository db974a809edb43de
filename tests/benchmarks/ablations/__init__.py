"""What does each part of a detection earn?  One module a kind: which parts can be left out, by parameters."""

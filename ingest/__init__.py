"""Source files into evidence: read, check, write, commit."""

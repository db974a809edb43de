"""Queries from Python: a case, what is asked of it, and its answers as frames and graphs."""

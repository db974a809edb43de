"""Casework: command line, exports, casebook and screens."""

__version__ = "0.1.0"

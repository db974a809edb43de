"""Readers of what tools of the trade write about a seized device: extraction reports and exchange formats."""

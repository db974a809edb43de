"""The command line of the contract, one file a group of commands."""

from workbench.cli.entry import main

__all__ = ["main"]

"""The command line of the contract: how a command starts, asks, prints and ends; ``commands`` says what each does."""

from workbench.cli.entry import main

__all__ = ["main"]

"""Which options do all commands share?  They may stand before or after the command's name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")
NAMES = ("workspace", "case", "graph", "debug")


def shared_options(function: Callable[P, R]) -> Callable[P, R]:
    """Add the common options to a group or command; values land in ``ctx.obj``, the innermost given one wins."""
    options = (
        click.option(
            "--workspace",
            metavar="DIR",
            expose_value=False,
            callback=_keep,
            help="Folder that holds the cases [FILATURE_WORKSPACE, else ./filature-workspace].",
        ),
        click.option("--case", metavar="NAME", expose_value=False, callback=_keep, help="The case to work on."),
        click.option(
            "--graph",
            metavar="URL",
            expose_value=False,
            callback=_keep,
            help="A Neo4j server, bolt://… or "
            "neo4j://host:port/DATABASE [FILATURE_GRAPH]; without it the embedded engine serves the case.",
        ),
        click.option(
            "--debug", is_flag=True, default=None, expose_value=False, callback=_keep, help="Show tracebacks."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    store = ctx.ensure_object(dict)
    if value is not None and param.name is not None:
        store[param.name] = value
    return value


def given(name: str) -> str | None:
    """The value of a shared option, wherever it stood; None if absent."""
    value: str | None = click.get_current_context().ensure_object(dict).get(name)
    return value


def out_file(path: str) -> Path:
    """A path to write to; a usage error if its folder does not exist or it is a folder itself."""
    target = Path(path)
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise click.UsageError(f"cannot write {path}: it is a folder, or its folder does not exist.")
    return target

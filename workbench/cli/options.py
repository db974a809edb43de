"""Which options do all commands share, and where may a command write?  They stand before or after its name."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from workbench.errors import ExportError
from workbench.whole_files import put_whole

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


def out_file(path: str, *, stream: bool = False, folder: bool = False) -> Path:
    """A path to write to; a usage error that says why if nothing can be written there.

    ``stream``: a device or a pipe will do as well, such as ``/dev/stdout``; elsewhere the file would take its place.
    ``folder``: what is written may be a folder.
    """
    if not path:
        raise click.UsageError("the file to write has no name: give one.")
    target = Path(path)
    try:
        mode = target.stat().st_mode if target.exists() else None
        inside = target.absolute().parent.is_dir()
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {reason(error)}.") from error
    if not inside:
        raise click.UsageError(f"cannot write {path}: its folder does not exist; make it first.")
    if mode is not None and stat.S_ISDIR(mode) and not folder:
        raise click.UsageError(f"cannot write {path}: it is a folder; name a file.")
    if mode is not None and not stat.S_ISDIR(mode) and not stat.S_ISREG(mode) and not stream:
        raise click.UsageError(f"cannot write {path}: it is a device or a pipe, which the file would replace.")
    return target


def written(target: Path, write: Callable[[Path], R]) -> R:
    """What ``write`` returns, once it has filled ``target``: the file is there whole, or as it was before.

    A link, a device and a pipe are written through.  Raises ExportError.
    """
    try:
        through = target.is_symlink() or (target.exists() and not target.is_file())
        return write(target) if through else put_whole(target, write)
    except OSError as error:
        raise ExportError(
            f"cannot be written ({reason(error)})", where=str(target), fix="choose another place"
        ) from error


def reason(error: OSError) -> str:
    """What the system says of a file, as it stands within a sentence."""
    return (error.strerror or str(error)).lower()

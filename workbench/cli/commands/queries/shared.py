"""What do the commands that run queries share?  Values as they are given, names as they were read, rows as printed."""

import click

from queries.catalog import merge
from queries.naming import Named
from queries.runner import QueryResult
from queries.saved_query import SavedQuery
from workbench.bootstrap import Workbench
from workbench.cli.masks import Masks
from workbench.cli.printing import print_rows, visible


def parameters_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """``-p NAME=VALUE`` options as a mapping; a usage error for one without a name or a value."""
    parameters = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.UsageError(f"-p takes NAME=VALUE, not {pair!r}.")
        parameters[key] = value
    return parameters


def print_read(read: Named, masks: Masks) -> None:
    """On stderr, which id was taken for a name that was given."""
    for parameter, text, identity in read.read:
        click.echo(f"{parameter}: {visible(text)} is {visible(masks.value(identity))}", err=True)


def visible_queries(workbench: Workbench, *, archived: bool = True) -> tuple[SavedQuery, ...]:
    """The library and what the casebook shows this user; ``archived``: what no list holds any more, too."""
    return merge(workbench.casebook.queries(workbench.person, archived=archived))


def print_result(result: QueryResult, format_: str, masks: Masks) -> None:
    """Rows in the chosen format; on stderr, the headline and whether there was more."""
    print_rows(result.columns, masks.rows(result.rows), format=format_)
    for warning in result.warnings:
        click.echo(visible(str(warning)), err=True)
    if result.headline and masks.value(result.headline) == result.headline:  # it may say whom was asked about
        click.echo(visible(result.headline), err=True)
    if result.truncated:
        told = "there are more: narrow the statement" if result.limit is None else "the query gives at most so many"
        click.echo(f"showing the first {len(result.rows):,} rows; {told}", err=True)

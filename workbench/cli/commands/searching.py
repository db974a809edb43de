"""``search``: accounts, rooms, identifiers, companies and persons by name, best first."""

import json

import click

from graph.search import SEARCHED, find
from workbench.cli.opening import opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import print_rows

COLUMNS = ("match", "label", "name", "id", "platform", "about")


@click.command()
@click.argument("text")
@click.option("--label", type=click.Choice(SEARCHED, case_sensitive=False), help="Only nodes of this label.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many hits.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@shared_options
def search(text: str, label: str | None, limit: int, format_: str) -> None:
    """Find accounts, rooms, identifiers, companies and persons by name, id or value."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        with workbench.searching(case) as index:
            found = find(index, text, labels=() if label is None else (label,), limit=limit)
    if format_ == "json":
        columns = ("id", "label", "name", "match", "platform", "via", "about")
        body = [{name: getattr(hit, name) for name in columns} for hit in found.hits]
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
    elif found.hits:
        print_rows(COLUMNS, [[getattr(hit, name) for name in COLUMNS] for hit in found.hits], format="table")
    more = "; --limit N shows more" if found.more else ""
    click.echo(f"showing {len(found.hits):,} of {found.total:,} hits{more}", err=True)
    if found.note:
        click.echo(f"({found.note})", err=True)

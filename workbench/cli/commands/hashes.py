"""``hashes``: lists of known media, and which records name a medium of them.  No medium is ever shown."""

from pathlib import Path
from typing import Any

import click

from workbench.cli.masks import Masks
from workbench.cli.opening import opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import FORMATS, print_rows, visible

_format = click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)
LISTED = ("name", "form", "read", "media", "without", "md5", "sha1", "sha256", "added_at", "list")
MATCHED = ("at", "account", "room", "recipient", "record", "hash", "list", "category")


@click.group()
@shared_options
def hashes() -> None:
    """Lists of known media, and the records that name a medium of them."""


@hashes.command()
@click.argument("lists", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--all", "everywhere", is_flag=True, help="Into every case of the workspace.")
@shared_options
def add(lists: tuple[Path, ...], everywhere: bool) -> None:
    """Take lists into a case and match them: plain hashes, a table (NSRL), Project VIC or CAID JSON."""
    if everywhere and given("case") is not None:
        raise click.UsageError("choose one of --case and --all.")
    with opened() as workbench:
        names = workbench.cases() if everywhere else (workbench.case(given("case")).name,)
        for name in names:
            case = workbench.case(name)
            for path in lists:
                one = workbench.add_hash_list(case, path)
                click.echo(visible(
                    f"{name}: {one.name}: read {one.read:,} = media {one.media:,} + without a hash {one.without:,}"
                ))
            click.echo(told(name, workbench.match_hash_lists(case)))


def told(case: str, count: int) -> str:
    """How many records match, in one line."""
    return f"{case}: {count:,} record{'' if count == 1 else 's'} of known media; filature hashes matches shows them"


@hashes.command("list")
@_format
@shared_options
def list_(format_: str) -> None:
    """The lists of the case."""
    with opened() as workbench:
        found = workbench.hash_lists(workbench.case(given("case")))
    rows: list[list[Any]] = [
        [one.name, one.form, one.read, one.media, one.without, *(one.kinds.get(kind, 0) for kind in LISTED[5:8]),
         one.added_at, one.sha256]
        for one in found
    ]
    print_rows(LISTED, rows, format=format_)


@hashes.command()
@_format
@shared_options
def matches(format_: str) -> None:
    """Every record that names a medium of a list: who, where, when; a match is a lead, never a verdict."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        names = {one.sha256: one.name for one in workbench.hash_lists(case)}
        with workbench.lake(case) as lake:
            found = lake.known_media()
        masks = Masks.of(workbench, case)
    rows = [
        [masks.value(cell) for cell in (
            one.at, one.account, one.room, one.recipient, one.record, one.hash, names.get(sha256, sha256), category,
        )]
        for one in found
        for sha256, category in one.lists
    ]
    print_rows(MATCHED, rows, format=format_)

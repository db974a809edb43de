"""``query share``, ``history``, ``compare``, ``restore``, ``duplicate``, ``runs`` and ``watch``: a team's queries."""

import click

from queries.catalog import find
from queries.saved_query import SavedQuery
from workbench.bootstrap import Workbench
from workbench.casebook.saved import Sharing
from workbench.cli.commands.queries.shared import parameters_of, print_read, print_result, visible_queries
from workbench.cli.masks import Masks
from workbench.cli.opening import graph_of, opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import FORMATS, print_rows, visible
from workbench.querying.values import asked
from workbench.querying.watching import begin_watch, news

_format = click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)


def found(workbench: Workbench, name: str) -> SavedQuery:
    """The query of that name, of the library or as this user sees it; ``ID@OWNER`` names one of several."""
    return workbench.casebook.query(name, workbench.person) if "@" in name else find(name, visible_queries(workbench))


@click.command()
@click.argument("name")
@click.option("--all", "everyone", is_flag=True, help="Everybody may find and run it.")
@click.option("--run", "runners", multiple=True, metavar="PERSON", help="This person may run it; repeatable.")
@click.option("--edit", "editors", multiple=True, metavar="PERSON", help="This person may edit it; repeatable.")
@shared_options
def share(name: str, everyone: bool, runners: tuple[str, ...], editors: tuple[str, ...]) -> None:
    """Say who sees a query of one's own: nobody else, people by name, or everybody."""
    sharing = Sharing(everyone, {**dict.fromkeys(runners, "run"), **dict.fromkeys(editors, "edit")})
    with opened() as workbench:
        workbench.casebook.saved.share(name, sharing, user=workbench.person)
    people = [f"{who} may {part}" for who, part in sorted(sharing.people.items())]
    click.echo(f"{name}: " + visible("; ".join([*(["everybody may run"] if everyone else []), *people]) or "private"))


@click.command()
@click.argument("name")
@_format
@shared_options
def history(name: str, format_: str) -> None:
    """The revisions of a saved query that this user may see, oldest first: who saved which when."""
    with opened() as workbench:
        revisions = workbench.casebook.saved.revisions(name, workbench.person)
    rows = [(one.query.revision, one.author, one.at, one.query.title) for one in revisions]
    print_rows(("revision", "author", "at", "title"), rows, format=format_)


@click.command()
@click.argument("name")
@click.argument("first", type=int)
@click.argument("second", type=int)
@shared_options
def compare(name: str, first: int, second: int) -> None:
    """What changed from one revision to another, line by line."""
    with opened() as workbench:
        lines = workbench.casebook.saved.difference(name, first, second, user=workbench.person)
    click.echo("\n".join(visible(line) for line in lines) if lines else "they are the same")


@click.command()
@click.argument("name")
@click.argument("revision", type=int)
@shared_options
def restore(name: str, revision: int) -> None:
    """Make a query again what it was in an earlier revision, as its next one."""
    with opened() as workbench:
        saved = workbench.casebook.saved.restore(name, revision, user=workbench.person)
    click.echo(f"{saved.id} is as in revision {revision} again: revision {saved.revision}")


@click.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="The lists hold it again.")
@shared_options
def archive(name: str, undo: bool) -> None:
    """Take a query of one's own out of the lists; its name, revisions, runs and watches go on."""
    with opened() as workbench:
        workbench.casebook.saved.archive(name, user=workbench.person, archived=not undo)
    click.echo(f"{name} is in the lists again" if undo else f"{name} is archived: `filature query list --archived`")


@click.command()
@click.argument("name")
@click.argument("identity", metavar="NEW-ID")
@click.option("--title", default="", help="Its title; that of the other unless given.")
@shared_options
def duplicate(name: str, identity: str, title: str) -> None:
    """A private copy of one's own, of a query of the library or one that this user sees."""
    with opened() as workbench:
        saved = workbench.casebook.saved.duplicate(found(workbench, name), identity, user=workbench.person, title=title)
    click.echo(f"saved {saved.id} revision {saved.revision} (private)")


@click.command()
@click.argument("name", required=False)
@_format
@shared_options
def runs(name: str | None, format_: str) -> None:
    """Who ran which query in the case, when, with which values; the latest first."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        item = found(workbench, name) if name else None
        masks = Masks.of(workbench, case)
        rows = [
            (one.at, one.user, one.query, one.revision, _written(masks.value(one.parameters)), masks.value(one.outcome))
            for one in workbench.casebook.runs.of(case.name, item)
        ]
    print_rows(("at", "by", "query", "revision", "values", "outcome"), rows, format=format_)


@click.command()
@click.argument("name")
@click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--key", "keys", multiple=True, metavar="COLUMN", help="Rows are told apart by this column; repeatable.")
@shared_options
def watch(name: str, pairs: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Have a query watch the case: after each ingest it says which rows are new."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        item = found(workbench, name)
        masks = Masks.of(workbench, case)
        with graph_of(workbench, case) as store, masks.over_faults():
            read = asked(workbench, case, item, parameters_of(pairs), store=store)
            made = begin_watch(workbench, case, item, read.values, keys, store=store)
    print_read(read, masks)
    click.echo(f"watch {made.number}: {made.query} in case {case.name}, rows told apart by {', '.join(made.keys)}")


@click.command()
@_format
@shared_options
def watches(format_: str) -> None:
    """This user's watches of the case, and how many rows are new in each."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        masks = Masks.of(workbench, case)
        rows = [
            (one.number, one.query, _written(masks.value(one.parameters)), look.fresh, look.gone, look.checked_at,
             masks.value(look.error))
            for one, look in workbench.casebook.watches.of(case.name, workbench.person)
        ]
    print_rows(("watch", "query", "values", "new", "gone", "checked", "problem"), rows, format=format_)


@click.command("news")
@click.argument("number", type=int)
@click.option("--seen", is_flag=True, help="They are new no longer.")
@_format
@shared_options
def news_(number: int, seen: bool, format_: str) -> None:
    """The rows of a watch that were not there when this user last looked."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        masks = Masks.of(workbench, case)
        with graph_of(workbench, case) as store, masks.over_faults():
            _watch, look, result = news(workbench, case, number, store=store)
        if seen:
            workbench.casebook.watches.looked(number, user=workbench.person)
    print_result(result, format_, masks)
    click.echo(f"{look.fresh:,} new and {look.gone:,} gone since {look.seen_at}", err=True)


@click.command()
@click.argument("number", type=int)
@shared_options
def unwatch(number: int) -> None:
    """Watch no longer."""
    with opened() as workbench:
        workbench.casebook.watches.end(number, user=workbench.person)
    click.echo(f"watch {number} has ended")


def _written(values: object) -> str:
    return ", ".join(f"{name}={value}" for name, value in dict(values).items())  # type: ignore[call-overload]


COMMANDS = (share, history, compare, restore, archive, duplicate, runs, watch, watches, news_, unwatch)

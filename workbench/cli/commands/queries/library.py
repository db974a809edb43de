"""``query`` and ``cypher``: the saved-query library, a team's own, and one read-only statement."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from queries.catalog import find
from queries.errors import ParameterInvalid
from queries.files.bloodhound import RECORD, YAML, form_of
from queries.files.cypher_file import parse
from queries.files.packs import CYPHER, PACK_FORMS, as_packed, read_pack, write_pack
from queries.finding import matching
from queries.parameters import expected
from queries.review import review
from queries.runner import run
from queries.saved_query import SavedQuery
from workbench.cli.commands.queries.shared import parameters_of, print_read, print_result, visible_queries
from workbench.cli.commands.queries.team import COMMANDS, found
from workbench.cli.masks import Masks
from workbench.cli.opening import graph_of, opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import FORMATS, print_rows, visible
from workbench.errors import WorkbenchError
from workbench.querying.saved import run_saved
from workbench.querying.values import asked

_format = click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)


@click.group()
@shared_options
def query() -> None:
    """The saved-query library, and a team's own."""


@query.command("list")
@click.argument("words", nargs=-1)
@click.option("--archived", is_flag=True, help="Those that were archived, in the place of the others.")
@_format
@shared_options
def list_(words: tuple[str, ...], archived: bool, format_: str) -> None:
    """Every saved query that this user sees; with WORDS those that hold them all, in English or French."""
    with opened() as workbench:
        put_away = workbench.casebook.saved.archived(workbench.person)
        asked = [one for one in visible_queries(workbench) if ((one.id, one.owner) in put_away) == archived]
        known = matching(asked, " ".join(words))
    rows = [
        (item.id, item.revision, item.owner or "library", "shared" if item.shared else "private", item.title,
         item.category)
        for item in known
    ]
    print_rows(("name", "revision", "owner", "visibility", "title", "category"), rows, format=format_)


@query.command()
@click.argument("name")
@shared_options
def show(name: str) -> None:
    """A saved query: description, parameters, statement."""
    with opened() as workbench:
        item = found(workbench, name)
    click.echo(f"{item.id} (revision {item.revision}, {item.owner or 'library'}): {visible(item.title)}")
    click.echo(visible(item.description))
    if not item.reviewed:
        click.echo("Not reviewed: it came in a pack. Read the statement; `query run --reviewed` says that you have.")
    if item.not_shown:
        click.echo(f"Not shown: {visible(item.not_shown)}")
    for parameter in item.parameters:
        default = "required" if parameter.default is None else f"default {parameter.default}"
        about = visible(parameter.description or expected(parameter))
        click.echo(f"  -p {parameter.name}=<{parameter.type}>  {about} ({default})")
    for column in item.columns:
        click.echo(f"  {column.name} <{column.type}>  {visible(column.title)}")
    click.echo("\n".join(visible(line) for line in item.cypher.splitlines()))


@query.command("run")
@click.argument("name")
@click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--reviewed", is_flag=True, help="You have read the statement of a pack's query: from now on it runs.")
@_format
@shared_options
def run_(name: str, pairs: tuple[str, ...], reviewed: bool, format_: str) -> None:
    """Run a saved query with parameters."""
    parameters = parameters_of(pairs)
    with opened() as workbench:
        item = found(workbench, name)
        if reviewed and not item.reviewed:
            workbench.casebook.reviews.add(item, user=workbench.person)
            item = replace(item, reviewed=True)
        case = workbench.case(given("case"))
        masks = Masks.of(workbench, case)
        with graph_of(workbench, case) as store, masks.over_faults():
            read = asked(workbench, case, item, parameters, store=store)
            result = run_saved(workbench, case, item, read.values, store=store)
    print_read(read, masks)
    print_result(result, format_, masks)


@query.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--shared/--private", default=None, help="Let everybody find and run it, or nobody else [as it stands]."
)
@shared_options
def save(file: Path, shared: bool | None) -> None:
    """Save a query of one's own, or one that you may edit, from a .cypher file; again makes a new revision."""
    item = _from_file(file)
    with opened() as workbench:
        saved = workbench.casebook.save_query(item, user=workbench.person, shared=shared)
    click.echo(f"saved {saved.id} revision {saved.revision} ({'shared' if saved.shared else 'private'})")


@query.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--shared", is_flag=True, help="Let the whole team find them.")
@shared_options
def import_(path: Path, shared: bool) -> None:
    """Keep the queries of a pack: a folder or zip of .cypher files, or BloodHound's JSON or YAML.

    None of them runs before somebody said that they have read it.
    """
    read = read_pack(path)
    with opened() as workbench:
        user = workbench.person
        seen = workbench.casebook.queries(user, archived=True)
        own = {item.id: as_packed(item) for item in seen if item.owner == user}
        new = [item for item in read if own.get(item.id) != as_packed(item)]
        for item in new:
            workbench.casebook.save_query(item, user=user, shared=shared)
    click.echo(
        f"kept {len(new)} queries, not reviewed: read each (`filature query show`) before it runs; "
        f"{len(read) - len(new)} were there"
    )


@query.command("export")
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1)
@click.option("--form", type=click.Choice(PACK_FORMS), help="Form of the files; without it PATH's ending tells.")
@shared_options
def export_(path: Path, names: tuple[str, ...], form: str | None) -> None:
    """Write queries as a pack: PATH is a folder, a .zip, a .json (BloodHound's list) or one .yml of its library.

    Without NAMES all that this user sees and the library does not have.  Forms: cypher and yaml (folder, zip or one
    file), record (BloodHound CE's export: a zip or folder), list and customqueries (one .json).
    """
    with opened() as workbench:
        known, listed = visible_queries(workbench), visible_queries(workbench, archived=False)
    chosen = [find(name, known) for name in names] or [item for item in listed if item.owner]
    if not chosen:
        raise WorkbenchError("there is no query to write", where=str(path), fix="name some, or save one")
    write_pack(path, chosen, form or _form_for(path, chosen))
    click.echo(f"wrote {len(chosen)} queries to {path}")


@query.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@shared_options
def check_(files: tuple[Path, ...]) -> None:
    """Say what .cypher files lack to stand in a library: words, French, limits, an order, an example."""
    faults = [f"{file}: {fault}" for file in files for fault in review(_from_file(file))]
    for fault in faults:
        click.echo(visible(fault))
    if faults:
        raise WorkbenchError(f"{len(faults)} faults in {len(files)} files", where="query check", fix="docs/queries.md")
    click.echo(f"{len(files)} files are fit for a library")


@click.command()
@click.argument("statement")
@_format
@shared_options
def cypher(statement: str, format_: str) -> None:
    """Run one read-only Cypher statement."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        masks = Masks.of(workbench, case)
        with graph_of(workbench, case) as store, masks.over_faults():
            try:
                result = run(store, statement, {})
            except ParameterInvalid as error:  # no option gives one a value here
                fix = "write the value into the statement, or save it as a query: query run takes -p NAME=VALUE"
                raise ParameterInvalid(error.what, where=error.where, fix=fix) from error
    print_result(result, format_, masks)


def _form_for(path: Path, chosen: Sequence[SavedQuery]) -> str:
    """What the ending asks for; a .json is the form that the queries came in."""
    ending = path.suffix.lower()
    if ending == ".json":
        form = form_of(chosen)
        return RECORD if form == RECORD and len(chosen) == 1 else "list" if form in (RECORD, YAML) else form
    return YAML if ending in (".yml", ".yaml") else CYPHER


def _from_file(file: Path) -> SavedQuery:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorkbenchError(
            f"cannot be read as UTF-8 text ({error})", where=str(file), fix="save it as UTF-8"
        ) from None
    return parse(text, source=str(file))


for _command in COMMANDS:
    query.add_command(_command)

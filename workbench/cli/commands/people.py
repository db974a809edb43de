"""``people``: who belongs to the team, with which role, in which cases; passes for the command line."""

import click

from workbench.access import system_user
from workbench.bootstrap import Workbench
from workbench.casebook.people import ROLES, Role
from workbench.cli.opening import opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import FORMATS, print_rows

_DAYS = 90  # that a pass stands unless another number is given
_format = click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)


@click.group()
@shared_options
def people() -> None:
    """Who works here, with which role and in which cases."""


@people.command("list")
@_format
@shared_options
def list_(format_: str) -> None:
    """Everybody with their role and cases; nobody where one person works alone."""
    with opened() as workbench:
        found = workbench.casebook.roster.members(seen_by=workbench.person)
    rows = [(one.name, one.role or "none", ", ".join(one.cases)) for one in found]
    print_rows(("person", "role", "cases"), rows, format=format_)


@people.command()
@shared_options
def me() -> None:
    """Who is signed in here, and with which role."""
    with opened() as workbench:
        role = workbench.casebook.roster.role(workbench.person)
        alone = not workbench.casebook.roster.is_team()
    click.echo(f"{workbench.person}: {'works alone here' if alone else role or 'no role'}")


@people.command()
@click.argument("person")
@click.argument("role", type=click.Choice(ROLES))
@shared_options
def give(person: str, role: Role) -> None:
    """Give a person a role; the first one given makes an administrator, and from then on a team works here."""
    with opened() as workbench:
        begins = not workbench.casebook.roster.begun()
        workbench.casebook.roster.give_role(person, role, by=workbench.person)
        click.echo(f"{person} is {role}")
        if begins and person != system_user() and workbench.settings.sign_in is None:
            _first_pass(workbench, person)


def _first_pass(workbench: Workbench, person: str) -> None:
    """The only administrator is not the system's user: without a pass nobody could ever do anything here."""
    casebook = workbench.acting(person).casebook
    secret = casebook.passes.issue(person, note="made when the team began", days=_DAYS, by=person)
    click.echo(
        f"a team works here from now on, and nothing but a pass proves that you are {person}: this account is "
        f"{system_user()}, which has no role. Set FILATURE_PASS to the pass below, which is shown once, before you run "
        "anything else, the screens too: those that run already ask for it as well, and are started again.", err=True,
    )
    click.echo(secret)


@people.command()
@click.argument("person")
@shared_options
def take(person: str) -> None:
    """Take a person's role away, and end their sessions."""
    with opened() as workbench:
        workbench.casebook.roster.give_role(person, None, by=workbench.person)
        ended = workbench.casebook.sign_ins.end_all(person, by=workbench.person)
    click.echo(f"{person} has no role; {ended} sessions ended")


@people.command()
@click.argument("person")
@shared_options
def add(person: str) -> None:
    """Make a person a member of the case."""
    with opened() as workbench:
        name = _case()
        workbench.casebook.roster.add_member(name, person, by=workbench.person)
    click.echo(f"{person} is a member of {name}")


@people.command()
@click.argument("person")
@shared_options
def remove(person: str) -> None:
    """A person is a member of the case no longer."""
    with opened() as workbench:
        name = _case()
        workbench.casebook.roster.remove_member(name, person, by=workbench.person)
    click.echo(f"{person} is no member of {name}")


@people.command("end-sessions")
@click.argument("person")
@shared_options
def end_sessions(person: str) -> None:
    """End every session of a person at the screens."""
    with opened() as workbench:
        ended = workbench.casebook.sign_ins.end_all(person, by=workbench.person)
    click.echo(f"{ended} sessions of {person} ended")


@people.command("pass")
@click.argument("person")
@click.option(
    "--days", type=click.IntRange(1, 366), default=_DAYS, show_default=True, help="How long it opens anything."
)
@click.option("--note", default="", metavar="TEXT", help="What it is for.")
@shared_options
def pass_(person: str, days: int, note: str) -> None:
    """A pass for the command line and Python, printed once: FILATURE_PASS holds it from then on."""
    with opened() as workbench:
        secret = workbench.casebook.passes.issue(person, note=note, days=days, by=workbench.person)
    click.echo(secret)


@people.command()
@click.option("--all", "everybody", is_flag=True, help="Everybody's, for an administrator.")
@_format
@shared_options
def passes(everybody: bool, format_: str) -> None:
    """The passes that open something: one's own."""
    with opened() as workbench:
        standing = workbench.casebook.passes.standing(None if everybody else workbench.person)
    rows = [(one.number, one.owner, one.note, one.until) for one in standing]
    print_rows(("pass", "person", "note", "until"), rows, format=format_)


@people.command()
@click.argument("number", type=int)
@shared_options
def withdraw(number: int) -> None:
    """A pass opens nothing from now on."""
    with opened() as workbench:
        workbench.casebook.passes.withdraw(number, by=workbench.person)
    click.echo(f"pass {number} opens nothing any more")


def _case() -> str:
    name = given("case")
    if name is None:
        raise click.UsageError("missing option --case: name the case.")
    return name

"""``report``: the case report of chosen leads, as HTML or PDF, with its manifest."""

import click

from graph.detect.wordings import LANGUAGES, Language
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options
from workbench.report.choice import Choice
from workbench.report.make import make_report
from workbench.report.rendering.formats import FORMATS


@click.command()
@click.option("--findings", metavar="ID,…", help="These leads, in the order of the case.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="The best N leads of the case.")
@click.option("--to", "to", type=click.Choice(sorted(FORMATS)), required=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--with-texts", "texts", is_flag=True, help="Show message texts as written; they may name people.")
@click.option("--authority", default="", metavar="TEXT", help="By which authority the report is made.")
@click.option("--scope", default="", metavar="TEXT", help="What it covers and for whom it is made.")
@click.option("--account", "accounts", multiple=True, metavar="ID", help="This account beside the leads; repeatable.")
@click.option(
    "--conversation", "threads", nargs=2, multiple=True, metavar="ID ID", help="What these two wrote; repeatable."
)
@click.option(
    "--view", "views", multiple=True, metavar="NAME", help="This saved view of Explore, with its notes; repeatable."
)
@click.option("--no-pictures", is_flag=True, help="Leave the leads' pictures out.")
@click.argument("out")
@shared_options
def report(
    findings: str | None, top: int | None, to: str, language: Language, texts: bool, authority: str, scope: str,
    accounts: tuple[str, ...], threads: tuple[tuple[str, str], ...], views: tuple[str, ...], no_pictures: bool,
    out: str,
) -> None:
    """Write the case report of chosen leads and its manifest."""
    if (findings is None) == (top is None):
        raise click.UsageError("choose one of --findings and --top.")
    named = tuple(name.strip() for name in (findings or "").split(",") if name.strip())
    if findings is not None and not named:
        raise click.UsageError("--findings names none: write ids that filature detect prints, commas between them.")
    target = out_file(out)
    choice = Choice(
        findings=named, top=top or 0, language=language, texts=texts, authority=authority.strip(), scope=scope.strip(),
        pictures=not no_pictures, accounts=accounts, threads=threads, views=views,
    )
    with opened() as workbench:
        made = make_report(workbench, workbench.case(given("case")), choice, to=to, path=target)
    leads = "lead" if len(made.findings) == 1 else "leads"
    click.echo(f"{len(made.findings):,} {leads} written to {target} and its manifest; sha256 {made.sha256}")
    if made.withheld:
        click.echo(f"texts of people that it withholds, as a minor's name or number is in them: {made.withheld:,}")

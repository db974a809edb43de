"""``disclose``: chosen leads with all that they rest on, in one zip that can be checked without this program."""

import click

from graph.detect.wordings import LANGUAGES, Language
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options
from workbench.disclosure.package import disclose as make
from workbench.report.choice import Choice


@click.command()
@click.option("--findings", metavar="ID,…", help="These leads.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="The best N leads of the case.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--with-texts", "texts", is_flag=True, help="With message texts as written; they may name people.")
@click.option("--authority", default="", metavar="TEXT", help="By which authority it is handed on.")
@click.option("--scope", default="", metavar="TEXT", help="What it covers and for whom it is made.")
@click.option("--cybertip", is_flag=True, help="With drafts of reports to NCMEC's CyberTipline; nothing is sent.")
@click.argument("out")
@shared_options
def disclose(
    findings: str | None, top: int | None, language: Language, texts: bool, authority: str, scope: str, cybertip: bool,
    out: str,
) -> None:
    """Write a disclosure package: report, leads, records, sources, custody log, manifest and hashes."""
    if (findings is None) == (top is None):
        raise click.UsageError("choose one of --findings and --top.")
    named = tuple(name.strip() for name in (findings or "").split(",") if name.strip())
    choice = Choice(findings=named, top=top or 0, language=language, texts=texts, authority=authority.strip(),
                    scope=scope.strip())
    target = out_file(out)
    with opened() as workbench:
        made = make(workbench, workbench.case(given("case")), choice, target, cybertip=cybertip)
    click.echo(f"{len(made.findings):,} leads disclosed in {target}; sha256 {made.sha256}")
    click.echo("without this program: unzip it and run sha256sum -c SHA256SUMS")

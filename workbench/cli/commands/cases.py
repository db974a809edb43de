"""``case export`` and ``case import``: a whole case from one workspace into another, in one file."""

from pathlib import Path

import click

from workbench.bundles.document import Document
from workbench.bundles.importing import import_case
from workbench.bundles.packing import export_case
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options
from workbench.cli.printing import visible
from workbench.cli.progress import bars


@click.group()
@shared_options
def case() -> None:
    """A whole case in one file: evidence, findings, casework, queries and audit log."""


@case.command("export")
@click.option("--reason", default="", metavar="TEXT", help="Why the case is handed on: nothing in it is masked.")
@click.option("--with-sources", is_flag=True, help="With copies of the sources that the case does not keep.")
@click.argument("out")
@shared_options
def export_(reason: str, with_sources: bool, out: str) -> None:
    """Write the case to one file.  It masks nobody, so it needs a reason, which is logged."""
    target = out_file(out)
    with opened() as workbench, bars() as progress:
        folder = workbench.case(given("case"))
        made = export_case(workbench, folder, target, reason=reason, with_sources=with_sources, progress=progress)
    click.echo(f"case {folder.name} written to {target}: {len(made.document.members):,} members")
    _tell(made.document)
    click.echo(f"sha256 {made.sha256}: give it to whoever takes the case in, by another way than the file")


@case.command("import")
@click.argument("bundle", type=click.Path(path_type=Path))
@shared_options
def import_(bundle: Path) -> None:
    """Take the case of such a file into the workspace, checked, under its own name, and make its graph."""
    with opened() as workbench, bars() as progress:
        made = import_case(workbench, bundle, progress=progress)
    click.echo(visible(f"case {made.case.name} taken in; it was handed on by {made.document.made_by}, "
                       f"{made.document.made_at}: {made.document.reason}"))
    _tell(made.document)
    click.echo("its audit log was here already: the case is back" if made.restored
               else f"{made.rows:,} judgements, notes, leads and views came with it")
    if made.queries:
        click.echo(f"{len(made.queries):,} queries kept, not reviewed: read each before it runs")
    for note in made.notes:
        click.echo(visible(note))


def _tell(document: Document) -> None:
    """What has to be the same on both sides."""
    click.echo(f"evidence {document.evidence_digest}")
    click.echo(f"findings {f'sha256:{document.findings_sha256}' if document.findings_sha256 else 'none'}")
    click.echo(f"audit log of {document.audit_length:,} entries, head {document.audit_head or 'none'}")

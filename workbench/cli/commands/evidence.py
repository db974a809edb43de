"""``ingest``, ``rejects``, ``verify``, ``rebuild``: commands on the evidence of a case."""

import json
from pathlib import Path

import click

from ingest.batch import IngestReport
from ingest.case_folder.kept_sources import WAYS, Keep
from ingest.rejects import read_rejects, write_csv
from ingest.rejects.still_open import open_rows
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options, written
from workbench.cli.printing import print_rows, visible
from workbench.cli.progress import bars
from workbench.custody.receipt import Receipt
from workbench.custody.verification import verify_case
from workbench.errors import WorkbenchError

SOURCES_SHOWN = 12


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", default="auto", show_default=True,
    help="Reader, by name; auto asks each whether it knows the source.",
)
@click.option("--mapping", metavar="FILE", help="How a delimited file maps to tables: a TOML file, or a shipped name.")
@click.option("--database", metavar="ADDRESS", help="Read a database: postgresql://… or mysql://…, by its --mapping.")
@click.option("--timezone", metavar="ZONE", help="Zone of times that state none, such as Europe/Paris.")
@click.option("--as-named", is_flag=True, help="Read a chat that the case has under another name as another one.")
@click.option("--received-from", default="", metavar="WHO", help="Who handed the sources in; into the custody log.")
@click.option("--authority", default="", metavar="WHAT", help="Under which authority; into the custody log.")
@click.option("--note", default="", metavar="TEXT", help="What else is to be said of them; into the custody log.")
@click.option("--keep", type=click.Choice(WAYS), help="Keep the sources in the case as well, verified by hash.")
@click.option("--json", "json_file", metavar="FILE", help="Write the report there.")
@click.option("--strict", is_flag=True, help="Exit 1 if any row was rejected.")
@shared_options
def ingest(
    sources: tuple[Path, ...],
    format_: str,
    mapping: str | None,
    database: str | None,
    timezone: str | None,
    as_named: bool,
    received_from: str,
    authority: str,
    note: str,
    keep: Keep | None,
    json_file: str | None,
    strict: bool,
) -> int:
    """Read sources into the case and project the graph."""
    name = given("case")
    if not sources and database is None:
        raise click.UsageError("missing argument SOURCE: name a file or a folder, or an address with --database.")
    if name is None:
        raise click.UsageError("missing option --case: name the case that the sources go into.")
    target = None if json_file is None else out_file(json_file, stream=True)
    with opened() as workbench, bars() as progress:
        existed = name in workbench.cases()
        case = workbench.case(name, create=True)
        try:
            report = workbench.ingest(
                case, sources, format=format_, mapping=mapping, timezone=timezone,
                receipt=Receipt(received_from, authority, note), keep=keep, database=database, as_named=as_named,
                progress=progress,
            )
        except BaseException:
            if not existed:
                case.discard_if_empty()
            raise
        watches = workbench.casebook.watches.of(case.name, workbench.person)
    print_counts(report, case.name)  # first: the batch is in the case, whether or not its report can be written
    if target is not None:
        text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n"
        written(target, lambda draft: draft.write_text(text, encoding="utf-8"))
    for watch, look in watches:
        if look.fresh or look.error:
            said = f"no answer ({look.error})" if look.error else f"{look.fresh:,} new"
            more = f"filature query news {watch.number} shows them"
            click.echo(visible(f"watch {watch.number}, {watch.query}: {said}; {more}"))
    return 1 if strict and report.rejected else 0


def print_counts(report: IngestReport, case: str) -> None:
    """The reconciliation of the contract: read = accepted + rejected + duplicate, per table."""
    for source in report.sources[:SOURCES_SHOWN]:
        click.echo(
            f"{visible(str(source.path))}  {source.format}  {source.bytes:,} bytes  sha256 {source.sha256[:16]}…"
        )
    if len(report.sources) > SOURCES_SHOWN:
        more = len(report.sources) - SOURCES_SHOWN
        click.echo(f"and {more:,} more sources; --json FILE lists all")
    known = [source for source in report.sources if source.known is not None]
    for source in known[:SOURCES_SHOWN]:
        assert source.known is not None  # as they were chosen
        when = f", read {source.known.read_at}" if source.known.read_at else ", given with it"
        click.echo(f"{visible(source.path)} has the bytes of {visible(source.known.path)}{when}")
    if len(known) > SOURCES_SHOWN:
        click.echo(f"and {len(known) - SOURCES_SHOWN:,} more that the case has already")
    if report.ignored:
        more = len(report.ignored) - SOURCES_SHOWN
        names = ", ".join(visible(name) for name in report.ignored[:SOURCES_SHOWN])
        click.echo(f"left aside, no known format: {names}" + (f" and {more:,} more" if more > 0 else ""))
    for table, counts in report.tables.items():
        click.echo(
            f"{table}: read {counts.read:,} = accepted {counts.accepted:,} + rejected {counts.rejected:,}"
            f" + duplicate {counts.duplicate:,}"
        )
    if report.again:
        click.echo(
            f"{report.again:,} row{'s' if report.again > 1 else ''} that the case had of the same file already came "
            "out otherwise and now stand there twice; where that is not meant, read the file into a new case"
        )
    if report.assumed and any(counts.accepted for counts in report.tables.values()):
        click.echo(
            f"nothing names a platform: these rows are of {visible(report.assumed)}, called like the case; where they "
            "are of another one of it, give them a column platform"
            if report.assumed == case else
            f"nothing names a platform: these rows are taken to be of {visible(report.assumed)}, the case's only one; "
            "where they are not, read them into a new case with a mapping that names theirs"
        )
    click.echo(f"batch {report.batch_id}")
    if report.known_media:
        click.echo(f"{report.known_media:,} records name media of known lists: filature hashes matches shows them")
    if report.rejected:
        rows = "row was" if report.rejected == 1 else "rows were"
        click.echo(f"{report.rejected:,} {rows} rejected: filature rejects shows file, row, reason and hint")


@click.command()
@click.option("--csv", "csv_file", metavar="FILE", help="Write them there instead of printing.")
@click.option("--open", "only_open", is_flag=True, help="Only rows that no later reading of their file has taken in.")
@shared_options
def rejects(csv_file: str | None, only_open: bool) -> None:
    """Every rejected row: file, row, column, reason, hint, raw text."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        workbench.casebook.allow("unmask", case.name)  # rows as they came: nothing in them can be told apart
        found = open_rows(case)[0] if only_open else read_rejects(case)
        if csv_file is not None:
            count = written(out_file(csv_file, stream=True), lambda draft: write_csv(found, draft))
            click.echo(f"{count:,} rejected rows written to {csv_file}")
            return
        columns = ("file", "row", "column", "reason", "hint", "raw")
        rows = [[getattr(reject, column) for column in columns] for reject in found]
    print_rows(columns, rows, format="csv")


@click.command()
@click.option("--signed-by", metavar="FILE", help="The public key (PEM) with which every seal must be signed.")
@shared_options
def verify(signed_by: str | None) -> None:
    """Hash sources, evidence and reports again, check the audit chain and the seals, and record the result."""
    with opened() as workbench:
        case = workbench.case(given("case"))
        found = verify_case(workbench, case, signed_by=Path(signed_by) if signed_by else None)
    for line in (*found.faults, *found.notes, *found.seals):
        click.echo(visible(line))
    if found.faults:
        raise WorkbenchError(
            f"{len(found.faults)} difference{'s' if len(found.faults) > 1 else ''} found",
            where=f"case {case.name}",
            fix="restore the named files from a copy; evidence is never written twice",
        )
    counted = (("report", found.reports), ("export", found.exports))
    made = " and ".join(f"{number:,} {name}{'s' if number > 1 else ''}" for name, number in counted if number)
    told = f"; {made} as made" if made else ""
    click.echo(f"case {case.name}: sources, evidence, findings and audit chain are as recorded{told}")


@click.command()
@shared_options
def rebuild() -> None:
    """Drop the case's graph and search index and make both anew from evidence."""
    with opened() as workbench, bars() as progress:
        case = workbench.case(given("case"))
        report = workbench.rebuild(case, progress=progress)
    click.echo(f"{report.nodes:,} nodes and {report.relationships:,} relationships in {report.seconds:.1f} s")

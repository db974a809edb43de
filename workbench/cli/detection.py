"""``detect``: run detections and print the leads, best first."""

import click

from graph.detect.finding import KINDS, FindingsDocument
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options
from workbench.cli.printing import print_rows
from workbench.cli.progress import bars


@click.command()
@click.argument("kinds", nargs=-1, required=True)
@click.option("--json", "json_file", metavar="FILE", help="Write the findings document there.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@shared_options
def detect(kinds: tuple[str, ...], json_file: str | None, engine: str) -> None:
    """Run detections: hub, ambush, convergence, shell, owner, …, or all."""
    unknown = sorted(set(kinds) - {*KINDS, "all"})
    if unknown:
        raise click.UsageError(f"no detection {', '.join(unknown)}: choose from {', '.join(KINDS)} or all.")
    target = out_file(json_file) if json_file else None
    with opened() as workbench, bars() as progress:
        case = workbench.case(given("case"))
        document = workbench.detect(case, kinds, engine=engine, progress=progress)
    if target is not None:
        target.write_bytes(document.to_json().encode("utf-8"))
    print_findings(document)


def print_findings(document: FindingsDocument) -> None:
    """One line a lead: tier, score, kind, who, how many targets, the first reason."""
    columns = ("finding", "tier", "score", "q", "members", "targets", "first reason")
    rows = [
        (
            finding.finding_id,
            finding.tier,
            f"{finding.score:.3f}",
            "" if finding.q_value is None else f"{finding.q_value:.1e}",
            ", ".join(finding.members[:3])
            + (f" and {len(finding.members) - 3} more" if len(finding.members) > 3 else ""),
            len(finding.targets),
            finding.reasons[0].detail,
        )
        for finding in document.findings
    ]
    if rows:
        print_rows(columns, rows, format="table")
    click.echo(f"{len(rows):,} leads; each is to be checked by a person, none is a verdict. Run {document.run_id}")

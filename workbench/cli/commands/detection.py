"""``detect``: run detections and print the leads, best first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from graph.detect.finding import FindingsDocument
from graph.detect.registry import KINDS
from graph.detect.wordings import Language, render
from workbench.cli.opening import opened
from workbench.cli.options import given, out_file, shared_options, written
from workbench.cli.printing import print_rows
from workbench.cli.progress import bars
from workbench.language import words
from workbench.language.kinds import kind_label
from workbench.runs.parameters import explained, read_parameters
from workbench.views.models.leads.searched import wanting


@click.command()
@click.argument("kinds", nargs=-1, required=True)
@click.option("--parameters", "parameter_file", metavar="FILE.toml", help="Parameters, one table a kind.")
@click.option("--explain", is_flag=True, help="Print model, parameters and limits of these detections; run nothing.")
@click.option("--json", "json_file", metavar="FILE", help="Write the findings document there.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option(
    "--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Language of the sentences."
)
@shared_options
def detect(
    kinds: tuple[str, ...],
    parameter_file: str | None,
    explain: bool,
    json_file: str | None,
    engine: str,
    language: Language,
) -> None:
    """Run detections: hub, ambush, convergence, recruitment, extortion, shell, owner, room, or all."""
    unknown = sorted(set(kinds) - {*KINDS, "all"})
    if unknown:
        raise click.UsageError(f"no detection {', '.join(unknown)}: choose from {', '.join(KINDS)} or all.")
    if explain:
        click.echo(explained(kinds, language), nl=False)
        return
    target = None if json_file is None else out_file(json_file, stream=True)
    parameters = None if parameter_file is None else read_parameters(Path(parameter_file))
    with opened() as workbench, bars() as progress:
        case = workbench.case(given("case"))
        document = workbench.detect(case, kinds, engine=engine, parameters=parameters, progress=progress)
    print_findings(document, language=language)
    for sentence in unused_tables(parameters or {}, document):
        click.echo(sentence, err=True)
    if target is not None:
        body = document.to_json(language=language).encode("utf-8")
        written(target, lambda draft: draft.write_bytes(body))


def unused_tables(parameters: Mapping[str, Any], document: FindingsDocument) -> list[str]:
    """A sentence a table of parameters whose detection was not run."""
    kinds = sorted(set(parameters) - set(document.parameters))
    return [f"parameters of {kind} were not used: it was not run" for kind in kinds]


COLUMNS: dict[Language, tuple[str, ...]] = {
    "en": ("finding", "tier", "score", "q", "members", "targets", "first reason"),
    "fr": ("piste", "niveau", "score", "q", "membres", "cibles", "première raison"),
}
_WHOLE = "filature detect … --json FILE writes them whole"
TIERS_FR = {"strong": "fort", "moderate": "moyen", "weak": "faible"}


def print_findings(document: FindingsDocument, *, language: Language = "en") -> None:
    """One line a lead: tier, score, kind, who, how many targets, the first reason in ``language``.

    Then a line a kind that could find none for want of evidence, and why.
    """
    french = language == "fr"
    more = ("et", "de plus") if french else ("and", "more")
    rows = [
        (
            finding.finding_id,
            TIERS_FR[finding.tier] if french else finding.tier,
            f"{finding.score:.3f}",
            "" if finding.q_value is None else f"{finding.q_value:.1e}",
            ", ".join(finding.members[:3])
            + (f" {more[0]} {len(finding.members) - 3} {more[1]}" if len(finding.members) > 3 else ""),
            len(finding.targets),
            render(finding.kind, finding.reasons[0], language).detail,
        )
        for finding in document.findings
    ]
    if rows:
        print_rows(COLUMNS[language], rows, format="table", whole=_WHOLE)
    told = words(language)
    counted = told.ngettext("{number} lead", "{number} leads", len(rows))
    if french:
        said = f"{counted}, à vérifier par une personne\u00a0: une piste n’est pas un verdict. Exécution"
    else:
        said = f"{counted}, to be checked by a person: a lead is no verdict. Run"
    for kind, why in wanting(document, told).items():
        click.echo(told.pair(kind_label(kind, told), why))
    click.echo(f"{said} {document.run_id}")

"""``demo``: the sample case from nothing to leads and the workbench, compared with what was planted."""

import click

from workbench.bootstrap import Workbench
from workbench.cli.commands.detection import print_findings
from workbench.cli.commands.evidence import print_counts
from workbench.cli.commands.screens import serve
from workbench.cli.opening import opened
from workbench.cli.options import given, shared_options
from workbench.cli.printing import print_rows
from workbench.cli.progress import bars
from workbench.runs.truth_comparison import Comparison, compare
from workbench.sample import Truth, generate

CASE = "sample"


@click.command()
@click.option("--no-ui", is_flag=True, help="Do not open the workbench afterwards.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Which sample platform.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the workbench.")
@shared_options
def demo(no_ui: bool, seed: int, port: int | None) -> None:
    """Build the sample case, ingest it, detect, print the findings and open the workbench."""
    with opened() as workbench:
        run_demo(workbench, name=given("case") or CASE, seed=seed)
        workspace = workbench.settings.workspace
    if not no_ui:  # our own lease is given back: the engine can leave with the screens
        serve(workspace, port=port)


def run_demo(workbench: Workbench, *, name: str, seed: int) -> Comparison:
    """The whole stair on one synthetic platform; the platform is written once and then found again."""
    folder = workbench.settings.workspace / "sample" / f"{name}-{seed}" / "evidence"
    answers = folder.parent / "truth.json"
    with bars() as progress:
        if not answers.is_file():
            folder.parent.mkdir(parents=True, exist_ok=True)
            progress("write the sample platform", 0, None)
            generate(folder, seed=seed, case=name)
        truth = Truth.read(answers)
        case = workbench.case(name, create=True)
        report = workbench.ingest(case, [folder], progress=progress)
        document = workbench.detect(case, ("all",), progress=progress)
    print_counts(report, case.name)
    click.echo()
    print_findings(document)
    comparison = compare(truth, document)
    click.echo("\nAgainst what was planted (the detections know nothing of it):")
    print_rows(
        ("kind", "planted", "found", "strong leads", "strong on nobody planted"),
        [(o.kind, o.planted, o.found, o.strong, o.strong_elsewhere) for o in comparison.outcomes],
        format="table",
    )
    click.echo("\nBenign groups that look alike, and how many stand in a strong lead:")
    print_rows(
        ("kind", "groups", "in a strong lead"),
        [(kind, groups, accused) for kind, (accused, groups) in comparison.look_alikes.items()],
        format="table",
    )
    return comparison

"""``export``: a subgraph into a file, with its manifest."""

import csv
from typing import Any

import click

from graph import fetch
from graph.detect.wordings import LANGUAGES, Language
from workbench.cli.commands.queries.shared import parameters_of
from workbench.cli.commands.queries.team import found
from workbench.cli.opening import graph_of, opened
from workbench.cli.options import given, out_file, shared_options
from workbench.export_subgraph import EXPORT_LIMIT, export_subgraph, masking_of, selected_by
from workbench.exports import FOLDERS, FORMATS, PICTURES, Scene
from workbench.language import words
from workbench.lead_picture import lead_picture
from workbench.masking.leads import lead_meant
from workbench.querying.saved import run_saved
from workbench.querying.values import asked


@click.command()
@click.option("--finding", metavar="ID", help="The accounts of one finding and what lies between them.")
@click.option("--query", "query_name", metavar="NAME", help="The graph of a saved query's answer.")
@click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option("--accounts", metavar="A,B,…", help="These accounts and what lies between them.")
@click.option("--all", "everything", is_flag=True, help="The whole graph of the case.")
@click.option("--to", "to", type=click.Choice(sorted(FORMATS)), required=True)
@click.option("--mask-minors", is_flag=True, help="Minors under tokens, without names; pictures always mask them.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of a picture's words."
)
@click.argument("out")
@shared_options
def export(
    finding: str | None,
    query_name: str | None,
    pairs: tuple[str, ...],
    accounts: str | None,
    everything: bool,
    to: str,
    mask_minors: bool,
    language: Language,
    out: str,
) -> None:
    """Write a subgraph and its manifest."""
    chosen = [item for item in (finding, query_name, accounts, everything or None) if item is not None]
    if len(chosen) != 1:
        raise click.UsageError("choose one of --finding, --query, --accounts and --all.")
    target, said = out_file(out, folder=to in FOLDERS), words(language)
    selection: dict[str, Any]
    scene: Scene | None = None
    with opened() as workbench:
        case = workbench.case(given("case"))
        workbench.casebook.allow("export", case.name)
        with graph_of(workbench, case) as store:
            if query_name is not None:
                query = found(workbench, query_name)
                parameters = asked(workbench, case, query, parameters_of(pairs), store=store).values
                answer = run_saved(workbench, case, query, parameters, store=store)
                fetched = fetch.Fetched.of(answer.subgraph, truncated=answer.truncated)
                selection = selected_by(query.id, query.cypher, parameters, revision=query.revision)
            elif finding is not None:
                finding = lead_meant(finding, case, [workbench.findings(case)])
                picture = lead_picture(workbench, case, store, finding, words=said) if to in PICTURES else None
                fetched, scene = picture or (fetch.finding(store, finding), None)
                selection = {"finding": finding}
            elif accounts is not None:
                named = named_accounts(accounts)
                fetched = fetch.accounts(store, named)
                selection = {"accounts": named}
            else:
                fetched = fetch.whole(store, limit=EXPORT_LIMIT)
                selection = {"all": True}
        manifest = export_subgraph(
            workbench, case, fetched, to=to, path=target, selection=selection, scene=scene,
            masking=masking_of(workbench, case) if mask_minors else None, words=said,
        )
    if fetched.note:
        click.echo(fetched.note, err=True)
    click.echo(f"{manifest.nodes:,} nodes and {manifest.edges:,} relationships written to {target} and its manifest")


def named_accounts(text: str) -> list[str]:
    """The ids between the commas; one that has a comma or blanks at an end stands in double quotes, as in CSV."""
    try:
        record = next(csv.reader([text], skipinitialspace=True, strict=True), [])
    except csv.Error as error:
        raise click.UsageError(f"--accounts: {error}; write ids as in CSV, A,B or \"A,1\",B.") from error
    named = [item if f'"{item}"' in text else item.strip() for item in record]
    found = [item for item in named if item.strip()]
    if not found:
        raise click.UsageError("--accounts names no account: give ids, with commas between them.")
    return found

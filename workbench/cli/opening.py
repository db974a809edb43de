"""Opens the workbench that the shared options describe, for the length of one command."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from graph.load import of_another_version
from graph.store import Store
from ingest.case_folder import CaseFolder
from workbench.bootstrap import Workbench, open_workbench
from workbench.cli.options import given


@contextmanager
def opened() -> Iterator[Workbench]:
    with open_workbench(workspace=given("workspace"), graph=given("graph")) as workbench:
        yield workbench


@contextmanager
def graph_of(workbench: Workbench, case: CaseFolder) -> Iterator[Store]:
    """The case's graph, for reading; one that another version made is said to be so, as it may answer with less."""
    with workbench.reader(case) as store:
        if of_another_version(store):
            click.echo(
                "the graph was made by another version of Filature and may hold less than the evidence: "
                f"run filature rebuild --case {case.name}", err=True,
            )
        yield store

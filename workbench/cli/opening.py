"""Opens the workbench that the shared options describe, for the length of one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from workbench.bootstrap import Workbench, open_workbench
from workbench.cli.options import given


@contextmanager
def opened() -> Iterator[Workbench]:
    with open_workbench(workspace=given("workspace"), graph=given("graph")) as workbench:
        yield workbench

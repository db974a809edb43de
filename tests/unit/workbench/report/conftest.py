"""What do the tests of the report have at hand?  The small case, and all that its report says."""

from collections.abc import Iterator

import pytest

from tests.unit.workbench.report.reported_case import build, coded, content
from workbench.bootstrap import Workbench
from workbench.report.content import Content


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with coded(), build(tmp_path_factory.mktemp("report") / "w") as opened:
        yield opened


@pytest.fixture(scope="module")
def full_report(workbench: Workbench) -> Content:
    """The report of all leads, in English, without texts: for reading alone."""
    return content(workbench)

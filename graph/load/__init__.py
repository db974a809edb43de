"""How does evidence get into a graph?  Through here only: no other module writes nodes or relationships."""

from graph.load.findings import FindingsReport, write_findings
from graph.load.mark import of_another_version
from graph.load.projecting import LoadReport, project, rebuild
from graph.load.sweeping import sweep
from graph.load.turn import alone

__all__ = [
    "FindingsReport", "LoadReport", "alone", "of_another_version", "project", "rebuild", "sweep", "write_findings",
]

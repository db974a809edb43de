"""Who may not lift masks sees minors on the command line as an export with masks has them; for others nothing changes.

One place for all commands that print what a case holds: rows of answers, hits, records, the custody log.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from graph.search import Hit
from graph.subgraph import Node
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from queries.naming import NotNamed
from workbench.bootstrap import Workbench
from workbench.errors import WorkbenchError
from workbench.export_subgraph import masking_of
from workbench.masking.graphs import Masking


@dataclass(frozen=True)
class Masks:
    """``masking``: what hides the minors of the case; None for whoever may lift their masks."""

    case: CaseFolder
    masking: Masking | None = None

    @classmethod
    def of(cls, workbench: Workbench, case: CaseFolder) -> "Masks":
        """As they are for whoever works here."""
        may = workbench.casebook.roster.may(workbench.person, "unmask", case.name)
        return cls(case, None if may else masking_of(workbench, case))

    def value(self, value: Any) -> Any:
        """A cell, a text, a row, or a map of them."""
        return value if self.masking is None else self.masking.value(value)

    def rows(self, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """An answer's rows; a name stays where the id beside it says that it is nobody's who is masked."""
        listed = [tuple(row) for row in rows]
        if self.masking is None:
            return listed
        from workbench.views.models.queries.masked_rows import masked_rows  # pandas, which other commands do without

        return masked_rows(self.case, self.masking, listed)

    def hit(self, hit: Hit) -> Hit:
        """A hit of the search; of a minor neither name nor id, nor by what other name it was found."""
        if self.masking is None:
            return hit
        node = self.masking.node(Node(hit.id, hit.label, {"name": hit.name}))
        via = None if node.id != hit.id else self.value(hit.via)
        return replace(hit, id=node.id, name=str(node.properties["name"]), via=via)

    @contextmanager
    def over_faults(self) -> Iterator[None]:
        """What goes wrong names no minor either: an engine quotes the values that it stops at."""
        try:
            yield
        except FilatureError as error:
            if self.masking is None:
                raise
            if isinstance(error, NotNamed):
                faults = [
                    replace(one, choices=tuple(map(self.hit, one.choices)), wrong=tuple(map(self.hit, one.wrong)),
                            known=tuple(map(self.value, one.known)))
                    for one in error.faults
                ]
                raise NotNamed(faults, where=error.where) from None
            if self.value(str(error)) != self.masking.telling.leads(str(error)):
                raise WorkbenchError(
                    "it failed, and why is withheld, as that names a minor", where=error.where.partition("\n")[0],
                    fix="compare with other values, or ask somebody who may lift masks",
                ) from None
            raise

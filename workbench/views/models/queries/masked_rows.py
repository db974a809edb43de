"""What is left of an answer's rows where minors are masked, in files and at the command line?

A name stays where an id in its row says that it is that of an account which is not masked: the screen shows it, as the
graph of the same answer does, though a word of it may be a minor's name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.masking.graphs import Masking
from workbench.views.models.names import Names, names_of
from workbench.views.models.queries.answer import texts_in


def masked_rows(case: CaseFolder, masking: Masking, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """The rows without the minors of ``masking``."""
    listed = [tuple(row) for row in rows]
    texts = [frozenset(texts_in(row)) for row in listed]
    with Lake(case) as lake:
        names = names_of(lake, {text for beside in texts for text in beside})
    return [
        tuple(map(replace(masking, shown=_own_names(names, masking, beside)).value, row))
        for row, beside in zip(listed, texts, strict=True)
    ]


def masked_values(before: Iterable[Sequence[Any]], after: Iterable[Sequence[Any]]) -> int:
    """How many cells the masks have changed."""
    return sum(
        shown is not value and shown != value
        for row, masked in zip(before, after, strict=True) for value, shown in zip(row, masked, strict=True)
    )


def _own_names(names: Names, masking: Masking, beside: Iterable[str]) -> frozenset[str]:
    """What those of these ids are called who are not masked, but for what one who is masked is called as well."""
    called: dict[bool, set[str]] = {True: set(), False: set()}
    for identity in beside:
        if (name := names.pseudonyms.get(identity)) is not None:
            called[identity in masking.minors].add(name)
    return frozenset(called[False] - called[True])


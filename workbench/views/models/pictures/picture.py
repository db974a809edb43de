"""What is a picture of a lead before anybody draws it?  Rows with their labels, the same as a table, and in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from graph.text_forms.names import as_seen
from workbench.plain_text import plain_text
from workbench.views.models.names import Names

Shape = Literal["ages", "lanes", "bars", "pairs", "tree"]


@dataclass(frozen=True)
class Picture:
    """``frame``: one row a mark, with the columns that ``workbench.views.pictures.charts`` reads for the shape.

    ``table``: the same rows for a reader.  ``caption``: what is drawn and how much of it.  Texts are final: masked
    where they have to be, plain.  ``parties``: the ids of the companies and people that it names, as it does in turn.
    """

    shape: Shape
    frame: pd.DataFrame
    table: pd.DataFrame
    caption: str
    parties: tuple[str, ...] = ()


def told_apart(identities: Sequence[str], names: Names, *, limit: int = 26) -> list[str]:
    """A label for each, no two alike: the name, with the id where several bear it, with a number where that fails.

    Of the id the part that the platform gave, as long as the name may be.
    """
    plain = [names.of(identity, limit=limit) for identity in identities]
    bearers, labels = Counter(map(as_seen, plain)), Counter[str]()  # a letter of another script tells no eye
    found = []
    for name, identity in zip(plain, identities, strict=True):
        native = plain_text(identity.partition(":")[2], limit=limit)
        label = name if bearers[as_seen(name)] == 1 or names.masked(identity) else f"{name} ({native})"
        labels[label] += 1
        found.append(label if labels[label] == 1 else f"{label} · {labels[label]}")
    return found

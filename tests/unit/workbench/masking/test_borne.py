"""A name that is one masked account's alone is told apart in an answer that leaves, others are not."""

import pytest

from tests.labels import KEY, token
from workbench.masking.borne import Borne
from workbench.masking.graphs import Masking
from workbench.masking.telling import HIDDEN, Telling

BORNE = Borne(
    {"little_oak": ("p:oak",), "lea": ("p:lea",), "twin": ("p:a", "p:b"), "grown": ("p:shown",), "jo": ("p:lea",)},
    frozenset({"lea", "jo"}), {"oak@mail.example": ("p:oak",)}, within={("p", "oak"): (("p:oak", "p:oak"),)},
)
MASKING = Masking(
    frozenset({"p:oak", "p:lea", "p:a", "p:b"}), Telling(frozenset({"little_oak", "lea", "twin"}), KEY), BORNE
)


@pytest.mark.parametrize(("cell", "left"), [
    ("Little_OAK", f"p:~{token('p:oak')}"), ("p:oak", f"p:~{token('p:oak')}"), ("lea", HIDDEN), ("twin", HIDDEN),
    ("grown", "grown"), ("grey_crane", "grey_crane"), (7, 7), (None, None),
    (["little_oak"], [f"p:~{token('p:oak')}"]), ("jo", HIDDEN), ("oak@mail.example", HIDDEN), ("seen_p:oak9", HIDDEN),
])
def test_a_minor_s_name_is_its_token_where_nobody_else_is_called_so(cell: object, left: object) -> None:
    """Every minor of a column of names was the same sign, so that no row told which of them it is of."""
    assert MASKING.value(cell) == left

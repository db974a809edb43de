"""How sentences leave the workbench: ids by their names, in chains without the id."""

from graph.detect.finding import Finding
from tests.written_reasons import chains
from workbench.language import words
from workbench.lead_picture import hiding_of
from workbench.masking.telling import HIDDEN, NOBODY, Telling
from workbench.views.models.names import NO_NAMES, Names

CHAIN = chains("c:p -0.94-> c:h -0.5-> c:t = 0.47", shallowest=2, deepest=2, whole=47)
OWNER = Finding("owner", ("c:p",), "strong", 0.8, (CHAIN,), targets=("c:t",))
NAMES = Names({"c:p": "Ada", "c:h": "Nord Ltd", "c:t": "Chat SA"})


def test_a_chain_leaves_with_names_and_shares() -> None:
    told = hiding_of(NAMES, NOBODY, words("en")).rendered(OWNER, CHAIN).detail
    assert "“Ada” ―94%→ “Nord Ltd” ―50%→ “Chat SA” (47% in all)" in told


def test_a_chain_that_tells_a_minor_and_one_where_nobody_is_named_leave_without_names() -> None:
    for hiding in (
        hiding_of(NAMES, Telling(frozenset({"c:h"})), words("en")),
        hiding_of(NO_NAMES, NOBODY, words("en"), texts=False),
    ):
        told = hiding.rendered(OWNER, CHAIN).detail
        assert HIDDEN in told
        assert "Nord" not in told
        assert "c:h" not in told

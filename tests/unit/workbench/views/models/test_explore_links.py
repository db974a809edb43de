"""The links of a node are told by what they are on its side: who was reported did not report."""

from graph.fetch import Entity
from graph.schema import RELATIONSHIPS
from graph.subgraph import Node
from workbench.language import words
from workbench.views.models.explore.links import _IN, _OUT, links_counted

REPORTED = Entity(
    Node("c:a", "Account", {}), {"CONTACTED": 5, "REPORTED": 7, "INVOLVES": 3}, {"CONTACTED": 5},
    {"REPORTED": 7, "INVOLVES": 3},
)


def test_who_was_reported_is_not_said_to_have_reported() -> None:
    assert links_counted(REPORTED, words("en")) == {
        "Accounts it wrote to": "5", "Reports about it": "7", "Leads about it": "3",
    }
    assert links_counted(REPORTED, words("fr")) == {
        "Comptes auxquels il a écrit": "5", "Signalements sur lui": "7", "Pistes qui le citent": "3",
    }


def test_both_directions_of_one_relationship_stand_apart() -> None:
    both = Entity(REPORTED.node, {"REPORTED": 3}, {"REPORTED": 1}, {"REPORTED": 2})
    assert links_counted(both, words("en")) == {"Reports by it": "1", "Reports about it": "2"}


def test_every_relationship_of_the_graph_has_a_name_each_way() -> None:
    assert set(_OUT) == set(_IN) == set(RELATIONSHIPS)
    assert not set(_OUT.values()) & set(_IN.values())

"""Which names of a statement are not the graph's: only those whose kind the text tells, with the nearest known one."""

import pytest

from graph.store.rows import Rows
from queries.statement.names_known import SCHEMA, UnknownName, nearest, unknown_names


class Graph:
    """A store that knows one label, type and property beside the schema; counts what it is asked."""

    asked = 0

    def read(self, cypher: str) -> Rows:
        self.asked += 1
        name = {"CALL db.labels()": "Extra", "CALL db.relationshipTypes()": "LIKED"}.get(cypher, "colour")
        return Rows(("name",), [(name,)])


def told(cypher: str) -> list[str]:
    return [f"{item.kind} {item.name} {item.nearest}".rstrip() for item in unknown_names(cypher, Graph())]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cypher", "names"),
    [
        ("MATCH (a:Acount) RETURN a", ["label Acount Account"]),
        ("MATCH (a:account) RETURN a", ["label account Account"]),
        ("MATCH (a:Account|Rom&!Zzzz) RETURN a", ["label Rom Room", "label Zzzz"]),
        ("MATCH ()-[c:CONTACTD|USED*1..3 {mesages: 1}]->() RETURN c", [
            "type CONTACTD CONTACTED", "property mesages messages"
        ]),
        ("MATCH (a {psuedonym: 'x'}) WHERE a.idx = 1 RETURN a.created_at.year", [
            "property psuedonym pseudonym", "property idx id"
        ]),
        ("MATCH (n) WHERE n:Acount AND EXISTS { (n)-[:USD]->(:Room) } RETURN n", [
            "label Acount Account", "type USD USED"
        ]),
        ("MATCH (a:Extra)-[:LIKED]->(b {colour: 'red'}) WHERE a.colour = b.colour RETURN a", []),
        # maps, function names, lists and what no pattern binds are nobody's names
        ("UNWIND [{q: 1}] AS row RETURN row.q, {foo: row.q} AS m, date.truncate('day', date()) AS d", []),
        ("MATCH (n) RETURN [x IN labels(n) WHERE x = 'a' | x] AS l, collect(n {.id, who: n.id}) AS m", []),
        ("MATCH (n:Account) RETURN 'n:Nothing .nothing' AS text // (n:Nothing)", []),
        ("MATCH (n) WHERE (n.messages - n.contacts) > 1 RETURN (n.messages)-[1][0] AS z", []),
        ("CALL db.labels() YIELD label RETURN label", []),
    ],
)
def test_unknown_names_are_found_where_the_text_tells_their_kind(cypher: str, names: list[str]) -> None:
    assert told(cypher) == names


def test_a_statement_of_known_names_asks_the_graph_nothing() -> None:
    graph = Graph()
    assert unknown_names("MATCH (a:Account)-[c:CONTACTED]->(b) RETURN a.pseudonym", graph) == ()  # type: ignore[arg-type]
    assert graph.asked == 0


def test_the_nearest_name_is_told_in_one_line() -> None:
    assert nearest("COMPANI", SCHEMA.labels) == "Company"
    assert nearest("xyzzy", SCHEMA.labels) == ""
    assert nearest("account_id", SCHEMA.properties) == "id", "as the table has it"
    assert nearest("psuedonym", SCHEMA.properties) == "pseudonym"
    assert str(UnknownName("label", "Acount", 9, "Account")) == "no label Acount in the graph: Account?"
    assert str(UnknownName("label", "Zzzz", 9)) == "no label Zzzz in the graph"

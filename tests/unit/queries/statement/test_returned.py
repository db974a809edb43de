"""The columns of an answer are read off the statement where its text tells them."""

import pytest

from queries.statement.returned import returned_columns


@pytest.mark.parametrize(("cypher", "columns"), [
    ("MATCH (a) RETURN a.id AS id, count(*) AS n ORDER BY n LIMIT 3", ("id", "n")),
    ("MATCH (a) RETURN DISTINCT a", ("a",)),
    ("MATCH (a) RETURN a.id, [x IN a.l | x] AS `the list` // RETURN b\n;", ("a.id", "the list")),
    ("MATCH (a) RETURN {a: 1, b: 2} AS m, labels(a) SKIP 2", ("m", "labels(a)")),
    ("RETURN 1 AS one UNION RETURN 2 AS one", ("one",)),
    ("CALL { MATCH (a) RETURN a.id AS inner } RETURN inner AS outer", ("outer",)),
    ("MATCH (a) RETURN *", None),
    ("CALL db.labels()", None),
    ("RETURN 'open", None),
    ("", None),
])
def test_columns_are_read_off_the_last_return(cypher: str, columns: tuple[str, ...] | None) -> None:
    assert returned_columns(cypher) == columns

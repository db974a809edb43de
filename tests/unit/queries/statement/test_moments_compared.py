"""Comparisons of a moment with what is none, by the text of a statement alone."""

import pytest

from queries.statement.moments_compared import MOMENTS, moments_compared

MATCH = "MATCH (a:Account)-[c:CONTACTED]->(b) "


def warnings_of(cypher: str, **parameters: object) -> list[tuple[str, str]]:
    return [(one.name, one.instead) for one in moments_compared(MATCH + cypher, parameters)]


def test_the_moments_are_those_of_the_schema() -> None:
    assert {"created_at", "first_at", "from", "made_at", "minor_until"} <= MOMENTS
    assert not {"id", "messages", "days", "share"} & MOMENTS


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("a.created_at > date('2024-03-01')", [("a.created_at", "datetime('2024-03-01')")]),
        ("date( '2024-03-01' ) <= c.first_at", [("c.first_at", "datetime('2024-03-01')")]),
        ("a.created_at = '2024-03-01'", [("a.created_at", "datetime('2024-03-01')")]),
        ("a.created_at<localdatetime($day)", [("a.created_at", "datetime($day)")]),
        ("a.created_at > $day", [("a.created_at", "datetime($day)")]),
        ("$`day` < a.`created_at`", [("a.`created_at`", "datetime($`day`)")]),
        ("a.created_at > date({year: size('x')}) AND b.created_at < date()",
         [("a.created_at", "datetime({year: size('x')})"), ("b.created_at", "datetime()")]),
        ("a.created_at > datetime('2024-03-01')", []),
        ("datetime(date('2024-03-01')) < a.created_at", []),
        ("date(a.created_at) > date('2024-03-01')", []),
        ("a.created_at.year = '2024'", []),
        ("date('2024-03-01') < a.created_at.day", []),
        ("a.created_at >= $period.since", []),
        ("a.created_at > b.created_at", []),
        ("a.role = 'staff'", []),
        ("x.created_at > date('2024-03-01')", []),
        ("a.created_at > $moment", []),
    ],
)
def test_what_is_no_moment_is_found_beside_one(condition: str, found: list[tuple[str, str]]) -> None:
    assert warnings_of(f"WHERE {condition} RETURN a", day="2024-03-01", moment=object()) == found


def test_it_says_what_to_write_and_where_it_stands() -> None:
    statement = f"{MATCH}WHERE a.created_at > date('2024-03-01') RETURN a"
    (one,) = moments_compared(statement)
    assert statement[one.offset:].startswith("a.created_at > date")
    assert str(one) == (
        "a.created_at is a moment, which is not compared with date('2024-03-01'): write datetime('2024-03-01')"
    )
    assert moments_compared("RETURN 1") == ()

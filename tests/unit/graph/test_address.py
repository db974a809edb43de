"""Is an address taken apart as written, and its password kept out of sight?"""

import pytest

from graph.errors import GraphError
from graph.store import Address


@pytest.mark.parametrize(
    ("url", "server", "database"),
    [
        ("bolt://127.0.0.1:7687", "bolt://127.0.0.1:7687", None),
        ("neo4j://host:7687/", "neo4j://host:7687", None),
        ("neo4j+s://host:7687/case-7", "neo4j+s://host:7687", "case-7"),
        ("bolt://[::1]:7687/a.b", "bolt://[::1]:7687", "a.b"),
    ],
)
def test_the_database_stands_in_the_path(url: str, server: str, database: str | None) -> None:
    address = Address.parse(url, user="u", password="p")
    assert (address.url, address.database, address.user, address.password) == (server, database, "u", "p")
    assert str(address) == (f"{server}/{database}" if database else server)


@pytest.mark.parametrize("url", ["", "http://host:7687", "host:7687", "bolt://", "bolt:///db", "neo4j://u:secret@host:1"])
def test_any_other_form_is_refused_without_repeating_a_password(url: str) -> None:
    with pytest.raises(GraphError) as caught:
        Address.parse(url)
    assert "secret" not in str(caught.value)


def test_a_password_is_not_shown() -> None:
    address = Address.parse("bolt://host:1", password="secret")
    assert "secret" not in f"{address} {address!r}"

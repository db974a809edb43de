"""A person finds a query by words of either language."""

import pytest

from queries.catalog import library
from queries.finding import matching
from queries.saved_query import SavedQuery, Wording

FIRST = SavedQuery("a", "Devices of an account", "", "", french=Wording(title="Appareils d’un compte"))
SECOND = SavedQuery("b", "Accounts", "By their devices.", "", tags=("crew",), owner="ann")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("appareil", [FIRST]), ("APPAREILS compte", [FIRST]), ("device", [FIRST, SECOND]), ("crew", [SECOND]),
        ("d'un", [FIRST]), ("devices crew", [SECOND]), ("nothing", []), ("  ", [SECOND, FIRST]),
    ],
)
def test_every_word_stands_somewhere_in_the_query_and_titles_come_first(text: str, found: list[SavedQuery]) -> None:
    assert matching([SECOND, FIRST], text) == tuple(found)


@pytest.mark.parametrize("text", ["mineur", "appareil", "propriétaire", "proprietaires", "salon", "minors", "device"])
def test_the_library_is_found_by_words_of_both_languages(text: str) -> None:
    assert len(matching(library(), text)) >= 3

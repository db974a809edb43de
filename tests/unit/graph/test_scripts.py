"""Letters of another script among Latin ones are told, names in another script are not."""

import pytest

from graph.text_forms.scripts import disguised


@pytest.mark.parametrize(("name", "letters"), [
    ("lea", ""), ("Léa", ""), ("le\N{CYRILLIC SMALL LETTER A}", "\N{CYRILLIC SMALL LETTER A}"),
    ("\N{GREEK SMALL LETTER OMICRON}rage_98", "\N{GREEK SMALL LETTER OMICRON}"), ("Анна", ""), ("сора", ""),
    ("Ken太郎", ""), ("\N{MICRO SIGN}Torrent", ""), ("ｌｅａ", ""), ("\N{MATHEMATICAL BOLD SMALL A}nna", ""),
    ("", ""), ("1998", ""),
])
def test_letters_that_look_latin_in_a_latin_name(name: str, letters: str) -> None:
    assert "".join(letter for letter, _script in disguised(name)) == letters


def test_a_name_in_another_script_as_a_whole_is_no_disguise_unless_asked_for() -> None:
    assert [letter for letter, _script in disguised("сора", whole=True)] == ["с", "о", "р", "а"]


def test_their_script_is_told_once_a_letter() -> None:
    assert disguised("pааul") == (("а", "CYRILLIC"),)

"""What accounts' tables hold is told in words where it is usual, else as it stands."""

import pytest

from workbench.language import words
from workbench.views.models.words.contract import account_status_word, gender_word


@pytest.mark.parametrize(
    ("raw", "english", "french"),
    [
        ("h", "male (“h”)", "masculin («\u00a0h\u00a0»)"), ("F", "female (“F”)", "féminin («\u00a0F\u00a0»)"),
        ("m", "male (“m”)", "masculin («\u00a0m\u00a0»)"), ("w", "female (“w”)", "féminin («\u00a0w\u00a0»)"),
        ("nb", "“nb”", "«\u00a0nb\u00a0»"),
    ],
)
def test_a_letter_for_a_gender_is_told_in_words_beside_itself(raw: str, english: str, french: str) -> None:
    assert (gender_word(raw, words("en")), gender_word(raw, words("fr"))) == (english, french)


@pytest.mark.parametrize(
    ("raw", "english", "french"),
    [("active", "active", "actif"), ("Banned ", "banned", "banni"), ("shadow-9", "shadow-9", "shadow-9")],
)
def test_a_usual_status_of_an_account_is_told_in_words(raw: str, english: str, french: str) -> None:
    assert (account_status_word(raw, words("en")), account_status_word(raw, words("fr"))) == (english, french)

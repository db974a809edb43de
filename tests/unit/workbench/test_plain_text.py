"""Hostile strings on their way to a screen."""

import unicodedata

import pytest

from tests.unit.workbench.hostile import HOSTILE
from workbench.plain_text import escape_markdown, label_text, plain_text


@pytest.mark.parametrize("name", HOSTILE)
def test_no_control_or_direction_mark_survives_and_the_length_is_bounded(name: str) -> None:
    shown = plain_text(name, limit=60)
    assert len(shown) <= 60
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") for char in shown)


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("Zoé_84", "Ольга", "مرحبا", "田中", "a.b-c@d"):
        assert plain_text(name) == name


def test_a_direction_override_leaves_a_mark_so_that_the_name_differs_from_its_look() -> None:
    assert plain_text("user\u202egnp.exe") == "user\ufffdgnp.exe"


def test_an_empty_name_is_said_to_be_empty() -> None:
    assert plain_text(" \t\n") == "(empty)"


@pytest.mark.parametrize("text", [
    "Le compte «\u00a0Héron\u00a0» a écrit 12\u202f345 fois\u00a0: 31\u00a0%\u00a0; est-ce lui\u00a0?", "Qui\u00a0?"
])
def test_a_no_break_space_stays_where_a_sentence_is_set_with_one(text: str) -> None:
    assert plain_text(text) == escape_markdown(text).replace("\\", "") == label_text(text).replace("\\", "") == text


def test_any_other_space_is_one_plain_space() -> None:
    assert plain_text("a\u00a0b \u00a0; c\u202f\u2003d\u00a0\u00a0;") == "a b ; c d ;"


def test_a_cut_is_visible() -> None:
    assert plain_text("abcdef", limit=4) == "abc…"


def test_stacked_marks_are_cut_to_two() -> None:
    assert plain_text("a" + "\u0307" * 50) == "a\u0307\u0307"


def test_every_mark_of_punctuation_is_escaped_for_markdown() -> None:
    assert escape_markdown("![x](http://h/a.png)") == r"\!\[x\]\(http:small[]\:\/\/h\/a\.png\)"
    assert escape_markdown("<b>$x$ :red[y] `z`") == r"\<b\>\$x\$ \:red\[y\] \`z\`"


@pytest.mark.parametrize(("name", "escaped"), [
    ("ann@agency.example", r"ann:small[]\@agency\.example"),
    ("WWW.h.example", r"WWW:small[]\.h\.example"),
    ("awww. so", r"awww:small[]\. so"),
    ("https://h", r"https:small[]\:\/\/h"),
    ("a:b www", r"a\:b www"),
])
def test_what_reads_like_an_address_is_broken_by_an_empty_span_lest_it_become_a_link(name: str, escaped: str) -> None:
    assert escape_markdown(name) == escaped


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("$acc", "$acc"), ("Type of $acc", "Type of $acc"), ("least number, 1 or more (of minors)",) * 2,
        ("age_in_years", "age_in_years"), ("$a_", r"\$a\_"), ("**x**", r"\*\*x\*\*"), ("$a$", r"\$a\$"),
        ("1. one", r"1\. one"), ("- one", r"\- one"), ("see www.x.example", r"see www:small[]\.x\.example"),
        ("[x](http://x.example)", r"\[x\]\(http:small[]\:\/\/x\.example\)"),
    ],
)
def test_a_label_is_escaped_only_where_it_could_be_markup(text: str, label: str) -> None:
    """A screen reader says what is written there, backslashes too."""
    assert label_text(text) == label

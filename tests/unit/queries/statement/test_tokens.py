"""The tokenizer tells text from data, and refuses what two engines could read differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import RefusedStatement
from queries.statement.tokens import MAX_LENGTH, tokenize


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(text)]


def test_the_parts_of_a_statement() -> None:
    assert kinds("MATCH (`a b`:X {k: $p}) // no\nRETURN 'it\\'s', 1.5e3, a[0..2] /* no */ <> \"x\"") == [
        ("word", "MATCH"), ("symbol", "("), ("quoted", "a b"), ("symbol", ":"), ("word", "X"), ("symbol", "{"),
        ("word", "k"), ("symbol", ":"), ("parameter", "p"), ("symbol", "}"), ("symbol", ")"), ("word", "RETURN"),
        ("string", "'it\\'s'"), ("symbol", ","), ("number", "1.5e3"), ("symbol", ","), ("word", "a"), ("symbol", "["),
        ("number", "0"), ("symbol", ".."), ("number", "2"), ("symbol", "]"), ("symbol", "<>"), ("string", '"x"'),
    ]


def test_doubled_backticks_are_one_and_parameters_may_be_quoted() -> None:
    assert kinds("`a``b` $`p q` $1") == [("quoted", "a`b"), ("parameter", "p q"), ("parameter", "1")]


def test_unicode_escapes_and_lookalikes_fold_to_their_keyword() -> None:
    assert [token.folded for token in tokenize("\\u0053et \u017fet s\uff45t set")] == ["SET"] * 4


@pytest.mark.parametrize(
    "text",
    [
        "'open", '"open', "`open", "/* open", "$", "a \\ b", "a\u200bb", "a\x00b", "// a\rb", "// a\x85b", "// a\x0bb",
        "/* a /* b */ c */", "`a\\b`", "`a\nb`", "'\\u0027'", "\\u005c", "'\\u000a'", "\u201cx\u201d", "1abc",
        "x" * (MAX_LENGTH + 1),
    ],
)
def test_ambiguous_or_open_text_is_refused(text: str) -> None:
    with pytest.raises(RefusedStatement):
        tokenize(text)


@given(st.text(alphabet=st.characters(exclude_characters="'\"\\`$", exclude_categories=["Cs", "Cc"]), max_size=60))
def test_whatever_stands_in_a_string_is_one_token(text: str) -> None:
    assert kinds(f"'{text}'") == [("string", f"'{text}'")]
    assert kinds(f'"{text}"') == [("string", f'"{text}"')]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        offsets = [token.offset for token in tokenize(text)]
    except RefusedStatement:
        return
    assert offsets == sorted(set(offsets))

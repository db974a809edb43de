"""Who uses a phrase: the conversations and rooms whose messages hold it, whatever signs phrase and texts have."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.phrase import Occurrence, long_enough, occurrences
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, write_folder
from workbench.views.models import conversation
from workbench.views.models.conversation import Only, Thread

HOSTILE = ("o'n%_[a]\\d.*", "'; DROP TABLE messages; --", "$1 ? {0} \\x{41} (?i)")
SIGNS = "aAeEéÉêçÇoœßİıKkñ\u0301\u0327 '’%_\\.*[](){}^$?|-🙂дД한가の"
TEXTS = ("Viens à l'ÉCOLE", "l\u2019ecole", "e\u0301cole", "ÉcOLE BRÛLÉE", "한가 のa", "İstanbul ıKeİ", "", *HOSTILE)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    folder = tmp_path_factory.mktemp("phrase")
    platform = Platform(adults=0, teens=0)
    platform.private("b", "a", 1, "see you TONIGHT then")
    platform.private("a", "b", 2, "tonight, yes")
    platform.private("a", "b", 3, "not to-night")
    platform.private("c", "a", 4, "tonight?")
    platform.post("c", 5, "tonight in the hall")
    platform.post("a", 6, "tonight for all")
    platform.post("b", 7, "tonight for me as well")
    for hour, text in enumerate(TEXTS, 10):
        platform.private("d", "e", hour, text)
    platform.private("d", "d", 40, "a note to myself")
    with lake_of(folder / "w", [write_folder(folder / "s", platform.tables())]) as opened:
        yield opened


def at(hours: float):
    return START + timedelta(hours=hours)


def number(lake: Lake, phrase: str) -> int:
    return occurrences(lake, phrase).messages


def test_conversations_and_rooms_with_most_messages_first_either_direction_together(lake: Lake) -> None:
    found = occurrences(lake, "Tonight")
    assert found.page(0, 10) == [
        Occurrence("", "", "small:hall", 3, at(5), at(7), 0, 3, "small:a"),
        Occurrence("small:a", "small:b", "", 2, at(1), at(2), 1, 2, "small:a"),
        Occurrence("small:a", "small:c", "", 1, at(4), at(4), 0, 1, "small:c"),
    ]
    assert (found.total, found.messages) == (3, 6)
    assert [one.other for one in found.page(1, 1)] == ["small:b"]
    assert found.page(3, 10) == []


def test_nothing_found_is_no_occurrence_and_a_note_to_oneself_is_one(lake: Lake) -> None:
    assert (occurrences(lake, "nowhere").total, occurrences(lake, "nowhere").messages) == (0, 0)
    (alone,) = occurrences(lake, "to myself").page(0, 10)
    assert (alone.one, alone.other, alone.messages) == ("small:d", "small:d", 1)


def test_case_and_accents_make_no_difference_in_whichever_form_they_are_written(lake: Lake) -> None:
    for phrase in ("ecole", "ÉCOLE", "e\u0301cole", "École"):
        assert number(lake, phrase) == 4, phrase
    assert number(lake, "ecole brûlee") == 1


@pytest.mark.parametrize("phrase", HOSTILE)
def test_a_phrase_is_literal_and_breaks_out_of_nothing(lake: Lake, phrase: str) -> None:
    assert number(lake, phrase) == 1
    assert number(lake, phrase[1:-1]) == 1


@pytest.mark.parametrize(
    "phrase", ["%%%", "...", ".*x", "___", "\x00abc", "' OR '1'='1", "abc\n", "x" * 1_000, "é" * 1_000]
)
def test_signs_of_query_languages_find_only_themselves(lake: Lake, phrase: str) -> None:
    assert number(lake, phrase) == 0


@given(st.text(alphabet=SIGNS, min_size=1, max_size=4), st.sampled_from(TEXTS), st.integers(0, 20), st.integers(3, 9))
def test_each_message_is_found_by_any_part_of_it_and_by_nothing_else(
    lake: Lake, made: str, text: str, start: int, size: int
) -> None:
    part = text[start : start + size]
    for phrase in (made, made + part, part, part.swapcase(), unicodedata.normalize("NFD", part)):
        if long_enough(phrase):
            ((direct,),) = lake._engine.run(
                "SELECT count(*) FROM messages WHERE contains(strip_accents(lower(text)), strip_accents(lower(?)))",
                [phrase],
            )
            assert number(lake, phrase) == direct, phrase
            assert direct or phrase != part


def test_a_row_counts_what_the_conversation_s_own_search_finds(lake: Lake) -> None:
    for phrase in ("tonight", "ecole", "İst", HOSTILE[0]):
        for one in occurrences(lake, phrase).page(0, 10):
            thread = Thread(room=one.room) if one.room else Thread(one.one, one.other)
            assert len(conversation.numbers_of(lake, thread, Only(text=phrase))) == one.messages


def test_a_phrase_has_three_letters_or_digits_blanks_and_accents_are_none(lake: Lake) -> None:
    for phrase in ("", "  a b ", "e\u0301\u0301", "\u0301\u0301\u0301", "é é", "\x00\x00\x00a"):
        assert not long_enough(phrase), phrase
        with pytest.raises(ValueError, match="at least 3 letters"):
            occurrences(lake, phrase)
    for phrase in ("abc", "m 13", "дом", "한가a"):
        assert long_enough(phrase), phrase

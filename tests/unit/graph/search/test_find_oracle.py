"""Does the index answer what reading every name would?  Brute force on random names, and names that attack."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.search import find
from graph.search.forms import cleaned, folded, one_edit, skeleton
from graph.search.lookup import _AT_ONCE
from tests.unit.graph.search.cases import CASE, all_of, index_of, named, told
from tests.unit.workbench.hostile import HOSTILE

SIGNS = st.sampled_from("aAbBlLéÉ1i.-_ 0o\"'*^")
NAMES = st.text(SIGNS, min_size=1, max_size=7).filter(lambda name: folded(name) != "")
ATTACKS = (
    *(name.replace("\x00", "").replace("\x1b", "") for name in HOSTILE if len(name) < 900),
    '"', '""', 'a" OR "b', "lea OR tom", "lea AND NOT tom", "lea NEAR tom", "within:lea", "{a b}: c", "^lea", "lea*",
    "*", "-lea", "(", "))", "'; DROP TABLE entity; --", "' OR '1'='1", "%", "_", "\\", "[x]", "?1", ":p", "\u202eael",
    "ﷺ", "🦊🦊🦊", "日本語", "عمر", "a\u0301b", "x\ty",
)


def brute(names: list[str], text: str) -> dict[str, str]:
    """By account the class in which reading every name puts it, wrong letters apart."""
    low, letters = folded(text), skeleton(text)
    found: dict[str, str] = {}
    for number, name in enumerate(names):
        folds = [folded(name), f"a{number}"]
        words = low.split()
        several = len(words) > 1 and min(map(len, words)) >= 3
        if low in folds:
            match = "exact"
        elif any(fold.startswith(low) for fold in folds):
            match = "prefix"
        elif letters is not None and skeleton(name) == letters:
            match = "lookalike"
        elif (len(low) >= 3 and any(low in fold for fold in folds)) or (
            several and all(any(word in fold for fold in folds) for word in words)
        ):
            match = "within"
        else:
            continue
        found[f"{CASE}:a{number}"] = match
    if "exact" not in found.values() and len(low) >= 5:
        for number, name in enumerate(names):
            identity = f"{CASE}:a{number}"
            if found.get(identity) in (None, "within") and one_edit(folded(name), low):
                found[identity] = "lookalike"
    if not found and max(map(len, low.split())) >= 5:
        for number, name in enumerate(names):
            if all(near(word, folded(name).split()) for word in low.split()):
                found[f"{CASE}:a{number}"] = "lookalike"
    return found


def near(word: str, words: list[str]) -> bool:
    """Is it one of the words, or one letter from one where it is long enough?"""
    return word in words or (len(word) >= 5 and any(one_edit(word, other) for other in words))


@given(names=st.lists(NAMES, min_size=1, max_size=25), texts=st.lists(NAMES, min_size=1, max_size=6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_index_answers_what_reading_every_name_would(tmp_path_factory, names, texts) -> None:
    with index_of(tmp_path_factory.mktemp("oracle"), {"accounts": named(*names)}) as index:
        for text in (*texts, *names[:3]):
            hits = all_of(index, text)
            assert {identity: match for match, identity in hits} == brute(names, text), text
            order = [("exact", "prefix", "lookalike", "within").index(match) for match, _ in hits]
            assert order == sorted(order), text
            same = {
                f"{CASE}:a{number}" for number, name in enumerate(names)
                if cleaned(text) in (cleaned(name), f"a{number}")
            }
            assert {identity for _, identity in hits[: len(same)]} == same, "letter by letter comes before all else"


def test_many_answers_are_the_same_read_in_pages_as_all_at_once(tmp_path: Path) -> None:
    names = [f"{'x' * (number % 3)}lilou{'' if number % 5 else number}" for number in range(3 * _AT_ONCE)]
    names += ["1ilou", "lil0u", "li_lou5"]
    with index_of(tmp_path, {"accounts": named(*names)}) as index:
        whole = find(index, "lilou", limit=10_000)
        assert {hit.id: hit.match for hit in whole.hits} == brute(names, "lilou")
        assert whole.total == len(whole.hits)
        pages = [find(index, "lilou", limit=400, offset=offset) for offset in range(0, whole.total, 400)]
        assert [hit for page in pages for hit in page.hits] == list(whole.hits)
        assert {page.total for page in pages} == {whole.total}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory):
    with index_of(tmp_path_factory.mktemp("attacked"), {"accounts": named(*ATTACKS)}) as index:
        yield index


@pytest.mark.parametrize("text", ATTACKS)
def test_a_name_that_attacks_is_found_by_itself_and_is_nothing_but_a_name(attacked, text) -> None:
    hits = find(attacked, text, limit=1_000)
    called = {f"{CASE}:a{number}" for number, name in enumerate(ATTACKS) if cleaned(name) == cleaned(text)}
    exactly = {hit.id for hit in hits.hits if hit.match == "exact"}
    assert called <= exactly
    assert hits.hits[0].id in called
    assert {identity: match for match, identity in told(hits)} == brute(list(ATTACKS), text)


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "\x02\x02lea", "\x01\x01A", "a" * 900, '"' * 900, "é" * 300]
)
def test_texts_that_attack_break_nothing(attacked, text) -> None:
    if folded(text):
        assert find(attacked, text).total >= 0
    assert attacked.base.execute("SELECT count(*) FROM entity").fetchone() == (len(ATTACKS),)

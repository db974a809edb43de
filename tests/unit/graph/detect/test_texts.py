"""How alike short texts are."""

from graph.detect.texts import near_identical, resemblance, words_of


def test_case_accents_numbers_and_punctuation_do_not_count():
    assert words_of("Élève n° 12, À 20h !") == {"eleve", "n", "a", "h"}
    assert words_of("12 !?") == frozenset()


def test_resemblance_is_the_share_of_common_words():
    assert resemblance(words_of("a b c d"), words_of("b c d e")) == 3 / 5
    assert resemblance(frozenset(), frozenset()) == 0.0


def test_the_wording_that_most_resemble_is_counted():
    texts = ["come and see max", "come & see Max!", "come and see max today", "where is the cat"]
    assert near_identical(texts, least=0.6) == 3
    assert near_identical([], least=0.6) == 0


def test_a_few_wordings_count_together_and_letters_forgive_slips():
    texts = ["come and see max", "come and see max", "where is the cat", "where is the cat", "a third of its own"]
    assert [near_identical(texts, least=0.6, wordings=n) for n in (1, 2, 3)] == [2, 4, 4]
    slips = ["come and see the captain", "comme and sse the captain"]
    assert resemblance(words_of(slips[0]), words_of(slips[1])) < 0.5
    assert near_identical(slips, least=0.5) == 2

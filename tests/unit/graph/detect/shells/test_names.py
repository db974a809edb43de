"""Names that read alike, and how rare the likeness is."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.detect.shells import ShellParameters
from graph.detect.shells.names import as_compared, names_of
from graph.detect.shells.null import name_weights
from graph.text_forms.names import number_of, numbered_skeleton, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marlow", "mаrlow"), ("Marlow", "M4rl0w"), ("marlow_12", "Marlow77"), ("maríow", "mariow"),
        ("marlo", "marl0"), ("Ｍａｒｌｏｗ", "marlow"), ("marllow", "marlow"), ("x_marlow", "xmarlow"),
        ("marlow", "MARIOW"), ("marlow", "ꮇarlow"), ("marlow", "mɑɽlow"), ("marlow", "marlօw"), ("marlow", "marꓡow"),
        ("marlow", "мarłoѡ"), ("marlow", "the_real_Marlow"), ("marlow", "Marlow_back"), ("marlow", "xXMarlowXx"),
        ("marlow", "le_vrai_marlow12"),
    ],
)
def test_dressed_up_names_share_a_skeleton(one, other):
    assert skeletons(one) & skeletons(other)


@pytest.mark.parametrize(("one", "other"), [
    ("le_back", "the_back"), ("marlow", "red_marlow"), ("xerox", "erosion"),
    ("marlow", "barlow"), ("river", "silver"), ("anna2001", "anne2001"),
])
def test_different_names_do_not(one, other):
    assert not skeletons(one) & skeletons(other)


def test_the_first_digit_of_a_number_is_no_letter():
    assert skeletons("nina11") == skeletons("nina27") == {"nlna"}
    assert skeletons("nina1") == {"nlna", "nlnal"}


@pytest.mark.parametrize("name", ["", "12345", "___", "ab1", "🙂🙂", "\u202e\u0000"])
def test_a_name_of_few_letters_has_no_skeleton(name):
    assert skeletons(name) == frozenset()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_has_skeletons_of_letters_only(name):
    assert all(len(letters) >= 4 and letters.isalpha() for letters in skeletons(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [("orage_1998", "or4ge_1998"), ("axel-2011", "ax3l_2011"), ("marl0", "marlo"), ("3toile", "etoile"),
     ("zou", "z0uu"), ("Yuki.895", "yuk_i895"), ("mаrlow7", "Marlow_7")],
)
def test_whole_names_read_alike_with_their_numbers(one, other):
    assert numbered_skeleton(one) == numbered_skeleton(other) is not None


@pytest.mark.parametrize(("one", "other"), [
    ("orage1998", "orage1997"), ("orage", "orage12"), ("lune", "lumen"), ("lucas56", "lucas66"), ("lucas5", "lucas"),
    ("nina11", "ninall"), ("M24", "M224"), ("axel-2011", "axel-20111"),
])
def test_whole_names_that_differ_do_not(one, other):
    assert numbered_skeleton(one) != numbered_skeleton(other)


@pytest.mark.parametrize(
    ("name", "number"), [("axel-2011", "2011"), ("axel-20111", "20111"), ("lou", None), ("lou7", None)]
)
def test_the_number_of_a_name(name, number):
    assert number_of(name) == number


def worn(*names, others=200):
    """Accounts 0, 1, … with these names among so many that bear other ones."""
    whole = [*names, *(f"{chr(97 + i // 26)}{chr(97 + i % 26)}fill" for i in range(others))]
    return names_of({who: (as_compared(name),) for who, name in enumerate(whole)}, 10)


def test_a_number_makes_a_name_rarer_than_its_own_ring_makes_it_common():
    names = worn("soleil769", "s0leil769", "soleil_769", "soleil12", "soleil", "soleil44")
    alike = names.likeness(0, 1)
    assert alike.numbered
    assert alike.u == pytest.approx(5 / 206 * 1 / 206)
    stem = names.likeness(0, 3)
    assert (stem.numbered, stem.u) == (False, pytest.approx(5 / 206))
    assert names.likeness(0, 100) is None


def test_two_who_chose_one_word_write_it_alike_and_a_name_dressed_up_is_written_in_another_way():
    names = worn("Orage12", "orage_7", "or4ge", "oragee", "or_age", "оrage", others=0)  # the last is Cyrillic
    assert not names.likeness(0, 1).dressed
    assert all(names.likeness(0, other).dressed for other in range(2, 6))
    assert names.dressing == pytest.approx((14 + 1) / (15 + 2))


def test_what_most_who_share_a_stem_do_says_nothing_of_dressing_up():
    def bits(names, one, other):
        (weight,) = name_weights((one, other), names, ShellParameters(), private=False, alike=0, at_home=1e-6)
        return weight.strangers

    plain = worn("lune21", "lune34", "lune56", "lune", "lun3")
    assert bits(plain, 3, 4) > bits(plain, 0, 1)
    dressed = worn("lun_e21", "lu_ne34", "l_une56", "lune", "lun3")
    assert bits(dressed, 3, 4) < bits(plain, 3, 4)


def test_different_names_say_nothing_of_two_who_share_a_private_mark():
    names = worn("Orage12", "Lune")
    assert name_weights((0, 1), names, ShellParameters(), private=True, alike=0, at_home=1e-6) == []
    (weight,) = name_weights((0, 1), names, ShellParameters(), private=False, alike=0, at_home=1e-6)
    assert weight.strangers < 0


def test_a_name_that_some_of_many_pairs_share_by_chance_says_little():
    """Of 600 pairs who pay together some have one common name: that makes no second family of evidence."""
    names, parameters = worn("Marie", "marie", others=20), ShellParameters()
    bits = {
        alike: sum(w.home for w in name_weights((0, 1), names, parameters, private=True, alike=alike, at_home=1e-6))
        for alike in (0, 1, 20, 600)
    }
    assert bits[0] > 3
    assert bits[0] > bits[1] > bits[20] > bits[600]
    assert bits[600] == 0


def test_a_name_that_families_here_have_in_common_tells_little_of_people_of_one_home():
    names = worn("Orage12", "Orage7", others=400)
    weights = {
        at_home: name_weights((0, 1), names, ShellParameters(), private=True, alike=0, at_home=at_home)[0]
        for at_home in (1e-9, 0.05)
    }
    assert weights[0.05].strangers == weights[1e-9].strangers == weights[1e-9].home
    assert weights[0.05].home == pytest.approx(math.log2(ShellParameters().agreement / 0.05))

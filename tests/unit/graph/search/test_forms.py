"""In which forms is a text looked for?  Folding, phones, addresses, one wrong letter."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.forms import cleaned, folded, one_edit, phone, same_phone, written
from graph.text_forms.written import identifier, phone_digits


@given(st.text())
def test_folding_twice_is_folding_once_and_leaves_no_mark_of_the_index(text: str) -> None:
    low = folded(text)
    assert folded(low) == low
    assert low == low.strip()
    assert not any(sign in low for sign in "\x00\x01\x02\x03\x04")
    assert folded(cleaned(text)) == low
    low.encode("utf-8")


@pytest.mark.parametrize(
    ("one", "other"), [("Léa", "le\u0301a".upper()), ("ＬＥＡ", "lea"), ("a\x00 \t b", "a b"), ("ß", "SS")]
)
def test_texts_that_differ_in_case_and_coding_only_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


PHONES = ["0033 6 12-34.56 78", "+33 6 12 34 56 78", "06 12 34 56 78", "a3f9 0000000", " 0612345678 ", "12", "00", "+"]


def test_a_phone_number_is_read_as_detections_read_it() -> None:
    rows = ibis.memtable(pa.table({"value": PHONES}))
    read = rows.mutate(form=identifier(ibis.literal("phone"), rows["value"])).to_pyarrow().to_pylist()
    for row in read:
        if row["form"] is not None:
            assert (phone_digits(row["value"]) or row["value"].strip()) == row["form"]


@pytest.mark.parametrize(("one", "other", "same"), [
    ("+33612345678", "0612345678", True), ("+33612345678", "33612345678", True), ("+33612345678", "612345678", True),
    ("+12125550123", "2125550123", True), ("+351912345678", "912345678", True), ("+4512345678", "12345678", True),
    ("0612345678", "0612345678", True), ("+33612345678", "+49612345678", False), ("+33612345678", "12345678", False),
    ("612345678", "999612345678", False), ("0612345678", "0712345678", False),
])
def test_which_numbers_reach_one_line(one: str, other: str, same: bool) -> None:
    assert same_phone(one, other) is same_phone(other, one) is same


@pytest.mark.parametrize(("text", "digits"), [
    ("tel:+33612345678", "+33612345678"), ("+33 (0)6 12 34 56 78", "+33612345678"), ("(06) 12.34.56.78", "0612345678"),
    ("12345", None), ("lea", None), ("2001:db8::1", None),
])
def test_what_is_written_like_a_phone_number(text: str, digits: str | None) -> None:
    assert phone(folded(text)) == digits


@pytest.mark.parametrize(("text", "key", "place"), [
    ("87.30.120.177:50123", "i87.30.120.177", None), ("::FFFF:87.30.120.177", "i87.30.120.177", None),
    ("[2001:DB8:1:2:0::1]:443", "i2001:db8:1:2::1", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "ife80::1", "fe80::/64"), ("::1", "i::1", None),
])
def test_the_forms_of_an_address(text: str, key: str, place: str | None) -> None:
    found = written(text)
    assert key in found.keys
    assert found.place == place


def brute(one: str, other: str) -> bool:
    """Every text one edit away, tried."""
    signs = set(other) | {"?"}
    cuts = [(one[:at], one[at:]) for at in range(len(one) + 1)]
    near = {a + b[1:] for a, b in cuts if b} | {a + sign + b for a, b in cuts for sign in signs}
    near |= {a + sign + b[1:] for a, b in cuts if b for sign in signs}
    near |= {a + b[1] + b[0] + b[2:] for a, b in cuts if b[1:]}
    return other in near and one != other


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_wrong_letter_is_what_trying_every_edit_finds(one: str, other: str) -> None:
    assert one_edit(one, other) == one_edit(other, one) == brute(one, other)

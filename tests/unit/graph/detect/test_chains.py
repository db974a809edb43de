"""Chains of ownership and who held when: written as one text, read back, and said with names."""

import pytest

from graph.detect.chains import Chain, Held, chained_ids, read
from graph.detect.reason import Reason
from graph.detect.values import count, owners, quote, word
from graph.detect.wordings import Language, as_ids, render
from tests.written_reasons import chains

NAMES = {"c:p": "Ada", "c:h": "Nord Ltd", "c:t": "Chat SA", "c:q": "Bo"}


def paths(*largest: str) -> Reason:
    return chains(*largest, paths=2, shallowest=1, deepest=2, whole=60)


def sentence(item: Reason, language: Language = "en") -> str:
    """As a screen says it: an id that stands alone, and a name in a chain."""
    return render("owner", item, language, lambda of, one: NAMES.get(one, one) if of == "chained" else one).detail


@pytest.mark.parametrize("text", [
    "c:p -0.6-> c:h -1-> c:t = 0.6", "c:p -~0.5[0.25..0.75]-> c:t = 0.5", "a id -> b -1e-05-> c:t = 1e-05",
])
def test_a_chain_is_read_as_it_was_written(text: str) -> None:
    assert str(Chain.read(text)) == text


@pytest.mark.parametrize("text", [
    "2019-05-01/2021-03-01: c:p 0.465, c:q 0.31", "../..: -", "../2021-03-01T12:00:00: c:p+c:q 1", "../..: a, b 1",
])
def test_who_held_when_is_read_as_it_was_written(text: str) -> None:
    assert str(Held.read(text)) == text


def test_what_is_no_chain_is_none_and_is_quoted() -> None:
    for text in ("c:p", "c:p = 0.5", "c:p -x-> c:t = 0.5", "c:p -1.2.3-> c:t = 0.5", ""):
        assert Chain.read(text) is None
    for text in ("c:p 0.5", "2019/2020: c:p", "2019/2020: c:p 0.5, c:q", ""):
        assert Held.read(text) is None
    assert read("shared_addresses_and_directors", "12 quay road") is None
    assert "the largest: “somebody”." in sentence(paths("somebody"))


def test_a_chain_is_said_with_names_and_shares_in_per_cent() -> None:
    item = paths("c:p -0.9407-> c:h -0.7476-> c:t = 0.703267", "c:p -~0.5[0.25..0.75]-> c:t = 0.5", "c:x -1-> c:t = 1")
    assert (
        "Ada ―94.1%→ Nord Ltd ―74.8%→ Chat SA (70.3% in all); Ada ―≈50% [25%–75%]→ Chat SA; c:x ―100%→ Chat SA."
        in sentence(item)
    )
    assert "Ada ―94,1\u00a0%→ Nord Ltd ―74,8\u00a0%→ Chat SA (70,3\u00a0% au total)\u00a0; Ada" in sentence(item, "fr")
    assert item.values["largest"].texts[0] == "c:p -0.9407-> c:h -0.7476-> c:t = 0.703267"


def test_who_held_when_is_said_with_names() -> None:
    item = Reason("successive_owners", {
        "company": owners(["c:t"]), "periods": count(4), "owners": owners(["c:p"]), "counted": word("all"),
        "last": quote(["../2019-05-01: c:h 1", "2019-05-01/2021-03-01: c:p 0.465, c:q+c:h 0.31", "2021-03-01/..: -"]),
    })
    assert sentence(item).endswith(
        "until 1 May 2019: Nord Ltd 100%; 1 May 2019 to 1 Mar 2021: Ada 46.5%, Bo and Nord Ltd 31%; "
        "since 1 Mar 2021: –."
    )
    held = "du 1er mai 2019 au 1er mars 2021\u00a0: Ada 46,5\u00a0%, Bo et Nord Ltd 31\u00a0%\u00a0;"
    assert held in sentence(item, "fr")


def test_a_director_that_is_shared_is_named_and_an_address_is_quoted() -> None:
    item = Reason("shared_addresses_and_directors", {
        "linked": owners(["c:x"]), "first": owners(["c:x"]), "shared": quote(["12 quay road", "c:p", "c:nobody"]),
        "customary": count(1), "companies": count(9),
    })
    assert "shares “12 quay road”, Ada, and “c:nobody” with them" in sentence(item)


def test_ids_in_chains_are_ids_of_the_reason_and_other_quotes_hold_none() -> None:
    assert paths("c:p -1-> c:h -1-> c:t = 1", "c:q -1-> c:t = 1").ids == ("c:h", "c:p", "c:q", "c:t")
    assert list(chained_ids("ownership_paths", {"largest": word("none")})) == []
    assert list(chained_ids("same_device", {"value": quote("c:p -1-> c:t = 1")})) == []


def test_a_document_tells_the_ids() -> None:
    told = render("owner", paths("c:p -0.6-> c:t = 0.6"), "en", as_ids).detail
    assert "the largest: c:p ―60%→ c:t." in told

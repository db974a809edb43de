"""Choices and addresses: a choice stands there by its name, labels of any language are read, no choice is lost."""

import sys

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    """Two tabs, one filter of several, one of at most one, and one that always has a choice, a list of one."""
    import streamlit as st

    from workbench.language import Words
    from workbench.views.navigation import choices

    def parts(words: Words) -> dict[str, str]:
        return {"who": words.gettext("Who"), "timeline": words.gettext("Timeline")}

    def tiers(words: Words) -> dict[str, str]:
        return {tier: words.gettext(tier) for tier in ("strong", "weak")}

    st.session_state["language"] = st.query_params.get("language", "en")
    if "away" not in st.query_params:
        who, timeline = choices.tabs(parts, key="tab")
        st.text("who" if who.open else "timeline" if timeline.open else "none")
        st.text(" ".join(choices.pills("Tier", tiers, key="tier")))
        st.text(" ".join(choices.several("Tier", tiers, key="tiers")))
        st.text(choices.segments("Change", tiers, key="change") or "none")
        st.text(choices.segments("Mode", tiers, key="mode", otherwise="strong") or "")
        st.text(choices.one("One", tiers, key="one", otherwise="strong"))


def at(app: AppTest, **given: str | list[str]) -> AppTest:
    app.query_params.clear()
    app.query_params.update(given)
    app.run()
    assert not app.exception
    return app


def chosen(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


NOTHING = ["who", "", "", "none", "strong", "strong"]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a page run is the main module from then on
    return AppTest.from_function(page)


def test_what_was_not_chosen_is_not_in_the_address(app: AppTest) -> None:
    assert chosen(at(app)) == NOTHING
    assert app.query_params == {}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("tab", "tier"), [("timeline", "weak"), ("Timeline", "weak"), ("Chronologie", "faible")]
)
def test_names_and_labels_of_any_language_are_read_and_written_as_names(
    app: AppTest, language: str, tab: str, tier: str
) -> None:
    at(app, language=language, tab=tab, tier=[tier, "strong"], tiers=tier, change=tier, mode=tier, one=tier)
    assert chosen(app) == ["timeline", "weak strong", "weak", "weak", "weak", "weak"]
    assert {name: app.query_params[name] for name in ("tab", "tier", "mode")} == {
        "tab": "timeline", "tier": ["weak", "strong"], "mode": "weak",
    }


def test_another_language_changes_no_choice(app: AppTest) -> None:
    at(app, tab="timeline", tier="weak", mode="weak")
    app.query_params["language"] = "fr"
    assert chosen(app.run()) == ["timeline", "weak", "", "none", "weak", "strong"]
    assert app.query_params["tab"] == "timeline"


def test_what_a_person_presses_is_chosen_and_stands_in_the_address(app: AppTest) -> None:
    at(app)
    app.button_group(key="tier").select("weak").run()
    assert chosen(app)[1] == "weak"
    assert app.query_params["tier"] == "weak"
    app.button_group(key="tier").unselect("weak").run()
    assert chosen(app) == NOTHING
    assert "tier" not in app.query_params


def test_an_address_that_somebody_else_changed_is_followed_back_to_nothing(app: AppTest) -> None:
    at(app, tab="timeline", tier="weak")
    assert chosen(at(app, tab="who")) == NOTHING
    at(app, tab="timeline")
    assert chosen(at(app)) == NOTHING


def test_the_way_to_another_screen_and_back_keeps_the_choice(app: AppTest) -> None:
    at(app, tab="timeline", tier="weak")
    assert chosen(at(app, away="1")) == []
    assert chosen(at(app)) == ["timeline", "weak", "", "none", "strong", "strong"]
    assert app.query_params["tab"] == "timeline"


def test_what_there_is_not_is_not_chosen(app: AppTest) -> None:
    assert chosen(at(app, tab="nowhere", tier="none", mode="none", one="none")) == NOTHING
    assert app.query_params == {}

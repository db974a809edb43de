"""The saved queries on their screen: found by words, asked by names, answered under titles, offered in a dossier."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graph.opaque import fleeting
from queries.saved_query import Parameter, SavedQuery
from tests.labels import token
from tests.ui.conftest import ADULT, CASE, HUB, MINORS, USER
from tests.ui.test_app import at_screen, table, texts
from workbench.bootstrap import Workbench
from workbench.casebook.saved.sharing import PRIVATE
from workbench.settings import Settings
from workbench.views import session

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _closed():
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


def queries(**address: str) -> AppTest:
    """The screen at that address, once what it runs is answered."""
    return answered(at_screen("Queries", **address))


def answered(app: AppTest) -> AppTest:
    """What does not end soon runs beside the screen."""
    for _ in range(60):
        if not any(button.key == "cancel_statement" for button in app.button):
            break
        app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """The errors, without what keeps data from being markup."""
    return "\n".join(error.value for error in app.error).replace("\\", "")


def given(app: AppTest, name: str) -> str:
    """What the address holds, whether the test or the page wrote it."""
    found = app.query_params.get(name, "")
    return found[0] if isinstance(found, list) else found


def test_what_is_typed_after_a_run_is_what_runs_next(workspace: Path) -> None:
    app = queries(query="rare-shared-devices")
    limit = "parameter_rare-shared-devices_limit"
    for typed in ("7", "1", "9"):
        app.text_input(key=limit).set_value(typed)
        app.button(key="run_query").click()
        answered(app.run())
        assert app.text_input(key=limit).value == typed
        assert given(app, "p_limit") == typed
    app.query_params["p_limit"] = "4"  # as the browser's back does
    app.run()
    assert app.text_input(key=limit).value == "4"


def test_words_of_both_languages_and_the_category_find_queries(workspace: Path) -> None:
    app = at_screen("Queries")
    for text in ("mineur", "appareil", "device"):
        app.text_input(key="query_filter").set_value(text).run()
        assert len(app.dataframe(key=f"query_list_{fleeting(f' {text}')}").value) >= 3, text
    app.text_input(key="query_filter").set_value("").run()
    app.selectbox(key="query_category").set_value("leads").run()
    assert "Leads that" not in texts(app)
    assert "Leads of one kind" in texts(app)
    assert "All private contacts of an account" not in texts(app)


def test_a_name_in_the_address_is_the_account_it_names_and_columns_have_titles(workspace: Path) -> None:
    app = queries(query="contacts-of", p_account=HUB, run="1")
    assert not app.error
    assert f"Private contacts of “{HUB}” ({CASE}:hub): 21" in texts(app)
    assert given(app, "p_account") == f"{CASE}:hub"
    assert len(table(app, "Contact", "Pseudonym", "Messages sent", "Messages received")) == 21
    french = queries(query="contacts-of", p_account=HUB, run="1", language="fr")
    assert len(table(french, "Contact", "Pseudonyme", "Messages envoyés", "Messages reçus")) == 21


def test_what_nobody_is_called_and_what_is_no_account_is_said_with_choices(workspace: Path) -> None:
    app = queries(query="contacts-of", p_account=HUB[:-1], run="1")
    assert "Nothing is called “north_sta”" in said(app)
    assert HUB in app.button(key="parameter_contacts-of_account_box_hit_0").label.replace("\\", "")
    assert given(app, "p_account") == ""
    assert not [caption for caption in app.caption if "rows" in caption.value]
    app.button(key="parameter_contacts-of_account_box_hit_0").click().run()
    answered(app.button(key="run_query").click().run())
    assert f"Private contacts of “{HUB}” ({CASE}:hub): 21" in texts(app)
    app = queries(query="contacts-of", p_account="Quay Ltd", run="1")
    assert "the name of something else: Company" in said(app)


def test_run_says_what_is_missing_and_reads_a_name_that_was_typed_and_not_picked(workspace: Path) -> None:
    app = queries(query="contacts-of")
    answered(app.button(key="run_query").click().run())
    assert "Fill in first: Account" in said(app)
    app.text_input(key="parameter_contacts-of_account_box").set_value(HUB).run()
    answered(app.button(key="run_query").click().run())
    assert not app.error
    assert f"Private contacts of “{HUB}” ({CASE}:hub): 21" in texts(app)
    assert given(app, "p_account") == f"{CASE}:hub"
    assert f"Account: {HUB} ({CASE}:hub)" in texts(app), "it is chosen now"
    app = queries(query="contacts-within-group", p_accounts=f"{CASE}:hub")
    app.text_input(key="parameter_contacts-within-group_accounts_box").set_value(ADULT).run()
    answered(app.button(key="run_query").click().run())
    assert given(app, "p_accounts") == f"{CASE}:hub, {CASE}:oak"
    assert app.text_input(key="parameter_contacts-within-group_accounts_box").value == ""


def test_a_day_is_an_instant_and_a_value_beyond_its_limits_is_said(workspace: Path) -> None:
    app = queries(query="who-held", p_platform=CASE, p_at="2024-01-01", run="1")
    assert not app.error
    assert "Chains of ownership above harbour at 2024-01-01T00:00:00Z" in texts(app)
    app = queries(query="minors-contacted-by", p_account=f"{CASE}:hub", p_age="900", run="1")
    assert "“900” does not fit; expected: whole number from 1 to 120" in said(app)


def test_a_period_that_ends_before_it_begins_is_said(workspace: Path) -> None:
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casebook.save_query(SavedQuery(
            "between", "Between", "", "MATCH (a:Account) WHERE a.id <> $when.since RETURN a.id AS id",
            (Parameter("when", "period"),),
        ), user=USER)
    app = queries(query=f"between@{USER}", p_when="2024-03-10/2024-03-01", run="1")
    assert "ends before it begins; the earlier day comes first. A single day is possible: 2024-03-10." in said(app)


def test_a_field_that_was_left_empty_shows_the_value_that_was_used(workspace: Path) -> None:
    age = "parameter_minors-contacted-by_age"
    app = queries(query="minors-contacted-by", p_account=f"{CASE}:hub")
    app.text_input(key=age).set_value("")
    answered(app.button(key="run_query").click().run())
    assert app.text_input(key=age).value == "18"
    assert given(app, "p_age") == "18"
    assert ["the usual value was used" in info.value for info in app.info] == [True]
    app.text_input(key=age).set_value("13")
    answered(app.button(key="run_query").click().run())
    assert app.text_input(key=age).value == "13"


@pytest.mark.parametrize("typed", ["1,5", "abc"])
@pytest.mark.parametrize(("language", "told"), [
    ("en", "“{typed}” does not fit; expected: whole number from 1 to 120"),
    ("fr", "«\u00a0{typed}\u00a0» ne convient pas\u00a0; attendu\u00a0: nombre entier de 1 à 120"),
])
def test_a_value_that_is_none_of_its_field_is_said_by_the_field_s_name(
    workspace: Path, language: str, told: str, typed: str
) -> None:
    app = queries(query="accounts-contacting-most-minors", language=language)
    app.text_input(key="parameter_accounts-contacting-most-minors_age").set_value(typed)
    answered(app.button(key="run_query").click().run())
    (error,) = app.error
    assert told.format(typed=typed) in said(app)
    assert "at_least" not in error.value
    assert "integer" not in error.value


def test_several_accounts_are_chosen_one_by_one_and_a_minor_stands_under_a_token(workspace: Path) -> None:
    app = queries(query="contacts-within-group", p_accounts=f"{HUB}, {CASE}:{MINORS[0]}", run="1")
    assert not app.error
    assert "Contacts within the group: 2" in texts(app)
    assert given(app, "p_accounts") == f"{CASE}:hub, ~{token(f'{CASE}:{MINORS[0]}')}"
    key = "parameter_contacts-within-group_accounts"
    app.text_input(key=f"{key}_box").set_value(ADULT).run()
    app.button(key=f"{key}_box_hit_0").click().run()
    app.button(key=f"{key}_remove_1").click().run()
    assert given(app, "p_accounts") == f"{CASE}:hub, {CASE}:oak"
    answered(app.button(key="run_query").click().run())
    assert "Contacts within the group: 2" in texts(app)


def test_a_dossier_offers_the_queries_about_its_account(workspace: Path) -> None:
    app = at_screen("Account", account=f"{CASE}:hub")
    offered = {button.label: button for button in app.button if str(button.key).startswith("account_queries_")}
    assert len(offered) >= 15
    assert "Minors to whom two accounts both wrote" not in offered
    app = queries(query="first-contacts-with-minors", account=f"{CASE}:hub")
    assert f"Minors to whom “{HUB}” ({CASE}:hub) wrote first: 8" in texts(app)
    assert (given(app, "p_account"), given(app, "account")) == (f"{CASE}:hub", "")


def test_a_query_of_a_pack_runs_once_somebody_has_read_it_whatever_the_address_says(workspace: Path) -> None:
    statement = "MATCH (a:Account) RETURN a.id AS account ORDER BY account"
    packed = SavedQuery("packed", "Packed", "", statement, reviewed=False)
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casebook.save_query(packed, user=USER)
    app = queries(query=f"packed@{USER}", run="1")
    assert "came in a pack" in app.warning[0].value
    answered(app.button(key="run_query").click().run())
    assert not [caption for caption in app.caption if "rows" in caption.value]
    answered(app.button(key="query_read").click().run())
    answered(app.button(key="run_query").click().run())
    assert [caption for caption in app.caption if "rows" in caption.value]
    session._server.clear()  # another day
    app = queries(query=f"packed@{USER}")
    assert not app.warning
    assert f"{USER} read its statement" in texts(app)


def test_a_filter_that_leaves_the_open_query_out_opens_the_first_that_it_leaves(workspace: Path) -> None:
    app = queries(query="rare-shared-devices")
    app.text_input(key="query_filter").set_value("circle").run()
    listed = app.dataframe[0].value
    opened_one = given(app, "query")
    assert opened_one != "rare-shared-devices"
    assert str(listed["Title"].iloc[0]) in texts(app)
    app = queries(query="rare-shared-devices", query_filter="circle")
    assert given(app, "query") == "rare-shared-devices", "an address opens what it names"


def test_a_query_that_its_owner_withdraws_while_it_is_open_is_said_and_its_text_stays(workspace: Path) -> None:
    """Another one took its place, and the click on Run that found it gone ran nothing, without a word of why."""
    query = SavedQuery("lent", "Lent for a day", "", "RETURN $much AS much", (Parameter("much", "integer"),))
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casework.save_query(query, user="bob", shared=True)
        app = queries(query="lent@bob")
        app.text_input(key="parameter_lent_much").set_value("3")
        answered(app.button(key="run_query").click().run())
        held = queries(query="lent@bob")
        held.button(key="to_console").click().run()
        workbench.casework.saved.share("lent@bob", PRIVATE, user="bob")
    for _run in range(2):
        app.run()
        assert "bob no longer shares “Lent for a day” with you" in app.warning[0].value.replace("\\", "")
        assert given(app, "query") == "lent@bob", "nothing takes its place"
        assert [code.value for code in app.code] == ["RETURN $much AS much"]
        assert [caption for caption in app.caption if "1 row" in caption.value], "what it answered while it was shared"
    app.button(key="withdrawn_to_console").click().run()
    assert app.session_state["console_value_much"] == "3"
    held.run()
    assert not [*held.error, *held.exception]
    assert "bob no longer shares “Lent for a day” with you: saved, this" in texts(held).replace("\\", "")
    next(button for button in held.button if button.key == "save_query").click().run()
    assert "Saved as lent-for-a-day, revision 1" in held.success[0].value.replace("\\", "")
    known = queries(query="nobodys@nobody")
    assert "not in the library" in known.run().warning[0].value, "as long as nothing else is opened"


def test_a_tick_leaves_the_row_where_another_query_stands_now(workspace: Path) -> None:
    """A duplicate changed the list, and the tick stayed at its place: the copy was open, and another one ticked."""
    for ticked, kept in ((3, []), (0, [0])):
        app = queries()
        opened = given(app, "query")
        app.session_state["query_list"] = {"selection": {"rows": [ticked], "columns": [], "cells": []}}
        app.run()
        assert given(app, "query") == opened
        assert list(app.session_state["query_list"]["selection"]["rows"]) == kept


def test_the_panel_of_a_duplicate_closes_once_it_is_made(workspace: Path) -> None:
    """It stayed open over the copy, and offered to duplicate that one under the title of the first."""
    app = queries(query="rare-shared-devices")

    def sent(title: str) -> AppTest:
        app.session_state["query_duplicate"] = True  # no test in process keeps what is open
        app.run().text_input(key="duplicate_title").set_value(title)
        app.button(key="duplicate_send").click()
        app.session_state["query_duplicate"] = True
        return app.run()

    untitled = sent(" ")
    assert (untitled.session_state["query_duplicate"], said(untitled)) == (True, "Write a title for the copy.")
    assert not sent("Devices, ours").session_state["query_duplicate"]
    assert not app.exception
    assert given(app, "query") == f"devices-ours@{USER}"


def test_a_query_of_ones_own_is_archived_and_comes_back(workspace: Path) -> None:
    """What had been saved by mistake stood in the list for good."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casework.save_query(SavedQuery("mistaken", "Saved by mistake", "", "RETURN 1 AS one"), user=USER)
        workbench.casework.save_query(SavedQuery("of-bob", "Of bob", "", "RETURN 1 AS one"), user="bob", shared=True)

    def listed(app: AppTest) -> bool:
        return "Saved by mistake" in list(app.dataframe[0].value["Title"])

    theirs = queries(query="of-bob@bob")
    assert not [button for button in theirs.button if button.key == "query_archive"], "its owner's alone"
    app = queries(query=f"mistaken@{USER}")
    assert listed(app)
    assert "Archived" not in app.selectbox(key="query_category").options
    app.button(key="query_archive").click().run()
    assert not listed(app)
    assert f"Archived by {USER}" in texts(app), "it stays open"
    app.selectbox(key="query_category").set_value("archived").run()
    assert list(app.dataframe[0].value["Title"]) == ["Saved by mistake"]
    app.button(key="query_archive").click().run()
    assert f"Archived by {USER}" not in texts(app)
    assert app.selectbox(key="query_category").value == ""
    assert listed(app.run())


def test_sharing_with_nobody_says_that_nobody_is_chosen_and_what_was_shared_is_said(workspace: Path) -> None:
    app = queries(query=f"devices-ours@{USER}")

    def shared(everyone: bool) -> AppTest:
        app.session_state["query_share"] = True
        app.run().checkbox(key="share_everyone").set_value(everyone)
        app.button(key="share_send").click()
        app.session_state["query_share"] = True
        return app.run()

    assert said(shared(everyone=False)).startswith("Nobody is chosen")
    assert said(shared(everyone=True)) == ""
    assert [one.value.replace("\\", "") for one in app.toast] == [f"Of {USER}; everybody may run it."]
    assert "Nothing was changed: it is shared like this already." in texts(shared(everyone=True))


def test_a_watch_is_of_the_values_in_the_fields_whatever_was_run_and_a_second_one_like_it_is_refused(
    workspace: Path
) -> None:
    query, limit = "rare-shared-devices", "parameter_rare-shared-devices_limit"
    app = queries(query=query)
    app.text_input(key=limit).set_value("5")
    answered(app.button(key="run_query").click().run())
    app.text_input(key=limit).set_value("77").run()
    assert (given(app, "p_limit"), given(app, "run")) == ("77", ""), "nothing was asked with it yet"
    app.session_state["query_watch"] = True
    app.run()
    assert "limit = 77" in texts(app)
    app.button(key="watch_begin").click().run()
    assert "watches this case from now on" in app.success[0].value
    app.button(key="watch_begin").click().run()
    assert "it watches this case with these values already; change a value" in said(app)
    assert [one["limit"] for one in watched(workspace, query)] == ["77"]


def test_what_is_typed_and_not_run_can_be_watched(workspace: Path) -> None:
    app = queries(query="contacts-of")
    app.session_state["query_watch"] = True
    app.run().button(key="watch_begin").click().run()
    assert "Fill in first: Account" in said(app)
    app.text_input(key="parameter_contacts-of_account_box").set_value("north_sta").run()
    app.button(key="watch_begin").click().run()
    assert "Nothing is called “north_sta”" in said(app)
    app.text_input(key="parameter_contacts-of_account_box").set_value(HUB).run()
    app.button(key="watch_begin").click().run()
    assert not app.error
    assert [one["account"] for one in watched(workspace, "contacts-of")] == [f"{CASE}:hub"]


def watched(workspace: Path, query: str) -> list[Mapping[str, Any]]:
    """With which values the query watches the case; it does no longer."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        watches = workbench.casebook.watches
        found = [one for one, _look in watches.of(CASE, USER) if one.query == query]
        for one in found:
            watches.end(one.number, user=USER)
    return [one.parameters for one in found]

"""The Cypher console in process: values asked for, faults that are said, history, more rows, saving what one took."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from queries.saved_query import Parameter, SavedQuery
from tests.ui.conftest import CASE, HUB, USER
from tests.ui.test_app import at_screen, table, texts
from workbench.bootstrap import Workbench
from workbench.casebook.saved import Sharing
from workbench.querying.watching import begin_watch, check_watches
from workbench.settings import Settings
from workbench.views import session
from workbench.views.console import answer as answer_view

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    session._server.clear()


def console(text: str = "") -> AppTest:
    """The console with its plain field, and that text in it."""
    app = at_screen("Queries", query_mode="Cypher console")
    app.toggle(key="console_plain").set_value(True).run()
    return write(app, text) if text else app


def write(app: AppTest, text: str) -> AppTest:
    app.text_area(key="console").set_value(text).run()
    assert not app.exception
    return app


def run(app: AppTest) -> AppTest:
    app.button(key="run_console").click().run()
    for _ in range(60):  # what does not end soon runs beside the screen
        if not any(button.key == "cancel_statement" for button in app.button):
            break
        app.run()
    assert not app.exception
    return app


def test_the_console_answers_masks_and_says_what_is_wrong(workspace: Path) -> None:
    app = run(console("MATCH (a:Account)-[c:CONTACTED]->(b) RETURN a, c, b"))
    answer = table(app, "a", "c", "b").to_string()
    assert HUB in answer
    assert "little_m0" not in answer
    run(write(app, "MATCH (a:Acount) WHERE a.psuedonym = 'x' RETURN a"))
    said = [warning.value.replace("\\", "") for warning in app.warning]
    assert said == [
        "No label Acount in this graph: Account?", "No property psuedonym in this graph: pseudonym?",
    ], "no rows alone would hide it"
    run(write(app, "MATCH (a:Account)\nRETRUN a"))
    assert "Line 2, column 1" in app.error[0].value.replace("\\", "")
    assert "“RETRUN”" in texts(app).replace("\\", ""), "the place is marked"
    run(write(app, "CREATE (n:Account {id: 'x'}) RETURN n"))
    assert "CREATE" in app.error[0].value
    run(write(app, "EXPLAIN MATCH (a:Account) RETURN a.id"))
    assert not app.error
    assert len(table(app, "Step", "Works on")) > 0


def test_values_are_asked_for_by_type_and_what_ran_is_taken_up_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_view, "FIRST_ROWS", 5)
    app = console("MATCH (a:Account) WHERE a.id STARTS WITH $who RETURN a.id AS id, 1 AS one ORDER BY id LIMIT $most")
    run(app)
    assert "$most" in app.error[0].value.replace("\\", ""), "a value that is missing is named"
    app.text_input(key="console_value_who").set_value(f"{CASE}:").run()
    app.text_input(key="console_value_most").set_value("3").run()
    app.selectbox(key="console_type_most").set_value("integer").run()
    assert "Showing 3 of 3 rows" in texts(run(app))
    app.text_input(key="console_value_most").set_value("12").run()
    assert "Showing 5 of at least 5 rows" in texts(run(app))
    next(button for button in app.button if button.key == "answer_more").click().run()
    assert "Showing 12 of 12 rows" in texts(app)
    settings = Settings(workspace=workspace, user=USER)
    with Workbench(settings) as workbench:
        kept = workbench.casebook.statements.of(USER, CASE)
        assert kept[0].types == {"most": "integer", "who": "text"}
        assert dict(kept[0].parameters) == {"most": "12", "who": f"{CASE}:"}
        assert [one.outcome for one in kept[:3]] == ["12 rows", "3 rows", kept[2].outcome]
        assert workbench.casework.statements.of("somebody else", CASE) == ()


@pytest.mark.usefixtures("workspace")
def test_no_rows_for_a_number_that_was_read_as_a_text_says_so() -> None:
    app = console("MATCH (a:Account) WHERE a.declared_age > $least RETURN a.id AS id")
    app.text_input(key="console_value_least").set_value("2").run()
    (told,) = run(app).warning
    assert "least: read as a text" in told.value.replace("\\", "")
    app.selectbox(key="console_type_least").set_value("integer").run()
    assert not [told for told in run(app).warning if "read as a text" in told.value]


@pytest.mark.usefixtures("workspace")
def test_a_saved_statement_asks_for_its_values_by_their_names() -> None:
    app = console("MATCH (a:Account) WHERE a.pseudonym = $called AND a.declared_age > $least RETURN a.id AS id")
    app.selectbox(key="console_type_least").set_value("integer").run()
    next(field for field in app.text_input if str(field.key).startswith("save_title")).set_value("Called and above")
    next(button for button in app.button if button.key == "save_query").click().run()
    handle = app.query_params["query"]
    assert handle in (f"called-and-above@{USER}", [f"called-and-above@{USER}"]), "it is the one that stands open"
    asked = texts(at_screen("Queries", query=f"called-and-above@{USER}"))
    assert "called (text, required)" in asked
    assert "least (whole number, required)" in asked


@pytest.mark.usefixtures("workspace")
def test_a_title_that_is_too_long_stays_in_its_field_and_is_said() -> None:
    app = console("RETURN 1 AS one")
    title = next(field for field in app.text_input if str(field.key).startswith("save_title"))
    title.set_value("long " * 40)
    next(button for button in app.button if button.key == "save_query").click().run()
    assert [error.value for error in app.error] == ["Title: too long by 79 characters; at most 120."]
    field = next(field for field in app.text_input if str(field.key).startswith("save_title"))
    assert field.value == "long " * 40


def test_a_saved_query_keeps_title_description_and_parameters_through_the_console(workspace: Path) -> None:
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casebook.save_query(
            SavedQuery(
                "aged-below", "Accounts below an age", "Those who say so.",
                "MATCH (a:Account) WHERE a.declared_age < $age RETURN a.id AS id ORDER BY id",
                (Parameter("age", "integer", 18, "age in years"),), headline="{rows} below {age}",
            ),
            user=USER,
        )
    app = at_screen("Queries", query=f"aged-below@{USER}")
    app.button(key="to_console").click().run()
    app.toggle(key="console_plain").set_value(True).run()
    assert "$age" in app.text_area(key="console").value
    assert app.text_input(key="console_value_age").value == "18"
    assert "Showing 8 of 8 rows" in texts(run(app)), "its default answers"
    write(app, app.text_area(key="console").value + " LIMIT 100")
    next(button for button in app.button if button.key == "save_query").click().run()
    assert not app.exception
    assert "revision 2" in app.success[0].value.replace("\\", "")
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        saved = workbench.casebook.query("aged-below", USER)
    assert (saved.title, saved.description, saved.headline) == (
        "Accounts below an age", "Those who say so.", "{rows} below {age}"
    )
    assert saved.parameters == (Parameter("age", "integer", 18, "age in years"),)
    assert saved.cypher.endswith("LIMIT 100")


def test_rows_are_filtered_tagged_and_made_a_lead_of_one_s_own(workspace: Path) -> None:
    app = run(console("MATCH (a:Account)-[:CONTACTED]->(b) RETURN a.id AS who, b.id AS whom ORDER BY who, whom"))
    app.text_input(key="answer_filter").set_value(f"{CASE}:OAK").run()
    assert "3 of these 43 rows hold it" in texts(app)
    app.text_input(key="rows_tag_text").set_value("seen")
    app.button(key="rows_tag_add").click().run()
    assert "3 things tagged" in texts(app)
    next(area for area in app.text_area if str(area.key).endswith("_reasons")).set_value("Both in one night.")
    next(button for button in app.button if str(button.key).endswith("_put")).click().run()
    assert not app.exception
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        tags = workbench.casebook.remarks.tags(CASE)
        (lead,) = workbench.casebook.own_leads.of(CASE)
    assert {subject for subject, told in tags.items() if told == ("seen",)} == {
        f"account:{CASE}:{who}" for who in ("hub", "oak", "x0")
    }
    assert lead.members == tuple(f"{CASE}:{who}" for who in ("hub", "oak", "x0"))
    assert lead.to_dict()["reasons"][0]["detail"] == "Both in one night."


def test_a_value_that_is_several_accounts_is_picked_by_name_as_a_single_one_is(workspace: Path) -> None:
    app = console("MATCH (a:Account) WHERE a.id IN $who RETURN a.pseudonym AS name ORDER BY name")
    app.selectbox(key="console_type_who").set_value("account[]").run()
    assert not app.exception
    for name in (HUB, "old_oak"):
        app.text_input(key="console_pick_who_box").set_value(name).run()
        app.button(key="console_pick_who_box_hit_0").click().run()
        assert not app.exception
    assert "$who: 2 chosen" in texts(app).replace("\\", "")
    assert list(table(run(app), "name")["name"]) == [HUB, "old_oak"]
    of_before = "The answer below is that of what ran before"
    assert of_before not in str([said.value for said in app.info])
    write(app, "MATCH (a:Account) RETURN a.id AS id")
    assert of_before in str([said.value for said in app.info]), "it stands below another statement"
    one = console("MATCH (a:Account) WHERE a.id = $whom RETURN a.pseudonym AS name")
    one.selectbox(key="console_type_whom").set_value("account").run()
    one.text_input(key="console_pick_whom_box").set_value("old_oak").run()
    assert list(table(run(one), "name")["name"]) == ["old_oak"], "a name that was typed and not picked"
    one.button(key="console_pick_whom_box_hit_0").click().run()
    assert f"$whom: old_oak ({CASE}:oak)" in texts(one), "without a backslash"


def test_a_moment_compared_with_a_day_is_warned_of_in_the_place_of_a_silent_nothing(workspace: Path) -> None:
    app = run(console("MATCH (a:Account) WHERE a.created_at > date('2000-01-01') RETURN count(a) AS n"))
    (told,) = app.warning
    assert "Compare it with datetime('2000-01-01')" in told.value.replace("\\", "")
    assert "a.created_at is a moment" in texts(app).replace("\\", ""), "the place is marked"


def test_a_list_is_asked_for_where_the_statement_wants_one_until_a_person_chooses(workspace: Path) -> None:
    app = console("MATCH (a:Account) WHERE a.pseudonym IN $names RETURN a.id AS id")
    assert app.selectbox(key="console_type_names").value == "text[]"
    app.text_input(key="console_value_names").set_value(f"{HUB}, old_oak").run()
    assert "Showing 2 of 2 rows" in texts(run(app))
    write(app, "MATCH (a:Account) WHERE a.pseudonym = $names RETURN a.id AS id")
    assert app.selectbox(key="console_type_names").value == "text"
    app.selectbox(key="console_type_names").set_value("text[]").run()
    assert app.selectbox(key="console_type_names").value == "text[]", "a person chose it"
    label = app.text_input(key="console_value_names").label
    assert (label, app.selectbox(key="console_type_names").label) == ("$names", "Type of $names"), "as it is read out"


def test_a_reload_keeps_which_query_the_console_holds_and_covers_up_no_newer_revision(workspace: Path) -> None:
    """*A query needs a title* was said of a query that has one."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        query = SavedQuery("held", "Held here", "What is held.", "RETURN 1 AS one", ())
        workbench.casebook.save_query(query, user=USER)
        app = at_screen("Queries", query=f"held@{USER}")
        app.button(key="to_console").click().run()
        told = app.query_params["from"]
        assert told in (f"held@{USER}:1", [f"held@{USER}:1"])
        again = at_screen("Queries", query_mode="console", **{"from": f"held@{USER}:1"})
        assert "From “Held here”" in texts(again).replace("\\", "")
        title = next(field for field in again.text_input if str(field.key).startswith("save_title"))
        assert title.value == "Held here"
        workbench.casebook.save_query(replace(query, cypher="RETURN 2 AS two"), user=USER)
        again.toggle(key="console_plain").set_value(True).run()
        write(again, "RETURN 3 AS three")
        next(button for button in again.button if button.key == "save_query").click().run()
        assert "has saved revision 2 meanwhile" in again.error[0].value.replace("\\", "")
        assert workbench.casebook.query("held", USER).cypher.strip() == "RETURN 2 AS two"
    gone = at_screen("Queries", query_mode="console", **{"from": "nobodys@nobody:1"})
    assert "From “" not in texts(gone)
    assert "from" not in gone.query_params


def test_the_box_of_sharing_shows_who_sees_the_query_now(workspace: Path) -> None:
    """It was ticked for a query that one person alone may run."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casebook.save_query(SavedQuery("named", "Named", "", "RETURN 1 AS one", ()), user=USER)
        workbench.casebook.saved.share(f"named@{USER}", Sharing(False, {"bob": "run"}), user=USER)

        def held() -> AppTest:
            found = workbench.casebook.query("named", USER)
            return at_screen("Queries", query_mode="console", **{"from": f"named@{USER}:{found.revision}"})

        app = held()
        box = next(box for box in app.checkbox if str(box.key).startswith("save_shared"))
        assert not box.value
        assert "shared with bob" in texts(app)
        box.set_value(True)
        next(button for button in app.button if button.key == "save_query").click().run()
        assert workbench.casebook.saved.sharing("named", USER) == Sharing(True, {"bob": "run"})
        app = held()
        box = next(box for box in app.checkbox if str(box.key).startswith("save_shared"))
        assert box.value
        box.set_value(False)
        next(button for button in app.button if button.key == "save_query").click().run()
        assert workbench.casebook.saved.sharing("named", USER) == Sharing(False, {"bob": "run"}), "named people stay"


def test_a_refused_save_shows_the_other_text_and_the_second_one_is_the_next_revision(workspace: Path) -> None:
    """*Compare it with yours, then save again* was said for ever, and nothing showed what to compare."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        query = SavedQuery("both", "Both have it", "Open at two places.", "RETURN 1 AS one", ())
        workbench.casebook.save_query(query, user=USER)
        workbench.casebook.saved.share(f"both@{USER}", Sharing(False, {"bob": "edit"}), user=USER)
        app = at_screen("Queries", query_mode="console", **{"from": f"both@{USER}:1"})
        app.toggle(key="console_plain").set_value(True).run()
        write(app, "RETURN 3 AS three")
        workbench.casework.save_query(replace(query, cypher="RETURN 2 AS two"), user="bob", based_on=1)
        save(app)
        assert "bob has saved revision 2 meanwhile" in app.error[0].value.replace("\\", "")
        shown = [code.value for code in app.code]
        assert "- RETURN 2 AS two\n+ RETURN 3 AS three" in shown
        app.toggle(key="console_plain").set_value(False).run()
        assert "- RETURN 2 AS two\n+ RETURN 3 AS three" in [code.value for code in app.code], "it stays beside it"
        workbench.casework.save_query(replace(query, cypher="RETURN 4 AS four"), user="bob", based_on=2)
        assert "revision 3 meanwhile" in save(app).error[0].value, "what came since is shown as well"
        assert "- RETURN 4 AS four\n+ RETURN 3 AS three" in [code.value for code in app.code]
        assert "revision 4" in save(app).success[0].value.replace("\\", "")
        assert workbench.casebook.query("both", USER).cypher.strip() == "RETURN 3 AS three"


def save(app: AppTest) -> AppTest:
    next(button for button in app.button if button.key == "save_query").click().run()
    assert not app.exception
    return app


def test_what_was_written_and_not_run_is_found_again(workspace: Path) -> None:
    """It was gone after a reload, and the query that was opened next took its place without a word."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casebook.save_query(
            SavedQuery("aged", "Aged", "", "MATCH (a:Account) WHERE a.declared_age < $age RETURN a.id AS id",
                       (Parameter("age", "integer", 18),)), user=USER,
        )
    console("RETURN 'never run' AS it")
    again = console()
    assert again.text_area(key="console").value == "RETURN 'never run' AS it"
    opened = at_screen("Queries", query=f"aged@{USER}", p_age="30", run="1")
    opened.button(key="to_console").click().run()
    assert "had not run stands in the History" in opened.info[0].value
    opened.toggle(key="console_plain").set_value(True).run()
    assert "$age" in opened.text_area(key="console").value
    assert opened.text_input(key="console_value_age").value == "30", "what was filled in is filled in here"
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        aside = workbench.casebook.places.remembered(USER, CASE, "console_aside")
    assert "RETURN 'never run' AS it" in aside.values()


def test_a_watch_whose_column_is_gone_says_who_took_it_away_and_its_saver_is_warned(workspace: Path) -> None:
    """*Show what is new* broke the screen: ValueError of a column that was in no row."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        case, first = workbench.case(CASE), "MATCH (a:Account) RETURN a.id AS first, a.declared_age AS age LIMIT 3"
        workbench.casebook.save_query(SavedQuery("watched", "Watched", "", first), user=USER)
        query = workbench.casebook.query("watched", USER)
        with workbench.reader(case) as store:
            number = begin_watch(workbench, case, query, {}, ["first"], store=store).number
        app = at_screen("Queries", query=f"watched@{USER}")
        app.button(key="to_console").click().run()
        app.toggle(key="console_plain").set_value(True).run()
        write(app, "MATCH (a:Account) RETURN a.declared_age AS age LIMIT 3")
        save(app)
        assert "1 watch tells rows apart by first" in app.warning[0].value
        (_watch, look), = check_watches(workbench, case)
        assert look.error
    screen = at_screen("Queries")
    told = f"the query was changed: {USER} saved revision 2 without the column first"
    assert told in texts(screen)
    screen.button(key=f"news_{number}").click().run()
    assert not screen.exception
    said = screen.error[0].value.replace("\\", "")
    assert told in said
    assert "watch it anew by another column, or have revision 1 restored" in said


def test_all_values_that_do_not_fit_are_told_in_one_message_and_an_older_one_goes(workspace: Path) -> None:
    """Of a run without values the message stood below that of a value that did not fit."""
    app = console("MATCH (a:Account) WHERE a.declared_age > $n AND a.id <> $d RETURN a.id AS id")
    app.selectbox(key="console_type_n").set_value("integer").run()
    (error,) = run(app).error
    assert error.value.replace("\\", "") == "Give a value for $n, $d."
    app.text_input(key="console_value_n").set_value("many").run()
    (error,) = run(app).error
    assert error.value.replace("\\", "") == (
        "$n: “many” does not fit; expected: whole number. Give a value for $d."
    )

"""Named views of Explore in process: which picture one is drawn into, archived ones apart from the others."""

import os

import pytest

from tests.ui.conftest import CASE
from tests.ui.test_app import at_screen, texts
from tests.ui.test_explore_app import _closed, opened, view  # noqa: F401
from workbench.explore.written import written
from workbench.plain_text import escape_markdown
from workbench.views import session

pytestmark = pytest.mark.embedded


@pytest.mark.usefixtures("workspace")
def test_a_saved_view_asks_before_it_takes_a_picture_s_place_and_has_a_tab_of_its_own() -> None:
    app = at_screen("Explore", case=CASE, account=f"{CASE}:oak")
    boards = session.server().workbench.casebook.boards
    mine = written(view(app).board)
    boards.save(
        CASE, "Oak", mine, user=os.environ["FILATURE_USER"], digest="", selection=[f"Account/{CASE}:oak"]
    )
    app.button(key="clear").click().run()
    app.button(key="begin_whole").click().run()
    whole, tab = view(app).board, app.session_state["explore_tab"][CASE]
    app.segmented_control(key="explore_panel").set_value("views").run()
    app.button(key=opened("Oak")).click().run()
    assert view(app).board == whole
    assert "The view is not drawn yet: there is a picture already." in texts(app)
    app.button(key="wanted_tab").click().run()
    assert app.session_state["explore_tab"][CASE] > tab
    assert (written(view(app).board), view(app).selection.nodes) == (mine, (f"Account/{CASE}:oak",))
    app.button(key=opened("Oak")).click().run()
    assert "there is a picture already" not in texts(app), "it is drawn here"
    app.button(key="tab_close").click().run()
    assert view(app).board == whole
    app.button(key=opened("Oak")).click().run()
    app.button(key="wanted_beside").click().run()
    assert view(app).board.nodes >= whole.nodes
    assert f"Account/{CASE}:oak" in view(app).selection.nodes


@pytest.mark.usefixtures("workspace")
def test_an_archived_view_stands_below_the_others_and_comes_back() -> None:
    app = at_screen("Explore", case=CASE, account=f"{CASE}:oak")
    boards = session.server().workbench.casebook.boards
    boards.save(CASE, "Put away", written(view(app).board), user=os.environ["FILATURE_USER"], digest="")
    app.segmented_control(key="explore_panel").set_value("views").run()
    app.button(key=opened("Put away").replace("open", "archive")).click().run()
    assert "Put away" not in [one.name for one in boards.views(CASE)]
    assert [one.label for one in app.expander if "archived" in one.label] == ["1 archived view"]
    number = len(boards.views(CASE))
    assert app.button(key=f"view_archive_{number}").label == "Bring it back"
    assert f"Archived by {escape_markdown(os.environ['FILATURE_USER'])}" in texts(app)
    app.button(key=f"view_open_{number}").click().run()
    assert not app.exception
    app.button(key=f"view_archive_{number}").click().run()
    assert "Put away" in [one.name for one in boards.views(CASE)]
    assert not [one.label for one in app.expander if "archived" in one.label]

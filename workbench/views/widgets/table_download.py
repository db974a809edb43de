"""A table of a screen as a file: whole values, where the screen shows their beginnings, and no cell a formula.

It stands in the place of the tables' own button, which gives what is shown, cut and live, and is hidden by the style.
"""

import json
from collections.abc import Callable, Mapping

import streamlit as st

from ingest.case_folder import CaseFolder
from workbench.custody.handed_over import handed_over
from workbench.exports.tables.columns import Sheet
from workbench.exports.tables.csv_files import table_bytes
from workbench.views.access.rights import barred
from workbench.views.language import _
from workbench.views.session import handed, record, server


def table_download(
    case: CaseFolder, made: Callable[[], Sheet], *, name: str, key: str, label: str = "", about: str = "",
    minors: str = "masked", rows: tuple[int, int] | None = None,
) -> None:
    """A button; the rows are ``made`` when they are asked for, outside of the session.

    ``name``: of the table, in the file's name; ``minors``: whether they are masked in it, for the log; ``rows``: how
    many of how many the filters leave, which the file's name and the log say of a part.
    """
    told = about or _("Every row that is listed, whole. Minors are masked as on the screen.")
    selection: dict[str, str | int] = {"table": name}
    if rows is not None and rows[0] < rows[1]:
        shown, total = rows
        name = f"{name}-{shown}-of-{total}"
        selection |= {"rows": shown, "of": total}
        told += " " + _("It is a part, which its name says: {shown} of {total}.", shown=shown, total=total)
    file = f"{case.name}-{name}.csv"
    st.download_button(
        label or _("Download as CSV"), data=handed(lambda: _written(case, made, selection, file, minors), case),
        file_name=file, mime="text/csv", on_click="ignore", key=key, type="tertiary",
        icon=":material/download:", **barred("export", case, told=told),
    )


def _written(
    case: CaseFolder, made: Callable[[], Sheet], selection: Mapping[str, str | int], file: str, minors: str
) -> bytes:
    server().workbench.casebook.allow("export", case.name)
    body = table_bytes(made())
    detail = {"to": "csv", **handed_over(file, body), "selection": dict(selection), "minors": minors}
    record(case, "export", json.dumps(detail, sort_keys=True))
    return body

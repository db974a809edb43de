"""Where does a lead's picture stand?  In the open lead, with its caption and the same rows as a table."""

from collections.abc import Sequence

import streamlit as st

from graph.detect.finding import Finding
from graph.detect.wordings import Language
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from workbench.language import words
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.kept import Same
from workbench.views.language import _, words_here
from workbench.views.models.leads import replay
from workbench.views.models.leads import who as who_model
from workbench.views.models.names import Names
from workbench.views.models.pictures import by_kind
from workbench.views.models.pictures.by_kind import Read
from workbench.views.navigation import address
from workbench.views.pictures.ahead import Ahead
from workbench.views.pictures.charts import chart, in_words
from workbench.views.session import opaque

_PAIRS = [200, 140, 75]  # of two names over lines, of a kind of evidence, of a figure
_WIDE, _DAY, _MOST_WHOLE = 415, 98, 5  # pixels of the table, of a day in it; columns
_Asked = tuple[CaseFolder, str, Same[Finding], Language]


def picture(case: CaseFolder, finding: Finding, names: Names) -> None:
    """Draw it; nothing where the cited records give nothing to draw."""
    said = words_here()
    found = _READ.now(_asked(case, finding, said.language))
    if found is None:
        return
    drawn = by_kind.picture(found, finding, names, said)
    called = by_kind.called(found, names)
    with st.container(key="picture", gap="small"):
        show.chart(chart(drawn), key=f"picture_{finding.finding_id}", about=in_words(drawn.shape), as_image=True)
        with st.container(key="picture_told"):
            st.text(drawn.caption)
        if found.opened < found.cited:
            st.caption(_("Of {all} cited records the first {shown} are drawn.", all=found.cited, shown=found.opened))
        _others(finding, drawn.parties, called)
        if replay.references(finding):
            return  # whose table follows
        with st.expander(_("The picture as a table"), key="picture_rows"):
            columns = len(drawn.table.columns)
            pixels = [_WIDE // columns] * columns if columns <= _MOST_WHOLE else []  # more of them scroll
            pixels[:1] = [max(_DAY, *pixels[:1])] if pixels else []
            if drawn.shape == "pairs":
                pixels = _PAIRS
            show.table(drawn.table, key="picture_table", empty="", pixels=pixels, row=show.LINES)


def _others(finding: Finding, parties: Sequence[str], names: Names) -> None:
    """Of an owner's chains a way to each company and person that has none above the picture."""
    opened = who_model.opened(finding, most=who_model.MOST_WAYS)
    others = [who for who in parties if who not in opened]
    if not others:
        return
    called = names.among(parties)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chain_parties"):
        st.caption(_("Also in these chains:"), width="content")
        for identity in others:
            label = escape_markdown(called.apart(identity, limit=48))
            if st.button(label, key=f"party_{opaque(identity)}", type="tertiary"):
                address.to("Company", {"company": identity})  # which shows of a person what the person holds


def picture_of_next(case: CaseFolder, finding: Finding) -> None:
    """Have its records read while a person looks at the lead before it."""
    _READ.soon(_asked(case, finding, words_here().language))


def _asked(case: CaseFolder, finding: Finding, language: Language) -> _Asked:
    return case, case_digest(case), Same(finding), language


def _read(asked: _Asked) -> Read | None:
    """Ids alone, no masks and no names of a session."""
    case, _digest, finding, language = asked
    with Lake(case) as lake:
        return by_kind.read(lake, finding.value, words(language))


_READ: Ahead[_Asked, Read | None] = Ahead(_read, most=64)

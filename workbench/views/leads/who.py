"""Who is in the open lead: masks are lifted one by one, and a conversation is chosen by what was written in it."""

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from workbench.dossier import Exchanged
from workbench.views import kept, show
from workbench.views.access.unmask import lift
from workbench.views.conversation import page as conversation
from workbench.views.language import _, words_here
from workbench.views.models.leads import who as model
from workbench.views.models.leads.who import Beyond, Wrote
from workbench.views.models.names import Names

_WIDTHS = (72, 136, 112, 96, 44)  # pixels of the columns: ids are whole beside the list, long names on two lines
_NAME = 17  # letters of a name that its column holds in one line; in a lower row than of LINES nothing is wrapped


def who(case: CaseFolder, finding: Finding, names: Names) -> None:
    """Members and targets with the messages between them; one person chosen, and with whom to read."""
    wrote, beyond = kept.exchanged(case, finding), kept.beyond(case, finding)
    frame = model.table(finding, names, words_here(), wrote, beyond)
    total = len(finding.members) + len(finding.targets) + len(beyond)
    st.caption(_("Showing {shown} of {total} ({parts}). Minors are masked.", shown=len(frame), total=total,
                 parts=model.parts_told(finding, beyond, words_here())))
    if model.writes(finding):
        st.caption(_("Messages here: private ones between members of the lead and the others in this list, both ways. "
                     "An account's page counts those with everybody."))
    if told := model.not_known_told(beyond, words_here()):
        st.caption(told)
    if told := model.added_up(finding, beyond, words_here()):
        st.caption(told)
    long = max((len(str(name)) for name in frame[_("Name")]), default=0) > _NAME
    high = {"row": show.LINES} if long else {}
    st.dataframe(
        frame, hide_index=True, key="members", height=show.height_of(len(frame), most=420, **high),
        row_height=high.get("row"),
        column_config=show.widths(frame, _WIDTHS) if len(frame.columns) == len(_WIDTHS) else None,
    )
    if finding.kind not in ("owner", "room"):
        _person(case, finding, names, wrote, beyond)


def _person(case: CaseFolder, finding: Finding, names: Names, wrote: Wrote, beyond: Beyond) -> None:
    words = words_here()
    everybody = model.everybody(finding, wrote, beyond)
    called = model.called_apart([identity for _part, identity, _found in everybody], names)
    labels = [
        words.pair(
            words.gettext(part),
            _label(called[identity], found, summed=True) if finding.targets else names.full(identity),
        )
        for part, identity, found in everybody
    ]
    chosen = st.selectbox(
        _("Person"), range(len(everybody)), key=f"who_{finding.finding_id}", format_func=labels.__getitem__,
        persist_state="session",
    )
    part, identity, _found = everybody[chosen]
    with st.container(horizontal=True, key="who_actions"):
        lift(case, identity, names, key="lift", part=part)
        others = dict(model.with_whom(finding, identity, wrote, beyond))
        if others:
            with st.popover(_("Read a conversation"), key="who_read"):
                shown = {other: _label(called[other], found) for other, found in others.items()}
                other = st.selectbox(
                    _("With"), list(others), format_func=shown.__getitem__, key=f"with_{finding.finding_id}_{chosen}"
                )
                st.caption(_("Those that the lead cites come first, then those with most messages; later and "
                             "likely minors last."))
                if st.button(_("Open the conversation"), key="who_open", type="primary"):
                    conversation.open_pair(identity, other, lead=finding.finding_id)


def _label(name: str, found: Exchanged, *, summed: bool = False) -> str:
    return f"{name} · {model.message_counts(found, words_here(), summed=summed)}"

"""One lead in detail: a sentence to read out, why and why not, its records, what people added, where it leads."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.language import Words
from workbench.language.kinds import finding_period
from workbench.plain_text import escape_markdown, plain_text
from workbench.related import Tie, tie_told, ties
from workbench.runs.changes import Changes
from workbench.views import kept, show
from workbench.views.access.rights import barred
from workbench.views.conversation import page as conversation
from workbench.views.dossiers.beside import choose_beside
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.opened import open_lead
from workbench.views.leads.records import records_part
from workbench.views.leads.triage import judge, triage
from workbench.views.leads.who import who
from workbench.views.models.leads import disguised, replay, since_last_run
from workbench.views.models.leads import lead as model
from workbench.views.models.leads import listing as listed
from workbench.views.models.leads import who as who_model
from workbench.views.models.leads.lead import Line
from workbench.views.models.leads.listing import Casework
from workbench.views.models.names import Names
from workbench.views.navigation import address, choices
from workbench.views.pictures.beside import picture
from workbench.views.session import opaque, server
from workbench.views.widgets.export import export_part
from workbench.views.widgets.judgements import shown_judgements
from workbench.views.widgets.remarks import shown_remarks

MOST_LINKS, MOST_FAR = 12, 60
MOST_REASONS = 5
PAIRS = ("hub", "extortion", "recruitment")  # kinds of one member who writes to each target


def panel(
    case: CaseFolder, finding: Finding, findings: Sequence[Finding], names: Names, casework: Casework,
    changes: Changes | None = None, *, following: Finding | None = None,
) -> None:
    """Draw the lead; texts from data go through ``names`` and come as plain text.

    ``changes``: what the last run changed; a lead that is gone is in no graph and no export any more.
    ``following``: the next lead of the list, to which a judgement can go on.
    """
    after = following.finding_id if following is not None else None
    words, names = words_here(), kept.named_with_beyond(case, finding, names)
    with st.container(border=True, key="finding"):
        with st.container(key="finding_title"):
            st.text(listed.title(finding, names, words))
        for line in disguised.disguise_notes(finding.members, names, words):
            st.caption(escape_markdown(line))
        with st.container(key="facts"):
            st.text(" · ".join(_facts(finding, casework)))
        if changes is not None and (lines := since_last_run.told(finding, changes, words)):
            with st.container(key="changed"):
                st.info(escape_markdown(" ".join(lines)))
        _actions(case, finding, gone=finding not in findings, after=after)
        with st.container(key="told_sentence"):
            st.text(model.sentence(finding, names, words.language))
        _ways_on(case, finding, names, gone=finding not in findings)
        tabs = choices.tabs(_tabs, key="lead_tab")
        with tabs[0]:
            _why(case, finding, names)
        if tabs[1].open:  # evidence is read for it; others hold forms, in which what is written stays
            with tabs[1]:
                records_part(case, finding, names)
        if tabs[2].open:
            with tabs[2]:
                who(case, finding, names)
        with tabs[3]:
            _judgements(case, finding, casework, after)
        if tabs[4].open:  # every lead of the case is compared for it
            with tabs[4]:
                _related(finding, findings, names)


def _tabs(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "why": _("Why and why not"), "records": _("Records"), "who": _("Who"), "judgement": _("Judgement and notes"),
        "related": _("Related leads"),
    }


def _facts(finding: Finding, casework: Casework) -> list[str]:
    words = words_here()
    facts = [_("{tier} evidence", tier=_(finding.tier)), casework.status_told(finding, words)]
    if period := finding_period(finding, words):
        facts.append(period)
    if who := casework.assigned.get(finding.finding_id):
        facts.append(_("assigned to {who}", who=plain_text(who)))
    if tags := casework.tags.get(finding.finding_id):
        facts.append(_("Tags: {tags}", tags=", ".join(map(plain_text, tags))))
    return facts


def _actions(case: CaseFolder, finding: Finding, *, gone: bool, after: str | None) -> None:
    with st.container(horizontal=True, key="finding_actions"):
        if not gone:
            with st.popover(_("Export"), key="finding_export", **barred("export", case)):
                export_part(case, key="finding", finding=finding.finding_id)
        triage(case, [finding.finding_id], key="triage", following=after)


def _ways_on(case: CaseFolder, finding: Finding, names: Names, *, gone: bool) -> None:
    """One click to whom it is about: the graph around it, dossiers of members, conversations with targets."""
    with st.container(horizontal=True, key="ways_on"):
        if not gone and st.button(_("Show in Explore"), key="to_explore", icon=":material/hub:"):
            address.to("Explore", {"finding": finding.finding_id})
        on_one = who_model.on_one(finding)
        opened = who_model.opened(finding, most=who_model.MOST_WAYS)
        listed = names.among(opened)
        for identity in opened:
            label = _("Open {who}", who=escape_markdown(listed.apart(identity, limit=30)))
            if st.button(label, key=f"way_{opaque(identity)}", icon=":material/person_search:"):
                _open(finding.kind, identity)
        if finding.kind == "shell" and len(finding.members) > 1:
            one, other = finding.members[:2]
            label = _("{one} and {other} side by side", one=escape_markdown(listed.apart(one, limit=20)),
                      other=escape_markdown(listed.apart(other, limit=20)))
            if st.button(label, key="way_beside", icon=":material/compare:"):
                choose_beside(one, other)
        if on_one or (finding.kind in PAIRS and len(finding.members) == 1):
            whose = (finding.targets if on_one else finding.members)[0]
            wrote, beyond = kept.exchanged(case, finding), kept.beyond(case, finding)
            others = who_model.with_whom(finding, whose, wrote, beyond)
            for identity, _found in others[:who_model.MOST_WAYS]:
                label = _("Read with {who}", who=escape_markdown(names.of(identity, limit=30)))
                if st.button(label, key=f"read_{opaque(identity)}", icon=":material/forum:"):
                    conversation.open_pair(whose, identity, lead=finding.finding_id)
            total = len(others)
        else:
            total, beyond = len(finding.members), {}
        if total > who_model.MOST_WAYS and beyond:  # more than the targets that the list counts
            st.caption(_("{shown} of {total}; all stand under Who ({parts})", shown=who_model.MOST_WAYS, total=total,
                         parts=who_model.parts_told(finding, beyond, words_here(), members=False)))
        elif total > who_model.MOST_WAYS:
            st.caption(_("{shown} of {total}; all stand under Who", shown=who_model.MOST_WAYS, total=total))


def _open(kind: str, identity: str) -> None:
    """The screen of a member: a room of a room's lead, an account otherwise; an owner, or the company it holds."""
    if kind == "room":
        address.to("Room", {"room": identity})
    elif kind == "owner":
        address.to("Company", {"company": identity})
    else:
        address.to("Account", {"account": identity})


def _why(case: CaseFolder, finding: Finding, names: Names) -> None:
    words = words_here()
    language = words.language
    picture(case, finding, names)
    _replay(case, finding, names)
    show.bold(_("Why"))
    reasons(model.reasons(finding, names, language))
    show.bold(_("Why not"))
    if rarity := model.chance(finding, words):
        st.caption(rarity)
    against = model.against(finding, names, language)
    if against:
        _lines(against, key="told_against")
        if added_up := who_model.added_up(finding, kept.beyond(case, finding), words):
            st.caption(added_up)
    else:
        st.caption(_("Nothing that the detection looks at speaks against it."))
    show.bold(_("What would clear it"))
    with st.container(key="told_clear"):
        st.text(model.clears(finding, names, language))
    with st.expander(_("Figures and method"), key="figures"):
        st.dataframe(model.figures(finding, words), hide_index=True, key="figure_table", height="content")
        facts = [_("score {score}", score=words.decimals(finding.score))]
        if finding.q_value is not None:
            facts.append(_("q-value {q}", q=model.q_value(finding, words)))
        st.text(" · ".join(facts))


def reasons(items: Sequence[Line]) -> None:
    """The first five; the others are folded below them."""
    _lines(items[:MOST_REASONS], key="told_why")
    if others := items[MOST_REASONS:]:
        label = ngettext("{number} more reason", "{number} more reasons", len(others))
        with st.expander(label, key="more_reasons"):
            _lines(others, key="told_more")


def _lines(items: Sequence[Line], *, key: str) -> None:
    """Each measure, its sentence, and observed beside expected as two bars where both are figures of one unit."""
    words = words_here()
    with st.container(key=key, gap=None):
        for place, item in enumerate(items):
            with st.container(key=f"{key}_measure_{place}", gap=None):
                st.text(item.measure)
            st.text(item.sentence, help="  \n".join(map(escape_markdown, item.ids.splitlines())) or None)
            if item.shares is not None:
                bars = zip((_("observed"), _("expected")), item.shares, (item.observed, item.expected), strict=True)
                st.html("".join(
                    f'<div class="bar-row"><span class="bar-name">{escape(name)}</span><span class="bar-scale">'
                    f'<span class="bar bar-{number}" style="width:{100 * share:.1f}%"></span></span>'
                    f'<span class="bar-figure">{escape(model.figure(value, words))}</span></div>'
                    for number, (name, share, value) in enumerate(bars)
                ))


def _replay(case: CaseFolder, finding: Finding, names: Names) -> None:
    """Who came to which target when: a table of the records that the replay's reasons cite."""
    cited = replay.references(finding)
    if not cited:
        return
    language = words_here().language
    with Lake(case) as lake:
        records = lake.records(list(cited[: replay.MOST_RECORDS]))
    frame = replay.table(finding, records, names, language)
    with st.expander(_("The picture as a table"), key="replay_rows"):
        st.caption(replay.told(finding, frame, language))
        if len(cited) > replay.MOST_RECORDS:
            st.caption(_("Of {all} messages the first {shown} are in this table; the records hold all.",
                         all=len(cited), shown=replay.MOST_RECORDS))
        pixels, lines = replay.widths(frame)
        columns = show.widths(frame, pixels)
        columns[str(frame.columns[0])] = st.column_config.Column(width=pixels[0], pinned=True)
        row = {"row": show.LINES} if lines > 1 else {}
        st.dataframe(
            frame, hide_index=True, key="replay", height=show.height_of(len(frame), most=500, **row),
            row_height=row.get("row"), column_config=columns,
        )


def _judgements(case: CaseFolder, finding: Finding, casework: Casework, after: str | None) -> None:
    casebook, words = server().workbench.casebook, words_here()
    history = casebook.judgements(case.name, finding.finding_id)
    show.bold(words.pair(_("Status"), casework.status_told(finding, words)))
    shown_judgements(history, key="judgements")
    if history:
        st.caption(_("Judgements are added, never changed; the last one is the lead's status."))
    else:
        st.caption(_("Nobody has judged this lead yet."))
    judge(case, [finding.finding_id], key="judgement", following=after)
    added = casebook.remarks.of(case.name, f"finding:{finding.finding_id}")
    shown_remarks(case, added[::-1])  # the newest first, as judgements above them


def _related(finding: Finding, findings: Sequence[Finding], names: Names) -> None:
    """Leads that name its members or half of its targets, those that share fewer targets, and those alike."""
    words = words_here()
    found = ties(finding, findings)
    near, far = [tie for tie in found if tie.near], [tie for tie in found if not tie.near]
    if near:
        st.caption(ngettext("{number} other lead names a member of this one, or at least half of its targets.",
                            "{number} other leads name a member of this one, or at least half of its targets.",
                            len(near)))
    else:
        st.caption(_("No other lead names a member of this one, or half of its targets."))
    _ties(finding, near, names, most=MOST_LINKS)
    if far:
        label = ngettext("{number} more lead shares fewer of its targets",
                         "{number} more leads share fewer of its targets", len(far))
        with st.expander(label, key="related_far"):
            _ties(finding, far, names, most=MOST_FAR)
    if alike := listed.similar(finding, findings):
        show.bold(_("Similar leads"))
        st.caption(_("Of the same kind, about others, with most of the same reasons for and against."))
    for other, common, either in alike:
        told = _("{common} of {either} alike", common=common, either=either)
        _link(other, listed.title(other, names, words, tier=True), told, key="similar")


def _ties(finding: Finding, found: Sequence[Tie], names: Names, *, most: int) -> None:
    words = words_here()
    for tie in found[:most]:
        _link(tie.other, listed.title(tie.other, names, words, tier=True), tie_told(finding, tie, words))
    if len(found) > most:
        st.caption(_("Showing {shown} of {total}.", shown=most, total=len(found)))


def _link(other: Finding, title: str, told: str, *, key: str = "tied") -> None:
    """Its title, which opens that lead here, and below it what the two have in common; one may be tied and similar."""
    with st.container(key=f"related_{key}_{other.finding_id}", gap=None):
        if st.button(escape_markdown(title), key=f"open_{key}_{other.finding_id}"):
            open_lead(other.finding_id)
            st.rerun()
        st.caption(told)

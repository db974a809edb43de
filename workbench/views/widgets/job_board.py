"""How far is the long work?  A notice over a corner of the page, which it never moves; it refreshes itself alone."""

from time import monotonic

import streamlit as st

from workbench.jobs import Job
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.sources.tables import report_rows
from workbench.views.models.words.jobs import stage_of
from workbench.views.session import person, server

_TOLD, _SCREEN = "notices_told", "notices_screen"  # job -> when its notice was first drawn; the screen it stands on
_READ_S = 10.0  # style.css lets go of it as late


def jobs_of(name: str, case: str) -> tuple[Job, ...]:
    """This person's jobs of one sort in a case, newest first."""
    return tuple(job for job in server().jobs.of(person().name) if job.task.name == name and job.task.case == case)


def board(name: str, case: str, *, in_page: bool = False) -> None:
    """The newest job of that sort, until its notice is closed; the page is run again once when it ends.

    A notice that it is done goes by itself after some seconds; one with figures, as every other, is there to be read.
    ``in_page``: it stands where it is called and covers nothing; what is done is told by what it made alone.
    """
    busy = any(not job.finished for job in jobs_of(name, case))

    @st.fragment(run_every="1s" if busy else None)
    def newest() -> None:
        jobs = jobs_of(name, case)
        if not jobs or jobs[0].seen or (not in_page and _gone(jobs[0])):
            return
        if not in_page or jobs[0].state != "done":
            _draw(jobs[0], "progress" if in_page else "notice")
        if busy and all(job.finished for job in jobs):
            st.rerun()

    newest()


def come_to(screen: str) -> None:
    """Whoever goes to another screen has read on the last one what was done there; what failed is told again."""
    if st.session_state.get(_SCREEN) == screen:
        return
    st.session_state[_SCREEN] = screen
    for job in st.session_state.pop(_TOLD, {}):
        _close(job)


def _gone(job: Job) -> bool:
    """Has the notice of what is done stood long enough?  The browser no longer shows it then."""
    if job.state != "done":
        return False
    first = st.session_state.setdefault(_TOLD, {}).setdefault(job.id, monotonic())
    if not _fleeting(job) or monotonic() - first < _READ_S:
        return False
    _close(job.id)
    return True


def _fleeting(job: Job) -> bool:
    return job.state == "done" and "tables" not in job.result


def _draw(job: Job, where: str) -> None:
    doing = {
        "ingest": _("Reading sources"), "detect": _("Running detections"), "rebuild": _("Rebuilding the graph"),
        "report": _("Writing the report"), "measure": _("Measuring the whole case"),
    }[job.task.name]
    words = words_here()
    stage = escape_markdown(stage_of(job, words))
    with st.container(border=True, key=f"{where}_{job.task.name}{'_done' if _fleeting(job) else ''}"):
        if job.state == "failed" and job.problem is not None:
            show.error(job.problem)
        elif job.state == "cancelled" and job.task.name == "report":
            st.info(_("{doing}: cancelled. Nothing was written.", doing=doing))
        elif job.state == "cancelled" and job.task.name == "measure":
            st.info(_("{doing}: cancelled. What was measured before stays.", doing=doing))
        elif job.state == "cancelled":
            st.info(_("{doing}: cancelled. What was read to its end before stays; nothing else was kept.", doing=doing))
        elif job.state == "done":
            done = _("{doing}: done in {seconds} s", doing=doing, seconds=round(job.seconds, 1))
            st.success(done, icon=":material/check_circle:")
            if "tables" in job.result:
                rows = report_rows(job.result["tables"], words)
                show.table(rows, key="job_report", empty=_("No rows."), height=260)
                st.caption(
                    _("Read is accepted, rejected and duplicate rows together. The same file again adds nothing.")
                )
                if job.result.get("ignored"):
                    st.text(ngettext(
                        "{number} file of the folder was left aside: no known format",
                        "{number} files of the folder were left aside: no known format", len(job.result["ignored"]),
                    ))
            elif "findings" in job.result:
                st.text(ngettext("{number} lead", "{number} leads", int(job.result["findings"])))
        elif job.total:
            st.progress(job.share, text=_(
                "{doing}: {stage}, {done} of {total}", doing=doing, stage=stage, done=job.done, total=job.total,
            ))
        elif job.state == "running":
            count = ", " + _("{done} so far", done=job.done) if job.done else ""
            st.progress(0.0, text=words.pair(doing, f"{stage}{count}"))
        else:
            st.progress(0.0, text=_("{doing}: waiting for the worker", doing=doing))
        if not job.finished and job.cancellable and st.button(_("Cancel"), key=f"cancel_{job.id}"):
            server().jobs.cancel(job.id, owner=person().name)
            st.rerun(scope="fragment")
        if job.finished:
            st.button(_("Close"), key=f"close_{job.id}", on_click=_close, args=(job.id,))


def _close(job: str) -> None:
    server().jobs.put_away(job, owner=person().name)

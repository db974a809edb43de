"""What is a job at?  The stages that workers report, in the words of a screen."""

from workbench.case_measures import CONTACTS
from workbench.jobs import Job
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.report.make import WRITING
from workbench.report.material import READING
from workbench.views.models.faults.sources import stage_text

_DETECTING = "detect "


def stage_of(job: Job, words: Words) -> str:
    """The present stage of a job that runs."""
    _ = words.gettext
    if job.task.name == "ingest":
        return stage_text(job.stage, words)
    if job.task.name == "measure":
        return _("reading the contacts") if job.stage == CONTACTS else words.gettext(job.stage)
    if job.stage.startswith(_DETECTING):
        return kind_label(job.stage.removeprefix(_DETECTING), words)
    return {READING: _("reading the leads"), WRITING: _("writing the file")}.get(
        job.stage, _("bringing the graph up to date")
    )

"""Whom is a lead about, in a few words?  As the title, a heading and a row of the report say it."""

from graph.detect.finding import Finding
from workbench.report.people import People
from workbench.views.models.leads.who import on_whom

MOST_NAMED = 3
_NAME = 28
"""Characters of a name."""


def subject_told(finding: Finding, people: People) -> str:
    """Its first members, minors under their labels; of many on one person on whom, of an owner of what."""
    words, members = people.words, people.listed(finding.members)
    who = ", ".join(people.apart(one, limit=_NAME) for one in members[:MOST_NAMED])
    if len(members) > MOST_NAMED:
        who = " ".join((who, words.gettext("and {number} more", number=len(members) - MOST_NAMED)))
    return who + "".join(f" → {people.apart(one, limit=_NAME)}" for one in on_whom(finding))

"""To whom were people sent?  The accounts that bear the name which a recruiter's messages gave."""

from graph.detect.finding import Finding

SENT_TO = "sent to"
_REASON, _VALUE = "people_sent_to_one_subject", "bearers"


def people_sent_to(finding: Finding) -> dict[str, str]:
    """By id ``SENT_TO``, as the lead lists them; nobody where it was a room, a link or a name of no account here."""
    named = [reason.values[_VALUE] for reason in finding.reasons if reason.code == _REASON and _VALUE in reason.values]
    ids = [identity for value in named for identity in value.ids]
    return {identity: SENT_TO for identity in ids if identity not in (*finding.members, *finding.targets)}

"""Which account asks many minors for something and presses them: contact, demand, insistence, silence?

Messages that ask or press are read by word lists a team can edit (``word_lists``) and counted by pair in the engine
against how all others write to minors (``demands``); the chats of those who stand out are then read in order
(``exchanges``): one wording for many, the same account insisting, answers that stop.
"""

from graph.detect.context import DetectionContext
from graph.detect.extortion.demands import pressers
from graph.detect.extortion.exchanges import exchanges
from graph.detect.extortion.leads import lead
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.finding import Finding

__all__ = ["ExtortionParameters", "find_extortion"]


def find_extortion(context: DetectionContext, parameters: ExtortionParameters) -> tuple[Finding, ...]:
    """Extortion findings: members = [the account], targets = the minors it pressed; unordered.

    Without message texts it is off and notes that.
    """
    messages = context.table("messages")
    written = messages.filter(messages.text.notnull(), messages.recipient.notnull()).select("record_id")
    if not context.rows(written.limit(1)):
        context.note("extortion", "the private messages have no text: off")
        return ()
    found = pressers(context, parameters)
    if not found:
        return ()
    roles = dict(context.rows(context.roles))
    return tuple(
        lead(item, roles.get(item.presser.account), parameters)
        for item in exchanges(context, found, parameters)
        if item.pressed
    )

"""Which account asks many minors for something and presses them: demand, insistence, silence?

Messages that ask or press are read by word lists a team can edit (``word_lists``); demands are counted by pair in the
engine (``demands``) against how all others write to minors (``null``); of those who stand out the chats are read
(``model``) and told as a lead (``leads``).
"""

from graph.detect.context import DetectionContext
from graph.detect.extortion.leads import lead
from graph.detect.extortion.model import exchanges
from graph.detect.extortion.null import pressers
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
    return tuple(lead(item, parameters) for item in exchanges(context, found, parameters)) if found else ()

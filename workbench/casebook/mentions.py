"""Whom does a note name?  A thing that was picked stands in it by its key, so that minors can be masked."""

import re
from collections.abc import Callable

_MENTION = re.compile(r"⟦(Account|Room|Identifier|Company|Person)/([^⟦⟧]{1,400})⟧")


def mention(key: str) -> str:
    """What stands in a note for the node of that key (``label/id``)."""
    return f"⟦{key}⟧"


def mentioned(text: str) -> frozenset[str]:
    """The ids that a note names so."""
    return frozenset(identity for _label, identity in _MENTION.findall(text))


def with_ids(text: str, meant: Callable[[str], str]) -> str:
    """The note as it is kept: ``meant`` gives the id for what stands in an id's place while it is written."""
    return _MENTION.sub(lambda found: mention(f"{found[1]}/{meant(found[2])}"), text)


def told(text: str, called: Callable[[str], str]) -> str:
    """The note as it is read: ``called`` gives what each id may be called."""
    return _MENTION.sub(lambda found: called(found[2]), text)

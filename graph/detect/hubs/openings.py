"""Does an account open with one and the same text?  Welcome bots and form letters do; the text itself is not kept."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from graph.detect.arrays import listed
from graph.detect.context import DetectionContext
from graph.detect.texts import WORD, bare

_SKELETON_LETTERS = 60


def same_text(context: DetectionContext, openings: Sequence[tuple[str, str]]) -> dict[str, float]:
    """By account the share of its openings with text that have its commonest skeleton; without text it is absent.

    ``openings`` are (account, record id of an opening message).  A skeleton is the text without names, numbers, case,
    accents and punctuation: what stays when a bot fills in the arrival's name.
    """
    if not openings:
        return {}
    wanted = listed(sender=[account for account, _ in openings], record_id=[record for _, record in openings])
    messages = context.table("messages").filter(lambda t: t.text.notnull() & t.recipient.notnull())
    found = messages.semi_join(wanted, ["sender", "record_id"])
    accounts = context.table("accounts")
    names = accounts.filter(accounts.pseudonym.notnull()).group_by("account").agg(name=lambda t: t.pseudonym.max())
    named = found.select("sender", "text", account="recipient").left_join(names, ["account"])
    columns = named.select("sender", "text", "name").to_pyarrow()
    read, skeleton = cache(bare), cache(_skeleton)  # texts recur, and a name as often as its bearer is written to
    texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sender, text, name in zip(*(column.to_pylist() for column in columns.columns), strict=True):
        opening, addressee = read(text), read(name or "")
        texts[sender][skeleton(opening.replace(addressee, " ") if addressee else opening)] += 1
    return {sender: max(counted.values()) / counted.total() for sender, counted in texts.items()}


def _skeleton(text: str) -> str:
    """The first letters of a bare text."""
    return " ".join(WORD.findall(text))[:_SKELETON_LETTERS]

"""Does an account open with one and the same text?  Welcome bots and form letters do; the text itself is not kept."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext

_SKELETON_LETTERS = 60


def opening_sameness(context: DetectionContext, records: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Share of an account's opening messages that have its most frequent skeleton; accounts without text are absent.

    ``records`` are (account, record id of an opening message).  A skeleton is the text without names, numbers, case,
    accents and punctuation: what stays when a bot fills in the arrival's name.
    """
    if not records:
        return {}
    wanted = ibis.memtable(
        pa.table({"sender": [account for account, _ in records], "record_id": [record for _, record in records]})
    )
    messages = context.table("messages").filter(lambda t: t.text.notnull() & t.recipient.notnull())
    found = messages.semi_join(wanted, ["sender", "record_id"])
    accounts = context.table("accounts")
    names = accounts.filter(accounts.pseudonym.notnull()).group_by("account").agg(name=lambda t: t.pseudonym.max())
    named = found.select("sender", "text", account="recipient").left_join(names, ["account"])
    skeletons: dict[str, Counter[str]] = {}
    for sender, text, name in context.rows(named.select("sender", "text", "name")):
        skeletons.setdefault(sender, Counter())[skeleton(text, name)] += 1
    return {sender: max(counts.values()) / counts.total() for sender, counts in skeletons.items()}


def skeleton(text: str, name: str | None = None) -> str:
    """The first letters of a text without the addressee's name, digits, case, accents and punctuation."""
    plain = _bare(text)
    if name and _bare(name):
        plain = plain.replace(_bare(name), " ")
    words: list[Any] = re.findall(r"[^\W\d_]+", plain)
    return " ".join(words)[:_SKELETON_LETTERS]


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()

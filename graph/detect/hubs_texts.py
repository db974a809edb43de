"""Does an account open with one and the same text?  Welcome bots and form letters do; the text itself is not kept."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext

_SKELETON_LETTERS = 60
_WORDS = re.compile(r"[^\W\d_]+")
_MARKS = "\u0300"  # no combining mark comes before it


@dataclass(frozen=True)
class Block:
    """Openings with one skeleton: their ``share`` of an account's openings that have text, and their ``records``."""

    share: float
    records: frozenset[str]


def opening_blocks(context: DetectionContext, records: Sequence[tuple[str, str]]) -> dict[str, Block]:
    """The commonest skeleton of each account's opening messages; accounts without text are absent.

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
    named = found.select("sender", "record_id", "text", account="recipient").left_join(names, ["account"])
    columns = named.select("sender", "record_id", "text", "name").to_pyarrow()
    read: dict[str, str] = {}
    return commonest(
        (sender, record, _skeleton(text, name, read))
        for sender, record, text, name in zip(*(column.to_pylist() for column in columns.columns), strict=True)
    )


def commonest(skeletons: Iterable[tuple[str, str, str]]) -> dict[str, Block]:
    """The Block of each account of (account, record id, skeleton); of equally common ones the first in the alphabet."""
    found: dict[str, dict[str, list[str]]] = {}
    for account, record, bare in skeletons:
        found.setdefault(account, {}).setdefault(bare, []).append(record)
    result = {}
    for account, texts in found.items():
        most = min(texts, key=lambda bare: (-len(texts[bare]), bare))
        share = len(texts[most]) / sum(len(records) for records in texts.values())
        result[account] = Block(share, frozenset(texts[most]))
    return result


def skeleton(text: str, name: str | None = None) -> str:
    """The first letters of a text without the addressee's name, digits, case, accents and punctuation."""
    return _skeleton(text, name, {})


def _skeleton(text: str, name: str | None, read: dict[str, str]) -> str:
    """``read`` holds what was bared before: texts recur, and a name as often as its bearer is written to."""
    plain = _bare(text, read)
    bare = _bare(name, read) if name else ""
    if bare and bare in plain:
        plain = plain.replace(bare, " ")
    words: list[Any] = _WORDS.findall(plain)
    return " ".join(words)[:_SKELETON_LETTERS]


def _bare(text: str, read: dict[str, str]) -> str:
    known = read.get(text)
    if known is None:
        known = text
        if not text.isascii():
            decomposed = unicodedata.normalize("NFKD", text)
            known = "".join([letter for letter in decomposed if letter < _MARKS or not unicodedata.combining(letter)])
        read[text] = known = known.lower()
    return known

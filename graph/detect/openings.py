"""Does an account open with one and the same text?  Welcome bots and form letters do; the text itself is not kept."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.statistics import Floats

_SKELETON_LETTERS = 60
_WORDS = re.compile(r"[^\W\d_]+")
_MARKS = "\u0300"  # no combining mark comes before it


_OTHERS = 5  # accounts from whose texts it is told what is usual; with fewer nothing is known


@dataclass(frozen=True)
class Block:
    """Openings with one skeleton: their ``share`` of an account's openings that have text, and their ``records``.

    ``ordinary``: how many times likelier some text opens exactly so many of them where each is drawn from the texts of
    the other accounts (a union bound) than with a mailing, which may open any number alike likely; 0 where the other
    accounts are too few to tell.
    """

    share: float
    records: frozenset[str]
    ordinary: float = 0.0


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
    shared = _shared(found)
    place, totals = {bare: at for at, bare in enumerate(shared)}, np.array(list(shared.values()))
    result = {}
    for account, texts in found.items():
        most = min(texts, key=lambda bare: (-len(texts[bare]), bare))
        count = sum(len(records) for records in texts.values())
        ordinary = 0.0
        if len(found) > _OTHERS:
            others = totals.copy()
            for bare, records in texts.items():
                if bare in place:
                    others[place[bare]] -= len(records) / count
            ordinary = (count + 1) * _some_text(others / (len(found) - 1), len(texts[most]), count)
        result[account] = Block(len(texts[most]) / count, frozenset(texts[most]), ordinary)
    return result


def _shared(found: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, float]:
    """By skeleton that several accounts open with: the sum of its shares of their openings."""
    totals: dict[str, list[float]] = {}
    for texts in found.values():
        count = sum(len(records) for records in texts.values())
        for bare, records in texts.items():
            totals.setdefault(bare, []).append(len(records) / count)
    return {bare: math.fsum(shares) for bare, shares in sorted(totals.items()) if len(shares) > 1}


def _some_text(shares: Floats, times: int, count: int) -> float:
    """The union bound of the binomial chances that a text with one of these shares opens ``times`` of ``count``."""
    shares = shares[(shares > 1e-9) & (shares < 1.0)]
    logs = times * np.log(shares) + (count - times) * np.log1p(-shares)
    ways = math.lgamma(count + 1) - math.lgamma(times + 1) - math.lgamma(count - times + 1)
    return min(1.0, float(np.exp(logs + ways).sum()))


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

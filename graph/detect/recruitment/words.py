"""Which words name somebody or somewhere?  A text's words, the names of a case, and links.

A link is one word ``//host/path`` whether it was written with a scheme, with ``www.`` or with neither.
"""

from typing import Any

import ibis

from graph.detect.context import DetectionContext, once

# What parts words; full stops, dashes and # do so only at a word's ends, for names have them inside.
_BETWEEN = r"[^\p{L}\p{M}\p{N}._@/#-]+"
_GAPS = rf"(?:^|{_BETWEEN})[.#-]*|[.#-]+(?:{_BETWEEN}|$)"
_LEAST_LETTERS = 3
_LEAST_DIGITS = 5  # a bare number below is a year, an age or a price, whatever accounts are called
# Without a scheme a link has a path, or ends as sites mostly do: "end.Next" is two words that lack a space.
_ENDINGS = "(?:app|biz|club|com|gg|info|io|link|live|me|net|org|site|tv|xyz)"
_PATH = r"[\p{L}\p{N}]\.\p{L}{2,}/[^\s/]"
_HOST = r"(?:[\p{L}\p{N}_-]+\.)+"
_BARE_LINK = rf"^{_HOST}(?:\p{{L}}{{2,}}/.+|{_ENDINGS}/?)$"

_GRAMMAR = (
    "and are but can did for from had has have her him his how its may mine not our out she that the their them then "
    "there they this was were what when where which who why will with you your yours "
    "aux avec car ces cet cette dans des dont elle elles est être eux ils les leur leurs lui mais mes moi mon nos "
    "notre nous par pas pour que quel quelle qui quoi sans ses son sont sur tes toi ton une vos votre vous"
)
ORDINARY = frozenset(_GRAMMAR.split())
"""Words of grammar, English and French: alone they name nobody, whatever accounts are called."""


def by_word(table: Any, *columns: str, text: Any) -> Any:
    """``columns`` and one row a word of ``text``, in lower case.

    The list is unrolled in the projection: a lateral join, as ``Table.unnest`` makes it, costs several times as much.
    """
    words = table.select(*columns, word=text.lower().re_replace(_GAPS, " ").split(" ").unnest())
    return words.filter(words.word.length() >= _LEAST_LETTERS)


def may_link(text: Any) -> Any:
    """Could a text hold a link?  A cheap look before its words are read."""
    text = text.lower()
    bare = text.contains(".") & text.re_search(rf"{_PATH}|\.{_ENDINGS}(?:[^\p{{L}}\p{{N}}]|$)")
    return text.contains("//") | text.contains("www.") | bare


def links(words: Any) -> Any:
    """The rows of ``words`` that are a link, as ``//host/path``."""
    word = words.word
    found = words.filter(word.contains("//") | word.startswith("www.") | word.re_search(_BARE_LINK))
    one = ibis.literal("//") + word.re_replace(r"^[^/]*//", "").re_replace(r"^www\.", "").re_replace("/+$", "")
    found = found.mutate(word=one)
    return found.filter(found.word.length() > _LEAST_LETTERS)


@once
def name_words(context: DetectionContext) -> Any:
    """word, name, kind, id: each word of each pseudonym, room name and native id, and ``@`` before a person's first.

    ``kind`` is person, unlisted (an account that only messages mention: its native id is its name) or room.
    """
    accounts, rooms, messages = (context.table(name) for name in ("accounts", "rooms", "messages"))
    seen = context.appearances.select("account").anti_join(accounts, "account")
    entered = messages.filter(messages.room.notnull()).select("room").distinct().anti_join(rooms, "room")
    parts = [
        accounts.filter(accounts[column].notnull()).select(
            name=accounts[column], kind=ibis.literal("person"), id="account"
        )
        for column in ("pseudonym", "account_id")
    ] + [
        rooms.filter(rooms[column].notnull()).select(name=rooms[column], kind=ibis.literal("room"), id="room")
        for column in ("name", "room_id")
    ] + [
        seen.select(name=_native(seen.account), kind=ibis.literal("unlisted"), id="account"),
        entered.select(name=_native(entered.room), kind=ibis.literal("room"), id="room"),
    ]
    named = ibis.union(*parts).distinct()
    words = by_word(named, "name", "kind", "id", text=named.name)
    number = (words.word == words.name) & (words.word.length() < _LEAST_DIGITS) & words.word.re_search("^[0-9]+$")
    called = named.filter(named.kind != "room").mutate(name_="@" + named.name)
    return ibis.union(
        words.filter(~number),
        by_word(called, "name", "kind", "id", text=called.name_).filter(lambda t: t.word.startswith("@")),
    ).distinct()


def _native(id_: Any) -> Any:
    """The id as the platform wrote it; a platform's name holds no colon."""
    return id_.re_replace("^[^:]*:", "")

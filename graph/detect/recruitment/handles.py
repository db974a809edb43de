"""Who outside is named, and in which words?  Handles, addresses and telephone numbers that messages give."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import ibis

from graph.detect.recruitment.words import by_word

HANDLE, TELEPHONE = "handle:", "tel:"
"""How a word begins that stands for a handle or address, and for a telephone number, in whatever spelling."""
_NETWORKS = (
    "snap|snapchat|insta|instagram|ig|tik ?tok|discord|telegram|what'?s ?app|watsapp|kik|skype|facebook|fb|messenger|"
    "twitter|wickr|viber|bereal|roblox|steam|psn|xbox|yubo|twitch|wechat|snapp"
)
# Ordinary words as well, or no network's name: only with a colon or "c'est" is what follows a handle.
_ALIKE = (
    "tt|tg|dc|wa|x|line|signal|session|mp|app|appli|pseudo|compte|account|username|user|handle|profile?|nick|nom|name"
)
_MARK = r" ?(?:[:=]|c['’]?(?:est)? |cé |is:)"
_AFTER = rf"(?:^|[^\p{{L}}\p{{N}}])(?:(?:{_NETWORKS})(?:{_MARK}| (?:is|name|id|:))?|(?:{_ALIKE}){_MARK})[ @:]*"
_NAME = r"([\p{L}\p{N}][\p{L}\p{N}._#-]+)(?:[^\p{L}\p{N}/]|$)"
_ASKS = (
    r"(?:^|[^\p{L}])(?:r?add?|(?:r?ajou?t|[eé]cri|rejoi|envoi|abonn|cherch|parl|messag|contact|follow|appel)\p{L}*|ajt|"
    r"writ?e|dm|msg|te?xt|call|find|trouve[sz]?|look|use|come|viens?|venez|join|talk|tlk|speak|see|voi[rs]|go|va|meet|"
    r"my|mon|am|c'?est|jsuis|suis|hmu|mail)(?:[^\p{L}]|$)"
)
_TAKEN = r"[_#][\p{L}\p{N}]|\p{L}[.-]?\p{N}{2}"  # of a word that begins with a letter
_FILE = r"\.(?:jpe?g|png|gif|mp[34]|pdf|docx?|xlsx?|odt|zip|txt|exe|html?|py)$"
_ADDRESS = r"^[\p{L}\p{N}._-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}$"
_LEAST = 5  # letters of a handle told by its looks alone: "h24" and "mp3" are none
_NONE = (
    rf"^(?:{_NETWORKS}|{_ALIKE}|https?|and|avec|because|but|est|for|instead|later|mais|moi|now|pas|please|pls|plz|"
    "plutôt|pour|stp|svp|that|then|too|tonight|toi|you|your)$"
)
_PAIRS = "|".join(rf"0[1-9](?:{sign}[0-9][0-9]){{4}}" for sign in ("", " ", r"\.", "-"))
_ABROAD = r"\(?[0-9]{3}\)?[ -][0-9]{3}-[0-9]{4}|(?:\+|00)[1-9][0-9]{0,2}(?:[ .()-]{0,3}[0-9]){7,11}"
_PHONE = f"{_PAIRS}|{_ABROAD}"
_TELEPHONE = rf"(?:^|[^0-9+])({_PHONE})(?:[^0-9]|$)"
_SAME_DIGITS = 9  # at the end of a number, with a country's code or without


def handles(private: Any, names: Any) -> Any:
    """word, handle: the words of ``private`` messages that name somebody outside, none of them in ``names`` (word).

    A handle once given counts wherever its word stands, so that what everybody says is seen to be a word.
    """
    text = private.text.lower()
    after = private.filter(text.re_search(_AFTER + _NAME)).select(text=text)
    after = after.select(
        word=after.text.re_extract(_AFTER + _NAME, 1).re_replace("[._#-]+$", ""),
        told=after.text.re_search(_ASKS) | after.text.re_search(f"(?:{_NETWORKS}|{_ALIKE}){_MARK}"),
    )
    after = after.filter(
        after.word.length() >= 3, after.word.re_search(r"[\p{N}_.#-]") | after.told, ~after.word.re_search(_NONE)
    )
    some = private.filter(text.contains("@") | text.re_search(_TAKEN)).select("text")
    some = some.mutate(asks=some.text.lower().re_search(_ASKS))
    words = by_word(some, "asks", text=some.text)
    word = words.word
    looks = word.re_search(r"^\p{L}[\p{L}\p{N}._#-]*$") & word.re_search(_TAKEN) & (word.length() >= _LEAST)
    bare = ibis.union(
        after.select("word"),
        words.filter((words.asks & looks & ~word.re_search(_FILE)) | word.re_search(_ADDRESS)).select("word"),
        words.filter(word.re_search("^@.*[^@]{3}")).select(word=word.re_replace("^@+", "")),
    ).distinct()
    spelt = ibis.union(bare.mutate(handle=bare.word), bare.select(word=ibis.literal("@") + bare.word, handle="word"))
    one = ibis.literal(HANDLE) + spelt.handle.re_replace("[.#-]", "_")
    return spelt.mutate(handle=one).anti_join(names, "word")


def telephones(private: Any, *columns: str) -> Any:
    """``columns`` and word: of each private message the telephone number in it, in one spelling."""
    digits = private.text.re_extract(_TELEPHONE, 1).re_replace("[^0-9]", "")
    found = private.select(*columns, word=ibis.literal(TELEPHONE) + digits.right(_SAME_DIGITS))
    return found.filter(found.word.length() == len(TELEPHONE) + _SAME_DIGITS)


def as_written(word: str, texts: Iterable[str]) -> str:
    """The handle or number as most of the texts write it."""
    if word.startswith(TELEPHONE):
        found = [match.group(1) for text in texts for match in re.finditer(_TELEPHONE, text)]
        written = Counter(one for one in found if re.sub("[^0-9]", "", one).endswith(word.removeprefix(TELEPHONE)))
    else:
        bare = re.escape(word.removeprefix(HANDLE)).replace("_", "[._#-]")
        written = Counter(match.group() for text in texts if (match := re.search(rf"@?{bare}", text, re.IGNORECASE)))
    return min(written, key=lambda one: (-written[one], one), default=word.partition(":")[2])

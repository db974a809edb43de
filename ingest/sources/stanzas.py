"""What stands in a stanza?  Two functions that a mapping's queries may call on XML: archives of XMPP servers keep it.

They look for one start tag and read its attributes or its text; no entity is ever expanded beyond XML's own five and
numbers, nothing is fetched.
"""

import re
import sqlite3
from functools import lru_cache

_ATTRIBUTES = r"""((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*+)"""
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def add_functions(base: sqlite3.Connection) -> None:
    """``xml_attribute(xml, element, name)`` and ``xml_text(xml, element)``, of the first such element; NULL where there
    is none.  An element of XHTML is passed over: a message's own body is the plain one."""
    base.create_function("xml_attribute", 3, attribute, deterministic=True)
    base.create_function("xml_text", 2, text, deterministic=True)


def attribute(xml: object, element: str, name: str) -> str | None:
    """The attribute's value."""
    if not isinstance(xml, str) or (tag := _start(element).search(xml)) is None:
        return None
    found = _attribute(name).search(tag[1])
    return None if found is None else _plain(found[2])


def text(xml: object, element: str) -> str | None:
    """The element's text."""
    if not isinstance(xml, str):
        return None
    for tag in _start(element).finditer(xml):
        if "xhtml" in tag[1]:
            continue
        if tag[2]:
            return ""
        end = xml.find(f"</{element}", tag.end())
        return None if end < 0 else _plain(xml[tag.end():end])
    return None


@lru_cache(maxsize=64)
def _start(element: str) -> re.Pattern[str]:
    return re.compile(rf"<{re.escape(element)}(?=[\s/>]){_ATTRIBUTES}\s*(/?)>")


@lru_cache(maxsize=64)
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"""\s{re.escape(name)}\s*=\s*(["'])(.*?)\1""", re.S)


def _plain(written: str) -> str:
    return _ENTITY.sub(_sign, written)


def _sign(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else found[0]

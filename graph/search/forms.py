"""In which forms is a text looked for?  Folded, as a skeleton, and as the number or address that it writes."""

import re
import socket
import unicodedata
from dataclasses import dataclass
from typing import Literal

from graph.text_forms.names import whole_skeleton
from graph.text_forms.written import phone_digits, place_of

LEAST_BARE = 6  # letters and digits of a value that is compared without its punctuation
_LEAST_DIGITS = 6  # of a phone number
_TAIL = 6
_MOST_CODE = 3  # digits of a country code
_SURE_DIGITS = 9
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_SPACES = re.compile(r"\s+")
_SIGNS = re.compile(r"[\W_]+")
_PORT = re.compile(r"^(?:(\d+(?:\.\d+){3})|\[([0-9a-f:.]+)\]):\d{1,5}$")
_TRUNK = re.compile(r"\(0\)")
_MAIL = re.compile(r"^(?:mailto:)?<?([^\s<>,;]+@[^\s<>,;]+?)>?[.,;]?$")

Space = Literal[0, 1, 2, 3, 4]
NAME: Space = 0  # folded names and native ids
SKELETON: Space = 1
WRITTEN: Space = 2  # `p` and a phone number's last digits, `i` and an address, `b` and a value without punctuation
PLACE: Space = 3  # the IPv6 network of 64 bits
VALUE: Space = 4  # folded values of identifiers


def cleaned(text: str) -> str:
    """The text as Unicode's composed form, without surrogates; controls and runs of blanks are one blank."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return _SPACES.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFKC", plain))).strip()


def folded(text: str) -> str:
    """``cleaned`` without the difference of capital and small letters."""
    plain = cleaned(text)
    if plain.isascii():
        return plain.lower()
    return unicodedata.normalize("NFKC", plain.casefold()).strip()


@dataclass(frozen=True)
class Written:
    """What a text may write: ``keys`` in the space WRITTEN, the ``place`` of an IPv6 address, the e-mail in it."""

    keys: tuple[str, ...] = ()
    place: str | None = None
    mail: str | None = None


def written(value: str, *, kind: str | None = None) -> Written:
    """The forms of an identifier's value; of a query's text where no ``kind`` is known, then all that it may be."""
    text = folded(value)
    keys: list[str] = []
    place = mail = None
    if kind in (None, "ip"):
        address = _address(text)
        if address is not None:
            keys.append(f"i{address}")
            found = place_of(address) if ":" in address else ""
            place = found if found.endswith("/64") else None
    if kind in (None, "phone"):
        digits = phone(text)
        if digits is not None:
            keys.append(f"p{digits[-_TAIL:]}")
    if kind not in ("ip", "phone", "email"):
        bare = _SIGNS.sub("", text)
        if len(bare) >= LEAST_BARE:
            keys.append(f"b{bare}")
    if kind in (None, "email"):
        match = _MAIL.match(text)
        mail = match[1] if match and match[1] != text else None
    return Written(tuple(keys), place, mail)


def phone(text: str) -> str | None:
    """The digits of a phone number, a ``+`` before them where it is international; None for anything else."""
    digits = phone_digits(_TRUNK.sub("", text.removeprefix("tel:")).lstrip("( "))
    return digits if digits is not None and sum(map(str.isdigit, digits)) >= _LEAST_DIGITS else None


def same_phone(one: str, other: str) -> bool:
    """Do two numbers in the form of ``phone`` reach one line, if one of them may lack its country code?"""
    if one.startswith("+") and other.startswith("+"):
        return one == other
    short, long = sorted((one, other), key=lambda digits: len(_national(digits)))
    national, whole = _national(short), _national(long)
    if national == whole:
        return True
    if not (long.startswith("+") or short.startswith("0")):
        return False  # the longer one is another number
    # a short number that no 0 marks as national may be the end of many
    most = _MOST_CODE if short.startswith("0") or len(national) >= _SURE_DIGITS else _MOST_CODE - 1
    return whole.endswith(national) and len(whole) - len(national) <= most


def skeleton(text: str) -> str | None:
    """The skeleton by which names look alike; None where too little is left of the text."""
    return whole_skeleton(cleaned(text))


def one_edit(one: str, other: str) -> bool:
    """Are the texts one letter apart: put in, left out, replaced, or exchanged with its neighbour?"""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    at = next((place for place, sign in enumerate(short) if sign != long[place]), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    if short[at + 1 :] == long[at + 1 :]:
        return True
    return short[at + 2 :] == long[at + 2 :] and short[at : at + 2] == long[at : at + 2][::-1]


def _national(digits: str) -> str:
    return digits[1:] if digits[0] in "+0" else digits


def _address(text: str) -> str | None:
    """The one form of an IPv4 or IPv6 address, its port, brackets and zone dropped; None for anything else."""
    match = _PORT.match(text)
    bare = (match[1] or match[2]) if match else text.strip("[]").partition("%")[0]
    try:
        if ":" not in bare:
            return socket.inet_ntop(socket.AF_INET, socket.inet_pton(socket.AF_INET, bare))
        packed = socket.inet_pton(socket.AF_INET6, bare)
    except (OSError, ValueError):
        return None
    if packed[:12] == bytes(10) + b"\xff\xff":
        return socket.inet_ntop(socket.AF_INET, packed[12:])
    return socket.inet_ntop(socket.AF_INET6, packed)

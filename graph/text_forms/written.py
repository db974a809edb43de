"""Are two values one, however they are written, and does a value name anybody at all?  One form each, or none."""

import re
import socket
from collections.abc import Iterable
from typing import Any

import ibis
import pyarrow as pa

# what programs and people put where they have no value; letters and digits only, in lower case
_NOBODY = (
    "0", "na", "nan", "nil", "no", "none", "null", "unknown", "undefined", "unspecified", "unset", "notset",
    "notavailable", "notapplicable", "missing", "empty", "default", "anonymous", "generic", "hidden", "redacted",
    "deleted", "test", "emulator", "simulator", "aucun", "aucune", "inconnu", "inconnue", "vide", "nonrenseigne",
    "noreply", "noemail", "nomail", "true", "false",
    "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789",
    "9774d56d682e549c",  # the ANDROID_ID of every device with Android bug 10603
    "020000000000",  # the hardware address that Android tells since version 6
)
_PUNCTUATION = "-_.:/()[]{} \t\n\r\f\v"
_BETWEEN = r"[-\s_.:/()\[\]{}]*"  # the same, in a pattern
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LEAST_REPEATED = 4  # `0000`, `xxxx`: one letter so often, and nothing else, was not given out
_LEAST_TAIL = 7  # a phone number may begin with a country and end so
_PHONE = r"^[+0-9][0-9 ()./\-]*$"
# domains of one provider that deliver `name+anything` to `name`; Google's leave out dots as well
# https://support.google.com/mail/answer/7436150, https://support.microsoft.com/office/a9177341, Apple 102529, Proton
_WITHOUT_DOTS = r"^(gmail\.com|googlemail\.com)$"
_WITHOUT_TAGS = (
    r"^(gmail\.com|googlemail\.com|(outlook|hotmail|live)\.([a-z]{2,3}|com?\.[a-z]{2})|msn\.com|icloud\.com|me\.com|"
    r"mac\.com|proton\.me|protonmail\.com|pm\.me|fastmail\.(com|fm)|zoho\.com)$"
)
_PORT = re.compile(r"^(\d+\.\d+\.\d+\.\d+):\d+$")
_SITE = 8  # bytes of an IPv6 address that name the line; the rest is the machine's own choice (RFC 4291, RFC 8981)


def named(value: Any) -> Any:
    """A device, cookie or other value without the blanks around it; null where it stands for no value."""
    text = value.strip()
    return ibis.ifelse(_nobody(text), ibis.literal(None, "string"), text)


def identifier(kind: Any, value: Any) -> Any:
    """An identifier's value in one form: the mailbox of an e-mail, a phone number's digits; null where it names nobody.
    """
    text = value.strip()
    digits = text.re_replace(r"[^0-9+]", "")
    digits = ibis.ifelse(digits.startswith("00"), ibis.literal("+") + digits.substr(2), digits)
    # a branch is looked at only for the rows that come to it, a conjunction's parts for all
    phone = ibis.ifelse(kind == "phone", text.re_search(_PHONE), False)
    whole = ibis.cases((kind == "email", _mailbox(text.lower())), (phone, digits), else_=text)
    local = ibis.ifelse(whole.contains("@"), whole.re_extract(r"^([^@]*)@", 1), whole)
    empty = ibis.cases(
        (kind == "email", _nobody(local)), (phone, whole.re_search(_REPEATED_TAIL)), else_=False
    )
    nobody = _nobody(whole) | empty
    return ibis.ifelse(nobody, ibis.literal(None, "string"), whole)


def _mailbox(address: Any) -> Any:
    """The mailbox that an address in lower case is delivered to, as its provider reads dots and ``+tag``."""
    name, domain = address.re_extract(r"^([^@]+)@", 1), address.re_extract(r"@([^@]+)$", 1)
    name = ibis.ifelse(domain.re_search(_WITHOUT_TAGS), name.re_replace(r"^([^+]+)\+.*$", r"\1"), name)
    google = domain.re_search(_WITHOUT_DOTS)
    name = ibis.ifelse(google, name.replace(".", ""), name)
    folded = name + ibis.literal("@") + ibis.ifelse(google, ibis.literal("gmail.com"), domain)
    return ibis.ifelse(address.re_search(r"^[^@]+@[^@]+$"), folded, address)


def phone_digits(text: str) -> str | None:
    """The phone number in the form that ``identifier`` gives it; None for what is written like no phone number."""
    bare = text.strip()
    if not re.match(_PHONE, bare):
        return None
    digits = re.sub(r"[^0-9+]", "", bare)
    return "+" + digits[2:] if digits.startswith("00") else digits


def places(texts: Any) -> Any:
    """``ip`` (as written) and ``value``: the IPv4 address, or the network of 64 bits that an IPv6 address is in.

    A home has one address of the fourth version and one network of the sixth.  Addresses of no place are left out.
    ``texts``: a table of distinct ``ip``.
    """
    colons = texts.filter(texts.ip.contains(":"))
    plain = texts.filter(~texts.ip.contains(":")).select("ip", value=texts.ip.strip())
    read = [(text, place) for text in colons.to_pyarrow().column("ip").to_pylist() if (place := place_of(text))]
    if read:
        plain = ibis.union(plain, ibis.memtable(_strings(read)))
    return plain.filter(~plain.value.re_search(r"^(0\.0\.0\.0|127\.[0-9.]*)?$"))


def place_of(text: str) -> str:
    """The place of an address that is written with colons, empty for none; what is no address stands for itself."""
    whole = text.strip()
    with_port = _PORT.match(whole)
    if with_port:
        return with_port.group(1)
    try:
        packed = socket.inet_pton(socket.AF_INET6, whole.strip("[]").partition("%")[0])
    except (OSError, ValueError):
        return whole
    if packed[:12] == bytes(10) + b"\xff\xff":
        return socket.inet_ntop(socket.AF_INET, packed[12:])
    if packed[:15] == bytes(15):  # unspecified and loopback
        return ""
    return f"{socket.inet_ntop(socket.AF_INET6, packed[:_SITE] + bytes(16 - _SITE))}/{_SITE * 8}"


def _strings(rows: Iterable[tuple[str, str]]) -> pa.Table:
    texts, values = zip(*sorted(rows), strict=True)
    return pa.table({"ip": pa.array(texts, pa.string()), "value": pa.array(values, pa.string())})


def _nobody(text: Any) -> Any:
    # text is looked at twice only: an engine works out an expression anew wherever it stands
    bare = lowered = text.lower()
    for mark in _PUNCTUATION:  # several times quicker than one pattern or translation
        bare = bare.replace(mark, "")
    return bare.isin([*_NOBODY, ""]) | lowered.re_search(_REPEATED)


def _same_sign(least: int) -> str:
    """A pattern of one letter or digit, ``least`` times or more, whatever stands between."""
    return "|".join(f"{sign}(?:{_BETWEEN}{sign}){{{least - 1},}}" for sign in _SIGNS)


_REPEATED = f"^{_BETWEEN}(?:{_same_sign(_LEAST_REPEATED)}){_BETWEEN}$"
_REPEATED_TAIL = f"(?:{_same_sign(_LEAST_TAIL)})$"

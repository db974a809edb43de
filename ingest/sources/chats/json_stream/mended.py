"""What is the text of a JSON file, once what exporters write that is no JSON is put right?  Block by block."""

import codecs
import re
import secrets
from collections.abc import Sequence
from typing import IO

_BLOCK = 1 << 17  # so small that it stays in the cache of the processor
LONGEST = 64 << 20
"""Characters of an element that are held at once."""
CUT = f"\ufffd{secrets.token_hex(8)}"
"""Stands at the end of a text that was longer; nobody can know it before."""
_ODD = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    r"|\\(?:x[0-9A-Fa-f]{2}|(?:u[dD][89abAB][0-9A-Fa-f]{2}\\)?u[dD][c-fC-F][0-9A-Fa-f]{2}|.)", re.DOTALL
)
_HIGH = re.compile(r"\\u[dD][89abAB][0-9A-Fa-f]{2}$")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# ijson crashes on whole numbers of more digits than Python converts (4,300), and on exponents that no number has
_LONG = re.compile(r"\d{2000,}|\d[eE][+-]?\d{6}")
_TOKEN = re.compile(r'\\.|"|(?P<huge>-?\d+(?:\.\d+)?[eE][+-]?\d{6,})|\d{2000,}(?![\d.eE])', re.DOTALL)
_BREAKS = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})
_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_HELD = 8192  # digits at the end of a block that wait for the next one
_UNQUOTED = re.compile(r"(\"document_id\": )(\([^)\"\n]*\))")


class MendedText:
    """The text in blocks that cut no escape in two.

    ``controls``: escape control characters that stand as they are, for a parser that takes none.  Of a text that is
    longer than LONGEST the rest is left out then, and CUT stands for it.
    """

    def __init__(self, raw: IO[bytes], *, controls: bool) -> None:
        self._raw, self._controls = raw, controls
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._back: bytes = b""
        self._begun, self._ended, self._quoted, self._open_text = False, False, False, 0
        self._leaving_out = False

    def read(self) -> str:
        """The next block; empty at the end."""
        while not self._ended:
            block, self._back = self._back or self._raw.read(_BLOCK), b""
            self._ended = not block
            text = self._rest + self._decoder.decode(block, final=not block)
            if not self._begun:
                text, self._begun = text.removeprefix("\ufeff"), True
            cut = len(text)
            if block:  # what is mended stands on one line
                cut = text.rfind("\n") + 1 or len(text) - _open_end(text)
                if cut == len(text) and text[-1:].isdigit():
                    digits = len(text) - len(text.rstrip("0123456789"))
                    cut -= digits if digits < _HELD else 0
                    cut -= _open_end(text[:cut])
            self._rest, text = text[cut:], text[:cut]
            whole = _mend(text, self._controls) if text else ""
            if self._controls and whole:
                whole = self._counted(whole)
            if whole:
                return whole
        return ""

    def unmended(self, size: int) -> bytes:
        """What comes next as it stands, unmended: what was read and not given yet, and at most so many bytes more."""
        self.put_back(b"")
        held, self._back = self._back, b""
        return held + self._raw.read(size)

    def put_back(self, data: bytes) -> None:
        """Give this next, before all else."""
        self._back = data + self._rest.encode("utf-8", "replace") + self._decoder.getstate()[0] + self._back
        self._rest, self._ended = "", False
        self._decoder.reset()

    def _counted(self, text: str) -> str:
        """The text, less what goes beyond LONGEST in one string."""
        if self._leaving_out:
            if not (quotes := _quotes(text)):
                return ""
            text, self._leaving_out = text[quotes[0] :], False
        whole = _safe_numbers(text, self._quoted) if _LONG.search(text) else text
        quotes, was = _quotes(whole), self._quoted
        self._quoted ^= bool(len(quotes) % 2)
        if not self._quoted:
            self._open_text = 0
        else:
            self._open_text = len(whole) - quotes[-1] if quotes else self._open_text + len(whole)
        whole = _escape_whitespace(whole, quotes, was)
        if self._open_text > LONGEST:
            self._leaving_out, self._open_text = True, 0
            whole += CUT
        return whole


class MendedBytes:
    """The same as a stream of bytes."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._text = MendedText(raw, controls=True)

    def read(self, size: int = -1) -> bytes:
        return b"" if size == 0 else self._text.read().encode("utf-8", "replace")


def _mend(text: str, controls: bool) -> str:
    if '"document_id": (' in text:
        text = _UNQUOTED.sub(r'\1"\2"', text)
    odd = "\\x" in text or (controls and (_CONTROLS.search(text) or "\\ud" in text or "\\uD" in text))
    if not odd:
        return text
    return _ODD.sub(_escaped, text)


def _quotes(text: str) -> list[int]:
    """Where texts begin or end."""
    return [found.start() for found in _QUOTE.finditer(text) if found[0] == '"']


def _escape_whitespace(text: str, quotes: Sequence[int], quoted: bool) -> str:
    """The text with tabs and line ends that stand as they are within strings escaped.

    ``quotes``: where strings begin or end; ``quoted``: does it begin within one?
    """
    edges = [0, *quotes, len(text)]
    odd = [
        (begin, end) for begin, end in zip(edges[not quoted :: 2], edges[1 + (not quoted) :: 2], strict=False)
        if text.find("\n", begin, end) >= 0 or text.find("\t", begin, end) >= 0 or text.find("\r", begin, end) >= 0
    ]
    parts, at = [], 0
    for begin, end in odd:
        parts += [text[at:begin], text[begin:end].translate(_BREAKS)]
        at = end
    return "".join([*parts, text[at:]]) if odd else text


def _safe_numbers(text: str, quoted: bool) -> str:
    """The text with whole numbers of very many digits written as decimal ones, and with exponents of six as texts.

    ``quoted``: does it begin within a string?
    """

    def written(found: re.Match[str]) -> str:
        nonlocal quoted
        if found[0] == '"':
            quoted = not quoted
        if found["huge"]:
            return found[0] if quoted else f'"{found[0]}"'
        return f"{found[0]}e0" if found[0][0].isdigit() and not quoted else found[0]

    return _TOKEN.sub(written, text)


def _escaped(found: re.Match[str]) -> str:
    odd = found[0]
    if odd[:2] == "\\x" and len(odd) == 4:
        return f"\\u00{odd[2:]}"
    if odd[:2] == "\\u" and len(odd) == 6:  # the second half of a pair without its first, which ijson takes for an end
        return "\\ufffd"
    return f"\\u{ord(odd):04x}" if odd < " " else odd


def _open_end(text: str) -> int:
    """How many characters at the end may begin an escape, or a pair of them, that the next block goes on with."""
    held = _begun_escape(text)
    return held + 6 if _HIGH.search(text[-11:][: len(text[-11:]) - held]) else held


def _begun_escape(text: str) -> int:
    tail = text[-5:]
    at = tail.rfind("\\")
    if at < 0:
        return 0
    backslashes = len(text) - len(text.rstrip("\\")) if tail.endswith("\\") else None
    if backslashes is not None:
        return backslashes % 2
    # an escape begun before the last characters: is its backslash itself escaped?
    before = text[: len(text) - len(tail) + at]
    return 0 if (len(before) - len(before.rstrip("\\"))) % 2 else len(tail) - at

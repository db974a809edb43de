"""What is the text of an XML file, once what XML forbids and real reports hold is put right?  Block by block."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

_BLOCK = 1 << 20
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
    "|&#(?:x0*(?:[0-8bcBCefEF]|1[0-9a-fA-F]|[dD][89abAB][0-9a-fA-F]{2}|[fF]{3}[eEfF])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));"
)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def mended(stream: IO[bytes]) -> Iterator[bytes]:
    """The document as UTF-8 without what XML forbids; a reference that two blocks share is looked at whole."""
    block = stream.read(_BLOCK)
    declared = _DECLARED.search(block[:200])
    name = "utf-16" if block[:2] in (b"\xff\xfe", b"\xfe\xff") else declared[1].decode() if declared else "utf-8"
    try:
        decoder = codecs.getincrementaldecoder("utf-8-sig" if name.lower() == "utf-8" else name)("replace")
    except LookupError:
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    rest = ""
    while True:
        text = rest + decoder.decode(block, final=not block)
        cut = text.rfind("&", -12) if block else -1
        rest, text = (text[cut:], text[:cut]) if cut >= 0 and ";" not in text[cut:] else ("", text)
        yield _CONTROLS.sub("\ufffd", text).encode("utf-8", "replace")
        if not block:
            return
        block = stream.read(_BLOCK)

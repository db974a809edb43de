"""Pseudonyms that attack a screen; harmless words, hostile form."""

HOSTILE = (
    "![x](http://example.invalid/a.png)",
    "<img src=http://example.invalid/b.png onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "[click](javascript:alert(3))",
    "user\u202egnp.exe",
    "zero\u200bwidth",
    "$x^2$ :red[alert] `code`",
    '=HYPERLINK("http://example.invalid")',
    "a" + "\u0301" * 200,
    "n" * 10_000,
    "line\nbreak\r\n\x00\x1b[31m",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
)

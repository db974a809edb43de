"""In which formats is a report written?  HTML in one file, and PDF."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.errors import ExportError
from workbench.report.content import Content
from workbench.report.rendering.html import to_html
from workbench.report.rendering.pdf import to_pdf

FORMATS: Mapping[str, Callable[[Content], bytes]] = MappingProxyType({"html": to_html, "pdf": to_pdf})


def rendered(content: Content, to: str) -> bytes:
    """The report's file; the same content gives the same bytes.  Raises ExportError for an unknown format."""
    if to not in FORMATS:
        raise ExportError(f"no report format {to!r}", where="report", fix=f"use one of {', '.join(FORMATS)}")
    return FORMATS[to](content)

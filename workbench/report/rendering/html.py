"""How is a report written as HTML?  One file without script, which loads nothing and opens anywhere."""

import base64
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from workbench.report.content import Content
from workbench.report.pictures.drawing import svg
from workbench.report.pictures.shapes import Picture
from workbench.report.rendering.spaces import bound

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def to_html(content: Content) -> bytes:
    """The page in UTF-8; every text is escaped."""
    page = _template().render(content=content, policy=POLICY, style=_resource("page.css"), picture=_address)
    return page.encode("utf-8")


def _address(picture: Picture) -> str:
    """A picture as an address that holds it: an image, in which nothing can run."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(picture)).decode("ascii")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        finalize=lambda value: bound(value) if type(value) is str else value,  # what is markup already stays
    )
    return environment.from_string(_resource("page.html.jinja"))


def _resource(name: str) -> str:
    return (files("workbench.report.rendering") / name).read_text(encoding="utf-8")

"""In French no line begins with a sign that stands apart: a no-break space stands before it, in every catalogue."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.language import words
from workbench.runs.parameters import explained

ROOT = Path(__file__).resolve().parents[4]
BREAKS = re.compile(r" [:;!?»%]|« ")
GLUED = re.compile(r"[^\s:;!?»%][;!?»](?=[\s\"]|$)|[^\s\d;:]: |«[^\s]")
NARROW = re.compile("\u202f[:;!?»]|«\u202f")
SAMPLE = re.compile(r"^`[^`]*/fr/[^`]*`\n```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)
Texts = Iterator[tuple[str, str]]
"""Where it stands, and the text."""


def screens() -> Texts:
    """The messages of the screens, the canvas, the glossary and the exports."""
    for key, message in words("fr").messages.items():
        for text in message if isinstance(message, tuple) else (message,):
            yield key, text


def wordings() -> Texts:
    """Reasons, methods, labels and what is said of parameters."""
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for one in value.values():
                yield from strings(one)
        else:
            yield value

    for path in sorted((ROOT / "graph" / "detect" / "wordings" / "fr").glob("*.toml")):
        for text in strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield path.name, text


def queries() -> Texts:
    """Titles and descriptions of the saved queries."""
    for path in sorted((ROOT / "queries").rglob("*.cypher")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("// fr."):
                yield path.name, line.partition(": ")[2]


def code() -> Texts:
    """What the code itself says where the language is French: beneath a key, in a branch."""
    def french(node: ast.AST) -> Iterator[ast.AST]:
        if isinstance(node, ast.Dict):
            yield from (value for key, value in zip(node.keys, node.values, strict=True)
                        if isinstance(key, ast.Constant) and key.value == "fr")
        elif isinstance(node, ast.If | ast.IfExp) and ast.unparse(node.test).endswith(("== 'fr'", "french")):
            yield from node.body if isinstance(node.body, list) else [node.body]

    for package in ("graph", "queries", "workbench"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for part in french(node):
                    yield from ((path.name, one.value) for one in ast.walk(part)
                                if isinstance(one, ast.Constant) and isinstance(one.value, str))


def documents() -> Texts:
    """The French catalogue that a page gives as its sample."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        yield from ((path.name, block) for block in SAMPLE.findall(path.read_text(encoding="utf-8")))


CATALOGUES = {one.__name__: one for one in (screens, wordings, queries, code, documents)}


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_line_breaks_before_a_sign_that_stands_apart(name: str) -> None:
    told = list(CATALOGUES[name]())
    assert told
    assert [one for one in told if BREAKS.search(one[1])] == []


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_sign_that_stands_apart_has_its_space_and_everywhere_the_same(name: str) -> None:
    told = list(CATALOGUES[name]())
    assert [one for one in told if GLUED.search(one[1]) or NARROW.search(one[1])] == []


def test_what_the_command_line_explains_is_set_by_the_same_rule() -> None:
    told = re.sub(r"\[.*?\]", "", explained(["all"], "fr"), flags=re.DOTALL)  # sources stand as they are cited
    assert BREAKS.findall(told) == []
    assert [line for line in told.splitlines() if GLUED.search(line)] == []

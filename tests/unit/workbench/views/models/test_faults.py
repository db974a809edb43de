"""Errors on the screens: every one that a stage below raises has a message, in both languages, without options."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from graph.errors import Disturbed, EngineUnavailable, StatementFailed, StatementInvalid, StatementTimeout
from ingest.errors import FilatureError
from queries.errors import ParameterInvalid, RefusedStatement
from queries.parameters import bind
from queries.saved_query import Parameter, SavedQuery
from queries.statement.guard import check_text
from workbench.language import words
from workbench.views.models.faults import errors
from workbench.views.models.faults.errors import error_text

ROOT = Path(__file__).resolve().parents[5]
EN, FR = words("en"), words("fr")
NOT_ON_SCREENS = (
    "workbench/cli", "workbench/views", "workbench/custody", "workbench/sample", "workbench/runs/parameters.py",
    "queries/notebook",
    "workbench/bundles", "workbench/casebook/moved.py", "workbench/disclosure",  # written on the command line
    "queries/files",  # files of queries are read on the command line
    "graph/embedded_server",  # passed on by the engine's client, whose words are quoted
)
OF_PROGRAMMERS = frozenset({  # a mistake in our own code, which no person at a screen can make
    "open a writing store", "unknown options 7", "name case:NAME",
})
_CLASSES = re.compile(
    r"(?:FilatureError|GraphError|EngineUnavailable|WrongCase|Statement[A-Z]\w+|Disturbed|UnknownEntity|DetectionError"
    r"|SearchUnavailable|QueryError|RefusedStatement|ParameterInvalid|UnknownQuery|NotReviewed|WorkbenchError"
    r"|SettingsInvalid|UnknownCase|ExportError|NotAllowed|NotSignedIn|_refusal|_invalid)"
)


def raised() -> Iterator[tuple[str, str, str]]:
    """Place, what and fix of every error that the sources write out; ``7`` stands for what is filled in."""
    for package in ("graph", "queries", "workbench"):
        for path in sorted((ROOT / package).rglob("*.py")):
            shown = path.relative_to(ROOT).as_posix()
            if shown.startswith(NOT_ON_SCREENS):
                continue
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and _CLASSES.fullmatch(ast.unparse(call.func).split(".")[-1]):
                    yield from _texts(call, shown)


def _texts(call: ast.Call, path: str) -> Iterator[tuple[str, str, str]]:
    name, module = ast.unparse(call.func), import_module(path.removesuffix(".py").replace("/", "."))
    if name in ("StatementRun", "StatementInvalid") or not call.args:  # no error; an engine's own words
        return
    what, fix = _written(call.args[0], module), [""]
    for keyword in call.keywords:
        if keyword.arg == "fix":
            fix = _written(keyword.value, module)
    if name == "_refusal":  # of the guard: a clause, its place, the fix
        what, fix = [f"{one} is not allowed" for one in what], _written(call.args[2], module)
    elif name == "self._refusal":
        fix = _written(call.args[1], module)
    elif name == "_invalid":
        return
    for one in what:
        for other in fix:
            yield f"{path}:{call.lineno}", one, other


def _written(node: ast.expr, module: object) -> list[str]:
    """The texts that an expression may be; empty where they are not written there."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.Name):
        known = getattr(module, node.id, None)
        return [known] if isinstance(known, str) else []
    if isinstance(node, ast.IfExp):
        return [*_written(node.body, module), *_written(node.orelse, module)]
    if isinstance(node, ast.BinOp):
        after = _written(node.right, module) or [""]
        return [one + two for one in _written(node.left, module) or ["7"] for two in after]
    if isinstance(node, ast.JoinedStr):
        texts = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                texts = [text + str(part.value) for text in texts]
            else:
                assert isinstance(part, ast.FormattedValue)
                filled = _written(part.value, module) if isinstance(part.value, ast.Name) else []
                quoted = "'7'" if part.conversion == ord("r") else "7"
                texts = [text + one for text in texts for one in filled or [quoted]]
        return texts
    return []


def test_every_error_has_a_message_of_the_screens() -> None:
    found = list(raised())
    assert len(found) > 80
    silent = sorted({
        f"{place}: {text}" for place, what, fix in found
        for text, told in (
            (what, errors.known_what(what, FR)), (fix, errors.fix_text(FilatureError("", fix=fix), FR) or not fix)
        )
        if not told and not OF_PROGRAMMERS & {what, fix}
    })
    assert silent == []


def test_no_message_names_an_option_a_command_or_a_variable() -> None:
    for _place, what, fix in raised():
        if not OF_PROGRAMMERS & {what, fix} and "FILATURE_" not in what:
            for spoken in (EN, FR):
                shown = error_text(FilatureError(what, fix=fix), spoken)
                assert not re.search(r"--\w|filature \w+|FILATURE_|python -m", shown), shown


@pytest.mark.parametrize(
    ("problem", "english", "french"),
    [
        (
            EngineUnavailable("the embedded graph engine did not start", where="/w/engine.log", fix="see its log, or "
                              "name a Neo4j server with --graph"),
            "/w/engine.log: the graph engine did not start; the file named here tells why",
            "/w/engine.log\u00a0: le moteur de graphe n’a pas démarré\u00a0; le fichier nommé ici dit pourquoi",
        ),
        (
            StatementTimeout("the statement was ended after 3 s", where="read", fix="narrow it, or allow it more time"),
            "the statement was ended by the time limit of 3 seconds; narrow it",
            "l’instruction a été arrêtée par la limite de temps de 3 secondes\u00a0; restreignez-la",
        ),
        (
            StatementInvalid("Invalid input 'X'", where="line 2, column 3", line=2, column=3),
            "Line 2, column 3: The graph engine cannot read the statement: “Invalid input 'X'”",
            "Ligne 2, colonne 3\u00a0: Le moteur de graphe ne peut pas lire l’instruction\u00a0: "
            "«\u00a0Invalid input 'X'\u00a0»",
        ),
        (
            Disturbed("UnknownError: of another kind", where="read"),
            "The graph engine refused: “UnknownError: of another kind”",
            "Le moteur de graphe a refusé\u00a0: «\u00a0UnknownError: of another kind\u00a0»",
        ),
    ],
)
def test_an_error_says_where_what_and_how_to_mend_it_in_both_languages(
    problem: FilatureError, english: str, french: str
) -> None:
    assert error_text(problem, EN) == english
    assert error_text(problem, FR) == french


@pytest.mark.parametrize(
    ("statement", "french"),
    [
        ("CREATE (n) RETURN n", "Caractère 1\u00a0: CREATE n’est pas permis\u00a0; seules les instructions de lecture "
         "s’exécutent ici\u00a0; elles commencent par CALL, MATCH, OPTIONAL, RETURN, UNWIND, WITH"),
        ("MATCH (n) RETURN (n", "Caractère 18\u00a0: une parenthèse n’est pas fermée\u00a0; "
         "équilibrez les parenthèses"),
        ("MATCH (n) RETURN coutn(n)", "Caractère 18\u00a0: la fonction coutn n’est pas permise\u00a0; "
         "ce n’est aucune de celles qui sont permises\u00a0; vouliez-vous dire count\u00a0?"),
    ],
)
def test_a_refused_statement_says_so_in_french(statement: str, french: str) -> None:
    with pytest.raises(RefusedStatement) as refused:
        check_text(statement)
    assert error_text(refused.value, FR) == french


def test_all_faults_of_a_query_s_values_are_said_in_french() -> None:
    least = Parameter("least", "integer", 1, "", least=1)
    when = Parameter("since", "instant", None, "")
    query = SavedQuery("one", "One", "", "RETURN 1", (least, when))
    with pytest.raises(ParameterInvalid) as refused:
        bind(query, {"least": "0", "other": 1})
    told = error_text(refused.value, FR)
    assert "il n’y a pas de paramètre other" in told
    assert "least\u00a0: '0' n’est pas 1 ou plus" in told
    assert "since manque\u00a0: un jour (2024-01-31) ou un instant" in told
    assert "elle prend\u00a0: least (nombre entier), since (moment)" in told


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("ArithmeticError: / by zero",
         "A number is divided by zero; leave out the rows whose divisor is 0, such as by WHERE n <> 0."),
        ("ArithmeticError: long overflow",
         "A whole number becomes larger than the engine can hold; calculate with toFloat(…)."),
        ("SemanticError: UndefinedVariable: Variable 'b' not defined",
         "Nothing in the statement is called b at that place; name it in MATCH, or take it along in WITH."),
        ("SyntaxError: Variable `b` not defined",
         "Nothing in the statement is called b at that place; name it in MATCH, or take it along in WITH."),
        *((one, "One value stands where a list of several is wanted; choose a type “several: …” for its value, or "
           "write the values in square brackets.") for one in (
            "ArgumentError: InvalidArgumentType: IN requires a list on the right side, got String",
            "ArgumentError: List predicate requires an iterable, got: String",
            "SyntaxError: Type mismatch for parameter 'p': expected List<T> but was String",
            "SyntaxError: Type mismatch: expected List<T> but was Integer")),
        ("SemanticError: datetime() cannot parse 'xx' as a datetime or timezone",
         "A text cannot be read as a day or a moment; write it as 2024-03-01 or 2024-03-01T12:00:00Z."),
        ("SyntaxError: Text cannot be parsed to a Date",
         "A text cannot be read as a day or a moment; write it as 2024-03-01 or 2024-03-01T12:00:00Z."),
        ("TypeError: Cannot subtract `Long` from `String`",
         "The statement was read, but stopped at a value that it cannot work with: “TypeError: Cannot subtract `Long` "
         "from `String`”; leave such values out, or convert them with toInteger(…), toFloat(…) or toString(…)."),
    ],
)
def test_what_an_engine_says_of_a_statement_is_a_plain_sentence(said: str, english: str) -> None:
    problem = StatementFailed(said, where="statement", fix="leave such values out, or convert them")
    assert errors.error_sentence(problem, EN) == english
    assert errors.error_sentence(problem, FR).endswith(".")


def test_a_sentence_begins_with_a_capital_unless_with_a_name_or_a_file() -> None:
    assert errors.error_sentence(StatementInvalid("SyntaxError: x", where="line 2, column 3"), EN) == (
        "Line 2, column 3: The graph engine cannot read the statement: “SyntaxError: x”."
    )
    assert errors.error_sentence(FilatureError("no case was named", fix="did you mean north"), EN)[-1] == "?"
    ended = EngineUnavailable("the embedded graph engine did not start", where="/w/engine.log")
    assert errors.error_sentence(ended, EN) == "/w/engine.log: the graph engine did not start."
    bounds = FilatureError("range() with computed bounds is not allowed")
    assert errors.error_sentence(bounds, EN) == "range() with computed bounds is not allowed."

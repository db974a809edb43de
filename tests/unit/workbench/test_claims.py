"""What do our words never claim?  No guilt, no intent, no completeness, no statistics in a heading; either language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.detect.parameters import settings
from graph.detect.registry import KINDS
from graph.detect.wordings import LANGUAGES, Language, catalogue
from graph.detect.wordings.settings import label, why
from queries.catalog import library
from tests.unit.workbench.language.test_language import ROOT, messages
from workbench.language import words
from workbench.runs.parameters import parameters_of

REFUSED = {
    "en": (
        # guilt
        r"guilt\w*", r"culprits?", r"perpetrat\w+", r"offen(d|c|s)\w*", r"criminals?", r"crimes?", r"predators?",
        r"p(a)?edo\w+", r"groom\w*", r"abus(e|er|ers|ed|ing)", r"victims?", r"suspects?", r"molest\w*", r"proves?",
        r"proven", r"proved", r"proofs?", r"conclusive\w*", r"beyond doubt", r"(un)?doubted(ly)?", r"confirm(s|ed)",
        # intent
        r"intends?", r"intended to", r"intent(ion)?s?", r"intentional\w*", r"deliberate\w*", r"on purpose",
        r"tr(y|ies|ied|ying) to", r"wants to", r"wanted to", r"plan(s|ned) to", r"lur(e|es|ed|ing)", r"prey\w*",
        r"hunt\w*", r"stalk\w*", r"pretend\w*", r"lied", r"lying", r"deceiv\w+", r"in order to",
        # completeness
        r"all (of )?(the )?(minors|people|accounts|messages) (involved|concerned)", r"everyone involved",
        r"complete (list|picture|record|truth)", r"the whole truth", r"exhaustive\w*", r"nothing (is|was) missed",
        r"nobody else (is|was|took|wrote|knew|used)", r"must (be|have been) the", r"certainly",
        r"obviously", r"clearly", r"never (wrote|met|spoke|talked)",
    ),
    "fr": (
        r"coupab\w+", r"culpab\w+", r"délinquan\w+", r"crimin\w+", r"crimes?", r"infractions?", r"prédat\w+",
        r"pédo\w+", r"abus\w*", r"victimes?", r"suspect\w*", r"preuves?", r"prouv\w+",
        r"concluant\w*", r"sans aucun doute", r"indubitable\w*", r"confirm(e|ent|é|ée|és|ées)",
        r"intention\w*", r"a l[’']intention", r"délibér\w+", r"exprès", r"cherch(e|ent|ait) à", r"tent(e|ent|ait|é) de",
        r"veut(?! dire)", r"voulait", r"leurr\w+", r"appât\w+", r"proies?", r"traqu\w+", r"feint|feignait", r"a menti",
        r"trompe(r|nt)?", r"afin de",
        r"tous les (mineurs|comptes|messages) (impliqués|concernés)", r"liste complète", r"exhausti\w+",
        r"toute la vérité", r"rien n[’']a été oublié", r"personne d[’']autre (n[’']est|n[’']a)", r"certainement",
        r"évidemment", r"clairement", r"ne se sont jamais (écrit|rencontrés|parlé)",
    ),
}
DENIALS = (  # sentences that say what is not claimed
    "a tier says how strong the evidence is, not who is guilty",
    "un niveau dit la force des éléments, non qui est coupable",
)
STATISTICS = (
    r"bits?", r"nats?", r"log\d?", r"odds", r"[pqu]-?values?", r"p ?=", r"u ?=", r"q ?=", r"sigma", r"z-?scores?",
    r"likelihood", r"posterior", r"prior", r"probabilit\w+", r"logarithm\w*", r"percentiles?", r"quantiles?",
    r"variance", r"vraisemblance", r"logarithme\w*", r"écart-type", r"a posteriori",
)
HEADINGS = {"title", "header", "subheader", "heading", "bold", "tabs", "metric", "Section"}


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """(where, text) of all that the screens, the report, the detections and the library say in a language."""
    french = words("fr").messages
    for message in messages():
        key = message if isinstance(message, str) else message[0]
        said = message if language == "en" else french[key]
        yield from (("screen", text) for text in ([said] if isinstance(said, str) else said))
    for kind in KINDS:
        told = catalogue(kind, language)
        yield from ((f"{kind}.{name}", text) for name, text in told.described.items())
        yield from ((f"{kind}.{name}", text) for name, text in told.words.items())
        for name, (setting, _) in settings(parameters_of(kind)).items():
            yield f"{kind}.{name}", label(kind, name, setting, language)
            yield f"{kind}.{name}", why(kind, name, setting, language)
        for code, entry in told.entries.items():
            yield from ((f"{kind}.{code}", text) for text in (entry.measure, entry.one, entry.other))
    for query in library():
        said = (query.title, query.description, query.headline, *(given.description for given in query.parameters))
        yield from ((query.id, words(language).gettext(text)) for text in said)


def claims(text: str, language: Language) -> list[str]:
    """What of a text claims more than a record shows."""
    for denial in DENIALS:
        text = text.replace(denial, "")
    return [found[0] for pattern in REFUSED[language] if (found := re.search(rf"(?i)\b(?:{pattern})\b", text))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_ours_states_guilt_intent_or_completeness(language: Language) -> None:
    said = set(texts(language))
    assert len(said) > 500
    assert sorted((where, found, text) for where, text in said for found in claims(text, language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "{who} is guilty of writing to {minors} minors."), ("en", "The offender wrote to 12 people."),
        ("en", "This proves that they are one person."), ("en", "{who} tried to meet {minors} minors."),
        ("en", "They deliberately wrote to newcomers."), ("en", "All minors involved are listed."),
        ("en", "An exhaustive list of contacts."), ("en", "They never met."),
        ("fr", "{who} est coupable."), ("fr", "Les victimes sont au nombre de {minors}."),
        ("fr", "Cela prouve que les comptes sont à une personne."), ("fr", "{who} a délibérément écrit à des mineurs."),
        ("fr", "{who} cherche à rencontrer des mineurs."), ("fr", "La liste exhaustive des contacts."),
    ],
)
def test_a_sentence_that_claims_more_than_the_record_is_refused(language: Language, text: str) -> None:
    assert claims(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This is consistent with a crowd."), ("en", "{minors} of {contacts} contacts were minors."),
        ("en", "Leads to be judged by a person; a tier says how strong the evidence is, not who is guilty."),
        ("fr", "C’est compatible avec une coutume."), ("fr", "ce qui l’écarterait"),
    ],
)
def test_a_sentence_that_tells_the_record_passes(language: Language, text: str) -> None:
    assert claims(text, language) == []


def headings(code: str) -> Iterator[str]:
    """The messages that stand in a heading, a tab or the name of a figure."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in HEADINGS:
            # the first argument is the heading; what stands below it comes after
            for part in ast.walk(ast.Module([ast.Expr(argument) for argument in node.args[:1]], [])):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def statistics(text: str) -> list[str]:
    return [found[0] for pattern in STATISTICS if (found := re.search(rf"(?i)(?<!\w)(?:{pattern})(?!\w)", text))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_holds_statistics(language: Language) -> None:
    paths = [path for place in ("views", "report") for path in (ROOT / place).rglob("*.py")]
    said = [text for path in paths for text in headings(Path(path).read_text(encoding="utf-8"))]
    assert len(said) > 30
    said = [words(language).gettext(text) for text in said]
    # a reason's short name is the heading over its sentence
    said += [entry.measure for kind in KINDS for entry in catalogue(kind, language).entries.values()]
    assert sorted((text, found) for text in said for found in statistics(text)) == []


def test_statistics_in_a_heading_are_seen() -> None:
    [heading] = headings('st.subheader(_("54.2 bits of log2 odds"), anchor=False)')
    assert statistics(heading) == ["bits", "log2", "odds"]
    assert statistics("Sources and what they hold") == []

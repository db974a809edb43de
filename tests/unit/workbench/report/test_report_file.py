"""The report as a file: the same bytes each time, one page that loads nothing, hashed again, none where given up."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.unit.workbench.hostile import HOSTILE
from tests.unit.workbench.report.reported_case import ALL, CASE, findings_of, named, pdf_text
from workbench.bootstrap import Workbench
from workbench.errors import Cancelled, ExportError
from workbench.plain_text import plain_text
from workbench.report.choice import Choice
from workbench.report.content import Content
from workbench.report.make import WRITING, make_report
from workbench.report.material import READING
from workbench.report.recheck import recheck
from workbench.report.rendering.formats import rendered


@pytest.fixture(scope="module")
def page(full_report: Content) -> str:
    return rendered(full_report, "html").decode()


@pytest.fixture(scope="module")
def printed(full_report: Content) -> str:
    """The words of the same report in print."""
    return pdf_text(rendered(full_report, "pdf"))


class Reader(HTMLParser):
    """Every tag with its attributes, and every text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_another_process_gives_the_same_bytes(workbench: Workbench, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.unit.workbench.report.reported_case import ALL, coded;"
        "from workbench.bootstrap import Workbench; from workbench.report.make import make_report;"
        "from workbench.settings import Settings\n"
        "with coded(), Workbench(Settings(Path(sys.argv[1]), 'ana')) as w:\n"
        "    for to in ('html', 'pdf'):\n"
        "        make_report(w, w.case('small'), ALL, to=to, path=Path(sys.argv[2], f'r.{to}'))"
    )
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    subprocess.run([sys.executable, "-c", code, str(workbench.settings.workspace), str(there)], check=True)
    case = workbench.case(CASE)
    for to in ("html", "pdf"):
        made = make_report(workbench, case, ALL, to=to, path=here / f"r.{to}")
        assert made.sha256 == hashlib.sha256((there / f"r.{to}").read_bytes()).hexdigest()
        manifests = [(folder / f"r.{to}.manifest.json").read_bytes() for folder in (there, here)]
        assert manifests[0] == manifests[1]


def test_the_page_is_one_file_that_loads_and_runs_nothing(page: str) -> None:
    tags = Reader(page).tags
    allowed = {"html", "head", "meta", "link", "title", "style", "body", "header", "nav", "main", "footer", "section",
               "div", "h1", "h2", "h3", "h4", "p", "dl", "dt", "dd", "ul", "ol", "li", "a", "table", "colgroup", "col",
               "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"}
    assert {tag for tag, _ in tags} - allowed == set()
    addresses = [value for _, given in tags for name, value in given.items() if name in ("src", "href") and value]
    assert [one[:40] for one in addresses if not one.startswith(("data:", "#"))] == []
    assert [name for _, given in tags for name in given if name.startswith("on")] == []
    policy = next(str(given["content"]) for tag, given in tags if tag == "meta" and "http-equiv" in given)
    assert policy.startswith("default-src 'none'")


def test_minors_stand_by_a_label_alone(page: str, printed: str) -> None:
    assert named(page, printed) == []


def test_hostile_names_are_text_in_both_formats(page: str, printed: str) -> None:
    texts = "\n".join(Reader(page).texts)
    shown = plain_text(HOSTILE[1], limit=48)
    assert shown in texts
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "<img src=http" in printed
    assert "$x^2$" in printed


def test_pictures_are_well_formed_without_script_or_address(page: str) -> None:
    for picture in re.findall(r"svg\+xml;base64,([A-Za-z0-9+/=]+)", page):
        root = ElementTree.fromstring(base64.b64decode(picture))
        for element in root.iter():
            assert not str(element.tag).endswith(("}script", "}image", "}foreignObject"))
            assert [
                value for name, value in element.attrib.items() if name.endswith("href") and not value.startswith("#")
            ] == []


def test_a_written_report_is_hashed_again_and_a_changed_one_named(workbench: Workbench, tmp_path: Path) -> None:
    case = workbench.case(CASE)
    made = make_report(workbench, case, Choice(top=1), to="html", path=tmp_path / "r.html")
    entry = workbench.casebook.audit()[-1]
    assert (entry.action, json.loads(entry.detail)["sha256"]) == ("report", made.sha256)
    assert workbench.casebook.verify_audit() == ()
    before = recheck(workbench.casebook.audit(), CASE)
    assert str(made.path) not in (*before.changed, *before.missing)
    manifest = tmp_path / "r.html.manifest.json"
    assert json.loads(manifest.read_text("utf-8"))["sha256"] == made.sha256
    manifest.write_text("{}", encoding="utf-8")
    made.path.write_bytes(made.path.read_bytes() + b" ")
    assert set(recheck(workbench.casebook.audit(), CASE).changed) >= {str(made.path), str(manifest)}
    made.path.unlink()
    after = recheck(workbench.casebook.audit(), CASE)
    assert str(made.path) in after.missing
    assert str(made.path) not in after.changed
    make_report(workbench, case, Choice(top=1), to="html", path=tmp_path / "r.html")
    assert str(manifest) not in recheck(workbench.casebook.audit(), CASE).changed


def test_a_place_that_cannot_be_written_leaves_no_trace(workbench: Workbench, tmp_path: Path) -> None:
    entries = len(workbench.casebook.audit())
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError):
        make_report(workbench, workbench.case(CASE), Choice(top=1), to="html", path=tmp_path / "file" / "r.html")
    assert len(workbench.casebook.audit()) == entries


def test_a_report_that_is_given_up_leaves_nothing(workbench: Workbench, tmp_path: Path) -> None:
    stages: list[str] = []

    def give_up(stage: str, done: int, total: int | None) -> None:
        stages.append(stage)
        if (stage, done) == (WRITING, 1):
            raise Cancelled("given up")

    before = len(workbench.casebook.audit())
    with pytest.raises(Cancelled):
        make_report(
            workbench, workbench.case(CASE), ALL, to="html", path=tmp_path / "r.html", progress=give_up
        )
    assert list(tmp_path.iterdir()) == []
    assert len(workbench.casebook.audit()) == before
    assert stages == [*[READING] * len(findings_of(workbench).findings), WRITING, WRITING]

"""The canvas bundle: built at set-up, from a lock file that names no host, with nothing fetched at run time."""

import json
import re

from workbench.canvas import build

LOCK = json.loads((build.FRONTEND / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_file_names_no_registry_and_pins_every_package_by_hash() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_every_package_of_the_browser_has_a_permissive_licence() -> None:
    packages = {name: entry.get("license") for name, entry in LOCK["packages"].items() if name}
    assert {"node_modules/graphology-layout-forceatlas2", "node_modules/graphology-layout-noverlap"} <= packages.keys()
    assert set(packages.values()) <= {"MIT", "OFL-1.1"}


def test_a_second_build_does_nothing(tmp_path, monkeypatch) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in build.FONT_FILES:
        (fonts / name).touch()
    bundles = (tmp_path / "canvas.js", tmp_path / "editor.js")
    for bundle in bundles:
        bundle.write_text("export default () => {}")
    monkeypatch.setattr(build, "BUNDLES", bundles)
    monkeypatch.setattr(build, "_run", lambda *_: (_ for _ in ()).throw(AssertionError("ran")))
    assert build.build(fonts=fonts).startswith("canvas: up to date")


def test_a_missing_font_or_an_older_bundle_is_not_current(tmp_path, monkeypatch) -> None:
    bundle, other = tmp_path / "canvas.js", tmp_path / "editor.js"
    monkeypatch.setattr(build, "BUNDLES", (bundle, other))
    for name in build.FONT_FILES:
        (tmp_path / name).touch()
    bundle.write_text("x")
    assert not build.is_current(fonts=tmp_path), "the other is missing"
    other.write_text("x")
    assert build.is_current(fonts=tmp_path)
    (tmp_path / build.FONT_FILES[0]).unlink()
    assert not build.is_current(fonts=tmp_path)


def test_the_sources_never_write_html() -> None:
    for path in build.FRONTEND.glob("src/**/*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp", text), (
            path.name
        )

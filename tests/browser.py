"""The browser that tests look at screens and pages with: one Chromium a process, which draws in software."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.engines import missing
from workbench.canvas.build import BUNDLE

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
BROWSER = [
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # what a page asks of another host is counted by the tests and finds nobody
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    # WebGL needs a graphics processor in software; pages drawn by it as well cost ten times the time
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
    "--disable-accelerated-2d-canvas",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; skipped where the machine has none or the canvas is not built, a failure where CI=true."""
    lacking = None if CHROMIUM else "Chromium is not on this machine"
    lacking = lacking or (None if BUNDLE.is_file() else "the canvas is not built: python -m workbench.canvas.build")
    if lacking:
        missing(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER)
        yield chromium
        chromium.close()

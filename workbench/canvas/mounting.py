"""How does a component of ours come onto a page?  Its bundle is delivered by the server itself, registered once."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from workbench.canvas.build import BUNDLES, STATIC
from workbench.errors import WorkbenchError

_PACKAGE = "filature"


def mounted(component: str, *, html: str, css: str) -> Callable[..., Any]:
    """The mounting command of a component, whose bundle is ``static/COMPONENT.js``.

    The manifest is handed over here rather than found by Streamlit's scan of installed packages, which looks for a
    package named like the distribution and would miss a checkout installed in place.
    """
    bundle = STATIC / f"{component}.js"
    if not bundle.is_file():
        raise WorkbenchError(
            f"the {component} is not built", where=str(bundle), fix="run python -m workbench.canvas.build"
        )
    name = f"{_PACKAGE}.{component}"
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(name) is None:
        configs = [ComponentConfig(path.stem, STATIC.name) for path in BUNDLES]
        manager.register_from_manifest(ComponentManifest(_PACKAGE, "1", configs), STATIC.parent)
    known = _MOUNTS.get((id(manager), component))
    if known is None:
        for other in [key for key in _MOUNTS if key[0] != id(manager)]:
            del _MOUNTS[other]
        known = _MOUNTS[id(manager), component] = st.components.v2.component(
            name, html=html, css=css, js=bundle.name
        )
    return known


def event(key: str, name: str) -> Any:
    """What the component of that key says under that name; untrusted."""
    state = st.session_state.get(key)
    return getattr(state, name, None) if state is not None else None


_MOUNTS: dict[tuple[int, str], Callable[..., Any]] = {}

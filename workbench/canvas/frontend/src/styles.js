// How does a node or an edge look in its present state?  Read anew at every refresh, so a theme change needs no rebuild.
import { COLORS } from "./colors.js";
import { APART, isApart } from "./links.js";
import { band, core } from "./shapes.js";

export function styles(view) {
  const fade = (color) => view.mixed(color);
  const rim = (a, s) => (s.faded || !view.pale(a.color) ? view.theme.background : view.theme.edgeStrong);
  return {
    nodes: {
      x: { attribute: "x" },
      y: { attribute: "y" },
      size: (a, s) => (s.isHovered || s.cursor || s.chosen ? a.size + 2 : a.size),
      color: (a, s) => (s.faded ? fade(a.color) : view.seen(a.color)),
      shape: { attribute: "shape" },
      label: { attribute: "label" },
      labelColor: (_a, s) => (s.faded ? view.theme.edge : view.theme.text),
      labelSize: (_a, s) => (s.chosen ? 13 : 12),
      labelFont: () => view.theme.font,
      labelVisibility: (_a, s) => (s.named ? "visible" : "hidden"),
      labelPosition: (_a, s) => s.named || "right",
      labelBackgroundColor: () => view.theme.background + "D0",
      labelBackgroundPadding: 1,
      rimColor: (a, s) => (s.cursor ? view.theme.text : s.chosen ? view.theme.accent : s.onPath ? view.theme.path : COLORS[a.mark] ?? rim(a, s)),
      rimSize: (a, s) => (s.chosen || s.onPath || s.cursor || a.mark ? 3.5 : 1.25),
      holeColor: () => view.theme.background,
      holeBand: (a) => band(a.shape, a.size),
      holeCore: (a) => core(a.shape, a.size),
      depth: (_a, s) => (s.isHovered || s.cursor || s.chosen ? "topNodes" : "nodes"),
      cursor: "pointer",
      backdropVisibility: (_a, s) => (s.chosen || s.cursor ? "visible" : "hidden"),
      backdropColor: () => view.theme.background,
      backdropBorderColor: (_a, s) => (s.cursor ? view.theme.text : view.theme.accent),
      backdropBorderWidth: 2,
      backdropPadding: 3,
      backdropArea: "node",
      backdropShadowBlur: 0,
      backdropShadowColor: "rgba(0,0,0,0)",
    },
    edges: {
      size: (a, s) => (s.onPath || s.chosen ? Math.max(a.width, 2) + 1.5 : a.width),
      color: (a, s) =>
        s.chosen ? view.theme.accent : s.onPath ? view.theme.path : s.near || s.isHovered || (a.strong && !s.faded) ? view.theme.edgeStrong : s.faded || a.quiet ? view.theme.edgeFaint : view.theme.edge,
      path: "straight",
      parallelPath: "straight",
      visibility: (a) => (a.hidden ? "hidden" : "visible"),
      tail: (a) => (a.back ? "arrow" : "none"),
      head: (a) => (a.arrow ? "arrow" : "none"),
      cursor: "pointer",
      depth: (a, s) => (isApart(a, s) ? APART : s.onPath || s.near || s.chosen || s.isHovered ? "topEdges" : "edges"),
    },
  };
}

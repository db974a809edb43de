// The graph canvas: one Sigma instance per place on the page, kept and diffed over reruns.
import Graph from "graphology";
import Sigma from "sigma";
import { extremityArrow, layerFill, layerPlain, pathCurved, pathLine, pathLoop } from "sigma/rendering";
import { fit, framing, outside, reveal } from "./camera.js";
import { name } from "./controls.js";
import { sync } from "./graph.js";
import { Highlight } from "./highlight.js";
import { keyboard } from "./keyboard.js";
import { legend } from "./legend.js";
import { SHAPES, rim } from "./shapes.js";
import { styles } from "./styles.js";
import { mix, readTheme, sameTheme } from "./theme.js";

const views = new WeakMap(); // parentElement -> View

class View {
  constructor(root, payload) {
    this.host = root.querySelector(".canvas-host");
    this.live = root.querySelector(".canvas-live");
    this.legend = root.querySelector(".canvas-legend");
    this.host.style.height = `${payload.height}px`;
    this.theme = readTheme(this.host);
    this.fadedColors = new Map();
    this.graph = new Graph({ multi: true, type: "directed" });
    sync(this.graph, payload, { rearrange: true });
    this.renderer = new Sigma(this.graph, this.host.querySelector(".canvas-stage"), {
      primitives: {
        nodes: {
          shapes: SHAPES,
          layers: [layerFill(), rim],
          variables: { rimColor: { type: "color", default: "#ffffff" }, rimSize: { type: "number", default: 1 } },
          label: { margin: 4 },
        },
        edges: {
          paths: [pathLine(), pathCurved(), pathLoop()],
          extremities: [extremityArrow({ lengthRatio: 4, widthRatio: 3 })],
          layers: [layerPlain()],
        },
      },
      styles: styles(this),
      customNodeState: { chosen: false, cursor: false, near: false, onPath: false, faded: false },
      customEdgeState: { chosen: false, near: false, onPath: false, faded: false },
      settings: {
        allowInvalidContainer: true, itemSizesReference: "screen", zoomToSizeRatioFunction: (ratio) => Math.min(1.25, Math.sqrt(ratio)), enableEdgeEvents: this.graph.size <= 3000, autoRescale: "once", enableNodeDrag: true, hideEdgesOnMove: this.graph.size > 6000,
        labelDensity: 0.7, labelGridCellSize: 90, labelRenderedSizeThreshold: 4, stagePadding: 40, zIndex: true,
        minCameraRatio: 0.02, maxCameraRatio: 40, minEdgeThickness: 0.8, doubleClickZoomingRatio: 1,
      },
    });
    this.highlight = new Highlight(this.renderer);
    this.seen = { topology: payload.topology, arrangement: payload.arrangement, selection: null };
    this.listen(root);
    this.update(payload);
    this.renderer.getCamera().setState(framing(this.renderer, this.graph.nodes()));
  }

  mixed(color) {
    if (!this.fadedColors.has(color)) this.fadedColors.set(color, mix(color, this.theme.background, 0.8));
    return this.fadedColors.get(color);
  }

  listen(root) {
    const { renderer, highlight, host } = this;
    renderer.on("enterNode", ({ node }) => highlight.set({ centre: node }));
    renderer.on("leaveNode", () => highlight.set({ centre: highlight.chosen }));
    renderer.on("clickNode", ({ node }) => { host.focus({ preventScroll: true }); this.choose(node); });
    renderer.on("clickEdge", ({ edge }) => { host.focus({ preventScroll: true }); this.chooseEdge(edge); });
    renderer.on("clickStage", () => { host.focus({ preventScroll: true }); this.choose(null); });
    renderer.on("doubleClickNode", (payload) => { payload.preventSigmaDefault(); this.expand(payload.node); });
    renderer.on("doubleClickStage", (payload) => payload.preventSigmaDefault());
    host.addEventListener("keydown", keyboard(this));
    const actions = {
      in: () => renderer.getCamera().zoomIn({ duration: 150 }),
      out: () => renderer.getCamera().zoomOut({ duration: 150 }),
      fit: () => fit(renderer),
      expand: () => { if (highlight.chosen) this.expand(highlight.chosen); },
    };
    for (const button of root.querySelectorAll("[data-action]"))
      button.addEventListener("click", () => actions[button.dataset.action]());
    this.resizing = new ResizeObserver(() => renderer.refresh());
    this.resizing.observe(host);
    this.watching = setInterval(() => this.retheme(), 1000); // Streamlit swaps CSS variables without an event
  }

  retheme() {
    const theme = readTheme(this.host);
    if (sameTheme(theme, this.theme)) return;
    this.theme = theme;
    this.fadedColors.clear();
    this.renderer.refresh();
  }

  // The newest callbacks of Streamlit; set at every rerun, fired by the analyst's acts only.
  bind({ setStateValue, setTriggerValue }) {
    this.send = { state: setStateValue, trigger: setTriggerValue };
  }

  choose(token) {
    const { chosen, cursor, edge } = this.highlight;
    if (token === chosen && cursor === null && edge === null) return;
    this.highlight.set({ chosen: token, centre: token, cursor: null, edge: null });
    this.expandable();
    if (token) this.say("selected", token);
    this.later("selection", token);
  }

  chooseEdge(edge) {
    this.highlight.set({ chosen: null, centre: null, cursor: null, edge });
    this.expandable();
    this.later("selection", edge);
  }

  later(name, value) {
    clearTimeout(this.pending);
    // A double click is two clicks: wait for it, so that the rerun of a selection does not swallow the expansion.
    this.pending = setTimeout(() => this.send.state(name, value), 260);
  }

  expand(token) {
    clearTimeout(this.pending);
    this.highlight.set({ chosen: token, centre: token, cursor: null, edge: null });
    this.say("expanding", token);
    this.send.trigger("expand", token);
  }

  expandable() {
    const button = this.host.querySelector("[data-action=expand]");
    if (button) button.disabled = this.highlight.chosen === null;
  }

  // What happened to a node, to who cannot see it.
  say(what, token) {
    const told = { name: this.graph.getNodeAttribute(token, "label"), number: this.graph.degree(token) };
    this.live.textContent = this.words[what].replace(/\{(name|number)\}/g, (_place, which) => told[which]);
  }

  update(payload) {
    const { renderer, graph, seen } = this;
    const rearrange = seen.arrangement !== payload.arrangement;
    const first = seen.selection === null;
    let fresh = [];
    if (!first && (rearrange || seen.topology !== payload.topology)) fresh = sync(graph, payload, { rearrange });
    else if (!first) sync(graph, payload, { rearrange: false });
    seen.topology = payload.topology;
    seen.arrangement = payload.arrangement;
    this.words = payload.words;
    name(this.host, payload.words);
    legend(this.legend, payload.kinds);
    this.host.setAttribute("aria-label", payload.description);
    const change = { path: { nodes: new Set(payload.path.nodes), edges: new Set(payload.path.edges) } };
    if (seen.selection !== payload.selection.revision) {
      seen.selection = payload.selection.revision;
      const { node, edge } = payload.selection;
      Object.assign(change, { chosen: node, centre: node, cursor: null, edge });
    }
    this.highlight.set(change);
    this.expandable();
    this.retheme();
    if (rearrange || fresh.some((token) => outside(renderer, token))) requestAnimationFrame(() => fit(renderer, 350));
    else if (change.chosen && !first) reveal(renderer, change.chosen);
    this.host.dataset.nodes = String(graph.order);
    this.host.dataset.edges = String(graph.size);
  }

  close() {
    clearTimeout(this.pending);
    clearInterval(this.watching);
    this.resizing.disconnect();
    this.renderer.kill();
  }
}

export default function canvas(component) {
  const { parentElement, data } = component;
  let view = views.get(parentElement);
  if (!view) {
    view = new View(parentElement, data);
    views.set(parentElement, view);
    view.host.canvasView = view; // the browser tests ask where a node is drawn
    view.bind(component);
  } else {
    view.bind(component);
    view.update(data);
  }
  return () => {
    views.get(parentElement)?.close();
    views.delete(parentElement);
  };
}

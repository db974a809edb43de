// The graph canvas: one Sigma instance per place on the page, kept and diffed over reruns.
import { Acts } from "./acts.js";
import { Brush } from "./brush.js";
import { Widened, fit, framing, outside, remember, remembered, resize, reveal } from "./camera.js";
import { Choosing } from "./choosing.js";
import { name, tools } from "./controls.js";
import { Force } from "./force.js";
import { Motion, sync } from "./graph.js";
import { Highlight } from "./highlight.js";
import { Hint } from "./hint.js";
import { keyboard } from "./keyboard.js";
import { Labels } from "./labels.js";
import { legend } from "./legend.js";
import { Menu } from "./menu.js";
import { Overlay } from "./overlay.js";
import { enter, leave } from "./registry.js";
import { Shades } from "./shades.js";
import { stage, warm } from "./stage.js";
import { readTheme, sameTheme } from "./theme.js";

const LEAST_HEIGHT = 380; // the tools above each other, and the time strip below them
const NARROW = 460; // pixels; less is none for two moments and a count beside each other
const views = new Map(); // parentElement -> View

const sameSet = (one, other) => one.size === other.size && [...one].every((item) => other.has(item));
const hasLoops = ({ edges }) => edges.source.some((source, i) => source === edges.target[i]);

// The page that the canvas stands in, outside the shadow root that it may have.
const pageOf = (root) => (root.getRootNode().host ?? root).closest?.("[data-testid=stMain]") ?? null;

class View {
  constructor(root, payload, send) {
    this.key = payload.key;
    this.root = root; // by which the browser tests find this view again
    this.loops = hasLoops(payload);
    this.host = root.querySelector(".canvas-host");
    this.bare = this.host.cloneNode(true); // what stays when this view is left: nothing drawn, nobody listening
    this.live = root.querySelector(".canvas-live");
    this.legend = root.querySelector(".canvas-legend");
    this.acts = new Acts();
    this.acts.bind(send);
    this.dragged = new Set();
    this.payload = payload;
    this.page = pageOf(root); // what scrolls
    this.fill();
    this.theme = readTheme(this.host);
    this.shades = new Shades(this.theme);
    this.stage = stage(this.loops);
    this.graph = this.stage.graph;
    this.motion = new Motion(this.graph, this.dragged, () => this.labels.soon()); // words that were placed on the way lie over each other
    this.renderer = this.stage.renderer;
    this.stage.enter(this.host.querySelector(".canvas-stage"), payload.edges.id.length, (graph) => sync(graph, payload), this);
    this.highlight = new Highlight(this.renderer, () => this.labels?.soon());
    this.labels = new Labels(this);
    this.overlay = new Overlay(this, root);
    this.menu = new Menu(this, root);
    this.choosing = new Choosing(this, root);
    this.brush = new Brush(this, root);
    this.force = new Force(this, root);
    this.widened = new Widened(this.renderer);
    this.seen = { topology: null, frame: payload.frame, selection: null };
    this.hint = new Hint(this, root);
    this.listen(root);
    this.update(payload);
    this.look(payload);
    this.labels.place(); // the first frame has its names
    enter(this.key, this);
  }

  get editable() { return this.payload.editable; }

  get seeking() { return this.hint.node; }

  seek(node) { this.hint.seek(node); }

  // As high as asked for; where nothing is, down to the window's foot less what stands below.
  fill() {
    const { height, below } = this.payload;
    const top = this.host.getBoundingClientRect().top + (this.page?.scrollTop ?? 0);
    const room = Math.max(LEAST_HEIGHT, window.innerHeight - Math.max(top, 0) - (below ?? 0) - 12);
    this.host.style.height = `${height ?? Math.round(room)}px`;
    this.host.classList.toggle("canvas-narrow", this.host.offsetWidth < NARROW);
  }

  // The camera as it was left for this picture in this tab, else so that all of it is seen.
  look(payload) {
    const kept = remembered(this.key, payload);
    this.renderer.hold();
    this.renderer.setCustomBBox(kept?.box ?? this.renderer.getBBox()); // of a new picture: it has just found its places
    if (kept) this.renderer.refresh(); // a box counts once nodes are placed by it: else the next refresh would throw them about
    this.untouched = kept?.untouched ?? true;
    if (this.untouched) this.frame();
    else {
      this.renderer.getCamera().setState(kept.camera);
      this.renderer.getCamera().animate(kept.camera, { duration: 1 }); // ends a glide that is on its way
    }
    Object.assign(this.seen, { frame: payload.frame, picture: payload.picture });
    this.renderer.begin();
  }

  // From one and the same place, so that the same picture is framed to the same digit.
  frame() {
    const camera = this.renderer.getCamera();
    camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    camera.setState(framing(this.renderer, this.graph.nodes()));
  }

  // From here on nothing moves the camera unasked.
  touch() {
    if (!this.untouched) return;
    this.untouched = false;
    remember(this);
  }

  legendAgain() {
    const kinds = this.payload.legend.map((kind) => ({ ...kind, color: kind.color && this.shades.seen(kind.color) }));
    legend(this.legend, kinds, (color) => (this.shades.pale(color) ? this.theme.edgeStrong : null));
  }

  listen(root) {
    const { renderer, highlight, host } = this;
    const focus = () => host.focus({ preventScroll: true });
    renderer.on("enterNode", ({ node }) => { if (!this.dragged.size) highlight.set({ hovered: node }); });
    renderer.on("leaveNode", () => highlight.set({ hovered: null }));
    renderer.on("enterEdge", ({ edge }) => this.labels.over(edge));
    for (const left of ["leaveEdge", "leaveStage"]) renderer.on(left, () => this.labels.over(null));
    // What was clicked last: sigma takes two quick clicks for a double one, wherever the first of them was.
    let last = null;
    const click = ({ node, event }) => {
      last = node;
      focus();
      this.menu.close();
      if (event.original.shiftKey || event.original.ctrlKey || event.original.metaKey) this.toggle(node);
      else this.choose([node]);
    };
    const clickStage = () => { last = null; focus(); if (this.menu.open) this.menu.close(); else this.choose([]); };
    renderer.on("clickNode", click);
    renderer.on("clickEdge", ({ edge }) => { last = null; focus(); this.menu.close(); this.chooseEdge(edge); });
    renderer.on("clickStage", clickStage);
    renderer.on("rightClickNode", ({ node, event }) => {
      event.original.preventDefault();
      if (this.editable) this.openMenu(node, event);
    });
    // what is pressed is what is seen: after a move, or a first frame, the renderer knows where nodes are once it has
    // drawn them there
    host.addEventListener("pointerdown", () => { if (renderer.resting || renderer.unpointed) renderer.settle(); }, { capture: true });
    for (const act of ["pointerdown", "wheel", "keydown"]) host.addEventListener(act, () => this.touch(), { capture: true, passive: true });
    host.addEventListener("contextmenu", (event) => event.preventDefault());
    renderer.on("doubleClickNode", (payload) => {
      payload.preventSigmaDefault();
      if (payload.node === last) this.expand([payload.node]);
      else click(payload);
    });
    renderer.on("doubleClickStage", (payload) => {
      payload.preventSigmaDefault();
      if (last !== null) clickStage();
    });
    renderer.on("nodeDragStart", ({ allDraggedNodes }) => { for (const node of allDraggedNodes) this.dragged.add(node); });
    renderer.on("nodeDragEnd", () => this.dropped());
    renderer.on("afterRender", () => this.overlay.draw());
    this.moved = () => {
      clearTimeout(this.leaving);
      this.leaving = setTimeout(() => remember(this), 200);
    };
    renderer.getCamera().on("updated", this.moved);
    host.addEventListener("keydown", keyboard(this));
    tools(this, root);
    this.resized = () => this.fill();
    window.addEventListener("resize", this.resized);
    this.resizing = new ResizeObserver(() => resize(this)); // told of once at the beginning, too
    this.resizing.observe(host);
    this.moving = new ResizeObserver(() => this.fill()); // what stands above takes its height after the canvas was told
    if (this.page?.firstElementChild) this.moving.observe(this.page.firstElementChild);
    this.watching = setInterval(() => { // Streamlit swaps CSS variables without an event
      this.retheme();
      this.acts.remind();
    }, 1000);
  }

  // What was dragged stands where it was let go, rounded as the server keeps it, so that both hold the same number.
  dropped() {
    const nodes = [...this.dragged].filter((node) => this.graph.hasNode(node));
    this.dragged.clear();
    const [x, y] = [[], []];
    for (const node of nodes) {
      const here = this.graph.getNodeAttributes(node);
      const to = { x: Math.round(here.x * 1e4) / 1e4, y: Math.round(here.y * 1e4) / 1e4 };
      this.graph.mergeNodeAttributes(node, to);
      this.force.hold(node, to);
      x.push(to.x);
      y.push(to.y);
    }
    if (nodes.length && this.editable) this.acts.say("move", { nodes, x, y });
  }

  retheme() {
    const theme = readTheme(this.host);
    if (sameTheme(theme, this.theme)) return;
    this.theme = theme;
    this.shades = new Shades(theme);
    this.legendAgain();
    this.renderer.refresh();
  }

  choose(nodes, cursor = null) {
    const { highlight } = this;
    const next = new Set(nodes);
    if (this.seeking !== null) {
      const first = this.seeking;
      const others = [...next].filter((node) => node !== first);
      if (!others.length) return;
      this.seek(null);
      this.acts.say("path", { nodes: [first, ...others] });
    }
    const told = sameSet(next, highlight.chosen) && this.seen.edge === null;
    this.seen.edge = null;
    if (!told) this.select([...next], null);
    highlight.set({ chosen: next, cursor, edge: null });
    this.expandable();
    if (told) return;
    if (next.size === 1) this.say("selected", [...next][0]);
    else if (next.size) this.live.textContent = this.words.several.replace("{number}", next.size);
  }

  // The server is at it while this is drawn.
  select(nodes, edge) { this.renderer.gather(); this.acts.say("select", { nodes, edge }); }

  toggle(node, cursor = null) {
    const next = new Set(this.highlight.chosen);
    if (!next.delete(node)) next.add(node);
    this.choose(next, cursor);
  }

  chooseEdge(link) {
    const edge = this.graph.getEdgeAttribute(link, "bundle") ?? link;
    this.select([], edge);
    this.highlight.set({ chosen: new Set(), cursor: null, edge });
    this.seen.edge = edge;
    this.expandable();
  }

  // An act about a node; one of the selection stands for all of it.
  act(op, node, values = {}) {
    const { chosen } = this.highlight;
    const about = node === null || (chosen.has(node) && chosen.size > 1 && !values.one) ? [...chosen] : [node];
    this.acts.say(op, { nodes: about.filter((token) => this.graph.hasNode(token)), values });
  }

  expand(nodes) {
    if (!this.editable || !nodes.length) return;
    if (nodes.length === 1) this.say("expanding", nodes[0]);
    this.acts.say("expand", { nodes });
  }

  openMenu(node, at = null) {
    const { chosen } = this.highlight;
    if (!chosen.has(node)) this.choose([node]);
    this.menu.show(node, at ?? this.renderer.graphToViewport(this.graph.getNodeAttributes(node)));
  }

  expandable() {
    const button = this.host.querySelector("[data-action=expand]");
    if (button) button.disabled = this.highlight.chosen.size === 0;
  }

  // What happened to a node, to who cannot see it.
  say(what, token) {
    const told = { name: this.graph.getNodeAttribute(token, "label"), number: this.graph.degree(token) };
    this.live.textContent = this.words[what].replace(/\{(name|number)\}/g, (_place, which) => told[which]);
  }

  update(payload) {
    const { renderer, graph, seen } = this;
    const first = seen.topology === null;
    if (!first && payload.version && payload.version === this.payload.version) { // a click changes nothing of the drawing
      this.fill();
      resize(this);
      this.retheme();
      return;
    }
    const before = this.payload;
    this.payload = payload;
    this.words = payload.words;
    const { fresh, moves } = first ? { fresh: [], moves: new Map() } : sync(graph, payload);
    this.stage.suit();
    for (const node of this.dragged) moves.delete(node);
    this.force.meet(before, payload, moves);
    // places that wait to be heard are newer than these
    if (moves.size && this.acts.waiting.some((act) => act.op === "move" || act.op === "layout")) this.later = payload;
    else this.motion.start(moves);
    if (!first && seen.topology !== payload.topology) this.touch();
    seen.topology = payload.topology;
    if (this.seeking !== null && !graph.hasNode(this.seeking)) this.seek(null);
    this.fill();
    if (!first) resize(this);
    name(this.host, payload.words);
    this.host.classList.toggle("canvas-fixed", !payload.editable);
    const whole = !first && !fresh.length && !moves.size && this.widened.whole();
    this.legendAgain();
    this.labels.shown = payload.labels.nodes;
    this.labels.edges = payload.labels.links;
    this.labels.soon();
    this.host.setAttribute("aria-label", payload.description);
    this.highlight.set({});
    this.overlay.set(payload);
    this.expandable();
    this.retheme();
    if (seen.frame !== payload.frame) clearTimeout(this.fitting);
    if (!first && seen.frame !== payload.frame && remembered(this.key, payload)) this.look(payload);
    else if (!first && seen.frame !== payload.frame) {
      seen.frame = payload.frame;
      this.untouched = true;
      this.fitting = setTimeout(() => fit(renderer, 350), moves.size ? 380 : 0);
    } else if (fresh.length && payload.drew && payload.drew !== before.drew) {
      this.fitting = setTimeout(() => this.widened.widen(fresh.filter((token) => graph.hasNode(token))), moves.size ? 380 : 0);
    } else if (fresh.length && fresh.every((token) => outside(renderer, token))) requestAnimationFrame(() => { if (!this.closed) fit(renderer, 350); });
    else if (whole && this.widened.lacks()) this.widened.keepWhole();
    else if (!first && (fresh.length || !this.widened.back())) this.hint.unseen(fresh);
    if (!first && payload.picture !== before.picture) { seen.picture = payload.picture; remember(this); } // a step has its own name
    this.host.dataset.nodes = String(graph.order);
    this.host.dataset.edges = String(graph.size);
  }

  // What the side tells: small, at every click.
  side(told) {
    const { seen, highlight } = this;
    this.acts.heard(told.acked);
    if (this.later && this.acts.quiet) { const { moves } = sync(this.graph, this.later); this.later = null; this.motion.start(moves); }
    const change = {};
    const path = { nodes: new Set(told.path.nodes), edges: new Set(told.path.edges) };
    if (!["nodes", "edges"].every((part) => sameSet(path[part], highlight.path[part]))) change.path = path;
    if (seen.selection !== told.selection.revision) {
      const begun = seen.selection === null;
      seen.selection = told.selection.revision;
      seen.edge = told.selection.edge;
      Object.assign(change, { chosen: new Set(told.selection.nodes), cursor: null, edge: told.selection.edge });
      if (!begun && told.selection.nodes.length === 1 && this.graph.hasNode(told.selection.nodes[0])) reveal(this.renderer, told.selection.nodes[0]);
    }
    if (Object.keys(change).length) highlight.set(change); // what was told already is not drawn again
    this.expandable();
    for (const which of ["undo", "redo"]) {
      const button = this.host.querySelector(`[data-action=${which}]`);
      button.disabled = !told[which];
      button.title = told[which] || this.words[which];
    }
    this.overlay.counts(told.more);
    this.menu.told(told.menu);
    this.brush.set(told.brush);
    this.force.ask(told.layout);
  }

  close() {
    this.closed = true; // its renderer will draw others' pictures
    leave(this.key, this);
    clearTimeout(this.fitting);
    this.renderer.getCamera().cancelAnimation(); // or it would go on, and be remembered, after another view has begun
    clearTimeout(this.leaving);
    remember(this);
    clearInterval(this.watching);
    window.removeEventListener("resize", this.resized);
    this.motion.stop();
    this.brush.close();
    this.force.close();
    this.labels.close();
    this.resizing.disconnect();
    this.moving.disconnect();
    this.renderer.getCamera().off("updated", this.moved);
    this.stage.leave();
    this.host.replaceWith(this.bare);
  }
}

export default function canvas(component) {
  const { parentElement, data, setStateValue } = component;
  if (data.warm) {
    parentElement.querySelector(".canvas-host")?.remove(); // nothing is drawn here
    parentElement.host?.style?.setProperty("display", "none");
    if (!views.size) (window.requestIdleCallback ?? setTimeout)(warm);
    return () => {};
  }
  let view = views.get(parentElement);
  if (view && !view.loops && hasLoops(data)) { // its renderer knows no loops
    view.close();
    views.delete(parentElement);
    view = null;
  }
  if (!view) {
    view = new View(parentElement, data, setStateValue);
    views.set(parentElement, view);
    view.host.canvasView = view; // the browser tests ask where a node is drawn
  } else {
    view.acts.bind(setStateValue); // the newest callback of Streamlit
    view.update(data);
  }
  return () => {
    views.get(parentElement)?.close();
    views.delete(parentElement);
  };
}

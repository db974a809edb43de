// How is the canvas used without a mouse?  Arrows walk between neighbours, Enter selects, a letter acts, + - 0 zoom.
import { fit, reveal } from "./camera.js";
import { full, mode } from "./controls.js";

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function start(graph) {
  let best = null;
  graph.forEachNode((node) => { if (best === null || graph.degree(node) > graph.degree(best)) best = node; });
  return best;
}

// The neighbour that lies nearest to the arrow's direction; without neighbours, any node there.
function step(graph, from, [dx, dy]) {
  const here = graph.getNodeAttributes(from);
  let [best, bestScore] = [null, Infinity];
  const pool = graph.degree(from) ? graph.neighbors(from) : graph.nodes();
  for (const node of pool) {
    if (node === from) continue;
    const there = graph.getNodeAttributes(node);
    const [x, y] = [there.x - here.x, there.y - here.y];
    const length = Math.hypot(x, y) || 1e-9;
    const along = (x * dx + y * dy) / length;
    if (along <= 0.2) continue;
    const score = length * (2 - along);
    if (score < bestScore) [best, bestScore] = [node, score];
  }
  return best;
}

const ACTS = { h: "hide", k: "keep", p: "pin", Delete: "remove" };
const ASKS = { g: "group", n: "note" };

// A title or a note is asked for beside the node.
function ask(view, node, op) {
  const { menu } = view;
  menu.node = node ?? [...view.highlight.chosen][0];
  menu.at = view.renderer.graphToViewport(view.graph.getNodeAttributes(menu.node));
  menu.fill(view.graph.getNodeAttribute(menu.node, "label"), []);
  menu.ask({ op, values: { ask: view.words[op] } });
}

function command(view, event) {
  const key = event.key.toLowerCase();
  if (key === "z" && view.editable) view.acts.say(event.shiftKey ? "redo" : "undo");
  else if (key === "y" && view.editable) view.acts.say("redo");
  else if (key === "a") view.choose(view.graph.nodes());
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function keyboard(view) {
  return (event) => {
    if (event.altKey || event.composedPath()[0] !== view.host) return;
    if (event.ctrlKey || event.metaKey) return void command(view, event);
    const { renderer, highlight } = view;
    const graph = renderer.getGraph();
    const camera = renderer.getCamera();
    const current = highlight.cursor ?? highlight.only ?? [...highlight.chosen].at(-1) ?? null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in DIRECTIONS) {
      const next = current ? step(graph, current, DIRECTIONS[key]) : start(graph);
      if (next) {
        highlight.set({ cursor: next });
        reveal(renderer, next);
        view.say("reached", next);
      }
    } else if (key === "Enter") { if (current) view.choose([current]); }
    else if (key === " ") { if (current) view.toggle(current, current); }
    else if (key === "e") view.expand(highlight.chosen.size ? [...highlight.chosen] : current ? [current] : []);
    else if (key === "m" || key === "ContextMenu" || (key === "F10" && event.shiftKey)) {
      if (current && view.editable) view.openMenu(current);
    } else if (key in ACTS) { if (view.editable && (highlight.chosen.size || current)) view.act(ACTS[key], highlight.chosen.size ? null : current); }
    else if (key in ASKS) { if (view.editable && (highlight.chosen.size || current)) ask(view, current, ASKS[key]); }
    else if (key === "a") view.choose(graph.nodes());
    else if (key === "b") mode(view, "box");
    else if (key === "l") mode(view, "lasso");
    else if (key === "f") full(view);
    else if (key === "+" || key === "=") camera.zoomIn({ duration: 120 });
    else if (key === "-") camera.zoomOut({ duration: 120 });
    else if (key === "0") fit(renderer);
    else if (key === "Escape") { if (view.force.running) view.force.stop(); else if (view.seeking !== null) view.seek(null); else if (view.choosing.mode) mode(view, view.choosing.mode); else view.choose([]); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

// How is the canvas used without a mouse?  Arrows walk between neighbours, Enter selects, E expands, + - 0 zoom.
import { fit, reveal } from "./camera.js";

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

export function keyboard(view) {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== view.host) return;
    const { renderer, highlight } = view;
    const graph = renderer.getGraph();
    const camera = renderer.getCamera();
    const current = highlight.cursor ?? highlight.chosen;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in DIRECTIONS) {
      const next = current ? step(graph, current, DIRECTIONS[key]) : start(graph);
      if (next) {
        highlight.set({ cursor: next, centre: next });
        reveal(renderer, next);
        view.say("reached", next);
      }
    } else if (key === "Enter") { if (current) view.choose(current); }
    else if (key === "e") { if (current) view.expand(current); }
    else if (key === "+" || key === "=") camera.zoomIn({ duration: 120 });
    else if (key === "-") camera.zoomOut({ duration: 120 });
    else if (key === "0") fit(renderer);
    else if (key === "Escape") view.choose(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

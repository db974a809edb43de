// What has changed between the graph on screen and the new payload?  Only that is touched; what moves is animated.

import { bundles } from "./bundles.js";
import { MANY } from "./links.js";

const DURATION = 350;

function nodeAttributes(payload, i) {
  const { nodes, kinds } = payload;
  const kind = kinds[nodes.kind[i]];
  return {
    label: nodes.label[i], size: nodes.size[i], color: kind.color, shape: kind.shape, mark: nodes.mark[i],
    pinned: Boolean(nodes.flags[i] & 1), worth: nodes.flags[i] & 2 ? 3 : nodes.flags[i] & 4 ? 2 : 0,
  };
}

// Gives the nodes that are new, and of those that move where they go.
export function sync(graph, payload) {
  const { nodes, edges } = payload;
  const drawn = bundles(payload);
  const many = edges.id.length > MANY;
  const wanted = new Set(nodes.id);
  const wantedEdges = new Set(edges.id);
  graph.forEachEdge((edge) => { if (!wantedEdges.has(edge)) graph.dropEdge(edge); });
  graph.forEachNode((node) => { if (!wanted.has(node)) graph.dropNode(node); });
  const fresh = [];
  const moves = new Map();
  for (let i = 0; i < nodes.id.length; i++) {
    const id = nodes.id[i];
    const [x, y] = [nodes.x[i], nodes.y[i]];
    const attributes = nodeAttributes(payload, i);
    if (!graph.hasNode(id)) {
      graph.addNode(id, { ...attributes, x, y });
      fresh.push(id);
    } else {
      graph.mergeNodeAttributes(id, attributes);
      const here = graph.getNodeAttributes(id);
      if (here.x !== x || here.y !== y) moves.set(id, { x, y });
    }
  }
  for (let i = 0; i < edges.id.length; i++) {
    const attributes = drawn.get(edges.id[i]);
    attributes.apart = many && edges.source[i] !== edges.target[i];
    if (graph.hasEdge(edges.id[i])) graph.mergeEdgeAttributes(edges.id[i], attributes);
    else graph.addEdgeWithKey(edges.id[i], nodes.id[edges.source[i]], nodes.id[edges.target[i]], attributes);
  }
  return { fresh, moves };
}

// Nodes glide to their places and end there to the last digit; a later motion takes over what it moves.
export class Motion {
  constructor(graph, still, rested) {
    this.graph = graph;
    this.rested = rested; // told once all have arrived
    this.still = still; // nodes that are under the pointer
    this.moves = new Map();
  }

  start(moves) {
    for (const [id, to] of moves) {
      const { x, y } = this.graph.getNodeAttributes(id);
      this.moves.set(id, { from: { x, y }, to, begun: performance.now() });
    }
    if (this.moves.size && !this.frame) this.frame = requestAnimationFrame(() => this.step());
  }

  step() {
    this.frame = null; // whatever goes wrong below, a later motion begins again
    const now = performance.now();
    for (const [id, { from, to, begun }] of this.moves) {
      if (!this.graph.hasNode(id) || this.still.has(id)) { this.moves.delete(id); continue; }
      const t = Math.min(1, (now - begun) / DURATION);
      const eased = 1 - (1 - t) ** 3;
      const at = t >= 1 ? to : { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
      this.graph.mergeNodeAttributes(id, at);
      if (t >= 1) this.moves.delete(id);
    }
    if (this.moves.size) this.frame = requestAnimationFrame(() => this.step());
    else this.rested();
  }

  stop() {
    cancelAnimationFrame(this.frame);
  }
}

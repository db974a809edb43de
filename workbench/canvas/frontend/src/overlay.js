// What lies over and under the graph?  A person's groups as hulls, the times of a picture by time, notes as
// slips with their lines, pins and counts of what is not drawn.
import { COLORS } from "./colors.js";
import { Notes } from "./notes.js";

const SVG = "http://www.w3.org/2000/svg";
const DIGIT = 6.5; // pixels
const LETTER = 7.5; // of a group's title
const CORNERS = [0, 1, 2, 3]; // upper left, upper right, lower left, lower right
const OVER = { axis: 20, apart: 34 }; // pixels of what stands over a picture by time, beside what any has there
const MOST_COUNTS = 60; // more nodes than this, and only the hovered and the selected say what is not drawn

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Andrew's monotone chain: the points of the convex hull, in order.
export function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list) => {
    const kept = [];
    for (const p of list) {
      while (kept.length > 1) {
        const [a, b] = kept.slice(-2);
        if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0) break;
        kept.pop();
      }
      kept.push(p);
    }
    return kept.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

export class Overlay {
  constructor(view, root) {
    this.view = view;
    this.groups = root.querySelector(".canvas-groups");
    this.marks = root.querySelector(".canvas-marks");
    this.notes = new Notes(view, root.querySelector(".canvas-notes"));
    this.more = {};
    this.corners = new Map(); // token -> the corner where its count stands, null for none
    this.axis = null;
    this.written = []; // boxes of what is written under the graph: titles of groups, times
  }

  set(payload) {
    const { nodes } = payload;
    this.told = payload.groups.map((group) => ({ ...group, members: group.members.map((i) => nodes.id[i]) }));
    this.axis = payload.axis;
    this.view.host.dataset.axis = this.axis ? (this.axis.apart ? OVER.apart : OVER.axis) : 0;
    this.notes.set(payload);
    this.draw();
  }

  counts(more) {
    this.more = more;
    this.draw();
    this.view.labels.soon(); // counts keep clear of the names
  }

  // Every node that has a mark now: where, how large, what it says.
  *marked() {
    const { view } = this;
    const { renderer, graph } = view;
    const own = new Set([...view.highlight.chosen, view.highlight.hovered]);
    for (const token of graph.order <= MOST_COUNTS ? graph.nodes() : own) {
      if (!graph.hasNode(token)) continue;
      const attributes = graph.getNodeAttributes(token);
      const [pinned, more] = [attributes.pinned, this.more[token]];
      if (!pinned && !more) continue;
      const p = renderer.graphToViewport(attributes);
      if (p.x < -20 || p.y < -20 || p.x > view.host.clientWidth + 20 || p.y > view.host.clientHeight + 20) continue;
      yield { token, p, r: (renderer.getNodeDisplayData(token)?.size ?? 6) * 0.75 + 2, pinned, said: more ? `+${more}` : "" };
    }
  }

  // Where a count stands: its box and its text, at that corner of the node.
  badge({ token, p, r, said }, corner) {
    const [right, low] = [corner % 2 === 1, corner > 1];
    const [x, y, wide] = [right ? p.x + r - 2 : p.x - r + 2, low ? p.y + r + 6 : p.y - r + 2, said.length * DIGIT];
    const x0 = right ? x : x - wide;
    return { x0, x1: x0 + wide, y0: y - 10, y1: y + 2, owner: `count ${token}`, at: { x, y, right } };
  }

  // Names come first: a count stands at the first corner of its node where no name, no other count and no other node is,
  // else where no name and count is, and nowhere where there is none.
  // Gives the boxes of those that stand.
  settle(names, nodes) {
    this.corners = new Map();
    const boxes = [];
    for (const one of this.marked()) {
      if (!one.said) continue;
      const free = CORNERS.filter((place) => !names.hits(this.badge(one, place)));
      const corner = free.find((place) => !nodes.hits(this.badge(one, place), one.token)) ?? free[0] ?? null;
      this.corners.set(one.token, corner);
      if (corner === null) continue;
      names.add(this.badge(one, corner));
      boxes.push(this.badge(one, corner));
    }
    this.draw();
    return boxes;
  }

  draw() {
    const { view } = this;
    const { renderer, graph } = view;
    const at = (token) => renderer.graphToViewport(graph.getNodeAttributes(token));
    this.written = [];
    const hulls = (this.told ?? []).flatMap((group) => {
      const points = group.members.filter((token) => graph.hasNode(token)).map(at);
      if (!points.length) return [];
      const corners = hull(points);
      const color = COLORS[group.color] ?? COLORS.grey;
      const path = `M${corners.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L")}Z`;
      const top = Math.min(...points.map((p) => p.y)) - 26;
      const middle = (Math.min(...points.map((p) => p.x)) + Math.max(...points.map((p) => p.x))) / 2;
      const wide = (group.title.length * LETTER) / 2;
      this.written.push({ x0: middle - wide, x1: middle + wide, y0: top - 12, y1: top + 4, owner: `group ${group.id}` });
      return [
        element("path", { d: path, fill: color, stroke: color, "stroke-width": 44 }),
        element("text", { x: middle.toFixed(1), y: top.toFixed(1) }, group.title),
      ];
    });
    const lines = this.notes.draw().map(({ from, to }) => element("line", {
      x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1), class: "canvas-leader",
    }));
    this.groups.replaceChildren(...this.times(), ...hulls, ...lines);
    const marks = [];
    for (const one of this.marked()) {
      const { p, r, pinned, said } = one;
      if (pinned)
        marks.push(element("circle", { cx: (p.x - r).toFixed(1), cy: (p.y + r).toFixed(1), r: 2.6,
          fill: view.theme.text, stroke: view.theme.background, "stroke-width": 1 }));
      const corner = this.corners.has(one.token) ? this.corners.get(one.token) : CORNERS[0];
      if (!said || corner === null) continue;
      const { x, y, right } = this.badge(one, corner).at;
      marks.push(element("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": right ? "start" : "end" }, said));
    }
    this.marks.replaceChildren(...marks);
  }

  // A line over the whole height at each time whose words have room at the top, beside those before; what it is of below,
  // and over the nodes without a time that they have none.
  times() {
    if (!this.axis) return [];
    const { renderer } = this.view;
    let [free, before] = [0, ""];
    const made = [];
    for (const { x: where, text, whole, day } of this.axis.ticks) {
      const { x } = renderer.graphToViewport({ x: where, y: 0 });
      const words = day === before ? text : whole;
      const end = x + 4 + words.length * DIGIT;
      if (x < free || end > this.view.host.clientWidth - 44) continue;
      [free, before] = [end + 8, day];
      made.push(element("line", { x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: "100%", class: "canvas-time-line" }));
      made.push(element("text", { x: (x + 4).toFixed(1), y: 13, class: "canvas-time-word" }, words));
      this.written.push({ x0: x, x1: end, y0: 0, y1: 17, owner: "axis" });
    }
    if (made.length) {
      made.push(element("text", { x: 8, y: 28, class: "canvas-time-word" }, this.axis.title));
      this.written.push({ x0: 0, x1: 8 + this.axis.title.length * DIGIT, y0: 17, y1: 32, owner: "axis" });
    }
    return [...made, ...this.apart()];
  }

  apart() {
    if (!this.axis.apart) return [];
    const { x, y } = this.view.renderer.graphToViewport(this.axis.apart);
    const { text } = this.axis.apart, wide = text.length * DIGIT;
    const x0 = Math.max(8, x - wide / 2), low = y - 12; // clear of the sign of the uppermost
    if (x + wide / 2 < 0 || x0 + wide > this.view.host.clientWidth || low < 44) return [];
    this.written.push({ x0, x1: x0 + wide, y0: low - 12, y1: low + 3, owner: "axis" });
    return [element("text", { x: x0.toFixed(1), y: low.toFixed(1), class: "canvas-time-word" }, text)];
  }
}

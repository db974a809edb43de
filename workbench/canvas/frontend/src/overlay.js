// What lies over and under the graph?  A person's groups as hulls, notes as slips, pins and counts of what is not drawn.
import { COLORS } from "./colors.js";

const SVG = "http://www.w3.org/2000/svg";
const DIGIT = 6.5; // pixels
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
    this.notes = root.querySelector(".canvas-notes");
    this.more = {};
    this.stands = new Map(); // places that the server knows of nodes with a note
    this.drawnNotes = new Map();
  }

  set(payload) {
    const { nodes } = payload;
    this.told = payload.groups.map((group) => ({ ...group, members: group.members.map((i) => nodes.id[i]) }));
    const about = new Set(payload.notes.map((note) => note.about));
    this.stands = new Map(nodes.id.flatMap((id, i) => (about.has(id) ? [[id, { x: nodes.x[i], y: nodes.y[i] }]] : [])));
    this.slips(payload.notes);
    this.draw();
  }

  counts(more) {
    this.more = more;
    this.draw();
    this.view.labels?.soon(); // names keep clear of the counts
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

  // The boxes of the counts, in pixels of the canvas, a digit as wide as the widest.
  badges() {
    return [...this.marked()].filter(({ said }) => said).map(({ token, p, r, said }) => ({
      x0: p.x - r + 2 - said.length * DIGIT, x1: p.x - r + 2, y0: p.y - r - 8, y1: p.y - r + 4, owner: `count ${token}`,
    }));
  }

  slips(notes) {
    const kept = new Set(notes.map((note) => note.id));
    for (const [id, made] of this.drawnNotes) if (!kept.has(id)) { made.slip.remove(); this.drawnNotes.delete(id); }
    for (const note of notes) {
      let made = this.drawnNotes.get(note.id);
      if (!made) {
        made = { slip: document.createElement("div") };
        made.slip.className = "canvas-note";
        made.slip.dataset.note = note.id;
        this.draggable(made);
        this.notes.append(made.slip);
        this.drawnNotes.set(note.id, made);
      }
      made.note = { ...note };
      made.slip.textContent = note.text;
      made.slip.style.borderLeftColor = COLORS[note.color] ?? COLORS.yellow;
    }
  }

  draggable(made) {
    const { slip } = made;
    slip.addEventListener("pointerdown", (event) => {
      if (!this.view.editable || event.button !== 0) return;
      event.stopPropagation();
      slip.setPointerCapture(event.pointerId);
      let at = { x: event.clientX, y: event.clientY };
      const begun = at;
      const move = (now) => {
        const start = this.view.renderer.graphToViewport(this.where(made.note));
        const to = this.view.renderer.viewportToGraph({ x: start.x + now.clientX - at.x, y: start.y + now.clientY - at.y });
        const { x, y } = this.where(made.note);
        made.note.x += to.x - x;
        made.note.y += to.y - y;
        at = { x: now.clientX, y: now.clientY };
        this.draw();
      };
      const end = () => {
        slip.removeEventListener("pointermove", move);
        slip.removeEventListener("pointerup", end);
        if (at.x !== begun.x || at.y !== begun.y)
          this.view.acts.say("move note", { values: { note: made.note.id, x: made.note.x, y: made.note.y } });
      };
      slip.addEventListener("pointermove", move);
      slip.addEventListener("pointerup", end);
    });
  }

  // Where a note is: beside its node, wherever that is dragged or glides to before the server has heard of it.
  where(note) {
    const { graph } = this.view;
    const stood = this.stands.get(note.about);
    if (!stood || !graph.hasNode(note.about)) return note;
    const { x, y } = graph.getNodeAttributes(note.about);
    return { x: note.x + x - stood.x, y: note.y + y - stood.y };
  }

  draw() {
    const { view } = this;
    const { renderer, graph } = view;
    const at = (token) => renderer.graphToViewport(graph.getNodeAttributes(token));
    this.groups.replaceChildren(...(this.told ?? []).flatMap((group) => {
      const points = group.members.filter((token) => graph.hasNode(token)).map(at);
      if (!points.length) return [];
      const corners = hull(points);
      const color = COLORS[group.color] ?? COLORS.grey;
      const path = `M${corners.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L")}Z`;
      const top = Math.min(...points.map((p) => p.y)) - 26;
      const middle = (Math.min(...points.map((p) => p.x)) + Math.max(...points.map((p) => p.x))) / 2;
      return [
        element("path", { d: path, fill: color, stroke: color, "stroke-width": 44 }),
        element("text", { x: middle.toFixed(1), y: top.toFixed(1) }, group.title),
      ];
    }));
    const marks = [];
    for (const { p, r, pinned, said } of this.marked()) {
      if (pinned)
        marks.push(element("circle", { cx: (p.x - r).toFixed(1), cy: (p.y + r).toFixed(1), r: 2.6,
          fill: view.theme.text, stroke: view.theme.background, "stroke-width": 1 }));
      if (said)
        marks.push(element("text", { x: (p.x - r + 2).toFixed(1), y: (p.y - r + 2).toFixed(1), "text-anchor": "end" }, said));
    }
    this.marks.replaceChildren(...marks);
    for (const { slip, note } of this.drawnNotes.values()) {
      const p = renderer.graphToViewport(this.where(note));
      slip.style.transform = `translate(${p.x.toFixed(1)}px, ${p.y.toFixed(1)}px)`;
    }
  }
}

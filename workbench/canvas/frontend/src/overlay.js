// What lies over and under the graph?  A person's groups as hulls, notes as slips, pins and counts of what is not drawn.
import { COLORS } from "./colors.js";

const SVG = "http://www.w3.org/2000/svg";
const DIGIT = 6.5; // pixels
const CORNERS = [0, 1, 2, 3]; // upper left, upper right, lower left, lower right
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
    this.corners = new Map(); // token -> the corner where its count stands, null for none
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

  // Names come first: a count stands at the first corner of its node where no name and no other count is, and nowhere
  // where there is none.
  // Gives the boxes of those that stand.
  settle(names) {
    this.corners = new Map();
    const boxes = [];
    for (const one of this.marked()) {
      if (!one.said) continue;
      const corner = CORNERS.find((place) => !names.hits(this.badge(one, place))) ?? null;
      this.corners.set(one.token, corner);
      if (corner === null) continue;
      names.add(this.badge(one, corner));
      boxes.push(this.badge(one, corner));
    }
    this.draw();
    return boxes;
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
    for (const { slip, note } of this.drawnNotes.values()) {
      const p = renderer.graphToViewport(this.where(note));
      slip.style.transform = `translate(${p.x.toFixed(1)}px, ${p.y.toFixed(1)}px)`;
    }
  }
}

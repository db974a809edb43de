// Where do notes stand?  Beside the nodes: at the nearest place to their own where they cover none, with a line to theirs.
import { COLORS } from "./colors.js";

const STEP = 10; // pixels between the rings on which a free place is looked for
const RINGS = 45;
const AROUND = 16; // places on a ring
const EDGE = 4; // pixels that a note keeps from a node, a name and the rim

export class Notes {
  constructor(view, layer) {
    this.view = view;
    this.layer = layer;
    this.stands = new Map(); // places that the server knows of nodes with a note
    this.boxes = []; // of those in sight
    this.drawn = new Map(); // by the note's number: its slip, what is told of it, and how far aside it stands, in pixels
  }

  set({ nodes, notes }) {
    const about = new Set(notes.map((note) => note.about));
    this.stands = new Map(nodes.id.flatMap((id, i) => (about.has(id) ? [[id, { x: nodes.x[i], y: nodes.y[i] }]] : [])));
    const kept = new Set(notes.map((note) => note.id));
    for (const [id, made] of this.drawn) if (!kept.has(id)) { made.slip.remove(); this.drawn.delete(id); }
    for (const note of notes) {
      let made = this.drawn.get(note.id);
      if (!made) {
        made = { slip: document.createElement("div"), aside: { x: 0, y: 0 } };
        made.slip.className = "canvas-note";
        made.slip.dataset.note = note.id;
        this.draggable(made);
        this.layer.append(made.slip);
        this.drawn.set(note.id, made);
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
        const start = this.at(made);
        const to = this.view.renderer.viewportToGraph({ x: start.x + now.clientX - at.x, y: start.y + now.clientY - at.y });
        made.aside = { x: 0, y: 0 }; // from where it is seen
        const { x, y } = this.where(made.note);
        made.note.x += to.x - x;
        made.note.y += to.y - y;
        at = { x: now.clientX, y: now.clientY };
        this.view.overlay.draw();
      };
      const end = () => {
        slip.removeEventListener("pointermove", move);
        slip.removeEventListener("pointerup", end);
        if (at.x === begun.x && at.y === begun.y) return;
        this.view.acts.say("move note", { values: { note: made.note.id, x: made.note.x, y: made.note.y } });
        this.view.labels.soon(); // where it was let go it may cover a node
      };
      slip.addEventListener("pointermove", move);
      slip.addEventListener("pointerup", end);
    });
  }

  // Where a note is put: beside its node, wherever that is dragged or glides to before the server has heard of it.
  where(note) {
    const { graph } = this.view;
    const stood = this.stands.get(note.about);
    if (!stood || !graph.hasNode(note.about)) return note;
    const { x, y } = graph.getNodeAttributes(note.about);
    return { x: note.x + x - stood.x, y: note.y + y - stood.y };
  }

  // Its upper left corner on the canvas, as it is seen.
  at({ note, aside }) {
    const p = this.view.renderer.graphToViewport(this.where(note));
    return { x: p.x + aside.x, y: p.y + aside.y };
  }

  // Each note at the nearest place that is free of nodes and names, else of nodes; adds their boxes to those of nodes.
  // Says whether one covers a name.
  settle(nodes, names) {
    this.boxes = [];
    const { width, height } = this.view.renderer.getDimensions();
    let covering = false;
    for (const made of this.drawn.values()) {
      const [wide, high] = [made.slip.offsetWidth, made.slip.offsetHeight];
      const put = this.view.renderer.graphToViewport(this.where(made.note));
      made.aside = { x: 0, y: 0 };
      if (!wide || put.x < 0 || put.y < 0 || put.x > width || put.y > height) continue; // out of sight with its node
      const box = ({ x, y }) => ({
        x0: put.x + x - EDGE, x1: put.x + x + wide + EDGE, y0: put.y + y - EDGE, y1: put.y + y + high + EDGE, owner: `note ${made.note.id}`,
      });
      const inside = ({ x0, x1, y0, y1 }) => x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= height;
      const bare = (aside) => inside(box(aside)) && !nodes.hits(box(aside));
      const free = (aside) => bare(aside) && !names.hits(box(aside));
      const found = rings(free) ?? rings(bare);
      if (found) made.aside = found;
      covering ||= names.hits(box(made.aside)) > 0;
      nodes.add(box(made.aside));
      this.boxes.push(box(made.aside));
    }
    return covering;
  }

  // Moves the slips to where they stand; gives the line from each to its node.
  draw() {
    const { graph, renderer } = this.view;
    const lines = [];
    for (const made of this.drawn.values()) {
      const { x, y } = this.at(made);
      made.slip.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      if (!made.note.about || !graph.hasNode(made.note.about)) continue;
      const node = renderer.graphToViewport(graph.getNodeAttributes(made.note.about));
      const near = (value, low, size) => Math.min(Math.max(value, low), low + size);
      lines.push({ from: node, to: { x: near(node.x, x, made.slip.offsetWidth), y: near(node.y, y, made.slip.offsetHeight) } });
    }
    return lines;
  }
}

// How far aside is the nearest place that is as asked?  Nearer ones first, from the right downwards; null for none.
function rings(asked) {
  for (let ring = 0; ring <= RINGS; ring++)
    for (let place = 0; place < (ring ? AROUND : 1); place++) {
      const angle = (2 * Math.PI * place) / AROUND;
      const aside = { x: ring * STEP * Math.cos(angle), y: ring * STEP * Math.sin(angle) };
      if (asked(aside)) return aside;
    }
  return null;
}

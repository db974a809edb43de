// A layout by forces, when it is asked for: a worker of this page lays out what is drawn, the picture follows, and where
// all have come to stand is told as one act.  Where no worker runs, the act says so, and the server lays out.
import source from "force-worker"; // the whole worker as a text: nothing is fetched
import { fit, outside } from "./camera.js";

const FEW = 400; // nodes: of so many each state on the way is drawn also by a processor
const [OFTEN_MS, SELDOM_MS] = [250, 2000];

const rounded = (value) => Math.round(value * 1e4) / 1e4; // as the server keeps it
const begun = () => (window.filatureCanvases.begun ??= new Set()); // what was asked once is not done again on another page

export class Force {
  constructor(view, root) {
    this.view = view;
    this.box = root.querySelector(".canvas-force");
    [this.text, this.bar, this.button] = ["span", "progress", "button"].map((tag) => this.box.querySelector(tag));
    this.button.addEventListener("click", () => { if (this.running) this.stop(); else this.fit(); });
    this.worker = null;
    this.leave = () => this.hide();
  }

  get running() { return this.worker !== null; }

  // What the server asks for: ``nodes`` are those that may move, all where there are none.
  ask(asked) {
    if (!asked || begun().has(asked.id)) return;
    begun().add(asked.id);
    this.halt();
    this.asked = asked;
    this.held = new Set();
    this.picture();
    if (this.ids.every((_id, i) => this.fixed[i])) return void this.tell([]);
    const { x, y } = this.places();
    const picture = { x: x.map((value) => value / asked.aspect), y, ...this.columns, room: this.room(), whole: !asked.nodes.length };
    const every = this.ids.length <= FEW || !this.view.renderer.slow ? OFTEN_MS : SELDOM_MS;
    try {
      this.worker = this.start();
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = (event) => { event.preventDefault?.(); this.fail(); };
      this.worker.postMessage({ kind: "begin", picture, every });
    } catch {
      this.fail();
      return;
    }
    this.said = 0;
    this.show(0);
    this.view.live.textContent = this.view.words.ordering.replace("{share}", "0");
  }

  // So large will the picture be drawn: as now where something was placed, else so that all of it is seen.
  room() {
    const { renderer } = this.view;
    const { width, height } = renderer.getDimensions();
    const [top, low] = [0, height].map((y) => renderer.viewportToGraph({ x: 0, y }).y);
    return this.fixed.some(Boolean) ? { unit: Math.abs(top - low) / height } : { width: (0.8 * width) / this.asked.aspect, height: 0.8 * height };
  }

  start() {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    try { return new Worker(url); } finally { setTimeout(() => URL.revokeObjectURL(url), 10_000); }
  }

  // What is laid out: all that is drawn; of a part the part, with what it is linked to, which stays.
  picture() {
    const { nodes, edges } = this.view.payload;
    const chosen = new Set(this.asked.nodes);
    const taken = new Set(nodes.id.keys());
    if (chosen.size) {
      for (const i of taken) if (!chosen.has(nodes.id[i])) taken.delete(i);
      const part = new Set(taken);
      edges.source.forEach((from, i) => {
        const to = edges.target[i];
        if (part.has(from)) taken.add(to);
        if (part.has(to)) taken.add(from);
      });
    }
    const numbers = [...taken].sort((a, b) => a - b);
    const place = new Map(numbers.map((number, i) => [number, i]));
    this.ids = numbers.map((number) => nodes.id[number]);
    this.fixed = numbers.map((number) => Number(Boolean(nodes.flags[number] & 1) || this.view.dragged.has(nodes.id[number]) || (chosen.size > 0 && !chosen.has(nodes.id[number]))));
    const inner = [...edges.source.keys()].filter((i) => place.has(edges.source[i]) && place.has(edges.target[i]));
    const size = numbers.map((number) => nodes.size[number] + 2);
    this.columns = { fixed: this.fixed, size, source: inner.map((i) => place.get(edges.source[i])), target: inner.map((i) => place.get(edges.target[i])) };
  }

  // Where they stand, or will once they have glided there.
  places() {
    const { graph, motion } = this.view;
    const now = this.ids.map((id) => motion.moves.get(id)?.to ?? graph.getNodeAttributes(id));
    return { x: now.map((at) => at.x), y: now.map((at) => at.y) };
  }

  hear({ kind, share, x, y }) {
    if (!this.running) return;
    if (kind === "end") return void this.end(x, y);
    this.show(share);
    if (x) this.view.motion.start(this.moves(x, y));
  }

  moves(x, y) {
    const { graph, dragged } = this.view;
    const found = new Map();
    this.ids.forEach((id, i) => {
      if (this.fixed[i] || this.held.has(id) || dragged.has(id) || !graph.hasNode(id)) return;
      found.set(id, { x: rounded(x[i] * this.asked.aspect), y: rounded(y[i]) });
    });
    return found;
  }

  end(x, y) {
    const moves = this.moves(x, y);
    const { words, live } = this.view;
    this.halt();
    this.tell([...moves]);
    this.view.motion.start(moves);
    live.textContent = words.ordered.replace("{number}", moves.size);
    setTimeout(() => this.look(), 1200);
  }

  // What was laid out may reach out of the view, which stays where somebody has placed something.
  look() {
    const { view } = this;
    if (view.closed || this.running || !view.graph.someNode((id) => outside(view.renderer, id))) return;
    this.text.textContent = view.words.beyond;
    this.bar.hidden = true;
    this.button.textContent = view.words.fit;
    this.box.hidden = false;
    view.live.textContent = view.words.beyond;
    view.renderer.getCamera().once("updated", this.leave);
  }

  fit() {
    this.hide();
    fit(this.view.renderer);
  }

  tell(moves, values = {}) {
    this.view.acts.say("layout", {
      nodes: moves.map(([id]) => id), x: moves.map(([, to]) => to.x), y: moves.map(([, to]) => to.y),
      values: { name: this.asked.name, asked: this.asked.id, ...values },
    });
  }

  fail() {
    this.halt();
    this.tell([], { failed: true });
  }

  stop() {
    this.worker?.postMessage({ kind: "stop" });
  }

  // Somebody put that node there: it stays, and the others find their places around it.
  hold(id, { x, y }) {
    const i = this.running ? this.ids.indexOf(id) : -1;
    if (i < 0) return;
    this.held.add(id);
    this.worker.postMessage({ kind: "hold", node: i, x: x / this.asked.aspect, y });
  }

  // The server draws anew meanwhile: other looks of the same picture, or another picture, and then nothing is laid out.
  meet(before, now, moves) {
    if (!this.running) return;
    const same = before.topology === now.topology && now.nodes.id.every((id, i) =>
      id === before.nodes.id[i] && (this.held.has(id) || (now.nodes.x[i] === before.nodes.x[i] && now.nodes.y[i] === before.nodes.y[i])));
    if (same) {
      now.nodes.id.forEach((id, i) => { // who is pinned meanwhile goes back to where the server knows him
        if (now.nodes.flags[i] & 1 && !(before.nodes.flags[i] & 1)) this.hold(id, { x: now.nodes.x[i], y: now.nodes.y[i] });
      });
      for (const id of [...moves.keys()]) if (!this.held.has(id)) moves.delete(id);
      return;
    }
    this.halt();
    this.tell([], { given: true });
    this.view.live.textContent = this.view.words.unordered;
  }

  show(share) {
    const { words, live } = this.view;
    const percent = Math.floor(share * 100);
    this.text.textContent = words.ordering.replace("{share}", percent);
    this.bar.hidden = false;
    this.bar.value = percent;
    this.bar.setAttribute("aria-label", words.forces);
    this.button.textContent = words.halt;
    this.box.hidden = false;
    if (percent < this.said + 25) return;
    this.said = percent;
    live.textContent = this.text.textContent;
  }

  hide() {
    const focused = this.box.getRootNode().activeElement === this.button;
    this.box.hidden = true;
    this.view.renderer.getCamera().off("updated", this.leave);
    if (focused) this.view.host.focus({ preventScroll: true });
  }

  // The picture is left: what the server still asks for when it comes back is done then, from the start.
  close() {
    if (this.running) begun().delete(this.asked.id);
    this.halt();
  }

  halt() {
    this.worker?.terminate();
    this.worker = null;
    this.hide();
  }
}

// How are several nodes selected at once?  In a box (shift and drag, or its button), or with a lasso.

function inside(polygon, { x, y }) {
  let found = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [a, b] = [polygon[i], polygon[j]];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) found = !found;
  }
  return found;
}

export class Choosing {
  constructor(view, root) {
    this.view = view;
    this.mode = null;
    this.layer = root.querySelector(".canvas-lasso");
    this.path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const stage = root.querySelector(".canvas-stage");
    stage.addEventListener("pointerdown", (event) => this.begin(event), { capture: true });
    for (const type of ["mousedown", "touchstart"])
      stage.addEventListener(type, (event) => { if (this.drawing) { event.stopPropagation(); event.preventDefault(); } }, { capture: true });
  }

  turn(mode) {
    this.mode = this.mode === mode ? null : mode;
    return this.mode;
  }

  begin(event) {
    const { view } = this;
    const shape = this.mode ?? (event.shiftKey && view.highlight.hovered === null ? "box" : null);
    if (!shape || event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    view.host.focus({ preventScroll: true });
    const point = (now) => {
      const box = view.host.getBoundingClientRect();
      return { x: now.clientX - box.x - view.host.clientLeft, y: now.clientY - box.y - view.host.clientTop };
    };
    const first = point(event);
    let polygon = [first];
    this.drawing = true;
    this.layer.append(this.path);
    this.path.setAttribute("d", "");
    const move = (now) => {
      const { x, y } = point(now);
      if (shape === "box") polygon = [first, { x, y: first.y }, { x, y }, { x: first.x, y }];
      else polygon.push({ x, y });
      this.path.setAttribute("d", `M${polygon.map((p) => `${p.x} ${p.y}`).join("L")}Z`);
    };
    const end = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      this.path.remove();
      setTimeout(() => { this.drawing = false; });
      if (polygon.length < 3 || view.closed) return;
      const { renderer, graph } = view;
      const found = graph.filterNodes((_id, a) => inside(polygon, renderer.graphToViewport(a)));
      view.choose(event.ctrlKey || event.metaKey || (event.shiftKey && this.mode) ? [...view.highlight.chosen, ...found] : found);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
  }
}

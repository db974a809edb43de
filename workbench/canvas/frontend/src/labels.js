// Which nodes and links are named on the picture, and on which side?  No name covers another name or a node not its own.

const SIDES = ["right", "left", "below", "above"];
const CELL = 48; // pixels of a cell of the grid in which boxes are looked for
const AREA = 2600; // pixels a name has for itself at least: more names than that are noise
const FEW_ABOUT = 2; // so many members of leads are named in any case where their names cover no other
const FEW = 12; // so many selected nodes, or nodes of paths, are named in any case; of more, those there is room for
const NAME = 100; // nodes a covered name counts for
const REST_MS = 90; // a camera that has not moved for so long rests
const ANSWER_MS = 400; // where a processor draws, names wait so long for the server's answer, which is read first

const LINE = 16; // pixels
const STEEP = Math.PI / 3; // of a line steeper than that the words are level: nobody reads them from below
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]; // of the way from one end to the other

// The way that a link points on the screen.
function pointing(from, to) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return Math.abs(x) >= Math.abs(y) ? (x > 0 ? "→" : "←") : y > 0 ? "↓" : "↑";
}

// What a line says: of several links that are chosen or pointed at each by itself, else the first and how many.
function lines({ label, said }, whole, a, b) {
  if (!whole || said.length < 2) return [label];
  return said.map(({ label: text, arrow, back }) => (arrow ? `${back ? pointing(b, a) : pointing(a, b)} ${text}` : text));
}

// Level words are whole where their middle would be too near an edge of the canvas.
const inside = (x, wide, width) => (x < 0 || x > width ? x : Math.max(Math.min(x, width - wide), wide));

// Words in the middle of which a line is: turned with it and upright, so that many cross and each is read on its own.
// They take room in squares as high as they are.  Level where the line is too short for them, or too steep.
function laid(a, b, share, wide, width) {
  let x = a.x + (b.x - a.x) * share;
  const y = a.y + (b.y - a.y) * share;
  const [across, down] = [b.x - a.x, b.y - a.y];
  const long = Math.hypot(across, down);
  const turned = Math.atan(down / across);
  const angle = long < 2 * wide || Math.abs(turned) > STEEP ? 0 : turned;
  if (!angle) x = inside(x, wide, width);
  const reach = Math.max(wide - LINE / 2, 0);
  const steps = Math.ceil(reach / (LINE / 4));
  const parts = Array.from({ length: steps + 1 }, (_none, i) => {
    const far = steps ? reach * ((2 * i) / steps - 1) : 0;
    const [u, v] = [x + Math.cos(angle) * far, y + Math.sin(angle) * far];
    return { x0: u - LINE / 2, x1: u + LINE / 2, y0: v - LINE / 2, y1: v + LINE / 2 };
  });
  return { x, y, angle, parts };
}

const overlap = (one, other) => one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1;

// Boxes by the cells they touch.
class Grid {
  constructor() { this.cells = new Map(); }

  add(box) {
    for (let x = Math.floor(box.x0 / CELL); x <= Math.floor(box.x1 / CELL); x++)
      for (let y = Math.floor(box.y0 / CELL); y <= Math.floor(box.y1 / CELL); y++) {
        const key = x * 65536 + y;
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
  }

  // How many boxes of others this one covers; no further than ``most``: where thousands stand, one says it.
  hits(box, except = null, most = 1) {
    const found = new Set();
    for (let x = Math.floor(box.x0 / CELL); x <= Math.floor(box.x1 / CELL); x++)
      for (let y = Math.floor(box.y0 / CELL); y <= Math.floor(box.y1 / CELL); y++) {
        const cell = this.cells.get(x * 65536 + y);
        if (!cell) continue;
        for (const other of cell)
          if (other.owner !== except && overlap(box, other)) {
            found.add(other);
            if (found.size >= most) return found.size;
          }
      }
    return found.size;
  }
}

export class Labels {
  constructor(view) {
    this.view = view;
    this.shown = true; // whether nodes are named at all, but for the selected, the hovered and the pinned
    this.edges = false; // whether every link that says something is asked to say it
    this.at = new Map(); // token -> side, of those that are named
    this.linkBoxes = [];
    this.hoveredEdge = null;
    this.layer = document.createElement("canvas");
    this.layer.className = "canvas-links";
    this.layer.setAttribute("aria-hidden", "true");
    Object.assign(this.layer.style, { position: "absolute", inset: "0", width: "100%", height: "100%", pointerEvents: "none" });
    view.renderer.getContainer().append(this.layer);
    this.soon = () => {
      clearTimeout(this.waiting);
      const patience = view.renderer.slow && !view.acts.quiet ? ANSWER_MS : REST_MS;
      // a slow machine may need longer than that for one step of a glide
      this.waiting = setTimeout(() => (view.renderer.getCamera().isAnimating() ? this.soon() : this.place()), patience);
    };
    view.renderer.getCamera().on("updated", this.soon);
    view.renderer.on("resize", this.soon);
    view.renderer.on("afterRender", () => this.drawLinks());
  }

  // The link that is pointed at.
  over(edge) {
    if (edge === this.hoveredEdge) return;
    this.hoveredEdge = edge;
    this.soon();
  }

  close() {
    clearTimeout(this.waiting);
    this.view.renderer.getCamera().off("updated", this.soon);
    this.layer.remove();
  }

  // The box of a node's name on a side, in pixels of the canvas: as the renderer itself measures it.
  box(token, side, centre, radius) {
    const data = { ...this.view.renderer.getNodeDisplayData(token), labelPosition: side, labelVisibility: "visible" };
    const box = this.view.renderer.labelRenderer.nodeLabelBox(data, radius);
    return box && { x0: centre.x + box.minX, x1: centre.x + box.maxX, y0: centre.y + box.minY, y1: centre.y + box.maxY, owner: token };
  }

  // Every node in sight: where, how large, how much its name matters.
  _seen() {
    const { renderer, highlight } = this.view;
    const graph = renderer.getGraph();
    const { width, height } = renderer.getDimensions();
    const seen = [];
    const abouts = graph.filterNodes((_token, { worth }) => worth === 3).length;
    graph.forEachNode((token, attributes) => {
      const data = renderer.getNodeDisplayData(token);
      if (!data || data.visibility === "hidden") return;
      const { x, y } = renderer.graphToViewport(attributes);
      const radius = renderer.scaleSize(data.size);
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) return;
      const state = renderer.getNodeState(token);
      const chosen = highlight.chosen.has(token);
      const about = attributes.worth === 3 && abouts <= FEW_ABOUT;
      const few = (chosen && highlight.chosen.size <= FEW) || (state.onPath && highlight.path.nodes.size <= FEW);
      const always = few || token === highlight.cursor || token === highlight.hovered || Boolean(attributes.pinned);
      const worth = (always ? 1e6 : 0) + (chosen || state.onPath ? 1e5 : 0) + (state.near ? 1e4 : 0) + (attributes.worth ?? 0) * 1e3 + attributes.size;
      seen.push({ token, x, y, radius, always, worth, about, quiet: Boolean(state.faded) && !always });
    });
    return seen.sort((a, b) => b.worth - a.worth || (a.token < b.token ? -1 : 1));
  }

  // What lies over the picture, and what is written under it: buttons and legend, titles of groups, times.
  _covered() {
    const { host } = this.view;
    const at = host.getBoundingClientRect();
    return [...host.querySelectorAll(".canvas-tools, .canvas-legend")].map((element) => {
      const box = element.getBoundingClientRect();
      return { x0: box.left - at.left - 2, x1: box.right - at.left + 2, y0: box.top - at.top - 2, y1: box.bottom - at.top + 2, owner: element };
    }).filter((box) => box.x1 - box.x0 > 8).concat(this.view.overlay.written);
  }

  place() {
    clearTimeout(this.waiting);
    const { renderer } = this.view;
    const seen = this._seen();
    const nodes = new Grid();
    for (const one of seen)
      nodes.add({ x0: one.x - one.radius, x1: one.x + one.radius, y0: one.y - one.radius, y1: one.y + one.radius, owner: one.token });
    for (const box of this._covered()) nodes.add(box);
    let { at, names } = this._named(seen, nodes);
    if (this.view.overlay.notes.settle(nodes, names)) ({ at, names } = this._named(seen, nodes)); // words of a person come first
    for (const box of this.view.overlay.notes.boxes) names.add(box); // neither counts nor words of links lie under them
    this.grids = { nodes, names };
    this._apply(at);
    this.counts = this.view.overlay.settle(names, nodes);
    for (const box of this.counts) nodes.add(box);
    const before = this._linksSaid();
    this._placeLinks();
    // names that changed are drawn by their states; links' words are drawn with the next frame
    if (this._linksSaid() !== before) renderer.scheduleRender();
  }

  // On which side each node is named that is, and the boxes of these names.
  _named(seen, nodes) {
    const { width, height } = this.view.renderer.getDimensions();
    const names = new Grid();
    const most = Math.max(20, Math.floor((width * height) / AREA));
    const at = new Map();
    for (const one of seen) {
      if (one.quiet || ((at.size >= most || !this.shown) && !one.always)) continue;
      let [best, fewest] = [null, Infinity];
      for (const side of SIDES) {
        const box = this.box(one.token, side, one, one.radius);
        if (!box) break;
        const out = box.x0 < 0 || box.y0 < 0 || box.x1 > width || box.y1 > height;
        const counted = one.always || one.about ? Infinity : 1; // what is named in any case takes the best side, others a free one
        const hits = names.hits(box, one.token, counted) * NAME + nodes.hits(box, one.token, counted) + (out ? 2 : 0);
        if (hits < fewest) [best, fewest] = [{ side, box }, hits];
        if (hits === 0) break;
      }
      if (best && (fewest === 0 || one.always || (one.about && fewest < NAME))) {
        at.set(one.token, best.side);
        names.add(best.box);
      }
    }
    return { at, names };
  }

  _linksSaid() { return this.linkBoxes.map(({ edge, share, own }) => `${edge} ${share} ${own}`).join(); }

  _apply(at) {
    const { renderer } = this.view;
    const before = this.at;
    this.at = at;
    for (const token of before.keys())
      if (!at.has(token) && renderer.getGraph().hasNode(token)) renderer.setNodeState(token, { named: "" });
    for (const [token, side] of at) if (before.get(token) !== side) renderer.setNodeState(token, { named: side });
  }

  // What links say: of the chosen or hovered one always, of the others where asked; never over a name or a node.
  _placeLinks() {
    const { renderer, highlight, theme } = this.view;
    const graph = renderer.getGraph();
    const { width, height } = renderer.getDimensions();
    const wanted = [];
    const { centre } = highlight;
    graph.forEachEdge((edge, attributes, source, target) => {
      if (!attributes.label || attributes.hidden) return;
      const data = renderer.getEdgeDisplayData(edge);
      if (!data || data.visibility === "hidden") return;
      const own = edge === highlight.edge || edge === this.hoveredEdge;
      const near = centre !== null && (centre === source || centre === target);
      if (!own && !near && (!this.edges || attributes.quiet)) return;
      wanted.push({ edge, attributes, source, target, worth: (own ? 1e3 : 0) + (near ? 100 : 0) + attributes.width, always: own });
    });
    wanted.sort((a, b) => b.worth - a.worth || (a.edge < b.edge ? -1 : 1));
    this.linkBoxes = [];
    if (!wanted.length) return;
    const context = this.layer.getContext("2d");
    context.font = `11px ${theme.font}`;
    for (const { edge, attributes, source, target, always } of wanted) {
      const [a, b] = [renderer.graphToViewport(graph.getNodeAttributes(source)), renderer.graphToViewport(graph.getNodeAttributes(target))];
      const told = lines(attributes, always, a, b);
      const wide = Math.max(...told.map((text) => this._width(context, text))) / 2 + 4;
      const high = (told.length * LINE) / 2;
      const at = (share) => {
        const { x: here, y, parts } = laid(a, b, share, wide, width);
        const x = always ? inside(here, wide, width) : here;
        if (x < 0 || y < 0 || x > width || y > height) return null;
        const level = { x0: x - wide, x1: x + wide, y0: y - high, y1: y + high };
        return { edge, share, told, wide, own: always, x, y, parts: (always ? [level] : parts).map((box) => ({ ...box, owner: edge })) };
      };
      const found = SHARES.map(at).filter(Boolean);
      const box = found.find((one) => !this._covers(one, 1)) ?? (always ? this._barest(found) : null);
      if (!box) continue;
      for (const part of box.parts) this.grids.names.add(part);
      this.linkBoxes.push(box);
    }
  }

  // How many names and nodes words would cover; no further than ``most`` of each.
  _covers({ parts }, most) {
    const { names, nodes } = this.grids;
    return parts.reduce((sum, part) => sum + names.hits(part, null, most) + nodes.hits(part, null, most), 0);
  }

  // Where what is said in any case covers the fewest.
  _barest(found) {
    const hits = new Map(found.map((one) => [one, this._covers(one, Infinity)]));
    return found.sort((one, other) => hits.get(one) - hits.get(other))[0];
  }

  // In pixels; thousands of links say the same.
  _width(context, text) {
    if (this.measured?.font !== context.font) this.measured = { font: context.font, widths: new Map() };
    const { widths } = this.measured;
    if (!widths.has(text)) widths.set(text, context.measureText(text).width);
    return widths.get(text);
  }

  drawLinks() {
    if (!this.linkBoxes.length && this.clean) return;
    this.clean = !this.linkBoxes.length;
    const { renderer, theme } = this.view;
    const graph = renderer.getGraph();
    const { width, height } = renderer.getDimensions();
    const scale = window.devicePixelRatio || 1;
    if (this.layer.width !== Math.round(width * scale) || this.layer.height !== Math.round(height * scale)) {
      this.layer.width = Math.round(width * scale);
      this.layer.height = Math.round(height * scale);
    }
    const context = this.layer.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!this.linkBoxes.length) return;
    context.font = `11px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { edge, share, told, own, wide } of this.linkBoxes) {
      if (!graph.hasEdge(edge)) continue;
      const [source, target] = graph.extremities(edge);
      const [a, b] = [renderer.graphToViewport(graph.getNodeAttributes(source)), renderer.graphToViewport(graph.getNodeAttributes(target))];
      const { x, y, angle } = laid(a, b, share, wide, width);
      const top = -(told.length * LINE) / 2;
      context.save();
      context.translate(own ? inside(x, wide, width) : x, y);
      if (!own) context.rotate(angle);
      context.fillStyle = theme.background;
      context.globalAlpha = 0.88;
      context.fillRect(-wide, top, 2 * wide, told.length * LINE);
      context.globalAlpha = 1;
      context.strokeStyle = theme.accent;
      if (own) context.strokeRect(-wide, top, 2 * wide, told.length * LINE);
      context.fillStyle = theme.text;
      told.forEach((text, i) => context.fillText(text, 0, top + (i + 0.5) * LINE));
      context.restore();
    }
  }

  // What is named now and where, for whoever checks it: boxes of names, of links' words, of nodes, of counts.
  boxes() {
    const { renderer } = this.view;
    const graph = renderer.getGraph();
    const [names, nodes] = [[], []];
    const { width, height } = renderer.getDimensions();
    const shown = renderer.getNodeDisplayedLabels();
    graph.forEachNode((token, attributes) => {
      const data = renderer.getNodeDisplayData(token);
      const centre = renderer.graphToViewport(attributes);
      const radius = renderer.scaleSize(data.size);
      if (data.visibility === "hidden" || centre.x < 0 || centre.y < 0 || centre.x > width || centre.y > height) return;
      nodes.push({ x0: centre.x - radius, x1: centre.x + radius, y0: centre.y - radius, y1: centre.y + radius, owner: token });
      if (shown.has(token)) names.push(this.box(token, data.labelPosition, centre, radius));
    });
    return { names, nodes, links: this.linkBoxes.flatMap(({ parts }) => parts), counts: this.counts };
  }
}

// Where do forces bring these nodes?  ForceAtlas2, then Noverlap: the same start gives the same end, and what is fixed stays.
/*! graphology-layout-forceatlas2 and graphology-layout-noverlap: MIT licence, (c) Guillaume Plique */
import attract from "graphology-layout-forceatlas2/iterate.js";
import part from "graphology-layout-noverlap/iterate.js";

// What a node takes in the table of ForceAtlas2, and in that of Noverlap.
const [NODE, DISC] = [10, 3];
const [MASS, FIXED] = [6, 9];
const RADIUS = 0.5; // of the room that a node takes at least: the server's layouts hold nodes a unit apart
const FULL = 0.2; // of the picture's area, that discs may take: more of them, and they are drawn over each other
const SQUARE = 1200; // more nodes, and far ones count together
const BLOCK = 2; // between nodes without links, which stand in a block
const CALM = 1; // times slower than they begin do nodes move at the end
const LATE = 0.1; // of the work, that parting is
// Forces at which linked nodes stand as far apart as in the server's layouts: a picture grows by these, too.
const SETTINGS = {
  linLogMode: false, outboundAttractionDistribution: false, adjustSizes: false, edgeWeightInfluence: 0,
  scalingRatio: 0.6, strongGravityMode: true, gravity: 0.3, barnesHutTheta: 0.9,
};

// So many steps: of few nodes more, which cost nothing; no clock, or the end would hang on the machine.
const within = (least, number, most) => Math.round(Math.min(most, Math.max(least, number)));
const steps = (nodes) => within(100, 400_000 / Math.max(nodes, 1), 400);
const partings = (nodes) => within(40, 200_000 / Math.max(nodes, 1), 300);

// Numbers between 0 and 1 that look like none in particular, the same each time.
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

export class Forces {
  // Columns of places, sizes (pixels) and links (numbers of nodes); `fixed` says 1 of those that stay; `whole`: is it all
  // of a picture, that will be drawn in a `room` of so many pixels?
  constructor({ x, y, size, fixed, source, target, whole, room }) {
    [this.pixels, this.room] = [size, room];
    this.size = x.length;
    // Noverlap moves the later one of two: what is fixed comes first
    this.order = Uint32Array.from(x.keys()).sort((a, b) => fixed[b] - fixed[a] || a - b);
    this.at = new Uint32Array(this.size);
    this.order.forEach((node, at) => { this.at[node] = at; });
    this.x = Float64Array.from(x);
    this.y = Float64Array.from(y);
    this.fixed = Uint8Array.from(fixed);
    const free = [...this.order].filter((node) => !fixed[node]);
    const middle = (values) => (free.length ? (least(free.map((i) => values[i])) + most(free.map((i) => values[i]))) / 2 : 0);
    [this.cx, this.cy] = [middle(x), middle(y)]; // to where gravity pulls
    this.nodes = new Float32Array(this.size * NODE);
    this.order.forEach((node, at) => this.nodes.set([x[node] - this.cx, y[node] - this.cy, 0, 0, 0, 0, 1, 1, 1, fixed[node]], at * NODE));
    this.links = this.linked(source, target);
    this.alone = whole ? free.filter((node) => this.mass(node) === 1) : [];
    for (const node of this.alone) { // until they are put in their block they are not felt
      this.nodes[this.at[node] * NODE + MASS] = 1e-6;
      this.nodes[this.at[node] * NODE + FIXED] = 1;
    }
    this.scatter();
    [this.total, this.lately, this.done, this.parted] = [steps(this.size), partings(this.size), 0, 0];
    if (this.alone.length === this.size) this.done = this.total;
    this.settings = { ...SETTINGS, barnesHutOptimize: this.size > SQUARE };
  }

  mass(node) { return this.nodes[this.at[node] * NODE + MASS]; }

  // Every two nodes that are linked, once; a node is as heavy as it has neighbours.
  linked(source, target) {
    const pairs = new Set();
    const found = [];
    for (let i = 0; i < source.length; i++) {
      const [a, b] = [Math.min(source[i], target[i]), Math.max(source[i], target[i])];
      if (a === b || pairs.has(a * this.size + b)) continue;
      pairs.add(a * this.size + b);
      const [one, other] = [this.at[a] * NODE, this.at[b] * NODE];
      this.nodes[one + MASS] += 1;
      this.nodes[other + MASS] += 1;
      found.push(one, other, 1);
    }
    return Float32Array.from(found);
  }

  // No force is felt between two nodes at one place: the later one steps aside.
  scatter() {
    const taken = new Set();
    const random = seeded(7);
    for (let i = 0; i < this.nodes.length; i += NODE) {
      const name = () => `${this.nodes[i].toFixed(3)} ${this.nodes[i + 1].toFixed(3)}`;
      while (taken.has(name()) && !this.nodes[i + FIXED]) {
        this.nodes[i] += random() - 0.5;
        this.nodes[i + 1] += random() - 0.5;
      }
      taken.add(name());
    }
  }

  get share() { return (1 - LATE) * (this.done / this.total) + LATE * (this.parted / this.lately); }

  // One step further; false when there is none.
  step() {
    if (this.done < this.total) {
      this.settings.slowDown = (1 + Math.log(this.size)) * (1 + CALM * (this.done / this.total)); // or heavy nodes swing on
      attract(this.settings, this.nodes, this.links);
      this.done += 1;
      return true;
    }
    if (!this.discs) this.part();
    if (this.parted < this.lately) this.apart();
    return this.parted < this.lately;
  }

  // Forces have done their part: what has no link stands in a block beside the others, and nobody too near to another.
  part() {
    const others = [...this.order.keys()].filter((at) => this.fixed[this.order[at]] || this.nodes[at * NODE + FIXED] !== 1);
    const wide = Math.max(BLOCK, 2.4 * this.unit(others) * most(this.alone.map((node) => this.pixels[node])));
    const side = Math.ceil(Math.sqrt(this.alone.length));
    const corner = (axis) => most(others.map((at) => this.nodes[at * NODE + axis]));
    const [left, top] = others.length ? [corner(0) + 2 * wide, corner(1)] : [-((side - 1) / 2) * wide, ((side - 1) / 2) * wide];
    this.alone.forEach((node, i) => {
      const at = this.at[node] * NODE;
      if (this.fixed[node]) return;
      this.nodes.set([left + (i % side) * wide, top - Math.floor(i / side) * wide], at);
      this.nodes[at + FIXED] = 0;
    });
    this.discs = new Float32Array(this.size * DISC);
    this.radii().forEach((radius, at) => this.discs.set([this.nodes[at * NODE], this.nodes[at * NODE + 1], radius], at * DISC));
    this.grid = { gridSize: Math.max(1, Math.ceil(Math.sqrt(this.size))), margin: 0, ratio: 1, expansion: 1.1, speed: 1 };
  }

  extent(some, axis) {
    const values = some.map((at) => this.nodes[at * NODE + axis]);
    return some.length ? Math.max(most(values) - least(values), 1) : 1;
  }

  // How far it is across a pixel, once these are drawn.
  unit(some) {
    return this.room.unit ?? Math.max(this.extent(some, 0) / this.room.width, this.extent(some, 1) / this.room.height);
  }

  // As large as they will be drawn, where there is room for that.
  radii() {
    const all = [...this.order.keys()];
    const unit = this.unit(all);
    const wanted = all.map((at) => this.pixels[this.order[at]] * unit);
    const taken = wanted.reduce((sum, radius) => sum + Math.PI * radius ** 2, 0);
    const fits = Math.min(1, Math.sqrt((FULL * this.extent(all, 0) * this.extent(all, 1)) / Math.max(taken, 1e-9)));
    return wanted.map((radius) => Math.max(RADIUS, radius * fits));
  }

  apart() {
    const { converged } = part(this.grid, this.discs);
    for (let at = 0; at < this.size; at++) {
      for (const axis of [0, 1]) {
        if (this.nodes[at * NODE + FIXED]) this.discs[at * DISC + axis] = this.nodes[at * NODE + axis];
        else this.nodes[at * NODE + axis] = this.discs[at * DISC + axis];
      }
    }
    this.parted = converged ? this.lately : this.parted + 1;
  }

  // Somebody put that node there meanwhile: it stays.
  hold(node, x, y) {
    [this.x[node], this.y[node], this.fixed[node]] = [x, y, 1];
    const at = this.at[node] * NODE;
    this.nodes.set([x - this.cx, y - this.cy], at);
    this.nodes[at + FIXED] = 1;
    this.discs?.set([x - this.cx, y - this.cy], this.at[node] * DISC);
  }

  // Where all stand now, in the order in which they came; what is fixed where it was, to the last digit.
  places() {
    const [x, y] = [Float64Array.from(this.x), Float64Array.from(this.y)];
    for (let node = 0; node < this.size; node++) {
      if (this.fixed[node]) continue;
      const at = this.at[node] * NODE;
      x[node] = this.nodes[at] + this.cx;
      y[node] = this.nodes[at + 1] + this.cy;
    }
    return { x, y };
  }
}

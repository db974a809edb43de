// What stands out?  What is selected, the hovered or only selected node with its neighbours, and paths.

export class Highlight {
  constructor(renderer, changed) {
    this.renderer = renderer;
    this.changed = changed;
    this.hovered = null;
    this.chosen = new Set();
    this.cursor = null;
    this.edge = null;
    this.path = { nodes: new Set(), edges: new Set() };
    this.plain = true; // nothing stands out: as whatever comes onto a picture stands
  }

  // The node that is selected alone.
  get only() { return this.chosen.size === 1 ? [...this.chosen][0] : null; }

  // Whose neighbours stand out; an end of a lit path that is selected is none, or all around it would stand out too.
  get centre() {
    const { only } = this;
    return this.hovered ?? this.cursor ?? (only !== null && this.path.nodes.has(only) ? null : only);
  }

  set(change) {
    Object.assign(this, change);
    const graph = this.renderer.getGraph();
    for (const name of ["hovered", "cursor"]) if (this[name] && !graph.hasNode(this[name])) this[name] = null;
    for (const node of this.chosen) if (!graph.hasNode(node)) this.chosen.delete(node);
    if (this.edge && !graph.hasEdge(this.edge)) this.edge = null;
    const { centre } = this;
    const near = centre ? new Set([centre, ...graph.neighbors(centre)]) : null;
    const path = this.path.nodes.size ? this.path : null;
    const plain = !centre && !path && !this.chosen.size && !this.edge && !this.path.edges.size;
    if (plain && this.plain) { this.changed(); return; } // else every node and link of a first picture would be told so
    this.plain = plain;
    graph.forEachNode((node) => {
      const onPath = Boolean(path?.nodes.has(node));
      const chosen = this.chosen.has(node);
      this.renderer.setNodeState(node, {
        chosen,
        cursor: node === this.cursor,
        near: Boolean(near?.has(node)) && near.size <= 40,
        onPath,
        faded: !chosen && (near ? !near.has(node) && !onPath : Boolean(path) && !onPath),
      });
    });
    graph.forEachEdge((edge, _attributes, source, target) => {
      const onPath = Boolean(path?.edges.has(edge));
      const touches = centre === source || centre === target;
      this.renderer.setEdgeState(edge, {
        onPath,
        chosen: edge === this.edge,
        near: Boolean(centre) && touches,
        faded: centre ? !touches && !onPath : Boolean(path) && !onPath,
      });
    });
    this.changed();
  }
}

// What stands out?  The hovered or chosen node with its neighbours, and the path between two.

export class Highlight {
  constructor(renderer) {
    this.renderer = renderer;
    this.centre = null;
    this.chosen = null;
    this.cursor = null;
    this.edge = null;
    this.path = { nodes: new Set(), edges: new Set() };
  }

  set(change) {
    Object.assign(this, change);
    const graph = this.renderer.getGraph();
    for (const name of ["centre", "chosen", "cursor"]) if (this[name] && !graph.hasNode(this[name])) this[name] = null;
    if (this.edge && !graph.hasEdge(this.edge)) this.edge = null;
    const centre = this.centre;
    const near = centre ? new Set([centre, ...graph.neighbors(centre)]) : null;
    const path = this.path.nodes.size ? this.path : null;
    graph.forEachNode((node) => {
      const onPath = Boolean(path?.nodes.has(node));
      this.renderer.setNodeState(node, {
        chosen: node === this.chosen,
        cursor: node === this.cursor,
        near: Boolean(near?.has(node)) && near.size <= 40,
        onPath,
        faded: near ? !near.has(node) && !onPath : Boolean(path) && !onPath,
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
  }
}

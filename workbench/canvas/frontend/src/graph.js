// What has changed between the graph on screen and the new payload?  Only that is touched; nothing else moves.

function nodeAttributes(payload, i) {
  const { nodes, kinds } = payload;
  const kind = kinds[nodes.kind[i]];
  return { label: nodes.label[i], size: nodes.size[i], color: kind.color, shape: kind.shape };
}

export function sync(graph, payload, { rearrange }) {
  const { nodes, edges, types } = payload;
  const wanted = new Set(nodes.id);
  const wantedEdges = new Set(edges.id);
  graph.forEachEdge((edge) => { if (!wantedEdges.has(edge)) graph.dropEdge(edge); });
  graph.forEachNode((node) => { if (!wanted.has(node)) graph.dropNode(node); });
  const fresh = [];
  for (let i = 0; i < nodes.id.length; i++) {
    const id = nodes.id[i];
    const attributes = nodeAttributes(payload, i);
    if (!graph.hasNode(id)) {
      graph.addNode(id, { ...attributes, x: nodes.x[i], y: nodes.y[i] });
      fresh.push(id);
    } else {
      graph.mergeNodeAttributes(id, rearrange ? { ...attributes, x: nodes.x[i], y: nodes.y[i] } : attributes);
    }
  }
  for (let i = 0; i < edges.id.length; i++) {
    const attributes = { width: edges.width[i], arrow: types[edges.type[i]].arrow };
    if (graph.hasEdge(edges.id[i])) graph.mergeEdgeAttributes(edges.id[i], attributes);
    else graph.addEdgeWithKey(edges.id[i], nodes.id[edges.source[i]], nodes.id[edges.target[i]], attributes);
  }
  return fresh;
}

"use strict";
// Draws what the data element holds; every text goes in as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e6edf3" : "#1b1f24";
  const outlines = Object.fromEntries(Object.entries(data.outlines).map(([name, path]) => [name, new Path2D(path)]));
  // Each node in its own outline, its name to the right, as the workbench draws them.
  const draw = (node) => ({ ctx, x, y, state: { selected } }) => ({
    drawNode() {
      ctx.save();
      ctx.translate(x - node.size, y - node.size);
      ctx.scale(node.size / 8, node.size / 8);
      ctx.fillStyle = node.color;
      ctx.fill(outlines[node.outline], "evenodd");
      if (selected) { ctx.strokeStyle = ink; ctx.lineWidth = 16 / node.size; ctx.stroke(outlines[node.outline]); }
      ctx.restore();
      ctx.font = "14px sans-serif";
      ctx.fillStyle = ink;
      ctx.textBaseline = "middle";
      ctx.fillText(node.label, x + node.size + 4, y);
    },
    nodeDimensions: { width: 2 * node.size, height: 2 * node.size },
  });
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, ctxRenderer: draw(node) })));
  const edges = new vis.DataSet(data.edges);
  const options = { ...data.options };
  options.nodes = { ...options.nodes, font: { color: ink, multi: false } };
  const network = new vis.Network(document.getElementById("picture"), { nodes, edges }, options);
  const show = (heading, pairs) => {
    document.getElementById("chosen").textContent = heading;
    const list = document.getElementById("details");
    list.replaceChildren();
    for (const [name, value] of pairs) {
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = name;
      text.textContent = value;
      list.append(term, text);
    }
  };
  network.on("selectNode", (event) => show(...data.details.nodes[event.nodes[0]]));
  network.on("selectEdge", (event) => {
    if (event.nodes.length === 0) show(...data.details.edges[event.edges[0]]);
  });
  network.on("deselectNode", () => show("Select a node or a relationship", []));
  window.filature = { network, nodes, edges };
  document.body.dataset.ready = "true";
})();

"use strict";
// Draws what the data element holds; every text goes in as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const options = { ...data.options };
  options.nodes = { ...options.nodes, font: { color: dark ? "#e6edf3" : "#1b1f24", multi: false } };
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

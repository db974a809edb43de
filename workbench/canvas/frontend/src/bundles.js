// Which line stands for all links between two nodes?  The one that says most; behind it stands what the others are.

// By token of every link of the payload: what its line is drawn with; a link that another stands for is not seen.
// ``said``: what each of several says, told where the line is chosen or pointed at.
export function bundles(payload) {
  const { nodes, edges, types } = payload;
  const pairs = new Map();
  for (let i = 0; i < edges.id.length; i++) {
    const [a, b] = [edges.source[i], edges.target[i]];
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(i);
  }
  const drawn = new Map();
  for (const held of pairs.values()) {
    // a lead's own link first (0 is plain, 1 faint, 2 the lead's), then the heaviest
    held.sort((i, j) => rank(edges.quiet[j]) - rank(edges.quiet[i]) || edges.width[j] - edges.width[i] || i - j);
    const [first] = held;
    const arrows = held.filter((i) => types[edges.type[i]].arrow);
    const both = arrows.some((i) => edges.source[i] !== edges.source[first]);
    const label = edges.label[first];
    const said = held.length > 1 ? held.filter((i) => edges.label[i]).map((i) => ({
      label: edges.label[i], arrow: types[edges.type[i]].arrow, back: edges.source[i] !== edges.source[first],
    })) : [];
    held.forEach((i, place) => drawn.set(edges.id[i], {
      width: Math.max(...held.map((j) => edges.width[j])),
      arrow: arrows.some((j) => edges.source[j] === edges.source[first]), back: both,
      said, label: held.length === 1 ? label : label ? behind(label, edges.behind[first]) : `×${held.length}`,
      quiet: edges.quiet[first] === 1, strong: edges.quiet[first] === 2,
      hidden: place > 0, bundle: edges.id[first],
    }));
  }
  return drawn;
}

// What the others of the line come to: a number beside the first one's words would read as so many times those.
function behind(label, told) {
  return told ? `${label} · ${told}` : label;
}

function rank(quiet) {
  return quiet === 2 ? 2 : quiet === 1 ? 0 : 1;
}

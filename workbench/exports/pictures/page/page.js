"use strict";
// Draws what the data element holds; every text goes in as text, never as markup.
(() => {
  // The corners of the convex hull, in order (Andrew's monotone chain).
  const hull = (points) => {
    const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
    const half = (list) => {
      const kept = [];
      for (const p of list) {
        while (kept.length > 1) {
          const [a, b] = kept.slice(-2);
          if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0) break;
          kept.pop();
        }
        kept.push(p);
      }
      return kept.slice(0, -1);
    };
    return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
  };
  // No smaller than 8 pixels of the screen where a large picture is seen whole; seen from near no larger than written, so
  // that what had no room has it there.
  const height = (ctx, written, least = 8) => {
    const pixel = devicePixelRatio / ctx.getTransform().a;
    return Math.max(written * Math.min(1, pixel), least * pixel);
  };
  const READ = 12; // pixels of the screen: notes and titles of groups
  const STEEP = Math.PI / 3; // of a line steeper than that the words are level, as on the canvas
  const font = (ctx, written) => `${height(ctx, written)}px sans-serif`;
  const wrapped = (ctx, text, width) => text.split("\n").flatMap((line) => {
    const lines = [""];
    for (const word of line.split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (ctx.measureText(longer).width > width && lines.at(-1)) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  });
  const asked = document.getElementById("chosen").textContent; // in the page's language
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const [ink, paper] = dark ? ["#e6edf3", "#0d1117"] : ["#1b1f24", "#ffffff"];
  const channels = (color) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  // As the canvas does: a colour that is dim on a dark ground goes towards that of the text.
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const SEEN = { least: 4.5, share: 0.35 }; // contrast to the ground, and how far a colour of less goes
  const seen = (color) => {
    if (!dark || (luminance(color) + 0.05) / (luminance(paper) + 0.05) >= SEEN.least) return color;
    const [from, to] = [channels(color), channels(ink)];
    return `#${from.map((v, i) => Math.round(v + (to[i] - v) * SEEN.share).toString(16).padStart(2, "0")).join("")}`;
  };
  const outlines = Object.fromEntries(Object.entries(data.outlines).map(([name, path]) => [name, new Path2D(path)]));
  let names = new Map(); // by node where its name begins; of one without room nothing
  // Each node in its own outline, its name beside it, as the workbench draws them.
  const draw = (node, fill = seen(node.color)) => ({ ctx, x, y, state: { selected } }) => ({
    drawNode() {
      ctx.save();
      ctx.translate(x - node.size, y - node.size);
      ctx.scale(node.size / 8, node.size / 8);
      ctx.fillStyle = fill;
      ctx.fill(outlines[node.outline], "evenodd");
      if (node.mark) { ctx.strokeStyle = node.mark; ctx.lineWidth = 40 / node.size; ctx.stroke(outlines[node.outline]); }
      if (selected) { ctx.strokeStyle = ink; ctx.lineWidth = 16 / node.size; ctx.stroke(outlines[node.outline]); }
      ctx.restore();
    },
    // Over the arrows, which would hide its first letters.
    drawExternalLabel() {
      const at = names.get(node.id);
      if (!at) return;
      ctx.save();
      ctx.font = font(ctx, 14);
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 0.3 * height(ctx, 14);
      ctx.strokeStyle = paper;
      ctx.fillStyle = ink;
      ctx.strokeText(node.label, at.x0, at.y);
      ctx.fillText(node.label, at.x0, at.y);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * node.size, height: 2 * node.size },
  });
  // Boxes by the cells they touch: what is written stands where nothing else does.
  class Taken {
    constructor(cell) { this.cell = cell; this.cells = new Map(); }
    touched({ x0, y0, x1, y1 }) {
      const found = [];
      for (let x = Math.floor(x0 / this.cell); x <= Math.floor(x1 / this.cell); x++)
        for (let y = Math.floor(y0 / this.cell); y <= Math.floor(y1 / this.cell); y++) found.push(`${x} ${y}`);
      return found;
    }
    add(box) {
      for (const key of this.touched(box)) this.cells.set(key, [...(this.cells.get(key) ?? []), box]);
    }
    hit(box) {
      return this.touched(box).some((key) => (this.cells.get(key) ?? []).some((other) =>
        box.x0 < other.x1 && other.x0 < box.x1 && box.y0 < other.y1 && other.y0 < box.y1));
    }
  }
  // Names to the right of their nodes, else left, below or above, where they cover no node and no other name, nor run into
  // one: the chosen first, and in any case, then the largest.
  const named = (ctx, network, taken) => {
    ctx.font = font(ctx, 14);
    const half = 0.6 * height(ctx, 14), gap = half;
    const chosen = new Set(network.getSelectedNodes());
    const wanted = nodes.get().filter(({ label }) => label.trim());
    wanted.sort((a, b) => chosen.has(b.id) - chosen.has(a.id) || b.size - a.size || a.id - b.id);
    const found = new Map();
    for (const { id, label, size } of wanted) {
      const [{ x, y }, wide] = [network.getPosition(id), ctx.measureText(label).width];
      const boxes = [ // with the room that is left free beside each; its own node stands on the other side
        [x + size + 4, y, 0, gap], [x - size - 4 - wide, y, gap, 0],
        [x - wide / 2, y + size + half + 1, gap, gap], [x - wide / 2, y - size - half - 1, gap, gap],
      ].map(([x0, middle, before, after]) => (
        { x0, x1: x0 + wide, y0: middle - half, y1: middle + half, y: middle, before, after }
      ));
      const roomy = ({ before, after, ...box }) => ({ ...box, x0: box.x0 - before, x1: box.x1 + after });
      const free = boxes.find((box) => !taken.hit(roomy(box))) ?? (chosen.has(id) ? boxes[0] : null);
      if (!free) continue;
      taken.add(free);
      found.set(id, free);
    }
    document.getElementById("unnamed").hidden = found.size === wanted.length;
    return found;
  };
  // Words in the middle of which a line is, turned with it and upright, or level where it is too short or too steep; they
  // take room in squares as high as they are.
  const laid = (a, b, share, wide, half) => {
    const [across, down] = [b.x - a.x, b.y - a.y];
    const turned = Math.atan(down / across);
    const angle = Math.hypot(across, down) < 2 * wide || Math.abs(turned) > STEEP ? 0 : turned;
    const [x, y, reach] = [a.x + across * share, a.y + down * share, Math.max(wide - half, 0)];
    const steps = Math.ceil((2 * reach) / half);
    const parts = Array.from({ length: steps + 1 }, (_none, i) => {
      const far = steps ? reach * ((2 * i) / steps - 1) : 0;
      const [u, v] = [x + Math.cos(angle) * far, y + Math.sin(angle) * far];
      return { x0: u - half, x1: u + half, y0: v - half, y1: v + half };
    });
    return { x, y, angle, wide, half, parts };
  };
  // What links say, each on its line, where it covers no node, no name and no other words; of what is selected in any case.
  const placed = (ctx, network, taken) => {
    const chosen = new Set(network.getSelectedEdges());
    const picked = ({ edges }) => edges.some((id) => chosen.has(id));
    const own = (one) => chosen.size <= 12 && picked(one); // of more, as of a hub that is selected, what has room
    const wanted = data.said.filter((one) => one.always || picked(one)).sort((a, b) => picked(b) - picked(a));
    if (!wanted.length) return [];
    ctx.font = font(ctx, 11);
    const [half, found] = [height(ctx, 11) * 0.7, []];
    for (const one of wanted) {
      const { from, to } = edges.get(one.edges[0]);
      const [a, b] = [network.getPosition(from), network.getPosition(to)];
      const wide = ctx.measureText(one.text).width / 2 + half / 2;
      const places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map((share) => ({ text: one.text, ...laid(a, b, share, wide, half) }));
      const covered = places.map(({ parts }) => parts.filter((part) => taken.hit(part)).length);
      const least = Math.min(...covered);
      if (least && !own(one)) continue;
      const words = places[covered.indexOf(least)];
      for (const part of words.parts) taken.add(part);
      found.push(words);
    }
    return found;
  };
  // Where a group's title stands.
  const heading = (points) => {
    const xs = points.map(({ x }) => x);
    return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: Math.min(...points.map(({ y }) => y)) - 34 };
  };
  // What is to be seen of the picture, in its coordinates.
  const sight = (network) => {
    const { clientWidth, clientHeight } = document.getElementById("picture");
    const [from, to] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: clientWidth, y: clientHeight })];
    return { x0: from.x, x1: to.x, y0: from.y, y1: to.y };
  };
  const within = (box, room) => box.x0 >= room.x0 && box.x1 <= room.x1 && box.y0 >= room.y0 && box.y1 <= room.y1;
  // Notes, as large as their words, which are read without zooming, each at the nearest place where it covers no node and
  // no name; of one that stands in sight the nearest where all of it is.
  const slipped = (ctx, network, taken) => data.slips.map((slip) => {
    const room = sight(network);
    const seen = within({ x0: slip.x, x1: slip.x, y0: slip.y, y1: slip.y }, room);
    const scale = height(ctx, 14, READ) / 14;
    ctx.font = "14px sans-serif";
    const lines = wrapped(ctx, slip.text, 240);
    const wide = (Math.max(...lines.map((line) => ctx.measureText(line).width)) + 20) * scale;
    const high = (lines.length * 18 + 10) * scale;
    const [gap, step] = [4 * scale, 10 * scale];
    let at = null;
    const box = ({ x, y }) => ({ x0: x - gap, x1: x + wide + gap, y0: y - gap, y1: y + high + gap });
    search: for (let ring = 0; ring <= 60; ring++)
      for (let place = 0; place < (ring ? 16 : 1); place++) {
        const angle = (Math.PI * place) / 8;
        const there = { x: slip.x + ring * step * Math.cos(angle), y: slip.y + ring * step * Math.sin(angle) };
        if (taken.hit(box(there))) continue;
        at ??= there;
        if (seen && !within(box(there), room)) continue;
        at = there;
        break search;
      }
    at ??= { x: slip.x, y: slip.y };
    taken.add(box(at));
    return { ...slip, ...at, wide, high, scale, lines };
  });
  // Placed once for as long as nothing but the view moves: every frame is drawn anew.
  let state = "";
  const write = (ctx, network) => {
    const at = Object.values(network.getPositions()).map(({ x, y }) => `${x} ${y}`);
    const now = [network.getScale(), ...network.getSelectedNodes(), "", ...network.getSelectedEdges(), ...at].join();
    if (now === state) return;
    state = now;
    const taken = new Taken(4 * height(ctx, 14));
    for (const { id, size } of nodes.get()) {
      const { x, y } = network.getPosition(id);
      taken.add({ x0: x - size, x1: x + size, y0: y - size, y1: y + size });
    }
    for (const { title, members } of data.hulls) {
      const { x, y } = heading(members.map((id) => network.getPosition(id)));
      ctx.font = `600 ${height(ctx, 15, READ)}px sans-serif`;
      const [wide, high] = [ctx.measureText(title).width / 2, height(ctx, 15, READ)];
      if (title) taken.add({ x0: x - wide, x1: x + wide, y0: y - high, y1: y + 0.3 * high });
    }
    names = named(ctx, network, taken);
    filature.slips = slipped(ctx, network, taken);
    filature.words = placed(ctx, network, taken);
    filature.names = Object.fromEntries(names);
  };
  // A line over the height of the picture at each time whose words have room above, beside those before.
  const times = (ctx, network) => {
    if (!data.axis.length) return;
    const ys = Object.values(network.getPositions()).map(({ y }) => y);
    const pixel = devicePixelRatio / ctx.getTransform().a;
    const [top, low] = [Math.min(...ys) - 34 * pixel, Math.max(...ys) + 24 * pixel];
    let [free, before] = [-Infinity, ""];
    ctx.save();
    ctx.font = `${height(ctx, 12, READ)}px sans-serif`;
    ctx.strokeStyle = ctx.fillStyle = ink;
    ctx.lineWidth = pixel;
    ctx.setLineDash([2 * pixel, 4 * pixel]);
    for (const { x, text, whole, day } of data.axis) {
      if (x < free) continue;
      const words = day === before ? text : whole;
      ctx.globalAlpha = 0.25;
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, low);
      ctx.stroke();
      ctx.globalAlpha = 0.8;
      ctx.fillText(words, x + 4 * pixel, top);
      [free, before] = [x + ctx.measureText(words).width + 12 * pixel, day];
    }
    ctx.restore();
  };
  for (const mark of document.querySelectorAll("#legend path")) mark.setAttribute("fill", seen(mark.getAttribute("fill")));
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, ctxRenderer: draw(node) })));
  const edges = new vis.DataSet(data.edges);
  const options = { ...data.options };
  // Orange is of paths: what is selected has the colour of the text, and steps of paths keep theirs.
  options.edges = { ...options.edges, color: { ...options.edges.color, highlight: ink } };
  options.nodes = { ...options.nodes, font: { color: ink, multi: false } };
  const filature = (window.filature = { nodes, edges, slips: data.slips, hulls: data.hulls, words: [], names: {} });
  const network = (filature.network = new vis.Network(document.getElementById("picture"), { nodes, edges }, options));
  // What a person put on the picture: groups behind the nodes, notes beside them; behind all the times of one by time.
  network.on("beforeDrawing", (ctx) => {
    ctx.save();
    write(ctx, network);
    ctx.restore();
    times(ctx, network);
    for (const { about, x, y, wide, high } of filature.slips) {
      if (about === null) continue;
      const node = network.getPosition(about);
      ctx.save();
      ctx.strokeStyle = ink;
      ctx.globalAlpha = 0.55;
      ctx.lineWidth = devicePixelRatio / ctx.getTransform().a;
      ctx.beginPath();
      ctx.moveTo(node.x, node.y);
      ctx.lineTo(Math.min(Math.max(node.x, x), x + wide), Math.min(Math.max(node.y, y), y + high));
      ctx.stroke();
      ctx.restore();
    }
    for (const { title, color, members } of data.hulls) {
      const points = members.map((id) => network.getPosition(id));
      if (points.length === 0) continue;
      ctx.save();
      ctx.globalAlpha = 0.16;
      ctx.fillStyle = ctx.strokeStyle = color;
      ctx.lineJoin = ctx.lineCap = "round";
      ctx.lineWidth = 56;
      ctx.beginPath();
      hull(points).forEach(({ x, y }, i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
      ctx.closePath();
      ctx.fill();
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.fillStyle = ink;
      ctx.font = `600 ${height(ctx, 15, READ)}px sans-serif`;
      ctx.textAlign = "center";
      const { x, y } = heading(points);
      ctx.fillText(title, x, y);
      ctx.restore();
    }
  });
  network.on("afterDrawing", (ctx) => {
    ctx.save();
    ctx.font = font(ctx, 11);
    Object.assign(ctx, { textAlign: "center", textBaseline: "middle" });
    for (const { text, x, y, angle, wide, half } of filature.words) {
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(angle);
      ctx.globalAlpha = 0.88;
      ctx.fillStyle = paper;
      ctx.fillRect(-wide, -half, 2 * wide, 2 * half);
      ctx.globalAlpha = 1;
      ctx.fillStyle = ink;
      ctx.fillText(text, 0, 0);
      ctx.restore();
    }
    ctx.restore();
    for (const { color, x, y, wide, scale, lines } of filature.slips) {
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      ctx.font = "14px sans-serif";
      ctx.textBaseline = "top";
      ctx.fillStyle = paper;
      ctx.strokeStyle = dark ? "#3d444d" : "#d0d7de";
      ctx.fillRect(0, 0, wide / scale, lines.length * 18 + 10);
      ctx.strokeRect(0, 0, wide / scale, lines.length * 18 + 10);
      ctx.fillStyle = color;
      ctx.fillRect(0, 0, 5, lines.length * 18 + 10);
      ctx.fillStyle = ink;
      lines.forEach((line, i) => ctx.fillText(line, 12, 7 + 18 * i));
      ctx.restore();
    }
  });
  // Names stand to the right of nodes, also of the last ones: room for them.
  network.moveTo({ scale: 0.9 * network.getScale(), offset: { x: -40, y: 0 } });
  // Notes, too, are whole at first; seen from farther away they are larger on the picture, so some steps back may be needed.
  for (let steps = 0; steps < 6; steps++) {
    network.redraw();
    const room = sight(network);
    const boxes = filature.slips.map(({ x, y, wide, high }) => ({ x0: x, x1: x + wide, y0: y, y1: y + high }));
    if (boxes.every((box) => within(box, room))) break;
    const all = [...boxes, ...Object.values(network.getPositions()).map(({ x, y }) => ({ x0: x, x1: x, y0: y, y1: y }))];
    const [x0, x1] = [Math.min(...all.map((box) => box.x0)), Math.max(...all.map((box) => box.x1))];
    const [y0, y1] = [Math.min(...all.map((box) => box.y0)), Math.max(...all.map((box) => box.y1))];
    const fits = Math.min((room.x1 - room.x0) / (x1 - x0), (room.y1 - room.y0) / (y1 - y0), 1);
    network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale: 0.9 * fits * network.getScale() });
  }
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
  network.on("deselectNode", () => show(asked, []));
  document.body.dataset.ready = "true";
})();

// What do shape and colour mean?  Built node by node: text is set as text, never as HTML.
import { OUTLINES } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";

function mark(kind, edge) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", OUTLINES[kind.shape] ?? OUTLINES.circle);
  path.setAttribute("fill", kind.color);
  path.setAttribute("fill-rule", "evenodd");
  if (edge) path.setAttribute("stroke", edge);
  svg.append(path);
  return svg;
}

// `edgeOf`: the colour that a mark is edged with, null for none.  What stands on links has no mark.
export function legend(element, kinds, edgeOf) {
  element.replaceChildren(...kinds.filter((kind) => kind.count > 0).map((kind) => {
    const item = document.createElement("li");
    const text = document.createElement("span");
    const count = document.createElement("span");
    count.className = "canvas-count";
    count.textContent = `(${kind.count.toLocaleString(document.documentElement.lang || "en")})`;
    text.append(kind.name, " ", count);
    item.append(...(kind.shape ? [mark(kind, edgeOf(kind.color))] : []), text);
    return item;
  }));
}

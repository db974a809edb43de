// What do shape and colour mean?  Built node by node: text is set as text, never as HTML.
import { OUTLINES } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";

function mark(kind) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", OUTLINES[kind.shape] ?? OUTLINES.circle);
  path.setAttribute("fill", kind.color);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

export function legend(element, kinds) {
  element.replaceChildren(...kinds.filter((kind) => kind.count > 0).map((kind) => {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = `${kind.name} ${kind.count.toLocaleString(document.documentElement.lang || "en")}`;
    item.append(mark(kind), text);
    return item;
  }));
}

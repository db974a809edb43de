// Where must the camera stand to see these nodes?

const MARGIN = { x: 75, y: 50 }; // pixels on each side, for labels and the legend

// Measured in pixels under the present camera, so that no rule of the renderer's own scaling is repeated here.
export function framing(renderer, tokens) {
  const graph = renderer.getGraph();
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const token of tokens) {
    const { x, y } = renderer.graphToViewport(graph.getNodeAttributes(token));
    x0 = Math.min(x0, x); x1 = Math.max(x1, x);
    y0 = Math.min(y0, y); y1 = Math.max(y1, y);
  }
  if (!Number.isFinite(x0)) return { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
  const { width, height } = renderer.getDimensions();
  const room = { x: Math.max(width - 2 * MARGIN.x, 50), y: Math.max(height - 2 * MARGIN.y, 50) };
  const grow = Math.max((x1 - x0) / room.x, (y1 - y0) / room.y);
  const centre = renderer.viewportToFramedGraph({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });
  return { ...centre, ratio: Math.max(renderer.getCamera().getState().ratio * grow, 0.05), angle: 0 };
}

export function fit(renderer, duration = 250) {
  renderer.getCamera().animate(framing(renderer, renderer.getGraph().nodes()), { duration });
}

export function outside(renderer, token) {
  const { width, height } = renderer.getDimensions();
  const p = renderer.graphToViewport(renderer.getGraph().getNodeAttributes(token));
  return p.x < 10 || p.y < 10 || p.x > width - 10 || p.y > height - 10;
}

export function reveal(renderer, token) {
  if (!outside(renderer, token)) return;
  const { x, y } = renderer.graphToFramedGraph(renderer.getGraph().getNodeAttributes(token));
  renderer.getCamera().animate({ x, y }, { duration: 200 });
}

// Where the camera stood for a picture, kept in this tab: nothing moves on a reload or when one comes back to the page.
const KEPT = "filature-camera:";

export function remember({ key, renderer, seen }) {
  const told = { box: renderer.getCustomBBox(), camera: renderer.getCamera().getState() };
  try { sessionStorage.setItem(`${KEPT}${key}:${seen.frame}`, JSON.stringify(told)); } catch { /* a full store forgets */ }
}

export function remembered(key, frame) {
  const text = frame && sessionStorage.getItem(`${KEPT}${key}:${frame}`);
  return text ? JSON.parse(text) : null;
}

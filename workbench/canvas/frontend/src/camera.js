// Where must the camera stand to see these nodes?

// Pixels on each side: labels stand to the right, tools above each other there, legend and time strip at the foot.
const LEFT = 50;
const RIGHT = 110;
const TOP = 40;
const STRIP = 52; // it comes after the first frame, which leaves its room
const ROW = 15; // of what the strip says, beyond the first

const hostOf = (renderer) => renderer.getContainer().closest(".canvas-host");

function foot(renderer) {
  const host = hostOf(renderer);
  const strip = host.classList.contains("canvas-fixed") ? 0 : STRIP + ROW * (Number(host.dataset.rows ?? 1) - 1);
  return host.querySelector(".canvas-legend").offsetHeight + strip + 30;
}

// Of a picture by time its moments, what they are of, and what stands over the nodes without one.
const head = (renderer) => TOP + Number(hostOf(renderer).dataset.axis ?? 0);

// Measured in pixels under the present camera, so that no rule of the renderer's own scaling is repeated here.
// ``least``: no nearer than that many times the present distance.
export function framing(renderer, tokens, least = 0) {
  const graph = renderer.getGraph();
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const token of tokens) {
    const { x, y } = renderer.graphToViewport(graph.getNodeAttributes(token));
    x0 = Math.min(x0, x); x1 = Math.max(x1, x);
    y0 = Math.min(y0, y); y1 = Math.max(y1, y);
  }
  if (!Number.isFinite(x0)) return { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
  const { width, height } = renderer.getDimensions();
  const [top, bottom] = [head(renderer), foot(renderer)];
  const room = { x: Math.max(width - LEFT - RIGHT, 50), y: Math.max(height - top - bottom, 50) };
  const grow = Math.max(least, (x1 - x0) / room.x, (y1 - y0) / room.y);
  const middle = { x: (x0 + x1) / 2 + ((RIGHT - LEFT) / 2) * grow, y: (y0 + y1) / 2 + ((bottom - top) / 2) * grow };
  const centre = renderer.viewportToFramedGraph(middle);
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

// Steps back that the camera took for what came beside the picture: each is taken back with it.
export class Widened {
  constructor(renderer) {
    this.renderer = renderer;
    this.steps = [];
    this.gliding = false; // to where all of the picture is in sight
    this.before = null; // whether it was, where a frame has taken a new size before anybody told of it
    this.foot = foot(renderer); // as of the last frame: in a narrower window the legend is higher before a frame is drawn
    renderer.on("afterRender", () => { if (!renderer.otherSize) this.foot = foot(renderer); });
    renderer.outgrown = () => { this.before ??= this.whole(this.foot); };
  }

  // By a step back all that was in sight, and what came, are seen; nothing moves where all of it is.
  widen(fresh) {
    const before = this.renderer.getCamera().getState();
    const after = this.glide(fresh);
    if (after) this.steps.push({ fresh, before, after });
  }

  // Whether all of the picture is in sight, or will be when the camera stands; what was so stays so when a longer legend
  // or a table takes its room, which may come in several steps.
  // ``low``: the room at the foot, where it is not what it is now.
  whole(low) {
    this.gliding = this.gliding && this.renderer.getCamera().isAnimating();
    return this.gliding || !this.lacks(low);
  }

  // Whether a node is out of sight where the camera is now.
  lacks(low) { return this.renderer.getGraph().nodes().some(unseen(this.renderer, low)); }

  keepWhole() { this.glide(this.renderer.getGraph().nodes()); }

  glide(tokens) {
    const { to, whole } = widen(this.renderer, tokens);
    if (to) this.gliding = whole;
    return to;
  }

  // Where what came is gone again and nobody moved the camera since, it stands where it stood; says whether it does.
  back() {
    const { renderer, steps } = this;
    const camera = renderer.getCamera(), now = camera.getState();
    const gone = ({ fresh }) => !fresh.some((token) => renderer.getGraph().hasNode(token));
    let to = null;
    while (steps.length && gone(steps.at(-1))) {
      const { before, after } = steps.pop();
      const there = to ?? now;
      if (!(to === null && camera.isAnimating()) && ["x", "y", "ratio"].some((name) => Math.abs(after[name] - there[name]) > 1e-3 * now.ratio)) {
        this.steps = [];
        return false;
      }
      to = before;
    }
    if (to) camera.animate(to, { duration: 350 });
    return to !== null;
  }
}

// As large as its stage.  A frame that is drawn before the browser tells of a new size, as that of a window, takes that
// size as well: what was in sight is asked before it does.
export function resize(view) {
  const { renderer, widened } = view;
  if (!renderer.otherSize && widened.before === null) return;
  const whole = widened.before ?? widened.whole(widened.foot); // by the size that it had
  renderer.refresh();
  widened.before = null;
  if (view.untouched) view.frame(); // what stands above has found its height only now
  else if (whole) widened.keepWhole();
}

// Whether a node is out of the picture, or under the legend or the time strip.
function unseen(renderer, low = foot(renderer)) {
  const lowest = renderer.getDimensions().height - low + 14; // half of a node clear of the legend
  return (token) => outside(renderer, token) || renderer.graphToViewport(renderer.getGraph().getNodeAttributes(token)).y > lowest;
}

function widen(renderer, fresh) {
  if (!fresh.some(unseen(renderer))) return { to: null, whole: false };
  const wanted = new Set(fresh);
  for (const token of renderer.getGraph().nodes()) if (!outside(renderer, token)) wanted.add(token);
  const to = framing(renderer, wanted, 1);
  renderer.getCamera().animate(to, { duration: 350 });
  return { to, whole: wanted.size === renderer.getGraph().order };
}

export function reveal(renderer, token) {
  if (!outside(renderer, token)) return;
  const { x, y } = renderer.graphToFramedGraph(renderer.getGraph().getNodeAttributes(token));
  renderer.getCamera().animate({ x, y }, { duration: 200 });
}

// Where the camera stood for a picture, kept in this tab: nothing moves on a reload or when one comes back to the page.
// Pictures that began alike have one frame, so it is by its own name that a picture is known, where it has one.
const KEPT = "filature-camera:";

const kept = (key, { picture, frame }) => `${KEPT}${key}:${picture || frame}`;

export function remember({ key, seen, renderer, untouched }) {
  const told = { box: renderer.getCustomBBox(), camera: renderer.getCamera().getState(), untouched };
  try { sessionStorage.setItem(kept(key, seen), JSON.stringify(told)); } catch { /* a full store forgets */ }
}

export function remembered(key, payload) {
  const text = payload.frame && sessionStorage.getItem(kept(key, payload));
  return text ? JSON.parse(text) : null;
}

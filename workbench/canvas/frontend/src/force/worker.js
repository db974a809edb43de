// The worker's side: takes a picture, lays it out a slice of time at once, tells how far it is, and where all stand.
import { Forces, seeded } from "./forces.js";

const SLICE_MS = 25; // after which it listens: slices change nothing of where nodes end

let forces = null;
let stopped = false;

function told(kind, every) {
  const { x, y } = every ? forces.places() : { x: null, y: null };
  postMessage({ kind, share: forces.share, x, y }, every ? [x.buffer, y.buffer] : []);
}

function work(shown) {
  const until = performance.now() + SLICE_MS;
  let more = true;
  while (more && performance.now() < until) more = forces.step();
  if (!more || stopped) return told("end", true);
  const now = performance.now();
  const show = now - shown > forces.every;
  told("share", show);
  return setTimeout(() => work(show ? now : shown));
}

onmessage = ({ data }) => {
  if (data.kind === "stop") stopped = true;
  else if (data.kind === "hold") forces?.hold(data.node, data.x, data.y);
  else {
    Math.random = seeded(11); // Noverlap parts by chance what stands at one place
    forces = new Forces(data.picture);
    if (data.steps) forces.total = data.steps;
    forces.every = data.every;
    work(performance.now());
  }
};

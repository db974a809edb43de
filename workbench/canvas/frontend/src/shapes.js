// Which outlines can a node have?  Colour alone tells nobody who cannot see it: every label has its own shape.
import { sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } from "sigma/rendering";

const hexagon = {
  name: "hexagon",
  inradiusFactor: 0.8660254,
  glsl: `
float sdf_hexagon(vec2 uv, float size) {
  const vec3 k = vec3(-0.8660254, 0.5, 0.57735027);
  float r = size * 0.8660254;
  vec2 p = abs(uv.yx);
  p -= 2.0 * min(dot(k.xy, p), 0.0) * k.xy;
  p -= vec2(clamp(p.x, -k.z * r, k.z * r), r);
  return length(p) * sign(p.y);
}`,
};

const pentagon = {
  name: "pentagon",
  inradiusFactor: 0.809017,
  glsl: `
float sdf_pentagon(vec2 uv, float size) {
  const vec3 k = vec3(0.809016994, 0.587785252, 0.726542528);
  float r = size * 0.809016994;
  vec2 p = vec2(abs(uv.x), -uv.y);
  p -= 2.0 * min(dot(vec2(-k.x, k.y), p), 0.0) * vec2(-k.x, k.y);
  p -= 2.0 * min(dot(vec2(k.x, k.y), p), 0.0) * vec2(k.x, k.y);
  p -= vec2(clamp(p.x, -r * k.z, r * k.z), r);
  return length(p) * sign(p.y);
}`,
};

const cross = {
  name: "cross",
  inradiusFactor: 0.45,
  glsl: `
float sdf_cross(vec2 uv, float size) {
  vec2 b = vec2(size, size * 0.42);
  vec2 p = abs(uv);
  p = (p.y > p.x) ? p.yx : p.xy;
  vec2 q = p - b;
  float k = max(q.y, q.x);
  vec2 w = (k > 0.0) ? q : vec2(b.y - p.x, -k);
  return sign(k) * length(max(w, 0.0));
}`,
};

const down = {
  name: "wedge",
  inradiusFactor: 0.5,
  glsl: `
float sdf_wedge(vec2 uv, float size) {
  const float k = 1.7320508;
  float r = size * k / 2.0;
  vec2 p = vec2(abs(uv.x) - r, -uv.y + r / k);
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0 * r, 0.0);
  return -length(p) * sign(p.y);
}`,
};

// Inigo Quilez' star of five points: whom a lead is about.
const star = {
  name: "star",
  inradiusFactor: 0.5,
  glsl: `
float sdf_star(vec2 uv, float size) {
  const vec2 k1 = vec2(0.809016994375, -0.587785252292);
  const vec2 k2 = vec2(-k1.x, k1.y);
  vec2 p = vec2(abs(uv.x), uv.y);
  p -= 2.0 * max(dot(k1, p), 0.0) * k1;
  p -= 2.0 * max(dot(k2, p), 0.0) * k2;
  p.x = abs(p.x);
  p.y -= size;
  vec2 ba = 0.45 * vec2(-k1.y, k1.x) - vec2(0.0, 1.0);
  float h = clamp(dot(p, ba) / dot(ba, ba), 0.0, size);
  return length(p - ba * h) * sign(p.y * ba.x - p.x * ba.y);
}`,
};

// The same by another name: one of which the middle is painted over.
const named = (shape, name) => ({ ...shape, name, glsl: shape.glsl.replace(`sdf_${shape.name}`, `sdf_${name}`) });

// A minor where colour tells something else: Inigo Quilez' uneven capsule, one end of which is a point.
const drop = {
  name: "drop",
  inradiusFactor: 0.72,
  glsl: `
float sdf_drop(vec2 uv, float size) {
  const float b = 0.5625;
  const float a = 0.8268;
  float r = 0.72 * size;
  vec2 p = vec2(abs(uv.x), uv.y + 0.28 * size);
  float k = dot(p, vec2(-b, a));
  if (k < 0.0) return length(p) - r;
  if (k > a * 1.28 * size) return length(p - vec2(0.0, 1.28 * size));
  return dot(p, vec2(a, b)) - r;
}`,
};

// A disc whose middle is painted over (``hole``), not cut out: a click in the middle is a click on the node.
const ring = {
  name: "ring",
  inradiusFactor: 1,
  glsl: `
float sdf_ring(vec2 uv, float size) {
  return length(uv) - size;
}`,
};

export const SHAPES = [sdfCircle(), sdfSquare(), sdfDiamond(), sdfTriangle(), hexagon, pentagon, cross, down, star, ring, drop, named(ring, "dotring"), named(ring, "thinring"), named(star, "openstar"), named(drop, "opendrop"), named(drop, "thindrop")];

// How much of a hollow shape stays around its hole, of half its size: a thin one is told from another at a glance.
const BANDS = { ring: 1.25, dotring: 0.42, thinring: 0.42, opendrop: 0.36, thindrop: 0.2, openstar: 0.2 };
export const band = (shape, size) => (shape in BANDS ? Math.max(2, size * BANDS[shape]) : 1000);
// How far in the hole of such a shape ends, in the same measure, where its middle is not painted over.
const CORES = { dotring: 1.2 };
export const core = (shape, size) => (shape in CORES ? size * CORES[shape] : 1000);

// The middle of a ring in the colour of the page, from ``holeBand`` pixels inside the outline on, up to ``holeCore``.
export const hole = {
  name: "hole",
  uniforms: [],
  attributes: [
    { name: "holeColor", size: 4, type: 5121, normalized: true, source: "holeColor" },
    { name: "holeBand", size: 1, type: 5126, source: "holeBand" },
    { name: "holeCore", size: 1, type: 5126, source: "holeCore" },
  ],
  glsl: `
vec4 layer_hole(vec4 v_holeColor, float v_holeBand, float v_holeCore) {
  float w = v_holeBand * context.pixelToUV;
  float c = v_holeCore * context.pixelToUV;
  float a = 1.0 - smoothstep(-w - context.aaWidth, -w + context.aaWidth, context.sdf);
  a *= smoothstep(-c - context.aaWidth, -c + context.aaWidth, context.sdf);
  return vec4(v_holeColor.rgb, v_holeColor.a * a);
}`,
};

// A rim in pixels inside the outline: white to part neighbours, the accent colour for what is selected.
export const rim = {
  name: "rim",
  uniforms: [],
  attributes: [
    { name: "rimColor", size: 4, type: 5121, normalized: true, source: "rimColor" },
    { name: "rimSize", size: 1, type: 5126, source: "rimSize" },
  ],
  glsl: `
vec4 layer_rim(vec4 v_rimColor, float v_rimSize) {
  float w = v_rimSize * context.pixelToUV;
  float a = smoothstep(-w - context.aaWidth, -w + context.aaWidth, context.sdf);
  return vec4(v_rimColor.rgb, v_rimColor.a * a);
}`,
};

// The same outlines as SVG paths in a 16 by 16 box, for the legend.
export const OUTLINES = {
  circle: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
  square: "M3 3h10v10H3z",
  diamond: "M8 1l7 7l-7 7l-7-7z",
  triangle: "M8 2l6.5 11.5h-13z",
  hexagon: "M8 1.5l5.7 3.2v6.6L8 14.5l-5.7-3.2V4.7z",
  pentagon: "M8 1.5l6.3 4.6l-2.4 7.4H4.1L1.7 6.1z",
  cross: "M5.4 1.5h5.2v3.9h3.9v5.2h-3.9v3.9H5.4v-3.9H1.5V5.4h3.9z",
  wedge: "M8 14L1.5 2.5h13z",
  star: "M8 1l2.1 4.6l5 .6l-3.7 3.4l1 5L8 12.1l-4.4 2.5l1-5L.9 6.2l5-.6z",
  drop: "M8 1L11.94 7.52A4.6 4.6 0 1 1 4.06 7.52z",
  openstar: "M8 1l2.1 4.6l5 .6l-3.7 3.4l1 5L8 12.1l-4.4 2.5l1-5L.9 6.2l5-.6zM8 6.3a2 2 0 1 0 0 4a2 2 0 1 0 0-4z",
  opendrop: "M8 1L11.94 7.52A4.6 4.6 0 1 1 4.06 7.52zM8 7.6a2.3 2.3 0 1 0 0 4.6a2.3 2.3 0 1 0 0-4.6z",
  ring: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 6a2 2 0 1 1 0 4a2 2 0 1 1 0-4z",
  thindrop: "M8 1L11.94 7.52A4.6 4.6 0 1 1 4.06 7.52zM8 6.5a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8z",
  dotring: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 3.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6zM8 5.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8z",
  thinring: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 3.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z",
};

// Thousands of plain links, drawn by a program that knows straight lines and nothing else.  Sigma's own can draw any
// curve with any ends, and draws each as an instance: without a graphics card, 15,000 take a frame ten times as long.

export const MANY = 3000; // links; as many or fewer are drawn by sigma, which also knows which of them is pointed at
export const APART = "apart"; // the depth of links that sigma keeps and does not draw
const ID = "links";
const DEPTH = "edges";
const FLOATS = 10; // of a corner of a link: where it is, both ends, width, the node's size at each arrow (0: none), colour
const CORNERS = [[0, 1], [0, -1], [1, 1], [1, -1]];

const HEAD = `#version 300 es
precision highp float;
const float LENGTH = 4.0, WIDTH = 3.0; // of an arrow, in widths of its link
float covered(float outside) { return smoothstep(1.0, -1.0, outside); }
`;
// As sigma places its links: in units of the framed graph, so that both meet the nodes at the same points.
const COMMON = `
in vec2 a_corner;
in vec4 a_ends;
in float a_width;
in vec2 a_radii;
in float a_color;
uniform mat3 u_matrix;
uniform float u_unit;
uniform float u_scale;
uniform float u_least;
uniform vec3 u_colors[3];
out vec3 v_color;
float thickness() { return max(a_width * u_scale, u_least) * u_unit; }
float rim(float radius) { return radius * u_scale * 2.0 * u_unit; }
// How much of a link an arrow and the node that it points at take; nothing without an arrow.
float taken(float radius, float thick) { return radius > 0.0 ? rim(radius) + LENGTH * thick : 0.0; }
vec4 seen(vec2 from, vec2 way, float far, float aside) {
  vec2 along = way / max(length(way), 1e-9);
  return vec4((u_matrix * vec3(from + along * far + vec2(-along.y, along.x) * aside, 1.0)).xy, 0.0, 1.0);
}
`;
const LINE_VERTEX = `${HEAD}${COMMON}
out float v_across;
out float v_half;
void main() {
  vec2 way = a_ends.zw - a_ends.xy;
  float size = length(way), thick = thickness(), wide = thick * 0.5 + u_unit;
  vec2 cut = vec2(taken(a_radii.x, thick), taken(a_radii.y, thick));
  cut *= min(1.0, size / max(cut.x + cut.y, 1e-9));
  gl_Position = seen(a_ends.xy, way, mix(cut.x, size - cut.y, a_corner.x), a_corner.y * wide);
  v_across = a_corner.y * wide / u_unit;
  v_half = thick * 0.5 / u_unit;
  v_color = u_colors[int(a_color)];
}`;
const LINE_FRAGMENT = `${HEAD}
in float v_across;
in float v_half;
in vec3 v_color;
out vec4 color;
void main() {
  float alpha = covered(abs(v_across) - v_half);
  color = vec4(v_color * alpha, alpha);
}`;
const ARROW_VERTEX = `${HEAD}${COMMON}
uniform bool u_back;
out vec2 v_place;
out float v_thick;
void main() {
  vec4 ends = u_back ? a_ends.zwxy : a_ends;
  float radius = u_back ? a_radii.x : a_radii.y, other = u_back ? a_radii.y : a_radii.x;
  vec2 way = ends.zw - ends.xy;
  float size = length(way), thick = thickness();
  float shrunk = min(1.0, size / max(taken(radius, thick) + taken(other, thick), 1e-9));
  thick *= shrunk;
  float tip = size - rim(radius) * shrunk, wide = WIDTH * 0.5 * thick + u_unit;
  float far = mix(tip - LENGTH * thick - u_unit, tip + u_unit, a_corner.x);
  gl_Position = radius > 0.0 ? seen(ends.xy, way, far, a_corner.y * wide) : vec4(2.0, 0.0, 0.0, 1.0);
  v_place = vec2(tip - far, a_corner.y * wide) / u_unit;
  v_thick = thick / u_unit;
  v_color = u_colors[int(a_color)];
}`;
const ARROW_FRAGMENT = `${HEAD}
in vec2 v_place;
in float v_thick;
in vec3 v_color;
out vec4 color;
void main() {
  float past = v_place.x - LENGTH * v_thick; // behind the base
  float side = abs(v_place.y) - WIDTH * 0.5 * v_place.x / LENGTH;
  float alpha = covered(max(past, side));
  color = vec4(v_color * alpha, alpha);
}`;

function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
    gl.deleteShader(shader);
  }
  ["a_corner", "a_ends", "a_width", "a_radii", "a_color"].forEach((name, place) => gl.bindAttribLocation(made, place, name));
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(`links: ${gl.getProgramInfoLog(made)}`);
  const names = ["u_matrix", "u_unit", "u_scale", "u_least", "u_colors", "u_back"];
  return { made, at: Object.fromEntries(names.map((name) => [name, gl.getUniformLocation(made, name)])) };
}

class Layer {
  constructor(gl, links) {
    this.gl = gl;
    this.links = links;
    this.line = program(gl, LINE_VERTEX, LINE_FRAGMENT);
    this.arrow = program(gl, ARROW_VERTEX, ARROW_FRAGMENT);
    this.corners = gl.createBuffer();
    this.order = gl.createBuffer();
    this.array = gl.createVertexArray();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.order);
    let offset = 0;
    [2, 4, 1, 2, 1].forEach((size, place) => {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, FLOATS * 4, offset);
      offset += size * 4;
    });
    gl.bindVertexArray(null);
    links.stale = true;
  }

  render(params) {
    const { gl, links } = this;
    if (links.stale) {
      links.stale = false;
      const { corners, count, arrows } = links.gathered();
      Object.assign(this, { count, arrows });
      gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
      gl.bufferData(gl.ARRAY_BUFFER, corners, gl.DYNAMIC_DRAW);
      gl.bindVertexArray(this.array);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles(count), gl.DYNAMIC_DRAW);
      gl.bindVertexArray(null); // or others would write into it
    }
    if (!this.count) return;
    gl.enable(gl.BLEND); // what was drawn last may have been what is pointed at, and that is not blended
    gl.bindVertexArray(this.array);
    this.draw(this.line, params);
    if (this.arrows) for (const back of [0, 1]) this.draw(this.arrow, params, back);
    gl.bindVertexArray(null);
  }

  draw({ made, at }, params, back = 0) {
    const { gl } = this;
    gl.useProgram(made);
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform1f(at.u_unit, params.correctionRatio);
    gl.uniform1f(at.u_scale, 1 / params.sizeRatio);
    gl.uniform1f(at.u_least, params.minEdgeThickness);
    gl.uniform3fv(at.u_colors, this.links.colors());
    gl.uniform1i(at.u_back, back);
    gl.drawElements(gl.TRIANGLES, this.count * 6, gl.UNSIGNED_INT, 0);
  }

  kill() {
    const { gl } = this;
    for (const { made } of [this.line, this.arrow]) gl.deleteProgram(made);
    for (const buffer of [this.corners, this.order]) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.array);
  }
}

// Two triangles for the four corners of each link.
function triangles(count) {
  const order = new Uint32Array(count * 6);
  for (let i = 0; i < count; i++) order.set([4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 2, 4 * i + 1, 4 * i + 3], 6 * i);
  return order;
}

// Which of a link's colours: 0 plain, 1 faint, 2 strong.
const tone = (attributes, state) => (state.faded ? 1 : attributes.strong ? 2 : attributes.quiet ? 1 : 0);
const rgb = (color) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255);

export class Links {
  constructor(renderer, themeOf) {
    this.renderer = renderer;
    this.themeOf = themeOf;
    renderer.addCustomLayerProgram(ID, DEPTH, (gl) => new Layer(gl, this));
  }

  colors() {
    const { edge, edgeFaint, edgeStrong } = this.themeOf();
    return new Float32Array([edge, edgeFaint, edgeStrong].flatMap(rgb));
  }

  gathered() {
    const { renderer } = this;
    const graph = renderer.getGraph();
    const corners = new Float32Array(graph.size * 4 * FLOATS);
    let [at, arrows] = [0, false];
    const places = new Map(); // each asked for once: the renderer makes a copy
    graph.forEachNode((node) => places.set(node, renderer.getNodeDisplayData(node)));
    graph.forEachEdge((edge, attributes, source, target) => {
      if (attributes.hidden || !attributes.apart) return;
      const state = renderer.getEdgeState(edge);
      if (!isApart(attributes, state)) return;
      const [from, to] = [places.get(source), places.get(target)];
      if (!from || !to) return;
      const { arrow, back, width } = attributes;
      arrows ||= arrow || back;
      const color = tone(attributes, state);
      for (const [along, across] of CORNERS) {
        corners[at++] = along; corners[at++] = across;
        corners[at++] = from.x; corners[at++] = from.y; corners[at++] = to.x; corners[at++] = to.y;
        corners[at++] = width; corners[at++] = back ? from.size : 0; corners[at++] = arrow ? to.size : 0;
        corners[at++] = color;
      }
    });
    return { corners: corners.subarray(0, at), count: at / (4 * FLOATS), arrows };
  }
}

// Among many, a link of which nothing stands out; one that does is sigma's, as is one that leads back to its node.
export const isApart = (attributes, state) =>
  attributes.apart && !(state.onPath || state.near || state.chosen || state.isHovered);

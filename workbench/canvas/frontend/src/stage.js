// Where is a picture drawn?  A renderer with its programs takes half a second to make where a processor draws: one that is
// left waits, out of sight, for the next picture.
import Graph from "graphology";
import { extremityArrow, layerFill, layerPlain, pathLine, pathLoop } from "sigma/rendering";
import { APART, Links, MANY } from "./links.js";
import { Renderer } from "./renderer.js";
import { SHAPES, hole, rim } from "./shapes.js";
import { styles } from "./styles.js";

const PLAIN = { text: "#000000", background: "#ffffff", accent: "#000000", path: "#000000", edge: "#000000", edgeStrong: "#000000", edgeFaint: "#000000", font: "sans-serif" };
const MOST_MOVED = 2000; // links: more are left out while the camera moves
const waiting = new Map(); // whether it knows loops -> a stage that nobody uses
let warming = false;

class Stage {
  constructor(loops) {
    this.loops = loops;
    this.view = null;
    this.element = document.createElement("div");
    Object.assign(this.element.style, { position: "absolute", inset: "0", width: "100%", height: "100%" });
    this.graph = new Graph({ multi: true, type: "directed" }); // one for all pictures: parts of sigma never let it go
    this.renderer = new Renderer(this.graph, this.element, {
      primitives: {
        depthLayers: [APART, "edges", "topEdges", "nodes", "topNodes"],
        nodes: {
          shapes: SHAPES,
          layers: [layerFill(), hole, rim],
          variables: { rimColor: { type: "color", default: "#ffffff" }, rimSize: { type: "number", default: 1 }, holeColor: { type: "color", default: "#ffffff" }, holeBand: { type: "number", default: 1000 }, holeCore: { type: "number", default: 1000 } },
          label: { margin: 4 },
        },
        edges: {
          // every link is drawn with as many corners as the most curved path needs: loops only where there are some
          paths: loops ? [pathLine(), pathLoop({ segments: 16 })] : [pathLine()],
          extremities: [extremityArrow({ lengthRatio: 4, widthRatio: 3 })],
          layers: [layerPlain()],
        },
      },
      styles: styles(this),
      customNodeState: { chosen: false, cursor: false, near: false, onPath: false, faded: false, named: "" },
      customEdgeState: { chosen: false, near: false, onPath: false, faded: false },
      settings: {
        allowInvalidContainer: true, itemSizesReference: "screen", zoomToSizeRatioFunction: (ratio) => Math.min(1.25, Math.sqrt(ratio)), autoRescale: "once", enableNodeDrag: true,
        labelDensity: 0.7, labelGridCellSize: 90, labelRenderedSizeThreshold: 4, stagePadding: 40, zIndex: true,
        minCameraRatio: 0.02, maxCameraRatio: 40, minEdgeThickness: 0.8, doubleClickZoomingRatio: 1,
        getDraggedNodes: (node) => (this.view?.highlight.chosen.has(node) ? [...this.view.highlight.chosen] : [node]),
      },
    });
    this.renderer.links = new Links(this.renderer, () => this.theme);
  }

  get theme() { return this.view?.theme ?? PLAIN; }

  mixed(color) { return this.view?.shades.mixed(color) ?? color; }

  pale(color) { return this.view?.shades.pale(color) ?? false; }

  seen(color) { return this.view?.shades.seen(color) ?? color; }

  get lost() { return this.renderer.getWebGLContext().isContextLost(); }

  // Draws what is filled into its graph, so many links, within an element from now on; no frame until the renderer begins.
  enter(container, links, fill, view = null) {
    this.view = view;
    this.renderer.hold();
    container.prepend(this.element);
    if (view) this.renderer.once("afterRender", () => drawn(view.host));
    this.renderer.setCustomBBox(null);
    this.suit(links); // other settings have all looked at anew: now there is nothing yet
    this.renderer.filled(() => fill(this.graph));
  }

  // Of so many links one can be pointed at, and so many can follow the camera.
  suit(links = this.graph.size) {
    const { renderer } = this;
    const wanted = { enableEdgeEvents: links <= MANY, hideEdgesOnMove: links > MOST_MOVED };
    if (Object.entries(wanted).some(([name, value]) => renderer.getSetting(name) !== value)) renderer.setSettings(wanted);
  }

  // Nothing is drawn any more, and nobody listens.
  leave() {
    const { renderer } = this;
    renderer.hold();
    renderer.removeAllListeners();
    this.view = null;
    this.graph.clear();
    if (!this.lost) {
      renderer.forget();
      renderer.letGo();
    }
    this.element.remove();
    if (waiting.has(this.loops) || this.lost) renderer.kill();
    else waiting.set(this.loops, this);
  }
}

// Its first frame is there.
function drawn(host) {
  host.querySelector(".canvas-loading").hidden = true;
  host.removeAttribute("aria-busy");
}

export function stage(loops) {
  const kept = waiting.get(loops);
  waiting.delete(loops);
  if (kept && !kept.lost) return kept;
  kept?.renderer.kill();
  return new Stage(loops);
}

// Make a stage ready before anybody asks for a picture: its programs are compiled when they first draw.
export function warm() {
  if (waiting.size || warming) return;
  warming = true;
  const aside = document.createElement("div");
  Object.assign(aside.style, { position: "fixed", left: "-2000px", top: "0", width: "320px", height: "240px" });
  document.body.append(aside);
  const done = () => { aside.remove(); warming = false; };
  try {
    const made = stage(false);
    made.enter(aside, 2, fewOfAll);
    made.graph.forEachNode((node) => made.renderer.setNodeState(node, { named: "right" }));
    let frames = 0;
    made.renderer.on("afterRender", () => {
      frames += 1; // the second draws what is pointed at, too
      if (frames === 2) setTimeout(() => { made.leave(); done(); });
    });
    made.renderer.begin();
  } catch (error) { // a browser that cannot draw says so where a picture is asked for
    done();
    console.warn("canvas:", error);
  }
}

// A node of every shape, a link of either program.
function fewOfAll(graph) {
  SHAPES.forEach(({ name }, i) => graph.addNode(name, { x: i % 4, y: Math.floor(i / 4), size: 8, color: "#888888", shape: name, label: "abc", mark: "" }));
  const [a, b, c] = graph.nodes();
  for (const [source, target, apart] of [[a, b, true], [b, c, false]]) graph.addEdge(source, target, { width: 1, arrow: true, back: false, hidden: false, apart });
}

// Sigma that draws no frame which nobody needs: none while a picture is set up, and where a processor draws in place of
// a graphics card, none while the camera moves: there the picture as it was drawn last is moved, until the camera rests.
import Sigma from "sigma";
import { flatten } from "./flat.js";
import { APART } from "./links.js";

const REST_MS = 100;
const FIRST_MS = 150;
const GATHER_MS = 50;
const LEAST_SEEN = 0.6; // of the view, that the moved picture must still cover
const MOST_GROWN = 3; // more, and it is seen to be a picture
const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|software|basic render/i;

const moved = (one, other) => ["x", "y", "ratio", "angle"].some((part) => one[part] !== other[part]);

export class Renderer extends Sigma {
  // Links that are drawn apart take no place in sigma's own buffers.
  processEdges() {
    const layers = this.depthLayers;
    this.depthLayers = layers.filter((layer) => layer !== APART);
    this.edgeProgramIndex = {};
    super.processEdges();
    // of more nodes than before, sigma has now forgotten those that are numbered as links were: no click would find them
    const { lookup, idsByKind } = this.pickingState;
    for (const [key, id] of idsByKind.node) lookup[id] ??= { kind: "node", key };
    this.depthLayers = layers;
    this.edgeProgram.used = Object.values(this.depthRanges.edges).flat().reduce((sum, { count }) => sum + count, 0);
    this.stale();
  }

  updateEdgeDepthRanges(edge, before, now) {
    super.updateEdgeDepthRanges(edge, before, now);
    this.crossed ||= before === APART || now === APART;
  }

  refreshState() {
    if (this.stateManager.dirtyEdges.size) this.stale(); // names that come and go change no link
    super.refreshState();
    if (this.crossed) this.processEdges();
    this.crossed = false;
  }

  processNodes() {
    this.stale();
    return super.processNodes();
  }

  // What is put into its graph meanwhile is looked at once, when all of it is there.
  filled(fill) {
    this.unbindGraphHandlers();
    fill();
    this.bindGraphHandlers();
    this.autoRescaleFrozen = false;
    this.refresh();
  }

  // Rows of nodes and links in what the graphics processor reads: of a graph that is gone, or read by new programs, none stay.
  forget() {
    for (const texture of [this.internals.nodeDataTexture, this.internals.edgeDataTexture, this.nodeProgram.getAttributeTexture()])
      texture.clear();
    this.nodeProgramIndex = {};
    this.edgeProgramIndex = {};
  }

  restoreWebGLContext() {
    this.forget();
    super.restoreWebGLContext();
    if (this.slow) this.flatten();
  }

  flatten() { [this.nodeProgram, this.edgeProgram].forEach(flatten); }

  // Nothing is pointed at, pressed or on its way any more.
  letGo() {
    this.camera.cancelAnimation();
    this.internals.hoverResolver.pointerLeft();
    Object.assign(this.mouseCaptor, { isMouseDown: false, isMoving: false });
    this.touchCaptor.startTouchesPositions = [];
    this.updateContainerCursor();
  }

  stale() { if (this.links) this.links.stale = true; }

  // The first frame of a picture is not waited for by anybody who points at it: what is pointed at is drawn with the next.
  getRenderParams() {
    const params = super.getRenderParams();
    return this.first ? { ...params, pickingFrameBuffer: null } : params;
  }

  // Until it begins (and while it is held) places are found, and nothing is drawn.
  render() {
    if (!this.begun) {
      cancelAnimationFrame(this.renderFrame);
      this.renderFrame = null; // or no frame would ever be asked for again
      this.resize();
      if (this.pendingProcess !== "none") this.processData();
      this.refreshMatrices();
      return this;
    }
    if (this.otherSize) this.outgrown?.();
    if (this.carry()) return this;
    clearTimeout(this.resting);
    this.resting = null;
    this.drawn = { camera: this.camera.getState(), width: this.container.offsetWidth, height: this.container.offsetHeight };
    this.stageCanvas.style.transform = "";
    super.render();
    this.unpointed = this.first;
    if (this.first) {
      this.first = false;
      setTimeout(() => this.scheduleRender(), FIRST_MS);
    }
    return this;
  }

  // A frame drawn by a processor holds up all else: where something is to be told first, and more follows within
  // moments (what was pressed is pointed at, too), one frame shows it all.
  gather() {
    if (!this.slow || this.renderFrame || this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = null;
      if (this.begun) super.scheduleRender();
    }, GATHER_MS);
  }

  scheduleRender() { return this.gathering ? this : super.scheduleRender(); }

  hold() {
    this.begun = false;
    clearTimeout(this.resting);
    this.resting = null;
  }

  begin() {
    this.begun = this.first = this.unpointed = true;
    this.slow ??= this.byProcessor();
    if (this.slow) this.flatten();
    this.drawn = null;
    this.patience = REST_MS;
    this.scheduleRender();
  }

  // Has its element another size than what was drawn last?
  get otherSize() {
    const { width, height } = this.getDimensions();
    return this.container.offsetWidth !== width || this.container.offsetHeight !== height;
  }

  // Is what is seen what there is?  Not while the camera moves, or has just moved.
  get rests() { return !this.camera.isAnimating() && !this.resting && !this.renderFrame && !this.gathering; }

  byProcessor() {
    const gl = this.webGLContext;
    const told = gl.getExtension("WEBGL_debug_renderer_info");
    return BY_PROCESSOR.test(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  }

  // Where nothing but the camera has moved, move the picture with it; another one follows once the camera rests.
  carry() {
    const { drawn } = this;
    if (!this.slow || !drawn || this.pendingProcess !== "none") return false;
    const { offsetWidth: width, offsetHeight: height } = this.container;
    const camera = this.camera.getState();
    if (width !== drawn.width || height !== drawn.height || camera.angle !== drawn.camera.angle) return false;
    if (!moved(camera, drawn.camera)) return false;
    const grown = drawn.camera.ratio / camera.ratio;
    const corner = this.viewportToFramedGraph({ x: 0, y: 0 }, { cameraState: drawn.camera });
    const { x, y } = this.framedGraphToViewport(corner, { cameraState: camera });
    const seen = (from, length) => Math.max(0, Math.min(from + length * grown, length) - Math.max(from, 0)) / length;
    if (seen(x, width) * seen(y, height) < LEAST_SEEN || grown > MOST_GROWN) return false;
    this.stageCanvas.style.transformOrigin = "0 0";
    this.stageCanvas.style.transform = `translate(${x}px, ${y}px) scale(${grown})`;
    if (!this.resting || moved(camera, this.carried)) {
      clearTimeout(this.resting);
      this.rest();
    }
    this.carried = camera;
    this.renderFrame = null;
    this.emit("afterRender"); // what stands over the picture moves with it
    return true;
  }

  // A slow machine may need longer than the patience for one step of a glide: the camera rests once it has ended.
  rest() {
    this.resting = setTimeout(() => (this.camera.isAnimating() ? this.rest() : this.settle()), this.patience);
  }

  settle() {
    this.drawn = null; // nothing that could be moved
    this.render();
  }

  kill() {
    clearTimeout(this.resting);
    clearTimeout(this.gathering);
    super.kill();
  }
}

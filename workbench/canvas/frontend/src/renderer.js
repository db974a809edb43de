// Sigma that draws nothing while its graph, camera and names are being set: each frame on the way would be waited for.
import Sigma from "sigma";

export class Renderer extends Sigma {
  // Until it begins (and while it is held) places are found, and nothing is drawn.
  render() {
    if (this.begun) return super.render();
    this.resize();
    if (this.pendingProcess !== "none") this.processData();
    this.refreshMatrices();
    return this;
  }

  hold() { this.begun = false; }

  begin() {
    this.begun = true;
    this.scheduleRender();
  }
}

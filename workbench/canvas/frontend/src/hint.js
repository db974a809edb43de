// What does a line over the picture say?  That the other end of a path is to be chosen, or what lies outside the view.
import { outside } from "./camera.js";

export class Hint {
  constructor(view, root) {
    this.view = view;
    this.element = root.querySelector(".canvas-hint");
    this.node = null; // the first end of a path whose other end is to be chosen
  }

  // The path from here leads to the node that is chosen next, by whatever means; Escape ends the search.
  seek(node) {
    const { view, element } = this;
    this.node = node;
    element.hidden = node === null;
    if (node === null) return;
    element.textContent = view.words.seeking.replace("{name}", () => view.graph.getNodeAttribute(node, "label"));
    view.acts.say("path", { nodes: [node] });
  }

  // What was drawn beside the picture is not seen: the camera stays, and it is said until it moves.
  unseen(fresh) {
    const { view, element } = this;
    const number = fresh.filter((token) => outside(view.renderer, token)).length;
    if (!number || this.node !== null) return;
    element.textContent = view.words.unseen.replace("{number}", number).replace("{total}", fresh.length);
    element.hidden = false;
    view.renderer.getCamera().once("updated", () => { if (this.node === null) element.hidden = true; });
  }
}

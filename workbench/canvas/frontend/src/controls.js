// What do the canvas's buttons do, and what are they called?  In the language of the screen, with the key that does the same.
import { fit } from "./camera.js";

const KEYS = {
  undo: "Ctrl+Z", redo: "Ctrl+Y", expand: "E", box: "B", lasso: "L", in: "+", out: "-", fit: "0", full: "F",
};

export function name(host, words) {
  for (const button of host.querySelectorAll("[data-action]")) {
    const { action } = button.dataset;
    button.setAttribute("aria-label", words[action]);
    if (!button.title || !["undo", "redo"].includes(action)) button.title = `${words[action]} (${KEYS[action]})`;
  }
  host.querySelector(".canvas-tools").setAttribute("aria-label", words.tools);
  host.querySelector(".canvas-legend").setAttribute("aria-label", words.legend);
  host.querySelector(".canvas-menu").setAttribute("aria-label", words.menu);
}

export function full(view) {
  if (document.fullscreenElement) document.exitFullscreen();
  else view.host.requestFullscreen?.();
}

export function mode(view, which) {
  const now = view.choosing.turn(which);
  for (const button of view.host.querySelectorAll("[aria-pressed]"))
    button.setAttribute("aria-pressed", String(button.dataset.action === now));
}

export function tools(view, root) {
  const camera = view.renderer.getCamera();
  const actions = {
    in: () => camera.zoomIn({ duration: 150 }),
    out: () => camera.zoomOut({ duration: 150 }),
    fit: () => fit(view.renderer),
    expand: () => view.expand([...view.highlight.chosen]),
    undo: () => view.acts.say("undo"),
    redo: () => view.acts.say("redo"),
    box: () => mode(view, "box"),
    lasso: () => mode(view, "lasso"),
    full: () => full(view),
  };
  for (const button of root.querySelectorAll("[data-action]"))
    button.addEventListener("click", () => actions[button.dataset.action]());
}

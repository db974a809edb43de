// What are the canvas's controls called?  In the language of the screen, with the key that does the same.

const KEYS = { expand: "E", in: "+", out: "-", fit: "0" };

export function name(host, words) {
  for (const button of host.querySelectorAll("[data-action]")) {
    const { action } = button.dataset;
    button.setAttribute("aria-label", words[action]);
    button.title = `${words[action]} (${KEYS[action]})`;
  }
  host.querySelector(".canvas-tools").setAttribute("aria-label", words.tools);
  host.querySelector(".canvas-legend").setAttribute("aria-label", words.legend);
}

// Whoever reaches a table by Tab chooses nothing in it; the first key that moves there does.
//
// What draws st.dataframe makes the first cell that it shows the chosen one as soon as focus comes by other means than
// a pointer: a row that opens what it stands for would be opened by going past.  It is told of such a focus once a key
// asks for it, and where something is chosen already at once.
(() => {
  if (window.filatureTables) return;
  window.filatureTables = true;
  const moving = /^(Arrow|Page)|^(Home|End|Enter| )$/;
  let pressed = false; // a pointer, in the table: it chooses what it points at
  let untold = null; // the table that was not told
  let telling = false;
  window.addEventListener("pointerdown", () => { pressed = true; }, true);
  window.addEventListener("keydown", () => { pressed = false; }, true);
  window.addEventListener("blur", (event) => { if (event.target === window) pressed = false; });
  window.addEventListener("focusin", (event) => {
    const table = event.target;
    if (telling || pressed || !table.matches("canvas[data-testid=data-grid-canvas]")) return;
    if (table.querySelector("[aria-selected=true]")) return;
    untold = table;
    event.stopImmediatePropagation();
  }, true);
  window.addEventListener("focusout", () => { untold = null; }, true);
  window.addEventListener("keydown", (event) => {
    if (!untold || event.target !== untold || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!moving.test(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const table = untold;
    untold = null;
    telling = true;
    table.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    telling = false;
  }, true);
})();

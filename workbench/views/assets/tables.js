// Whoever reaches a table by Tab chooses nothing in it; the first key that moves there does; Enter opens, Tab leaves.
//
// What draws st.dataframe makes the first cell that it shows the chosen one as soon as focus comes by other means than
// a pointer: a row that opens what it stands for would be opened by going past.  It is told of such a focus once a key
// asks for it, and where something is chosen already at once.  Its own Tab goes from column to column, and its Enter
// shows the cell once more.
(() => {
  if (window.filatureTables) return;
  window.filatureTables = true;
  const grid = "canvas[data-testid=data-grid-canvas]";
  const moving = /^(Arrow|Page)|^(Home|End|Enter| )$/;
  let pressed = false; // a pointer, in the table: it chooses what it points at
  let untold = null; // the table that was not told
  let telling = false;
  window.addEventListener("pointerdown", () => { pressed = true; }, true);
  window.addEventListener("keydown", () => { pressed = false; }, true);
  window.addEventListener("blur", (event) => { if (event.target === window) pressed = false; });
  window.addEventListener("focusin", (event) => {
    const table = event.target;
    if (telling || pressed || !table.matches(grid)) return;
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

  const beside = { // lists of which a row is open beside them: where keys go on in what is open
    "st-key-leads": [".st-key-finding button"],
    "st-key-query_list": ["[class*=st-key-parameter_] input", ".st-key-run_query button"],
  };
  const named = (table) => {
    const names = [];
    for (let at = table; at; at = at.parentElement) names.push(...[...at.classList].filter((name) => /^st-key-/.test(name)));
    return names;
  };
  const places = (table) => named(table).flatMap((name) =>
    Object.entries(beside).find(([list]) => name.startsWith(list))?.[1] ?? []);
  const opener = (table) => named(table).map((name) =>
    document.querySelector(`.${name}_chosen .${name}_open button`)).find(Boolean);
  const settled = (then, still = 0) => { // a key just before may have chosen another row, of which the page knows soon
    if (still > 5) then();
    else setTimeout(settled, 50, then, filatureRunning() ? 0 : still + 1);
  };
  window.addEventListener("keydown", (event) => {
    const table = event.target.closest?.(grid);
    if (!table || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") event.stopImmediatePropagation();
    if (event.key !== "Enter" || event.shiftKey || !(places(table).length || opener(table))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    settled(() => {
      const open = opener(table);
      if (open) open.click();
      else places(table).map((one) => document.querySelector(one)).find(Boolean)?.focus();
    });
  }, true);
})();

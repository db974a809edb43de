// One act of a person makes at most one entry of the browser's history.
//
// The server writes an address in several steps, each of which would become an entry: "back" would stop at halves of
// a move, which write themselves out in full and so never let anybody past.  The first entry after a click or a key
// is a new one; what is written after it, before the next click or key, replaces it.
(() => {
  if (window.filatureHistory) return;
  window.filatureHistory = true;
  let acted = false;
  for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => { acted = true; }, true);
  window.addEventListener("popstate", () => { acted = false; }, true);
  const push = history.pushState.bind(history);
  history.pushState = (...entry) => {
    if (acted) push(...entry);
    else history.replaceState(...entry);
    acted = false;
  };
})();

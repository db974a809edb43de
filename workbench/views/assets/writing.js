// What is being written in a panel over the page reaches the server before the panel goes.
//
// Streamlit sends a field's text once the field is left; Escape, a click beside the panel or "back" take the panel
// away with the field still in use, and with it what was written.
(() => {
  if (window.filatureWriting) return;
  window.filatureWriting = true;
  // a textarea alone: a list's field that is left closes its list before the choice is made
  const written = () => document.activeElement?.matches("textarea") ? document.activeElement : null;
  const leave = (event) => {
    const field = written(), panel = field?.closest("[data-testid=stPopoverBody]");
    if (!field || (event.type !== "popstate" && (!panel || panel.contains(event.target)))) return;
    field.blur();
  };
  window.addEventListener("pointerdown", leave, true);
  window.addEventListener("popstate", leave, true);
  window.addEventListener("keydown", (event) => {
    const field = written();
    if (event.key === "Escape" && field?.closest("[data-testid=stPopoverBody]")) field.blur();
  }, true);
})();

// What is being written in a panel over the page reaches the server before the panel goes.
//
// Streamlit sends a field's text once the field is left; Escape, a click beside the panel or "back" take the panel
// away with the field still in use, and with it what was written.
(() => {
  if (window.filatureWriting) return;
  window.filatureWriting = true;
  const leave = (event) => {
    const field = document.activeElement;
    if (!field?.matches("textarea, input") || field === event.target) return;
    if (event.type === "popstate" || field.closest("[data-testid=stPopoverBody]")) field.blur();
  };
  window.addEventListener("pointerdown", leave, true);
  window.addEventListener("popstate", leave, true);
  window.addEventListener("keydown", (event) => {
    const field = document.activeElement;
    if (event.key !== "Escape" || !field?.matches("textarea, input")) return;
    if (field.closest("[data-testid=stPopoverBody]")) field.blur();
  }, true);
})();

// What is being written reaches the server: in a panel over the page before the panel goes, a day by Enter too.
//
// Streamlit sends a field's text once the field is left; Escape, a click beside the panel or "back" take the panel
// away with the field still in use, and with it what was written.
(() => {
  if (window.filatureWriting) return;
  window.filatureWriting = true;
  // a textarea or a day alone: a list's field that is left closes its list before the choice is made
  const written = () => document.activeElement?.matches("textarea, [data-testid=stDateInput] [role=spinbutton]")
    ? document.activeElement : null;
  const left = (field) => {
    const day = field.closest("[data-testid=stDateInput]");
    if (!day) return field.blur();
    day.tabIndex = -1; // a day is taken once the focus is somewhere else on the page, not where it is nowhere
    return day.focus({ preventScroll: true });
  };
  const leave = (event) => {
    const field = written(), panel = field?.closest("[data-testid=stPopoverBody]");
    if (!field) return;
    const within = panel?.contains(event.target) || event.target.closest?.("[data-testid=stDateInputCalendar]");
    if (event.type === "popstate" || (panel && !within)) left(field);
  };
  window.addEventListener("pointerdown", leave, true);
  window.addEventListener("popstate", leave, true);
  window.addEventListener("keydown", (event) => {
    const field = written();
    if (event.key === "Escape" && field?.closest("[data-testid=stPopoverBody]")) left(field);
    if (event.key === "Enter" && field?.matches("[role=spinbutton]")) left(field);
  }, true);
})();

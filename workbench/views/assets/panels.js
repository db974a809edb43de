// Whoever opens a panel over the page by a key is in it, and Tab goes round in it until Escape closes it.
//
// Streamlit puts a panel at the page's end and leaves the focus on its button: by keyboard all that stands behind the
// panel came first, and after its last field the page's top.
(() => {
  if (window.filaturePanels) return;
  window.filaturePanels = true;
  const body = "[data-testid=stPopoverBody]";
  const fields = ":is([role=radio], [role=spinbutton], input, textarea)";
  const others = ":is(a[href], button, summary, canvas, [tabindex='0'])";
  const within = (panel, what) => [...panel.querySelectorAll(`${what}:not(:disabled, [tabindex='-1'])`)]
    .filter((one) => one.checkVisibility());
  const open = () => [...document.querySelectorAll(body)].filter((one) => one.checkVisibility()).pop();
  const begin = (button, left, idle) => { // what stands in it may come with the run that its opening asked for
    if (document.activeElement !== button || !left) return;
    const panel = button.ariaExpanded === "true" && open();
    const first = panel && (within(panel, fields)[0] ?? (idle > 5 ? within(panel, others)[0] : null));
    if (first) first.focus();
    else setTimeout(begin, 50, button, left - 1, panel && !filatureRunning() ? idle + 1 : 0);
  };
  window.addEventListener("keyup", (event) => {
    const button = event.target.closest?.("[data-testid=stPopoverButton]");
    if (button && /^(Enter| )$/.test(event.key)) begin(button, 100, 0);
  }, true);
  window.addEventListener("keydown", (event) => {
    const panel = event.key === "Tab" && event.target.closest?.(body);
    if (!panel) return;
    const places = within(panel, `:is(${fields}, ${others})`);
    const end = places[event.shiftKey ? 0 : places.length - 1];
    const alike = end?.getAttribute("role") === "radio" && end.closest("[role=radiogroup]")?.contains(event.target);
    if (event.target !== end && !alike) return;
    event.preventDefault();
    places[event.shiftKey ? places.length - 1 : 0].focus();
  }, true);
})();

// What can be done with a node, or with what is selected?  Rows of the server, built node by node: text is never HTML.

export class Menu {
  constructor(view, root) {
    this.view = view;
    this.element = root.querySelector(".canvas-menu");
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("contextmenu", (event) => event.preventDefault());
    this.element.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.node = null;
  }

  get open() { return !this.element.hidden; }

  // At a point of the canvas, about a node (one of the selection stands for all of it).
  show(node, { x, y }) {
    this.node = node;
    this.at = { x, y };
    this.rows = null;
    this.fill(this.view.graph.getNodeAttribute(node, "label"), [{ text: this.view.words.loading }]);
    this.view.acts.say("menu", { nodes: [node] });
  }

  told(menu) {
    if (!menu || menu.node !== this.node || !this.open || this.asking) return;
    this.fill(menu.title, menu.rows);
  }

  fill(title, rows) {
    const { element } = this;
    const had = document.activeElement === null || element.getRootNode().activeElement?.closest?.(".canvas-menu");
    const head = document.createElement("div");
    head.className = "canvas-menu-title";
    head.textContent = title;
    element.replaceChildren(head, ...rows.map((row) => this.row(row)));
    element.hidden = false;
    this.asking = false;
    const { clientWidth, clientHeight } = this.view.host;
    element.style.left = `${Math.max(4, Math.min(this.at.x, clientWidth - element.offsetWidth - 6))}px`;
    element.style.top = `${Math.max(4, Math.min(this.at.y, clientHeight - element.offsetHeight - 6))}px`;
    if (had || rows.length > 1) element.querySelector("button")?.focus({ preventScroll: true });
  }

  row(row) {
    if (!row.op) {
      const head = document.createElement("div");
      head.className = "canvas-menu-head";
      head.textContent = row.text;
      return head;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "menuitem");
    button.dataset.op = row.op;
    const text = document.createElement("span");
    text.textContent = row.text;
    const side = document.createElement("span");
    side.className = "canvas-menu-side";
    side.textContent = [row.count, row.key].filter(Boolean).join("  ");
    button.append(text, side);
    button.addEventListener("click", () => this.pick(row));
    return button;
  }

  pick(row) {
    const node = this.node;
    if (row.values.ask) return this.ask(row);
    this.close();
    if (row.values.seek) return this.view.seek(node);
    this.view.act(row.op, node, row.values);
    return undefined;
  }

  // One line of text that an act needs: a title, a note.
  ask(row, value = "") {
    this.asking = true;
    const form = document.createElement("form");
    const field = document.createElement("input");
    field.type = "text";
    field.value = value;
    field.setAttribute("aria-label", row.values.ask);
    field.placeholder = row.values.ask;
    field.style.cssText = "width: 100%; box-sizing: border-box; padding: 6px 8px; font: inherit; color: inherit; "
      + "background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color); border-radius: 4px;";
    const told = document.createElement("div");
    told.className = "canvas-menu-told";
    told.setAttribute("role", "alert");
    form.append(field, told);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      const number = [...text].length, most = this.view.payload.most[row.op];
      if (number > most) { // said, not cut: what is pasted would lose its end unseen
        told.textContent = this.view.words.long.replace("{number}", number).replace("{most}", most);
        return;
      }
      const node = this.node;
      this.close();
      if (text) this.view.act(row.op, node, { ...row.values, text });
    });
    this.element.replaceChildren(form);
    this.element.hidden = false;
    field.focus({ preventScroll: true });
  }

  key(event) {
    if (event.key === "Escape") { this.close(); event.preventDefault(); event.stopPropagation(); return; }
    if (this.asking) { event.stopPropagation(); return; }
    const buttons = [...this.element.querySelectorAll("button")];
    const now = buttons.indexOf(this.element.getRootNode().activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) buttons.at((now + step + buttons.length) % buttons.length)?.focus();
    else if (event.key === "Home") buttons[0]?.focus();
    else if (event.key === "End") buttons.at(-1)?.focus();
    else if (event.key !== "Enter" && event.key !== " ") return;
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  }

  close() {
    if (!this.open) return;
    this.element.hidden = true;
    this.asking = false;
    this.view.host.focus({ preventScroll: true });
  }
}

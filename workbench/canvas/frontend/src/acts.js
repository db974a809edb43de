// What was done here that the server has not heard yet?  Told whole each time, so that nothing is lost between reruns.

export class Acts {
  constructor() {
    this.canvas = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`.slice(0, 36);
    this.number = 0;
    this.waiting = [];
  }

  bind(setStateValue) {
    this.tell = setStateValue;
  }

  // Later selections replace one that waits: only the last is of interest.
  say(op, told = {}) {
    const last = this.waiting.at(-1);
    if (op === "select" && last?.op === "select" && !last.sent) this.waiting.pop();
    this.waiting.push({ n: ++this.number, op, ...told });
    this.tell("acts", { canvas: this.canvas, acts: this.waiting });
  }

  heard(acked) {
    const upTo = acked[this.canvas] ?? 0;
    this.waiting = this.waiting.filter((act) => act.n > upTo);
  }

  get quiet() { return this.waiting.length === 0; }
}

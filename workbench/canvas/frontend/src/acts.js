// What was done here that the server has not heard yet?  Told whole each time, so that nothing is lost between reruns;
// and told again where the page stands still and nobody has heard it: a message that is lost is followed by no other.

const PATIENCE_MS = 3000;
const still = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";

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
    if (op === "select" && last?.op === "select") this.waiting.pop();
    this.waiting.push({ n: ++this.number, op, ...told });
    this.send();
  }

  send(again = 0) {
    this.again = again;
    this.sent = performance.now();
    this.tell("acts", { canvas: this.canvas, acts: this.waiting, again }); // what is the same as before is not heard
  }

  // Asked every second; each time it is waited twice as long.
  remind() {
    if (!this.quiet && performance.now() - this.sent > PATIENCE_MS * 2 ** this.again && still()) this.send(this.again + 1);
  }

  heard(acked) {
    const upTo = acked[this.canvas] ?? 0;
    this.waiting = this.waiting.filter((act) => act.n > upTo);
  }

  get quiet() { return this.waiting.length === 0; }
}

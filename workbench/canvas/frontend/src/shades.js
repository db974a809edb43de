// How does a colour stand on the ground of the page?  Faded, seen well or pale; each found once a theme.
import { contrast, mix, seen } from "./theme.js";

const LEAST_CONTRAST = 1.8; // to the ground; a node of less is edged
const FADED = 0.8;

export class Shades {
  constructor(theme) {
    this.theme = theme;
    this.found = { mixed: new Map(), pale: new Map(), seen: new Map() };
  }

  mixed(color) { return this.once("mixed", color, () => mix(color, this.theme.background, FADED)); }

  // Hardly seen before the ground of the page.
  pale(color) { return this.once("pale", color, () => contrast(color, this.theme.background) < LEAST_CONTRAST); }

  seen(color) { return this.once("seen", color, () => seen(color, this.theme)); }

  once(what, color, find) {
    const known = this.found[what];
    if (!known.has(color)) known.set(color, find());
    return known.get(color);
  }
}

// When were the messages behind the picture written?  Bars, a window between two thumbs, and a button that moves it on.
// What is played is looked at and no change: only where it is stopped the period is chosen, at its end it is as before.

const SVG = "http://www.w3.org/2000/svg";
const STEP_MS = 900; // between two steps of the play
const ROW = 15; // pixels
const THUMB = 7; // pixels of a thumb, which stands outside the window and of all bars where that is whole

// As the server writes it, which says of a chosen period more once it has counted.
function instant(at) {
  const spoken = document.documentElement.lang || "en";
  return new Date(at).toLocaleString(spoken === "en" ? "en-GB" : spoken, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
  });
}

function made(tag, name, parent) {
  const element = document.createElement(tag);
  element.className = name;
  parent.append(element);
  return element;
}

function icon(button, path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  button.replaceChildren(svg);
}

const PLAY = "M4 2.5l9 5.5l-9 5.5z";
const STOP = "M4 3h8v10H4z";

export class Brush {
  constructor(view, root) {
    this.view = view;
    this.element = root.querySelector(".canvas-brush");
    this.button = made("button", "canvas-play", this.element);
    this.button.type = "button";
    icon(this.button, PLAY);
    this.button.addEventListener("click", () => this.play());
    this.track = made("div", "canvas-time", this.element);
    this.bars = document.createElementNS(SVG, "svg");
    this.bars.setAttribute("preserveAspectRatio", "none");
    this.bars.setAttribute("aria-hidden", "true");
    this.shape = document.createElementNS(SVG, "path");
    this.bars.append(this.shape);
    this.track.append(this.bars);
    this.window = made("div", "canvas-window", this.track);
    this.thumbs = ["since", "until"].map((which) => {
      const thumb = made("div", "canvas-thumb", this.track);
      thumb.tabIndex = 0;
      thumb.setAttribute("role", "slider");
      thumb.dataset.end = which;
      thumb.addEventListener("keydown", (event) => this.key(event, which));
      return thumb;
    });
    const told = made("div", "canvas-time-told", this.track);
    this.told = ["from", "how", "to"].map((name) => made("span", `canvas-time-${name}`, told));
    this.track.addEventListener("pointerdown", (event) => this.grab(event));
    this.track.addEventListener("dblclick", () => this.choose(null, null));
    this.sizing = new ResizeObserver(() => this.fit());
    this.sizing.observe(this.track);
    for (const type of ["wheel", "contextmenu"]) this.element.addEventListener(type, (event) => event.stopPropagation());
  }

  set(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    this.text = text;
    this.data = data;
    this.element.hidden = !data || !this.view.editable;
    this.view.host.classList.toggle("canvas-timed", !this.element.hidden);
    this.view.host.classList.toggle("canvas-period", (data?.since ?? data?.until ?? null) !== null);
    if (this.element.hidden) return;
    this.end = data.first + data.width * data.counts.length;
    if (!this.dragging) [this.since, this.until] = [data.since ?? data.first, data.until ?? this.end];
    const most = Math.max(...data.counts, 1);
    this.bars.setAttribute("viewBox", `0 0 ${data.counts.length} 30`);
    this.shape.setAttribute("d", data.counts.map((count, i) => {
      const high = count ? Math.max(1.5, (28 * count) / most) : 0;
      return high ? `M${i + 0.08} 30V${30 - high}H${i + 0.92}V30Z` : "";
    }).join(""));
    this.told[0].textContent = data.ends[0];
    this.told[1].textContent = data.told;
    this.told[2].textContent = data.ends[1];
    this.thumbs.forEach((thumb) => thumb.setAttribute("aria-label", data.words[thumb.dataset.end]));
    this.button.title = data.words.play;
    this.button.setAttribute("aria-label", data.words.play);
    this.track.title = data.words.clear;
    this.draw();
    this.fit();
  }

  // What it says stands between its ends where there is room, else below them, over as many rows as it needs.
  fit() {
    const { host, widened } = this.view, how = this.told[1];
    if (this.element.hidden || !this.track.offsetWidth) return;
    const before = host.dataset.rows ?? "1", whole = widened?.whole();
    host.classList.remove("canvas-time-long");
    const long = how.scrollWidth > how.clientWidth;
    host.classList.toggle("canvas-time-long", long);
    host.dataset.rows = long ? 1 + Math.round(how.offsetHeight / ROW) : 1;
    host.style.setProperty("--told-rows", host.dataset.rows);
    if (host.dataset.rows === before || !widened) return;
    if (this.view.untouched) this.view.frame();
    else if (whole) widened.keepWhole();
  }

  close() {
    this.halt();
    this.sizing.disconnect();
  }

  share(at) { return Math.min(1, Math.max(0, (at - this.data.first) / (this.end - this.data.first))); }

  draw() {
    const [left, right] = [this.share(this.since), this.share(this.until)];
    const at = (share) => `(${share} * (100% - ${2 * THUMB}px))`;
    const whole = this.since <= this.data.first && this.until >= this.end;
    this.window.style.left = `calc(${THUMB}px + ${at(left)})`;
    this.window.style.width = `calc${at(right - left)}`;
    this.window.style.visibility = whole ? "hidden" : "visible";
    this.thumbs[0].style.left = `calc${at(left)}`;
    this.thumbs[1].style.left = `calc(${THUMB}px + ${at(right)})`;
    this.thumbs.forEach((thumb, i) => {
      thumb.setAttribute("aria-valuemin", this.data.first);
      thumb.setAttribute("aria-valuemax", this.end);
      thumb.setAttribute("aria-valuenow", i ? this.until : this.since);
      // of the end the last minute that is in it
      thumb.setAttribute("aria-valuetext", new Date(i ? this.until - 1 : this.since).toISOString().slice(0, 16).replace("T", " "));
    });
  }

  // To the nearest edge of a bar.
  snapped(at) {
    const { first, width } = this.data;
    return Math.min(this.end, Math.max(first, first + Math.round((at - first) / width) * width));
  }

  grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.halt();
    const box = this.track.getBoundingClientRect();
    const share = (now) => (now.clientX - box.x - THUMB) / (box.width - 2 * THUMB);
    const at = (now) => this.data.first + share(now) * (this.end - this.data.first);
    const begun = { since: this.since, until: this.until, at: at(event) };
    const which = event.target.dataset?.end ?? (event.target === this.window ? "window" : "new");
    this.dragging = true;
    const move = (now) => {
      const here = at(now);
      if (which === "window") {
        const by = this.snapped(begun.since + here - begun.at) - begun.since;
        const fits = begun.since + by >= this.data.first && begun.until + by <= this.end;
        if (fits) [this.since, this.until] = [begun.since + by, begun.until + by];
      } else if (which === "new") [this.since, this.until] = [Math.min(begun.at, here), Math.max(begun.at, here)].map((x) => this.snapped(x));
      else this[which] = this.snapped(here);
      if (this.since > this.until) [this.since, this.until] = [this.until, this.since];
      this.moved = true;
      this.draw();
      this.told[1].textContent = `${instant(this.since)} – ${instant(this.until - 1)} UTC`;
      this.view.host.classList.add("canvas-period");
    };
    const end = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      this.dragging = false;
      this.text = this.moved ? null : this.text; // what the server tells of it is said in place of the ends alone
      if (this.moved) this.choose(this.since, Math.max(this.until, this.since + this.data.width));
      this.moved = false;
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
  }

  key(event, which) {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    event.stopPropagation();
    if (!step) return;
    event.preventDefault();
    const { width } = this.data;
    const to = this.snapped(this[which] + step * width);
    const [since, until] = which === "since" ? [Math.min(to, this.until - width), this.until] : [this.since, Math.max(to, this.since + width)];
    this.choose(since, until);
  }

  choose(since, until) {
    const whole = since === null || (since <= this.data.first && until >= this.end);
    [this.since, this.until] = whole ? [this.data.first, this.end] : [since, until];
    this.draw();
    this.view.acts.say(this.playing ? "play" : "period", { values: whole ? {} : { since: this.since, until: this.until } });
  }

  // The window moves on by its own width until it reaches the end; of the whole time a tenth is taken.
  play() {
    if (this.playing) {
      this.halt();
      return this.choose(this.since, this.until);
    }
    const { first, width } = this.data;
    const before = [this.since, this.until];
    let span = this.until - this.since;
    icon(this.button, STOP);
    this.playing = setInterval(() => {
      if (!this.view.acts.quiet) return;
      if (this.until >= this.end) {
        [this.since, this.until] = before;
        this.draw();
        this.view.acts.say("play", { values: {} });
        this.halt();
        return;
      }
      const since = Math.min(this.since + Math.max(width, this.snapped(first + span / 2) - first), this.end - span);
      this.choose(since, since + span);
    }, STEP_MS);
    if (span >= this.end - first) {
      span = Math.max(width, this.snapped(first + (this.end - first) / 10) - first);
      this.choose(first, first + span);
    } else if (this.until >= this.end) this.choose(first, first + span);
    return undefined;
  }

  // Anything else that is done ends it.
  halt() {
    if (!this.playing) return;
    clearInterval(this.playing);
    this.playing = null;
    icon(this.button, PLAY);
  }
}

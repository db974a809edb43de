// Which colours does the surrounding page use?  Read from Streamlit's CSS variables, in light and in dark.

function variable(element, name, fallback) {
  return getComputedStyle(element).getPropertyValue(name).trim() || fallback;
}

function channels(color) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = color;
  const text = probe.fillStyle; // always #rrggbb or rgba(...)
  if (text.startsWith("#")) return [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
  return text.match(/[\d.]+/g).slice(0, 3).map(Number);
}

export function mix(a, b, share) {
  const [x, y] = [channels(a), channels(b)];
  return "#" + x.map((v, i) => Math.round(v * (1 - share) + y[i] * share).toString(16).padStart(2, "0")).join("");
}

// WCAG 2: relative luminance, and how much two colours differ by it.
function luminance(color) {
  const [r, g, b] = channels(color).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const DARK = 0.2; // luminance of a ground below which it is dark
// A thin line is fainter on a dark ground than on a light one of the same contrast: there it stands out more.
const LINES = { light: { edge: 0.24, faint: 0.09 }, dark: { edge: 0.36, faint: 0.22 } };
const SEEN = { from: 3, to: 4.5, share: 0.2 };

// A node's colour on this ground: one that is dim on a dark ground goes towards the colour of the text.
export function seen(color, theme) {
  const by = contrast(color, theme.background);
  const dim = luminance(theme.background) < DARK && by >= SEEN.from && by < SEEN.to;
  return dim ? mix(color, theme.text, SEEN.share) : color;
}

export function readTheme(element) {
  const text = mix(variable(element, "--st-text-color", "#1B2430"), "#000000", 0);
  const background = mix(variable(element, "--st-background-color", "#FFFFFF"), "#000000", 0);
  const lines = luminance(background) < DARK ? LINES.dark : LINES.light;
  return {
    text,
    background,
    accent: mix(variable(element, "--st-primary-color", "#005A8C"), "#000000", 0),
    path: "#D55E00",
    edge: mix(background, text, lines.edge),
    edgeStrong: mix(background, text, 0.7),
    edgeFaint: mix(background, text, lines.faint),
    font: variable(element, "--st-font", "sans-serif"),
  };
}

export function sameTheme(a, b) {
  return Object.keys(a).every((name) => a[name] === b[name]);
}

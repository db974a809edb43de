// Which canvases are on this page?  The side, a component of its own, finds the canvas it speaks to by its key.

const registry = (window.filatureCanvases ??= { views: new Map(), waiting: new Map() });

export function enter(key, view) {
  registry.views.set(key, view);
  const said = registry.waiting.get(key);
  if (said) view.side(said);
}

export function leave(key, view) {
  if (registry.views.get(key) === view) registry.views.delete(key);
}

export function tell(data) {
  registry.waiting.set(data.canvas, data);
  registry.views.get(data.canvas)?.side(data);
}

// The page is in the language of the screens, with what Streamlit's own parts say and how its fields write a day.
//
// Streamlit has no translations: its words are replaced where they stand, and again where they are written anew.  Only
// whole texts are, inside the parts that are named, so that nothing that stands in a case is touched.  Calendars follow
// the browser's language: here they are told the screens'.
(() => {
  if (window.filatureSpeak) return;
  const attributes = ["aria-label", "aria-valuetext", "title", "placeholder"];
  // texts there are a case's: of these fields what buttons are called is said alone
  const data = ["[role=gridcell]", "[role=columnheader]", "[data-testid=stFileChipName]", "[data-testid=stSelectbox]",
    "[data-testid=stMultiSelect]", "[data-testid=stSidebarUserContent]"].join();
  const written = new WeakMap(); // a text or an element to what it said in English, by place
  const browsers = navigator.language;
  let parts = [];
  let foreign = false; // where the screens are in Streamlit's own language nothing has to be looked for
  let code = browsers;
  Object.defineProperty(navigator, "language", { configurable: true, get: () => code });
  Object.defineProperty(navigator, "languages", { configurable: true, get: () => [code] });

  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const phrase = ([english, ours]) => {
    const names = english.match(/\{\w+\}/g) ?? [];
    const source = english.split(/\{\w+\}/).map(literal).join("(.+)");
    return { expression: new RegExp(`^${source}$`, "s"), names, ours };
  };
  const translated = (text, phrases) => {
    for (const { expression, names, ours } of phrases) {
      const found = expression.exec(text);
      if (found) return names.reduce((all, name, at) => all.replace(name, () => filled(name, found[at + 1], phrases)), ours);
    }
    return null;
  };
  const filled = (name, value, phrases) => {
    if (name === "{number}" && /^\d+\.\d+$/.test(value)) return Number(value).toLocaleString(code);
    return (name === "{size}" && translated(value, phrases)) || value;
  };
  const inOurs = (text, phrases) => {
    const whole = translated(text, phrases);
    if (whole !== null) return whole;
    const colon = text.indexOf(": "); // a table's buttons say whose they are after it
    const first = colon < 0 ? null : translated(text.slice(0, colon), phrases);
    return first === null ? null : first + text.slice(colon);
  };
  const say = (owner, place, text, put, phrases) => {
    const kept = written.get(owner) ?? {};
    const english = kept[place]?.ours === text ? kept[place].english : text;
    const ours = inOurs(english, phrases);
    if (ours === null || ours === text) return;
    written.set(owner, { ...kept, [place]: { english, ours } });
    put(ours);
  };
  const speak = () => {
    for (const { selector, phrases } of parts) {
      for (const part of document.querySelectorAll(selector)) {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const node = texts.currentNode;
          if (node.parentElement.closest(data)) continue;
          say(node, "text", node.nodeValue, (ours) => { node.nodeValue = ours; }, phrases);
        }
        for (const element of [part, ...part.querySelectorAll("[aria-label], [aria-valuetext], [title], [placeholder]")]) {
          for (const name of attributes) {
            const said = element.getAttribute(name);
            if (said) say(element, name, said, (ours) => element.setAttribute(name, ours), phrases);
          }
        }
      }
    }
  };
  let asked = false;
  const soon = () => {
    if (asked || !foreign) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; speak(); });
  };
  new MutationObserver(soon).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
  window.filatureSpeak = (language, spoken) => {
    document.documentElement.lang = language; // screen readers and spell checkers go by it
    code = browsers.startsWith(language) ? browsers : language;
    parts = spoken.map(([selector, phrases]) => ({ selector, phrases: phrases.map(phrase) }));
    foreign = spoken.some(([, phrases]) => phrases.some(([english, ours]) => english !== ours));
    dispatchEvent(new Event("languagechange"));
    speak();
  };
})();

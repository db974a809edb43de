// The statement editor: one CodeMirror per place on the page, kept over reruns; it tells the server little and late.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder, tooltips } from "@codemirror/view";
import { suggest } from "./completion.js";
import { cypher } from "./language.js";
import { colours, look } from "./look.js";

const views = new WeakMap(); // parentElement -> Editor
const PARAMETER = /\$(\w+)/g;

class Editor {
  constructor(root, data) {
    this.host = root.querySelector(".editor-host");
    this.schema = data.schema;
    this.answered = data.answered;
    this.seen = data.revision;
    this.marked = null;
    this.view = new EditorView({
      parent: this.host,
      root: this.host.getRootNode(),
      state: EditorState.create({ doc: data.text, extensions: this.extensions(data) }),
    });
    this.sent = this.draft();
    this.host.addEventListener("focusout", (event) => {
      if (!this.host.contains(event.relatedTarget)) this.tell();
    });
    this.host.editorView = this; // the browser tests write here
  }

  extensions(data) {
    return [
      lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
      indentUnit.of("  "), EditorState.tabSize.of(2), EditorView.lineWrapping, placeholder(data.example),
      cypher, syntaxHighlighting(colours), look,
      autocompletion({ override: [suggest(() => this.schema)], icons: false, maxRenderedOptions: 60 }),
      tooltips({ position: "absolute" }),
      EditorView.contentAttributes.of({ "aria-label": data.label, spellcheck: "false", autocorrect: "off", autocapitalize: "off" }),
      Prec.highest(keymap.of([
        { key: "Mod-Enter", run: () => { this.run(); return true; } },
        // Tab leaves the editor, as everywhere else, unless a completion is open.
        { key: "Tab", run: acceptCompletion },
      ])),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      EditorView.updateListener.of((update) => { if (update.docChanged) this.changed(); }),
    ];
  }

  // The newest callbacks of Streamlit; fired by the analyst's acts only.
  bind({ setStateValue, setTriggerValue }) {
    this.send = { state: setStateValue, trigger: setTriggerValue };
  }

  draft() {
    const { from, to } = this.view.state.selection.main;
    return { text: this.view.state.doc.toString(), from, to };
  }

  // What is written and chosen, once the editor is left, the statement asks for other parameters, or is no more the one
  // whose answer stands below.
  tell() {
    const draft = this.draft();
    if (JSON.stringify(draft) === JSON.stringify(this.sent)) return;
    this.sent = draft;
    this.send.state("draft", draft);
  }

  run() {
    this.sent = this.draft();
    this.send.state("draft", this.sent);
    this.send.trigger("run", this.sent);
  }

  changed() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      const text = this.view.state.doc.toString();
      const left = this.answered !== "" && this.sent.text === this.answered && text !== this.answered;
      if (left || asked(text) !== asked(this.sent.text)) this.tell();
    }, 500);
  }

  update(data) {
    this.schema = data.schema;
    this.answered = data.answered;
    if (this.seen !== data.revision) {
      this.seen = data.revision;
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: data.text } });
      this.sent = this.draft();
    }
    const marks = JSON.stringify(data.marks);
    if (this.marked === marks) return;
    this.marked = marks;
    const length = this.view.state.doc.length;
    const inside = data.marks.filter((mark) => mark.to <= length);
    this.view.dispatch(setDiagnostics(this.view.state, inside));
  }

  close() {
    clearTimeout(this.pending);
    this.view.destroy();
  }
}

function asked(text) {
  return [...new Set([...text.matchAll(PARAMETER)].map((found) => found[1]))].sort().join(" ");
}

export default function editor(component) {
  const { parentElement, data } = component;
  let one = views.get(parentElement);
  if (!one) {
    one = new Editor(parentElement, data);
    views.set(parentElement, one);
  }
  one.bind(component);
  one.update(data);
  return () => {
    views.get(parentElement)?.close();
    views.delete(parentElement);
  };
}

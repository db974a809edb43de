// How does the editor look?  By the page's own colours and type, in light and in dark.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--st-blue-text-color)", fontWeight: "600" },
  { tag: tags.string, color: "var(--st-green-text-color)" },
  { tag: [tags.number, tags.atom], color: "var(--st-violet-text-color)" },
  { tag: tags.comment, color: "var(--st-gray-text-color)", fontStyle: "italic" },
  { tag: tags.typeName, color: "var(--st-orange-text-color)" },
  { tag: [tags.function(tags.variableName), tags.macroName], color: "var(--st-blue-text-color)" },
]);

const border = "1px solid var(--st-border-color)";

export const look = EditorView.theme({
  "&": { color: "var(--st-text-color)", backgroundColor: "var(--st-secondary-background-color)", fontSize: "14px", minHeight: "150px", maxHeight: "420px", border, borderRadius: "var(--st-base-radius)" },
  "&.cm-focused": { outline: "none", borderColor: "var(--st-primary-color)" },
  ".cm-scroller": { fontFamily: "var(--st-code-font)", lineHeight: "1.55", minHeight: "148px", overflow: "auto" },
  ".cm-content": { caretColor: "var(--st-text-color)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--st-text-color)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--st-gray-text-color)", border: "none" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--st-text-color) 5%, transparent)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--st-primary-color) 28%, transparent)" },
  ".cm-placeholder": { color: "var(--st-gray-text-color)" },
  ".cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--st-primary-color) 22%, transparent) !important" },
  ".cm-tooltip": { backgroundColor: "var(--st-background-color)", color: "var(--st-text-color)", border, borderRadius: "var(--st-base-radius)", zIndex: "1000" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--st-code-font)", maxHeight: "220px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--st-primary-color)", color: "var(--st-background-color)" },
  ".cm-completionDetail": { opacity: "0.75" },
  ".cm-diagnostic": { padding: "6px 10px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--st-red-color)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--st-orange-color)" },
});

// Which part of a statement is what?  Words, names, texts, numbers and comments of Cypher, as both engines read them.
import { StreamLanguage } from "@codemirror/language";

const KEYWORDS = new Set(
  ("match optional where return distinct with unwind order by limit skip as and or xor not in is null contains starts ends union all call yield case " +
    "when then else end exists explain desc descending asc ascending count collect true false any none single on using index scan join").split(" "),
);
const CONSTANTS = new Set(["true", "false", "null"]);

function token(stream, state) {
  if (state.comment) {
    if (stream.skipTo("*/")) {
      stream.match("*/");
      state.comment = false;
    } else stream.skipToEnd();
    return "comment";
  }
  if (state.quote) return text(stream, state);
  if (stream.eatSpace()) return null;
  if (stream.match("//")) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.match("/*")) {
    state.comment = true;
    return "comment";
  }
  const named = state.named;
  state.named = false;
  if (stream.match(/^`(?:[^`]|``)*`/)) return named ? "typeName" : "variableName";
  if (stream.match(/^\$\w+/)) return "atom";
  if (stream.match(/^(?:0x[0-9a-f]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)/i)) return "number";
  const word = stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u);
  if (word) return kindOf(word[0], stream, state, named);
  const symbol = stream.next();
  if (symbol === "'" || symbol === '"') {
    state.quote = symbol;
    return text(stream, state);
  }
  state.named = ":|&!".includes(symbol) && (symbol === ":" || state.after);
  state.after = state.named;
  state.dotted = symbol === ".";
  return "([{}])".includes(symbol) ? "bracket" : "operator";
}

function kindOf(word, stream, state, named) {
  const dotted = state.dotted;
  state.dotted = false;
  state.after = named;
  if (named) return "typeName";
  if (dotted) return stream.match(/^\s*\(/, false) ? "variableName.function" : "propertyName";
  const folded = word.toLowerCase();
  if (CONSTANTS.has(folded)) return "atom";
  if (KEYWORDS.has(folded)) return "keyword";
  return stream.match(/^\s*\(/, false) ? "variableName.function" : "variableName";
}

function text(stream, state) {
  while (!stream.eol()) {
    const character = stream.next();
    if (character === "\\") stream.next();
    else if (character === state.quote) {
      state.quote = "";
      break;
    }
  }
  return "string";
}

export const cypher = StreamLanguage.define({
  name: "cypher",
  startState: () => ({ comment: false, quote: "", named: false, after: false, dotted: false }),
  token,
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } }, closeBrackets: { brackets: ["(", "[", "{", "'", '"', "`"] } },
});

// What may stand at the cursor?  Labels after "(:", types after "[:", properties after ".", parameters after "$", else
// words and the functions that the guard allows.

const WORDS = [
  "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "RETURN DISTINCT", "WITH", "UNWIND", "ORDER BY", "LIMIT", "SKIP", "AS",
  "AND", "OR", "NOT", "IN", "IS NULL", "IS NOT NULL", "CONTAINS", "STARTS WITH", "ENDS WITH", "UNION", "UNION ALL",
  "CALL", "YIELD", "CASE", "WHEN", "THEN", "ELSE", "END", "EXISTS", "EXPLAIN", "DESC", "ASC", "true", "false", "null",
];
const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function suggest(schema) {
  return (context) => {
    const before = context.matchBefore(/[$.:|&!]?\s*`?[\w.]*/);
    if (!before || (before.from === before.to && !context.explicit)) return null;
    const kind = kindAt(context, before.text);
    const word = context.matchBefore(kind === "function" ? /[\w.]*/ : /\w*/);
    if (kind === "function" && word.text === "" && !context.explicit) return null;
    return { from: word.from, options: options(schema(), kind), validFor: kind === "function" ? /^[\w.]*$/ : /^\w*$/ };
  };
}

function kindAt(context, text) {
  const first = text[0];
  if (first === "$") return "parameter";
  if (first === ":" || first === "|" || first === "&" || first === "!") return inBrackets(context) === "[" ? "type" : "label";
  const line = context.state.doc.lineAt(context.pos);
  const written = line.text.slice(0, context.pos - line.from);
  if (/(^|[^\w.])`?[A-Za-z_]\w*`?\.\w*$/.test(written)) return "property";
  if (/[{,]\s*\w*$/.test(written) && inBrackets(context) === "{") return "property";
  return "function";
}

// The bracket that is open at the cursor, looked for in the last 2,000 characters.
function inBrackets({ state, pos }) {
  const text = state.sliceDoc(Math.max(0, pos - 2000), pos);
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    if (")]}".includes(text[i])) depth++;
    else if ("([{".includes(text[i]) && depth-- === 0) return text[i];
  }
  return "";
}

function options(schema, kind) {
  const quoted = (name) => (PLAIN.test(name) ? name : `\`${name.replaceAll("`", "``")}\``);
  const named = (names, type) => names.map((name) => ({ label: name, apply: quoted(name), type }));
  if (kind === "label") return named(schema.labels, "class");
  if (kind === "type") return named(schema.types, "type");
  if (kind === "property") return named(schema.properties, "property");
  if (kind === "parameter") return schema.parameters.map((name) => ({ label: name, type: "variable" }));
  return [
    ...WORDS.map((label) => ({ label, type: "keyword", boost: 1 })),
    ...schema.functions.map((label) => ({ label, apply: `${label}(`, type: "function" })),
    ...schema.procedures.map((label) => ({ label, apply: `${label}(`, type: "function", detail: "CALL" })),
  ];
}

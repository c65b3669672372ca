// Whether a document keeps to the part of YAML on which js-yaml and Kubernetes agree; most do.

/**
 * What sends a document to the exact reader. A pattern may find what it looks for inside of a string: that costs time,
 * never meaning. Each is linear: a run of spaces is walked once, from the character before it. Lines start after a line feed.
 */
const EXOTIC: readonly RegExp[] = [
  // Tabs: which may separate, and which may not.
  /\t/,
  // Anchors, aliases and tags; explicit keys, which may be mappings; keys that are nothing.
  /[-\n?:[{,] *(?:[&*!]|[?:][ \n,\]}])/,
  // An item of a list with nothing behind the dash.
  /[\n ]- *[\n#]/,
  // Directives, and content beside the document's start.
  /\n(?:%|---(?:[^ \n]| +[^ #\n]))/,
  // Blocks that start a line, and may be a whole document.
  /\n *[|>]/,
  // Escapes of any character, among them NUL and halves of surrogate pairs.
  /\\[0xuU/]/,
  // Keys that are lists or mappings.
  /[\]}] *:[ ,\]}\n]/,
  // The merge key.
  /<< *:/,
  // Keys that are numbers or null.
  /[ \n{,[](?:(?:[-+.]*\d|[-+.]+[inIN])[^\s:,{[]*|~|null|Null|NULL)\s*:[ ,\]}\n]/,
];

/** Where a value may start that ends with a mark of its own. */
const DELIMITED = /(?:\n *|[-:] +)(?=["'[{])/g;

// Repetitions are bounded, so that no line is too long for the engine's stack.
const QUOTED = String.raw`"[^"\\\n]{0,9999}(?:\\.[^"\\\n]{0,999}){0,99}"|'[^'\n]{0,9999}(?:''[^'\n]{0,999}){0,99}'`;
const WORD = String.raw`(?:-*\w|[./])[\w./+%=@-]*(?::[\w./+%=@-]+)*`;
const VALUE = `(?:${QUOTED}|${WORD})`;
const LIST = String.raw`\[ *(?:${VALUE}(?: *, *${VALUE}){0,99})? *\]`;
const map = (value: string) => {
  const entry = `(?:${QUOTED}|[A-Za-z_][\\w./-]*): +(?:${VALUE}|${value})`;
  return String.raw`\{ *(?:${entry}(?: *, *${entry}){0,99})? *\}`;
};
const FLOW = `${LIST}|${map(`${LIST}|${map(LIST)}`)}`;

/** Quotes and brackets that close on their line, of the forms that manifests have. */
const SIMPLE = new RegExp(`(?:${QUOTED})(?= *(?::(?: |$)| #|$))|(?:${FLOW})(?= *$)`, 'my');

/** @param text with line feeds only */
export function isPlainYaml(text: string): boolean {
  // A block scalar at the end of a text without a last line feed has none either.
  if (!text.endsWith('\n') && /[|>]/.test(text)) return false;
  const lines = `\n${text}\n`;
  if (EXOTIC.some((pattern) => pattern.test(lines))) return false;
  DELIMITED.lastIndex = 0;
  while (DELIMITED.test(lines)) {
    SIMPLE.lastIndex = DELIMITED.lastIndex;
    if (!SIMPLE.test(lines)) return false;
    // What is in it needs no look of its own.
    DELIMITED.lastIndex = SIMPLE.lastIndex;
  }
  return true;
}

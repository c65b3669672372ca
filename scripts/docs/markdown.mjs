// Renders Markdown: tables, folded sections, and text in which only code in backticks is markup.

export const generated = '<!-- Made by `npm run docs`. Change the source, not this file. -->';

/** Escapes the characters that are special in Markdown or HTML; backticks still mark code. */
export function plain(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\<>*_|[\]]/g, '\\$&')))
    .join('');
}

/** A table cell: its text cannot end it. */
const cell = (text) => text.replace(/(?<!\\)\|/g, '\\|').replaceAll('\n', ' ');

export function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export const code = (text) => `\`${text}\``;

export const folded = (summary, body) => `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

export const page = (...parts) => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

// Formats results as Markdown: a table for each section, with the baseline in the first row.
import { readFileSync, writeFileSync } from 'node:fs';

const number = (value, digits = 0) => (value === undefined ? '–' : value.toFixed(digits));

export function sectionOf({ title, text, cases }, results, rounds) {
  const [base] = results;
  const rows = cases.map(({ name, limit }, index) => {
    const result = results[index];
    if (result.failed !== undefined)
      return `| ${name} | did not run: ${result.failed.replaceAll('|', '\\|')} | | | | |`;
    const ratio = (what) => (result[what] === undefined ? '–' : (result[what] / base[what]).toFixed(2));
    const budget = limit === undefined ? '' : ` (budget ${limit})`;
    const rare = result.once ? ' (one run)' : '';
    return `| ${name}${rare} | ${number(result.wall)} | ${ratio('wall')}${budget} | ${number(result.cpu)} | ${ratio('cpu')} | ${number(result.memory)} |`;
  });
  const told = cases.flatMap((one, index) =>
    one.told && results[index].failed === undefined ? [one.told(results[index])] : [],
  );
  return [
    `### ${title}`,
    [text, `Medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, in turns.`].filter(Boolean).join(' '),
    ['| | ms | × `node -e 0` | ms of processor | × | MB at most |', '|---|---|---|---|---|---|', ...rows].join('\n'),
    ...told,
  ].join('\n\n');
}

/** Writes between the page's markers. */
export function writeInto(path, text) {
  const [open, close] = ['<!-- measured -->', '<!-- /measured -->'];
  const page = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    `${page.slice(0, page.indexOf(open) + open.length)}\n\n${text}\n\n${page.slice(page.indexOf(close))}`,
  );
}

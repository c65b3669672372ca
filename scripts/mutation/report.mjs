// The results of mutation runs: a table of the areas and a list of the surviving mutants.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const killed = ['Killed', 'Timeout'];
const tried = [...killed, 'Survived', 'NoCoverage'];

/** Of all samples of these areas in the folder, as a text. */
export function reportText(folder, areas) {
  const results = areas.map((name) => ({ name, mutants: mutantsOf(folder, name) }));
  const rows = results.map(({ name, mutants }) => {
    const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
    return { name, count, files: new Set(mutants.map(({ file }) => file)).size, all: mutants.length };
  });
  const head = ['area', 'files', 'mutants', 'tried', 'killed', 'endless', 'survived', 'not reached', 'noticed'];
  const lines = [head, head.map(() => '---'), ...[...rows, sumOf(rows)].map(cellsOf)];
  const survivors = results.flatMap(({ mutants }) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ file, line, kind, from, to, status }) => `${file}:${line} ${kind} ${status}\n  - ${from}\n  + ${to}\n`),
  );
  return `${lines.map((row) => `| ${row.join(' | ')} |\n`).join('')}\n${survivors.join('')}`;
}

const sumOf = (rows) => ({
  name: 'all',
  files: rows.reduce((sum, { files }) => sum + files, 0),
  all: rows.reduce((sum, { all }) => sum + all, 0),
  count: (...statuses) => rows.reduce((sum, { count }) => sum + count(...statuses), 0),
});

const cellsOf = ({ name, files, all, count }) => [
  name,
  files,
  all,
  count(...tried),
  count('Killed'),
  count('Timeout'),
  count('Survived'),
  count('NoCoverage'),
  `${((100 * count(...killed)) / Math.max(1, count(...tried))).toFixed(1)} %`,
];

/** The mutants of an area, with what became of them in the sample that tried them. */
function mutantsOf(folder, name) {
  const found = new Map();
  const reports = readdirSync(folder).filter((file) => new RegExp(`^${name}\\.\\d+\\.\\d+\\.json$`).test(file));
  for (const report of reports) {
    const { files } = JSON.parse(readFileSync(join(folder, report), 'utf8'));
    for (const [file, { source, mutants }] of Object.entries(files)) {
      const lines = source.split('\n');
      for (const { location, mutatorName, replacement = '', status } of mutants) {
        const key = JSON.stringify([file, location, mutatorName, replacement]);
        if (found.has(key) && !tried.includes(status)) continue;
        const { start, end } = location;
        found.set(key, {
          file: file.replace(/^packages\//, ''),
          line: start.line,
          kind: mutatorName,
          from: oneLine(textBetween(lines, start, end)),
          to: oneLine(replacement),
          status,
        });
      }
    }
  }
  return [...found.values()];
}

function textBetween(lines, start, end) {
  const taken = lines.slice(start.line - 1, end.line);
  taken[taken.length - 1] = taken.at(-1).slice(0, end.column - 1);
  taken[0] = taken[0].slice(start.column - 1);
  return taken.join('\n');
}

const oneLine = (text) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
};

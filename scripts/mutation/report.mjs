// The results of a mutation run: a table of the areas and a list of the surviving mutants.
import { readFileSync } from 'node:fs';

const killed = ['Killed', 'Timeout'];
const counted = [...killed, 'Survived', 'NoCoverage'];

/** `reports` are pairs of an area's name and the path of Stryker's report. */
export function tableOf(reports) {
  const rows = reports.map(([name, path]) => {
    const mutants = mutantsOf(path);
    const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
    const all = count(...counted);
    return [
      name,
      new Set(mutants.map(({ file }) => file)).size,
      mutants.length,
      all,
      count('Killed'),
      count('Timeout'),
      count('Survived'),
      count('NoCoverage'),
      `${((100 * count(...killed)) / Math.max(1, all)).toFixed(1)} %`,
    ];
  });
  const head = ['area', 'files', 'mutants', 'tried', 'killed', 'timeout', 'survived', 'not reached', 'killed'];
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const survivors = reports.flatMap(([, path]) =>
    mutantsOf(path)
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ file, line, kind, from, to, status }) => `${file}:${line} ${kind} ${status}\n  - ${from}\n  + ${to}\n`),
  );
  return `${lines.join('\n')}\n\n${survivors.join('')}`;
}

function mutantsOf(path) {
  const { files } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map(({ location: { start, end }, mutatorName, replacement = '', status }) => ({
      file: file.replace(/^packages\//, ''),
      line: start.line,
      kind: mutatorName,
      from: oneLine(textBetween(source.split('\n'), start, end)),
      to: oneLine(replacement),
      status,
    })),
  );
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

// Writes docs/errors.md: every code of the catalog.
import { code, generated, page, plain, table } from './markdown.mjs';

const ranges = {
  1: 'The text cannot be read',
  2: 'An object does not have the shape that Kubernetes asks for',
  3: 'Kubernetes itself would refuse it',
  4: 'Machines on AWS cannot do it',
  5: 'Done otherwise than in a cluster, or not at all',
  6: 'Limits of AWS',
  7: 'Options, configuration and files',
};

export function errors({ catalog }) {
  const codes = Object.entries(catalog).sort(([a], [b]) => (a < b ? -1 : 1));
  const numbers = [...new Set(codes.map(([name]) => name.charAt(3)))];
  return page(
    '# Errors and warnings',
    generated,
    'A diagnostic has a code that keeps its meaning for ever. `i2kit explain I2K321` prints what stands here. An error means that no\n' +
      'template is written; a warning, that one is, and what is not as in a cluster.',
    overview(codes, numbers),
    ...numbers.map((number) => range(number, codes)),
  );
}

const of = (codes, number) => codes.filter(([name]) => name.charAt(3) === number);

const title = (number) => {
  if (ranges[number] === undefined) throw new Error(`scripts/docs/errors.mjs does not know what codes ${number}xx are`);
  return `${number}xx: ${ranges[number]}`;
};

function overview(codes, numbers) {
  const rows = numbers.map((number) => {
    const severities = of(codes, number).map(([, { severity }]) => severity);
    const counted = (one) => String(severities.filter((severity) => severity === one).length);
    return [`[${title(number)}](#${number}xx)`, counted('error'), counted('warning')];
  });
  return table(['Codes', 'Errors', 'Warnings'], rows);
}

function range(number, codes) {
  const rows = of(codes, number).map(([name, { severity, title: heading, explanation }]) => [
    `<a id="${name.toLowerCase()}"></a>${code(name)}`,
    severity === 'error' ? 'error' : '_warning_',
    `**${plain(heading)}**<br>${plain(explanation)}`,
  ]);
  return `<a id="${number}xx"></a>\n\n## ${title(number)}\n\n${table(['Code', '', 'What it means, and what to do'], rows)}`;
}

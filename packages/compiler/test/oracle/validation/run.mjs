// Writes ../../data/validation.json: what Kubernetes says of each change.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changes } from './changes.mjs';

const LETTERS = { taken: 'o', refused: 'x', unread: '-' };

const all = [...changes()];
const answers = execFileSync('go', ['run', '.'], {
  cwd: import.meta.dirname,
  input: all.flatMap(([, objects]) => objects.map((object) => JSON.stringify(object))).join('\n'),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
  stdio: ['pipe', 'pipe', 'inherit'],
})
  .trim()
  .split('\n');
let at = 0;
const lines = all.map(([name, objects]) => {
  const letters = answers.slice(at, at + objects.length).map((answer) => LETTERS[answer]);
  at += objects.length;
  return `${JSON.stringify(name)}:${JSON.stringify(letters.join(''))}`;
});
writeFileSync(join(import.meta.dirname, '../../data/validation.json'), `{\n${lines.join(',\n')}\n}\n`);
console.log(`${answers.length} objects`);

// Measures i2kit beside `node -e 0` and other tools (`npm run bench`; see bench/README.md).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';
import { beside, large, reviewing, scaling, startUp } from './cases.mjs';
import { disk } from './disk.mjs';
import { machine } from './machine.mjs';
import { inTurns } from './measure.mjs';
import { findPeers, installPeers } from './peers.mjs';
import { sectionOf, writeInto } from './report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/bench');
const { values } = parseArgs({
  options: { peers: { type: 'boolean' }, rounds: { type: 'string', default: '15' }, write: { type: 'boolean' } },
});
const rounds = Math.max(1, Number(values.rounds) || 15);
const few = Math.min(rounds, 5);

mkdirSync(cache, { recursive: true });
if (values.peers) installPeers(cache);
const peers = findPeers(cache);
for (const { name, missing } of peers) if (missing) console.error(`${name} is skipped: ${missing}`);
const compiler = await bundle(root, cache);

const measured = [
  [startUp(root), rounds],
  [reviewing({ root, cache }), rounds],
  [beside({ root, cache, peers }), rounds],
  ...[1, 10, 100, 1000].map((services) => [scaling({ root, cache, peers, compiler, services }), few]),
  [large({ cache, compiler }), few],
  [await disk({ root, cache }), few],
];
const texts = [machine()];
console.log(`${texts[0]}\n`);
for (const [section, times] of measured) {
  const text = sectionOf(section, inTurns(section.cases, times), times);
  console.log(`${text}\n`);
  texts.push(text);
}
if (values.write) writeInto(join(root, 'docs/performance.md'), texts.join('\n\n'));

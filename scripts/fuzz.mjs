// `npm run fuzz`: fuzzes the compiler, the review and the agent's parsers for a while, one process at a time, and reports.
//
//     node scripts/fuzz.mjs [--minutes 30] [--seed N] [--only NAME]…
//     node scripts/fuzz.mjs --only NAME --seed N --from I [--cases 1]     repeats cases
//
// The agent's targets get a third of the time. The report is printed as a table and written to .cache/fuzz/report.json.
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.cache/fuzz');
const agent = join(root, 'packages/agent');
const megabytes = 400;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    only: { type: 'string', multiple: true },
    from: { type: 'string', default: '0' },
    cases: { type: 'string' },
  },
});
const isChosen = (name) => values.only === undefined || values.only.includes(name);

const own = ['texts', 'objects', 'settings', 'templates'].filter(isChosen);
const go = spawnSync('go', ['version']).status === 0 ? goTargets().filter(({ name }) => isChosen(name)) : [];

/** The agent's targets: functions of its tests. */
function goTargets() {
  return readdirSync(join(agent, 'internal'), { recursive: true })
    .filter((path) => path.endsWith('_test.go'))
    .flatMap((path) =>
      [...readFileSync(join(agent, 'internal', path), 'utf8').matchAll(/^func (Fuzz\w+)\(/gm)].map(([, name]) => ({
        name: `${dirname(path)}.${name}`,
        package: `./internal/${dirname(path)}`,
        test: name,
      })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text and status of a program; `onLine` sees its output. */
function output(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let text = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('error', fail);
    child.on('close', (status) => done({ text, errors, status }));
  });
}

/** Runs cases of a target until the time or the number is reached; a process that dies is a breach, and the next goes on behind it. */
async function fuzzOwn(name, seconds) {
  const at = join(folder, `${name}.at`);
  const total = { name, cases: 0, seconds: 0, slowest: 0, slowestAt: 0, megabytes: 0, fates: {}, breaches: [] };
  let from = Number(values.from);
  const last = values.cases === undefined ? Infinity : from + Number(values.cases);
  while (total.seconds < seconds && from < last) {
    const flags = { target: name, seed: values.seed, from, at, cases: last - from, seconds: seconds - total.seconds };
    const { text, errors, status } = await output(
      process.execPath,
      [
        `--max-old-space-size=${megabytes}`,
        '--conditions=source',
        `--import=${join(root, 'scripts/typescript.mjs')}`,
        'test/fuzz/main.ts',
        ...Object.entries(flags).flatMap(([key, value]) => [`--${key}`, String(value)]),
      ],
      { cwd: root },
    );
    if (status === 0) {
      add(total, JSON.parse(text));
      break;
    }
    const died = Number(readFileSync(at, 'utf8'));
    total.breaches.push({
      target: name,
      seed: Number(values.seed),
      at: died,
      what: `the process died: ${errors.slice(-2000)}`,
    });
    total.cases += died - from + 1;
    from = died + 1;
    if (total.breaches.length > 20) break;
  }
  return total;
}

function add(total, { cases, seconds, slowest, slowestAt, megabytes: peak, fates, breaches }) {
  total.cases += cases;
  total.seconds += seconds;
  if (slowest > total.slowest) Object.assign(total, { slowest, slowestAt });
  total.megabytes = Math.max(total.megabytes, peak);
  for (const [fate, count] of Object.entries(fates)) total.fates[fate] = (total.fates[fate] ?? 0) + count;
  total.breaches.push(...breaches);
}

async function fuzzAgent({ name, package: folderOf, test }, seconds) {
  const { text, errors, status } = await output(
    'go',
    [
      ...['test', folderOf, '-run', '^$', '-fuzz', `^${test}$`, '-fuzztime', `${Math.ceil(seconds)}s`],
      ...['-fuzzminimizetime', '20x', '-parallel', '1'],
    ],
    { cwd: agent, env: { ...process.env, GOMEMLIMIT: `${megabytes}MiB` } },
  );
  const [, took = '0', cases = '0'] = [...text.matchAll(/elapsed: (\d+)s, execs: (\d+)/g)].at(-1) ?? [];
  const breaches = status === 0 ? [] : [{ target: name, what: `${text}${errors}`.slice(-3000) }];
  return { name, cases: Number(cases), seconds: Number(took), fates: {}, breaches };
}

const rounded = (value, digits) => (value === undefined ? '' : value.toFixed(digits));

function tableOf(tallies) {
  const row = ({ name, cases, seconds, slowest, megabytes: peak, fates, breaches }) => [
    name,
    cases.toLocaleString('en'),
    ['compiled', 'reviewed']
      .map((fate) => fates[fate])
      .find(Boolean)
      ?.toLocaleString('en') ?? '',
    Math.round(cases / Math.max(1, seconds)).toLocaleString('en'),
    rounded(slowest, 2),
    peak ?? '',
    breaches.length,
  ];
  const head = ['target', 'cases', 'accepted', 'per second', 'slowest (s)', 'peak (MB)', 'found'];
  const sum = tallies.reduce((all, { cases }) => all + cases, 0);
  const lines = [head, head.map(() => '---'), ...tallies.map(row)].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n\n${sum.toLocaleString('en')} cases, seed ${values.seed}.\n`;
}

mkdirSync(folder, { recursive: true });
const seconds = Number(values.minutes) * 60;
const agentShare = go.length === 0 ? 0 : own.length === 0 ? 1 : 1 / 3;
const tallies = [];
const take = (tally) => {
  tallies.push(tally);
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ seed: Number(values.seed), tallies }, null, 1));
  process.stderr.write(`${tally.name}: ${tally.cases} cases, ${tally.breaches.length} found\n`);
};
for (const target of go) take(await fuzzAgent(target, (seconds * agentShare) / go.length));
for (const name of own) take(await fuzzOwn(name, (seconds * (1 - agentShare)) / own.length));
for (const { target, at, what } of tallies.flatMap(({ breaches }) => breaches).slice(0, 50))
  process.stdout.write(
    `\n${target}${at === undefined ? '' : `, case ${at}`}: ${what.replaceAll(root, '').slice(0, 3000)}\n`,
  );
process.stdout.write(`\n${tableOf(tallies)}`);
process.stdout.write(`The report is ${relative(process.cwd(), join(folder, 'report.json'))}.\n`);
if (tallies.some(({ breaches }) => breaches.length > 0)) process.exitCode = 1;

// Every regular expression of the shipped sources is linear, or is listed with the bound of its input.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareEntries } from '@i2kit/common';
import { ensureExpressionChecker } from '../../scripts/testTools.mjs';
import { boundedExpressions, composedExpressions } from './boundedExpressions.ts';
import { collectExpressions, type Expression, expressionsIn } from './expressions.ts';

interface Verdict {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity: string;
}

const here = import.meta.dirname;
const cacheFile = join(here, '../../.cache/expressionVerdicts.json');
/** Verdicts of earlier runs, which a run takes over; `I2KIT_TEST_LONG=1` judges every expression anew. */
const verdictsFile = join(here, 'expressionVerdicts.json');
const isLong = process.env['I2KIT_TEST_LONG'] === '1';

type Judged = Pick<Expression, 'source' | 'flags'>;

/** A run judges only the expressions that neither the repository nor the cache has a verdict of. */
async function judge(expressions: readonly Judged[]): Promise<readonly Verdict[]> {
  const known = isLong ? {} : { ...readVerdicts(verdictsFile), ...readVerdicts(cacheFile) };
  const unknown = expressions.filter((each) => known[keyOf(each)] === undefined);
  if (unknown.length > 0) {
    const verdicts = await runJudge(await ensureExpressionChecker(), unknown);
    unknown.forEach((each, index) => {
      known[keyOf(each)] = verdicts[index] as Verdict;
    });
    mkdirSync(dirname(cacheFile), { recursive: true });
    writeFileSync(cacheFile, JSON.stringify({ ...readVerdicts(cacheFile), ...known }));
  }
  return expressions.map((each) => known[keyOf(each)] as Verdict);
}

/** Readable, so that a change of the file can be reviewed. */
const keyOf = ({ source, flags }: Judged): string => `/${source}/${flags}`;

function readVerdicts(file: string): Record<string, Verdict> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Verdict>;
  } catch {
    return {};
  }
}

function runJudge(folder: string, expressions: readonly object[]): Promise<readonly Verdict[]> {
  const program = join(here, '../validators/expressions/judge.mjs');
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [program, folder], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr || error.message));
      else resolve(JSON.parse(stdout) as Verdict[]);
    });
    child.stdin?.end(JSON.stringify(expressions));
  });
}

const { found, composed } = collectExpressions();

test('the collector sees literals, composed texts, and those that only a run makes', () => {
  const text = [
    "// é shifts bytes\nconst part = '[a-z]+';",
    'const wrap = (inner: string) => `(?:${inner})`;',
    'export const one = /^a$/u;',
    "export const two = new RegExp(`^${wrap(part)}$`, 'i');",
    'export const three = (given: string) => new RegExp(given);',
  ].join('\n');
  expect(expressionsIn(text, 'a.ts')).toEqual({
    found: [
      { place: 'a.ts:4', source: '^a$', flags: 'u' },
      { place: 'a.ts:5', source: '^(?:[a-z]+)$', flags: 'i' },
    ],
    composed: ['a.ts:6'],
  });
  expect(found.length).toBeGreaterThan(300);
});

test('the judge tells linear, quadratic and exponential expressions apart', async () => {
  const planted = ['^[a-z]+$', '^.*a.*a.*$', '^(?:a|a)*$'].map((source) => ({ source, flags: '' }));
  expect((await judge(planted)).map(({ status, complexity }) => [status, complexity])).toEqual([
    ['safe', expect.stringMatching(/^(?:safe|linear)$/)],
    ['vulnerable', expect.stringMatching(/degree polynomial$/)],
    ['vulnerable', 'exponential'],
  ]);
});

test('each expression is linear, or its input is bounded', async () => {
  const unique = [...new Map(found.map((each) => [`${each.flags}/${each.source}`, each])).values()];
  const verdicts = await judge(unique);
  if (process.env['I2KIT_TEST_RENEW'] === '1') {
    const table = unique.map((each, index) => [keyOf(each), verdicts[index]] as const).sort(compareEntries);
    writeFileSync(verdictsFile, `${JSON.stringify(Object.fromEntries(table), null, 2)}\n`);
  }
  const unsafe = new Map(
    unique.flatMap((each, index) => {
      const verdict = verdicts[index];
      return verdict?.status === 'safe' ? [] : [[keyOf(each), verdict?.complexity] as const];
    }),
  );
  expect([...unsafe].filter(([, complexity]) => complexity === 'exponential')).toEqual([]);
  const places = found
    .filter((each) => unsafe.has(keyOf(each)))
    .map(({ place, source }) => ({ file: place.replace(/:\d+$/, ''), source }));
  expect(places).toEqual(boundedExpressions.map(({ file, source }) => ({ file, source })));
});

test('expressions that are composed at run time are listed, with the reason why they are linear', () => {
  const files = composed.map((place) => place.split(':')[0]);
  expect([...new Set(files)].sort()).toEqual(Object.keys(composedExpressions).sort());
});

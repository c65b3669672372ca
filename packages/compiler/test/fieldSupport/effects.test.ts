// Changing each leaf alone proves its class: a mapped one changes what is made, a meaningless one does not,
// a refused or warned one is told with its code at its place.
import { pathText } from '../../src/diagnostic.ts';
import { fieldSupport } from '../../src/kinds/fieldSupport.ts';
import type { Kind } from '../../src/kinds/index.ts';
import type { FieldSupport } from '../../src/kinds/shared/fields/fieldSupport.ts';
import { stepsOf } from '../helpers/objects.ts';
import { leavesOf } from '../helpers/schema.ts';
import { changeLeaf, type LeafResult } from './changeLeaf.ts';
import { outputText } from './fixtures.ts';
import { untestableLeaves } from './leafCases.ts';

const CONFIRMED = 'shown';

/** `shown`, or what happened in place of it. */
function verdictOf(kind: Kind, leaf: string, type: string, entry: FieldSupport): string {
  const attempt = changeLeaf(kind, leaf, type, entry);
  if ('mapped' in entry)
    return attempt.trial.refuses === undefined
      ? mappedVerdict(attempt)
      : refusalVerdict(attempt, attempt.trial.refuses);
  if ('meaningless' in entry) return ignoredVerdict(attempt);
  return 'refused' in entry
    ? reportedVerdict(attempt, entry.refused, 'error', entry)
    : reportedVerdict(attempt, entry.warned, 'warning', entry);
}

const firstError = ({ results }: LeafResult): string | undefined =>
  results
    .flatMap(({ ok, diagnostics }) => (ok ? [] : diagnostics.filter(({ severity }) => severity === 'error')))
    .map(({ code, path, message }) => `${code} ${pathText(path)}: ${message}`)[0];

const haveSameOutput = ({ results }: LeafResult): boolean => new Set(results.map(outputText)).size === 1;

const mappedVerdict = (attempt: LeafResult): string =>
  firstError(attempt) ?? (haveSameOutput(attempt) ? 'changes nothing' : CONFIRMED);

const ignoredVerdict = (attempt: LeafResult): string =>
  firstError(attempt) ?? (haveSameOutput(attempt) ? CONFIRMED : 'changes what is made');

/** The first value compiles, and the second one is refused with the code that the trial names, or becomes something else. */
function refusalVerdict(attempt: LeafResult, code: string): string {
  const [first, second] = attempt.results;
  const isRefused = second?.ok === false && second.diagnostics.some((one) => one.code === code);
  return first?.ok === true && isRefused ? CONFIRMED : mappedVerdict(attempt);
}

/** At its place; of a part that is refused as a whole at the first of it, and by a rule at what holds it. */
function reportedVerdict(
  { results, place, beside }: LeafResult,
  code: string,
  severity: string,
  { byRule }: { readonly byRule?: true },
): string {
  const at = pathText(stepsOf(place));
  const places = [at, ...beside.map((path) => pathText(stepsOf(path)))];
  const isThere = (path: string) =>
    places.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`)) ||
    (byRule === true && path !== '' && at.startsWith(path));
  const told = ({ diagnostics }: (typeof results)[number]) =>
    diagnostics.some((one) => one.code === code && one.severity === severity && isThere(pathText(one.path)));
  return results.length > 0 && results.every(told)
    ? CONFIRMED
    : `is not told as ${code} at ${at}, but: ${results
        .find((one) => !told(one))
        ?.diagnostics.map((one) => `${one.code} ${pathText(one.path)}`)
        .join(', ')}`;
}

const counts: Record<string, number> = {};

const isExcepted = (kind: Kind, leaf: string): boolean =>
  untestableLeaves[leaf] !== undefined || untestableLeaves[`${kind} ${leaf}`] !== undefined;

/** Leaves by the part of the object that they belong to: `spec.template.spec.containers[].lifecycle`. */
function partsOf(kind: Kind): readonly (readonly [part: string, leaves: readonly string[]])[] {
  const parts = new Map<string, string[]>();
  for (const leaf of Object.keys(fieldSupport[kind])) {
    if (isExcepted(kind, leaf)) {
      counts['excepted'] = (counts['excepted'] ?? 0) + 1;
      continue;
    }
    const part = /^((?:spec\.(?:jobTemplate\.spec\.)?template\.)?[^.]+(?:\.[^.]+){0,2})/.exec(leaf)?.[0] ?? leaf;
    parts.set(part, [...(parts.get(part) ?? []), leaf]);
  }
  return [...parts];
}

describe.each(Object.keys(fieldSupport) as Kind[])('field support of %s', (kind) => {
  const types = leavesOf(kind);

  it.each(partsOf(kind))('is what happens when a leaf of %s is changed alone', (_, leaves) => {
    const wrong = leaves.flatMap((leaf) => {
      const entry = fieldSupport[kind][leaf] as FieldSupport;
      const verdict = verdictOf(kind, leaf, types.get(leaf) ?? '', entry);
      const name = Object.keys(entry)[0] ?? '';
      if (verdict !== CONFIRMED) return [`${name} ${leaf} ${verdict}`];
      counts[name] = (counts[name] ?? 0) + 1;
      return [];
    });
    expect(wrong).toEqual([]);
  });
});

it.each<[string, FieldSupport]>([
  ['spec.replicas', { meaningless: '' }],
  ['spec.replicas', { refused: 'I2K419' }],
  ['spec.paused', { mapped: 'rollout' }],
  ['spec.template.spec.containers[].imagePullPolicy', { mapped: 'pod' }],
  ['spec.revisionHistoryLimit', { refused: 'I2K501' }],
  ['spec.revisionHistoryLimit', { warned: 'I2K502' }],
])('a wrong class of %s is noticed', (leaf, entry) => {
  expect(verdictOf('Deployment', leaf, leavesOf('Deployment').get(leaf) ?? '', entry)).not.toBe(CONFIRMED);
});

afterAll(() => process.stderr.write(`leaves changed alone: ${JSON.stringify(counts)}\n`));

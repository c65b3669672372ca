// Holds our checks to Kubernetes' own (test/oracle/validation): what it refuses we refuse, and what it takes we refuse for a
// reason of our own only.
import { readFileSync } from 'node:fs';
import { checkFieldSupport } from '../../src/2-check/fieldSupport.ts';
import type { Rule } from '../../src/2-check/rule.ts';
import { rules } from '../../src/2-check/rules/index.ts';
import { type Code, catalog } from '../../src/catalog.ts';
import { validators } from '../../src/generated/validators.js';
import type { Kind } from '../../src/kinds/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { indexOf, manifestOf } from '../helpers/manifests.ts';
import { changes } from '../oracle/validation/changes.mjs';

const answers: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../data/validation.json', import.meta.url), 'utf8'),
);

/** Kubernetes' rules that it does not check when it takes an object, but later: when it starts the pod, or gives out a port. */
const LATER: Readonly<Partial<Record<Code, string>>> = {
  I2K301: 'until 1.36 the name of a Service began with a letter, and variables are named after it',
  I2K306: 'an image that cannot be read cannot be pulled',
  I2K310: 'nothing says what a relative path is relative to',
  I2K311: 'nothing can have such a key',
  I2K318: 'a negative grace period is read as one second',
  I2K320: 'a probe of a port that is not there fails',
  I2K323: 'the kubelet does not start root that must not be root',
  I2K326: 'the API server gives out node ports of its range only',
  I2K328: 'a DNS record of this type leads to names only',
  I2K332: 'the kubelet does not find the container',
};

/** What the input alone cannot hold: the objects stand for themselves here. */
const REFERENCES = /^I2K4(?:4[78]|5)/;

/** What each part of our checks says of an object that is an error: its shape, each rule, field support. */
function refusals(object: JsonObject, asked: readonly Rule[] = rules): readonly Code[] {
  if (!validators[object['kind'] as Kind](object)) return ['I2K201'];
  const codes: Code[] = [];
  const all = indexOf([manifestOf(object)]);
  const report = ({ code }: { readonly code: Code }) => void codes.push(code);
  for (const rule of asked) rule.check(all, report);
  checkFieldSupport(all, report);
  return codes.filter((code) => catalog[code].severity === 'error' && !REFERENCES.test(code));
}

/** One object in this many is looked at, another one in each place; the long mode looks at all of them. */
const ONE_IN = process.env['I2KIT_TEST_LONG'] === '1' ? 1 : 7;

/** What is looked at: each object with its name and what Kubernetes says of it. */
function* sample(): Generator<readonly [name: string, object: JsonObject, answer: string]> {
  let place = 0;
  for (const [name, objects] of changes()) {
    const answer = answers[name] ?? '';
    if (answer.length !== objects.length) throw new Error(`test/data/validation.json does not fit: ${name}`);
    place += 1;
    for (const [index, object] of objects.entries()) {
      if ((index + place) % ONE_IN === 0) yield [`${name} #${index}`, object, answer[index] ?? ''];
    }
  }
}

it('neither side of the answers is thin, for any kind', () => {
  const counts = new Map<string, { taken: number; refused: number }>();
  for (const [name, answer] of Object.entries(answers)) {
    const kind = name.slice(0, name.indexOf(' '));
    const count = counts.get(kind) ?? { taken: 0, refused: 0 };
    for (const letter of answer) count[letter === 'o' ? 'taken' : 'refused'] += 1;
    counts.set(kind, count);
  }
  const lines = [...counts].map(([kind, { taken, refused }]) => `${kind} ${taken} taken, ${refused} refused`);
  process.stderr.write(`changes that Kubernetes has judged:\n  ${lines.join('\n  ')}\n`);
  const thin = [...counts].filter(([, { taken, refused }]) => Math.min(taken, refused) < 0.3 * (taken + refused));
  expect(thin).toEqual([]);
  expect(counts.size).toBe(Object.keys(kinds).length);
  expect([...counts.values()].reduce((sum, { taken, refused }) => sum + taken + refused, 0)).toBeGreaterThan(20_000);
});

it('what Kubernetes refuses is refused, and what it takes is taken', () => {
  const wrong: string[] = [];
  for (const [name, object, answer] of sample()) {
    const said = refusals(object);
    const own = said.filter((code) => code.startsWith('I2K3') && LATER[code] === undefined);
    if (answer !== 'o' && said.length === 0) wrong.push(`taken, though Kubernetes refuses it: ${name}`);
    if (answer === 'o' && own.length > 0) wrong.push(`${own[0]}, though Kubernetes takes it: ${name}`);
  }
  expect(wrong).toEqual([]);
}, 600_000);

it('a rule that is taken away is missed', () => {
  const missed = new Set<Rule>();
  for (const [, object, answer] of sample()) {
    if (answer !== 'x' || !validators[object['kind'] as Kind](object)) continue;
    const all = indexOf([manifestOf(object)]);
    const speaking = rules.filter((rule) => {
      let speaks = false;
      rule.check(all, ({ code }) => {
        speaks ||= catalog[code].severity === 'error' && !REFERENCES.test(code);
      });
      return speaks;
    });
    const [only] = speaking;
    if (only === undefined || speaking.length > 1 || missed.has(only)) continue;
    const others = rules.filter((rule) => rule !== only);
    if (refusals(object, others).length === 0 && refusals(object).length > 0) missed.add(only);
  }
  const codes = [...missed].map((rule) => rule.codes[0]);
  process.stderr.write(
    `rules of ${rules.length} that the answers miss when they are taken away: ${missed.size} (${codes.join(' ')})\n`,
  );
  expect(missed.size).toBeGreaterThanOrEqual(30);
}, 600_000);

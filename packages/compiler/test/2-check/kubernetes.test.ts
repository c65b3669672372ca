// Holds our checks to Kubernetes' own (test/oracle/validation): what it refuses we refuse, and what it takes we refuse for a
// reason of our own only.
import { readFileSync } from 'node:fs';
import { checkLedger } from '../../src/2-check/ledger.ts';
import { rules } from '../../src/2-check/rules/index.ts';
import { type Code, catalog } from '../../src/catalog.ts';
import { validators } from '../../src/generated/validators.js';
import type { JsonObject } from '../../src/kinds/defaults/json.ts';
import type { Kind } from '../../src/kinds/kind.ts';
import { indexOf, manifestOf } from '../helpers/manifests.ts';
import { changes } from '../oracle/validation/changes.mjs';

const answers: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL('../data/validation.json', import.meta.url), 'utf8'));

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

function refusals(object: JsonObject): readonly Code[] {
  if (!validators[object['kind'] as Kind](object)) return ['I2K201'];
  const codes: Code[] = [];
  const all = indexOf([manifestOf(object)]);
  const report = ({ code }: { readonly code: Code }) => void codes.push(code);
  for (const rule of rules) rule.check(all, report);
  checkLedger(all, report);
  return codes.filter((code) => catalog[code].severity === 'error' && !REFERENCES.test(code));
}

/** One object in this many is looked at, another one in each place; ORACLE=all looks at all of them, which takes minutes. */
const ONE_IN = process.env['ORACLE'] === 'all' ? 1 : 17;

it('what Kubernetes refuses is refused, and what it takes is taken', () => {
  const wrong: string[] = [];
  let place = 0;
  for (const [name, objects] of changes()) {
    const answer = answers[name] ?? '';
    if (answer.length !== objects.length) throw new Error(`test/data/validation.json does not fit: ${name}`);
    place += 1;
    for (const [index, object] of objects.entries()) {
      if ((index + place) % ONE_IN !== 0) continue;
      const said = refusals(object);
      const own = said.filter((code) => code.startsWith('I2K3') && LATER[code] === undefined);
      if (answer[index] !== 'o' && said.length === 0) wrong.push(`taken, though Kubernetes refuses it: ${name} #${index}`);
      if (answer[index] === 'o' && own.length > 0) wrong.push(`${own[0]}, though Kubernetes takes it: ${name} #${index}`);
    }
  }
  expect(wrong).toEqual([]);
}, 600_000);

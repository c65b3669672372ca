// Rule expansions: texts that become too long for a program, and references to variables that are not made.
import { expansions } from '../../../src/2-check/rules/expansions.ts';
import { deployment, inPod, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const container = (changes: Readonly<Record<string, unknown>>, ...others: Parameters<typeof withFields>[0][]) =>
  findingsOf(expansions, [
    withFields(
      deployment,
      Object.fromEntries(
        Object.entries(changes).map(([path, value]) => [`spec.template.spec.containers[0].${path}`, value]),
      ),
    ),
    ...others,
  ]);
const doubled = (levels: number) => [
  { name: 'A0', value: 'x' },
  ...Array.from({ length: levels }, (_, level) => ({ name: `A${level + 1}`, value: `$(A${level})$(A${level})` })),
];
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'my-db', namespace: 'default' },
  spec: { selector: { app: 'db' }, ports: [{ port: 5432, protocol: 'TCP' }] },
};

it('takes what a program takes', () => {
  expect(container({ env: doubled(17) })).toEqual([]);
  expect(container({ env: [{ name: 'LONG', value: 'x'.repeat(200_000) }] })).toEqual([]);
  expect(
    container({ env: doubled(10), args: ['$(A10)', '$$(A17)', '$(', '$(MY_DB_SERVICE_HOST)', '$(UNKNOWN)'] }, service),
  ).toEqual([]);
});

it.each([18, 24, 30, 60, 2000])('bounds %i levels that double, and says so once', (levels) => {
  expect(container({ env: doubled(levels) })).toEqual(['I2K428 ~c.env[18].value']);
});

it('bounds the sum, and words of commands and of probes', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ name: `B${index}`, value: '$(A17)' }));
  expect(container({ env: [...doubled(17), ...many] })[0]).toMatch(/^I2K428 ~c\.env\[\d+\]\.value$/);
  expect(container({ env: doubled(17), command: ['x', '$(A17)$(A17)'], args: ['$(A17)x'] })).toEqual([
    'I2K428 ~c.command[1]',
    'I2K428 ~c.args[0]',
  ]);
  const probe = { exec: { command: ['$(BIG)'.repeat(3)] } };
  expect(container({ env: [{ name: 'BIG', value: 'x'.repeat(100_000) }], livenessProbe: probe })).toEqual([
    'I2K428 ~c.livenessProbe.exec.command[0]',
  ]);
});

it('knows the lengths of what ConfigMaps hold', () => {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm', namespace: 'default' },
    data: { BIG: 'x'.repeat(100_000) },
  };
  const from = { envFrom: [{ configMapRef: { name: 'm' } }], env: [{ name: 'TWICE', value: '$(BIG)$(BIG)' }] };
  expect(container(from, map)).toEqual(['I2K428 ~c.env[0].value']);
});

it("warns of variables in the manner of Docker's links", () => {
  const env = [{ name: 'URL', value: 'tcp://$(MY_DB_PORT_5432_TCP_ADDR):$(MY_DB_SERVICE_PORT)' }];
  expect(container({ env, args: ['$(MY_DB_PORT)'] }, service)).toEqual(['I2K568 ~c.env[0].value', 'I2K568 ~c.args[0]']);
  // Of a Service of another app, by its form.
  expect(container({ args: ['$(OTHER_PORT_80_TCP)', '$(OTHER_PORT)'] })).toEqual(['I2K568 ~c.args[0]']);
  // What the container sets itself is there.
  expect(container({ env: [{ name: 'MY_DB_PORT', value: '1' }], args: ['$(MY_DB_PORT)'] }, service)).toEqual([]);
  expect(
    findingsOf(expansions, [inPod({ enableServiceLinks: false, 'containers[0].args': ['$(MY_DB_PORT)'] }), service]),
  ).toEqual([]);
});

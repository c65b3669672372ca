// Rule machineCounts: of one workload, of autoscalers, and of an app.
import { machineCounts } from '../../../src/2-check/rules/machineCounts.ts';
import type { JsonObject } from '../../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'a:1' }] } };
const set = (name: string, replicas: number): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: { replicas, serviceName: name, selector: { matchLabels: { app: 'web' } }, template },
});
const job = (spec: JsonObject): JsonObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'once' },
  spec: { ...spec, template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
});
const named = (name: string) => withFields(deployment, { 'metadata.name': name });
const of = (objects: readonly JsonObject[], stacks?: 'workload') =>
  findingsOf(machineCounts, objects, [], { app: 'shop', env: 'default', ...(stacks && { config: { stacks } }) });

it('takes what a stack may hold', () => {
  expect(of([withFields(deployment, { 'spec.replicas': 10_000 })])).toEqual([]);
  expect(of([set('db', 500)])).toEqual([]);
  expect(of([set('db', 250), job({ completions: 250 })])).toEqual([]);
  expect(of(Array.from({ length: 500 }, (_, index) => named(`w${index}`)))).toEqual([]);
});

it('refuses more, at the field', () => {
  expect(of([withFields(deployment, { 'spec.replicas': 10_001 })])).toEqual(['I2K614 spec.replicas']);
  expect(of([set('db', 501)])).toEqual(['I2K614 spec.replicas']);
  expect(of([job({ completions: 501 })])).toEqual(['I2K614 spec.completions']);
  expect(of([job({ parallelism: 501 })])).toEqual(['I2K614 spec.parallelism']);
  expect(of([job({ completions: 2, parallelism: 501 })])).toEqual([]);
});

it('refuses a surge that makes a group larger than any', () => {
  const surge = (maxSurge: number | string) =>
    of([withFields(deployment, { 'spec.replicas': 20, 'spec.strategy': { rollingUpdate: { maxSurge } } })]);
  expect(surge(10_000)).toEqual([]);
  expect(surge(10_001)).toEqual(['I2K614 spec.strategy.rollingUpdate.maxSurge']);
  expect(surge('60000%')).toEqual(['I2K614 spec.strategy.rollingUpdate.maxSurge']);
});

it('counts the machines of an app, in one stack or in several', () => {
  const sets = Array.from({ length: 11 }, (_, index) => set(`db${index}`, 500));
  expect(of(sets.slice(0, 2))).toEqual(['I2K614 spec.replicas']);
  expect(of(sets.slice(0, 10), 'workload')).toEqual([]);
  expect(of(sets, 'workload')).toEqual(['I2K614 spec.replicas']);
});

it('counts workloads', () => {
  const objects = Array.from({ length: 501 }, (_, index) => named(`w${index}`));
  expect(of(objects)).toEqual(['I2K601']);
  expect(of(objects, 'workload')).toEqual(['I2K601']);
});

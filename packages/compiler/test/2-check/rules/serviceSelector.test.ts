// Rule serviceSelector: what a Service leads to.
import { serviceSelector } from '../../../src/2-check/rules/serviceSelector.ts';
import { deployment, pod, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const leads = (changes: Readonly<Record<string, unknown>>) =>
  findingsOf(serviceSelector, [deployment, withFields(service, changes)]);

it('takes one that selects a workload, or a name outside', () => {
  expect(leads({})).toEqual([]);
  expect(leads({ 'spec.type': 'ExternalName', 'spec.selector': undefined })).toEqual([]);
});

it('warns of one that selects nothing', () => {
  expect(leads({ 'spec.selector': { app: 'other' } })).toEqual(['I2K530 spec.selector']);
  expect(leads({ 'spec.selector': { app: 'web', tier: 'x' } })).toEqual(['I2K530 spec.selector']);
  expect(leads({ 'metadata.namespace': 'other' })).toEqual(['I2K530 spec.selector']);
});

it('tells of a pod that ends', () => {
  const ending = withFields(pod, { 'spec.restartPolicy': 'Never', 'metadata.labels': { app: 'job' } });
  expect(findingsOf(serviceSelector, [ending, withFields(service, { 'spec.selector': { app: 'job' } })])).toEqual([
    'I2K530 spec.selector',
  ]);
});

it('refuses one without a selector, and one that cannot be read; a headless one may lead to a Deployment', () => {
  expect(leads({ 'spec.selector': undefined })).toEqual(['I2K437 spec']);
  expect(leads({ 'spec.selector': {} })).toEqual(['I2K437 spec.selector']);
  expect(leads({ 'spec.selector': { app: 'a b' } })).toEqual(['I2K314 spec.selector.app', 'I2K530 spec.selector']);
  expect(leads({ 'spec.clusterIP': 'None' })).toEqual([]);
});

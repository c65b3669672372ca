// Rule helmHooks: what Helm would run at a time of its own.
import { helmHooks } from '../../../src/2-check/rules/helmHooks.ts';
import { configMap, deployment, job, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const at = (hook: string) => ({ 'metadata.annotations': { 'helm.sh/hook': hook } });
const place = 'metadata.annotations["helm.sh/hook"]';

it('warns of Jobs that Helm runs before or after an installation', () => {
  for (const hook of ['pre-install', 'post-install,post-upgrade', 'pre-upgrade , pre-install'])
    expect(findingsOf(helmHooks, [withFields(job, at(hook))])).toEqual([`I2K577 ${place}`]);
});

it('refuses what Helm runs at another time', () => {
  for (const hook of ['test', 'test-success', 'pre-delete', 'post-install,post-rollback', 'post-instal'])
    expect(findingsOf(helmHooks, [withFields(job, at(hook))])).toEqual([`I2K497 ${place}`]);
  expect(findingsOf(helmHooks, [withFields(deployment, at('test'))])).toEqual([`I2K497 ${place}`]);
});

it('says nothing of what hooks need, and of what is none', () => {
  expect(
    findingsOf(helmHooks, [job, deployment, withFields(job, at('')), withFields(configMap, at('pre-install'))]),
  ).toEqual([]);
});

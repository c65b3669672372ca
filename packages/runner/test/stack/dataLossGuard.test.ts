// The changes of a change set that need no permission, and those that do.

import { dataLossRiskOf, type StackResourceChange } from '../../src/index.ts';
import { endangeredResources, needsDeletionPolicies, notAllowed } from '../../src/stack/dataLossGuard.ts';
import { deletionPoliciesIn } from '../../src/stack/resources.ts';

const disk = { LogicalResourceId: 'Disk', ResourceType: 'AWS::EC2::Volume', PhysicalResourceId: 'vol-1' };
const balancer = { LogicalResourceId: 'Edge', ResourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const web = { LogicalResourceId: 'Web', ResourceType: 'AWS::AutoScaling::AutoScalingGroup' };

test.each<[string, StackResourceChange, string | undefined]>([
  ['a new volume', { ...disk, Action: 'Add' }, undefined],
  ['a volume changed in place', { ...disk, Action: 'Modify', Replacement: 'False' }, undefined],
  ['a volume replaced', { ...disk, Action: 'Modify', Replacement: 'True' }, 'replaced'],
  [
    'a volume replaced, the old one retained',
    { ...disk, Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' },
    'replaced',
  ],
  ['a volume perhaps replaced', { ...disk, Action: 'Modify', Replacement: 'Conditional' }, 'may be replaced'],
  ['a volume removed', { ...disk, Action: 'Remove', PolicyAction: 'Delete' }, 'deleted'],
  ['a volume removed with a snapshot', { ...disk, Action: 'Remove', PolicyAction: 'Snapshot' }, 'deleted'],
  ['a volume let go', { ...disk, Action: 'Remove', PolicyAction: 'Retain' }, undefined],
  ['a volume of which the change set cannot say', { ...disk, Action: 'Dynamic' }, 'may be deleted'],
  ['a volume imported', { ...disk, Action: 'Import' }, undefined],
  ['a load balancer replaced', { ...balancer, Action: 'Modify', Replacement: 'True' }, 'replaced'],
  ['a load balancer removed', { ...balancer, Action: 'Remove' }, 'deleted'],
  ['machines replaced', { ...web, Action: 'Modify', Replacement: 'True' }, undefined],
  ['machines removed', { ...web, Action: 'Remove' }, undefined],
])('%s', (_, change, how) => {
  expect(endangeredResources([change], undefined)[0]?.how).toBe(how);
});

test('if the change set does not give the policy, the deployed template does', () => {
  const removed = [{ ...disk, Action: 'Remove' }];
  expect(needsDeletionPolicies(removed)).toBe(true);
  expect(needsDeletionPolicies([{ ...disk, Action: 'Remove', PolicyAction: 'Retain' }])).toBe(false);
  const policies = deletionPoliciesIn(
    '{"Resources":{"Disk":{"Type":"AWS::EC2::Volume","DeletionPolicy":"RetainExceptOnCreate"}}}',
  );
  expect(endangeredResources(removed, policies)).toEqual([]);
  expect(endangeredResources(removed, deletionPoliciesIn('{"Resources":{"Disk":{}}}'))).toHaveLength(1);
  // Not JSON: nothing is known, so the worst is assumed.
  expect(endangeredResources(removed, deletionPoliciesIn('Resources: {}'))).toHaveLength(1);
});

test('only named resources are allowed', () => {
  const both = endangeredResources(
    [
      { ...disk, Action: 'Remove' },
      { ...balancer, Action: 'Remove' },
    ],
    undefined,
  );
  expect(notAllowed(both, ['Edge']).map((each) => each.logicalId)).toEqual(['Disk']);
  expect(notAllowed(both)).toHaveLength(2);
});

test('nested stacks are assumed to hold data, a group of machines is not', () => {
  expect(dataLossRiskOf('AWS::CloudFormation::Stack')).toBe('data');
  expect(dataLossRiskOf('AWS::FSx::Volume')).toBe('data');
  expect(dataLossRiskOf('AWS::EC2::EIP')).toBe('address');
  expect(dataLossRiskOf('AWS::AutoScaling::AutoScalingGroup')).toBeUndefined();
});

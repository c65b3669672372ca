// What a change set may do without being asked about.

import { asksForPolicies, endangered, unasked } from '../src/guard.ts';
import { type ResourceChangeOutput, worthOf } from '../src/index.ts';
import { policiesIn } from '../src/resources.ts';

const disk = { LogicalResourceId: 'Disk', ResourceType: 'AWS::EC2::Volume', PhysicalResourceId: 'vol-1' };
const balancer = { LogicalResourceId: 'Edge', ResourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer' };
const web = { LogicalResourceId: 'Web', ResourceType: 'AWS::AutoScaling::AutoScalingGroup' };

test.each<[string, ResourceChangeOutput, string | undefined]>([
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
  expect(endangered([change], undefined)[0]?.how).toBe(how);
});

test('where the change set does not say, the template that the stack has now does', () => {
  const removed = [{ ...disk, Action: 'Remove' }];
  expect(asksForPolicies(removed)).toBe(true);
  expect(asksForPolicies([{ ...disk, Action: 'Remove', PolicyAction: 'Retain' }])).toBe(false);
  const policies = policiesIn('{"Resources":{"Disk":{"Type":"AWS::EC2::Volume","DeletionPolicy":"RetainExceptOnCreate"}}}');
  expect(endangered(removed, policies)).toEqual([]);
  expect(endangered(removed, policiesIn('{"Resources":{"Disk":{}}}'))).toHaveLength(1);
  // No JSON: nothing is known, so the worst is.
  expect(endangered(removed, policiesIn('Resources: {}'))).toHaveLength(1);
});

test('only what is named is allowed', () => {
  const both = endangered(
    [
      { ...disk, Action: 'Remove' },
      { ...balancer, Action: 'Remove' },
    ],
    undefined,
  );
  expect(unasked(both, ['Edge']).map((each) => each.logicalId)).toEqual(['Disk']);
  expect(unasked(both)).toHaveLength(2);
});

test('nested stacks are taken to hold data, a group of machines is not', () => {
  expect(worthOf('AWS::CloudFormation::Stack')).toBe('data');
  expect(worthOf('AWS::FSx::Volume')).toBe('data');
  expect(worthOf('AWS::EC2::EIP')).toBe('address');
  expect(worthOf('AWS::AutoScaling::AutoScalingGroup')).toBeUndefined();
});

// Compares our replacement model with the CDK's on the same pairs; where they differ, says who is right.
import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { compareTemplates, type ResourceChange } from '@i2kit/review';
import { pairs, templatesOf } from './pair.ts';

/** Known differences by resource type and both verdicts, with the reason for ours. */
const knownDifferences: Readonly<Record<string, string>> = {
  'AWS::EC2::Volume: refused, and update': 'CloudFormation fails the update of a zone: "Updates are not supported"',
  'AWS::AutoScaling::AutoScalingGroup: update, and nothing':
    'a new version of its launch template rolls each of its machines',
  'AWS::ElasticLoadBalancingV2::Listener: update, and nothing':
    'it goes over to the target group that takes the place of another',
  'AWS::ElasticLoadBalancingV2::Listener: nothing, and update':
    'its metadata alone changes: nothing becomes of a listener',
  'AWS::Route53::RecordSet: update, and nothing':
    'it names the address of the load balancer that takes the place of another',
  'AWS::Route53::RecordSet: nothing, and update': 'its metadata alone changes: nothing becomes of a name',
};

const ourAction = ({ action, replacement }: ResourceChange): string =>
  action !== 'modify'
    ? action
    : replacement === 'refused'
      ? 'refused'
      : replacement === 'will'
        ? 'replace'
        : replacement === 'may'
          ? 'may replace'
          : 'update';

function cdkAction(difference: ResourceDifference): string {
  if (difference.isAddition) return 'add';
  if (difference.isRemoval) return 'remove';
  switch (difference.changeImpact) {
    case ResourceImpact.WILL_REPLACE:
      return 'replace';
    case ResourceImpact.MAY_REPLACE:
      return 'may replace';
    case ResourceImpact.NO_CHANGE:
      return 'nothing';
    default:
      return 'update';
  }
}

const found = new Set<string>();

test.each(pairs)('%s', (_, pair) => {
  const [before, after] = templatesOf(pair);
  const { changes } = compareTemplates(before, after);
  const cdk = new Map<string, string>();
  fullDiff(before.template, after.template).resources.forEachDifference((id, difference) =>
    cdk.set(id, cdkAction(difference)),
  );
  const types = { ...before.template.Resources, ...after.template.Resources };
  const differences = [...new Set([...changes.keys(), ...cdk.keys()])].flatMap((id) => {
    const change = changes.get(id);
    const [we, they] = [change ? ourAction(change) : 'nothing', cdk.get(id) ?? 'nothing'];
    return we === they ? [] : [`${types[id]?.Type}: ${we}, and ${they}`];
  });
  for (const difference of differences) found.add(difference);
  expect(differences.filter((difference) => !Object.hasOwn(knownDifferences, difference))).toEqual([]);
});

test('each reason is still needed', () => {
  expect([...found].sort()).toEqual(Object.keys(knownDifferences).sort());
});

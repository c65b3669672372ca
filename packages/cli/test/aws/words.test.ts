// What is shown of a review, of outputs, and of the command that resumes.
import { changesText, verbOf } from '../../src/aws/changes.ts';
import { typed } from '../../src/aws/interrupt.ts';
import { originsIn } from '../../src/aws/origins.ts';
import { outputsText } from '../../src/aws/outputs.ts';
import { readReview } from '../../src/aws/reviewfile.ts';
import type { Io } from '../../src/io.ts';

type Review = Parameters<typeof changesText>[0];

const origins = originsIn(
  JSON.stringify({
    Resources: {
      WebGroup: { Metadata: { 'i2kit:origin': 'Deployment/default/web#/spec/replicas' } },
      WebTemplate: { Metadata: { 'i2kit:origin': 'Deployment/default/web#/spec/template' } },
      Plain: {},
    },
  }),
);
const change = (LogicalResourceId: string, Action: string, type: string, more: object = {}) => ({
  LogicalResourceId,
  Action,
  ResourceType: `AWS::${type}`,
  ...more,
});
const changes = [
  change('WebGroup', 'Modify', 'AutoScaling::AutoScalingGroup', { Replacement: 'False' }),
  change('WebTemplate', 'Modify', 'EC2::LaunchTemplate', { Replacement: 'False' }),
  change('Data', 'Remove', 'EC2::Volume', { PolicyAction: 'Retain' }),
  change('Old', 'Remove', 'Logs::LogGroup'),
  change('Zone', 'Modify', 'Route53::HostedZone', { Replacement: 'True' }),
  change('New', 'Add', 'SNS::Topic'),
  change('Lb', 'Modify', 'ElasticLoadBalancingV2::LoadBalancer', { Replacement: 'Conditional' }),
];
const review = { kind: 'change-set', stackName: 'shop', region: 'eu-west-1', account: '1', changes, endangered: [] } as unknown as Review;

test('a change has the word for what it does', () => {
  expect(changes.map((each) => verbOf(each, changes, origins))).toEqual([
    'ROLL',
    'UPDATE',
    'RETAIN',
    'DESTROY',
    'REPLACE',
    'CREATE',
    'UPDATE',
  ]);
  const scaled = changes.slice(0, 1);
  expect(verbOf(scaled[0] as (typeof changes)[number], scaled, origins)).toBe('UPDATE');
});

test('a review shows each resource below its object, and counts', () => {
  const text = changesText(review, origins, false);
  expect(text).toContain(
    '  Deployment/default/web\n    ROLL     WebGroup     AutoScaling::AutoScalingGroup\n    UPDATE   WebTemplate  EC2::LaunchTemplate\n',
  );
  expect(text).toContain('LoadBalancer  may be replaced');
  expect(text).toContain('  CREATE 1 · UPDATE 2 · ROLL 1 · REPLACE 1 · DESTROY 1 · RETAIN 1\n');
  expect(text).not.toContain('\u001b');
  expect(changesText(review, origins, true)).toContain('\u001b[31mDESTROY\u001b[39m');
});

test('what comes from AWS cannot move the cursor', () => {
  const evil = { ...review, changes: [change('A\u001b[2J', 'Add', 'SNS::Topic')] };
  expect(changesText(evil, {}, false)).not.toContain('\u001b');
  expect(outputsText({ Url: 'http://\u001b[2J', A: 'b' })).toBe('A    b\nUrl  http://\\u001b[2J\n');
});

test('the command that resumes is the one that was typed', () => {
  expect(typed({ argv: ['apply', '-f', 'my manifests/', '--app', "it's"] } as unknown as Io)).toBe(
    "i2kit apply -f 'my manifests/' --app 'it'\\''s'",
  );
});

test('a template that is not ours has no origins, and a file that is no review is said to be none', () => {
  expect([originsIn('Resources: {}'), originsIn('{}')]).toEqual([{}, {}]);
  const io = (text: string) => ({ cwd: '/', files: { readFileSync: () => text } }) as unknown as Io;
  expect(readReview(io('{"version":1,"kind":"unchanged","stackName":"a"}'), 'r')).toHaveProperty('review');
  expect(readReview(io('[]'), 'r')).toEqual({ wrong: 'r: this is no review that --save-review wrote.' });
  expect(readReview(io('{'), 'r')).toHaveProperty('wrong');
});

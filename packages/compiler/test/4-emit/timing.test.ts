// How long stacks wait for machines, and load balancers for connections.
import { gunzipSync } from 'node:zlib';
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, inContainer, job, service, statefulSet, withFields } from '../helpers/objects.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is read here as CloudFormation would.
type Loose = any;

function compiled(...objects: readonly JsonObject[]) {
  const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1' } });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const resources: Loose[] = Object.values(JSON.parse(JSON.stringify(result.stacks[0]?.template.Resources)));
  const of = (type: string) => resources.filter(({ Type }) => Type === `AWS::${type}`);
  const [group] = of('AutoScaling::AutoScalingGroup');
  const parts = of('EC2::LaunchTemplate')[0].Properties.LaunchTemplateData.UserData?.['Fn::Base64']['Fn::Join'][1];
  const document = JSON.parse(
    (parts ?? ['{}']).map((part: Loose) => (typeof part === 'string' ? part : Object.values(part)[0])).join(''),
  );
  const payload =
    document.payload === undefined ? {} : JSON.parse(gunzipSync(Buffer.from(document.payload, 'base64')).toString());
  return {
    agent: payload.rollout?.deadlineSeconds,
    created: group?.CreationPolicy.ResourceSignal.Timeout,
    updated: group?.UpdatePolicy.AutoScalingRollingUpdate.PauseTime,
    ran: of('EC2::Instance')[0]?.CreationPolicy.ResourceSignal.Timeout,
    drained: of('ElasticLoadBalancingV2::TargetGroup').map(({ Properties }) =>
      Object.fromEntries(
        Properties.TargetGroupAttributes.filter(({ Key }: Loose) => Key.startsWith('deregistration_delay')).map(
          ({ Key, Value }: Loose) => [Key.slice('deregistration_delay.'.length), Value],
        ),
      ),
    ),
    warned: result.diagnostics
      .filter(({ code }) => code === 'I2K578')
      .map(({ path, message }) => `${path.join('.')}: ${message}`),
  };
}

/** A port that is declared is one that a load balancer leads to. */
const portless = inContainer({ ports: undefined });
const on8080 = inContainer({ ports: [{ name: 'http', containerPort: 8080 }] });
const within = (seconds: number, object: JsonObject = deployment): JsonObject =>
  withFields(object, { 'spec.progressDeadlineSeconds': seconds });

describe('a stack waits longer than the agent, whose FAILURE says the reason', () => {
  it.each([
    ['without a deadline of its own', [deployment], 600, 'PT15M', []],
    [
      'a short one',
      [within(60, portless)],
      60,
      'PT6M',
      ["counts from the machine's boot, about a minute after its launch"],
    ],
    [
      'a short one behind a load balancer',
      [within(60, on8080), service],
      300,
      'PT10M',
      ['is too short behind a load balancer'],
    ],
    ['a long one', [within(3300, portless)], 3300, 'PT1H', []],
    [
      'one over what CloudFormation leaves',
      [within(3600)],
      3300,
      'PT1H',
      ['is more than CloudFormation leaves: the machine has 3300 seconds'],
    ],
  ] as const)('%s', (_, objects, agent, wait, warnings) => {
    const { agent: told, created, updated, warned } = compiled(...(objects as readonly JsonObject[]));
    expect({ told, created, updated }).toEqual({ told: agent, created: wait, updated: wait });
    expect(warned).toHaveLength(warnings.length);
    for (const [index, text] of warnings.entries()) {
      expect(warned[index]).toContain(`spec.progressDeadlineSeconds: progressDeadlineSeconds`);
      expect(warned[index]).toContain(text);
    }
  });

  it('a Job, within its own deadline', () => {
    expect(compiled(withFields(job, { 'spec.activeDeadlineSeconds': 60 }))).toMatchObject({
      ran: 'PT6M',
      warned: [
        "spec.activeDeadlineSeconds: activeDeadlineSeconds 60 counts from the machine's boot, about a minute after its launch",
      ],
    });
    expect(compiled(withFields(job, { 'spec.activeDeadlineSeconds': 900 }))).toMatchObject({
      ran: 'PT20M',
      warned: [],
    });
    expect(compiled(job)).toMatchObject({ ran: 'PT12H', warned: [] });
  });

  it('a StatefulSet also waits until the machine before it has drained and stopped', () => {
    const { created, updated } = compiled(
      statefulSet,
      withFields(service, { 'spec.clusterIP': undefined, 'metadata.name': 'front' }),
    );
    expect(seconds(updated)).toBeGreaterThanOrEqual(seconds(created) + 120 + 30);
  });
});

const seconds = (text: string): number =>
  Number(/(\d+)H/.exec(text)?.[1] ?? 0) * 3600 +
  Number(/(\d+)M/.exec(text)?.[1] ?? 0) * 60 +
  Number(/(\d+)S/.exec(text)?.[1] ?? 0);

describe('a load balancer drains for as long as it may send new connections', () => {
  const lasting = (grace: number) => withFields(on8080, { 'spec.template.spec.terminationGracePeriodSeconds': grace });

  it.each([
    [0, '120'],
    [30, '120'],
    [400, '400'],
    [7200, '3600'],
  ])('network, with a grace period of %d seconds', (grace, delay) => {
    expect(compiled(lasting(grace), service).drained).toEqual([
      { timeout_seconds: delay, 'connection_termination.enabled': 'true' },
    ]);
  });

  it.each([
    [5, '30'],
    [400, '400'],
  ])('application, with a grace period of %d seconds', (grace, delay) => {
    const web = withFields(service, { 'metadata.annotations': { 'i2kit.dev/via': 'alb-host' } });
    expect(compiled(lasting(grace), web).drained).toEqual([{ timeout_seconds: delay }]);
  });
});

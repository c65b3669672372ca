// Network policies as rules of security groups.
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, networkPolicy, service, withFields } from '../helpers/objects.ts';

const api = withFields(deployment, {
  'metadata.name': 'api',
  'spec.selector.matchLabels': { app: 'api' },
  'spec.template.metadata.labels': { app: 'api' },
});
const policy = (app: string, ingress: unknown) =>
  withFields(networkPolicy, { 'metadata.name': app, 'spec.podSelector.matchLabels': { app }, 'spec.ingress': ingress });
const from = (...peers: readonly object[]) => [{ from: peers, ports: [{ port: 80 }] }];
const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });

function resourcesOf(items: readonly JsonObject[]) {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [deployment, api, service, ...items] });
  const result = compile([{ name: 'a.json', text }], { app: 'a', env: 'e' });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  // biome-ignore lint/suspicious/noExplicitAny: read as CloudFormation would.
  return result.stacks[0]?.template.Resources as any;
}

/** `WebFirewall < ApiFirewall 80` for each rule between groups that is a resource of its own. */
const between = (
  resources: Record<string, { Type: string; Properties: Record<string, { Ref: string }> & { FromPort: number } }>,
) =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress')
    .map(
      ({ Properties: { GroupId, SourceSecurityGroupId, FromPort } }) =>
        `${GroupId?.Ref} < ${SourceSecurityGroupId?.Ref} ${FromPort}`,
    )
    .sort();

it('groups may let each other in, at the machines and through their load balancer', () => {
  expect(between(resourcesOf([policy('web', from(pods('api'))), policy('api', from(pods('web')))]))).toEqual([
    'ApiFirewall < WebFirewall 80',
    'InternalLoadBalancer1Firewall < ApiFirewall 80',
    // What no Service selects has a name, too.
    'InternalLoadBalancer2Firewall < WebFirewall 80',
    'WebFirewall < ApiFirewall 80',
  ]);
});

it('a policy without rules lets nobody in but the load balancer, and nobody to that', () => {
  const { WebFirewall, InternalLoadBalancer1Firewall: front, ApiFirewall } = resourcesOf([policy('web', [])]);
  expect(WebFirewall.Properties.SecurityGroupIngress.map((rule: { FromPort: number }) => rule.FromPort)).toEqual([
    80, 10256,
  ]);
  expect(front.Properties.SecurityGroupIngress).toBeUndefined();
  // Who is not selected is as open as before.
  expect(ApiFirewall.Properties.SecurityGroupIngress).toContainEqual(
    expect.objectContaining({ FromPort: 80, SourceSecurityGroupId: { Ref: 'Members' } }),
  );
});

it('a block is let in without what it excepts', () => {
  const { WebFirewall } = resourcesOf([
    policy('web', from({ ipBlock: { cidr: '10.0.0.0/30', except: ['10.0.0.1/32'] } })),
  ]);
  const blocks = WebFirewall.Properties.SecurityGroupIngress.flatMap(({ CidrIp }: { CidrIp?: string }) => CidrIp ?? []);
  expect(blocks).toEqual(['10.0.0.0/32', '10.0.0.2/31']);
});

it('over sixty rules are refused', () => {
  const holes = Array.from({ length: 8 }, (_, index) => `10.${index * 16 + 1}.1.1/32`);
  expect(() => resourcesOf([policy('web', from({ ipBlock: { cidr: '10.0.0.0/8', except: holes } }))])).toThrow(
    'I2K607',
  );
});

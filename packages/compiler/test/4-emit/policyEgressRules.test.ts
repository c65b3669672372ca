// What network policies let out: rules of the machines' own security groups, as those of a machine add up.
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, networkPolicy, service, withFields } from '../helpers/objects.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is read here as CloudFormation would.
type Loose = any;

function resourcesOf(objects: readonly JsonObject[], config: object = {}): Record<string, Loose> {
  const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1', ...config } });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return JSON.parse(JSON.stringify(result.stacks[0]?.template.Resources));
}

const db = withFields(deployment, {
  'metadata.name': 'db',
  'spec.selector.matchLabels': { app: 'db' },
  'spec.template.metadata.labels': { app: 'db' },
  'spec.template.spec.containers[0].ports': [{ name: 'sql', containerPort: 5433 }],
});
const dbService = withFields(service, {
  'metadata.name': 'db',
  'spec.selector': { app: 'db' },
  'spec.ports': [{ port: 5432, targetPort: 'sql' }],
});
const out = (egress: unknown) =>
  withFields(networkPolicy, { 'spec.policyTypes': ['Egress'], 'spec.egress': egress, 'spec.ingress': undefined });

/** `<destination> <protocol> <from>-<to>` of all rules outwards of web's machines. */
function rulesOf(egress: unknown, config: object = {}): readonly string[] {
  const resources = resourcesOf([deployment, db, dbService, out(egress)], config);
  const text = ({ CidrIp, DestinationSecurityGroupId, IpProtocol, FromPort, ToPort }: Loose) =>
    `${CidrIp ?? DestinationSecurityGroupId.Ref} ${IpProtocol}${FromPort === undefined ? '' : ` ${FromPort}-${ToPort}`}`;
  const beside = Object.values(resources).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupEgress');
  for (const { Properties } of beside) expect(Properties.GroupId).toEqual({ Ref: 'WebFirewall' });
  const own = resources['WebFirewall'].Properties.SecurityGroupEgress;
  return [...own, ...beside.map(({ Properties }) => Properties)].map(text).sort();
}

const agent = '0.0.0.0/0 tcp 443-443';
const toDb = { to: [{ podSelector: { matchLabels: { app: 'db' } } }] };

it.each<[string, unknown, readonly string[]]>([
  ['nothing', [], [agent]],
  ['everything', [{}], ['0.0.0.0/0 -1']],
  ['a port of everyone', [{ ports: [{ port: 53, protocol: 'UDP' }] }], ['0.0.0.0/0 udp 53-53', agent]],
  [
    'a block without a part of it',
    [{ to: [{ ipBlock: { cidr: '10.0.0.0/30', except: ['10.0.0.1/32'] } }], ports: [{ port: 1, endPort: 9 }] }],
    [agent, '10.0.0.0/32 tcp 1-9', '10.0.0.2/31 tcp 1-9'],
  ],
  [
    'pods, through their load balancer too',
    [toDb],
    [agent, 'DbFirewall -1', 'InternalLoadBalancer1Firewall tcp 5432-5432'],
  ],
  [
    "a port by its number, which is the pod's",
    [{ ...toDb, ports: [{ port: 5433 }] }],
    [agent, 'DbFirewall tcp 5433-5433', 'InternalLoadBalancer1Firewall tcp 5432-5432'],
  ],
  [
    'a port by its name',
    [{ ...toDb, ports: [{ port: 'sql' }] }],
    [agent, 'DbFirewall tcp 5433-5433', 'InternalLoadBalancer1Firewall tcp 5432-5432'],
  ],
  ["a port that is the Service's alone", [{ ...toDb, ports: [{ port: 5432 }] }], [agent, 'DbFirewall tcp 5432-5432']],
  ['a name that the peer does not have', [{ ...toDb, ports: [{ port: 'http' }] }], [agent]],
])('lets out %s', (_, egress, expected) => expect(rulesOf(egress)).toEqual([...expected].sort()));

it('lets out to machines of the environment', () => {
  const rules = rulesOf([{ to: [{ namespaceSelector: {} }] }]);
  expect(rules).toEqual(expect.arrayContaining([agent, 'Members -1', 'InternalLoadBalancer1Firewall tcp 5432-5432']));
});

it('reaches machines by their name at the port of the Service', () => {
  expect(rulesOf([{ ...toDb, ports: [{ port: 5433 }] }], { via: 'dns' })).toEqual(
    [agent, 'DbFirewall tcp 5432-5432', 'DbFirewall tcp 5433-5433'].sort(),
  );
});

it("lets out what the machine's other groups do not: those of the app are shut", () => {
  const resources = resourcesOf([deployment, out([])], { isolation: 'app' });
  expect(resources['AppMembers'].Properties.SecurityGroupEgress).toEqual([
    { IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing' },
  ]);
});

it('a Service by host is refused where a policy tells Services apart', () => {
  expect(() => resourcesOf([deployment, service, out([])], { via: 'alb-host' })).toThrow('I2K444');
});

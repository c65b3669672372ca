// Services by host through one load balancer, and at their machines' own addresses.
import { gunzipSync } from 'node:zlib';
import { compile } from '../../src/compile.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import {
  deployment,
  inContainer,
  networkPolicy,
  service,
  statefulSet,
  withFields,
  withValueAt,
} from '../helpers/objects.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is read here as CloudFormation would.
type Loose = any;

function resourcesOf(objects: readonly JsonObject[], config: object = {}): Record<string, Loose> {
  const sources = objects.map((object, position) => ({ name: `${position}.json`, text: JSON.stringify(object) }));
  const result = compile(sources, { app: 'shop', env: 'default', config: { region: 'eu-west-1', ...config } });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return JSON.parse(JSON.stringify(result.stacks[0]?.template.Resources));
}

const documentOf = (template: Loose): Loose =>
  JSON.parse(
    template.Properties.LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'][1]
      .map((part: Loose) => (typeof part === 'string' ? part : Object.values(part)[0]))
      .join(''),
  );
const podOf = (template: Loose): Loose =>
  JSON.parse(gunzipSync(Buffer.from(documentOf(template).payload, 'base64')).toString()).pod;

const on8080 = inContainer({ ports: [{ name: 'http', containerPort: 8080 }] });
const called =
  (name: string, namespace = 'default') =>
  (object: JsonObject) =>
    withFields(object, { 'metadata.name': name, 'metadata.namespace': namespace });
const named = (name: string): readonly JsonObject[] => [on8080, service].map(called(name));
const opened = (firewall: Loose) =>
  firewall.Properties.SecurityGroupIngress.map(({ FromPort, ToPort }: Loose) => [FromPort, ToPort]);

describe('by host', () => {
  const shop = (names: readonly string[]) => resourcesOf(names.flatMap(named).map(alike), { via: 'alb-host' });
  // Each Service selects its own workload.
  const alike = (object: JsonObject): JsonObject => {
    const { name } = object['metadata'] as { name: string };
    return JSON.parse(JSON.stringify(object).replaceAll('"app":"web"', `"app":"${name}"`));
  };
  const rules = (resources: Record<string, Loose>) =>
    Object.fromEntries(
      Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule'),
    );

  it('all Services share one load balancer, and each is found by every name that is typed', () => {
    const resources = shop(['cart', 'front']);
    const types = Object.values(resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer')).toHaveLength(1);
    expect(types.filter((type) => type === 'AWS::ElasticLoadBalancingV2::Listener')).toHaveLength(1);
    const [cart, front] = Object.values(rules(resources)).map(({ Properties }) => Properties);
    const hosts = new RegExp(cart.Conditions[0].HostHeaderConfig.RegexValues[0]);
    for (const name of ['cart', 'cart.default', 'cart.default.svc', 'cart.default.svc.cluster.local'])
      for (const host of [name, `${name}:80`]) expect([host, hosts.test(host)]).toEqual([host, true]);
    for (const host of ['front', 'a.cart', 'cart.staging', 'cart.default.svc.cluster', 'cartXdefault', 'cart:'])
      expect([host, hosts.test(host)]).toEqual([host, false]);
    expect(cart.Priority).not.toBe(front.Priority);
    expect(resources['CartPrivateARecord'].Properties.AliasTarget.DNSName).toEqual({
      'Fn::GetAtt': ['ServicesOfHostLoadBalancer', 'DNSName'],
    });
    expect(resources['CartGroup'].DependsOn).toEqual([
      'CartPrivateARecord',
      'ServicesOfHostHttp80',
      `ServicesOfHostHttp80Rule${cart.Priority}`,
    ]);
    expect(resources['CartHttp80TargetsOfServicesOfHost'].Properties).toMatchObject({
      Protocol: 'HTTP',
      Port: 8080,
      HealthCheckPort: '10256',
    });
  });

  it('a Service that comes or goes moves no rule', () => {
    const [before, after] = [rules(shop(['cart', 'front'])), rules(shop(['aardvark', 'cart', 'front', 'zebra']))];
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(4);
  });

  it('over a hundred rules are too many', () => {
    const objects = Array.from({ length: 101 }, (_, index) => alike(called(`s${index}`)(service)));
    const sources = [...objects, ...Array.from({ length: 101 }, (_, index) => alike(called(`s${index}`)(on8080)))];
    const { diagnostics } = compile(
      [{ name: 'a.yaml', text: sources.map((object) => JSON.stringify(object)).join('\n---\n') }],
      {
        app: 'shop',
        env: 'default',
        config: { region: 'eu-west-1', via: 'alb-host' },
      },
    );
    expect(
      diagnostics.filter(({ code }) => code === 'I2K620').map(({ severity, message }) => [severity, message]),
    ).toEqual([['error', 'the load balancer of Services by host has 101 rules; AWS takes 100']]);
  });

  it('a name that no pattern holds is refused', () => {
    const long = called('a'.repeat(63), 'b'.repeat(63));
    expect(() => resourcesOf([on8080, service].map(long), { via: 'alb-host' })).toThrow('I2K621');
  });
});

describe("at the machines' addresses", () => {
  const byName = withFields(service, { 'metadata.annotations': { 'i2kit.dev/via': 'dns' } });

  it('there is no load balancer: the machines keep the record while ready, and lead their port to the pod', () => {
    const resources = resourcesOf([on8080, byName]);
    expect(Object.values(resources).filter(({ Type }) => /RecordSet|LoadBalancing/.test(Type))).toEqual([]);
    expect(documentOf(resources['WebTemplate']).records).toEqual([
      { zone: 'PrivateZone', name: 'web.default.svc.cluster.local' },
    ]);
    expect(podOf(resources['WebTemplate']).redirects).toEqual([{ protocol: 'TCP', port: 80, to: 8080 }]);
    expect(opened(resources['WebFirewall'])).toEqual([
      [80, 80],
      [8080, 8080],
    ]);
  });

  it('a port that is the pod’s own is led nowhere, and a nodePort is one more', () => {
    const other = withFields(byName, { 'spec.type': 'NodePort', 'spec.ports': [{ port: 8080, nodePort: 30080 }] });
    const { redirects } = podOf(resourcesOf([on8080, other])['WebTemplate']);
    expect(redirects).toEqual([{ protocol: 'TCP', port: 30080, to: 8080 }]);
  });

  it('a StatefulSet keeps it too: only machines that are ready are in it', () => {
    const resources = resourcesOf([statefulSet, byName]);
    expect(resources['WebPrivateARecord']).toBeUndefined();
    expect(documentOf(resources['WebOfStatefulSet0Template']).records).toHaveLength(1);
  });

  it('the app may say it for all, workloads without a Service too', () => {
    const resources = resourcesOf([deployment], { via: 'dns' });
    expect(documentOf(resources['WebTemplate']).records).toHaveLength(1);
    expect(Object.values(resources).filter(({ Type }) => /LoadBalancing/.test(Type))).toEqual([]);
  });

  it('a policy is about the ports of the pod', () => {
    const policy = (port: object) => withValueAt(networkPolicy, ['spec', 'ingress', 0, 'ports'], [port]);
    const admitted = (port: object) =>
      Object.values(resourcesOf([on8080, byName, policy(port)]))
        .filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress')
        .map(({ Properties }) => [Properties.FromPort, Properties.ToPort]);
    expect(admitted({ port: 8080 })).toEqual([
      [8080, 8080],
      [80, 80],
    ]);
    // Port 80 of the machine is 8080 of the pod, which this does not let in.
    expect(admitted({ port: 70, endPort: 90 })).toEqual([
      [70, 79],
      [81, 90],
    ]);
    expect(admitted({ port: 70, endPort: 9000 })).toEqual([[70, 9000]]);
  });
});

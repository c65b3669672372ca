// Properties of security groups: direction, source, and port of each rule.
import { deploymentYaml, type Loose, resourcesOf } from '../../helpers/templates.ts';

const service = (type: string, more = '') => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ${type}
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
${more.replace(/^/gm, '  ')}
---
`;
const web = deploymentYaml({ container: 'ports: [{ containerPort: 8080 }]' });
const everywhere = '0.0.0.0/0';

/** Rules without their descriptions. */
const rules = (group: Loose): readonly Loose[] =>
  (group.Properties.SecurityGroupIngress ?? []).map(({ Description: _, ...rule }: Loose) => rule);
const tcp = (port: number, source: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...source });

describe('an internal load balancer', () => {
  const resources = resourcesOf(web + service('ClusterIP'));

  it('lets in machines of the environment at the Service port, and no address', () => {
    expect(rules(resources['InternalLoadBalancer1Firewall'])).toEqual([
      tcp(80, { SourceSecurityGroupId: { Ref: 'Members' } }),
    ]);
    expect(JSON.stringify(rules(resources['InternalLoadBalancer1Firewall']))).not.toContain(everywhere);
  });

  it('reaches the machines at the target port and the readiness port', () => {
    const balancer = { SourceSecurityGroupId: { Ref: 'InternalLoadBalancer1Firewall' } };
    expect(rules(resources['WebFirewall'])).toEqual([
      tcp(8080, { SourceSecurityGroupId: { Ref: 'InternalLoadBalancer1Firewall' } }),
      tcp(8080, { SourceSecurityGroupId: { Ref: 'Members' } }),
      tcp(10256, balancer),
    ]);
  });
});

describe('a public load balancer', () => {
  it('is open to everyone at the Service port only', () => {
    const resources = resourcesOf(web + service('LoadBalancer'));
    expect(rules(resources['WebLoadBalancerFirewall'])).toEqual([tcp(80, { CidrIp: everywhere })]);
    expect(JSON.stringify(rules(resources['WebFirewall']))).not.toContain('CidrIp');
  });

  it('is open to its source ranges only', () => {
    const ranges = 'loadBalancerSourceRanges: [198.51.100.0/24, 203.0.113.0/24]';
    const resources = resourcesOf(web + service('LoadBalancer', ranges));
    expect(rules(resources['WebLoadBalancerFirewall'])).toEqual([
      tcp(80, { CidrIp: '198.51.100.0/24' }),
      tcp(80, { CidrIp: '203.0.113.0/24' }),
    ]);
  });
});

it('an internal Ingress lets in machines of the environment, a public one everyone', () => {
  const ingress = (scheme: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, annotations: { alb.ingress.kubernetes.io/scheme: ${scheme} } }
spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
  const groupFor = (scheme: string) =>
    Object.entries(resourcesOf(web + service('ClusterIP') + ingress(scheme))).find(
      ([id]) => id.includes('Ingress') && id.endsWith('Firewall'),
    )?.[1];
  expect(rules(groupFor('internal'))).toEqual([tcp(80, { SourceSecurityGroupId: { Ref: 'Members' } })]);
  expect(rules(groupFor('internet-facing'))).toEqual([tcp(80, { CidrIp: everywhere })]);
});

it('with isolation, only machines of the app get in', () => {
  const config = { region: 'eu-west-1', isolation: 'app' } as const;
  const resources = resourcesOf(web + service('ClusterIP'), { config });
  expect(rules(resources['InternalLoadBalancer1Firewall'])).toEqual([
    tcp(80, { SourceSecurityGroupId: { Ref: 'AppMembers' } }),
  ]);
  expect(JSON.stringify(rules(resources['WebFirewall']))).not.toContain('"Members"');
});

it('an egress policy lets out its range, HTTPS, and nothing else', () => {
  const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 192.0.2.0/24 } }]
      ports: [{ protocol: UDP, port: 8000, endPort: 9000 }]
`;
  const out = resourcesOf(web + policy)['WebFirewall'].Properties.SecurityGroupEgress;
  expect(out.map(({ Description: _, ...rule }: Loose) => rule)).toEqual([
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: everywhere },
    { IpProtocol: 'udp', FromPort: 8000, ToPort: 9000, CidrIp: '192.0.2.0/24' },
  ]);
});

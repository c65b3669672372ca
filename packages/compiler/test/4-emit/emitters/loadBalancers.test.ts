// Properties of load balancers: listener port, target port, scheme, health check, and deregistration delay.
import { attributesOf, deploymentYaml, ofType, resourcesOf } from '../../helpers/templates.ts';

const web = (grace: number) =>
  deploymentYaml({
    pod: `terminationGracePeriodSeconds: ${grace}`,
    container: 'ports: [{ name: http, containerPort: 8080 }]',
  });
const service = (type: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: ${type}, selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
---
`;
const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, annotations: { alb.ingress.kubernetes.io/scheme: internal } }
spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
const balancers = (yaml: string, kind: string) =>
  ofType(resourcesOf(yaml), 'ElasticLoadBalancingV2::LoadBalancer').filter(
    ({ Properties }) => Properties.Type === kind,
  );

it.each([
  ['ClusterIP', 'internal', 'PrivateSubnets'],
  ['LoadBalancer', 'internet-facing', 'PublicSubnets'],
])('a %s Service has a load balancer that is %s', (type, scheme, subnets) => {
  const [balancer] = balancers(web(30) + service(type), 'network');
  expect(balancer.Properties).toMatchObject({ Scheme: scheme, Subnets: { Ref: subnets } });
  expect(balancer.Properties.SecurityGroups).toHaveLength(1);
});

it('listens on the Service port and forwards to the target port', () => {
  const resources = resourcesOf(web(30) + service('ClusterIP'));
  const [listener] = ofType(resources, 'ElasticLoadBalancingV2::Listener');
  const target = resources[listener.Properties.DefaultActions[0].TargetGroupArn.Ref];
  expect([listener.Properties.Port, target.Properties.Port]).toEqual([80, 8080]);
});

it('checks the pod, whichever port it serves', () => {
  const groups = ofType(resourcesOf(web(30) + service('ClusterIP') + ingress), 'ElasticLoadBalancingV2::TargetGroup');
  expect(groups).toHaveLength(2);
  for (const { Properties } of groups) {
    expect(Properties).toMatchObject({
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: '10256',
      HealthCheckPath: '/readyz',
      Matcher: { HttpCode: '200' },
    });
  }
});

// Elastic Load Balancing takes up to 3600 s; its default of 300 s must not cut longer grace periods.
it.each([
  [10, { network: '120', application: '30' }],
  [301, { network: '301', application: '301' }],
  [1800, { network: '1800', application: '1800' }],
  [5000, { network: '3600', application: '3600' }],
])('a grace period of %d s is drained', (grace, expected) => {
  const groups = ofType(
    resourcesOf(web(grace) + service('ClusterIP') + ingress),
    'ElasticLoadBalancingV2::TargetGroup',
  );
  const delays = Object.fromEntries(
    groups.map(({ Properties: { Protocol, TargetGroupAttributes } }) => [
      Protocol === 'TCP' ? 'network' : 'application',
      attributesOf(TargetGroupAttributes)['deregistration_delay.timeout_seconds'],
    ]),
  );
  expect(delays).toEqual(expected);
});

it('drops invalid headers, and answers 404 where no route matches', () => {
  const routed = ingress.replace(
    'defaultBackend: { service: { name: web, port: { number: 80 } } }',
    'rules: [{ host: web.example.com, http: { paths: [{ path: /, pathType: Prefix, ' +
      'backend: { service: { name: web, port: { number: 80 } } } }] } }]',
  );
  const resources = resourcesOf(web(30) + service('ClusterIP') + routed);
  const [balancer] = balancers(web(30) + service('ClusterIP') + routed, 'application');
  expect(attributesOf(balancer.Properties.LoadBalancerAttributes)).toMatchObject({
    'routing.http.drop_invalid_header_fields.enabled': 'true',
  });
  const [listener] = ofType(resources, 'ElasticLoadBalancingV2::Listener').filter(
    ({ Properties }) => Properties.Protocol === 'HTTP',
  );
  expect(listener.Properties.DefaultActions[0].FixedResponseConfig.StatusCode).toBe('404');
  const [rule] = ofType(resources, 'ElasticLoadBalancingV2::ListenerRule');
  expect(rule.Properties.Conditions).toContainEqual({
    Field: 'host-header',
    HostHeaderConfig: { Values: ['web.example.com'] },
  });
});

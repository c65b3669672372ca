// Application load balancers: what Ingresses ask for, as listeners, rules and target groups.
import type { Finding } from '../../../diagnostic.ts';
import type { Router, RouterBackend, RouterListener } from '../../../plan.ts';
import { type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { rulesOf, serving, targetsId } from '../routing.ts';
import { tags } from '../tags.ts';
import { readiness } from '../wiring.ts';

export const routers: Concern = (target) => ({
  resources: Object.fromEntries(
    target.plan.routers.flatMap((router) => [
      balancer(target, router),
      ...router.listeners.flatMap((each) => listener(router, each)),
      ...serving(router).flatMap((each) => rules(router, each)),
      ...router.backends.map((backend) => targetGroup(target, router, backend)),
    ]),
  ),
  findings: target.plan.routers.flatMap(findingsOf),
});

type Named = readonly [string, Resource];

function balancer(target: Target, router: Router): Named {
  const { origin, name, visibility } = router;
  const attributes = { 'routing.http.drop_invalid_header_fields.enabled': 'true', ...router.attributes };
  return [
    ids.router.balancer(name),
    resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Metadata: originOf(origin),
      Properties: {
        Type: 'application',
        Scheme: visibility === 'public' ? 'internet-facing' : 'internal',
        Subnets: ref(visibility === 'public' ? ids.shared.publicSubnets : ids.shared.privateSubnets),
        SecurityGroups: [ref(ids.balancer.firewall(ids.router.balancer(name)))],
        LoadBalancerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: tags(target, origin),
      },
    }),
  ];
}

function listener(router: Router, { origin, port, certificates, redirect }: RouterListener): readonly Named[] {
  const [first, ...more] = certificates ?? [];
  const id = ids.router.listener(router.name, port);
  const made = resource('AWS::ElasticLoadBalancingV2::Listener', {
    Metadata: originOf(origin),
    Properties: {
      LoadBalancerArn: ref(ids.router.balancer(router.name)),
      Protocol: first === undefined ? 'HTTP' : 'HTTPS',
      Port: port,
      ...(first === undefined ? {} : { Certificates: [{ CertificateArn: first }], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
      DefaultActions: [redirect === undefined ? otherwise(router) : elsewhere(redirect)],
    },
  });
  return [
    [id, made],
    ...more.map(
      (arn): Named => [
        ids.router.certificate(router.name, port, arn),
        resource('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
          Metadata: originOf(origin),
          Properties: { ListenerArn: ref(id), Certificates: [{ CertificateArn: arn }] },
        }),
      ],
    ),
  ];
}

const elsewhere = (port: number) => ({
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: String(port), StatusCode: 'HTTP_301' },
});

/** What no rule matches, as an Ingress controller answers it. */
function otherwise(router: Router) {
  const backend = router.backends.find(({ key }) => key === router.fallback);
  if (backend !== undefined) return forward(router, backend);
  return { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'not found' } };
}

const forward = (router: Router, backend: RouterBackend) => ({ Type: 'forward', TargetGroupArn: ref(targetsId(router, backend)) });

function rules(router: Router, { port }: RouterListener): readonly Named[] {
  return rulesOf(router).flatMap(({ route, paths }, index): readonly Named[] => {
    const backend = router.backends.find(({ key }) => key === route.backend);
    if (backend === undefined) return [];
    const made = resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Metadata: originOf(route.origin),
      Properties: {
        ListenerArn: ref(ids.router.listener(router.name, port)),
        Priority: index + 1,
        Conditions: [
          ...(route.host === undefined ? [] : [{ Field: 'host-header', HostHeaderConfig: { Values: [route.host] } }]),
          ...(paths.length === 0 ? [] : [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }]),
        ],
        Actions: [forward(router, backend)],
      },
    });
    return [[ids.router.rule(router.name, port, index + 1), made]];
  });
}

function targetGroup(target: Target, router: Router, backend: RouterBackend): Named {
  const grace = Math.max(...backend.groups.map((key) => target.group(key).rollout.graceSeconds));
  const attributes = { 'deregistration_delay.timeout_seconds': String(Math.min(3600, grace)), ...backend.attributes };
  return [
    targetsId(router, backend),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Metadata: originOf(backend.origin),
      Properties: {
        Protocol: backend.protocol,
        Port: backend.targetPort,
        VpcId: ref(ids.shared.vpc),
        TargetType: 'instance',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: String(readiness.port),
        HealthCheckPath: readiness.path,
        HealthCheckIntervalSeconds: 10,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        Matcher: { HttpCode: '200' },
        TargetGroupAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: tags(target, backend.origin),
      },
    }),
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html: without the default ones. */
const mostRules = 100;

function findingsOf(router: Router): readonly Finding[] {
  const count = rulesOf(router).length * serving(router).length;
  if (count < 0.8 * mostRules) return [];
  return [
    {
      code: 'I2K620',
      severity: count > mostRules ? 'error' : 'warning',
      message: `the load balancer of the group ${router.name} has ${count} rules; AWS takes ${mostRules}`,
      object: router.routes[0]?.origin.object ?? router.origin.object,
      path: [],
    },
  ];
}

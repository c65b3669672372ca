// Application load balancers: what Ingresses ask for, as listeners, rules and target groups.
import type { Finding } from '../../../diagnostic.ts';
import type { Router, RouterBackend, RouterListener } from '../../../plan.ts';
import { type Resource, ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { hostsOf, rulesOf, serving, targetsId } from '../routing.ts';
import { tags } from '../tags.ts';
import { readinessCheck } from '../wiring.ts';

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
  const { origin, visibility } = router;
  const attributes = { 'routing.http.drop_invalid_header_fields.enabled': 'true', ...router.attributes };
  return [
    ids.router.balancer(router),
    resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Metadata: originOf(origin),
      Properties: {
        Type: 'application',
        Scheme: visibility === 'public' ? 'internet-facing' : 'internal',
        Subnets: ref(visibility === 'public' ? ids.shared.publicSubnets : ids.shared.privateSubnets),
        SecurityGroups: [ref(ids.balancer.firewall(ids.router.balancer(router)))],
        LoadBalancerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: tags(target, origin),
      },
    }),
  ];
}

function listener(router: Router, { origin, port, certificates, redirect }: RouterListener): readonly Named[] {
  const [first, ...more] = certificates ?? [];
  const id = ids.router.listener(router, port);
  const made = resource('AWS::ElasticLoadBalancingV2::Listener', {
    Metadata: originOf(origin),
    Properties: {
      LoadBalancerArn: ref(ids.router.balancer(router)),
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
        ids.router.certificate(router, port, arn),
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
  return rulesOf(router, port).flatMap(({ route, paths, priority }): readonly Named[] => {
    const backend = router.backends.find(({ key }) => key === route.backend);
    if (backend === undefined) return [];
    const made = resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Metadata: originOf(route.origin),
      Properties: {
        ListenerArn: ref(ids.router.listener(router, port)),
        Priority: priority,
        Conditions: [
          ...(route.service === undefined ? [] : [{ Field: 'host-header', HostHeaderConfig: { RegexValues: [hostsOf(route.service)] } }]),
          ...(route.host === undefined ? [] : [{ Field: 'host-header', HostHeaderConfig: { Values: [route.host] } }]),
          ...(paths.length === 0 ? [] : [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }]),
        ],
        Actions: [forward(router, backend)],
      },
    });
    return [[ids.router.rule(router, port, priority), made]];
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
        ...readinessCheck,
        TargetGroupAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: tags(target, backend.origin),
      },
    }),
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html: without the default ones. */
const mostRules = 100;

const mostListeners = 50;
/** Characters of a regular expression in a condition. */
const longestPattern = 128;

function findingsOf(router: Router): readonly Finding[] {
  const whose = router.serves === 'services' ? 'Services by host' : `the group ${router.name}`;
  const over = (count: number, most: number, what: string): readonly Finding[] => {
    if (count < 0.8 * most) return [];
    const object = router.routes[0]?.origin.object ?? router.origin.object;
    const message = `the load balancer of ${whose} has ${count} ${what}; AWS takes ${most}`;
    return [{ code: 'I2K620', severity: count > most ? 'error' : 'warning', message, object, path: [] }];
  };
  return [
    ...over(
      serving(router).reduce((sum, { port }) => sum + rulesOf(router, port).length, 0),
      mostRules,
      'rules',
    ),
    ...over(router.listeners.length, mostListeners, 'listeners'),
    ...router.services.flatMap((service): readonly Finding[] => {
      const length = hostsOf(service).length;
      if (length <= longestPattern) return [];
      const message = `the pattern of the Service's names has ${length} characters; AWS takes ${longestPattern}`;
      return [{ code: 'I2K621', severity: 'error', message, object: service.origin.object, path: ['metadata', 'name'] }];
    }),
  ];
}

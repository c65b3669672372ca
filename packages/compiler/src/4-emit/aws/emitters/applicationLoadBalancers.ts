// Application load balancers of Ingresses and of Services reached by host: listeners, rules and target groups.
import type { Finding } from '../../../diagnostic.ts';
import type { Router, RouterBackend, RouterListener } from '../../../plan.ts';
import { ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata, type ResourceEntry } from '../emitter.ts';
import { targetGroupHealthCheck } from '../healthCheck.ts';
import { forwardingListeners, listenerRulesOf, routerTargetGroupId, serviceHostPattern } from '../listenerRules.ts';
import * as ids from '../logicalIds.ts';
import { tags } from '../tags.ts';
import { drain } from '../timing.ts';

export const applicationLoadBalancers: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.routers.flatMap((router) => [
      loadBalancerResource(context, router),
      ...router.listeners.flatMap((each) => listenerResources(router, each)),
      ...forwardingListeners(router).flatMap((each) => ruleResources(router, each)),
      ...router.backends.map((backend) => targetGroupResource(context, router, backend)),
    ]),
  ),
  findings: context.plan.routers.flatMap(limitFindings),
});

function loadBalancerResource(context: EmitContext, router: Router): ResourceEntry {
  const { origin, visibility } = router;
  const attributes = { 'routing.http.drop_invalid_header_fields.enabled': 'true', ...router.attributes };
  return [
    ids.router.loadBalancer(router),
    resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Metadata: originMetadata(origin),
      Properties: {
        Type: 'application',
        Scheme: visibility === 'public' ? 'internet-facing' : 'internal',
        Subnets: ref(
          visibility === 'public' ? ids.environmentParameter.publicSubnets : ids.environmentParameter.privateSubnets,
        ),
        SecurityGroups: [ref(ids.loadBalancer.securityGroup(ids.router.loadBalancer(router)))],
        LoadBalancerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: tags(context, origin),
      },
    }),
  ];
}

function listenerResources(
  router: Router,
  { origin, port, certificates, redirect }: RouterListener,
): readonly ResourceEntry[] {
  const [first, ...more] = certificates ?? [];
  const id = ids.router.listener(router, port);
  const made = resource('AWS::ElasticLoadBalancingV2::Listener', {
    Metadata: originMetadata(origin),
    Properties: {
      LoadBalancerArn: ref(ids.router.loadBalancer(router)),
      Protocol: first === undefined ? 'HTTP' : 'HTTPS',
      Port: port,
      ...(first === undefined
        ? {}
        : { Certificates: [{ CertificateArn: first }], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
      DefaultActions: [redirect === undefined ? defaultAction(router) : redirectAction(redirect)],
    },
  });
  return [
    [id, made],
    ...more.map(
      (arn): ResourceEntry => [
        ids.router.certificate(router, port, arn),
        resource('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
          Metadata: originMetadata(origin),
          Properties: { ListenerArn: ref(id), Certificates: [{ CertificateArn: arn }] },
        }),
      ],
    ),
  ];
}

const redirectAction = (port: number) => ({
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: String(port), StatusCode: 'HTTP_301' },
});

/** The response to requests without a matching rule, as Ingress controllers answer them. */
function defaultAction(router: Router) {
  const backend = router.backends.find(({ key }) => key === router.fallback);
  if (backend !== undefined) return forwardAction(router, backend);
  return {
    Type: 'fixed-response',
    FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'not found' },
  };
}

const forwardAction = (router: Router, backend: RouterBackend) => ({
  Type: 'forward',
  TargetGroupArn: ref(routerTargetGroupId(router, backend)),
});

function ruleResources(router: Router, { port }: RouterListener): readonly ResourceEntry[] {
  return listenerRulesOf(router, port).flatMap(({ route, paths, priority }): readonly ResourceEntry[] => {
    const backend = router.backends.find(({ key }) => key === route.backend);
    if (backend === undefined) return [];
    const made = resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Metadata: originMetadata(route.origin),
      Properties: {
        ListenerArn: ref(ids.router.listener(router, port)),
        Priority: priority,
        Conditions: [
          ...(route.service === undefined
            ? []
            : [{ Field: 'host-header', HostHeaderConfig: { RegexValues: [serviceHostPattern(route.service)] } }]),
          ...(route.host === undefined ? [] : [{ Field: 'host-header', HostHeaderConfig: { Values: [route.host] } }]),
          ...(paths.length === 0 ? [] : [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }]),
        ],
        Actions: [forwardAction(router, backend)],
      },
    });
    return [[ids.router.listenerRule(router, port, priority), made]];
  });
}

function targetGroupResource(context: EmitContext, router: Router, backend: RouterBackend): ResourceEntry {
  const grace = Math.max(...backend.groups.map((key) => context.group(key).rollout.graceSeconds));
  const attributes = {
    'deregistration_delay.timeout_seconds': String(drain.application(grace)),
    ...backend.attributes,
  };
  return [
    routerTargetGroupId(router, backend),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Metadata: originMetadata(backend.origin),
      Properties: {
        Protocol: backend.protocol,
        Port: backend.targetPort,
        VpcId: ref(ids.environmentParameter.vpc),
        TargetType: 'instance',
        ...targetGroupHealthCheck,
        TargetGroupAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: tags(context, backend.origin),
      },
    }),
  ];
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html: without the default
 * rules.
 */
const maxRules = 100;

const maxListeners = 50;
/** Characters of a regular expression in a condition. */
const maxPatternLength = 128;

function limitFindings(router: Router): readonly Finding[] {
  const whose = router.serves === 'services' ? 'Services by host' : `the group ${router.name}`;
  const over = (count: number, most: number, what: string): readonly Finding[] => {
    if (count < 0.8 * most) return [];
    const object = router.routes[0]?.origin.object ?? router.origin.object;
    const message = `the load balancer of ${whose} has ${count} ${what}; AWS takes ${most}`;
    return [{ code: 'I2K620', severity: count > most ? 'error' : 'warning', message, object, path: [] }];
  };
  return [
    ...over(
      forwardingListeners(router).reduce((sum, { port }) => sum + listenerRulesOf(router, port).length, 0),
      maxRules,
      'rules',
    ),
    ...over(router.listeners.length, maxListeners, 'listeners'),
    ...router.services.flatMap((service): readonly Finding[] => {
      const length = serviceHostPattern(service).length;
      if (length <= maxPatternLength) return [];
      const message = `the pattern of the Service's names has ${length} characters; AWS takes ${maxPatternLength}`;
      return [
        { code: 'I2K621', severity: 'error', message, object: service.origin.object, path: ['metadata', 'name'] },
      ];
    }),
  ];
}

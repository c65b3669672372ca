// AWS::ElasticLoadBalancingV2::Listener and TargetGroup: a Service's ports on its load balancer, and the machines behind.
import type { Endpoint, EndpointPort } from '../../../plan.ts';
import { ref, resource } from '../../../template.ts';
import { type Concern, originOf, type Target } from '../concern.ts';
import * as ids from '../ids.ts';
import { tags } from '../tags.ts';
import { factsOf, listenerId, readinessCheck, targetId } from '../wiring.ts';

export const listeners: Concern = (target) => ({
  resources: Object.fromEntries(
    target.plan.endpoints.flatMap((endpoint) =>
      endpoint.ports.flatMap((port) => [
        ...port.listeners.map((number) => listener(target, endpoint, port, number)),
        targetGroup(target, endpoint, port),
      ]),
    ),
  ),
});

/** Seconds; long-lived connections of a cluster's clients are not cut off after the default of 350. */
const idleTimeout = '6000';

function listener(target: Target, endpoint: Endpoint, port: EndpointPort, number: number) {
  const protocol = port.certificate === undefined ? port.protocol : 'TLS';
  return [
    listenerId(target, endpoint, port, number),
    resource('AWS::ElasticLoadBalancingV2::Listener', {
      Metadata: originOf(port.origin),
      Properties: {
        LoadBalancerArn: factsOf(target, endpoint).arn,
        Protocol: protocol,
        Port: number,
        ...(port.certificate === undefined
          ? {}
          : { Certificates: [{ CertificateArn: port.certificate }], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(targetId(target, endpoint, port)) }],
        ...(protocol === 'TCP' ? { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: idleTimeout }] } : {}),
      },
    }),
  ] as const;
}

function targetGroup(target: Target, endpoint: Endpoint, port: EndpointPort) {
  return [
    targetId(target, endpoint, port),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Metadata: originOf(port.origin),
      Properties: {
        Protocol: port.protocol,
        Port: port.targetPort,
        VpcId: ref(ids.shared.vpc),
        TargetType: 'instance',
        ...readinessCheck,
        TargetGroupAttributes: attributes(target, endpoint, port),
        Tags: tags(target, endpoint.origin),
      },
    }),
  ] as const;
}

function attributes(target: Target, endpoint: Endpoint, port: EndpointPort) {
  const grace = Math.max(0, ...endpoint.backends.map((key) => target.group(key).rollout.graceSeconds));
  return [
    { Key: 'deregistration_delay.timeout_seconds', Value: String(Math.min(3600, grace)) },
    // A machine may call itself through its load balancer only if it does not see its own address come back; UDP has no choice.
    ...(port.protocol === 'TCP' ? [{ Key: 'preserve_client_ip.enabled', Value: String(endpoint.preserveClientAddress) }] : []),
    ...(endpoint.sticky
      ? [
          { Key: 'stickiness.enabled', Value: 'true' },
          { Key: 'stickiness.type', Value: 'source_ip' },
        ]
      : []),
  ];
}

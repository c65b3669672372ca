// Network load balancers: shared internal ones and one for each Service that asks for its own, with a listener and a target group for each port.

import type { Endpoint, EndpointPort } from '../../../plan.ts';
import { ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import * as ids from '../logicalIds.ts';
import {
  endpointLoadBalancerRefs,
  existingLoadBalancer,
  listenerId,
  loadBalancerId,
  targetGroupHealthCheck,
  targetGroupId,
} from '../resourceRefs.ts';
import { tags } from '../tags.ts';
import { drain } from '../timing.ts';

// AWS::ElasticLoadBalancingV2::LoadBalancer: shared internal ones, and one for each Service that is a LoadBalancer.

export const networkLoadBalancers: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.plan.loadBalancers
      .filter((balancer) => existingLoadBalancer(target, balancer) === undefined)
      .map((balancer) => [
        loadBalancerId(balancer),
        resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
          Metadata: originMetadata(balancer.origin),
          Properties: {
            Type: 'network',
            Scheme: balancer.visibility === 'public' ? 'internet-facing' : 'internal',
            Subnets: ref(
              balancer.visibility === 'public'
                ? ids.environmentParameter.publicSubnets
                : ids.environmentParameter.privateSubnets,
            ),
            // A network load balancer that is made without a security group can never be given one.
            SecurityGroups: [ref(ids.loadBalancer.firewall(loadBalancerId(balancer)))],
            LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: String(balancer.crossZone) }],
            Tags: tags(target, balancer.origin),
          },
        }),
      ]),
  ),
});

// AWS::ElasticLoadBalancingV2::Listener and TargetGroup: a Service's ports on its load balancer, and the machines behind.

export const listeners: Emitter = (target) => ({
  resources: Object.fromEntries(
    target.plan.endpoints.flatMap((endpoint) =>
      endpoint.ports.flatMap((port) => [
        ...port.listenerPorts.map((number) => listener(target, endpoint, port, number)),
        targetGroup(target, endpoint, port),
      ]),
    ),
  ),
});

/** Seconds; long-lived connections of a cluster's clients are not cut off after the default of 350. */
const idleTimeout = '6000';

function listener(target: EmitContext, endpoint: Endpoint, port: EndpointPort, number: number) {
  const protocol = port.certificate === undefined ? port.protocol : 'TLS';
  return [
    listenerId(target, endpoint, port, number),
    resource('AWS::ElasticLoadBalancingV2::Listener', {
      Metadata: originMetadata(port.origin),
      Properties: {
        LoadBalancerArn: endpointLoadBalancerRefs(target, endpoint).arn,
        Protocol: protocol,
        Port: number,
        ...(port.certificate === undefined
          ? {}
          : { Certificates: [{ CertificateArn: port.certificate }], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(targetGroupId(target, endpoint, port)) }],
        ...(protocol === 'TCP'
          ? { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: idleTimeout }] }
          : {}),
      },
    }),
  ] as const;
}

function targetGroup(target: EmitContext, endpoint: Endpoint, port: EndpointPort) {
  return [
    targetGroupId(target, endpoint, port),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Metadata: originMetadata(port.origin),
      Properties: {
        Protocol: port.protocol,
        Port: port.targetPort,
        VpcId: ref(ids.environmentParameter.vpc),
        TargetType: 'instance',
        ...targetGroupHealthCheck,
        TargetGroupAttributes: targetGroupAttributes(target, endpoint, port),
        Tags: tags(target, endpoint.origin),
      },
    }),
  ] as const;
}

function targetGroupAttributes(target: EmitContext, endpoint: Endpoint, port: EndpointPort) {
  const grace = Math.max(0, ...endpoint.backends.map((key) => target.group(key).rollout.graceSeconds));
  return [
    { Key: 'deregistration_delay.timeout_seconds', Value: String(drain.network(grace)) },
    // Without it, connections that are still open then reach a machine that is gone.
    { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
    // A machine may call itself through its load balancer only if it does not see its own address come back; UDP has no choice.
    ...(port.protocol === 'TCP'
      ? [{ Key: 'preserve_client_ip.enabled', Value: String(endpoint.preserveClientAddress) }]
      : []),
    ...(endpoint.sticky
      ? [
          { Key: 'stickiness.enabled', Value: 'true' },
          { Key: 'stickiness.type', Value: 'source_ip' },
        ]
      : []),
  ];
}

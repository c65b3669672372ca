// Network load balancers: shared internal ones and one for each Service that needs its own, with listeners and target
// groups.

import type { Endpoint, EndpointPort } from '../../../plan.ts';
import { ref, resource } from '../../../template.ts';
import { type EmitContext, type Emitter, originMetadata } from '../emitter.ts';
import { targetGroupHealthCheck } from '../healthCheck.ts';
import * as ids from '../logicalIds.ts';
import {
  endpointLoadBalancerRefs,
  existingLoadBalancer,
  listenerId,
  loadBalancerId,
  targetGroupId,
} from '../resourceRefs.ts';
import { tags } from '../tags.ts';
import { drain } from '../timing.ts';

export const networkLoadBalancers: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.loadBalancers
      .filter((balancer) => existingLoadBalancer(context, balancer) === undefined)
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
            // A network load balancer created without a security group can never be given one.
            SecurityGroups: [ref(ids.loadBalancer.securityGroup(loadBalancerId(balancer)))],
            LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: String(balancer.crossZone) }],
            Tags: tags(context, balancer.origin),
          },
        }),
      ]),
  ),
});

/** A listener for each listener port and a target group for each port of a Service. */
export const listeners: Emitter = (context) => ({
  resources: Object.fromEntries(
    context.plan.endpoints.flatMap((endpoint) =>
      endpoint.ports.flatMap((port) => [
        ...port.listenerPorts.map((number) => listener(context, endpoint, port, number)),
        targetGroup(context, endpoint, port),
      ]),
    ),
  ),
});

/** Seconds. The default of 350 would cut off long-lived idle connections that a cluster keeps. */
const idleTimeout = '6000';

function listener(context: EmitContext, endpoint: Endpoint, port: EndpointPort, number: number) {
  const protocol = port.certificate === undefined ? port.protocol : 'TLS';
  return [
    listenerId(context, endpoint, port, number),
    resource('AWS::ElasticLoadBalancingV2::Listener', {
      Metadata: originMetadata(port.origin),
      Properties: {
        LoadBalancerArn: endpointLoadBalancerRefs(context, endpoint).arn,
        Protocol: protocol,
        Port: number,
        ...(port.certificate === undefined
          ? {}
          : { Certificates: [{ CertificateArn: port.certificate }], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(targetGroupId(context, endpoint, port)) }],
        ...(protocol === 'TCP'
          ? { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: idleTimeout }] }
          : {}),
      },
    }),
  ] as const;
}

function targetGroup(context: EmitContext, endpoint: Endpoint, port: EndpointPort) {
  return [
    targetGroupId(context, endpoint, port),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Metadata: originMetadata(port.origin),
      Properties: {
        Protocol: port.protocol,
        Port: port.targetPort,
        VpcId: ref(ids.environmentParameter.vpc),
        TargetType: 'instance',
        ...targetGroupHealthCheck,
        TargetGroupAttributes: targetGroupAttributes(context, endpoint, port),
        Tags: tags(context, endpoint.origin),
      },
    }),
  ] as const;
}

function targetGroupAttributes(context: EmitContext, endpoint: Endpoint, port: EndpointPort) {
  const grace = Math.max(0, ...endpoint.backends.map((key) => context.group(key).rollout.graceSeconds));
  return [
    { Key: 'deregistration_delay.timeout_seconds', Value: String(drain.network(grace)) },
    // Without it, open connections would still be sent to a terminated machine.
    { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
    // With its client address preserved, a machine could not call itself through its load balancer. UDP always
    // preserves it.
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

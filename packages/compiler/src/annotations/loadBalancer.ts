// The annotations by which people set up load balancers of AWS; those of the Kubernetes' own controller and of the AWS Load Balancer Controller.
// Sources: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ and
// k8s.io/cloud-provider-aws/pkg/providers/v1/aws.go.
import type { Code } from '../diagnostic.ts';
import { bool, type Entry, entry, list, matching, oneOf, type Parsed, text } from './entry.ts';

export const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

const on = ['Service'] as const;

/** The first controller took `0.0.0.0/0` for true. */
const internal = (found: string): Parsed<boolean> => (found === '0.0.0.0/0' ? { value: true } : bool(found));

const certificate = matching(
  /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[\w./+=,@-]+$/,
  'the ARN of one certificate',
);

/** Known, and passed over: nothing is wrong without it. */
const passedOver = (docs: string, hint?: string): Entry<string> => known('I2K540', docs, hint);
/** Known, and asked for something that would be missed. */
const refused = (docs: string, hint?: string): Entry<string> => known('I2K462', docs, hint);

const known = (code: Code, docs: string, hint: string | undefined): Entry<string> =>
  entry({ on, docs, parse: text, otherwise: { code, ...(hint === undefined ? {} : { hint }) } });

const check = "the machine's agent answers the health check with the pod's readiness; use a readiness probe";
const address = "addresses and names are given out by AWS; use the Service's DNS name";
const firewall = 'the load balancer has a security group of its own; use spec.loadBalancerSourceRanges';

const honoured = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': entry({
    on,
    docs: 'Whether a Service of type LoadBalancer is reachable from the internet (the default) or inside of the VPC only.',
    parse: oneOf('internal', 'internet-facing'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-internal': entry({
    on,
    docs: 'The older way to say `scheme: internal`.',
    parse: internal,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-type': entry({
    on,
    docs: 'The kind of load balancer; it is always a network load balancer.',
    parse: oneOf('nlb', 'external', 'nlb-ip'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-target-type': entry({
    on,
    docs: 'What the targets are; they are always machines.',
    parse: oneOf('instance'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': entry({
    on,
    docs: "What the targets are. A pod's address is its machine's here, so both values mean the machine.",
    parse: oneOf('instance', 'ip'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': entry({
    on,
    docs: 'The certificate with which TLS ends at the load balancer.',
    parse: certificate,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ssl-ports': entry({
    on,
    docs: 'The ports, by number or name, at which TLS ends; all of them where it is not set.',
    parse: list,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-backend-protocol': entry({
    on,
    docs: 'What is spoken between load balancer and machine; it is always TCP, also behind TLS.',
    parse: oneOf('tcp', 'http'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': entry({
    on,
    docs: 'Whether connections are spread over the machines of all zones (the default) or stay in their zone.',
    parse: bool,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ip-address-type': entry({
    on,
    docs: 'The kind of its addresses; they are always IPv4.',
    parse: oneOf('ipv4'),
  }),
} as const;

const others: Readonly<Record<string, Entry<string>>> = Object.fromEntries(
  Object.entries({
    'healthcheck-healthy-threshold': passedOver('Successes that make a target healthy.', check),
    'healthcheck-unhealthy-threshold': passedOver('Failures that make a target unhealthy.', check),
    'healthcheck-interval': passedOver('Seconds between health checks.', check),
    'healthcheck-timeout': passedOver('Seconds that a health check may take.', check),
    'healthcheck-protocol': passedOver('The protocol of health checks.', check),
    'healthcheck-port': passedOver('The port of health checks.', check),
    'healthcheck-path': passedOver('The path of health checks.', check),
    'healthcheck-success-codes': passedOver('The answers that are healthy.', check),
    'connection-idle-timeout': passedOver(
      'Seconds after which an idle connection is closed; it is as long as a network load balancer allows.',
    ),
    'connection-draining-enabled': passedOver('Whether connections are drained; they always are.'),
    'connection-draining-timeout': passedOver("Seconds of draining; the pod's grace period decides."),
    'additional-resource-tags': passedOver('Tags of the load balancer.', 'use `tags` in i2kit.yaml'),
    'ssl-negotiation-policy': passedOver('The TLS policy; it is TLS 1.2 or newer.'),
    'access-log-enabled': passedOver('Whether accesses are logged.'),
    'access-log-emit-interval': passedOver('Minutes between access logs.'),
    'access-log-s3-bucket-name': passedOver('The bucket of access logs.'),
    'access-log-s3-bucket-prefix': passedOver('The prefix of access logs.'),
    name: passedOver("The load balancer's name.", address),
    'target-node-labels': passedOver('The nodes that are targets.', 'the machines of the selected workloads are the targets'),
    'manage-backend-security-group-rules': passedOver("Whether the machines' firewall is opened; it always is."),
    'enable-prefix-for-ipv6-source-nat': passedOver('Source addresses for UDP over IPv6.'),
    'proxy-protocol': refused(
      "Whether connections begin with the client's address.",
      "use externalTrafficPolicy Local: the machine then sees the client's address",
    ),
    'eip-allocations': refused('Elastic addresses of the load balancer.', address),
    'private-ipv4-addresses': refused('Private addresses of the load balancer.', address),
    'ipv6-addresses': refused('IPv6 addresses of the load balancer.', address),
    subnets: refused('The subnets of the load balancer.', "the environment's subnets are used"),
    'security-groups': refused("The load balancer's security groups.", firewall),
    'extra-security-groups': refused('Further security groups.', firewall),
    'security-group-prefix-lists': refused('Prefix lists that may reach it.', firewall),
    'inbound-sg-rules-on-private-link-traffic': refused('Whether rules apply to PrivateLink.'),
    attributes: refused('Attributes of the load balancer.'),
    'listener-attributes': refused('Attributes of a listener.'),
    'target-group-attributes': refused(
      'Attributes of the target groups.',
      "for the client's address use externalTrafficPolicy Local, for stickiness sessionAffinity ClientIP",
    ),
    'alpn-policy': refused('Which protocols TLS agrees on.'),
    'multi-cluster-target-group': refused('Targets of several clusters.'),
    'minimum-load-balancer-capacity': refused('Capacity that is reserved.'),
  }).map(([name, found]) => [`${PREFIX}${name}`, found]),
);

/** Not of the family by its name, but it would be missed: whom it keeps out could come in. */
const ranges = {
  'service.beta.kubernetes.io/load-balancer-source-ranges': refused(
    'Who may reach the load balancer.',
    'use spec.loadBalancerSourceRanges',
  ),
} as const;

export const loadBalancer = { ...others, ...ranges, ...honoured };
export type LoadBalancerAnnotations = typeof honoured;

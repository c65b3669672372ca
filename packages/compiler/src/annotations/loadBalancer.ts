// Annotations for load balancers of AWS: those of Kubernetes' own controller and of the AWS Load Balancer Controller.
// Sources: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ and
// k8s.io/cloud-provider-aws/pkg/providers/v1/aws.go.
import { success } from '@i2kit/common';
import type { Code } from '../diagnostic.ts';
import {
  type AnnotationSpec,
  annotationSpec,
  type ParsedAnnotation,
  parseBool,
  parseCommaList,
  parseOneOf,
  parsePattern,
  parseText,
} from './annotationSpec.ts';

export const LOAD_BALANCER_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

const on = ['Service'] as const;

/** The first controller accepted `0.0.0.0/0` as true. */
const parseInternal = (found: string): ParsedAnnotation<boolean> =>
  found === '0.0.0.0/0' ? success(true) : parseBool(found);

const parseCertificateArn = parsePattern(
  /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[\w./+=,@-]+$/,
  'the ARN of one certificate',
);

/** Known and ignored: its absence does no harm. */
const ignoredAnnotation = (docs: string, hint?: string): AnnotationSpec<string> =>
  unsupportedAnnotation('I2K540', docs, hint);
/** Known, but its effect would be missed. */
const refusedAnnotation = (docs: string, hint?: string): AnnotationSpec<string> =>
  unsupportedAnnotation('I2K462', docs, hint);

const unsupportedAnnotation = (code: Code, docs: string, hint: string | undefined): AnnotationSpec<string> =>
  annotationSpec({ on, docs, parse: parseText, unsupported: { code, ...(hint === undefined ? {} : { hint }) } });

const HEALTH_CHECK_HINT =
  "The machine's agent answers the health check with the pod's readiness. Use a readiness probe.";
const ADDRESS_HINT = "AWS assigns addresses and names. Use the Service's DNS name.";
const SECURITY_GROUP_HINT = 'The load balancer has its own security group. Use spec.loadBalancerSourceRanges.';

const supportedAnnotations = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': annotationSpec({
    on,
    docs: 'Whether a Service of type LoadBalancer is reachable from the internet (default) or inside the VPC only.',
    parse: parseOneOf('internal', 'internet-facing'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-internal': annotationSpec({
    on,
    docs: 'The older form of `scheme: internal`.',
    parse: parseInternal,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-type': annotationSpec({
    on,
    docs: 'The type of load balancer, always a network load balancer.',
    parse: parseOneOf('nlb', 'external', 'nlb-ip'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-target-type': annotationSpec({
    on,
    docs: 'The type of targets, always machines.',
    parse: parseOneOf('instance'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': annotationSpec({
    on,
    docs: "The type of targets. A pod's address is its machine's, so both values mean the machine.",
    parse: parseOneOf('instance', 'ip'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': annotationSpec({
    on,
    docs: 'The certificate with which TLS ends at the load balancer.',
    parse: parseCertificateArn,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ssl-ports': annotationSpec({
    on,
    docs: 'The ports, by number or name, at which TLS ends (default: all).',
    parse: parseCommaList,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-backend-protocol': annotationSpec({
    on,
    docs: 'The protocol between load balancer and machine, always TCP, also behind TLS.',
    parse: parseOneOf('tcp', 'http'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': annotationSpec({
    on,
    docs: 'Whether connections are spread over the machines of all zones (default) or stay in their zone.',
    parse: parseBool,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ip-address-type': annotationSpec({
    on,
    docs: 'The address type, always IPv4.',
    parse: parseOneOf('ipv4'),
  }),
} as const;

const unsupportedAnnotations: Readonly<Record<string, AnnotationSpec<string>>> = Object.fromEntries(
  Object.entries({
    'healthcheck-healthy-threshold': ignoredAnnotation(
      'Consecutive successes that make a target healthy.',
      HEALTH_CHECK_HINT,
    ),
    'healthcheck-unhealthy-threshold': ignoredAnnotation(
      'Consecutive failures that make a target unhealthy.',
      HEALTH_CHECK_HINT,
    ),
    'healthcheck-interval': ignoredAnnotation('Seconds between health checks.', HEALTH_CHECK_HINT),
    'healthcheck-timeout': ignoredAnnotation('Timeout of a health check in seconds.', HEALTH_CHECK_HINT),
    'healthcheck-protocol': ignoredAnnotation('The protocol of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-port': ignoredAnnotation('The port of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-path': ignoredAnnotation('The path of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-success-codes': ignoredAnnotation('The HTTP status codes of a healthy target.', HEALTH_CHECK_HINT),
    'connection-idle-timeout': ignoredAnnotation(
      'Seconds after which an idle connection is closed, always the longest time of a network load balancer.',
    ),
    'connection-draining-enabled': ignoredAnnotation('Whether connections are drained, which they always are.'),
    'connection-draining-timeout': ignoredAnnotation("Seconds of draining, derived from the pod's grace period."),
    'additional-resource-tags': ignoredAnnotation('Tags of the load balancer.', 'Use `tags` in i2kit.yaml.'),
    'ssl-negotiation-policy': ignoredAnnotation('The TLS policy, which requires TLS 1.2 or newer.'),
    'access-log-enabled': ignoredAnnotation('Whether accesses are logged.'),
    'access-log-emit-interval': ignoredAnnotation('Minutes between access logs.'),
    'access-log-s3-bucket-name': ignoredAnnotation('The bucket of access logs.'),
    'access-log-s3-bucket-prefix': ignoredAnnotation('The prefix of access logs.'),
    name: ignoredAnnotation("The load balancer's name.", ADDRESS_HINT),
    'target-node-labels': ignoredAnnotation(
      'The nodes that are targets.',
      'The machines of the selected workloads are the targets.',
    ),
    'manage-backend-security-group-rules': ignoredAnnotation(
      "Whether the machines' security groups admit the load balancer, which they always do.",
    ),
    'enable-prefix-for-ipv6-source-nat': ignoredAnnotation('Source addresses for UDP over IPv6.'),
    'proxy-protocol': refusedAnnotation(
      "Whether connections begin with the client's address (proxy protocol).",
      "Use externalTrafficPolicy Local: the machine then sees the client's address.",
    ),
    'eip-allocations': refusedAnnotation('Elastic IP addresses of the load balancer.', ADDRESS_HINT),
    'private-ipv4-addresses': refusedAnnotation('Private addresses of the load balancer.', ADDRESS_HINT),
    'ipv6-addresses': refusedAnnotation('IPv6 addresses of the load balancer.', ADDRESS_HINT),
    subnets: refusedAnnotation('The subnets of the load balancer.', "The environment's subnets are used."),
    'security-groups': refusedAnnotation("The load balancer's security groups.", SECURITY_GROUP_HINT),
    'extra-security-groups': refusedAnnotation('Additional security groups.', SECURITY_GROUP_HINT),
    'security-group-prefix-lists': refusedAnnotation(
      'The prefix lists that may reach the load balancer.',
      SECURITY_GROUP_HINT,
    ),
    'inbound-sg-rules-on-private-link-traffic': refusedAnnotation('Whether security group rules apply to PrivateLink.'),
    attributes: refusedAnnotation('Attributes of the load balancer.'),
    'listener-attributes': refusedAnnotation('Attributes of a listener.'),
    'target-group-attributes': refusedAnnotation(
      'Attributes of the target groups.',
      "For the client's address use externalTrafficPolicy Local, for stickiness sessionAffinity ClientIP.",
    ),
    'alpn-policy': refusedAnnotation('The protocols that TLS negotiates (ALPN).'),
    'multi-cluster-target-group': refusedAnnotation('Targets in several clusters.'),
    'minimum-load-balancer-capacity': refusedAnnotation('Reserved capacity.'),
  }).map(([name, found]) => [`${LOAD_BALANCER_PREFIX}${name}`, found]),
);

/** Not in the family by name, but its restriction of access would be missed. */
const sourceRangesAnnotation = {
  'service.beta.kubernetes.io/load-balancer-source-ranges': refusedAnnotation(
    'The source ranges that may reach the load balancer.',
    'Use spec.loadBalancerSourceRanges.',
  ),
} as const;

export const loadBalancerAnnotations = {
  ...unsupportedAnnotations,
  ...sourceRangesAnnotation,
  ...supportedAnnotations,
};
export type LoadBalancerAnnotations = typeof supportedAnnotations;

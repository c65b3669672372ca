// The annotations by which people set up load balancers of AWS; those of the Kubernetes' own controller and of the AWS Load Balancer Controller.
// Sources: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ and
// k8s.io/cloud-provider-aws/pkg/providers/v1/aws.go.
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

/** The first controller took `0.0.0.0/0` for true. */
const parseInternal = (found: string): ParsedAnnotation<boolean> =>
  found === '0.0.0.0/0' ? { value: true } : parseBool(found);

const parseCertificateArn = parsePattern(
  /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[\w./+=,@-]+$/,
  'the ARN of one certificate',
);

/** Known, and passed over: nothing is wrong without it. */
const ignoredAnnotation = (docs: string, hint?: string): AnnotationSpec<string> =>
  unsupportedAnnotation('I2K540', docs, hint);
/** Known, and asked for something that would be missed. */
const refusedAnnotation = (docs: string, hint?: string): AnnotationSpec<string> =>
  unsupportedAnnotation('I2K462', docs, hint);

const unsupportedAnnotation = (code: Code, docs: string, hint: string | undefined): AnnotationSpec<string> =>
  annotationSpec({ on, docs, parse: parseText, unsupported: { code, ...(hint === undefined ? {} : { hint }) } });

const HEALTH_CHECK_HINT =
  "the machine's agent answers the health check with the pod's readiness; use a readiness probe";
const ADDRESS_HINT = "addresses and names are given out by AWS; use the Service's DNS name";
const SECURITY_GROUP_HINT = 'the load balancer has a security group of its own; use spec.loadBalancerSourceRanges';

const supportedAnnotations = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': annotationSpec({
    on,
    docs: 'Whether a Service of type LoadBalancer is reachable from the internet (the default) or inside of the VPC only.',
    parse: parseOneOf('internal', 'internet-facing'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-internal': annotationSpec({
    on,
    docs: 'The older way to say `scheme: internal`.',
    parse: parseInternal,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-type': annotationSpec({
    on,
    docs: 'The kind of load balancer; it is always a network load balancer.',
    parse: parseOneOf('nlb', 'external', 'nlb-ip'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-target-type': annotationSpec({
    on,
    docs: 'What the targets are; they are always machines.',
    parse: parseOneOf('instance'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': annotationSpec({
    on,
    docs: "What the targets are. A pod's address is its machine's here, so both values mean the machine.",
    parse: parseOneOf('instance', 'ip'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': annotationSpec({
    on,
    docs: 'The certificate with which TLS ends at the load balancer.',
    parse: parseCertificateArn,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ssl-ports': annotationSpec({
    on,
    docs: 'The ports, by number or name, at which TLS ends; all of them where it is not set.',
    parse: parseCommaList,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-backend-protocol': annotationSpec({
    on,
    docs: 'What is spoken between load balancer and machine; it is always TCP, also behind TLS.',
    parse: parseOneOf('tcp', 'http'),
  }),
  'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': annotationSpec({
    on,
    docs: 'Whether connections are spread over the machines of all zones (the default) or stay in their zone.',
    parse: parseBool,
  }),
  'service.beta.kubernetes.io/aws-load-balancer-ip-address-type': annotationSpec({
    on,
    docs: 'The kind of its addresses; they are always IPv4.',
    parse: parseOneOf('ipv4'),
  }),
} as const;

const unsupportedAnnotations: Readonly<Record<string, AnnotationSpec<string>>> = Object.fromEntries(
  Object.entries({
    'healthcheck-healthy-threshold': ignoredAnnotation('Successes that make a target healthy.', HEALTH_CHECK_HINT),
    'healthcheck-unhealthy-threshold': ignoredAnnotation('Failures that make a target unhealthy.', HEALTH_CHECK_HINT),
    'healthcheck-interval': ignoredAnnotation('Seconds between health checks.', HEALTH_CHECK_HINT),
    'healthcheck-timeout': ignoredAnnotation('Seconds that a health check may take.', HEALTH_CHECK_HINT),
    'healthcheck-protocol': ignoredAnnotation('The protocol of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-port': ignoredAnnotation('The port of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-path': ignoredAnnotation('The path of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-success-codes': ignoredAnnotation('The answers that are healthy.', HEALTH_CHECK_HINT),
    'connection-idle-timeout': ignoredAnnotation(
      'Seconds after which an idle connection is closed; it is as long as a network load balancer allows.',
    ),
    'connection-draining-enabled': ignoredAnnotation('Whether connections are drained; they always are.'),
    'connection-draining-timeout': ignoredAnnotation("Seconds of draining; the pod's grace period decides."),
    'additional-resource-tags': ignoredAnnotation('Tags of the load balancer.', 'use `tags` in i2kit.yaml'),
    'ssl-negotiation-policy': ignoredAnnotation('The TLS policy; it is TLS 1.2 or newer.'),
    'access-log-enabled': ignoredAnnotation('Whether accesses are logged.'),
    'access-log-emit-interval': ignoredAnnotation('Minutes between access logs.'),
    'access-log-s3-bucket-name': ignoredAnnotation('The bucket of access logs.'),
    'access-log-s3-bucket-prefix': ignoredAnnotation('The prefix of access logs.'),
    name: ignoredAnnotation("The load balancer's name.", ADDRESS_HINT),
    'target-node-labels': ignoredAnnotation(
      'The nodes that are targets.',
      'the machines of the selected workloads are the targets',
    ),
    'manage-backend-security-group-rules': ignoredAnnotation("Whether the machines' firewall is opened; it always is."),
    'enable-prefix-for-ipv6-source-nat': ignoredAnnotation('Source addresses for UDP over IPv6.'),
    'proxy-protocol': refusedAnnotation(
      "Whether connections begin with the client's address.",
      "use externalTrafficPolicy Local: the machine then sees the client's address",
    ),
    'eip-allocations': refusedAnnotation('Elastic addresses of the load balancer.', ADDRESS_HINT),
    'private-ipv4-addresses': refusedAnnotation('Private addresses of the load balancer.', ADDRESS_HINT),
    'ipv6-addresses': refusedAnnotation('IPv6 addresses of the load balancer.', ADDRESS_HINT),
    subnets: refusedAnnotation('The subnets of the load balancer.', "the environment's subnets are used"),
    'security-groups': refusedAnnotation("The load balancer's security groups.", SECURITY_GROUP_HINT),
    'extra-security-groups': refusedAnnotation('Further security groups.', SECURITY_GROUP_HINT),
    'security-group-prefix-lists': refusedAnnotation('Prefix lists that may reach it.', SECURITY_GROUP_HINT),
    'inbound-sg-rules-on-private-link-traffic': refusedAnnotation('Whether rules apply to PrivateLink.'),
    attributes: refusedAnnotation('Attributes of the load balancer.'),
    'listener-attributes': refusedAnnotation('Attributes of a listener.'),
    'target-group-attributes': refusedAnnotation(
      'Attributes of the target groups.',
      "for the client's address use externalTrafficPolicy Local, for stickiness sessionAffinity ClientIP",
    ),
    'alpn-policy': refusedAnnotation('Which protocols TLS agrees on.'),
    'multi-cluster-target-group': refusedAnnotation('Targets of several clusters.'),
    'minimum-load-balancer-capacity': refusedAnnotation('Capacity that is reserved.'),
  }).map(([name, found]) => [`${LOAD_BALANCER_PREFIX}${name}`, found]),
);

/** Not of the family by its name, but it would be missed: whom it keeps out could come in. */
const sourceRangesAnnotation = {
  'service.beta.kubernetes.io/load-balancer-source-ranges': refusedAnnotation(
    'Who may reach the load balancer.',
    'use spec.loadBalancerSourceRanges',
  ),
} as const;

export const loadBalancerAnnotations = {
  ...unsupportedAnnotations,
  ...sourceRangesAnnotation,
  ...supportedAnnotations,
};
export type LoadBalancerAnnotations = typeof supportedAnnotations;

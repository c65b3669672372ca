// Annotations for application load balancers: those of the AWS Load Balancer Controller, and of other controllers.
// Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/.
import { failure, success } from '@i2kit/common';
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

export const ALB_PREFIX = 'alb.ingress.kubernetes.io/';

/**
 * Families of controllers that do not exist here: known important annotations are refused, the others are warned of.
 */
export const NGINX_PREFIX = 'nginx.ingress.kubernetes.io/';

const on = ['Ingress'] as const;

const CERTIFICATE_ARN =
  /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[\w./+=,@-]+$/;
const CIDR = /^[0-9a-fA-F.:]+\/\d{1,3}$/;

const parseListOf =
  (pattern: RegExp, like: string) =>
  (found: string): ParsedAnnotation<readonly string[]> => {
    const read = parseCommaList(found);
    return read.ok && !read.value.every((item) => pattern.test(item))
      ? failure({ message: `must be ${like}, separated by commas` })
      : read;
  };

export interface ListenPort {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
}

/** `[{"HTTP": 80}, {"HTTPS": 443}]`. */
function parseListenPorts(found: string): ParsedAnnotation<readonly ListenPort[]> {
  const problem = failure({ message: 'must be a list like [{"HTTP": 80}, {"HTTPS": 443}]' });
  try {
    const read = JSON.parse(found) as readonly Readonly<Record<string, number>>[];
    const ports = read.flatMap((each) => Object.entries(each).map(([protocol, port]) => ({ protocol, port })));
    const right = ports.every(
      ({ protocol, port }) =>
        ['HTTP', 'HTTPS'].includes(protocol) && Number.isInteger(port) && port >= 1 && port <= 65535,
    );
    const distinct = new Set(ports.map(({ port }) => port)).size === ports.length;
    return right && distinct && ports.length > 0 ? success(ports as readonly ListenPort[]) : problem;
  } catch {
    return problem;
  }
}

/** `key=value` pairs with known keys. */
const parseAttributes =
  (allowed: readonly string[]) =>
  (found: string): ParsedAnnotation<Readonly<Record<string, string>>> => {
    const pairs = found.split(',').map((pair) => pair.trim().split('='));
    const problem = pairs.find(
      ([key = '', value = '', ...more]) => !allowed.includes(key) || !/^[\w.-]+$/.test(value) || more.length > 0,
    );
    if (problem)
      return failure({
        message: `has no attribute ${problem[0]} that i2kit can set (it can set ${allowed.join(', ')})`,
      });
    return success(Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])));
  };

const unsupportedAnnotation = (code: Code, docs: string, hint?: string): AnnotationSpec<string> =>
  annotationSpec({ on, docs, parse: parseText, unsupported: { code, ...(hint === undefined ? {} : { hint }) } });
const ignoredAnnotation = (docs: string, hint?: string) => unsupportedAnnotation('I2K540', docs, hint);
const refusedAnnotation = (docs: string, hint?: string) => unsupportedAnnotation('I2K462', docs, hint);

const HEALTH_CHECK_HINT =
  "The machine's agent answers the health check with the pod's readiness. Use a readiness probe.";

const supportedAnnotations = {
  'alb.ingress.kubernetes.io/scheme': annotationSpec({
    on,
    docs: 'Whether the load balancer is reachable from the internet, or inside the VPC only (default).',
    parse: parseOneOf('internal', 'internet-facing'),
  }),
  'alb.ingress.kubernetes.io/target-type': annotationSpec({
    on,
    docs: "The type of targets. A pod's address is its machine's, so both values mean the machine.",
    parse: parseOneOf('instance', 'ip'),
  }),
  'alb.ingress.kubernetes.io/certificate-arn': annotationSpec({
    on,
    docs: 'The certificates with which TLS ends at the load balancer, which selects one by host.',
    parse: parseListOf(CERTIFICATE_ARN, 'ARNs of certificates'),
  }),
  'alb.ingress.kubernetes.io/listen-ports': annotationSpec({
    on,
    docs: 'The listener ports (default: 80; with a certificate also 443, to which 80 redirects).',
    parse: parseListenPorts,
  }),
  'alb.ingress.kubernetes.io/ssl-redirect': annotationSpec({
    on,
    docs: 'The HTTPS port to which HTTP requests are redirected.',
    parse: parsePattern(/^[1-9]\d{0,4}$/, 'a port'),
  }),
  'alb.ingress.kubernetes.io/group.name': annotationSpec({
    on,
    docs: 'The Ingresses that share a load balancer (default: those of the same class).',
    parse: parsePattern(
      /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/,
      'a name of lower-case letters, digits, hyphens and dots',
    ),
  }),
  'alb.ingress.kubernetes.io/inbound-cidrs': annotationSpec({
    on,
    docs: 'The source ranges that may reach the load balancer.',
    parse: parseListOf(CIDR, 'CIDR blocks'),
  }),
  'alb.ingress.kubernetes.io/backend-protocol': annotationSpec({
    on,
    docs: 'The protocol between load balancer and machine.',
    parse: parseOneOf('HTTP', 'HTTPS'),
  }),
  'alb.ingress.kubernetes.io/backend-protocol-version': annotationSpec({
    on,
    docs: "The version of HTTP between load balancer and machine. Only HTTP1 is supported, as the agent's health check uses it.",
    parse: parseOneOf('HTTP1'),
  }),
  'alb.ingress.kubernetes.io/load-balancer-attributes': annotationSpec({
    on,
    docs: 'Attributes of the load balancer.',
    parse: parseAttributes([
      'idle_timeout.timeout_seconds',
      'client_keep_alive.seconds',
      'deletion_protection.enabled',
      'routing.http2.enabled',
      'routing.http.drop_invalid_header_fields.enabled',
      'routing.http.preserve_host_header.enabled',
      'routing.http.xff_client_port.enabled',
      'routing.http.xff_header_processing.mode',
    ]),
  }),
  'alb.ingress.kubernetes.io/target-group-attributes': annotationSpec({
    on,
    docs: 'Attributes of the target groups.',
    parse: parseAttributes([
      'deregistration_delay.timeout_seconds',
      'slow_start.duration_seconds',
      'stickiness.enabled',
      'stickiness.type',
      'stickiness.lb_cookie.duration_seconds',
      'load_balancing.algorithm.type',
    ]),
  }),
  'alb.ingress.kubernetes.io/ip-address-type': annotationSpec({
    on,
    docs: 'The address type, always IPv4.',
    parse: parseOneOf('ipv4'),
  }),
  'kubernetes.io/ingress.class': annotationSpec({
    on,
    docs: 'The older form of spec.ingressClassName.',
    parse: parsePattern(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, 'the name of an IngressClass'),
  }),
  'ingressclass.kubernetes.io/is-default-class': annotationSpec({
    on: ['IngressClass'],
    docs: 'Makes this class the default of Ingresses that name none.',
    parse: parseBool,
  }),
} as const;

const unsupportedAlbAnnotations: Readonly<Record<string, AnnotationSpec<string>>> = Object.fromEntries(
  Object.entries({
    'healthcheck-path': ignoredAnnotation('The path of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-port': ignoredAnnotation('The port of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-protocol': ignoredAnnotation('The protocol of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-interval-seconds': ignoredAnnotation('Seconds between health checks.', HEALTH_CHECK_HINT),
    'healthcheck-timeout-seconds': ignoredAnnotation('Timeout of a health check in seconds.', HEALTH_CHECK_HINT),
    'healthy-threshold-count': ignoredAnnotation(
      'Consecutive successes that make a target healthy.',
      HEALTH_CHECK_HINT,
    ),
    'unhealthy-threshold-count': ignoredAnnotation(
      'Consecutive failures that make a target unhealthy.',
      HEALTH_CHECK_HINT,
    ),
    'success-codes': ignoredAnnotation('The HTTP status codes of a healthy target.', HEALTH_CHECK_HINT),
    'load-balancer-name': ignoredAnnotation(
      "The load balancer's name.",
      'AWS assigns names. Use the DNS name of a host.',
    ),
    'group.order': ignoredAnnotation(
      'The position of an Ingress in its group.',
      'Exact paths come first, then the longest prefix.',
    ),
    'ssl-policy': ignoredAnnotation('The TLS policy, which requires TLS 1.2 or newer.'),
    tags: ignoredAnnotation('Tags of the load balancer.', 'Use `tags` in i2kit.yaml.'),
    'target-node-labels': ignoredAnnotation(
      'The nodes that are targets.',
      'The machines of the selected workloads are the targets.',
    ),
    'manage-backend-security-group-rules': ignoredAnnotation(
      "Whether the machines' security groups admit the load balancer, which they always do.",
    ),
    subnets: refusedAnnotation('The subnets of the load balancer.', "The environment's subnets are used."),
    'customer-owned-ipv4-pool': refusedAnnotation('A pool of IPv4 addresses.'),
    'ipam-ipv4-pool-id': refusedAnnotation('A pool of IPv4 addresses.'),
    'security-groups': refusedAnnotation("The load balancer's security groups.", 'It has its own. Use inbound-cidrs.'),
    'security-group-prefix-lists': refusedAnnotation(
      'The prefix lists that may reach the load balancer.',
      'Use inbound-cidrs.',
    ),
    'wafv2-acl-arn': refusedAnnotation('A web ACL.'),
    'wafv2-acl-name': refusedAnnotation('A web ACL.'),
    'waf-acl-id': refusedAnnotation('A web ACL.'),
    'shield-advanced-protection': refusedAnnotation('AWS Shield Advanced.'),
    'auth-type': refusedAnnotation('Authentication of users.'),
    'auth-idp-cognito': refusedAnnotation('Authentication of users.'),
    'auth-idp-oidc': refusedAnnotation('Authentication of users.'),
    'auth-on-unauthenticated-request': refusedAnnotation('Authentication of users.'),
    'auth-scope': refusedAnnotation('Authentication of users.'),
    'auth-session-cookie': refusedAnnotation('Authentication of users.'),
    'auth-session-timeout': refusedAnnotation('Authentication of users.'),
    'mutual-authentication': refusedAnnotation('Client certificates.'),
    'multi-cluster-target-group': refusedAnnotation('Targets in several clusters.'),
    'minimum-load-balancer-capacity': refusedAnnotation('Reserved capacity.'),
    'enable-frontend-nlb': refusedAnnotation('A network load balancer in front of it.'),
  }).map(([name, found]) => [`${ALB_PREFIX}${name}`, found]),
);

/** Annotations of ingress-nginx whose effect would be missed. */
const nginxAnnotations: Readonly<Record<string, AnnotationSpec<string>>> = Object.fromEntries(
  Object.entries({
    'rewrite-target': refusedAnnotation(
      'A different path for the backend.',
      'A load balancer does not rewrite paths. Let the application serve the path.',
    ),
    'app-root': refusedAnnotation('The redirect target of `/`.'),
    'use-regex': refusedAnnotation('Regular expressions as paths.', 'Use pathType Prefix or Exact.'),
    'auth-url': refusedAnnotation('Authentication of users.'),
    'auth-type': refusedAnnotation('Authentication of users.'),
    'auth-secret': refusedAnnotation('Authentication of users.'),
    'auth-tls-secret': refusedAnnotation('Client certificates.'),
    canary: refusedAnnotation('Routes part of the requests elsewhere.'),
    'whitelist-source-range': refusedAnnotation(
      'The source ranges that may reach it.',
      `Use ${ALB_PREFIX}inbound-cidrs.`,
    ),
    'denylist-source-range': refusedAnnotation('The source ranges that may not reach it.'),
    'permanent-redirect': refusedAnnotation('The redirect target of requests.'),
    'temporal-redirect': refusedAnnotation('The redirect target of requests.'),
    'configuration-snippet': refusedAnnotation("A part of nginx's configuration."),
    'server-snippet': refusedAnnotation("A part of nginx's configuration."),
    'ssl-passthrough': refusedAnnotation('TLS that ends at the backend.', 'Use a Service of type LoadBalancer.'),
    'backend-protocol': refusedAnnotation('The protocol of the backend.', `Use ${ALB_PREFIX}backend-protocol.`),
  }).map(([name, found]) => [`${NGINX_PREFIX}${name}`, found]),
);

export const ingressAnnotations = { ...unsupportedAlbAnnotations, ...nginxAnnotations, ...supportedAnnotations };
export type IngressAnnotations = typeof supportedAnnotations;

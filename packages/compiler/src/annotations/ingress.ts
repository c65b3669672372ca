// The annotations by which people set up application load balancers: those of the AWS Load Balancer Controller, and of others.
// Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/.
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

/** Of a controller that is not there: what is known to matter is refused, the rest is warned of. */
export const NGINX_PREFIX = 'nginx.ingress.kubernetes.io/';

const on = ['Ingress'] as const;

const CERTIFICATE_ARN =
  /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[\w./+=,@-]+$/;
const CIDR = /^[0-9a-fA-F.:]+\/\d{1,3}$/;

const parseListOf =
  (pattern: RegExp, like: string) =>
  (found: string): ParsedAnnotation<readonly string[]> => {
    const read = parseCommaList(found);
    return 'value' in read && !read.value.every((item) => pattern.test(item))
      ? { problem: `is ${like}, with commas between them` }
      : read;
  };

export interface ListenPort {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
}

/** `[{"HTTP": 80}, {"HTTPS": 443}]`. */
function parseListenPorts(found: string): ParsedAnnotation<readonly ListenPort[]> {
  const problem = { problem: 'is a list like [{"HTTP": 80}, {"HTTPS": 443}]' };
  try {
    const read = JSON.parse(found) as readonly Readonly<Record<string, number>>[];
    const ports = read.flatMap((each) => Object.entries(each).map(([protocol, port]) => ({ protocol, port })));
    const right = ports.every(
      ({ protocol, port }) =>
        ['HTTP', 'HTTPS'].includes(protocol) && Number.isInteger(port) && port >= 1 && port <= 65535,
    );
    const distinct = new Set(ports.map(({ port }) => port)).size === ports.length;
    return right && distinct && ports.length > 0 ? { value: ports as readonly ListenPort[] } : problem;
  } catch {
    return problem;
  }
}

/** `key=value` pairs of which each key is known. */
const parseAttributes =
  (known: readonly string[]) =>
  (found: string): ParsedAnnotation<Readonly<Record<string, string>>> => {
    const pairs = found.split(',').map((pair) => pair.trim().split('='));
    const wrong = pairs.find(
      ([key = '', value = '', ...more]) => !known.includes(key) || !/^[\w.-]+$/.test(value) || more.length > 0,
    );
    if (wrong) return { problem: `has no ${wrong[0]} that can be set: ${known.join(', ')} can` };
    return { value: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])) };
  };

const unsupportedAnnotation = (code: Code, docs: string, hint?: string): AnnotationSpec<string> =>
  annotationSpec({ on, docs, parse: parseText, unsupported: { code, ...(hint === undefined ? {} : { hint }) } });
const ignoredAnnotation = (docs: string, hint?: string) => unsupportedAnnotation('I2K540', docs, hint);
const refusedAnnotation = (docs: string, hint?: string) => unsupportedAnnotation('I2K462', docs, hint);

const HEALTH_CHECK_HINT =
  "the machine's agent answers the health check with the pod's readiness; use a readiness probe";

const supportedAnnotations = {
  'alb.ingress.kubernetes.io/scheme': annotationSpec({
    on,
    docs: 'Whether the load balancer is reachable from the internet, or inside of the VPC only (the default).',
    parse: parseOneOf('internal', 'internet-facing'),
  }),
  'alb.ingress.kubernetes.io/target-type': annotationSpec({
    on,
    docs: "What the targets are. A pod's address is its machine's here, so both values mean the machine.",
    parse: parseOneOf('instance', 'ip'),
  }),
  'alb.ingress.kubernetes.io/certificate-arn': annotationSpec({
    on,
    docs: 'The certificates with which TLS ends at the load balancer; it chooses among them by the host.',
    parse: parseListOf(CERTIFICATE_ARN, 'ARNs of certificates'),
  }),
  'alb.ingress.kubernetes.io/listen-ports': annotationSpec({
    on,
    docs: 'The ports listened on: 80, and with a certificate 443, to which 80 then leads.',
    parse: parseListenPorts,
  }),
  'alb.ingress.kubernetes.io/ssl-redirect': annotationSpec({
    on,
    docs: 'The port of HTTPS to which requests over HTTP are sent.',
    parse: parsePattern(/^[1-9]\d{0,4}$/, 'a port'),
  }),
  'alb.ingress.kubernetes.io/group.name': annotationSpec({
    on,
    docs: 'The Ingresses that share a load balancer; those of one class do where it is not set.',
    parse: parsePattern(
      /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/,
      'a name of lower-case letters, digits, hyphens and dots',
    ),
  }),
  'alb.ingress.kubernetes.io/inbound-cidrs': annotationSpec({
    on,
    docs: 'Who may reach the load balancer.',
    parse: parseListOf(CIDR, 'CIDR blocks'),
  }),
  'alb.ingress.kubernetes.io/backend-protocol': annotationSpec({
    on,
    docs: 'What is spoken between load balancer and machine.',
    parse: parseOneOf('HTTP', 'HTTPS'),
  }),
  'alb.ingress.kubernetes.io/backend-protocol-version': annotationSpec({
    on,
    docs: "The version of HTTP between load balancer and machine; with others than HTTP1 the agent's health check could not be asked.",
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
    docs: 'The kind of its addresses; they are always IPv4.',
    parse: parseOneOf('ipv4'),
  }),
  'kubernetes.io/ingress.class': annotationSpec({
    on,
    docs: 'The older way to say spec.ingressClassName.',
    parse: parsePattern(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, 'the name of an IngressClass'),
  }),
  'ingressclass.kubernetes.io/is-default-class': annotationSpec({
    on: ['IngressClass'],
    docs: 'Ingresses that name no class are of this one.',
    parse: parseBool,
  }),
} as const;

const unsupportedAlbAnnotations: Readonly<Record<string, AnnotationSpec<string>>> = Object.fromEntries(
  Object.entries({
    'healthcheck-path': ignoredAnnotation('The path of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-port': ignoredAnnotation('The port of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-protocol': ignoredAnnotation('The protocol of health checks.', HEALTH_CHECK_HINT),
    'healthcheck-interval-seconds': ignoredAnnotation('Seconds between health checks.', HEALTH_CHECK_HINT),
    'healthcheck-timeout-seconds': ignoredAnnotation('Seconds that a health check may take.', HEALTH_CHECK_HINT),
    'healthy-threshold-count': ignoredAnnotation('Successes that make a target healthy.', HEALTH_CHECK_HINT),
    'unhealthy-threshold-count': ignoredAnnotation('Failures that make a target unhealthy.', HEALTH_CHECK_HINT),
    'success-codes': ignoredAnnotation('The answers that are healthy.', HEALTH_CHECK_HINT),
    'load-balancer-name': ignoredAnnotation(
      "The load balancer's name.",
      'names are given out by AWS; use the DNS name of a host',
    ),
    'group.order': ignoredAnnotation(
      'Which Ingress of a group comes first.',
      'exact paths come first, then the longest prefix',
    ),
    'ssl-policy': ignoredAnnotation('The TLS policy; it is TLS 1.2 or newer.'),
    tags: ignoredAnnotation('Tags of the load balancer.', 'use `tags` in i2kit.yaml'),
    'target-node-labels': ignoredAnnotation(
      'The nodes that are targets.',
      'the machines of the selected workloads are the targets',
    ),
    'manage-backend-security-group-rules': ignoredAnnotation("Whether the machines' firewall is opened; it always is."),
    subnets: refusedAnnotation('The subnets of the load balancer.', "the environment's subnets are used"),
    'customer-owned-ipv4-pool': refusedAnnotation('A pool of addresses.'),
    'ipam-ipv4-pool-id': refusedAnnotation('A pool of addresses.'),
    'security-groups': refusedAnnotation(
      "The load balancer's security groups.",
      'it has one of its own; use inbound-cidrs',
    ),
    'security-group-prefix-lists': refusedAnnotation('Prefix lists that may reach it.', 'use inbound-cidrs'),
    'wafv2-acl-arn': refusedAnnotation('A web ACL.'),
    'wafv2-acl-name': refusedAnnotation('A web ACL.'),
    'waf-acl-id': refusedAnnotation('A web ACL.'),
    'shield-advanced-protection': refusedAnnotation('AWS Shield Advanced.'),
    'auth-type': refusedAnnotation('Who has to sign in.'),
    'auth-idp-cognito': refusedAnnotation('Who has to sign in.'),
    'auth-idp-oidc': refusedAnnotation('Who has to sign in.'),
    'auth-on-unauthenticated-request': refusedAnnotation('Who has to sign in.'),
    'auth-scope': refusedAnnotation('Who has to sign in.'),
    'auth-session-cookie': refusedAnnotation('Who has to sign in.'),
    'auth-session-timeout': refusedAnnotation('Who has to sign in.'),
    'mutual-authentication': refusedAnnotation('Certificates of clients.'),
    'multi-cluster-target-group': refusedAnnotation('Targets of several clusters.'),
    'minimum-load-balancer-capacity': refusedAnnotation('Capacity that is reserved.'),
    'enable-frontend-nlb': refusedAnnotation('A network load balancer before it.'),
  }).map(([name, found]) => [`${ALB_PREFIX}${name}`, found]),
);

/** Of ingress-nginx, what would be missed. */
const nginxAnnotations: Readonly<Record<string, AnnotationSpec<string>>> = Object.fromEntries(
  Object.entries({
    'rewrite-target': refusedAnnotation(
      'Another path for the backend.',
      'a load balancer does not change paths; let the application serve the path',
    ),
    'app-root': refusedAnnotation('Where `/` leads to.'),
    'use-regex': refusedAnnotation('Paths that are regular expressions.', 'use pathType Prefix or Exact'),
    'auth-url': refusedAnnotation('Who has to sign in.'),
    'auth-type': refusedAnnotation('Who has to sign in.'),
    'auth-secret': refusedAnnotation('Who has to sign in.'),
    'auth-tls-secret': refusedAnnotation('Certificates of clients.'),
    canary: refusedAnnotation('A part of the requests goes elsewhere.'),
    'whitelist-source-range': refusedAnnotation('Who may reach it.', `use ${ALB_PREFIX}inbound-cidrs`),
    'denylist-source-range': refusedAnnotation('Who may not reach it.'),
    'permanent-redirect': refusedAnnotation('Where requests are sent to.'),
    'temporal-redirect': refusedAnnotation('Where requests are sent to.'),
    'configuration-snippet': refusedAnnotation('A part of the configuration of nginx.'),
    'server-snippet': refusedAnnotation('A part of the configuration of nginx.'),
    'ssl-passthrough': refusedAnnotation('TLS that ends at the backend.', 'write a Service of type LoadBalancer'),
    'backend-protocol': refusedAnnotation('What is spoken to the backend.', `use ${ALB_PREFIX}backend-protocol`),
  }).map(([name, found]) => [`${NGINX_PREFIX}${name}`, found]),
);

export const ingressAnnotations = { ...unsupportedAlbAnnotations, ...nginxAnnotations, ...supportedAnnotations };
export type IngressAnnotations = typeof supportedAnnotations;

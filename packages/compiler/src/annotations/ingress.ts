// The annotations by which people set up application load balancers: those of the AWS Load Balancer Controller, and of others.
// Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/.
import type { Code } from '../diagnostic.ts';
import { bool, type Entry, entry, list, matching, oneOf, type Parsed, text } from './entry.ts';

export const PREFIX = 'alb.ingress.kubernetes.io/';

/** Of a controller that is not there: what is known to matter is refused, the rest is warned of. */
export const FOREIGN = 'nginx.ingress.kubernetes.io/';

const on = ['Ingress'] as const;

const arn = /^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[\w./+=,@-]+$/;
const cidr = /^[0-9a-fA-F.:]+\/\d{1,3}$/;

const listOf =
  (pattern: RegExp, like: string) =>
  (found: string): Parsed<readonly string[]> => {
    const read = list(found);
    return 'value' in read && !read.value.every((item) => pattern.test(item)) ? { problem: `is ${like}, with commas between them` } : read;
  };

export interface ListenPort {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
}

/** `[{"HTTP": 80}, {"HTTPS": 443}]`. */
function listenPorts(found: string): Parsed<readonly ListenPort[]> {
  const problem = { problem: 'is a list like [{"HTTP": 80}, {"HTTPS": 443}]' };
  try {
    const read = JSON.parse(found) as readonly Readonly<Record<string, number>>[];
    const ports = read.flatMap((each) => Object.entries(each).map(([protocol, port]) => ({ protocol, port })));
    const right = ports.every(
      ({ protocol, port }) => ['HTTP', 'HTTPS'].includes(protocol) && Number.isInteger(port) && port >= 1 && port <= 65535,
    );
    const distinct = new Set(ports.map(({ port }) => port)).size === ports.length;
    return right && distinct && ports.length > 0 ? { value: ports as readonly ListenPort[] } : problem;
  } catch {
    return problem;
  }
}

/** `key=value` pairs of which each key is known. */
const attributes =
  (known: readonly string[]) =>
  (found: string): Parsed<Readonly<Record<string, string>>> => {
    const pairs = found.split(',').map((pair) => pair.trim().split('='));
    const wrong = pairs.find(([key = '', value = '', ...more]) => !known.includes(key) || !/^[\w.-]+$/.test(value) || more.length > 0);
    if (wrong) return { problem: `has no ${wrong[0]} that can be set: ${known.join(', ')} can` };
    return { value: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])) };
  };

const known = (code: Code, docs: string, hint?: string): Entry<string> =>
  entry({ on, docs, parse: text, otherwise: { code, ...(hint === undefined ? {} : { hint }) } });
const passedOver = (docs: string, hint?: string) => known('I2K540', docs, hint);
const refused = (docs: string, hint?: string) => known('I2K462', docs, hint);

const check = "the machine's agent answers the health check with the pod's readiness; use a readiness probe";

const honoured = {
  'alb.ingress.kubernetes.io/scheme': entry({
    on,
    docs: 'Whether the load balancer is reachable from the internet, or inside of the VPC only (the default).',
    parse: oneOf('internal', 'internet-facing'),
  }),
  'alb.ingress.kubernetes.io/target-type': entry({
    on,
    docs: "What the targets are. A pod's address is its machine's here, so both values mean the machine.",
    parse: oneOf('instance', 'ip'),
  }),
  'alb.ingress.kubernetes.io/certificate-arn': entry({
    on,
    docs: 'The certificates with which TLS ends at the load balancer; it chooses among them by the host.',
    parse: listOf(arn, 'ARNs of certificates'),
  }),
  'alb.ingress.kubernetes.io/listen-ports': entry({
    on,
    docs: 'The ports listened on: 80, and with a certificate 443, to which 80 then leads.',
    parse: listenPorts,
  }),
  'alb.ingress.kubernetes.io/ssl-redirect': entry({
    on,
    docs: 'The port of HTTPS to which requests over HTTP are sent.',
    parse: matching(/^[1-9]\d{0,4}$/, 'a port'),
  }),
  'alb.ingress.kubernetes.io/group.name': entry({
    on,
    docs: 'The Ingresses that share a load balancer; those of one class do where it is not set.',
    parse: matching(/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/, 'a name of lower-case letters, digits, hyphens and dots'),
  }),
  'alb.ingress.kubernetes.io/inbound-cidrs': entry({
    on,
    docs: 'Who may reach the load balancer.',
    parse: listOf(cidr, 'CIDR blocks'),
  }),
  'alb.ingress.kubernetes.io/backend-protocol': entry({
    on,
    docs: 'What is spoken between load balancer and machine.',
    parse: oneOf('HTTP', 'HTTPS'),
  }),
  'alb.ingress.kubernetes.io/backend-protocol-version': entry({
    on,
    docs: "The version of HTTP between load balancer and machine; with others than HTTP1 the agent's health check could not be asked.",
    parse: oneOf('HTTP1'),
  }),
  'alb.ingress.kubernetes.io/load-balancer-attributes': entry({
    on,
    docs: 'Attributes of the load balancer.',
    parse: attributes([
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
  'alb.ingress.kubernetes.io/target-group-attributes': entry({
    on,
    docs: 'Attributes of the target groups.',
    parse: attributes([
      'deregistration_delay.timeout_seconds',
      'slow_start.duration_seconds',
      'stickiness.enabled',
      'stickiness.type',
      'stickiness.lb_cookie.duration_seconds',
      'load_balancing.algorithm.type',
    ]),
  }),
  'alb.ingress.kubernetes.io/ip-address-type': entry({
    on,
    docs: 'The kind of its addresses; they are always IPv4.',
    parse: oneOf('ipv4'),
  }),
  'kubernetes.io/ingress.class': entry({
    on,
    docs: 'The older way to say spec.ingressClassName.',
    parse: matching(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, 'the name of an IngressClass'),
  }),
  'ingressclass.kubernetes.io/is-default-class': entry({
    on: ['IngressClass'],
    docs: 'Ingresses that name no class are of this one.',
    parse: bool,
  }),
} as const;

const others: Readonly<Record<string, Entry<string>>> = Object.fromEntries(
  Object.entries({
    'healthcheck-path': passedOver('The path of health checks.', check),
    'healthcheck-port': passedOver('The port of health checks.', check),
    'healthcheck-protocol': passedOver('The protocol of health checks.', check),
    'healthcheck-interval-seconds': passedOver('Seconds between health checks.', check),
    'healthcheck-timeout-seconds': passedOver('Seconds that a health check may take.', check),
    'healthy-threshold-count': passedOver('Successes that make a target healthy.', check),
    'unhealthy-threshold-count': passedOver('Failures that make a target unhealthy.', check),
    'success-codes': passedOver('The answers that are healthy.', check),
    'load-balancer-name': passedOver("The load balancer's name.", 'names are given out by AWS; use the DNS name of a host'),
    'group.order': passedOver('Which Ingress of a group comes first.', 'exact paths come first, then the longest prefix'),
    'ssl-policy': passedOver('The TLS policy; it is TLS 1.2 or newer.'),
    tags: passedOver('Tags of the load balancer.', 'use `tags` in i2kit.yaml'),
    'target-node-labels': passedOver('The nodes that are targets.', 'the machines of the selected workloads are the targets'),
    'manage-backend-security-group-rules': passedOver("Whether the machines' firewall is opened; it always is."),
    subnets: refused('The subnets of the load balancer.', "the environment's subnets are used"),
    'customer-owned-ipv4-pool': refused('A pool of addresses.'),
    'ipam-ipv4-pool-id': refused('A pool of addresses.'),
    'security-groups': refused("The load balancer's security groups.", 'it has one of its own; use inbound-cidrs'),
    'security-group-prefix-lists': refused('Prefix lists that may reach it.', 'use inbound-cidrs'),
    'wafv2-acl-arn': refused('A web ACL.'),
    'wafv2-acl-name': refused('A web ACL.'),
    'waf-acl-id': refused('A web ACL.'),
    'shield-advanced-protection': refused('AWS Shield Advanced.'),
    'auth-type': refused('Who has to sign in.'),
    'auth-idp-cognito': refused('Who has to sign in.'),
    'auth-idp-oidc': refused('Who has to sign in.'),
    'auth-on-unauthenticated-request': refused('Who has to sign in.'),
    'auth-scope': refused('Who has to sign in.'),
    'auth-session-cookie': refused('Who has to sign in.'),
    'auth-session-timeout': refused('Who has to sign in.'),
    'mutual-authentication': refused('Certificates of clients.'),
    'multi-cluster-target-group': refused('Targets of several clusters.'),
    'minimum-load-balancer-capacity': refused('Capacity that is reserved.'),
    'enable-frontend-nlb': refused('A network load balancer before it.'),
  }).map(([name, found]) => [`${PREFIX}${name}`, found]),
);

/** Of ingress-nginx, what would be missed. */
const foreign: Readonly<Record<string, Entry<string>>> = Object.fromEntries(
  Object.entries({
    'rewrite-target': refused('Another path for the backend.', 'a load balancer does not change paths; let the application serve the path'),
    'app-root': refused('Where `/` leads to.'),
    'use-regex': refused('Paths that are regular expressions.', 'use pathType Prefix or Exact'),
    'auth-url': refused('Who has to sign in.'),
    'auth-type': refused('Who has to sign in.'),
    'auth-secret': refused('Who has to sign in.'),
    'auth-tls-secret': refused('Certificates of clients.'),
    canary: refused('A part of the requests goes elsewhere.'),
    'whitelist-source-range': refused('Who may reach it.', `use ${PREFIX}inbound-cidrs`),
    'denylist-source-range': refused('Who may not reach it.'),
    'permanent-redirect': refused('Where requests are sent to.'),
    'temporal-redirect': refused('Where requests are sent to.'),
    'configuration-snippet': refused('A part of the configuration of nginx.'),
    'server-snippet': refused('A part of the configuration of nginx.'),
    'ssl-passthrough': refused('TLS that ends at the backend.', 'write a Service of type LoadBalancer'),
    'backend-protocol': refused('What is spoken to the backend.', `use ${PREFIX}backend-protocol`),
  }).map(([name, found]) => [`${FOREIGN}${name}`, found]),
);

export const ingress = { ...others, ...foreign, ...honoured };
export type IngressAnnotations = typeof honoured;

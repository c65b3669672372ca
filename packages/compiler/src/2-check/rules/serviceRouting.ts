// Whether a Service can be reached the way that is asked for (`i2kit.dev/via`, or `via` in i2kit.yaml).
import { agentReadiness } from '@i2kit/common';
import { objectName } from '../../diagnostic.ts';
import type { ServicePort } from '../../generated/kubernetes.ts';
import { policiesOf, restrictsEgress } from '../../kinds/shared/networkPolicies.ts';
import { podsOf, type WorkloadPod } from '../../kinds/shared/pods.ts';
import { declaredPorts, targetPortNumber } from '../../kinds/shared/ports.ts';
import { isClusterInternal, podsSelectedBy, serviceRoutingOf } from '../../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Config } from '../../options.ts';
import { objectRule, type ReportAt } from '../rule.ts';

type ServiceManifest = Manifest<'Service'>;

const ANNOTATION_PATH = ['metadata', 'annotations', 'i2kit.dev/via'];
export const serviceRouting = objectRule(
  'Service',
  ['I2K441', 'I2K442', 'I2K443', 'I2K444'],
  (_, say, service, all, options) => {
    const config = options?.config ?? {};
    const way = serviceRoutingOf(service, config);
    if (way === 'nlb') return;
    const { metadata, spec } = service.object;
    if (!isClusterInternal(service))
      return say(
        ANNOTATION_PATH,
        `via: ${way} is for Services of the types ClusterIP and NodePort with a selector and an address`,
      );
    if (metadata.annotations?.['i2kit.dev/load-balancer'] !== undefined)
      say(
        ['metadata', 'annotations', 'i2kit.dev/load-balancer'],
        `with via: ${way} there is no load balancer to choose`,
      );
    if (spec.sessionAffinity === 'ClientIP') {
      const why =
        way === 'dns'
          ? 'a name keeps no client at one machine'
          : 'the load balancer would keep clients by a cookie, not by address';
      say(['spec', 'sessionAffinity'], `${why}`);
    }
    if (way === 'dns') checkDnsRouting(service, all, config, say);
    else checkHostRouting(service, all, config, say);
  },
);

const servicePortsOf = ({ object }: ServiceManifest): readonly ServicePort[] => object.spec.ports ?? [];

/** The ports that it is called at. */
const listenerPorts = ({ port, nodePort }: ServicePort): readonly number[] => (nodePort ? [port, nodePort] : [port]);

function checkHostRouting(service: ServiceManifest, all: Manifests, config: Config, say: ReportAt): void {
  if (service.object.spec.externalTrafficPolicy === 'Local')
    say(
      ['spec', 'externalTrafficPolicy'],
      "the machine sees the load balancer's address, and the client's in X-Forwarded-For only",
    );
  for (const [index, port] of servicePortsOf(service).entries()) {
    const problem = nonHttpProblem(port);
    const field = port.protocol !== 'TCP' ? 'protocol' : port.appProtocol ? 'appProtocol' : 'port';
    if (problem) say(['spec', 'ports', index, field], `${problem}, and by host goes HTTP alone`, httpHint(port));
  }
  const twin = all
    .of('Service')
    .find(
      (other) =>
        other.ref.name === service.ref.name && isEarlierHostRouted(other, service, config) && sharePort(other, service),
    );
  if (twin) {
    say(
      ['metadata', 'name'],
      `${objectName(twin.ref)} is called ${service.ref.name} too, at the same port of the same load balancer`,
      {
        code: 'I2K443',
        related: [{ message: 'the other one', object: twin.ref, path: ['metadata', 'name'] }],
      },
    );
  }
  const [guarded] = [
    ...podsSelectedBy(service, all).flatMap((pod) => policiesOf(pod, all)),
    ...podsOf(all).flatMap((pod) => policiesOf(pod, all, 'Egress').filter(restrictsEgress)),
  ];
  if (guarded)
    say(
      ANNOTATION_PATH,
      `${objectName(guarded.ref)} says who may talk to whom, and whoever reaches the load balancer reaches every Service on it`,
      {
        code: 'I2K444',
        related: [{ message: 'the policy', object: guarded.ref, path: ['spec', 'podSelector'] }],
      },
    );
}

const isEarlierHostRouted = (one: ServiceManifest, other: ServiceManifest, config: Config) =>
  one.ref.namespace < other.ref.namespace && serviceRoutingOf(one, config) === 'alb-host';

const sharePort = (a: ServiceManifest, b: ServiceManifest): boolean => {
  const ports = new Set(servicePortsOf(a).flatMap(listenerPorts));
  return servicePortsOf(b).some((port) => listenerPorts(port).some((number) => ports.has(number)));
};

/** What speaks another protocol, by its name or by the number that it is known by; `appProtocol: http` settles it. */
const NON_HTTP_NAMES =
  /^(https|tls|tcp|udp|grpc|h2c|redis|mysql|postgres|postgresql|mongo|mongodb|amqp|kafka|nats|mqtt|memcached|ldap|smtp|ssh|ftp|dns)(-|$)/;
const NON_HTTP_PORTS = [
  22, 25, 53, 389, 443, 636, 1433, 1521, 1883, 2181, 3306, 4222, 5432, 5671, 5672, 6379, 8443, 9042, 9092, 11211, 27017,
];

function nonHttpProblem(port: ServicePort): string | undefined {
  const { protocol, appProtocol, name, targetPort: target } = port;
  if (protocol !== 'TCP') return `the port speaks ${protocol}`;
  if (appProtocol)
    return ['http', 'kubernetes.io/ws'].includes(appProtocol.toLowerCase())
      ? undefined
      : `the port speaks ${appProtocol}`;
  const said = [name, typeof target === 'string' ? target : undefined].find(
    (text) => text && NON_HTTP_NAMES.test(text),
  );
  if (said) return `the port is called ${said}`;
  const number = [port.port, target].find((one) => typeof one === 'number' && NON_HTTP_PORTS.includes(one));
  return number === undefined ? undefined : `port ${number} is not one of HTTP`;
}

const httpHint = ({ protocol, appProtocol }: ServicePort) =>
  protocol === 'TCP' && !appProtocol
    ? { hint: 'say `appProtocol: http` if it is HTTP all the same, else `i2kit.dev/via: nlb` or `dns`' }
    : {};

/** A machine's port leads to one port of its pod. */
function checkDnsRouting(service: ServiceManifest, all: Manifests, config: Config, say: ReportAt): void {
  for (const [index, port] of servicePortsOf(service).entries()) {
    for (const pod of podsSelectedBy(service, all)) {
      const to = targetPortNumber(port, pod.spec) ?? port.port;
      for (const number of listenerPorts(port)) {
        const other = number === to ? undefined : portConflict(service, pod, number, port.protocol, to, all, config);
        if (other)
          say(
            ['spec', 'ports', index, 'port'],
            `port ${number} of the machines of ${pod.key} would lead to ${to}, and ${other}`,
            {
              code: 'I2K442',
            },
          );
      }
    }
  }
}

/** What else is at a port of a machine. */
function portConflict(
  service: ServiceManifest,
  pod: WorkloadPod,
  number: number,
  protocol: string,
  to: number,
  all: Manifests,
  config: Config,
): string | undefined {
  if (number === agentReadiness.port) return 'its agent answers there';
  if (declaredPorts(pod.spec).some((port) => port.containerPort === number && port.protocol === protocol))
    return 'a container listens there itself';
  for (const other of all.of('Service')) {
    if (other === service || !podsSelectedBy(other, all).some(({ key }) => key === pod.key)) continue;
    for (const port of servicePortsOf(other)) {
      const target = targetPortNumber(port, pod.spec) ?? port.port;
      if (port.protocol !== protocol || target === to) continue;
      const called = serviceRoutingOf(other, config) === 'dns' ? [...listenerPorts(port), target] : [target];
      if (called.includes(number)) return `${objectName(other.ref)} leads from there to ${target}`;
    }
  }
  return undefined;
}

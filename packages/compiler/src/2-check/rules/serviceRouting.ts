// Whether a Service supports the requested routing (`i2kit.dev/via`, or `via` in i2kit.yaml).
import { agentReadiness } from '@i2kit/common';
import { objectName } from '../../diagnostic.ts';
import type { ServicePort } from '../../generated/kubernetes.ts';
import { effectivePolicies, policiesOf, restrictsEgress } from '../../kinds/shared/networkPolicies.ts';
import type { WorkloadPod } from '../../kinds/shared/pods.ts';
import { declaredPorts, listenerPortsOf, targetPortNumber } from '../../kinds/shared/ports.ts';
import { isClusterInternal, podsSelectedBy, serviceRoutingOf } from '../../kinds/shared/services.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Config } from '../../options.ts';
import { objectRule, type ReportAt } from '../rule.ts';

type ServiceManifest = Manifest<'Service'>;

const ANNOTATION_PATH = ['metadata', 'annotations', 'i2kit.dev/via'];
export const serviceRouting = objectRule(
  'Service',
  ['I2K441', 'I2K442', 'I2K443', 'I2K444'],
  (_, reportAt, service, manifests, options) => {
    const config = options?.config ?? {};
    const way = serviceRoutingOf(service, config);
    if (way === 'nlb') return;
    const { metadata, spec } = service.object;
    if (!isClusterInternal(service))
      return reportAt(
        ANNOTATION_PATH,
        `via: ${way} requires a Service of type ClusterIP or NodePort with a selector and an address`,
      );
    if (metadata.annotations?.['i2kit.dev/load-balancer'] !== undefined)
      reportAt(
        ['metadata', 'annotations', 'i2kit.dev/load-balancer'],
        `with via: ${way} there is no load balancer to choose`,
      );
    if (spec.sessionAffinity === 'ClientIP') {
      const why =
        way === 'dns'
          ? 'DNS cannot keep a client at one machine'
          : 'the load balancer would keep clients by a cookie, not by address';
      reportAt(['spec', 'sessionAffinity'], `${why}`);
    }
    if (way === 'dns') checkDnsRouting(service, manifests, config, reportAt);
    else checkHostRouting(service, manifests, config, reportAt);
  },
);

const servicePortsOf = ({ object }: ServiceManifest): readonly ServicePort[] => object.spec.ports ?? [];

/** The ports on which clients call the Service. */
const listenerPorts = ({ object }: ServiceManifest): readonly number[] =>
  (object.spec.ports ?? []).flatMap((port) => listenerPortsOf(object.spec, port));

function checkHostRouting(service: ServiceManifest, manifests: Manifests, config: Config, reportAt: ReportAt): void {
  if (service.object.spec.externalTrafficPolicy === 'Local')
    reportAt(
      ['spec', 'externalTrafficPolicy'],
      "the machine sees the load balancer's address; the client's address is in X-Forwarded-For only",
    );
  for (const [index, port] of servicePortsOf(service).entries()) {
    const problem = nonHttpProblem(port);
    const field = port.protocol !== 'TCP' ? 'protocol' : port.appProtocol ? 'appProtocol' : 'port';
    if (problem)
      reportAt(['spec', 'ports', index, field], `${problem}, but routing by host supports HTTP only`, httpHint(port));
  }
  const twin = manifests
    .of('Service')
    .find(
      (other) =>
        other.ref.name === service.ref.name && isEarlierHostRouted(other, service, config) && sharePort(other, service),
    );
  if (twin) {
    reportAt(
      ['metadata', 'name'],
      `${objectName(twin.ref)} is also named ${service.ref.name}, at the same port of the same load balancer`,
      {
        code: 'I2K443',
        related: [{ message: 'the other one', object: twin.ref, path: ['metadata', 'name'] }],
      },
    );
  }
  const isolated = podsSelectedBy(service, manifests).find((pod) => policiesOf(pod, manifests).length > 0);
  const guarded =
    isolated === undefined
      ? [...effectivePolicies(manifests, 'Egress')].find(restrictsEgress)
      : policiesOf(isolated, manifests)[0];
  if (guarded)
    reportAt(
      ANNOTATION_PATH,
      `${objectName(guarded.ref)} restricts access, but every client of the load balancer can reach every Service on it`,
      {
        code: 'I2K444',
        related: [{ message: 'the policy', object: guarded.ref, path: ['spec', 'podSelector'] }],
      },
    );
}

const isEarlierHostRouted = (one: ServiceManifest, other: ServiceManifest, config: Config) =>
  one.ref.namespace < other.ref.namespace && serviceRoutingOf(one, config) === 'alb-host';

const sharePort = (a: ServiceManifest, b: ServiceManifest): boolean => {
  const ports = new Set(listenerPorts(a));
  return listenerPorts(b).some((number) => ports.has(number));
};

/** The other protocol of a port, recognized by its name or number; `appProtocol: http` overrides it. */
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
  const reserved = [name, typeof target === 'string' ? target : undefined].find(
    (text) => text && NON_HTTP_NAMES.test(text),
  );
  if (reserved) return `the port is named ${reserved}`;
  const number = [port.port, target].find((one) => typeof one === 'number' && NON_HTTP_PORTS.includes(one));
  return number === undefined ? undefined : `port ${number} is not usual for HTTP`;
}

const httpHint = ({ protocol, appProtocol }: ServicePort) =>
  protocol === 'TCP' && !appProtocol
    ? { hint: 'Set `appProtocol: http` if it is HTTP, else `i2kit.dev/via: nlb` or `dns`.' }
    : {};

/** A machine's port leads to one port of its pod. */
function checkDnsRouting(service: ServiceManifest, manifests: Manifests, config: Config, reportAt: ReportAt): void {
  for (const [index, port] of servicePortsOf(service).entries()) {
    for (const pod of podsSelectedBy(service, manifests)) {
      const to = targetPortNumber(port, pod.spec) ?? port.port;
      for (const number of listenerPortsOf(service.object.spec, port)) {
        const other =
          number === to ? undefined : portConflict(service, pod, number, port.protocol, to, manifests, config);
        if (other)
          reportAt(
            ['spec', 'ports', index, 'port'],
            `port ${number} of the machines of ${pod.key} would lead to ${to}, but ${other}`,
            {
              code: 'I2K442',
            },
          );
      }
    }
  }
}

/** The other user of a port of a machine. */
function portConflict(
  service: ServiceManifest,
  pod: WorkloadPod,
  number: number,
  protocol: string,
  to: number,
  manifests: Manifests,
  config: Config,
): string | undefined {
  if (number === agentReadiness.port) return 'its agent listens there';
  if (declaredPorts(pod.spec).some((port) => port.containerPort === number && port.protocol === protocol))
    return 'a container listens there';
  const users = portUsersOf(manifests, config).get(pod)?.get(`${number} ${protocol}`) ?? [];
  const other = users.find((one) => one.service !== service && one.target !== to);
  return other && `${objectName(other.service.ref)} leads from there to ${other.target}`;
}

/** A Service that leads from a port of a machine to a port of its pod. */
interface PortUser {
  readonly service: ServiceManifest;
  readonly target: number;
}

type PortUsers = ReadonlyMap<WorkloadPod, ReadonlyMap<string, readonly PortUser[]>>;
const portUsersCache = new WeakMap<Manifests, PortUsers>();

/** By pod, then by number and protocol, in the order of the Services. */
function portUsersOf(manifests: Manifests, config: Config): PortUsers {
  const cached = portUsersCache.get(manifests);
  if (cached) return cached;
  const found = new Map<WorkloadPod, Map<string, PortUser[]>>();
  for (const service of manifests.of('Service')) {
    const direct = serviceRoutingOf(service, config) === 'dns';
    for (const pod of podsSelectedBy(service, manifests)) {
      const ofPod = found.get(pod) ?? new Map<string, PortUser[]>();
      found.set(pod, ofPod);
      for (const port of servicePortsOf(service)) {
        const target = targetPortNumber(port, pod.spec) ?? port.port;
        for (const number of new Set([...(direct ? listenerPortsOf(service.object.spec, port) : []), target])) {
          const key = `${number} ${port.protocol}`;
          const users = ofPod.get(key);
          if (users) users.push({ service, target });
          else ofPod.set(key, [{ service, target }]);
        }
      }
    }
  }
  portUsersCache.set(manifests, found);
  return found;
}

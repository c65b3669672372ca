// Whether a Service can be reached the way that is asked for (`i2kit.dev/via`, or `via` in i2kit.yaml).
import { objectName } from '../../diagnostic.ts';
import type { ServicePort } from '../../generated/kubernetes.ts';
import { type PodOf, podsOf } from '../../kinds/shared/pods.ts';
import { policiesOf, restrictsEgress } from '../../kinds/shared/policies.ts';
import { declaredPorts, targetPort } from '../../kinds/shared/ports.ts';
import { selectedBy } from '../../kinds/shared/services.ts';
import { isInside, viaOf } from '../../kinds/shared/via.ts';
import type { Manifest, Manifests } from '../../manifest.ts';
import type { Config } from '../../options.ts';
import { perObject, type Say } from '../rule.ts';

type Service = Manifest<'Service'>;

const ASKED = ['metadata', 'annotations', 'i2kit.dev/via'];
/** Where the machine's agent answers. */
const AGENT = 10256;

export const via = perObject('Service', ['I2K441', 'I2K442', 'I2K443', 'I2K444'], (_, say, service, all, options) => {
  const config = options?.config ?? {};
  const way = viaOf(service, config);
  if (way === 'nlb') return;
  const { metadata, spec } = service.object;
  if (!isInside(service))
    return say(ASKED, `via: ${way} is for Services of the types ClusterIP and NodePort with a selector and an address`);
  if (metadata.annotations?.['i2kit.dev/load-balancer'] !== undefined)
    say(['metadata', 'annotations', 'i2kit.dev/load-balancer'], `with via: ${way} there is no load balancer to choose`);
  if (spec.sessionAffinity === 'ClientIP') {
    const why =
      way === 'dns' ? 'a name keeps no client at one machine' : 'the load balancer would keep clients by a cookie, not by address';
    say(['spec', 'sessionAffinity'], `${why}`);
  }
  if (way === 'dns') checkMachines(service, all, config, say);
  else checkHosts(service, all, config, say);
});

const portsOf = ({ object }: Service): readonly ServicePort[] => object.spec.ports ?? [];

/** The ports that it is called at. */
const listeners = ({ port, nodePort }: ServicePort): readonly number[] => (nodePort ? [port, nodePort] : [port]);

function checkHosts(service: Service, all: Manifests, config: Config, say: Say): void {
  if (service.object.spec.externalTrafficPolicy === 'Local')
    say(['spec', 'externalTrafficPolicy'], "the machine sees the load balancer's address, and the client's in X-Forwarded-For only");
  for (const [index, port] of portsOf(service).entries()) {
    const problem = otherThanHttp(port);
    const field = port.protocol !== 'TCP' ? 'protocol' : port.appProtocol ? 'appProtocol' : 'port';
    if (problem) say(['spec', 'ports', index, field], `${problem}, and by host goes HTTP alone`, hintOf(port));
  }
  const twin = all
    .of('Service')
    .find((other) => other.ref.name === service.ref.name && isBefore(other, service, config) && meet(other, service));
  if (twin) {
    say(['metadata', 'name'], `${objectName(twin.ref)} is called ${service.ref.name} too, at the same port of the same load balancer`, {
      code: 'I2K443',
      related: [{ message: 'the other one', object: twin.ref, path: ['metadata', 'name'] }],
    });
  }
  const [guarded] = [
    ...selectedBy(service, all).flatMap((pod) => policiesOf(pod, all)),
    ...podsOf(all).flatMap((pod) => policiesOf(pod, all, 'Egress').filter(restrictsEgress)),
  ];
  if (guarded)
    say(ASKED, `${objectName(guarded.ref)} says who may talk to whom, and whoever reaches the load balancer reaches every Service on it`, {
      code: 'I2K444',
      related: [{ message: 'the policy', object: guarded.ref, path: ['spec', 'podSelector'] }],
    });
}

const isBefore = (one: Service, other: Service, config: Config) =>
  one.ref.namespace < other.ref.namespace && viaOf(one, config) === 'alb-host';

const meet = (a: Service, b: Service): boolean => {
  const ports = new Set(portsOf(a).flatMap(listeners));
  return portsOf(b).some((port) => listeners(port).some((number) => ports.has(number)));
};

/** What speaks another protocol, by its name or by the number that it is known by; `appProtocol: http` settles it. */
const otherNames =
  /^(https|tls|tcp|udp|grpc|h2c|redis|mysql|postgres|postgresql|mongo|mongodb|amqp|kafka|nats|mqtt|memcached|ldap|smtp|ssh|ftp|dns)(-|$)/;
const otherPorts = [22, 25, 53, 389, 443, 636, 1433, 1521, 1883, 2181, 3306, 4222, 5432, 5671, 5672, 6379, 8443, 9042, 9092, 11211, 27017];

function otherThanHttp(port: ServicePort): string | undefined {
  const { protocol, appProtocol, name, targetPort: target } = port;
  if (protocol !== 'TCP') return `the port speaks ${protocol}`;
  if (appProtocol) return ['http', 'kubernetes.io/ws'].includes(appProtocol.toLowerCase()) ? undefined : `the port speaks ${appProtocol}`;
  const said = [name, typeof target === 'string' ? target : undefined].find((text) => text && otherNames.test(text));
  if (said) return `the port is called ${said}`;
  const number = [port.port, target].find((one) => typeof one === 'number' && otherPorts.includes(one));
  return number === undefined ? undefined : `port ${number} is not one of HTTP`;
}

const hintOf = ({ protocol, appProtocol }: ServicePort) =>
  protocol === 'TCP' && !appProtocol
    ? { hint: 'say `appProtocol: http` if it is HTTP all the same, else `i2kit.dev/via: nlb` or `dns`' }
    : {};

/** A machine's port leads to one port of its pod. */
function checkMachines(service: Service, all: Manifests, config: Config, say: Say): void {
  for (const [index, port] of portsOf(service).entries()) {
    for (const pod of selectedBy(service, all)) {
      const to = targetPort(port, pod.spec) ?? port.port;
      for (const number of listeners(port)) {
        const other = number === to ? undefined : elsewhere(service, pod, number, port.protocol, to, all, config);
        if (other)
          say(['spec', 'ports', index, 'port'], `port ${number} of the machines of ${pod.key} would lead to ${to}, and ${other}`, {
            code: 'I2K442',
          });
      }
    }
  }
}

/** What else is at a port of a machine. */
function elsewhere(
  service: Service,
  pod: PodOf,
  number: number,
  protocol: string,
  to: number,
  all: Manifests,
  config: Config,
): string | undefined {
  if (number === AGENT) return 'its agent answers there';
  if (declaredPorts(pod.spec).some((port) => port.containerPort === number && port.protocol === protocol))
    return 'a container listens there itself';
  for (const other of all.of('Service')) {
    if (other === service || !selectedBy(other, all).some(({ key }) => key === pod.key)) continue;
    for (const port of portsOf(other)) {
      const target = targetPort(port, pod.spec) ?? port.port;
      if (port.protocol !== protocol || target === to) continue;
      const called = viaOf(other, config) === 'dns' ? [...listeners(port), target] : [target];
      if (called.includes(number)) return `${objectName(other.ref)} leads from there to ${target}`;
    }
  }
  return undefined;
}

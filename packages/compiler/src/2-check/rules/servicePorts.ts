// Ports of Services. As validateServicePort of Kubernetes.
import { dnsLabel, isPort, portName } from '../formats.ts';
import { duplicatesOf, objectRule } from '../rule.ts';

/** The API server's own default for --service-node-port-range. */
const NODE_PORTS = [30000, 32767] as const;

export const servicePorts = objectRule('Service', ['I2K326', 'I2K433'], ({ spec }, say) => {
  const ports = spec.ports ?? [];
  for (const [index, { name, port, protocol, targetPort, nodePort }] of ports.entries()) {
    const at = ['spec', 'ports', index];
    if (!name && ports.length > 1) say(at, 'a Service with several ports has to name each of them');
    const wrongName = name ? dnsLabel(name) : undefined;
    if (wrongName) say([...at, 'name'], `the port's name ${JSON.stringify(name)} ${wrongName}`);
    if (!isPort(port)) say([...at, 'port'], `${port} is no port: ports are 1 to 65535`);
    if (protocol === 'SCTP') say([...at, 'protocol'], "the port's protocol is SCTP", { code: 'I2K433' });
    const wrongTarget =
      typeof targetPort === 'number'
        ? isPort(targetPort)
          ? undefined
          : 'is no port: ports are 1 to 65535'
        : portName(targetPort);
    if (wrongTarget) say([...at, 'targetPort'], `targetPort ${JSON.stringify(targetPort)} ${wrongTarget}`);
    if (nodePort && (nodePort < NODE_PORTS[0] || nodePort > NODE_PORTS[1])) {
      say([...at, 'nodePort'], `nodePort ${nodePort} is not between ${NODE_PORTS.join(' and ')}`);
    }
  }
  for (const { index, key } of duplicatesOf(ports, ({ name }) => name || undefined)) {
    say(['spec', 'ports', index, 'name'], `two ports of the Service are called ${key}`);
  }
  for (const { index, key } of duplicatesOf(ports, ({ port, protocol }) => `${port}/${protocol}`)) {
    say(['spec', 'ports', index, 'port'], `the Service has port ${key} twice`);
  }
  for (const { index, key } of duplicatesOf(ports, ({ nodePort, protocol }) =>
    nodePort ? `${nodePort}/${protocol}` : undefined,
  )) {
    say(['spec', 'ports', index, 'nodePort'], `the Service has nodePort ${key} twice`);
  }
});

// Ports of Services. As validateServicePort of Kubernetes.
import { dnsLabel, isPort, portName } from '../formats.ts';
import { duplicatesOf, objectRule } from '../rule.ts';

/** The API server's own default for --service-node-port-range. */
const NODE_PORTS = [30000, 32767] as const;

export const servicePorts = objectRule('Service', ['I2K326', 'I2K433'], ({ spec }, reportAt) => {
  const ports = spec.ports ?? [];
  for (const [index, { name, port, protocol, targetPort, nodePort }] of ports.entries()) {
    const path = ['spec', 'ports', index];
    if (!name && ports.length > 1) reportAt(path, 'a Service with several ports must name each of them');
    const wrongName = name ? dnsLabel(name) : undefined;
    if (wrongName) reportAt([...path, 'name'], `the port's name ${JSON.stringify(name)} ${wrongName}`);
    if (!isPort(port)) reportAt([...path, 'port'], `${port} is not a port (1 to 65535)`);
    if (protocol === 'SCTP') reportAt([...path, 'protocol'], "the port's protocol is SCTP", { code: 'I2K433' });
    const wrongTarget =
      typeof targetPort === 'number'
        ? isPort(targetPort)
          ? undefined
          : 'is not a port (1 to 65535)'
        : portName(targetPort);
    if (wrongTarget) reportAt([...path, 'targetPort'], `targetPort ${JSON.stringify(targetPort)} ${wrongTarget}`);
    if (nodePort && (nodePort < NODE_PORTS[0] || nodePort > NODE_PORTS[1])) {
      reportAt([...path, 'nodePort'], `nodePort ${nodePort} is not between ${NODE_PORTS.join(' and ')}`);
    }
  }
  for (const { index, key } of duplicatesOf(ports, ({ name }) => name || undefined)) {
    reportAt(['spec', 'ports', index, 'name'], `two ports of the Service are named ${key}`);
  }
  for (const { index, key } of duplicatesOf(ports, ({ port, protocol }) => `${port}/${protocol}`)) {
    reportAt(['spec', 'ports', index, 'port'], `the Service has port ${key} twice`);
  }
  for (const { index, key } of duplicatesOf(ports, ({ nodePort, protocol }) =>
    nodePort ? `${nodePort}/${protocol}` : undefined,
  )) {
    reportAt(['spec', 'ports', index, 'nodePort'], `the Service has nodePort ${key} twice`);
  }
});

// Ports of containers. As validateContainerPorts of Kubernetes; and the machine has one network for all of them.
import { isPort, portName } from '../formats.ts';
import { perContainer, repeats } from '../rule.ts';

export const containerPorts = perContainer(['I2K307', 'I2K418', 'I2K433'], ({ container, path }, say) => {
  const ports = container.ports ?? [];
  for (const [index, { containerPort, hostPort, name, protocol }] of ports.entries()) {
    const at = [...path, 'ports', index];
    const problem = name ? portName(name) : undefined;
    if (problem) say([...at, 'name'], `the port's name ${JSON.stringify(name)} ${problem}`);
    if (!isPort(containerPort)) say([...at, 'containerPort'], `${containerPort} is no port: ports are 1 to 65535`);
    if (hostPort && !isPort(hostPort)) say([...at, 'hostPort'], `${hostPort} is no port: ports are 1 to 65535`);
    else if (hostPort && hostPort !== containerPort) {
      say([...at, 'hostPort'], `hostPort ${hostPort} is another port than containerPort ${containerPort}`, { code: 'I2K418' });
    }
    if (protocol === 'SCTP') say([...at, 'protocol'], "the port's protocol is SCTP", { code: 'I2K433' });
  }
  for (const { index, key } of repeats(ports, ({ name }) => name || undefined)) {
    say([...path, 'ports', index, 'name'], `two ports of the container are called ${key}`);
  }
});

// Ports of containers: valid as in validateContainerPorts of Kubernetes, and used once per machine.

import { agentReadiness } from '@i2kit/common';
import { containersOf } from '../../kinds/shared/pods.ts';
import { isPort, portName } from '../formats.ts';
import { containerRule, duplicatesOf, podRule } from '../rule.ts';

// Ports of containers. As validateContainerPorts of Kubernetes; and the machine has one network for all of them.

export const containerPorts = containerRule(['I2K307', 'I2K418', 'I2K433'], ({ container, path }, say) => {
  const ports = container.ports ?? [];
  for (const [index, { containerPort, hostPort, name, protocol }] of ports.entries()) {
    const at = [...path, 'ports', index];
    const problem = name ? portName(name) : undefined;
    if (problem) say([...at, 'name'], `the port's name ${JSON.stringify(name)} ${problem}`);
    if (!isPort(containerPort)) say([...at, 'containerPort'], `${containerPort} is no port: ports are 1 to 65535`);
    if (hostPort && !isPort(hostPort)) say([...at, 'hostPort'], `${hostPort} is no port: ports are 1 to 65535`);
    else if (hostPort && hostPort !== containerPort) {
      say([...at, 'hostPort'], `hostPort ${hostPort} is another port than containerPort ${containerPort}`, {
        code: 'I2K418',
      });
    }
    if (protocol === 'SCTP') say([...at, 'protocol'], "the port's protocol is SCTP", { code: 'I2K433' });
  }
  for (const { index, key } of duplicatesOf(ports, ({ name }) => name || undefined)) {
    say([...path, 'ports', index, 'name'], `two ports of the container are called ${key}`);
  }
});

// The containers of a pod share one network, so two of them cannot serve one port; and one port is the agent's.

export const portConflicts = podRule(['I2K425'], (pod, say) => {
  const ports = containersOf(pod)
    .filter(({ role }) => role !== 'init')
    .flatMap(({ container, path }) =>
      (container.ports ?? []).map(({ containerPort, protocol }, index) => ({
        key: `${containerPort}/${protocol}`,
        container: container.name,
        path: [...path, 'ports', index, 'containerPort'],
      })),
    );
  for (const { key, path } of ports) {
    if (key === `${agentReadiness.port}/TCP`)
      say(path, `port ${agentReadiness.port} is the machine's agent's`, {
        hint: 'let the container serve another port',
      });
  }
  for (const { index, first, key } of duplicatesOf(ports, (port) => port.key)) {
    const [port, other] = [ports[index], ports[first]];
    if (port && other && port.container !== other.container) {
      say(port.path, `the containers ${other.container} and ${port.container} both declare port ${key}`);
    }
  }
});

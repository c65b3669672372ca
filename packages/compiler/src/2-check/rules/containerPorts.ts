// Ports of containers: valid as in validateContainerPorts of Kubernetes, and used once per machine.

import { agentReadiness } from '@i2kit/common';
import { containersOf } from '../../kinds/shared/pods.ts';
import { isPort, portName } from '../formats.ts';
import { containerRule, duplicatesOf, podRule } from '../rule.ts';

/** Ports of containers, as validateContainerPorts of Kubernetes. All containers share the machine's network. */
export const containerPorts = containerRule(['I2K307', 'I2K418', 'I2K433'], ({ container, path }, reportAt) => {
  const ports = container.ports ?? [];
  for (const [index, { containerPort, hostPort, name, protocol }] of ports.entries()) {
    const itemPath = [...path, 'ports', index];
    const problem = name ? portName(name) : undefined;
    if (problem) reportAt([...itemPath, 'name'], `the port's name ${JSON.stringify(name)} ${problem}`);
    if (!isPort(containerPort)) reportAt([...itemPath, 'containerPort'], `${containerPort} is not a port (1 to 65535)`);
    if (hostPort && !isPort(hostPort)) reportAt([...itemPath, 'hostPort'], `${hostPort} is not a port (1 to 65535)`);
    else if (hostPort && hostPort !== containerPort) {
      reportAt([...itemPath, 'hostPort'], `hostPort ${hostPort} differs from containerPort ${containerPort}`, {
        code: 'I2K418',
      });
    }
    if (protocol === 'SCTP') reportAt([...itemPath, 'protocol'], "the port's protocol is SCTP", { code: 'I2K433' });
  }
  for (const { index, key } of duplicatesOf(ports, ({ name }) => name || undefined)) {
    reportAt([...path, 'ports', index, 'name'], `two ports of the container are called ${key}`);
  }
});

/** The containers of a pod share one network, so two of them cannot listen on one port, nor on the agent's port. */
export const portConflicts = podRule(['I2K425'], (pod, reportAt) => {
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
      reportAt(path, `the machine's agent listens on port ${agentReadiness.port}`, {
        hint: "Change the container's port.",
      });
  }
  for (const { index, first, key } of duplicatesOf(ports, (port) => port.key)) {
    const [port, other] = [ports[index], ports[first]];
    if (port && other && port.container !== other.container) {
      reportAt(port.path, `the containers ${other.container} and ${port.container} both declare port ${key}`);
    }
  }
});

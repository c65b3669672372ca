// The containers of a pod share one network, so two of them cannot serve one port; and one port is the agent's.
import { containersOf } from '../../kinds/shared/pods.ts';
import { perPod, repeats } from '../rule.ts';

/** Where the machine's agent answers the load balancers' health checks. */
const AGENT = 10256;

export const portClash = perPod(['I2K425'], (pod, say) => {
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
    if (key === `${AGENT}/TCP`) say(path, `port ${AGENT} is the machine's agent's`, { hint: 'let the container serve another port' });
  }
  for (const { index, first, key } of repeats(ports, (port) => port.key)) {
    const [port, other] = [ports[index], ports[first]];
    if (port && other && port.container !== other.container) {
      say(port.path, `the containers ${other.container} and ${port.container} both declare port ${key}`);
    }
  }
});

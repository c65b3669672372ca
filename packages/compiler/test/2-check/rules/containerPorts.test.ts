// Rules containerPorts and portConflicts: ports of containers.

import { containerPorts, portConflicts } from '../../../src/2-check/rules/containerPorts.ts';
import { inContainer, inPod } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

// Rule containerPorts: numbers, names, and one network for all.

const withPorts = (...ports: readonly object[]) => findingsOf(containerPorts, [inContainer({ ports })]);

it('takes ports', () =>
  expect(
    withPorts({ containerPort: 1 }, { containerPort: 65535, name: 'a-1' }, { containerPort: 53, protocol: 'UDP' }),
  ).toEqual([]));

it.each([0, 70000, -1])('refuses %i', (containerPort) =>
  expect(withPorts({ containerPort })).toEqual(['I2K307 ~c.ports[0].containerPort']),
);

it.each(['HTTP', 'a'.repeat(16), '80', 'a--b', '-a', 'a_b'])('refuses the name %s', (name) => {
  expect(withPorts({ containerPort: 80, name })).toEqual(['I2K307 ~c.ports[0].name']);
});

it('wants names that differ', () =>
  expect(withPorts({ containerPort: 1, name: 'a' }, { containerPort: 2, name: 'a' })).toEqual([
    'I2K307 ~c.ports[1].name',
  ]));

it('refuses another port on the host, and SCTP', () => {
  expect(withPorts({ containerPort: 80, hostPort: 80 })).toEqual([]);
  expect(withPorts({ containerPort: 80, hostPort: 8080 })).toEqual(['I2K418 ~c.ports[0].hostPort']);
  expect(withPorts({ containerPort: 80, hostPort: 70000 })).toEqual(['I2K307 ~c.ports[0].hostPort']);
  expect(withPorts({ containerPort: 80, protocol: 'SCTP' })).toEqual(['I2K433 ~c.ports[0].protocol']);
});

// Rule portClash: one network for all containers of a pod.

const container = (name: string, containerPort: number, protocol = 'TCP') => ({
  name,
  image: 'x',
  ports: [{ containerPort, protocol }],
});

it('refuses one port of two containers', () => {
  expect(findingsOf(portConflicts, [inPod({ containers: [container('a', 80), container('b', 80)] })])).toEqual([
    'I2K425 ~p.containers[1].ports[0].containerPort',
  ]);
  expect(findingsOf(portConflicts, [inPod({ containers: [container('a', 53), container('b', 53, 'UDP')] })])).toEqual(
    [],
  );
});

it('lets init containers that end have the port before', () => {
  expect(findingsOf(portConflicts, [inPod({ initContainers: [container('a', 80)] })])).toEqual([]);
  expect(
    findingsOf(portConflicts, [inPod({ initContainers: [{ ...container('a', 80), restartPolicy: 'Always' }] })]),
  ).toHaveLength(1);
});

it("keeps the agent's port", () => {
  expect(findingsOf(portConflicts, [inContainer({ ports: [{ containerPort: 10256 }] })])).toEqual([
    'I2K425 ~c.ports[0].containerPort',
  ]);
  expect(findingsOf(portConflicts, [inContainer({ ports: [{ containerPort: 10256, protocol: 'UDP' }] })])).toEqual([]);
});

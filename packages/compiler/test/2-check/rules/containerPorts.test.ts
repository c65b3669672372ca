// Rule containerPorts: numbers, names, and one network for all.
import { containerPorts } from '../../../src/2-check/rules/containerPorts.ts';
import { inContainer } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const withPorts = (...ports: readonly object[]) => said(containerPorts, [inContainer({ ports })]);

it('takes ports', () =>
  expect(withPorts({ containerPort: 1 }, { containerPort: 65535, name: 'a-1' }, { containerPort: 53, protocol: 'UDP' })).toEqual([]));

it.each([0, 70000, -1])('refuses %i', (containerPort) =>
  expect(withPorts({ containerPort })).toEqual(['I2K307 ~c.ports[0].containerPort']),
);

it.each(['HTTP', 'a'.repeat(16), '80', 'a--b', '-a', 'a_b'])('refuses the name %s', (name) => {
  expect(withPorts({ containerPort: 80, name })).toEqual(['I2K307 ~c.ports[0].name']);
});

it('wants names that differ', () =>
  expect(withPorts({ containerPort: 1, name: 'a' }, { containerPort: 2, name: 'a' })).toEqual(['I2K307 ~c.ports[1].name']));

it('refuses another port on the host, and SCTP', () => {
  expect(withPorts({ containerPort: 80, hostPort: 80 })).toEqual([]);
  expect(withPorts({ containerPort: 80, hostPort: 8080 })).toEqual(['I2K418 ~c.ports[0].hostPort']);
  expect(withPorts({ containerPort: 80, hostPort: 70000 })).toEqual(['I2K307 ~c.ports[0].hostPort']);
  expect(withPorts({ containerPort: 80, protocol: 'SCTP' })).toEqual(['I2K433 ~c.ports[0].protocol']);
});

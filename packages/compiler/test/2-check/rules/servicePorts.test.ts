// Rule servicePorts: numbers, names, and each once.
import { servicePorts } from '../../../src/2-check/rules/servicePorts.ts';
import { service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const ports = (...all: readonly object[]) =>
  findingsOf(servicePorts, [withFields(service, { 'spec.type': 'NodePort', 'spec.ports': all })]);

it('takes ports', () => {
  expect(ports({ port: 80 })).toEqual([]);
  expect(
    ports({ name: 'a', port: 53 }, { name: 'b', port: 53, protocol: 'UDP', targetPort: 'dns', nodePort: 30053 }),
  ).toEqual([]);
});

it.each([
  [{ port: 70000 }, 'port'],
  [{ port: 0 }, 'port'],
  [{ port: 80, name: 'A' }, 'name'],
  [{ port: 80, targetPort: 70000 }, 'targetPort'],
  [{ port: 80, targetPort: '8080' }, 'targetPort'],
  [{ port: 80, nodePort: 8080 }, 'nodePort'],
  [{ port: 80, nodePort: 32768 }, 'nodePort'],
])('refuses %j', (one, field) => expect(ports(one)).toContain(`I2K326 spec.ports[0].${field}`));

it('refuses SCTP', () => expect(ports({ port: 80, protocol: 'SCTP' })).toEqual(['I2K433 spec.ports[0].protocol']));

it('wants several ports to differ', () => {
  expect(ports({ name: 'a', port: 80 }, { port: 81 })).toEqual(['I2K326 spec.ports[1]']);
  expect(ports({ name: 'a', port: 80 }, { name: 'a', port: 81 })).toEqual(['I2K326 spec.ports[1].name']);
  expect(ports({ name: 'a', port: 80 }, { name: 'b', port: 80 })).toEqual(['I2K326 spec.ports[1].port']);
  expect(ports({ name: 'a', port: 80, nodePort: 30000 }, { name: 'b', port: 81, nodePort: 30000 })).toEqual([
    'I2K326 spec.ports[1].nodePort',
  ]);
});

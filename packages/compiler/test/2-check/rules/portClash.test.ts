// Rule portClash: one network for all containers of a pod.
import { portClash } from '../../../src/2-check/rules/portClash.ts';
import { inContainer, inPod } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const container = (name: string, containerPort: number, protocol = 'TCP') => ({ name, image: 'x', ports: [{ containerPort, protocol }] });

it('refuses one port of two containers', () => {
  expect(said(portClash, [inPod({ containers: [container('a', 80), container('b', 80)] })])).toEqual([
    'I2K425 ~p.containers[1].ports[0].containerPort',
  ]);
  expect(said(portClash, [inPod({ containers: [container('a', 53), container('b', 53, 'UDP')] })])).toEqual([]);
});

it('lets init containers that end have the port before', () => {
  expect(said(portClash, [inPod({ initContainers: [container('a', 80)] })])).toEqual([]);
  expect(said(portClash, [inPod({ initContainers: [{ ...container('a', 80), restartPolicy: 'Always' }] })])).toHaveLength(1);
});

it("keeps the agent's port", () => {
  expect(said(portClash, [inContainer({ ports: [{ containerPort: 10256 }] })])).toEqual(['I2K425 ~c.ports[0].containerPort']);
  expect(said(portClash, [inContainer({ ports: [{ containerPort: 10256, protocol: 'UDP' }] })])).toEqual([]);
});

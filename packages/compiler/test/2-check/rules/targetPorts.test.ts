// Rule targetPorts: a name means one number.
import { targetPorts } from '../../../src/2-check/rules/targetPorts.ts';
import { deployment, having, inContainer, inPod, service } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

const second = (containerPort: number, name = 'http') =>
  having(inContainer({ ports: [{ name, containerPort }] }), { 'metadata.name': 'web2' });

it('takes one number', () => {
  expect(said(targetPorts, [deployment, second(80), service])).toEqual([]);
  expect(said(targetPorts, [deployment, second(81), having(service, { 'spec.ports[0].targetPort': 80 })])).toEqual([]);
});

it('refuses two', () => {
  expect(said(targetPorts, [deployment, second(81), service])).toEqual(['I2K439 spec.ports[0].targetPort']);
  expect(said(targetPorts, [deployment, second(80, 'web'), service])).toEqual(['I2K439 spec.ports[0].targetPort']);
});

it('refuses none, of this protocol either', () => {
  expect(said(targetPorts, [inContainer({ ports: [] }), service])).toEqual(['I2K440 spec.ports[0].targetPort']);
  expect(said(targetPorts, [deployment, having(service, { 'spec.ports[0].protocol': 'UDP' })])).toEqual([
    'I2K440 spec.ports[0].targetPort',
  ]);
});

it('looks into sidecars, and says nothing where nothing is selected', () => {
  const sidecar = { name: 'proxy', image: 'x', restartPolicy: 'Always', ports: [{ name: 'admin', containerPort: 9901 }] };
  const admin = having(service, { 'spec.ports[0].targetPort': 'admin' });
  expect(said(targetPorts, [inPod({ initContainers: [sidecar] }), admin])).toEqual([]);
  expect(said(targetPorts, [admin])).toEqual([]);
});

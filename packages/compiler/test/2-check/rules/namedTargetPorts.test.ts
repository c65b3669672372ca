// Rule targetPorts: a name means one number.
import { namedTargetPorts } from '../../../src/2-check/rules/namedTargetPorts.ts';
import { deployment, inContainer, inPod, service, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const second = (containerPort: number, name = 'http') =>
  withFields(inContainer({ ports: [{ name, containerPort }] }), { 'metadata.name': 'web2' });

it('takes one number', () => {
  expect(findingsOf(namedTargetPorts, [deployment, second(80), service])).toEqual([]);
  expect(
    findingsOf(namedTargetPorts, [deployment, second(81), withFields(service, { 'spec.ports[0].targetPort': 80 })]),
  ).toEqual([]);
});

it('refuses two', () => {
  expect(findingsOf(namedTargetPorts, [deployment, second(81), service])).toEqual(['I2K439 spec.ports[0].targetPort']);
  expect(findingsOf(namedTargetPorts, [deployment, second(80, 'web'), service])).toEqual([
    'I2K439 spec.ports[0].targetPort',
  ]);
});

it('refuses none, of this protocol either', () => {
  expect(findingsOf(namedTargetPorts, [inContainer({ ports: [] }), service])).toEqual([
    'I2K440 spec.ports[0].targetPort',
  ]);
  expect(findingsOf(namedTargetPorts, [deployment, withFields(service, { 'spec.ports[0].protocol': 'UDP' })])).toEqual([
    'I2K440 spec.ports[0].targetPort',
  ]);
});

it('warns where the Service is headless: Kubernetes leaves the port out', () => {
  const headless = withFields(service, { 'spec.clusterIP': 'None' });
  expect(findingsOf(namedTargetPorts, [inContainer({ ports: [] }), headless])).toEqual([
    'I2K539 spec.ports[0].targetPort',
  ]);
});

it('looks into sidecars, and says nothing where nothing is selected', () => {
  const sidecar = {
    name: 'proxy',
    image: 'x',
    restartPolicy: 'Always',
    ports: [{ name: 'admin', containerPort: 9901 }],
  };
  const admin = withFields(service, { 'spec.ports[0].targetPort': 'admin' });
  expect(findingsOf(namedTargetPorts, [inPod({ initContainers: [sidecar] }), admin])).toEqual([]);
  expect(findingsOf(namedTargetPorts, [admin])).toEqual([]);
});

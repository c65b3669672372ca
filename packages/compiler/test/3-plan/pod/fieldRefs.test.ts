// The downward API, where the vectors do not reach.
import { compiledOf, containerOf, deploymentOf } from './fixtures.ts';

const field = (fieldPath: string) => ({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath } } }] });
const resource = (resourceFieldRef: object, resources: object) => ({
  resources,
  env: [{ name: 'A', valueFrom: { resourceFieldRef } }],
});
const valueIn = (container: object): unknown => {
  const [first] = containerOf(container)?.env ?? [];
  return first && 'value' in first ? first.value : first;
};

describe('fields', () => {
  it('know the account that nobody named, and the old name of the node', () => {
    expect(valueIn(field('spec.serviceAccountName'))).toBe('default');
    expect(valueIn(field('spec.host'))).toEqual({ name: 'A', field: 'spec.nodeName' });
  });

  it('take keys as they are', () => {
    const annotations = { "it's[odd]": 'yes', constructor: 'own' };
    const of = (path: string) =>
      compiledOf([deploymentOf({ containers: [{ name: 'main', image: 'x', ...field(path) }] }, { annotations })]).pod
        .containers[0]?.env;
    expect(of("metadata.annotations['it's[odd]']")).toEqual([{ name: 'A', value: 'yes' }]);
    expect(of("metadata.annotations['constructor']")).toEqual([{ name: 'A', value: 'own' }]);
    expect(of("metadata.labels['toString']")).toEqual([{ name: 'A', value: '' }]);
  });

  it('see the labels of an identity', () => {
    const spec = {
      containers: [{ name: 'main', image: 'x', ...field("metadata.labels['apps.kubernetes.io/pod-index']") }],
    };
    const identity = { name: 'web-2', subdomain: 'web', labels: { 'apps.kubernetes.io/pod-index': '2' } };
    const { pod } = compiledOf([deploymentOf({ ...spec, hostname: 'other' })], { identity });
    expect(pod.containers[0]?.env).toEqual([{ name: 'A', value: '2' }]);
    expect(pod).toMatchObject({
      name: 'web-2',
      subdomain: 'web',
      labels: { app: 'web', 'apps.kubernetes.io/pod-index': '2' },
    });
    expect(pod).not.toHaveProperty('hostname');
    expect(pod).not.toHaveProperty('generateName');
  });

  it('that cannot be known are mistakes of the checks', () => {
    expect(() => valueIn(field('status.phase'))).toThrow('unchecked: fieldPath status.phase');
    expect(() => valueIn(resource({ resource: 'limits.cpu' }, { requests: { cpu: '1' } }))).toThrow(
      'unchecked: limits.cpu',
    );
    expect(() => valueIn(resource({ resource: 'limits.memory', containerName: 'absent' }, {}))).toThrow(
      'unchecked: container absent',
    );
  });
});

describe('resource fields', () => {
  it.each([
    [{ resource: 'limits.cpu' }, { limits: { cpu: '1001m' } }, '2'],
    [{ resource: 'limits.cpu', divisor: '0' }, { limits: { cpu: '16.1' } }, '17'],
    [{ resource: 'limits.cpu', divisor: '1m' }, { limits: { cpu: '16.1' } }, '16100'],
    [{ resource: 'requests.cpu' }, {}, '0'],
    [{ resource: 'requests.memory', divisor: '1Ki' }, { limits: { memory: '1025' } }, '2'],
    [{ resource: 'limits.hugepages-2Mi', divisor: '1Mi' }, { limits: { 'hugepages-2Mi': '4Mi' } }, '4'],
    [{ resource: 'limits.hugepages-2Mi' }, {}, '0'],
  ])('%j of %j is %s', (ref, resources, value) => {
    expect(valueIn(resource(ref, resources))).toBe(value);
  });
});

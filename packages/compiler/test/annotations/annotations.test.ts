// Annotations: what is understood, and what its values mean.
import { annotations, annotationValue, strictPrefixes } from '../../src/annotations/index.ts';
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import { manifestOf } from '../helpers/manifests.ts';
import { deployment, service, serviceAccount, withValueAt } from '../helpers/objects.ts';

const on = (object: JsonObject, name: string, value: string) =>
  manifestOf(withValueAt(object, ['metadata', 'annotations', name], value));
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';

it('have typed values', () => {
  expect(annotationValue(on(deployment, 'i2kit.dev/expose', 'public'), 'i2kit.dev/expose')).toBe('public');
  expect(annotationValue(on(service, 'i2kit.dev/load-balancer', 'shop'), 'i2kit.dev/load-balancer')).toBe('shop');
  expect(annotationValue(on(service, `${NLB}internal`, '0.0.0.0/0'), `${NLB}internal`)).toBe(true);
  expect(annotationValue(on(service, `${NLB}internal`, 'false'), `${NLB}internal`)).toBe(false);
  expect(annotationValue(on(service, `${NLB}ssl-ports`, '443, https'), `${NLB}ssl-ports`)).toEqual(['443', 'https']);
  const role = 'arn:aws:iam::123456789012:role/path/web';
  expect(annotationValue(on(serviceAccount, 'eks.amazonaws.com/role-arn', role), 'eks.amazonaws.com/role-arn')).toBe(
    role,
  );
});

it('have no value where they are absent, unreadable, or say nothing', () => {
  expect(annotationValue(manifestOf(deployment), 'i2kit.dev/expose')).toBeUndefined();
  expect(annotationValue(on(deployment, 'i2kit.dev/expose', 'maybe'), 'i2kit.dev/expose')).toBeUndefined();
  expect(annotationValue(on(service, 'i2kit.dev/expose', 'public'), 'i2kit.dev/expose')).toBeUndefined();
});

it.each(['t3.micro', 'm7g.large', 'c7i.metal-24xl', 'u-6tb1.112xlarge', 'p5.48xlarge'])(
  'know the instance type %s',
  (type) => {
    expect(annotationValue(on(deployment, 'i2kit.dev/instance-type', type), 'i2kit.dev/instance-type')).toBe(type);
  },
);

it('each say where and what', () => {
  for (const { on: kinds, docs } of Object.values(annotations)) {
    expect(kinds.length).toBeGreaterThan(0);
    expect(docs).toMatch(/\.$/);
  }
  expect(strictPrefixes.every((family) => Object.keys(annotations).some((name) => name.startsWith(family)))).toBe(true);
});

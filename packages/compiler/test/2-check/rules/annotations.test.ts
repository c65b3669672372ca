// Rule annotations: known, where they say something, with values that can be read.
import { annotations } from '../../../src/2-check/rules/annotations.ts';
import type { JsonObject } from '../../../src/kinds/shared/defaults/jsonObject.ts';
import { deployment, service, serviceAccount, withValueAt } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const on = (object: JsonObject, name: string, value: string) =>
  findingsOf(annotations, [withValueAt(object, ['metadata', 'annotations', name], value)]);
const at = (code: string, name: string) => [`${code} metadata.annotations[${JSON.stringify(name)}]`];

it.each([
  [deployment, 'i2kit.dev/expose', 'public'],
  [deployment, 'i2kit.dev/instance-type', 't4g.small'],
  [service, 'i2kit.dev/load-balancer', 'own'],
  [service, 'i2kit.dev/via', 'alb-host'],
  [service, `${NLB}scheme`, 'internal'],
  [service, `${NLB}type`, 'external'],
  [service, `${NLB}ssl-cert`, 'arn:aws:acm:eu-west-1:123456789012:certificate/0a-b'],
  [serviceAccount, 'eks.amazonaws.com/role-arn', 'arn:aws:iam::123456789012:role/web'],
  [deployment, 'prometheus.io/scrape', 'true'],
  [deployment, 'eks.amazonaws.com/token-expiration', '86400'],
])('takes %#', (object, name, value) => expect(on(object, name, value)).toEqual([]));

it.each([
  ['I2K460', deployment, 'i2kit.dev/expse', 'public'],
  ['I2K460', service, `${NLB}magic`, 'x'],
  ['I2K461', deployment, 'i2kit.dev/expose', 'yes'],
  ['I2K461', deployment, 'i2kit.dev/instance-type', 'big'],
  ['I2K461', service, 'i2kit.dev/via', 'alb'],
  ['I2K461', service, `${NLB}internal`, 'perhaps'],
  ['I2K461', service, `${NLB}ssl-ports`, '443,'],
  ['I2K461', service, `${NLB}backend-protocol`, 'ssl'],
  ['I2K462', service, `${NLB}subnets`, 'a'],
  ['I2K462', service, 'service.beta.kubernetes.io/load-balancer-source-ranges', '10.0.0.0/8'],
  ['I2K463', service, 'i2kit.dev/expose', 'public'],
  ['I2K463', deployment, 'eks.amazonaws.com/role-arn', 'x'],
  ['I2K540', service, `${NLB}healthcheck-path`, '/'],
])('says %s of %#', (code, object, name, value) => expect(on(object, name, value)).toEqual(at(code, name)));

it('wants its own on the object rather than on the pod template', () => {
  const object = withValueAt(deployment, ['spec', 'template', 'metadata', 'annotations', 'i2kit.dev/expose'], 'none');
  expect(findingsOf(annotations, [object])).toEqual(['I2K463 spec.template.metadata.annotations["i2kit.dev/expose"]']);
});

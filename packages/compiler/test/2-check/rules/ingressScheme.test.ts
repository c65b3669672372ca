// Rule ingressScheme: who may reach the load balancer of an Ingress.
import { ingressScheme } from '../../../src/2-check/rules/ingressScheme.ts';
import { ingress, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

const withScheme = (scheme: string) =>
  withFields(ingress, { 'metadata.annotations': { 'alb.ingress.kubernetes.io/scheme': scheme } });

it('warns where nothing says who may reach it', () => {
  expect(findingsOf(ingressScheme, [ingress])).toEqual(['I2K569 metadata.name']);
  expect(findingsOf(ingressScheme, [withScheme('internal')])).toEqual([]);
  expect(findingsOf(ingressScheme, [withScheme('internet-facing')])).toEqual([]);
});

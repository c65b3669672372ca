// Whether an Ingress says who may reach its load balancer: other controllers than AWS's make a public one by default.
import { annotationValue } from '../../annotations/index.ts';
import { ingressGroups } from '../../kinds/shared/ingresses.ts';
import { type Rule, reporterFor } from '../rule.ts';

export const ingressScheme: Rule = {
  codes: ['I2K569'],
  check(manifests, report) {
    for (const [, ingresses] of ingressGroups(manifests)) {
      const [first] = ingresses;
      if (first && ingresses.every((one) => annotationValue(one, 'alb.ingress.kubernetes.io/scheme') === undefined))
        reporterFor(
          first,
          'I2K569',
          report,
        )(['metadata', 'name'], 'no scheme is set, so only the environment reaches the load balancer');
    }
  },
};

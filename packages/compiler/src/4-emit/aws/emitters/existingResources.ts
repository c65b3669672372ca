// What the app uses that is there already: whether it was looked up, and whether it is of the right kind.
import type { Finding } from '../../../diagnostic.ts';
import { missingLookup } from '../../../existingResources.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { annotatedNameOf, existingLoadBalancer as existingOf } from '../resourceRefs.ts';

export const existingResources: Emitter = (target) => ({
  findings: [...keyPairFindings(target), ...loadBalancerFindings(target)],
});

const keyPairFindings = ({ config, existing: found, options }: EmitContext): readonly Finding[] =>
  typeof config.keyPair === 'object' && found.keyPair === undefined
    ? [missingLookup(options.env, ['keyPair'], 'the key pair')]
    : [];

const loadBalancerFindings = (target: EmitContext): readonly Finding[] =>
  target.plan.loadBalancers.flatMap((balancer): readonly Finding[] => {
    const name = annotatedNameOf(balancer);
    if (name === undefined) return [];
    const found = existingOf(target, balancer);
    if (found === undefined && target.config.loadBalancers?.[name] !== undefined) {
      return [missingLookup(target.options.env, ['loadBalancers', name], `the load balancer ${name}`)];
    }
    const { visibility } = found ?? balancer;
    const kind = visibility === 'public' ? 'internet-facing' : 'internal';
    return target
      .endpointsOn(balancer)
      .filter((endpoint) => endpoint.publicName !== (visibility === 'public'))
      .map((endpoint) => ({
        code: 'I2K718',
        message: `the load balancer ${name} is ${kind}, and the Service is to be ${endpoint.publicName ? 'public' : 'internal'}`,
        object: endpoint.origin.object,
        path: ['metadata', 'annotations', 'i2kit.dev/load-balancer'],
      }));
  });

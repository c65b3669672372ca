// Checks that existing resources named in the settings were looked up and are of the right kind.
import type { Finding } from '../../../diagnostic.ts';
import { missingLookup } from '../../../existingResources.ts';
import type { EmitContext, Emitter } from '../emitter.ts';
import { annotatedNameOf, existingLoadBalancer as existingOf } from '../resourceRefs.ts';

export const existingResources: Emitter = (context) => ({
  findings: [...keyPairFindings(context), ...loadBalancerFindings(context)],
});

const keyPairFindings = ({ config, existing: found, options }: EmitContext): readonly Finding[] =>
  typeof config.keyPair === 'object' && found.keyPair === undefined
    ? [missingLookup(options.env, ['keyPair'], 'the key pair')]
    : [];

const loadBalancerFindings = (context: EmitContext): readonly Finding[] =>
  context.plan.loadBalancers.flatMap((balancer): readonly Finding[] => {
    const name = annotatedNameOf(balancer);
    if (name === undefined) return [];
    const found = existingOf(context, balancer);
    if (found === undefined && context.config.loadBalancers?.[name] !== undefined) {
      return [missingLookup(context.options.env, ['loadBalancers', name], `the load balancer ${name}`)];
    }
    const { visibility } = found ?? balancer;
    const kind = visibility === 'public' ? 'internet-facing' : 'internal';
    return context
      .endpointsOn(balancer)
      .filter((endpoint) => endpoint.publicName !== (visibility === 'public'))
      .map((endpoint) => ({
        code: 'I2K718',
        message: `the load balancer ${name} is ${kind}, but the Service needs it to be ${endpoint.publicName ? 'public' : 'internal'}`,
        object: endpoint.origin.object,
        path: ['metadata', 'annotations', 'i2kit.dev/load-balancer'],
      }));
  });

// What the app uses that is there already: whether it was looked up, and whether it is of the right kind.
import type { Finding } from '../../../diagnostic.ts';
import { notLookedUp } from '../../../existing.ts';
import type { Concern, Target } from '../concern.ts';
import { existing as existingOf, nameOf } from '../wiring.ts';

export const existing: Concern = (target) => ({ findings: [...keyPair(target), ...loadBalancers(target)] });

const keyPair = ({ config, found, options }: Target): readonly Finding[] =>
  typeof config.keyPair === 'object' && found.keyPair === undefined ? [notLookedUp(options.env, ['keyPair'], 'the key pair')] : [];

const loadBalancers = (target: Target): readonly Finding[] =>
  target.plan.loadBalancers.flatMap((balancer): readonly Finding[] => {
    const name = nameOf(balancer);
    if (name === undefined) return [];
    const found = existingOf(target, balancer);
    if (found === undefined && target.config.loadBalancers?.[name] !== undefined) {
      return [notLookedUp(target.options.env, ['loadBalancers', name], `the load balancer ${name}`)];
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

// How a Service is reached: what its annotation says, else what is said for the app.
import { annotation } from '../../annotations/index.ts';
import type { Manifest } from '../../manifest.ts';
import type { Config, Via } from '../../options.ts';
import { isBalanced } from './services.ts';

/** The app's setting is for Services inside of it; one that asks for a load balancer has it. */
export function viaOf(service: Manifest<'Service'>, { via = 'nlb' }: Config): Via {
  return (
    annotation(service, 'i2kit.dev/via') ??
    (isInside(service) && annotation(service, 'i2kit.dev/load-balancer') === undefined ? via : 'nlb')
  );
}

/** Whether it has an address in a cluster, and leads nowhere from outside. */
export const isInside = ({ object }: Manifest<'Service'>): boolean => isBalanced(object) && object.spec.type !== 'LoadBalancer';

// Where machines stand.
import type { MachineGroup } from '../../plan.ts';
import { ref, type Value } from '../../template.ts';
import type { Target } from './concern.ts';
import * as ids from './ids.ts';

const visibilityOf = ({ config }: Target) => (config.network?.egress === 'none' ? 'Public' : 'Private');

const all = (target: Target) => ref(visibilityOf(target) === 'Public' ? ids.shared.publicSubnets : ids.shared.privateSubnets);

/** The subnets of a group: those of the zones that it is bound to, else all of the environment's. */
export function subnets(target: Target, { machine }: MachineGroup) {
  if (machine.zones !== undefined) return machine.zones.map((zone): Value<string> => ref(ids.subnet(visibilityOf(target), zone)));
  return all(target);
}

/** The subnet of one machine: the first of those. */
export function oneSubnet(target: Target, { machine }: MachineGroup): Value<string> {
  const [zone] = machine.zones ?? [];
  return zone === undefined ? { 'Fn::Select': [0, all(target)] } : ref(ids.subnet(visibilityOf(target), zone));
}

// The ids of a Job's machines, which hold what they run.

import { digest } from '../../digest.ts';
import type { MachineGroup } from '../../plan.ts';
import type { Target } from './concern.ts';
import * as ids from './ids.ts';
import { launchData } from './launchData.ts';
import { userData } from './userData.ts';

const known = new WeakMap<MachineGroup, readonly string[]>();

export function runIds(target: Target, group: MachineGroup): readonly string[] {
  const made = known.get(group) ?? make(target, group);
  known.set(group, made);
  return made;
}

function make(target: Target, group: MachineGroup): readonly string[] {
  const content = digest(JSON.stringify([launchData(target, group), userData(target, group)])).slice(0, 8);
  return Array.from({ length: group.replicas.count }, (_, index) => ids.run(group.origin.object, content, index));
}

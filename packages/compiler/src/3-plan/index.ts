// Manifests -> Plan: selectors and references resolved, percentages counted, load balancers shared out; nothing of AWS in it.
import type { Report } from '../diagnostic.ts';
import { podsOf } from '../kinds/shared/pods.ts';
import type { Manifests } from '../manifest.ts';
import type { CompileOptions, Lock } from '../options.ts';
import type { MachineGroup, Plan } from '../plan.ts';
import { aliases } from './alias.ts';
import { exposures } from './exposure.ts';
import { checkImages } from './image.ts';
import { shareOut } from './loadBalancers.ts';
import { machineGroup } from './machineGroup.ts';
import { openPorts } from './openPorts.ts';
import { type Draft, endpoints } from './service.ts';
import { volumes } from './volume.ts';

export interface Planned {
  readonly plan: Plan;
  readonly lock: Lock;
}

export function plan(all: Manifests, options: CompileOptions, report: Report): Planned {
  checkImages(
    podsOf(all).map(({ manifest }) => manifest.ref),
    options,
    report,
  );
  const disks = volumes(all, options, report);
  const groups: readonly MachineGroup[] = podsOf(all).map((pod) => machineGroup(pod, all, options, disks.volumes, report));
  const services = endpoints(all);
  const drafts: readonly Draft[] = [...services, ...exposures(all, services)];
  const shared = shareOut(drafts, options);
  return {
    plan: {
      app: options.app,
      env: options.env,
      groups: groups.map((group) => openPorts(group, shared.endpoints)),
      loadBalancers: shared.loadBalancers,
      endpoints: shared.endpoints,
      volumes: disks.volumes,
      aliases: aliases(all),
    },
    lock: {
      ...options.lock,
      version: 1,
      ...(Object.keys(shared.slots).length === 0 ? {} : { loadBalancers: shared.slots }),
      ...(Object.keys(disks.zones).length === 0 ? {} : { zones: disks.zones }),
    },
  };
}

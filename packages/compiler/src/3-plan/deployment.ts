// Deployment -> the size and the rollout of a machine group.
import type { Manifest } from '../manifest.ts';
import type { MachineGroup } from '../plan.ts';
import { rollout } from './rollout.ts';

export const deployment = (manifest: Manifest<'Deployment'>): Pick<MachineGroup, 'replicas' | 'rollout'> => ({
  replicas: { origin: { object: manifest.ref, path: ['spec', 'replicas'] }, count: manifest.object.spec.replicas },
  rollout: rollout(manifest),
});

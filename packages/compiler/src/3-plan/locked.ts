// The disks of this very stack that the lock knows: another environment's, or another app's, are not here.
import type { CompileOptions, LockedVolume } from '../options.ts';

export const stackOf = ({ env, app }: CompileOptions): string => `${env}-${app}`;

/** By claim, e.g. `PersistentVolumeClaim/default/data-db-2`. */
export const lockedVolumes = (options: CompileOptions): Readonly<Record<string, LockedVolume>> =>
  options.lock?.volumes?.[stackOf(options)] ?? {};

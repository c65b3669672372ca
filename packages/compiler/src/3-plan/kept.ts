// Disks that nothing mounts any more: they stay in the stack until someone says that they may go.
//
// A StatefulSet that shrinks and grows again finds its disks; one that is renamed leaves them behind, and nothing is lost.
import { appRef, type ObjectRef, objectName, type Report } from '../diagnostic.ts';
import type { Manifest, Manifests } from '../manifest.ts';
import type { CompileOptions, LockedVolume } from '../options.ts';
import type { Volume } from '../plan.ts';
import { lockedVolumes } from './locked.ts';

export interface Kept {
  readonly volumes: readonly Volume[];
  readonly locked: Readonly<Record<string, LockedVolume>>;
}

/** @param used the disks that a machine mounts */
export function keptVolumes(all: Manifests, used: Readonly<Record<string, LockedVolume>>, options: CompileOptions, report: Report): Kept {
  const volumes: Volume[] = [];
  const locked: Record<string, LockedVolume> = {};
  const gone = new Set<string>();
  for (const [key, disk] of Object.entries(lockedVolumes(options))) {
    const set = disk.set === undefined ? undefined : all.of('StatefulSet').find(({ ref }) => objectName(ref) === disk.set);
    if (Object.hasOwn(used, key) || options.pruneVolumes === true || mayGo(disk, set)) continue;
    const claim = refOf(key, set, all, options);
    const { set: _set, template, whenDeleted: _whenDeleted, ...spec } = disk;
    volumes.push({ origin: { object: claim, path: [] }, key, claim: { namespace: claim.namespace, name: claim.name }, ...spec });
    locked[key] = disk;
    const once = `${disk.set}#${template}`;
    if (set === undefined || template === undefined || hasTemplate(set, template) || gone.has(once)) continue;
    gone.add(once);
    report({
      code: 'I2K650',
      message: `the claim template ${template} is gone, and ${key} was made of it`,
      object: set.ref,
      path: ['spec'],
      hint: 'put it back, or let the disks go with --prune-volumes',
    });
  }
  return { volumes, locked };
}

/** What the StatefulSet says itself (`persistentVolumeClaimRetentionPolicy`), or said when it was last there. */
function mayGo({ template, whenDeleted }: LockedVolume, set: Manifest<'StatefulSet'> | undefined): boolean {
  if (set === undefined) return whenDeleted === 'Delete';
  return set.object.spec.persistentVolumeClaimRetentionPolicy.whenScaled === 'Delete' && hasTemplate(set, template);
}

const hasTemplate = ({ object }: Manifest<'StatefulSet'>, template: string | undefined): boolean =>
  (object.spec.volumeClaimTemplates ?? []).some(({ metadata }) => metadata.name === template);

/** The claim where it stands, else where the StatefulSet stands that made it; else it is the app's. */
function refOf(key: string, set: Manifest<'StatefulSet'> | undefined, all: Manifests, options: CompileOptions): ObjectRef {
  const [kind = '', namespace = '', name = ''] = key.split('/');
  const place = all.get('PersistentVolumeClaim', namespace, name)?.ref ?? set?.ref ?? appRef(options.app);
  return { ...place, apiVersion: 'v1', kind, namespace, name };
}

// The defaults of a pod's volumes, and of the disks that pods and PersistentVolumes can both name.
import { claimSpec } from './claim.ts';
import { fieldRef } from './container.ts';
import { pullPolicy } from './imageTag.ts';
import { child, children, fill, fillZero, type JsonObject, struct } from './json.ts';

/** Sources whose files get a mode: read and write for the owner, read for others. */
const FILES = ['configMap', 'secret', 'downwardAPI', 'projected'];

/** SetDefaults_Volume and what is defaulted below it. */
export function volume(object: JsonObject): void {
  // A volume of no kind is an empty folder.
  if (Object.keys(object).every((key) => key === 'name')) object.emptyDir = {};
  const image = child(object, 'image');
  if (image) fillZero(image, { pullPolicy: pullPolicy(image.reference) });
  for (const key of FILES) {
    const source = child(object, key);
    if (source) fill(source, { defaultMode: 0o644 });
  }
  for (const file of children(child(object, 'downwardAPI'), 'items')) fieldRef(file);
  for (const source of children(child(object, 'projected'), 'sources')) {
    for (const file of children(child(source, 'downwardAPI'), 'items')) fieldRef(file);
    const token = child(source, 'serviceAccountToken');
    if (token) fill(token, { expirationSeconds: 3600 });
  }
  disks(object);
  const template = child(child(object, 'ephemeral'), 'volumeClaimTemplate');
  if (!template) return;
  struct(template, 'metadata');
  claimSpec(struct(template, 'spec'));
}

/** What Kubernetes fills into the sources that name a disk of somebody. */
export function disks(holder: JsonObject): void {
  const hostPath = child(holder, 'hostPath');
  if (hostPath) fill(hostPath, { type: '' });
  const rbd = child(holder, 'rbd');
  if (rbd) fillZero(rbd, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' });
  const iscsi = child(holder, 'iscsi');
  if (iscsi) fillZero(iscsi, { iscsiInterface: 'default' });
  const azure = child(holder, 'azureDisk');
  if (azure) fill(azure, { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' });
  const scaleIO = child(holder, 'scaleIO');
  if (scaleIO) fillZero(scaleIO, { storageMode: 'ThinProvisioned', fsType: 'xfs' });
}

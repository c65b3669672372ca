// What is done with each source that a pod's volume can have; see "Volume" in Kubernetes' API reference.

import { claimSpec } from './claim.ts';
import { all, each, mapped, refused, under } from './classes.ts';
import type { Ledger } from './ledger.ts';
import { metadata } from './metadata.ts';

const keys = 'items[].key items[].mode items[].path name optional';
const fields = 'fieldRef.fieldPath mode path resourceFieldRef.containerName resourceFieldRef.divisor resourceFieldRef.resource';

const downward: Ledger = under('items[]', {
  ...each(fields, mapped('pod')),
  'fieldRef.apiVersion': refused('I2K319', { unless: 'v1' }),
});

const projected: Ledger = under('sources[]', {
  ...under('configMap', each(keys, mapped('pod'))),
  ...under('secret', each(keys, mapped('pod'))),
  ...under('downwardAPI', downward),
  ...under('serviceAccountToken', each('audience expirationSeconds path', refused('I2K405'))),
  ...under(
    'clusterTrustBundle',
    each(
      'labelSelector.matchExpressions[].key labelSelector.matchExpressions[].operator labelSelector.matchExpressions[].values[] labelSelector.matchLabels.* name optional path signerName',
      refused('I2K405'),
    ),
  ),
  ...under(
    'podCertificate',
    each('certificateChainPath credentialBundlePath keyPath keyType maxExpirationSeconds signerName userAnnotations.*', refused('I2K405')),
  ),
});

/** Disks and file systems that a machine on AWS cannot attach. */
const elsewhere: Readonly<Record<string, string>> = {
  azureDisk: 'cachingMode diskName diskURI fsType kind readOnly',
  azureFile: 'readOnly secretName shareName',
  cephfs: 'monitors[] path readOnly secretFile secretRef.name user',
  cinder: 'fsType readOnly secretRef.name volumeID',
  fc: 'fsType lun readOnly targetWWNs[] wwids[]',
  flocker: 'datasetName datasetUUID',
  gcePersistentDisk: 'fsType partition pdName readOnly',
  glusterfs: 'endpoints path readOnly',
  iscsi: 'chapAuthDiscovery chapAuthSession fsType initiatorName iqn iscsiInterface lun portals[] readOnly secretRef.name targetPortal',
  nfs: 'path readOnly server',
  photonPersistentDisk: 'fsType pdID',
  portworxVolume: 'fsType readOnly volumeID',
  quobyte: 'group readOnly registry tenant user volume',
  rbd: 'fsType image keyring monitors[] pool readOnly secretRef.name user',
  scaleIO: 'fsType gateway protectionDomain readOnly secretRef.name sslEnabled storageMode storagePool system volumeName',
  storageos: 'fsType readOnly secretRef.name volumeName volumeNamespace',
  vsphereVolume: 'fsType storagePolicyID storagePolicyName volumePath',
};

/** Volumes that a driver makes, or that were made by hand. */
const driven: Readonly<Record<string, string>> = {
  csi: 'driver fsType nodePublishSecretRef.name readOnly volumeAttributes.*',
  flexVolume: 'driver fsType options.* readOnly secretRef.name',
};

const sources = (table: Readonly<Record<string, string>>, entry: Parameters<typeof each>[1]): Ledger =>
  Object.fromEntries(Object.entries(table).flatMap(([source, paths]) => Object.entries(under(source, each(paths, entry)))));

const SNAPSHOT =
  'Make a snapshot of the volume, and a PersistentVolumeClaim with the annotation i2kit.dev/snapshot-id, which becomes a disk made from it.';
const SCRATCH = "Use emptyDir, which is on the machine's own disk and goes with it; ask for its size by ephemeral-storage.";

/** One item of a pod's volumes. */
export const volume: Ledger = {
  name: mapped('pod'),
  ...under('configMap', { ...each(keys, mapped('pod')), defaultMode: mapped('pod') }),
  ...under('secret', each('defaultMode items[].key items[].mode items[].path optional secretName', mapped('pod'))),
  ...under('downwardAPI', { ...downward, defaultMode: mapped('pod') }),
  ...under('projected', { ...projected, defaultMode: mapped('pod') }),
  ...under('emptyDir', each('medium sizeLimit', mapped('pod'))),
  ...under('persistentVolumeClaim', each('claimName readOnly', mapped('pod'))),
  ...under('hostPath', each('path type', refused('I2K401'))),
  ...sources(elsewhere, refused('I2K402')),
  ...sources(driven, refused('I2K403')),
  ...under('awsElasticBlockStore', each('fsType partition readOnly volumeID', refused('I2K403', { hint: SNAPSHOT }))),
  ...under(
    'ephemeral.volumeClaimTemplate',
    all({ ...under('metadata', metadata), ...under('spec', claimSpec) }, refused('I2K403', { hint: SCRATCH })),
  ),
  ...under('gitRepo', each('directory repository revision', refused('I2K404'))),
  ...under('image', each('pullPolicy reference', refused('I2K404'))),
};

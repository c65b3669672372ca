// Field support of the sources of a pod's volumes; see "Volume" in Kubernetes' API reference.

import { claimSpecFields } from './claimSpec.ts';
import type { FieldSupportTable } from './fieldSupport.ts';
import { allFields, eachField, fieldsUnder, mapped, refused } from './fieldSupport.ts';
import { metadataFields } from './metadata.ts';

const keys = 'items[].key items[].mode items[].path name optional';
const fields =
  'fieldRef.fieldPath mode path resourceFieldRef.containerName resourceFieldRef.divisor resourceFieldRef.resource';

const downwardFields = (): FieldSupportTable =>
  fieldsUnder('items[]', {
    ...eachField(fields, mapped('pod')),
    'fieldRef.apiVersion': refused('I2K319', { unless: 'v1' }),
  });

const projectedFields = (): FieldSupportTable =>
  fieldsUnder('sources[]', {
    ...fieldsUnder('configMap', eachField(keys, mapped('pod'))),
    ...fieldsUnder('secret', eachField(keys, mapped('pod'))),
    ...fieldsUnder('downwardAPI', downwardFields()),
    ...fieldsUnder('serviceAccountToken', eachField('audience expirationSeconds path', refused('I2K405'))),
    ...fieldsUnder(
      'clusterTrustBundle',
      eachField(
        'labelSelector.matchExpressions[].key labelSelector.matchExpressions[].operator labelSelector.matchExpressions[].values[] labelSelector.matchLabels.* name optional path signerName',
        refused('I2K405'),
      ),
    ),
    ...fieldsUnder(
      'podCertificate',
      eachField(
        'certificateChainPath credentialBundlePath keyPath keyType maxExpirationSeconds signerName userAnnotations.*',
        refused('I2K405'),
      ),
    ),
  });

/** Storage that a machine on AWS cannot attach. */
const remoteStorageSources: Readonly<Record<string, string>> = {
  azureDisk: 'cachingMode diskName diskURI fsType kind readOnly',
  azureFile: 'readOnly secretName shareName',
  cephfs: 'monitors[] path readOnly secretFile secretRef.name user',
  cinder: 'fsType readOnly secretRef.name volumeID',
  fc: 'fsType lun readOnly targetWWNs[] wwids[]',
  flocker: 'datasetName datasetUUID',
  gcePersistentDisk: 'fsType partition pdName readOnly',
  glusterfs: 'endpoints path readOnly',
  iscsi:
    'chapAuthDiscovery chapAuthSession fsType initiatorName iqn iscsiInterface lun portals[] readOnly secretRef.name targetPortal',
  nfs: 'path readOnly server',
  photonPersistentDisk: 'fsType pdID',
  portworxVolume: 'fsType readOnly volumeID',
  quobyte: 'group readOnly registry tenant user volume',
  rbd: 'fsType image keyring monitors[] pool readOnly secretRef.name user',
  scaleIO:
    'fsType gateway protectionDomain readOnly secretRef.name sslEnabled storageMode storagePool system volumeName',
  storageos: 'fsType readOnly secretRef.name volumeName volumeNamespace',
  vsphereVolume: 'fsType storagePolicyID storagePolicyName volumePath',
};

/** Volumes that a driver creates, or that were created by hand. */
const driverSources: Readonly<Record<string, string>> = {
  csi: 'driver fsType nodePublishSecretRef.name readOnly volumeAttributes.*',
  flexVolume: 'driver fsType options.* readOnly secretRef.name',
};

const sources = (table: Readonly<Record<string, string>>, entry: Parameters<typeof eachField>[1]): FieldSupportTable =>
  Object.fromEntries(
    Object.entries(table).flatMap(([source, paths]) => Object.entries(fieldsUnder(source, eachField(paths, entry)))),
  );

const SNAPSHOT_HINT =
  'Create a snapshot of the volume, and a PersistentVolumeClaim with the annotation i2kit.dev/snapshot-id, which becomes a volume created from it.';
const SCRATCH_HINT =
  "Use emptyDir, which is on the machine's own volume and is deleted with it; request its size by ephemeral-storage.";

/** One item of a pod's volumes. */
export const volumeFields = (): FieldSupportTable => ({
  name: mapped('pod'),
  ...fieldsUnder('configMap', { ...eachField(keys, mapped('pod')), defaultMode: mapped('pod') }),
  ...fieldsUnder(
    'secret',
    eachField('defaultMode items[].key items[].mode items[].path optional secretName', mapped('pod')),
  ),
  ...fieldsUnder('downwardAPI', { ...downwardFields(), defaultMode: mapped('pod') }),
  ...fieldsUnder('projected', { ...projectedFields(), defaultMode: mapped('pod') }),
  ...fieldsUnder('emptyDir', eachField('medium sizeLimit', mapped('pod'))),
  ...fieldsUnder('persistentVolumeClaim', eachField('claimName readOnly', mapped('pod'))),
  ...fieldsUnder('hostPath', eachField('path type', refused('I2K401'))),
  ...sources(remoteStorageSources, refused('I2K402')),
  ...sources(driverSources, refused('I2K403')),
  ...fieldsUnder(
    'awsElasticBlockStore',
    eachField('fsType partition readOnly volumeID', refused('I2K403', { hint: SNAPSHOT_HINT })),
  ),
  ...fieldsUnder(
    'ephemeral.volumeClaimTemplate',
    allFields(
      { ...fieldsUnder('metadata', metadataFields()), ...fieldsUnder('spec', claimSpecFields()) },
      refused('I2K403', { hint: SCRATCH_HINT }),
    ),
  ),
  ...fieldsUnder('gitRepo', eachField('directory repository revision', refused('I2K404'))),
  ...fieldsUnder('image', eachField('pullPolicy reference', refused('I2K404'))),
});

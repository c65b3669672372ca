// Claims that ask for something else than what their disks are.
import type { LockedVolume } from '../../../src/options.ts';

const claim = (name: string, storage: string, more: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, ...metadata },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...more },
});

const user = (claims: readonly string[], spec: object = {}) => ({
  metadata: { labels: { app: claims.join('-') } },
  spec: {
    containers: [{ name: 'main', image: 'a:1', resources: { requests: { cpu: '100m' } } }],
    volumes: claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })),
    ...spec,
  },
});

const workload = (name: string, claims: readonly string[], spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    strategy: { type: 'Recreate' },
    selector: { matchLabels: { app: claims.join('-') } },
    template: user(claims, spec),
  },
});

const items = [
  claim('shrinks', '5Gi'),
  claim('grows', '20Gi', { storageClassName: 'rigid' }),
  claim('moves', '10Gi'),
  claim('snapshot', '10Gi', {}, { annotations: { 'i2kit.dev/snapshot-id': 'snap-0123456789abcdef0' } }),
  claim('bound', '10Gi', { storageClassName: 'bound' }),
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'rigid' },
    provisioner: 'ebs.csi.aws.com',
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'bound' },
    provisioner: 'ebs.csi.aws.com',
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['eu-west-1a'] }] }],
  },
  workload('one', ['shrinks', 'grows', 'snapshot']),
  workload('two', ['moves'], { nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-1c' } }),
  workload('three', ['bound'], { nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-1c' } }),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      selector: { matchLabels: { app: '' } },
      template: user([]),
      volumeClaimTemplates: [{ ...claim('data', '4Gi'), apiVersion: undefined, kind: undefined }],
    },
  },
];

const disk: LockedVolume = { zone: 'eu-west-1a', type: 'gp3', sizeGiB: 10, reclaim: 'Delete' };
const made = { ...disk, set: 'StatefulSet/default/db' };

export const lock = {
  version: 1 as const,
  volumes: {
    'default-shop': Object.fromEntries([
      ...['shrinks', 'grows', 'moves', 'snapshot'].map((name) => [`PersistentVolumeClaim/default/${name}`, disk]),
      ['PersistentVolumeClaim/default/data-db-0', { ...made, template: 'data', sizeGiB: 3 }],
      ['PersistentVolumeClaim/default/log-db-0', { ...made, template: 'log' }],
    ]),
  },
};

export default items.map((item) => JSON.stringify(item, null, 1)).join('\n---\n');

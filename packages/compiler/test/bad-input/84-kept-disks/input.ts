// A StatefulSet that has become smaller, a claim that nothing mounts any more, one that has grown, and one whose workload is gone.
import type { LockedVolume } from '../../../src/options.ts';

const claim = (name: string, storage: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});

const pod = {
  metadata: { labels: { app: 'db' } },
  spec: {
    containers: [{ name: 'main', image: 'a:1', resources: { requests: { cpu: '100m' } } }],
    volumes: [{ name: 'large', persistentVolumeClaim: { claimName: 'large' } }],
  },
};

const items = [
  claim('unused', '10Gi'),
  claim('large', '500Gi'),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      selector: { matchLabels: { app: 'db' } },
      template: pod,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('', '10Gi').spec }],
    },
  },
];

const disk: LockedVolume = { zone: 'eu-west-1a', type: 'gp3', sizeGiB: 10, reclaim: 'Delete' };

export const lock = {
  version: 1 as const,
  volumes: {
    'default-shop': {
      'PersistentVolumeClaim/default/unused': disk,
      'PersistentVolumeClaim/default/large': { ...disk, sizeGiB: 100 },
      'PersistentVolumeClaim/default/data-db-1': { ...disk, set: 'StatefulSet/default/db', template: 'data' },
      'PersistentVolumeClaim/shop/orders': { ...disk, type: 'io2' as const, iops: 4000, sizeGiB: 200 },
    },
  },
};

export default items.map((item) => JSON.stringify(item, null, 1)).join('\n---\n');
